"""Promises: who made them to whom, where they were said, and how they stand on a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.domain.values import last_day
from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.promised import became_of
from queries.core.reading import EdgeRow, Entity, OfIds, by_name, entity_at, grouped
from queries.core.reads import MAKERS_OF, OWED_TO, PROMISES_OF, WHOLES_UNDER
from queries.core.session import Session
from queries.multilateral.reads import COMMITMENTS_HELD

Standing = Literal["open", "overdue", "fulfilled", "dropped", "not known"]


@dataclass(frozen=True)
class Promise:
    """One promise.

    Attributes:
        entity: The commitment.
        makers: Who made it, by name.
        owed_to: To whom, by name.
        wholes: The engagement where it was said, and the agreement or programme it belongs to.
    """

    entity: Entity
    makers: tuple[EdgeRow, ...] = ()
    owed_to: tuple[EdgeRow, ...] = ()
    wholes: tuple[EdgeRow, ...] = ()

    @property
    def said_at(self) -> Subject | None:
        """The engagement where it was said, None if that is not on record."""
        return next((edge.other for edge in self.wholes if edge.cls == "Engagement"), None)

    @property
    def part_of(self) -> Subject | None:
        """The agreement or programme that it belongs to, None if it belongs to none."""
        return next((edge.other for edge in self.wholes if edge.cls != "Engagement"), None)

    def standing(self, *, day: str) -> Standing:
        """Say how it stood on a day.

        What was fulfilled or dropped only later was still open; a status without a day counts for every day. Without a
        status a promise whose day has not passed is open; after it, nothing is known.
        """
        said = self.entity.values
        became = became_of(said, day=day)
        if became != "open":
            return became
        due, is_stated = said.get("due_on"), bool(said.get("status"))
        if due and last_day(due) < day:
            return "overdue" if is_stated else "not known"
        return "open" if is_stated or due else "not known"


def promises(session: Session, *, day: str, of: Collection[str] | None = None) -> list[Promise]:
    """Return the promises that may have been said by a day, in the order of ids.

    Args:
        session: The graph.
        day: Full day.
        of: Only those that these made or are owed, by id; None is all there are.
    """
    known = session.read(COMMITMENTS_HELD, Everything()) if of is None else _between(session, of)
    held = [one for one in known if passed(one.values.get("said_on"), on=day) != "no"]
    ids = OfIds(ids=tuple(one.id for one in held))
    makers, owed, wholes = (_by_thing(session.read(query, ids)) for query in (MAKERS_OF, OWED_TO, WHOLES_UNDER))
    return [
        Promise(one, tuple(makers.get(one.id, ())), tuple(owed.get(one.id, ())), tuple(wholes.get(one.id, ())))
        for one in held
    ]


def _between(session: Session, of: Collection[str]) -> list[Entity]:
    edges = session.read(PROMISES_OF, OfIds(ids=tuple(sorted(of))))
    found = {edge.id: entity_at(edge) for edge in edges}
    return [found[id_] for id_ in sorted(found)]


def _by_thing(edges: Sequence[EdgeRow]) -> dict[str, list[EdgeRow]]:
    return grouped(by_name(edges))
