"""Brings the index of names up to the graph: only what changed since it was last looked at is read again."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from graph.domain.catalog import NODE
from graph.domain.topics import THESAURUS
from graph.fold.live import Lens, node_said
from graph.grouping import batches
from graph.ledger.ledger import Ledger
from graph.names.index import WITHIN, NameIndex
from graph.names.kinds import LAST_STEP, beside, step_of
from graph.names.naming import called, described
from graph.names.table import Called, IndexBroken, IndexDamaged
from graph.query import Query, Row
from graph.stores.door import ReadableStore
from queries.core.compiled import Everything
from queries.core.reading import Entity, OfIds
from queries.core.reads import ENTITIES_BY_ID


class Digest(Row):
    """A thing, and what changes with anything of it."""

    id: str
    digest: str


class WholeOf(Row):
    """A thing, and what it is part of or belongs to, with its names."""

    id: str
    other: str
    name: str
    acronym: str | None
    aliases: list[str] | None
    key: str


class Country(Row):
    """A government, and what people call it beside the name of a body."""

    id: str
    name: str
    un_name: str | None
    capital: str | None
    fips: str | None


class Concerns(Row):
    """A thing, and a government it concerns."""

    id: str
    other: str
    key: str


DIGESTS = Query("queries.core.names", "digests", Everything, Digest)
ALL_WHOLES = Query("queries.core.names", "all_wholes", Everything, WholeOf)
ALL_KEEPERS = Query("queries.core.names", "all_keepers", Everything, WholeOf)
ALL_GOVERNMENTS = Query("queries.core.names", "all_governments", Everything, Country)
ALL_COUNTRIES = Query("queries.core.names", "all_countries", Everything, Concerns)
ALL_COMPACT_PARTIES = Query("queries.core.names", "all_compact_parties", Everything, Concerns)

COUNTRY, TOPIC = "country", "topic"
"""Facets of the links of a thing, beside what it is part of."""

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


@dataclass
class _Edges:
    """What edges of the graph add to a thing: names of what it is part of, and links."""

    names: tuple[str, ...] = ()
    links: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class _Surroundings:
    """What a thing is looked up by besides its own fields.

    Attributes:
        edges: What its edges add, by id.
        countries: Names and capital of each government, by id.
    """

    edges: Mapping[str, _Edges]
    countries: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, store: ReadableStore) -> "_Surroundings":
        rows = store.read(ALL_GOVERNMENTS, Everything())
        called = {row.id: tuple(filter(None, (row.name, row.un_name, row.capital))) for row in rows}
        return cls(_edges(store), called)

    @cached_property
    def salt(self) -> str:
        """What changes with the name or capital of any government: things of its country are found by it."""
        text = "\x1f".join(part for it, names in self.countries.items() for part in (it, *names))
        return blake2b(text.encode(), digest_size=8).hexdigest()


def index_at(path: Path | None, store: ReadableStore, *, version: str, others: OtherNames) -> NameIndex:
    """Return the index in a file, brought up to a graph of some version; a damaged one is made anew.

    Args:
        path: The file; None, or where nothing can be written, is an index of this process alone.
        store: The graph.
        version: What the index is good for.
        others: Gives the names that the graph does not hold.

    Raises:
        StoreError: The store did not answer.
    """
    index = NameIndex(path)
    try:
        bring_up(index, store, version=version, others=others)
    except IndexDamaged:
        index.discard()
        index = NameIndex(path)
        bring_up(index, store, version=version, others=others)
    except IndexBroken:
        index = NameIndex(None)
        bring_up(index, store, version=version, others=others)
    return index


def bring_up(index: NameIndex, store: ReadableStore, *, version: str, others: OtherNames) -> None:
    """Make an index hold what a graph of some version holds; does nothing when it does.

    Raises:
        StoreError: The store did not answer.
        IndexBroken: The index cannot be read or written.
    """
    while index.version != version:
        since, had = index.digests()
        around = _Surroundings.of(store)
        now = {
            row.id: _digest(row.digest, around, around.edges.get(row.id)) for row in store.read(DIGESTS, Everything())
        }
        wanted = sorted(it for it, digest in now.items() if had.get(it) != digest)
        changed = _changed(store, wanted, now, around, others)
        index.update(version, since=since, changed=changed, gone=had.keys() - now.keys())


def _edges(store: ReadableStore) -> dict[str, _Edges]:
    edges: defaultdict[str, _Edges] = defaultdict(_Edges)
    wholes = [row for read in (ALL_WHOLES, ALL_KEEPERS) for row in store.read(read, Everything())]
    own = {row.id: _names(row) for row in wholes}
    for row in wholes:
        edge = edges[row.id]
        # A person is also looked for under the body of the post, one step further.
        edge.names = tuple(dict.fromkeys((*edge.names, *_names(row), *own.get(row.other, ()))))
        edge.links.add((COUNTRY if row.other.startswith(_GOVERNMENT) else WITHIN, row.other))
    for read in (ALL_COUNTRIES, ALL_COMPACT_PARTIES):
        for concerned in store.read(read, Everything()):
            edges[concerned.id].links.add((COUNTRY, concerned.other))
    return edges


def _names(row: WholeOf) -> tuple[str, ...]:
    return (row.name, *filter(None, (row.acronym,)), *(row.aliases or ()))


def _digest(own: str, around: _Surroundings, edges: _Edges | None) -> str:
    if edges is None:
        return f"{own}{around.salt}"
    text = "\x1f".join((own, around.salt, *edges.names, *(part for link in sorted(edges.links) for part in link)))
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _changed(
    store: ReadableStore, wanted: list[str], digests: Mapping[str, str], around: _Surroundings, others: OtherNames
) -> Iterator[Called]:
    for batch in batches(wanted, _BATCH):
        entities = store.read(ENTITIES_BY_ID, OfIds(ids=batch))
        lost = others(entities)
        for entity in entities:
            yield _called(entity, digests[entity.id], around, lost.get(entity.id, ()))


def _called(entity: Entity, digest: str, around: _Surroundings, lost: Iterable[str]) -> Called:
    values, edges = entity.values, around.edges.get(entity.id, _Edges())
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
