"""Address cards from the rows of the answer to `contact`."""

from collections.abc import Iterable, Sequence

from exports.files.address_card import AddressCard, CardChannel
from exports.files.tabular import Record
from exports.wording import counted
from graph.domain.topics import THESAURUS

_NEEDED = frozenset(("channel_kind", "channel_value", "unusable_because", "further", "holding"))
_LABELS = {entry.code: entry.label for entry in THESAURUS}
_HOLDS = ("in office", "acting")


def has_channels(fields: Sequence[str]) -> bool:
    """Say whether rows with these fields make address cards."""
    return set(fields) >= _NEEDED


def cards_of(rows: Iterable[Record]) -> tuple[list[AddressCard], tuple[str, ...]]:
    """Return a card for each way to reach somebody that has a usable channel, and sentences on what was left out.

    Channels that bounced or must not be used are left out; so is a row none of whose channels may be used.
    """
    cards: dict[tuple[str, ...], AddressCard] = {}
    unusable, without = 0, 0
    for row in rows:
        usable, refused = _channels(row)
        unusable += refused
        without += not usable
        if usable:
            card = _card(row, usable)
            cards.setdefault(card.key, card)
    notes = []
    if unusable:
        notes.append(f"{counted(unusable, 'channel')} that bounced or must not be used left out")
    if without:
        notes.append(f"{counted(without, 'row')} without a usable channel made no card")
    return list(cards.values()), tuple(notes)


def _channels(row: Record) -> tuple[tuple[CardChannel, ...], int]:
    listed = [(row["channel_kind"], row["channel_value"], row["unusable_because"], row["purpose"])]
    listed += [(one["kind"], one["value"], one["unusable_because"], one["purpose"]) for one in row["further"]]
    held = [one for one in listed if one[1]]
    usable = tuple(
        CardChannel(kind or "", value, is_work=bool(row["post"]), purpose=purpose or "")
        for kind, value, because, purpose in held
        if not because
    )
    return usable, len(held) - len(usable)


def _card(row: Record, channels: tuple[CardChannel, ...]) -> AddressCard:
    holder = row["holder_name"] if row["holding"] in _HOLDS else None
    post, body = row["post_name"] or "", row["body_name"] or row["name"]
    return AddressCard(
        key=(row["id"], row["post"] or row["body"] or "", row["holder"] if holder else ""),
        name=holder or post or body,
        is_person=bool(holder),
        organization=_units(row, post, body),
        title=post,
        languages=tuple(row["languages"]),
        topics=tuple(_LABELS.get(code, code) for code in row["topics"]),
        channels=channels,
        marking=row["marking"],
    )


def _units(row: Record, post: str, body: str) -> tuple[str, ...]:
    """Return the party and its body; of an owner on our side neither is known from its row."""
    return () if body == post else tuple(dict.fromkeys((row["name"], body)))
