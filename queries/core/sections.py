"""Everything around one entity by type and direction, and what each of them is called."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from iga.graph.domain.catalog import EDGE, EDGES
from iga.graph.domain.edges import Holds
from iga.graph.grouping import by_key
from iga.graph.query import Query
from iga.queries.core.compiled import hop
from iga.queries.core.days import Passed, is_over
from iga.queries.core.holders import ends_of_terms, with_ends
from iga.queries.core.reading import FullEdgeRow, OfIds, by_name
from iga.queries.core.reads import EDGE_COUNTS, EDGES_IN, EDGES_OUT, EdgeCount, OfType, OurEdgeRow
from iga.queries.core.relationships import since_when, stands
from iga.queries.core.session import Session
from iga.queries.core.tip_report import with_publication_days

# More relationships of one type than a thing of the office has; beyond it a number is a lower bound.
MOST_READ = 2_000


@dataclass(frozen=True)
class Way:
    """Relationships of one type in one direction.

    Attributes:
        is_outward: Whether it leads from the things that are looked around.
        classes: Classes that the other end may have; empty is any.
    """

    kind: str
    is_outward: bool
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Around:
    """What was found by one way, those that began last first.

    Attributes:
        edges: Each with whether it stood on the day; what did not is left out.
    """

    edges: tuple[tuple[FullEdgeRow, Passed], ...]
    is_whole: bool = True


def around(session: Session, ids: Sequence[str], ways: Iterable[Way], *, day: str) -> dict[Way, Around]:
    """Return what stands around some things by several ways on a day, or had happened by it; read together."""
    wanted = list(ways)
    read = edges_by_way(session, ids, {(way.kind, way.is_outward) for way in wanted}, most=MOST_READ)
    ended = partial(_with_ends, session, ids, day=day)
    return {way: _by_way(way, ended(way.kind, read.get((way.kind, way.is_outward), [])), day) for way in wanted}


def _with_ends(
    session: Session, ids: Sequence[str], kind: str, edges: Sequence[FullEdgeRow], *, day: str
) -> list[FullEdgeRow]:
    is_of_terms = kind == Holds.type() and edges
    return with_ends(edges, ends_of_terms(session.unnoted, ids, day=day)) if is_of_terms else list(edges)


def _by_way(way: Way, read: Sequence[FullEdgeRow], day: str) -> Around:
    asked = [edge for edge in by_name(read) if not way.classes or edge.cls in way.classes]
    held = [(edge, state) for edge in asked if (state := _stood(way.kind, edge, day)) != "no"]
    held.sort(key=lambda pair: since_when(pair[0]), reverse=True)
    return Around(tuple(held), len(read) < MOST_READ)


def edges_by_way(
    session: Session, ids: Sequence[str], ways: Collection[tuple[str, bool]], *, most: int
) -> dict[tuple[str, bool], list[FullEdgeRow]]:
    """Return the relationships of some things by type and by whether they lead from them, in no particular order.

    Of a type with more than the most those that began last; what there is none of is left out.
    """
    if not ids or not ways:
        return {}
    counts: Counter[tuple[str, bool]] = Counter()
    for row in session.read(EDGE_COUNTS, OfIds(ids=tuple(ids))):
        counts[row.type, row.leads_out] += row.count
    there = [way for way in ways if counts[way]]
    edges: dict[tuple[str, bool], list[FullEdgeRow]] = {}
    for leads_out in (True, False):
        few = tuple(sorted(kind for kind, is_out in there if is_out == leads_out and counts[kind, is_out] <= most))
        rows = session.read(_hop_by(few, leads_out), OfIds(ids=tuple(ids))) if few else []
        edges |= {(kind, leads_out): list(of_kind) for kind, of_kind in by_key(rows, lambda row: row.type).items()}
    for kind, leads_out in there:
        if counts[kind, leads_out] > most:
            query = EDGES_OUT if leads_out else EDGES_IN
            edges[kind, leads_out] = session.read(query, OfType(ids=tuple(ids), type=kind, limit=most))
    return edges


def shown_counts(session: Session, entity: str, *, most: int) -> list[EdgeCount]:
    """Return how many relationships of each type and direction a thing has that may be shown; none is no row.

    Of a type with more than the most all are counted.
    """
    read = edges_by_way(session, (entity,), EVERY_SECTION, most=most)
    every = session.read(EDGE_COUNTS, OfIds(ids=(entity,)))
    shown = ((it, it.count if it.count > most else len(read.get((it.type, it.leads_out), ()))) for it in every)
    return [it.model_copy(update={"count": number}) for it, number in shown if number]


@cache
def _hop_by(kinds: tuple[str, ...], leads_out: bool) -> Query[OfIds, OurEdgeRow]:
    return hop(*(EDGE[kind] for kind in kinds), into=not leads_out, row=OurEdgeRow)


_SET_BEFOREHAND = ("planned", "confirmed", "postponed")


def _stood(kind: str, edge: FullEdgeRow, day: str) -> Passed:
    if edge.cls == "Engagement" and edge.values.get("status") in _SET_BEFOREHAND:
        return "unknown"
    return stands(kind, edge, day=day)


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
        title: What is at the other end, in words.
        edges: Each with whether it stood on the day.
    """

    kind: str
    leads_out: bool
    title: str
    edges: tuple[tuple[FullEdgeRow, Passed], ...]
    is_whole: bool


EVERY_SECTION = frozenset((kind, leads_out) for kind in SECTIONS for leads_out in (True, False))
"""Types with their direction."""


PAST_WORK = "projects carried out before"
"""Title of the work that ended by the day: what was done remains a dealing."""


def sections_of(
    session: Session,
    entity: str,
    *,
    day: str,
    wanted: Collection[tuple[str, bool]] = EVERY_SECTION,
    with_past_work: bool = False,
) -> Iterator[EdgeSection]:
    """Give what stands around an entity on a day, in the order of a profile; empty sections are left out.

    Work that ended by the day is a section of its own where that is wanted.
    """
    there = {(row.type, row.leads_out): row.count for row in session.read(EDGE_COUNTS, OfIds(ids=(entity,)))}
    read = edges_by_way(session, (entity,), wanted, most=MOST_OF_A_SECTION)
    for kind, titles in SECTIONS.items():
        for leads_out, title in zip((True, False), titles, strict=True):
            if edges := by_name(with_publication_days(session, read.get((kind, leads_out), []))):
                edges = _with_ends(session, (entity,), kind, edges, day=day)
                edges.sort(key=since_when, reverse=True)
                states = [(edge, stands(kind, edge, day=day)) for edge in edges]
                standing = tuple((edge, state) for edge, state in states if state != "no")
                is_work = with_past_work and (kind, leads_out) == ("IMPLEMENTS", True)
                gone = [edge for edge, state in states if is_work and state == "no"]
                ended: tuple[tuple[FullEdgeRow, Passed], ...] = tuple(
                    (edge, "yes") for edge in gone if is_over(edge.properties.get("period_end"), on=day)
                )
                for name, of_it in ((title, standing), (PAST_WORK, ended)):
                    if of_it:
                        yield EdgeSection(kind, leads_out, name, of_it, there[kind, leads_out] <= MOST_OF_A_SECTION)
