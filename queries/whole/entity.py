"""One entity as the graph holds it: its values, whom and what it is tied to, and the rows it rests on."""

from typing import Any

from pydantic import Field

from graph.domain.marking import Marking
from graph.projection.properties import unflatten
from graph.statements import Values
from queries.answer import EvidenceNote, Shape, Subject
from queries.asking import Asking
from queries.endnotes import note_of
from queries.named import ids_in, printed_names
from queries.names.resolve import entity_of
from queries.reading import FullTie, OfIds, refs
from queries.reads import TIES_IN, TIES_OUT, OfType
from queries.sections import SECTIONS
from queries.whole.reads import TIE_COUNTS_IN, TIE_COUNTS_OUT, TieCount


class Neighbour(Shape):
    """One relationship of the entity, and who is at its other end."""

    key: str = Field(description="Key of the relationship, for iga why.")
    other: Subject = Field(description="The other end.")
    values: dict[str, Any] = Field(description="What the relationship says, composites as objects.")
    conflicts: tuple[str, ...] = Field(default=(), description="Fields on which sources differ.")
    evidence: tuple[int, ...] = Field(default=(), description="Numbers of the notes it rests on.")


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
    data_version: str = Field(description="Graph hash of the projection that answered.")


def entity(asking: Asking, written: str, *, limit: int = 25) -> EntityView:
    """Return one entity with its relationships, counted by type and capped.

    Args:
        asking: The graph and the ledger.
        written: Its id, also a former or merged one, or its name.
        limit: Most relationships shown for each type and direction.

    Raises:
        NotFound: Nothing has this id or name.
        Ambiguous: Several things have this name.
    """
    found = entity_of(asking, written)
    said = found.values
    values = unflatten(found.cls, said)
    groups = _groups(asking, found.id, limit)
    book = asking.evidence([*refs(said), *(ref for _, _, ties in groups for tie in ties for ref in refs(tie.tie))])
    numbers = {ref: number for number, ref in enumerate(book, start=1)}
    return EntityView(
        id=found.id,
        cls=found.cls,
        name=found.name,
        marking=Marking(said.get("marking", 0)).word,
        values=values,
        names=printed_names(asking, _pointed(found.cls, values, groups)),
        conflicts=tuple(said.get("conflicts") or ()),
        dangling=tuple(said.get("dangling") or ()),
        members=tuple(said.get("members") or (found.id,)),
        neighbours=tuple(_neighbours(count, direction, ties, numbers) for count, direction, ties in groups),
        evidence={number: note_of(book[ref], now=asking.standing.view.now) for ref, number in numbers.items()},
        note_numbers=tuple(numbers[ref] for ref in refs(said) if ref in numbers),
        data_version=asking.standing.data_version,
    )


def _pointed(cls: str, values: Values, groups: list[tuple[TieCount, str, list[FullTie]]]) -> set[str]:
    """Return the ids that the values of the entity and of the shown relationships point to."""
    pointed = ids_in(cls, values)
    for count, _, ties in groups:
        pointed |= {id_ for tie in ties for id_ in ids_in(count.type, unflatten(count.type, tie.tie))}
    return pointed


def _groups(asking: Asking, canonical: str, limit: int) -> list[tuple[TieCount, str, list[FullTie]]]:
    of = OfIds(ids=(canonical,))
    groups = [
        (count, direction, asking.read(query, OfType(ids=(canonical,), type=count.type, limit=limit)))
        for counts, query, direction in ((TIE_COUNTS_OUT, TIES_OUT, "out"), (TIE_COUNTS_IN, TIES_IN, "in"))
        for count in asking.read(counts, of)
    ]
    order = list(SECTIONS)
    return sorted(groups, key=lambda group: (order.index(group[0].type), group[1] == "in"))


def _neighbours(
    count: TieCount, direction: str, ties: list[FullTie], numbers: dict[tuple[str, str], int]
) -> Neighbours:
    shown = tuple(
        Neighbour(
            key=tie.key,
            other=tie.other,
            values=unflatten(count.type, tie.tie),
            conflicts=tuple(tie.tie.get("conflicts") or ()),
            evidence=tuple(numbers[ref] for ref in refs(tie.tie) if ref in numbers),
        )
        for tie in ties
    )
    title = SECTIONS[count.type][direction == "in"]
    return Neighbours(type=count.type, direction=direction, title=title, count=count.count, shown=shown)
