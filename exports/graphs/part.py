"""A part of the graph, or all of it: some things and what joins them, read in one order, as often as needed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import StoreBusy
from graph.projection.meta import meta
from graph.stores.door import Store
from queries.core.days import held_on
from queries.core.reading import OfIds
from queries.core.reads import ENTITIES_BY_ID
from queries.core.session import Session
from queries.whole.reads import EDGES_LEAVING

_CHUNK = 500
"""Things read at once: enough to hide the round trip, little enough to stay flat."""

NOT_WRITTEN = frozenset(("digest", "sort_name", "unnamed", "start_min", "start_max", "end_min", "end_max"))
"""Properties that only this program can read; what they say stands in others."""


@dataclass(frozen=True)
class Node:
    """A thing as the store holds it."""

    id: str
    cls: str
    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Edge:
    """A relationship as the store holds it; ``held`` is yes or unknown on the day, blank when none is asked for."""

    key: str
    type: str
    source: str
    target: str
    values: Mapping[str, Any]
    held: str = ""


@dataclass(frozen=True)
class Part:
    """Some things and what joins them.

    Nodes come by id; edges by the ids of their ends, source first, then type and key. Reading is in flat memory but
    for ids and names.

    Attributes:
        session: The graph.
        names: Printed name of each thing, by id.
        classes: Class of each thing, by id.
        day: Day that relationships must not be known to have been over or not begun on; None takes all.
        notes: Sentences on what the choice left out.
        parameters: What was chosen by, as understood.
        what: The choice in words.
    """

    session: Session
    names: Mapping[str, str]
    classes: Mapping[str, str]
    day: str | None
    notes: tuple[str, ...]
    parameters: Mapping[str, Any]
    what: str

    def nodes(self) -> Iterator[Node]:
        """Give the things, by id."""
        for chunk in chunks(sorted(self.names)):
            for entity in self.session.store.read(ENTITIES_BY_ID, OfIds(ids=chunk)):
                yield Node(entity.id, entity.cls, entity.name, entity.values)

    def edges(self) -> Iterator[Edge]:
        """Give the relationships between the things."""
        for chunk in chunks(sorted(self.names)):
            found = self.session.store.read(EDGES_LEAVING, OfIds(ids=chunk))
            for tie in sorted(found, key=lambda tie: (tie.source, tie.target, tie.type, tie.key)):
                if tie.target in self.names:
                    held = held_on(tie.values, day=self.day) if self.day else ""
                    if held != "no":
                        yield Edge(tie.key, tie.type, tie.source, tie.target, tie.values, held)

    def check_unchanged(self) -> None:
        """Refuse to call something whole that was read while the graph changed.

        Raises:
            StoreBusy: A load was projected meanwhile.
        """
        store = self.session.store
        held = meta(store) if isinstance(store, Store) else None
        if held is not None and (held.hash, held.projecting) != (self.session.status.data_version, False):
            raise StoreBusy("the graph changed while it was exported, so nothing was written: run the command again")


def chunks(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Give ids in pieces that one read takes."""
    listed = list(ids)
    for start in range(0, len(listed), _CHUNK):
        yield tuple(listed[start : start + _CHUNK])
