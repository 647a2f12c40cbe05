"""Brings the index of names up to the graph: only what changed since it was last looked at is read again."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from iga.graph.domain.catalog import NODE
from iga.graph.domain.topics import THESAURUS
from iga.graph.fold.live import Lens, node_said
from iga.graph.garbage_collection import seldom_collected
from iga.graph.grouping import batches
from iga.graph.ledger.ledger import Ledger
from iga.graph.names.index import WITHIN, NameIndex
from iga.graph.names.kinds import LAST_STEP, beside, step_of
from iga.graph.names.naming import called, described
from iga.graph.names.table import Called, IndexBroken, IndexDamaged
from iga.graph.projection.recent import touched_since
from iga.graph.query import Query, ReadParams, Row
from iga.graph.stores.door import ReadableStore
from iga.queries.core.compiled import Everything
from iga.queries.core.names.name_edges import (
    AT_ONCE,
    COUNTRY,
    TOPIC,
    AddedByEdges,
    Stretch,
    all_edges,
    edges_at,
    found_anew,
)
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.reads import ENTITIES_BY_ID


class Digest(Row):
    """A thing, and what changes with anything of it."""

    id: str
    digest: str


class ThingsAfter(ReadParams):
    """So many things, in the order of their ids, after one of them."""

    after: str
    most: int


class Country(Row):
    """A government, and what people call it beside the name of a body."""

    id: str
    name: str
    un_name: str | None
    capital: str | None
    fips: str | None


DIGESTS = Query("iga.queries.core.names", "digests", Everything, Digest)
_ALL, _BY_ID = "MATCH (entity:Entity)", "UNWIND $ids AS given\nMATCH (entity:Entity {id: given})"
_AFTER = "\nWHERE entity.id > $after"
_BETWEEN = f"{_ALL}\nWHERE $first <= entity.id <= $last"
DIGESTS_OF = Query(DIGESTS.package, "digests of some", OfIds, Digest, DIGESTS.text.replace(_ALL, _BY_ID))
DIGESTS_AFTER = Query(
    DIGESTS.package, "digests after", ThingsAfter, Digest, f"{DIGESTS.text.replace(_ALL, _ALL + _AFTER)}LIMIT $most\n"
)
ENTITIES_BETWEEN = Query(
    DIGESTS.package, "entities between", Stretch, Entity, ENTITIES_BY_ID.text.replace(_BY_ID, _BETWEEN)
)
ALL_GOVERNMENTS = Query("iga.queries.core.names", "all_governments", Everything, Country)

OtherNames: TypeAlias = Callable[[Collection[Entity]], Mapping[str, Iterable[str]]]
"""Finds names of entities that the graph itself does not hold, by id."""

_BATCH = 2_000
_TOPIC = {entry.code: (entry.label, *entry.also) for entry in THESAURUS}
_GOVERNMENT = f"{NODE['Government'].kind}:"
# Fields that name what a thing belongs to. A dependency does not concern the state it belongs to.
_WHOLES = frozenset({"body", "issuer", "owner", "funder"})
# Director of ODIHR, whom people call the ODIHR director.
_HEAD_OF = re.compile(r"([^,]+?) of (?:the )?(\w+)")
_NOT_CONCERNED = frozenset({"sovereignty"})


@dataclass(frozen=True)
class _Surroundings:
    """What a thing is looked up by besides its own fields.

    Attributes:
        countries: Names and capital of each government, by id.
    """

    edges: Mapping[str, AddedByEdges]
    countries: Mapping[str, tuple[str, ...]]
    salt: str


@dataclass(frozen=True)
class Indexed:
    """A graph whose names are indexed.

    Attributes:
        others: Gives the names that the graph does not hold.
        recent: What the last steps touched, as `iga.graph.projection.recent` has it.
    """

    store: ReadableStore
    version: str
    others: OtherNames
    recent: tuple[str, ...] = ()


def index_at(path: Path | None, graph: Indexed) -> NameIndex:
    """Return the index in a file, brought up to a graph; a damaged one is made anew.

    Args:
        path: The file; None, or where nothing can be written, is an index of this process alone.
        graph: The graph.

    Raises:
        StoreError: The store did not answer.
    """
    index = NameIndex(path)
    try:
        bring_up(index, graph)
    except IndexDamaged:
        index.discard()
        index = NameIndex(path)
        bring_up(index, graph)
    except IndexBroken:
        index = NameIndex(None)
        bring_up(index, graph)
    return index


@seldom_collected()
def bring_up(index: NameIndex, graph: Indexed) -> None:
    """Make an index hold what a graph holds; does nothing when it does.

    Only what the steps since its version touched is looked at, where that is known and little.

    Raises:
        StoreError: The store did not answer.
        IndexBroken: The index cannot be read or written.
    """
    store = graph.store
    while (since := index.version) != graph.version:
        countries = _countries(store)
        salt = _salt(countries)
        touched = touched_since(graph.recent, since) if index.salt == salt else None
        part = None if touched is None else found_anew(store, touched)
        had = index.digests(part)
        digests = _all_digests(store) if part is None else store.read(DIGESTS_OF, OfIds(ids=tuple(part)))
        edges = all_edges(store, [row.id for row in digests]) if part is None else edges_at(store, part)
        around = _Surroundings(edges, countries, salt)
        now = {row.id: _digest(row.digest, around, around.edges.get(row.id)) for row in digests}
        changed = _changed(graph, sorted(it for it in now if had.get(it) != now[it]), now, around)
        index.update(graph.version, since=since, salt=salt, changed=changed, gone=had.keys() - now.keys())


def _all_digests(store: ReadableStore) -> list[Digest]:
    """Return the digest of every thing, in the order of their ids."""
    if not store.reads_by_pages:
        return store.read(DIGESTS, Everything())
    digests = page = store.read(DIGESTS_AFTER, ThingsAfter(after="", most=AT_ONCE))
    while len(page) == AT_ONCE:
        page = store.read(DIGESTS_AFTER, ThingsAfter(after=page[-1].id, most=AT_ONCE))
        digests = [*digests, *page]
    return digests


def _countries(store: ReadableStore) -> Mapping[str, tuple[str, ...]]:
    rows = store.read(ALL_GOVERNMENTS, Everything())
    return {row.id: tuple(filter(None, (row.name, row.un_name, row.capital))) for row in rows}


def _salt(countries: Mapping[str, tuple[str, ...]]) -> str:
    """Return what changes with the name or capital of any government: things of its country are found by it."""
    text = "\x1f".join(part for it, names in countries.items() for part in (it, *names))
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _digest(own: str, around: _Surroundings, edges: AddedByEdges | None) -> str:
    if edges is None:
        return f"{own}{around.salt}"
    text = "\x1f".join((own, around.salt, *edges.names, *(part for link in sorted(edges.links) for part in link)))
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _changed(graph: Indexed, wanted: list[str], digests: Mapping[str, str], around: _Surroundings) -> Iterator[Called]:
    for entities in _entities(graph.store, wanted, out_of=len(digests)):
        lost = graph.others(entities)
        for entity in entities:
            yield _called(entity, digests[entity.id], around, lost.get(entity.id, ()))


def _entities(store: ReadableStore, wanted: list[str], *, out_of: int) -> Iterator[Sequence[Entity]]:
    """Give things in batches: looked up by their ids, or in their order where most are wanted: quicker then."""
    if len(wanted) * 3 < out_of:
        yield from (store.read(ENTITIES_BY_ID, OfIds(ids=batch)) for batch in batches(wanted, _BATCH))
        return
    for batch in batches(wanted, _BATCH):
        chosen = set(batch)
        between = store.read(ENTITIES_BETWEEN, Stretch(first=batch[0], last=batch[-1]))
        yield [entity for entity in between if entity.id in chosen]


def _called(entity: Entity, digest: str, around: _Surroundings, lost: Iterable[str]) -> Called:
    values, edges = entity.values, around.edges.get(entity.id, AddedByEdges())
    topics = values.get("topics") or ()
    links = {*edges.links, *_own_links(entity), *((TOPIC, code) for code in topics)}
    names = dict.fromkeys((match.how, match.matched) for match in called(entity.cls, values))
    known = {text for _, text in names}
    turned = (f"{head[2]} {head[1]}" for text in known if entity.cls == "Post" and (head := _HEAD_OF.fullmatch(text)))
    names |= dict.fromkeys(("alias", text) for text in (*lost, *turned) if text not in known)
    context: tuple[str, ...] = ()
    if step_of(entity.cls) < LAST_STEP:
        places = (around.countries.get(value, ()) for facet, value in sorted(links) if facet == COUNTRY)
        dealt_with = (word for code in topics for word in _TOPIC.get(code, ()))
        context = (*described(values), *beside(entity.cls), *dealt_with, *edges.names, *chain.from_iterable(places))
    return Called(entity.id, digest, entity.cls, entity.name, tuple(names), context, tuple(sorted(links)))


def _own_links(entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield what fields of a thing say that it concerns or belongs to."""
    for name, rule in NODE[entity.cls].rules().items():
        value = entity.values.get(name)
        if not rule.refers_to or not value or name in _NOT_CONCERNED:
            continue
        if value.startswith(_GOVERNMENT):
            yield COUNTRY, value
        elif name in _WHOLES:
            yield WITHIN, value


def other_names(ledger: Ledger, lens: Lens, entities: Collection[Entity]) -> Mapping[str, tuple[str, ...]]:
    """Return what sources call entities, as far as a view shows it, by id; only of those whose names were folded.

    Raises:
        LedgerError: The ledger did not answer.
    """
    canonical = {member: entity.id for entity in entities for member in _folded(entity)}
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    if canonical:
        for row in ledger.rows_naming(canonical.keys()):
            for written, stated in node_said(row, lens, canonical):
                matches = called(stated.word, stated.values)
                names[canonical[written]] |= dict.fromkeys(match.matched for match in matches)
    return {it: tuple(sorted(known)) for it, known in names.items()}


def _folded(entity: Entity) -> tuple[str, ...]:
    """Return the ids under which more is said of an entity's names than the graph holds."""
    members = tuple(entity.values.get("members") or (entity.id,))
    names = {rule.name for rule in NODE[entity.cls].rules().values() if rule.searched}
    is_disputed = not names.isdisjoint(entity.values.get("conflicts") or ())
    return members if is_disputed or len(members) > 1 else ()
