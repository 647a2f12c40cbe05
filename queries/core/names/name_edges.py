"""What relationships add to how things are found: the names of what they are part of, the governments they concern."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from iga.graph.domain.catalog import NODE
from iga.graph.domain.edges import (
    Assessed,
    Covers,
    Holds,
    ImplementedIn,
    Organized,
    PartOf,
    PartyTo,
    PostIn,
    ReachedAt,
    RecommendedTo,
    Under,
)
from iga.graph.grouping import batches
from iga.graph.names.index import WITHIN
from iga.graph.projection.recent import RecentlyTouched
from iga.graph.query import Query, ReadParams, Row
from iga.graph.stores.door import ReadableStore
from iga.queries.core.compiled import Everything, hop
from iga.queries.core.reading import OfIds

R = TypeVar("R", bound=Row)


class Stretch(ReadParams):
    """Ids from one to another, in their order."""

    first: str
    last: str


class WholeOf(Row):
    """A thing, and what it is part of or belongs to, with its names."""

    id: str
    other: str
    name: str
    acronym: str | None
    aliases: list[str] | None
    key: str


class Concerns(Row):
    """A thing, and a government it concerns."""

    id: str
    other: str
    key: str


class EndRow(Row):
    """A relationship of a thing, and what stands at its other end."""

    subject: str
    subject_cls: str
    key: str
    id: str
    cls: str
    name: str
    values: dict[str, Any]


COUNTRY, TOPIC = "country", "topic"
"""Facets of the links of a thing, beside what it is part of."""

MOST = 5_000
"""Most things that are looked at one by one; for more, everything is read."""

AT_ONCE = 200_000
"""Things of which one statement reads what edges add to them; of a million it took longer than a statement may."""

_WHOLES, _KEPT = (PartOf, PostIn, Holds, Under), (Organized, ReachedAt)
_CONCERNED = (Assessed, RecommendedTo, Covers, ImplementedIn)
_NAMES = ("acronym", "aliases")
_GOVERNMENT = f"{NODE['Government'].kind}:"

ALL_WHOLES = Query("iga.queries.core.names", "all_wholes", Everything, WholeOf)
ALL_KEEPERS = Query("iga.queries.core.names", "all_keepers", Everything, WholeOf)
ALL_COUNTRIES = Query("iga.queries.core.names", "all_countries", Everything, Concerns)
ALL_COMPACT_PARTIES = Query("iga.queries.core.names", "all_compact_parties", Everything, Concerns)

_PART_WITHIN = "$first <= part.id <= $last"
_BETWEEN: Mapping[str, Query[Stretch, Any]] = {
    read.name: Query(
        read.package,
        f"{read.name} between",
        Stretch,
        read.row,
        read.text.replace("\nWHERE ", f"\nWHERE {_PART_WITHIN} AND ")
        if "\nWHERE " in read.text
        else read.text.replace("\nRETURN", f"\nWHERE {_PART_WITHIN}\nRETURN"),
    )
    for read in (ALL_WHOLES, ALL_KEEPERS, ALL_COUNTRIES)
}

WHOLES_OF = hop(*_WHOLES, row=EndRow, fields=_NAMES)
KEEPERS_OF = hop(*_KEPT, into=True, row=EndRow, fields=_NAMES)
PARTS_OF = hop(*_WHOLES, into=True, row=EndRow, fields=_NAMES)
KEPT_BY = hop(*_KEPT, row=EndRow, fields=_NAMES)
COUNTRIES_OF = hop(*_CONCERNED, other="Government", row=EndRow, fields=_NAMES)
COMPACT_PARTIES_OF = hop(PartyTo, into=True, other="Government", row=EndRow, fields=_NAMES)


@dataclass
class AddedByEdges:
    """What edges of the graph add to a thing: names of what it is part of, and links."""

    names: tuple[str, ...] = ()
    links: set[tuple[str, str]] = field(default_factory=set)


class _Whole(NamedTuple):
    id: str
    other: str
    names: tuple[str, ...]


def all_edges(store: ReadableStore, ids: Sequence[str]) -> Mapping[str, AddedByEdges]:
    """Return what edges add to each thing of a graph, by id.

    Args:
        store: The graph.
        ids: Of all its things, in their order.

    Raises:
        StoreError: The store did not answer.
    """
    rows = (row for read in (ALL_WHOLES, ALL_KEEPERS) for row in _of_all(store, read, ids))
    wholes = [_Whole(row.id, row.other, _names(row.name, row.acronym, row.aliases)) for row in rows]
    concerned = (*_of_all(store, ALL_COUNTRIES, ids), *store.read(ALL_COMPACT_PARTIES, Everything()))
    return _added(wholes, {it.id: it.names for it in wholes}, ((row.id, row.other) for row in concerned))


def _of_all(store: ReadableStore, read: Query[Everything, R], ids: Sequence[str]) -> Iterator[R]:
    """Give the rows of a read of a whole graph: of many things by stretches, each within the time of a statement."""
    if len(ids) <= AT_ONCE:
        yield from store.read(read, Everything())
        return
    for batch in batches(ids, AT_ONCE):
        yield from store.read(_BETWEEN[read.name], Stretch(first=batch[0], last=batch[-1]))


def edges_at(store: ReadableStore, ids: Collection[str]) -> Mapping[str, AddedByEdges]:
    """Return what edges add to some things, by id: the same as among `all_edges`.

    Raises:
        StoreError: The store did not answer.
    """
    wholes = _wholes(store, ids)
    above = {it.id: it.names for it in _wholes(store, {it.other for it in wholes})}
    of = OfIds(ids=tuple(ids))
    concerned = [(row.subject, row.id) for row in store.read(COUNTRIES_OF, of)]
    compacts = [row for row in store.read(COMPACT_PARTIES_OF, of) if row.subject_cls != "Treaty"]
    return _added(wholes, above, concerned + [(row.subject, row.id) for row in compacts])


def found_anew(store: ReadableStore, touched: RecentlyTouched) -> frozenset[str] | None:
    """Return the ids of what may be found otherwise since some things were touched; None if they are many.

    A thing is found by its own fields and edges, and by the names of what it is part of, and of what that is part of.

    Raises:
        StoreError: The store did not answer.
    """
    wholes, kept = ({edge.type() for edge in edges} for edges in (_WHOLES, _KEPT))
    moved = {edge.source for edge in touched.edges if edge.type in wholes}
    moved |= {edge.target for edge in touched.edges if edge.type in kept}
    nearest = _parts(store, touched.nodes)
    found = touched.ids | nearest | _parts(store, nearest | moved)
    return found if len(found) <= MOST else None


def _parts(store: ReadableStore, ids: Collection[str]) -> frozenset[str]:
    of = OfIds(ids=tuple(ids)[:MOST])
    return frozenset(row.id for read in (PARTS_OF, KEPT_BY) for row in store.read(read, of)) if ids else frozenset()


def _wholes(store: ReadableStore, ids: Collection[str]) -> list[_Whole]:
    of = OfIds(ids=tuple(sorted(ids)))
    rows = [row for read in (WHOLES_OF, KEEPERS_OF) for row in store.read(read, of)] if ids else []
    named = ((row, _names(row.name, row.values.get("acronym"), row.values.get("aliases"))) for row in rows)
    return [_Whole(row.subject, row.id, names) for row, names in named if row.cls != "Publication"]


def _added(
    wholes: Iterable[_Whole], above: Mapping[str, tuple[str, ...]], concerned: Iterable[tuple[str, str]]
) -> Mapping[str, AddedByEdges]:
    edges: defaultdict[str, AddedByEdges] = defaultdict(AddedByEdges)
    for it, other, names in wholes:
        # A person is also looked for under the body of the post, one step further.
        edges[it].names = tuple(dict.fromkeys((*edges[it].names, *names, *above.get(other, ()))))
        edges[it].links.add((COUNTRY if other.startswith(_GOVERNMENT) else WITHIN, other))
    for it, government in concerned:
        edges[it].links.add((COUNTRY, government))
    return edges


def _names(name: str, acronym: str | None, aliases: Iterable[str] | None) -> tuple[str, ...]:
    return (name, *filter(None, (acronym,)), *(aliases or ()))
