"""Address cards in vCard 4.0 (RFC 6350): channels that may be used, and no others."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from icalendar.parser import Contentline

from exports.wording import is_link, plain

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
        name: As printed.
        is_person: Whether it is of a person; otherwise of an office.
        family_name, honorific: Of a person, where they are known.
        organization: From the widest to the narrowest unit.
        title: Of the post.
        role: What the post is to us.
        languages: Codes.
        topics: In words.
        channels: Those that may be used, best first.
        marking: Word.
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
    count = 0
    for card in cards:
        for line in _lines(card):
            file.write(_folded(line))
        count += 1
    return count


def _lines(card: AddressCard) -> Iterable[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "PRODID:-//IGA Graph//EN"
    yield f"UID:urn:uuid:{uuid.uuid5(_NAMESPACE, chr(31).join(card.key))}"
    yield f"KIND:{'individual' if card.is_person else 'org'}"
    yield f"FN:{_text(card.name)}"
    if card.is_person:
        yield _names(card)
    if card.organization:
        yield f"ORG:{';'.join(map(_text, card.organization))}"
    if card.title:
        yield f"TITLE:{_text(card.title)}"
    if card.role:
        yield f"ROLE:{_text(card.role)}"
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
    family = card.family_name
    given = card.name
    if family and family in given:
        given = " ".join(given.replace(family, " ", 1).split())
    if card.honorific and given.startswith(f"{card.honorific} "):
        given = given.removeprefix(card.honorific).strip()
    return f"N:{_text(family)};{_text(given)};;{_text(card.honorific)};"


def _channel(channel: CardChannel, *, preference: int) -> str:
    given = f"{';TYPE=work' if channel.is_work else ''};PREF={preference}"
    value = plain(channel.value)
    match channel.kind:
        case "email":
            return f"EMAIL{given}:{_text(value)}"
        case "phone" | "hotline":
            return f"TEL{given}:{_text(value)}"
        case "fax":
            return f"TEL;TYPE={'work,fax' if channel.is_work else 'fax'};PREF={preference}:{_text(value)}"
        case "address":
            return f"ADR{given}:;;{_text(value)};;;;"
        case "website" | "form" if is_link(value):
            return f"URL{given}:{value}"
    return f"X-IGA-{channel.kind.upper() or 'CHANNEL'}{given}:{_text(value)}"


def _text(text: str) -> str:
    return plain(text).translate(_ESCAPES)
