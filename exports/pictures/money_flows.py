"""Money up to a party and down from it, as flows of one measure and one currency each: measures are never added."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from iga.exports.pictures.flows import Flow, FlowPicture, flows_as_picture
from iga.graph.grouping import by_key
from iga.queries.core.answer import Subject
from iga.queries.funding.hop import HopRow

MOST_FLOWS = 60
"""Hops with an amount that are drawn, the largest first: more are read by nobody."""


@dataclass(frozen=True)
class MoneyPicture:
    """Money of one measure and one currency.

    Attributes:
        measure: What the amounts measure.
        currency: ISO 4217 code.
        picture: The flows.
        drawn: The rows whose amounts the flows are made of.
        left_out: Rows of the measure that no flow counts, each with its reason.
        undrawn: How many further hops with an amount are in the table alone.
    """

    measure: str
    currency: str
    picture: FlowPicture
    drawn: tuple[HopRow, ...]
    left_out: tuple[HopRow, ...]
    undrawn: int


def money_pictures(up: Sequence[HopRow], down: Sequence[HopRow]) -> tuple[MoneyPicture, ...]:
    """Return a picture for each measure and currency of which an amount counts or is left out, in the order of rows.

    Args:
        up: Hops to a party; those without an amount join the others where they lead to them.
        down: Hops from it; what stands in the other too counts once.
    """
    above = set(map(_kind, up))
    rows = [*up, *(row for row in down if _kind(row) not in above)]
    kinds = by_key((row for row in rows if row.amount is not None), lambda row: (row.measure, row.currency))
    return tuple(
        _picture(cast(str, measure), cast(str, currency), own, rows) for (measure, currency), own in kinds.items()
    )


def _kind(row: HopRow) -> tuple[object, ...]:
    return (*_ends(row), row.relation, row.document, row.layer, row.measure, row.currency, row.left_out)


def _picture(measure: str, currency: str, own: Sequence[HopRow], rows: Sequence[HopRow]) -> MoneyPicture:
    counted = [row for row in own if row.counted]
    amounts: dict[tuple[str, str], Decimal] = {}
    for row in counted:
        amounts[_ends(row)] = amounts.get(_ends(row), Decimal(0)) + Decimal(row.amount or 0)
    largest = sorted(amounts, key=lambda ends: (-amounts[ends], ends))[:MOST_FLOWS]
    known = {_ends(row): row for row in rows}
    flows = [
        Flow(_subject(known[ends], "source"), _subject(known[ends], "target"), amounts.get(ends))
        for ends in _joined(known, set(largest))
    ]
    return MoneyPicture(
        measure=measure,
        currency=currency,
        picture=flows_as_picture(flows),
        drawn=tuple(counted),
        left_out=tuple(row for row in own if not row.counted),
        undrawn=len(amounts) - len(largest),
    )


def _joined(known: Iterable[tuple[str, str]], with_amount: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give the ends of hops with an amount, and of those that lead to where such a one begins, in the order known."""
    givers = {source for source, _ in with_amount}
    kept = set(with_amount)
    while more := {ends for ends in known if ends not in kept and ends[1] in givers}:
        kept |= more
        givers |= {source for source, _ in more}
    return (ends for ends in known if ends in kept)


def _ends(row: HopRow) -> tuple[str, str]:
    return row.source, row.target


def _subject(row: HopRow, end: str) -> Subject:
    return Subject(id=getattr(row, end), cls=getattr(row, f"{end}_class"), name=getattr(row, f"{end}_name"))
