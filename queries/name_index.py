"""Brings the index of names up to the graph: only what changed since it was last looked at is read again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Protocol

from graph.domain.catalog import NODE
from graph.domain.topics import THESAURUS
from graph.names.index import WITHIN, Called, NameIndex
from graph.names.kinds import LAST_STEP, step_of
from graph.names.naming import called, described
from graph.stores.door import Reader
from queries.reading import Entity, OfIds
from queries.reads import (
    ALL_COMPACT_PARTIES,
    ALL_COUNTRIES,
    ALL_KEEPERS,
    ALL_WHOLES,
    DIGESTS,
    ENTITIES_BY_ID,
    Everything,
    PartOf,
)

COUNTRY, TOPIC = "country", "topic"
"""Facets of the links of a thing, beside what it is part of."""

_BATCH = 2_000
_TOPIC = {entry.code: (entry.label, *entry.also) for entry in THESAURUS}
_GOVERNMENT = f"{NODE['Government'].kind}:"
# Fields that name what a thing belongs to. A dependency does not concern the state it belongs to.
_WHOLES = frozenset({"body", "issuer", "owner", "funder"})
_NOT_CONCERNED = frozenset({"sovereignty"})


class OtherNames(Protocol):
    """Finds names that the graph itself does not hold: those of merged ids, and those that lost to a better source."""

    def __call__(self, entities: Collection[Entity], /) -> Mapping[str, Iterable[str]]:
        """Return the names by the id of the entity."""


@dataclass
class _Ties:
    """What ties of the graph add to a thing: names of what it is part of, and links."""

    names: tuple[str, ...] = ()
    links: set[tuple[str, str]] = field(default_factory=set)


def bring_up(index: NameIndex, store: Reader, *, version: str, others: OtherNames) -> None:
    """Make an index hold what a graph of some version holds; does nothing when it does.

    Raises:
        StoreError: The store did not answer.
        IndexBroken: The index cannot be read or written.
    """
    while index.version != version:
        since, had = index.digests()
        ties = _ties(store)
        now = {row.id: _digest(row.digest, ties.get(row.id)) for row in store.read(DIGESTS, Everything())}
        wanted = sorted(it for it, digest in now.items() if had.get(it) != digest)
        changed = _changed(store, wanted, now, ties, others)
        index.update(version, since=since, changed=changed, gone=had.keys() - now.keys())


def _ties(store: Reader) -> dict[str, _Ties]:
    found: defaultdict[str, _Ties] = defaultdict(_Ties)
    wholes = [row for read in (ALL_WHOLES, ALL_KEEPERS) for row in store.read(read, Everything())]
    own = {row.id: _names(row) for row in wholes}
    for row in wholes:
        tie = found[row.id]
        # A person is also looked for under the body of the post, one step further.
        tie.names = tuple(dict.fromkeys((*tie.names, *_names(row), *own.get(row.other, ()))))
        tie.links.add((COUNTRY if row.other.startswith(_GOVERNMENT) else WITHIN, row.other))
    for read in (ALL_COUNTRIES, ALL_COMPACT_PARTIES):
        for concerned in store.read(read, Everything()):
            found[concerned.id].links.add((COUNTRY, concerned.other))
    return found


def _names(row: PartOf) -> tuple[str, ...]:
    return (row.name, *filter(None, (row.acronym,)), *(row.aliases or ()))


def _digest(own: str, ties: _Ties | None) -> str:
    if ties is None:
        return own
    told = "\x1f".join((own, *ties.names, *(part for link in sorted(ties.links) for part in link)))
    return blake2b(told.encode(), digest_size=16).hexdigest()


def _changed(
    store: Reader, wanted: list[str], digests: Mapping[str, str], ties: Mapping[str, _Ties], others: OtherNames
) -> Iterator[Called]:
    for start in range(0, len(wanted), _BATCH):
        entities = store.read(ENTITIES_BY_ID, OfIds(ids=tuple(wanted[start : start + _BATCH])))
        lost = others(entities)
        for entity in entities:
            yield _called(entity, digests[entity.id], ties.get(entity.id, _Ties()), lost.get(entity.id, ()))


def _called(entity: Entity, digest: str, ties: _Ties, lost: Iterable[str]) -> Called:
    values = entity.values
    topics = values.get("topics") or ()
    names = dict.fromkeys((match.how, match.matched) for match in called(entity.cls, values))
    known = {text for _, text in names}
    names |= dict.fromkeys(("alias", text) for text in lost if text not in known)
    context = (*described(values), *(word for code in topics for word in _TOPIC.get(code, ())))
    if step_of(entity.cls) < LAST_STEP:
        context = (*context, *ties.names)
    links = {*ties.links, *_own_links(entity), *((TOPIC, code) for code in topics)}
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
