"""The shapes that most reads share: edges between two entities, and what their properties say."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from iga.graph.grouping import by_key
from iga.graph.query import ReadParams, Row
from iga.graph.text import folded
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.days import Passed, held_on


class OfIds(ReadParams):
    """Whose edges, or which entities: canonical ids."""

    ids: tuple[str, ...]


class EdgeRow(Row):
    """A relationship seen from one of its ends.

    Attributes:
        subject: Id of the end that was asked for.
        id, cls, name, iso3: The other end; ``iso3`` is null but for governments.
    """

    subject: str
    key: str
    properties: dict[str, Any]
    id: str
    cls: str
    name: str
    iso3: str | None

    def held(self, day: str) -> Passed:
        """Say whether the relationship held on a day."""
        return held_on(self.properties, day=day)

    @property
    def other(self) -> Subject:
        """The other end."""
        return Subject(id=self.id, cls=self.cls, name=self.name, iso3=self.iso3)


T = TypeVar("T", bound=EdgeRow)


class FullEdgeRow(EdgeRow):
    """An edge with all properties of the other end."""

    values: dict[str, Any]


class Entity(Row):
    """An entity with all its properties."""

    id: str
    cls: str
    name: str
    values: dict[str, Any]

    @property
    def subject(self) -> Subject:
        """The entity as an answer names it."""
        return Subject(id=self.id, cls=self.cls, name=self.name, iso3=self.values.get("iso3"))


def entity_at(edge: FullEdgeRow) -> Entity:
    """Return what stands at the other end of an edge."""
    return Entity(id=edge.id, cls=edge.cls, name=edge.name, values=edge.values)


def edge_to(
    thing: Entity, *, subject: str = "", key: str = "", properties: Mapping[str, Any] = MappingProxyType({})
) -> FullEdgeRow:
    """Return a thing as the other end of an edge to it, or of none: the code for a country is left out."""
    return FullEdgeRow(subject=subject, key=key, properties=dict(properties), iso3=None, **thing.model_dump())


@lru_cache(maxsize=8192)
def _ref(text: str) -> Ref:
    return msgspec.json.decode(text, type=tuple[str, str])


def refs(*properties: Mapping[str, Any]) -> tuple[Ref, ...]:
    """Return the source rows that nodes and relationships rest on, each once, in order."""
    return tuple(dict.fromkeys(_ref(text) for known in properties for text in known.get("evidence") or ()))


def conflicts(*properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields on which sources differ, sorted."""
    return tuple(sorted({name for known in properties for name in known.get("conflicts") or ()}))


def is_verbatim(values: Mapping[str, Any], field: str) -> bool:
    """True if a field has the words letter by letter: its source says so, and no other words them otherwise."""
    return values.get("is_verbatim") is True and not {field, "is_verbatim"} & set(conflicts(values))


def by_name(edges: Iterable[T]) -> list[T]:
    """Return edges sorted by the name of the other end as people look it up, then by id and key."""
    return sorted(edges, key=lambda edge: (folded(edge.name), edge.id, edge.key))


def grouped(edges: Iterable[T]) -> dict[str, list[T]]:
    """Return edges by the id of the end that was asked for."""
    return by_key(edges, lambda edge: edge.subject)
