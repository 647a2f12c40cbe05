"""One entity as the graph holds it: its values, whom and what it is tied to, and the rows it rests on."""

from typing import Any

from pydantic import Field

from iga.graph.domain.marking import Marking
from iga.graph.projection.properties import unflatten
from iga.queries.core.answer import EvidenceNote, NameTaken, Shape, Subject
from iga.queries.core.columns import column
from iga.queries.core.endnotes import note_of
from iga.queries.core.names.likely import likely_entity_of
from iga.queries.core.printed_names import ids_in, printed_names
from iga.queries.core.reading import FullEdgeRow, OfIds, refs
from iga.queries.core.reads import EDGE_COUNTS, EDGES_IN, EDGES_OUT, EdgeCount, OfType
from iga.queries.core.sections import SECTIONS
from iga.queries.core.session import Session
from iga.queries.core.steady import steadily


class Neighbour(Shape):
    """One relationship of the entity, and who is at its other end."""

    key: str = Field(description="Key of the relationship, for iga why.")
    other: Subject = Field(description="The other end.")
    values: dict[str, Any] = Field(description="What the relationship says, composites as objects.")
    conflicts: tuple[str, ...] = column("Fields on which sources differ.", ())
    evidence: tuple[int, ...] = column("Numbers of the notes it rests on.", ())


class Neighbours(Shape):
    """All relationships of one type in one direction; the first few are shown."""

    type: str = Field(description="Type, such as MEMBER_OF.")
    direction: str = Field(description="out: leads from the entity; in: leads to it.")
    title: str = Field(description="What is at the other end, in words.")
    count: int = Field(description="How many there are, of every day.")
    shown: tuple[Neighbour, ...] = Field(description="Those that began last first.")


class EntityView(Shape):
    """One entity."""

    id: str = Field(description="Canonical id.")
    cls: str = Field(alias="class", description="Class, such as Government.")
    name: str = Field(description="Name as printed.")
    marking: str = Field(description="public, internal or sensitive: the strictest of what it holds.")
    values: dict[str, Any] = Field(description="Its values, composites as objects.")
    names: dict[str, str] = Field(description="Printed names of those that values stand for, by id.")
    conflicts: tuple[str, ...] = Field(description="Fields on which sources differ; iga why shows what each says.")
    dangling: tuple[str, ...] = Field(description="Fields that name something the graph does not hold.")
    members: tuple[str, ...] = Field(description="Every id that stands for it.")
    neighbours: tuple[Neighbours, ...] = Field(description="Its relationships by type, capped.")
    evidence: dict[int, EvidenceNote] = Field(description="Endnotes by number.")
    note_numbers: tuple[int, ...] = Field(description="Numbers of the notes that its own values rest on.")
    data_version: str = Field(
        description="Version of the graph that answered: another after each change of what is shown."
    )
    projecting: bool = Field(default=False, description="Whether a load was being projected: it may be incomplete.")
    understood_as: NameTaken | None = Field(
        default=None, description="What the name was taken for, where nothing has it; null where something has."
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


def _groups(session: Session, canonical: str, limit: int) -> list[tuple[EdgeCount, str, list[FullEdgeRow]]]:
    groups = []
    for count in session.read(EDGE_COUNTS, OfIds(ids=(canonical,))):
        query, direction = (EDGES_OUT, "out") if count.leads_out else (EDGES_IN, "in")
        edges = session.read(query, OfType(ids=(canonical,), type=count.type, limit=limit)) if limit else []
        groups.append((count, direction, edges))
    order = list(SECTIONS)
    return sorted(groups, key=lambda group: (order.index(group[0].type), group[1] == "in"))


def _neighbours(
    count: EdgeCount, direction: str, edges: list[FullEdgeRow], numbers: dict[tuple[str, str], int]
) -> Neighbours:
    shown = tuple(
        Neighbour(
            key=edge.key,
            other=edge.other,
            values=unflatten(count.type, edge.properties),
            conflicts=tuple(edge.properties.get("conflicts") or ()),
            evidence=tuple(numbers[ref] for ref in refs(edge.properties) if ref in numbers),
        )
        for edge in edges
    )
    title = SECTIONS[count.type][direction == "in"]
    return Neighbours(type=count.type, direction=direction, title=title, count=count.count, shown=shown)
