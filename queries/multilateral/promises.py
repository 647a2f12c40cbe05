"""Promises: who made them to whom, where they were said, and how they stand on a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.promised import Standing, standing, was_made
from iga.queries.core.reading import EdgeRow, Entity, OfIds, by_name, entity_at, grouped
from iga.queries.core.reads import MAKERS_OF, OWED_TO, PROMISES_OF, WHOLES_UNDER
from iga.queries.core.session import Session
from iga.queries.multilateral.reads import COMMITMENTS_HELD


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
    makers: Sequence[EdgeRow] = ()
    owed_to: Sequence[EdgeRow] = ()
    wholes: Sequence[EdgeRow] = ()

    @property
    def said_at(self) -> Subject | None:
        """The engagement where it was said, None if that is not on record."""
        return next((edge.other for edge in self.wholes if edge.cls == "Engagement"), None)

    @property
    def part_of(self) -> Subject | None:
        """The agreement or programme that it belongs to, None if it belongs to none."""
        return next((edge.other for edge in self.wholes if edge.cls != "Engagement"), None)

    def standing(self, *, day: str) -> Standing:
        """Return how it stood on a day."""
        return standing(self.entity.values, day=day)


def promises(session: Session, *, day: str, of: Collection[str] | None = None) -> list[Promise]:
    """Return the promises that may have been said by a day, in the order of ids.

    Args:
        session: The graph.
        day: Full day.
        of: Only those that these made or are owed, by id; None is all there are.
    """
    if of is None:
        known = session.read(COMMITMENTS_HELD, Everything())
    else:
        between = {edge.id: entity_at(edge) for edge in session.read(PROMISES_OF, OfIds(ids=tuple(sorted(of))))}
        known = [between[id_] for id_ in sorted(between)]
    made = [one for one in known if was_made(one.values, day=day)]
    ids = OfIds(ids=tuple(one.id for one in made))
    ends = [grouped(by_name(session.read(query, ids))) for query in (MAKERS_OF, OWED_TO, WHOLES_UNDER)]
    return [Promise(one, *(of_query.get(one.id, ()) for of_query in ends)) for one in made]
