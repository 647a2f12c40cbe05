"""Everything around one entity by type and direction, and what each of them is called."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from iga.graph.domain.catalog import EDGES
from iga.queries.core.around import edges_by_way
from iga.queries.core.days import Passed
from iga.queries.core.happened import since_when, stands
from iga.queries.core.reading import FullEdgeRow, OfIds, by_name
from iga.queries.core.reads import EDGE_COUNTS
from iga.queries.core.session import Session
from iga.queries.core.tip_report import with_publication_days

# More relationships of one type than a party of the office has; beyond it the number is a lower bound.
MOST_OF_A_SECTION = 2_000

SECTIONS: Mapping[str, tuple[str, str]] = {edge.type(): edge.section for edge in EDGES}
"""By type: what is at the far end of a relationship that leads from the entity, and of one that leads to it.

The order is that of a profile: agreements first, structure last.
"""


@dataclass(frozen=True)
class EdgeSection:
    """One type of relationship in one direction: those not known to be over on the day, those that began last first.

    Attributes:
        kind: Type of the relationship.
        leads_out: Whether it leads from the entity.
        title: What is at the other end, in words.
        edges: Each with whether it stood on the day.
        is_whole: Whether all there are were read.
    """

    kind: str
    leads_out: bool
    title: str
    edges: tuple[tuple[FullEdgeRow, Passed], ...]
    is_whole: bool


EVERY_SECTION = frozenset((kind, leads_out) for kind in SECTIONS for leads_out in (True, False))
"""Types with their direction."""


def sections_of(
    session: Session, entity: str, *, day: str, wanted: Collection[tuple[str, bool]] = EVERY_SECTION
) -> Iterator[EdgeSection]:
    """Give what stands around an entity on a day, in the order of a profile; empty sections are left out."""
    there = {(row.type, row.leads_out): row.count for row in session.read(EDGE_COUNTS, OfIds(ids=(entity,)))}
    read = edges_by_way(session, (entity,), wanted, most=MOST_OF_A_SECTION)
    for kind, titles in SECTIONS.items():
        for leads_out, title in zip((True, False), titles, strict=True):
            if edges := by_name(with_publication_days(session, read.get((kind, leads_out), []))):
                standing = [(edge, state) for edge in edges if (state := stands(kind, edge, day=day)) != "no"]
                standing.sort(key=lambda pair: since_when(pair[0]), reverse=True)
                if standing:
                    yield EdgeSection(kind, leads_out, title, tuple(standing), len(edges) == there[kind, leads_out])
