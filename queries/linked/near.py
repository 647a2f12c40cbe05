"""What stands around some entities, as a search for paths sees it: from arrays, or read from a store."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import msgspec

from iga.queries.core.answer import Subject
from iga.queries.core.days import Passed, ever_held, had_ended
from iga.queries.core.happened import is_dated, stood
from iga.queries.core.reads import EdgeAround

UNKNOWN = 6
"""Added for each edge of which no date tells whether it stood on the day: more than any other step weighs."""


class WeighedEdge(msgspec.Struct, frozen=True, order=True, gc=False):
    """One relationship between two neighbours that is followed; they are compared by weight, then by key.

    Attributes:
        weight: What it weighs.
        edge: Its key, or its place among all keys.
        held: Whether it stood on the day, or had happened by it.
        type: Its type.
        source: Id of the entity that it leads from.
    """

    weight: int
    edge: Any
    held: Passed
    type: str
    source: str


Bonds: TypeAlias = Mapping[str, tuple[WeighedEdge, ...]]
"""Relationships by the id of whom they lead to, lightest first."""


@dataclass(frozen=True)
class Near:
    """How many relationships an entity has, as far as they were counted, and those of them that are followed."""

    count: int
    bonds: Bonds


@dataclass(frozen=True)
class SeenEdge:
    """A relationship as seen from one of its ends, and as seen from the end at whose other end something has a day."""

    edge: EdgeAround
    dated: EdgeAround


class TellsNear(Protocol):
    """Tells what stands around entities; the same whether arrays or a store answers."""

    def counts(self, ids: Collection[str], *, most: int) -> Mapping[str, int]:
        """Return the number of relationships of each, counted up to the most."""

    def near(self, ids: Sequence[str], *, most: int, in_order: bool = False) -> Mapping[str, Near]:
        """Return what each is next to; of one with more than the most the first by key, if asked to be in order."""

    def next_to(self, ids: Sequence[str], *, most: int) -> Mapping[str, Sequence[str]]:
        """Return whom each has relationships with, followed or not: an id for each relationship, up to the most."""

    def between(self, ids: Sequence[str], others: Collection[str]) -> Mapping[str, Bonds]:
        """Return the relationships that join some entities to others."""

    def subject(self, id_: str) -> Subject:
        """Return an entity that was met."""

    def edges(self, hops: Iterable[tuple[str, str, WeighedEdge]]) -> Mapping[tuple[str, Any], SeenEdge]:
        """Return relationships, each given with the end that it is seen from and the other, by the end and its name."""


def held_and_doubt(
    type_: str, own: Mapping[str, Any], cls: str, values: Mapping[str, Any], *, day: str, any_time: bool
) -> tuple[Passed, int]:
    """Say whether a relationship stood on a day, and what is added to its weight if that is in doubt.

    Args:
        type_: Its type.
        own: Its properties.
        cls: Class of the end that dates it.
        values: Properties of that end.
        day: Full day.
        any_time: Whether what had ended by it counts all the same.
    """
    has_ended = had_ended(own, day=day)
    held = ever_held(own, day=day) if any_time and has_ended else stood(type_, own, cls, values, day=day)
    return held, UNKNOWN if held == "unknown" or has_ended else 0


def is_dated_nearer(near: str, far: str) -> bool:
    """Say whether a relationship goes by the day of its nearer end, by the classes of both."""
    return is_dated(near) and not is_dated(far)


def seen(edge: EdgeAround, node: str, own: Subject, values: Mapping[str, Any]) -> SeenEdge:
    """Return a relationship as seen from one of its ends.

    Args:
        edge: The relationship as it was read.
        node: The end.
        own: The end that it was read from.
        values: What of that end dates a relationship.
    """
    turned = edge.model_copy(
        update={"subject": edge.id, "leads_out": not edge.leads_out, "values": dict(values), **dict(own)}
    )
    here, there = (edge, turned) if edge.subject == node else (turned, edge)
    return SeenEdge(here, there if is_dated_nearer(there.cls, here.cls) else here)


def by_other_end(bonds: Iterable[tuple[str, WeighedEdge]]) -> dict[str, tuple[WeighedEdge, ...]]:
    """Return relationships by the id of whom they lead to, lightest first."""
    grouped: dict[str, list[WeighedEdge]] = {}
    for other, bond in bonds:
        grouped.setdefault(other, []).append(bond)
    return {other: tuple(sorted(of_one)) if len(of_one) > 1 else (of_one[0],) for other, of_one in grouped.items()}
