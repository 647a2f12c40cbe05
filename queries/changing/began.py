"""What began or ended in a period by dates that were held before it: the world changed, and nothing was loaded."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from iga.graph.domain.catalog import EDGE
from iga.graph.domain.values import LAST_DAY
from iga.graph.projection.properties import folded_edge, folded_node
from iga.graph.query import Query, ReadParams
from iga.queries.changing.facts import Fact, What
from iga.queries.changing.period import Period
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.reads import EDGES_OF_ENDS, AroundIds, EdgeAround, OurEdgeRow
from iga.queries.core.session import Session

# More than begins or ends in any month; beyond it the list is cut, first by id and key.
_MOST = 1_000
_OF_EACH = 3_000
# All of them have to be looked through; of more that takes longer than people wait.
_LOOKED_THROUGH = 500_000


class BetweenDays(ReadParams):
    """Two full days, both inside, and the most that may come back."""

    first: str
    last: str
    limit: int


class OfIdsBetweenDays(OfIds):
    """Which things, and two full days, both inside."""

    first: str
    last: str


THINGS_DATED_BETWEEN = Query("iga.queries.changing", "things_dated_between", BetweenDays, Entity)
THINGS_DATED_OF = Query("iga.queries.changing", "things_dated_of", OfIdsBetweenDays, Entity)
EDGES_DATED_BETWEEN = Query("iga.queries.changing", "edges_dated_between", BetweenDays, OurEdgeRow)


def began_or_ended(session: Session, period: Period, circle: Collection[str] | None) -> Iterator[Fact]:
    """Give what surely began or ended in a period, by id and key.

    Args:
        session: The graph.
        period: The days.
        circle: Only things that are among these or tied to one, and their relationships; None is all, without the
            relationships of a graph that is `too_large`.
    """
    ends: dict[str, tuple[OurEdgeRow | EdgeAround, str, str]]
    if circle is None:
        days = BetweenDays(first=period.first, last=period.last, limit=_MOST)
        things = session.read(THINGS_DATED_BETWEEN, days)
        edges = [] if too_large(session) else session.read(EDGES_DATED_BETWEEN, days)
        ends = {edge.key: (edge, edge.subject, edge.id) for edge in edges}
    else:
        around = session.read(EDGES_OF_ENDS, AroundIds(ids=tuple(sorted(circle)), most=_OF_EACH))
        near = tuple(sorted({*circle, *(edge.id for edge in around)}))
        things = session.read(THINGS_DATED_OF, OfIdsBetweenDays(ids=near, first=period.first, last=period.last))
        by_key = {edge.key: edge for edge in around}
        ends = {
            key: (edge, *((edge.subject, edge.id) if edge.leads_out else (edge.id, edge.subject)))
            for key, edge in sorted(by_key.items())
        }
    for thing in things:
        node = folded_node(thing.values)
        for what in _turns(thing.values, period):
            yield Fact(what, (thing.id,), node=node, refs=node.evidence)
    for row, source, target in ends.values():
        if row.type in EDGE and (turns := _turns(row.properties, period)):
            edge = folded_edge(row.type, source, target, row.properties)
            for what in turns:
                yield Fact(what, (source, target), edge=edge, refs=edge.evidence)


def too_large(session: Session) -> bool:
    """Say whether a graph has too many relationships to look through all of them."""
    return session.status.edge_count > _LOOKED_THROUGH


def _turns(properties: Mapping[str, Any], period: Period) -> list[What]:
    """Return whether something surely began in the period, or surely ended, or both."""
    turns: list[What] = []
    start_min, start_max = properties.get("start_min"), properties.get("start_max", LAST_DAY)
    end_min, end_max = properties.get("end_min", start_min), properties.get("end_max", LAST_DAY)
    if start_min and period.first <= start_min and start_max <= period.last:
        turns.append("began")
    if end_min and period.first <= end_min and end_max <= period.last:
        turns.append("ended")
    return turns
