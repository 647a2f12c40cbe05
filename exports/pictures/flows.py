"""Money of one measure as bands from who gives to who receives, as broad as the amounts; hops without one as lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from iga.graph.grouping import by_key
from iga.queries.core.answer import Subject
from iga.queries.funding.hop import HopRow

COLUMN, BAR = 270.0, 12.0
"""Points from one thing to the next, and how broad the bar of a thing is."""

_BROADEST, _LEAST_BAR, _APART = 260.0, 30.0, 18.0
_LEAST_BAND = 2.0


@dataclass(frozen=True)
class Flow:
    """Money, or a hop of money without an amount, from one thing to another.

    Attributes:
        amount: How much, of one measure and currency; None where none of it is on record for this hop.
    """

    source: Subject
    target: Subject
    amount: Decimal | None = None


@dataclass(frozen=True)
class FlowBar:
    """A thing in the picture: where its bar begins at the left above, and how high it is."""

    thing: Subject
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class FlowBand:
    """A flow in the picture: the middle of each of its ends, and how broad it is; nothing broad is a line."""

    flow: Flow
    start: tuple[float, float]
    end: tuple[float, float]
    breadth: float


@dataclass(frozen=True)
class FlowPicture:
    """Flows from left to right.

    Attributes:
        width, height: Points.
    """

    bars: tuple[FlowBar, ...]
    bands: tuple[FlowBand, ...]
    width: float
    height: float


def flows_as_picture(flows: Sequence[Flow]) -> FlowPicture:
    """Return flows as bands; what would lead back to where the money came by is left out."""
    things = {end.id: end for flow in flows for end in (flow.source, flow.target)}
    columns = _columns(flows)
    onward = [flow for flow in flows if columns[flow.source.id] < columns[flow.target.id]]
    scale = _scale(onward)
    breadths = {(it.source.id, it.target.id): _breadth(it, scale) for it in onward}
    heights = {
        id_: max(
            _LEAST_BAR,
            sum(breadth for (source, _), breadth in breadths.items() if source == id_),
            sum(breadth for (_, target), breadth in breadths.items() if target == id_),
        )
        for id_ in things
    }
    tops = _tops(things, columns, heights, onward)
    bars = {id_: FlowBar(things[id_], columns[id_] * COLUMN, tops[id_], heights[id_]) for id_ in tops}
    return FlowPicture(
        tuple(bars.values()),
        tuple(_bands(onward, breadths, bars)),
        max(columns.values(), default=0) * COLUMN + 200,
        max((bar.y + bar.height for bar in bars.values()), default=0.0) + _APART,
    )


def _columns(flows: Sequence[Flow]) -> Mapping[str, int]:
    """Return how many hops each thing is from the farthest that its money comes from; circles are cut."""
    before: dict[str, list[str]] = {}
    for flow in flows:
        before.setdefault(flow.source.id, [])
        before.setdefault(flow.target.id, []).append(flow.source.id)
    columns: dict[str, int] = {}

    def column(id_: str, on_the_way: frozenset[str]) -> int:
        if id_ not in columns:
            ahead = on_the_way | {id_}
            known = [column(it, ahead) for it in before[id_] if it not in ahead]
            columns[id_] = 1 + max(known, default=-1)
        return columns[id_]

    for id_ in before:
        column(id_, frozenset())
    return columns


def _scale(flows: Sequence[Flow]) -> float:
    """Return how many points broad one unit of money is: the most that any thing gives or receives is the broadest."""
    sums: dict[tuple[str, str], Decimal] = {}
    for flow in flows:
        for end in (("from", flow.source.id), ("to", flow.target.id)):
            sums[end] = sums.get(end, Decimal(0)) + max(flow.amount or Decimal(0), Decimal(0))
    most = max(sums.values(), default=Decimal(0))
    return _BROADEST / float(most) if most else 0.0


def _breadth(flow: Flow, scale: float) -> float:
    return max(_LEAST_BAND, float(flow.amount) * scale) if flow.amount and flow.amount > 0 else 0.0


def _tops(
    things: Mapping[str, Subject], columns: Mapping[str, int], heights: Mapping[str, float], flows: Sequence[Flow]
) -> Mapping[str, float]:
    """Return how high each thing stands: beside what its money comes from, as far as there is room."""
    tops: dict[str, float] = {}
    places = list(things)

    def beside(id_: str) -> tuple[float, int]:
        middles = [tops[it.source.id] + heights[it.source.id] / 2 for it in flows if it.target.id == id_]
        return (sum(middles) / len(middles) if middles else 0.0, places.index(id_))

    for at in range(max(columns.values(), default=0) + 1):
        free = 0.0
        for id_ in sorted((it for it in things if columns[it] == at), key=beside):
            tops[id_] = max(free, beside(id_)[0] - heights[id_] / 2)
            free = tops[id_] + heights[id_] + _APART
    return tops


def _bands(
    flows: Sequence[Flow], breadths: Mapping[tuple[str, str], float], bars: Mapping[str, FlowBar]
) -> list[FlowBand]:
    """Return the bands: at each thing they lie on one another in the order of where they lead."""
    leaving: dict[str, float] = {}
    arriving: dict[str, float] = {}
    starts, ends = {}, {}
    for flow in sorted(flows, key=lambda it: bars[it.target.id].y):
        breadth, id_ = breadths[flow.source.id, flow.target.id], flow.source.id
        starts[flow] = bars[id_].y + leaving.get(id_, 0.0) + (breadth or _LEAST_BAR) / 2
        leaving[id_] = leaving.get(id_, 0.0) + breadth
    for flow in sorted(flows, key=lambda it: bars[it.source.id].y):
        breadth, id_ = breadths[flow.source.id, flow.target.id], flow.target.id
        ends[flow] = bars[id_].y + arriving.get(id_, 0.0) + (breadth or _LEAST_BAR) / 2
        arriving[id_] = arriving.get(id_, 0.0) + breadth
    return [
        FlowBand(
            flow,
            (bars[flow.source.id].x + BAR, starts[flow]),
            (bars[flow.target.id].x, ends[flow]),
            breadths[flow.source.id, flow.target.id],
        )
        for flow in flows
    ]


MOST_FLOWS = 60
"""Hops with an amount that are drawn, the largest first: more are read by nobody."""


@dataclass(frozen=True)
class MoneyPicture:
    """Money of one measure and one currency.

    Attributes:
        currency: ISO 4217 code.
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
