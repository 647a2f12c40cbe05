"""The relationships of a graph as arrays in this process: who is next to whom, and what dates each.

They are made once for each state of a view, and kept in a file that can always be thrown away.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Any, TypeAlias

import msgspec
from typing_extensions import Buffer

from iga.graph.errors import TimedOut
from iga.graph.private import make_folder
from iga.graph.projection.meta import meta
from iga.graph.projection.recent import touched_since
from iga.graph.query import Record
from iga.graph.stores.door import ReadableStore, Store
from iga.queries.core.relationships import EDGE_DATES, NODE_DATES, is_dated

MOST = 400_000
"""Relationships of which arrays are made: more take longer than people wait, and over 300 MB."""

# Things whose relationships one statement reads: those of all may take longer than a statement may run.
_PAGE = 10_000

_FORMAT = f"1 {sys.byteorder} {array('I').itemsize}".encode()
"""Raised when what is kept changes: a file of another format is made anew."""

_DIGEST_BYTES = 32
_NODES = "{given}MATCH (n:Entity{id}) RETURN n.id AS id, n.cls AS cls, n.name AS name, n.iso3 AS iso3, "
_EDGES = (
    "{given}MATCH (a:Entity{id_of_source})-[x]->(b:Entity{id_of_target}) "
    "RETURN a.id AS source, b.id AS target, type(x) AS type, x.key AS key, "
)
_GIVEN, _BY_ID = "UNWIND $ids AS given ", " {id: given}"

Dates: TypeAlias = tuple[str | tuple[str, ...] | None, ...]
"""Values of the fields that date something, in their order; none of what has no day of its own."""


class Dating(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What dates a relationship: its type and own days, and those of the two it joins."""

    type: str
    own: Dates
    source_cls: str
    source: Dates
    target_cls: str
    target: Dates


_Edge: TypeAlias = tuple[str, str, str, Dating]
"""Key of a relationship, the ids that it leads from and to, and what dates it."""

_Node: TypeAlias = tuple[tuple[str, str, str | None], tuple[str, Dates]]
"""Class, name and ISO 3166 alpha-3 code of a thing; and its class and days, where it has days of its own."""


class Ties(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """All relationships of one state of a view.

    An entity's number is its place among the ids, a relationship's is its place among the keys. Each entity has an
    entry for each of its relationships, in the order of their keys.

    Attributes:
        ids: Every entity, in order.
        subjects: Class, name and ISO 3166 alpha-3 code of each entity.
        datings: What dates relationships; many have one in common.
        starts: Of each entity, and of one more than there are, the place of its first entry.
        others: Of each entry, the number of the entity at the other end.
        ways: Of each entry, twice the number of the relationship, and one more where it leads from the entity.
        dated: Of each relationship, the place of what dates it.
    """

    version: str
    ids: list[str]
    subjects: list[tuple[str, str, str | None]]
    keys: list[str]
    datings: list[Dating]
    starts: memoryview
    others: memoryview
    ways: memoryview
    dated: memoryview

    @cached_property
    def worked_out(self) -> dict[Any, Any]:
        """What followed from them, by what it was asked for: for whoever works it out, and not in the file."""
        return {}

    def number_of(self, entity: str) -> int:
        """Return the number of an entity.

        Raises:
            KeyError: It is not there.
        """
        place = bisect_left(self.ids, entity)
        if place == len(self.ids) or self.ids[place] != entity:
            raise KeyError(entity)
        return place


class KeptTies:
    """The relationships of one state of a view, made when they are first asked for. Threads may share it."""

    def __init__(self) -> None:
        self._ties: list[Ties | None] = []
        self._making = Lock()

    def of(self, store: ReadableStore, names_at: Path | None, version: str) -> Ties | None:
        """Return them; None where they are too many, take too long, or the store is in another state; see `ties_at`."""
        with self._making:
            if not self._ties and isinstance(store, Store):
                held, path = meta(store), names_at and names_at.with_suffix(".ties")
                ties = None
                if held is not None and held.edge_count <= MOST:
                    with suppress(TimedOut):
                        ties = ties_at(path, store, version=version)
                self._ties.append(ties)
            return self._ties[0] if self._ties else None


def ties_at(path: Path | None, store: Store, *, version: str) -> Ties | None:
    """Return the relationships of a store's state: as its file has them, else read from it and kept there.

    None where the store moved on while it was read.

    Args:
        path: The file; None keeps them in memory alone.
        store: The view.
        version: State of it: its hash.

    Raises:
        StoreError: The store did not answer.
    """
    kept = path and _kept(path)
    if kept and kept.version == version:
        return kept
    touched = touched_since(held.recent, kept.version) if kept and (held := meta(store)) else None
    ties = _made(store, version) if touched is None or not kept else _carried(kept, store, version, touched.ids)
    held = meta(store)
    if held is None or held.projecting or held.hash != version:
        return None
    if path:
        with suppress(OSError):  # a place that cannot be written
            _keep(path, ties)
    return ties


def _kept(path: Path) -> Ties | None:
    """Return what a file has; None if it is damaged, or of another format."""
    try:
        content = path.read_bytes()
        digest, body = content[:_DIGEST_BYTES], memoryview(content)[_DIGEST_BYTES:]
        if digest != _digest_of(body):
            return None
        ties = msgspec.msgpack.decode(body, type=Ties)
    except (OSError, msgspec.MsgspecError):
        return None
    arrays = {name: getattr(ties, name).cast("I") for name in ("starts", "others", "ways", "dated")}
    return msgspec.structs.replace(ties, **arrays)


def _digest_of(body: Buffer) -> bytes:
    return blake2b(body, digest_size=_DIGEST_BYTES, person=_FORMAT).digest()


def _keep(path: Path, ties: Ties) -> None:
    make_folder(path.parent)
    body = msgspec.msgpack.encode(ties)
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:  # its owner's alone
        try:
            file.write(_digest_of(body) + body)
            file.close()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _made(store: Store, version: str) -> Ties:
    """Return all relationships of a store, read anew, by so many things at a time."""
    text = _NODES.format(given="", id="") + _columns("n", NODE_DATES)
    nodes = {row["id"]: _node(row) for row in store.each(text)}
    ids = sorted(nodes)
    text = _EDGES.format(given=_GIVEN, id_of_source=_BY_ID, id_of_target="") + _columns("x", EDGE_DATES)
    pages = (ids[first : first + _PAGE] for first in range(0, len(ids), _PAGE))
    rows = (row for page in pages for row in store.each(text, ids=page))
    edges = [edge for row in rows if (edge := _edge(row, nodes))]
    return _arranged(version, {id_: node[0] for id_, node in nodes.items()}, edges)


def _carried(ties: Ties, store: Store, version: str, touched: Collection[str]) -> Ties:
    """Return the relationships of a later state: those of touched things are read, all others are as they were."""
    given = {"ids": sorted(touched)}
    read = []
    for way in ("source", "target"):
        text = _EDGES.format(**{"given": _GIVEN, "id_of_source": "", "id_of_target": "", f"id_of_{way}": _BY_ID})
        read += store.look(text + _columns("x", EDGE_DATES), **given)
    ends = {row[end] for row in read for end in ("source", "target")}
    text = _NODES.format(given=_GIVEN, id=_BY_ID) + _columns("n", NODE_DATES)
    nodes = {row["id"]: _node(row) for row in store.look(text, ids=sorted(ends | set(touched)))}
    subjects = {id_: subject for id_, subject in zip(ties.ids, ties.subjects, strict=True) if id_ not in touched}
    subjects |= {id_: node[0] for id_, node in nodes.items()}
    edges = [edge for edge in _edges_of(ties) if edge[1] not in touched and edge[2] not in touched]
    fresh = {row["key"]: edge for row in read if (edge := _edge(row, nodes))}
    return _arranged(version, subjects, [*edges, *fresh.values()])


def _edge(row: Record, nodes: Mapping[str, _Node]) -> _Edge | None:
    """Return a relationship with what dates it; None where an end came or went while this was read."""
    source, target = nodes.get(row["source"]), nodes.get(row["target"])
    return (row["key"], row["source"], row["target"], _dating(row, source[1], target[1])) if source and target else None


def _edges_of(ties: Ties) -> Iterator[_Edge]:
    for number, source in enumerate(ties.ids):
        first, last = ties.starts[number], ties.starts[number + 1]
        for other, way in zip(ties.others[first:last], ties.ways[first:last], strict=True):
            if way & 1:
                edge = way >> 1
                yield ties.keys[edge], source, ties.ids[other], ties.datings[ties.dated[edge]]


def _node(node: Record) -> _Node:
    """Return class, name and code of a thing; and its class and days, where it has days of its own."""
    cls = node["cls"]
    return (cls, node["name"], node["iso3"]), (cls, tuple(map(node.get, NODE_DATES))) if is_dated(cls) else ("", ())


def _arranged(version: str, subjects: Mapping[str, tuple[str, str, str | None]], edges: list[_Edge]) -> Ties:
    ids = sorted(subjects)
    edges.sort()
    datings: dict[Dating, int] = {}
    dated = array("I", [datings.setdefault(edge[3], len(datings)) for edge in edges])
    numbers = {entity: number for number, entity in enumerate(ids)}
    ends = [(numbers[source], numbers[target]) for _, source, target, _ in edges]
    arrays = [memoryview(numbers) for numbers in (*_entries(len(ids), ends), dated)]
    return Ties(version, ids, [subjects[id_] for id_ in ids], [edge[0] for edge in edges], list(datings), *arrays)


def _entries(count: int, edges: Iterable[tuple[int, int]]) -> "tuple[array[int], array[int], array[int]]":
    """Return where the entries of each entity begin, the other end of each entry, and its way."""
    entries: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for number, (source, target) in enumerate(edges):
        entries[source].append((target, 2 * number + 1))
        entries[target].append((source, 2 * number))
    starts = array("I", [0])
    for of_one in entries:
        starts.append(starts[-1] + len(of_one))
    flat = [entry for of_one in entries for entry in of_one]
    return starts, array("I", [other for other, _ in flat]), array("I", [way for _, way in flat])


def _columns(thing: str, fields: Iterable[str]) -> str:
    return ", ".join(f"{thing}.{field} AS {field}" for field in fields)


def _dating(edge: Record, source: tuple[str, Dates], target: tuple[str, Dates]) -> Dating:
    own = tuple(tuple(value) if isinstance(value, list) else value for value in map(edge.get, EDGE_DATES))
    return Dating(edge["type"], own, *source, *target)
