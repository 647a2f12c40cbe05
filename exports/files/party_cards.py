"""Address cards from the rows of parties: people in posts, posts without a known holder, offices."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exports.files.address_card import AddressCard, CardChannel
from exports.files.tabular import Record
from exports.wording import counted
from graph.domain.marking import Marking
from graph.domain.topics import THESAURUS

_LABELS = {entry.code: entry.label for entry in THESAURUS}


def cards_of_parties(rows: Sequence[Record]) -> tuple[list[AddressCard], tuple[str, ...]]:
    """Return the cards of parties that have a usable channel, and sentences on what was left out.

    A person is named only where the term is known to run; a card of a post that may be vacant names nobody.
    """
    refused = sum(row["part"] == "channel" and bool(row["unusable_because"]) for row in rows)
    owners: dict[str, list[Record]] = {}
    for row in rows:
        if row["part"] == "channel" and not row["unusable_because"]:
            owners.setdefault(row["of"], []).append(row)
    cards = {card.key: card for row in rows for card in _cards(row, rows, owners)}
    with_channels = [card for card in cards.values() if card.channels]
    notes = []
    if refused:
        notes.append(f"{counted(refused, 'channel')} that bounced or must not be used left out")
    if without := len(cards) - len(with_channels):
        notes.append(f"{counted(without, 'person, post or office', 'people, posts and offices')} without a usable"
                     " channel made no card")  # fmt: skip
    return with_channels, tuple(notes)


def _cards(row: Record, rows: Sequence[Record], owners: Mapping[str, list[Record]]) -> Iterator[AddressCard]:
    if row["part"] == "party":
        is_person = row["class"] == "Person"
        posts = [each for each in rows if each["party"] == row["id"] and each["part"] == "post held"]
        current = [each for each in posts if each["held"] == "yes"][:1]
        yield _card(row, row, *current, channels=[*_of(owners, row), *_of(owners, *current)], is_person=is_person)
    elif row["part"] == "post":
        holders = [each for each in rows if each["of"] == row["id"] and each["part"] == "holder"]
        sure = [each for each in holders if each["held"] == "yes" and each["role"] != "designate"]
        for holder in sure:
            yield _card(holder, holder, row, channels=[*_of(owners, row), *_of(owners, holder)], is_person=True)
        if not sure:
            yield _card(row, row, row, channels=_of(owners, row), is_person=False)


def _of(owners: Mapping[str, list[Record]], *things: Record) -> list[tuple[Record, bool]]:
    return [(channel, thing["class"] == "Post") for thing in things for channel in owners.get(thing["id"], ())]


def _card(
    row: Record, person: Record, post: Record | None = None, *, channels: list[tuple[Record, bool]], is_person: bool
) -> AddressCard:
    values: Mapping[str, Any] = person["values"] or {}
    place: Mapping[str, Any] = (post or row)["values"] or {}
    office = (post["of_name"],) if post and post["of_name"] else () if is_person else (row["name"],)
    markings = [Marking.named(each["marking"]) for each in (row, *([post] if post else ()), *(c for c, _ in channels))]
    return AddressCard(
        key=(row["party"], post["id"] if post else "", row["id"]),
        name=row["name"],
        is_person=is_person,
        family_name=str(values.get("family_name", "")) if is_person else "",
        honorific=str(values.get("form_of_address", "")) if is_person else "",
        organization=office,
        title=post["name"] if post else "",
        role=str(place.get("role", "")) if post else "",
        languages=tuple(values.get("languages", ())) if is_person else (),
        topics=tuple(_LABELS.get(code, code) for code in place.get("topics", ())),
        channels=tuple(
            CardChannel(channel["channel_kind"] or "", channel["channel_value"] or "", is_work=at_post)
            for channel, at_post in channels
        ),
        marking=max(markings).word,
    )
