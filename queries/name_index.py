"""Brings the index of names up to the graph: only what changed since it was last looked at is read again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.domain.topics import THESAURUS
from graph.names.index import Called, NameIndex
from graph.names.naming import called
from graph.stores.door import Reader
from queries.reading import Entity, OfIds
from queries.reads import BODIES_OF_ALL_POSTS, DIGESTS, ENTITIES_BY_ID, Everything

_BATCH = 2_000
_TOPIC = {entry.code: (entry.label, *entry.also) for entry in THESAURUS}


def bring_up(index: NameIndex, store: Reader, *, version: str) -> None:
    """Make an index hold what a graph of some version holds; does nothing when it does.

    Raises:
        StoreError: The store did not answer.
    """
    if index.version == version:
        return
    bodies = _bodies(store)
    had = index.digests()
    now = {row.id: _digest(row.digest, bodies.get(row.id, ())) for row in store.read(DIGESTS, Everything())}
    wanted = sorted(it for it, digest in now.items() if had.get(it) != digest)
    changed = (_called(entity, now[entity.id], bodies.get(entity.id, ())) for entity in _entities(store, wanted))
    index.update(version, changed=changed, gone=had.keys() - now.keys())


def _bodies(store: Reader) -> dict[str, tuple[str, ...]]:
    """Return what the bodies of each post are called."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in store.read(BODIES_OF_ALL_POSTS, Everything()):
        found[row.id] += [row.name, *filter(None, (row.acronym,)), *(row.aliases or ())]
    return {it: tuple(dict.fromkeys(names)) for it, names in found.items()}


def _digest(own: str, context: Iterable[str]) -> str:
    return "\x1f".join((own, *context))


def _entities(store: Reader, ids: list[str]) -> Iterator[Entity]:
    for start in range(0, len(ids), _BATCH):
        yield from store.read(ENTITIES_BY_ID, OfIds(ids=tuple(ids[start : start + _BATCH])))


def _called(entity: Entity, digest: str, bodies: tuple[str, ...]) -> Called:
    names = tuple((match.how, match.matched) for match in called(entity.cls, entity.values))
    context = [*bodies, *(word for code in entity.values.get("topics") or () for word in _TOPIC.get(code, ()))]
    return Called(entity.id, digest, entity.cls, entity.name, names, tuple(context) if entity.cls == "Post" else ())
