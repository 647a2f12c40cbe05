"""Address cards in vCard 4.0 (RFC 6350) from rows of contacts and parties: channels that may be used, and no others."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, BinaryIO

from icalendar.parser import Contentline

from iga.exports.files.row_files import JsonRow
from iga.exports.wording import is_link, plain
from iga.graph.domain.marking import Marking
from iga.graph.domain.topics import THESAURUS
from iga.graph.grouping import by_key
from iga.graph.text import counted

_NEEDED = frozenset(("channel_kind", "channel_value", "unusable_because", "further", "holding"))
_TOPICS = {entry.code: entry.label for entry in THESAURUS}
_IN_OFFICE = ("in office", "acting")
# Ids of cards follow from those of the graph, so that an address book knows a card again.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:iga-graph:card")
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


@dataclass(frozen=True)
class CardChannel:
    """A channel of a card; ``is_work`` is one of the post, others are of the person or the office."""

    kind: str
    value: str
    is_work: bool
    purpose: str = ""


@dataclass(frozen=True)
class AddressCard:
    """One card.

    Attributes:
        key: What it is of, in ids; the card's UID follows from it.
        is_person: Whether it is of a person; otherwise of an office.
        family_name, honorific: Of a person, where they are known.
        organization: From the widest to the narrowest unit.
        channels: Those that may be used, best first.
    """

    key: tuple[str, ...]
    name: str
    is_person: bool
    family_name: str = ""
    honorific: str = ""
    organization: tuple[str, ...] = ()
    title: str = ""
    role: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    channels: tuple[CardChannel, ...] = ()
    marking: str = "public"


def write_cards(file: BinaryIO, cards: Iterable[AddressCard]) -> int:
    """Write cards, and return how many."""
    listed = list(cards)
    file.writelines(_folded(line) for card in listed for line in _lines(card))
    return len(listed)


def _lines(card: AddressCard) -> Iterable[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "PRODID:-//IGA Graph//EN"
    yield f"UID:urn:uuid:{uuid.uuid5(_NAMESPACE, chr(31).join(card.key))}"
    yield f"KIND:{'individual' if card.is_person else 'org'}"
    yield f"FN:{_text(card.name)}"
    if card.is_person:
        yield _names(card)
    fields = {"ORG": card.organization, "TITLE": (card.title,), "ROLE": (card.role,)}
    yield from (f"{name}:{';'.join(map(_text, texts))}" for name, texts in fields.items() if any(texts))
    for language in card.languages:
        yield f"LANG:{_text(language)}"
    if card.topics:
        yield f"CATEGORIES:{','.join(map(_text, card.topics))}"
    for at, channel in enumerate(card.channels, 1):
        yield _channel(channel, preference=min(at, 100))
    yield f"X-IGA-MARKING:{card.marking}"
    yield "END:VCARD"


def _folded(line: str) -> bytes:
    """Return a line as it is written: folded at 75 bytes, between characters."""
    folded: bytes = Contentline(line).to_ical()  # type: ignore[no-untyped-call]  # the library has types, but not here
    return folded + b"\r\n"


def _names(card: AddressCard) -> str:
    """Return the name in parts; what is not known to be the family name is not called so."""
    before, _, after = card.name.partition(card.family_name) if card.family_name else (card.name, "", "")
    others = " ".join(f"{before} {after}".split())
    if card.honorific and others.startswith(f"{card.honorific} "):
        others = others[len(card.honorific) :]
    return f"N:{_text(card.family_name)};{_text(others)};;{_text(card.honorific)};"


def _channel(channel: CardChannel, *, preference: int) -> str:
    marks = f"{';TYPE=work' if channel.is_work else ''};PREF={preference}"
    value = plain(channel.value)
    match channel.kind:
        case "email":
            return f"EMAIL{marks}:{_text(value)}"
        case "phone":
            return f"TEL{marks}:{_text(value)}"
        case "mobile" | "fax":
            word = "cell" if channel.kind == "mobile" else "fax"
            return f"TEL;TYPE={f'work,{word}' if channel.is_work else word};PREF={preference}:{_text(value)}"
        case "address":
            return f"ADR{marks}:;;{_text(value)};;;;"
        case "website" | "form" if is_link(value):
            return f"URL{marks}:{value}"
    return f"X-IGA-{channel.kind.upper() or 'CHANNEL'}{marks}:{_text(value)}"


def _text(text: str) -> str:
    return plain(text).translate(_ESCAPES)


def has_channels(fields: Sequence[str]) -> bool:
    """True if rows with these fields make address cards."""
    return set(fields) >= _NEEDED


def cards_of_contacts(rows: Iterable[JsonRow]) -> tuple[list[AddressCard], tuple[str, ...]]:
    """Return a card for each way to reach somebody that has a usable channel, and sentences on what was left out.

    Channels that may not be used are left out, and so is a row none of whose channels may be.
    """
    cards: dict[tuple[str, ...], AddressCard] = {}
    unusable, without = 0, 0
    for row in rows:
        usable, unusable_count = _channels_of_contact(row)
        unusable += unusable_count
        without += not usable
        if usable:
            card = _contact_card(row, usable)
            cards.setdefault(card.key, card)
    return list(cards.values()), _left_out(unusable, counted(without, "row") if without else "")


def _channels_of_contact(row: JsonRow) -> tuple[tuple[CardChannel, ...], int]:
    listed = [(row["channel_kind"], row["channel_value"], row["unusable_because"], row["purpose"])]
    listed += [(way["kind"], way["value"], way["unusable_because"], way["purpose"]) for way in row["further"]]
    known = [channel for channel in listed if channel[1]]
    usable = tuple(
        CardChannel(kind or "", value, is_work=bool(row["post"]), purpose=purpose or "")
        for kind, value, because, purpose in known
        if not because
    )
    return usable, len(known) - len(usable)


def _contact_card(row: JsonRow, channels: tuple[CardChannel, ...]) -> AddressCard:
    holder = row["holder_name"] if row["holding"] in _IN_OFFICE else None
    post, body = row["post_name"] or "", row["body_name"] or row["name"]
    return AddressCard(
        key=(row["id"], row["post"] or row["body"] or "", row["holder"] if holder else ""),
        name=holder or post or body,
        is_person=bool(holder),
        # of an owner on our side neither the party nor its body is known from its row
        organization=() if body == post else tuple(dict.fromkeys((row["name"], body))),
        title=post,
        languages=tuple(row["languages"]),
        topics=_labels(row["topics"]),
        channels=channels,
        marking=row["marking"],
    )


def cards_of_parties(rows: Sequence[JsonRow]) -> tuple[list[AddressCard], tuple[str, ...]]:
    """Return the cards of parties that have a usable channel, and sentences on what was left out.

    A person is named only where the term is known to run; a card of a post that may be vacant names nobody.
    """
    channels = [row for row in rows if row["part"] == "channel"]
    owners = by_key((row for row in channels if not row["unusable_because"]), itemgetter("of"))
    cards = {card.key: card for row in rows for card in _cards_of_party(row, rows, owners)}
    with_channels = [card for card in cards.values() if card.channels]
    without = len(cards) - len(with_channels)
    things = counted(without, "person, post or office", "people, posts and offices") if without else ""
    return with_channels, _left_out(sum(bool(row["unusable_because"]) for row in channels), things)


def _left_out(unusable: int, without: str) -> tuple[str, ...]:
    notes = [f"{counted(unusable, 'channel')} that bounced or must not be used left out"] if unusable else []
    return (*notes, *([f"{without} without a usable channel made no card"] if without else []))


def _cards_of_party(
    row: JsonRow, rows: Sequence[JsonRow], owners: Mapping[str, list[JsonRow]]
) -> Iterator[AddressCard]:
    if row["part"] == "party":
        posts = [other for other in rows if other["party"] == row["id"] and other["part"] == "post held"]
        current = [post for post in posts if post["held"] == "yes"][:1]
        is_person = row["class"] == "Person"
        channels = [*_of(owners, row), *_of(owners, *current)]
        yield _party_card(row, row, *current, channels=channels, is_person=is_person)
    elif row["part"] == "post":
        holders = [other for other in rows if other["of"] == row["id"] and other["part"] == "holder"]
        sure = [holder for holder in holders if holder["held"] == "yes" and holder["role"] != "designate"]
        for holder in sure:
            channels = [*_of(owners, row), *_of(owners, holder)]
            yield _party_card(holder, holder, row, channels=channels, is_person=True)
        if not sure:
            yield _party_card(row, row, row, channels=_of(owners, row), is_person=False)


def _of(owners: Mapping[str, list[JsonRow]], *things: JsonRow) -> list[tuple[JsonRow, bool]]:
    return [(channel, thing["class"] == "Post") for thing in things for channel in owners.get(thing["id"], ())]


def _party_card(
    row: JsonRow, person: JsonRow, post: JsonRow | None = None, *, channels: list[tuple[JsonRow, bool]], is_person: bool
) -> AddressCard:
    values: Mapping[str, Any] = (person["values"] or {}) if is_person else {}
    place: Mapping[str, Any] = (post or row)["values"] or {}
    office = (post["of_name"],) if post and post["of_name"] else () if is_person else (row["name"],)
    marked = (row, *([post] if post else ()), *(channel for channel, _ in channels))
    return AddressCard(
        key=(row["party"], post["id"] if post else "", row["id"]),
        name=row["name"],
        is_person=is_person,
        family_name=str(values.get("family_name", "")),
        honorific=str(values.get("form_of_address", "")),
        organization=office,
        title=post["name"] if post else "",
        role=str(place.get("role", "")) if post else "",
        languages=tuple(values.get("languages", ())),
        topics=_labels(place.get("topics", ())),
        channels=tuple(
            CardChannel(channel["channel_kind"] or "", channel["channel_value"] or "", is_work=at_post)
            for channel, at_post in channels
        ),
        marking=max(Marking.named(part["marking"]) for part in marked).word,
    )


def _labels(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(_TOPICS.get(code, code) for code in codes)
