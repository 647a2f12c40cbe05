"""One entity as the graph holds it: its values, whom and what it is tied to, and the rows it rests on."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from iga.graph.domain.marking import Marking
from iga.graph.errors import Merged, NotFound, Withdrawn
from iga.graph.fold.live import seen_statements
from iga.graph.projection.properties import unflatten
from iga.graph.statements import NodeStatement
from iga.graph.suggestions import named
from iga.queries.core.answer import EvidenceNote, NameTaken, Ref, Shape, Subject, Total
from iga.queries.core.columns import column, needed
from iga.queries.core.days import held_on
from iga.queries.core.endnotes import note_of
from iga.queries.core.names.likely import likely_entity_of
from iga.queries.core.names.resolve import by_id, is_id
from iga.queries.core.printed_names import ids_in, printed_names
from iga.queries.core.reading import Entity, FullEdgeRow, refs
from iga.queries.core.reads import EDGES_IN, EDGES_OUT, EdgeCount, OfType
from iga.queries.core.sections import SECTIONS, shown_counts
from iga.queries.core.session import Session
from iga.queries.core.steady import steadily


class Neighbour(Shape):
    """One relationship of the entity, and who is at its other end."""

    key: str = needed("Key of the relationship, for iga why.")
    other: Subject = needed("The other end.")
    values: dict[str, Any] = needed("What the relationship says, composites as objects.")
    conflicts: tuple[str, ...] = column("Fields on which sources differ.", ())
    evidence: tuple[int, ...] = column("Numbers of the notes it rests on.", ())


class Neighbours(Shape):
    """All relationships of one type in one direction; the first few are shown."""

    type: str = needed("Type, such as MEMBER_OF.")
    direction: str = needed("out: leads from the entity; in: leads to it.")
    title: str = needed("What is at the other end, in words.")
    count: int = needed("How many there are, of every day.")
    shown: tuple[Neighbour, ...] = needed("Those that began last first.")


class EntityView(Shape):
    """One entity."""

    id: str = needed("Canonical id.")
    cls: str = Field(alias="class", description="Class, such as Government.")
    name: str = needed("Name as printed.")
    marking: str = needed("public, internal or sensitive: the strictest of what it holds.")
    values: dict[str, Any] = needed("Its values, composites as objects.")
    names: dict[str, str] = needed("Printed names of those that values stand for, by id.")
    conflicts: tuple[str, ...] = needed("Fields on which sources differ; iga why shows what each says.")
    dangling: tuple[str, ...] = needed("Fields that name something the graph does not hold.")
    members: tuple[str, ...] = needed("Every id that stands for it.")
    neighbours: tuple[Neighbours, ...] = needed("Its relationships by type, capped.")
    evidence: dict[int, EvidenceNote] = needed("Endnotes by number.")
    note_numbers: tuple[int, ...] = needed("Numbers of the notes that its own values rest on.")
    data_version: str = needed("Version of the graph that answered: another after each change of what is shown.")
    projecting: bool = column("Whether a load was being projected: it may be incomplete.", False)
    understood_as: NameTaken | None = column(
        "What the name was taken for, where nothing has it; null where something has."
    )


def thing_at(session: Session, written: str) -> Entity:
    """Return the thing with an id, or of a name.

    Raises:
        Merged: Another id stands for this one now.
        Withdrawn: Nothing has this id any more.
        NotFound, Ambiguous, UsageError: Nothing ever had it, or several things have this name.
    """
    text = written.strip()
    try:
        it, _ = likely_entity_of(session, text)
    except NotFound as unknown:
        # What is left out is there: of that no answer says more than of what nobody knows.
        if is_id(text) and not by_id(session.for_duty(), text) and _was_stated(session, text):
            raise Withdrawn(f"{text} was withdrawn: no source states it any more") from unknown
        raise
    if is_id(text) and it.id != text:
        raise Merged(f"{text} is {it.name} ({it.id}) now", canonical=it.id)
    return it


def _was_stated(session: Session, id_: str) -> bool:
    """True if a source stated a thing of this id, as far as the view shows and reaches."""
    lens = session.lens
    return any(
        isinstance(statement, NodeStatement) and statement.id == id_
        for row in session.ledger.rows_naming({id_})
        for version in row
        if version.load <= lens.upto
        for _, statement, _ in seen_statements(row, version, lens)
    )


@steadily
def entity(session: Session, written: str, *, limit: int = 25) -> EntityView:
    """Return one entity with its relationships, counted by type and capped.

    Args:
        session: The graph and the ledger.
        written: Its id, also a former or merged one, or its name.
        limit: Most relationships shown for each type and direction; with 0 they are counted alone.

    Raises:
        NotFound: Nothing has this id or name.
        Ambiguous: Several things have this name.
    """
    it, taken = likely_entity_of(session, written)
    values, groups, own = unflatten(it.cls, it.values), _groups(session, it.id, limit), refs(it.values)
    pointed = ids_in(it.cls, values)
    for count, _, edges in groups:
        pointed |= {id_ for edge in edges for id_ in ids_in(count.type, unflatten(count.type, edge.properties))}
    book = session.evidence([*own, *refs(*(edge.properties for _, _, edges in groups for edge in edges))])
    numbers = {ref: number for number, ref in enumerate(book, start=1)}
    return EntityView(
        id=it.id,
        cls=it.cls,
        name=it.name,
        marking=Marking(it.values.get("marking", 0)).word,
        values=values,
        names=printed_names(session, pointed),
        conflicts=tuple(it.values.get("conflicts") or ()),
        dangling=tuple(it.values.get("dangling") or ()),
        members=tuple(it.values.get("members") or (it.id,)),
        neighbours=tuple(_neighbours(count, direction, edges, numbers) for count, direction, edges in groups),
        evidence={number: note_of(book[ref], now=session.status.view.now) for ref, number in numbers.items()},
        note_numbers=tuple(numbers[ref] for ref in own if ref in numbers),
        data_version=session.status.data_version,
        projecting=session.status.projecting,
        understood_as=taken,
    )


MOST = 20_000
"""Relationships of one kind that are read; of more, the total is a lower bound."""


class RelationshipKind(Shape):
    """How many relationships of a type lead one way."""

    kind: str = needed("Type in small letters, as the address has it: member_of.")
    direction: str = needed("out: leads from the thing; in: leads to it.")
    title: str = needed("What is at the other end, in words.")
    count: int = needed("How many there are, of every day.")


class RelationshipKinds(Shape):
    """What a thing has relationships with, by kind."""

    id: str = needed("Canonical id of the thing.")
    kinds: tuple[RelationshipKind, ...] = needed("In the order of a profile.")
    data_version: str = needed("Version of the graph that answered: another after each change of what is shown.")


class DirectedNeighbour(Neighbour):
    """One relationship of a kind, and who is at its other end."""

    direction: str = needed("out: leads from the thing; in: leads to it.")
    held: str = needed("Whether it held on the day asked for, yes or unknown; blank where none was.")


class Relationships(Shape):
    """The relationships of a thing that are of one kind."""

    id: str = needed("Canonical id of the thing.")
    kind: str = needed("Their type in small letters.")
    as_of: str | None = needed("Day on which they may have held; null is every day.")
    rows: tuple[DirectedNeighbour, ...] = needed("Those that lead out first, those that began last first.")
    total: Total = needed("How many there are before paging.")
    evidence: dict[int, EvidenceNote] = needed("Endnotes of the rows by number.")
    data_version: str = needed("Version of the graph that answered: another after each change of what is shown.")


@steadily
def relationship_kinds(session: Session, written: str) -> RelationshipKinds:
    """Return how many relationships of each kind a thing has.

    Errors are those of `thing_at`.
    """
    it = thing_at(session, written)
    order = list(SECTIONS)
    counts = shown_counts(session, it.id, most=MOST)
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
    rows = (DirectedNeighbour(**_said(edge, cls, numbers), direction=way, held=held[edge.key]) for way, edge in shown)
    return Relationships(
        id=it.id,
        kind=cls.lower(),
        as_of=day,
        rows=tuple(rows),
        total=Total(value=len(shown), relation="gte" if len(read) > MOST else "eq"),
        evidence={number: note_of(book[ref], now=session.status.view.now) for ref, number in numbers.items()},
        data_version=session.status.data_version,
    )


def _said(edge: FullEdgeRow, kind: str, numbers: Mapping[Ref, int]) -> dict[str, Any]:
    """Return what is told of a relationship: who is at its other end, what it says, and the notes it rests on."""
    return {
        "key": edge.key,
        "other": edge.other,
        "values": unflatten(kind, edge.properties),
        "conflicts": tuple(edge.properties.get("conflicts") or ()),
        "evidence": tuple(numbers[ref] for ref in refs(edge.properties) if ref in numbers),
    }


def _groups(session: Session, canonical: str, limit: int) -> list[tuple[EdgeCount, str, list[FullEdgeRow]]]:
    groups = []
    for count in shown_counts(session, canonical, most=MOST):
        query, direction = (EDGES_OUT, "out") if count.leads_out else (EDGES_IN, "in")
        edges = session.read(query, OfType(ids=(canonical,), type=count.type, limit=limit)) if limit else []
        groups.append((count, direction, edges))
    order = list(SECTIONS)
    return sorted(groups, key=lambda group: (order.index(group[0].type), group[1] == "in"))


def _neighbours(
    count: EdgeCount, direction: str, edges: list[FullEdgeRow], numbers: dict[tuple[str, str], int]
) -> Neighbours:
    shown = tuple(Neighbour(**_said(edge, count.type, numbers)) for edge in edges)
    title = SECTIONS[count.type][direction == "in"]
    return Neighbours(type=count.type, direction=direction, title=title, count=count.count, shown=shown)
