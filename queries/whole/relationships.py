"""The relationships of one thing: how many of each kind, and those of a kind one by one."""

from pydantic import Field

from iga.graph.projection.properties import unflatten
from iga.graph.suggestions import named
from iga.queries.core.answer import EvidenceNote, Shape, Total
from iga.queries.core.days import held_on
from iga.queries.core.endnotes import note_of
from iga.queries.core.reading import OfIds, refs
from iga.queries.core.reads import EDGE_COUNTS, EDGES_IN, EDGES_OUT, OfType
from iga.queries.core.sections import SECTIONS
from iga.queries.core.session import Session
from iga.queries.core.steady import steadily
from iga.queries.whole.addressed import thing_at
from iga.queries.whole.entity import Neighbour

MOST = 20_000
"""Relationships of one kind that are read; of more, the total is a lower bound."""


class RelationshipKind(Shape):
    """How many relationships of a type lead one way."""

    kind: str = Field(description="Type in small letters, as the address has it: member_of.")
    direction: str = Field(description="out: leads from the thing; in: leads to it.")
    title: str = Field(description="What is at the other end, in words.")
    count: int = Field(description="How many there are, of every day.")


class RelationshipKinds(Shape):
    """What a thing has relationships with, by kind."""

    id: str = Field(description="Canonical id of the thing.")
    kinds: tuple[RelationshipKind, ...] = Field(description="In the order of a profile.")
    data_version: str = Field(
        description="Version of the graph that answered: another after each change of what is shown."
    )


class DirectedNeighbour(Neighbour):
    """One relationship of a kind, and who is at its other end."""

    direction: str = Field(description="out: leads from the thing; in: leads to it.")
    held: str = Field(description="Whether it held on the day asked for, yes or unknown; blank where none was.")


class Relationships(Shape):
    """The relationships of a thing that are of one kind."""

    id: str = Field(description="Canonical id of the thing.")
    kind: str = Field(description="Their type in small letters.")
    as_of: str | None = Field(description="Day on which they may have held; null is every day.")
    rows: tuple[DirectedNeighbour, ...] = Field(description="Those that lead out first, those that began last first.")
    total: Total = Field(description="How many there are before paging.")
    evidence: dict[int, EvidenceNote] = Field(description="Endnotes of the rows by number.")
    data_version: str = Field(
        description="Version of the graph that answered: another after each change of what is shown."
    )


@steadily
def relationship_kinds(session: Session, written: str) -> RelationshipKinds:
    """Return how many relationships of each kind a thing has.

    Errors are those of `thing_at`.
    """
    it = thing_at(session, written)
    order = list(SECTIONS)
    counts = session.read(EDGE_COUNTS, OfIds(ids=(it.id,)))
    kinds = (
        RelationshipKind(
            kind=count.type.lower(),
            direction="out" if count.leads_out else "in",
            title=SECTIONS[count.type][not count.leads_out],
            count=count.count,
        )
        for count in sorted(counts, key=lambda count: (order.index(count.type), not count.leads_out))
    )
    return RelationshipKinds(id=it.id, kinds=tuple(kinds), data_version=session.status.data_version)


@steadily
def relationships(session: Session, written: str, kind: str, *, day: str | None = None) -> Relationships:
    """Return the relationships of a thing that are of one kind.

    Args:
        session: The graph and the ledger.
        written: Its id or name.
        kind: Their type, such as ``member_of``.
        day: Full day on which they must not be known to be over or not begun; None is every day.

    Raises:
        NotFound: There is no such kind; else as of `thing_at`.
    """
    it = thing_at(session, written)
    cls = named(kind.lower(), {known.lower(): known for known in SECTIONS}, "kind of relationship", "there are")
    asked = OfType(ids=(it.id,), type=cls, limit=MOST + 1)
    read = [(way, edge) for way, query in (("out", EDGES_OUT), ("in", EDGES_IN)) for edge in session.read(query, asked)]
    held = {edge.key: held_on(edge.properties, day=day) if day else "" for _, edge in read}
    kept = [(way, edge) for way, edge in read if held[edge.key] != "no"]
    shown = kept[:MOST]
    book = session.evidence(refs(*(edge.properties for _, edge in shown)))
    numbers = {ref: number for number, ref in enumerate(book, start=1)}
    rows = (
        DirectedNeighbour(
            key=edge.key,
            other=edge.other,
            values=unflatten(cls, edge.properties),
            conflicts=tuple(edge.properties.get("conflicts") or ()),
            evidence=tuple(numbers[ref] for ref in refs(edge.properties) if ref in numbers),
            direction=way,
            held=held[edge.key],
        )
        for way, edge in shown
    )
    return Relationships(
        id=it.id,
        kind=cls.lower(),
        as_of=day,
        rows=tuple(rows),
        total=Total(value=len(shown), relation="gte" if len(read) > MOST else "eq"),
        evidence={number: note_of(book[ref], now=session.status.view.now) for ref, number in numbers.items()},
        data_version=session.status.data_version,
    )
