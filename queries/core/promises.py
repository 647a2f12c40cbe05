"""Promises: who made them to whom, where they were said, and how they stand on a day, by one rule for every reader."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.days import is_over, passed
from iga.queries.core.home import ours_among
from iga.queries.core.reading import EdgeRow, Entity, OfIds, by_name, entity_at, grouped
from iga.queries.core.reads import COMMITMENTS, MAKERS_OF, OWED_TO, PROMISES_OF, WHOLES_UNDER
from iga.queries.core.session import Session

Direction = Literal["they owe us", "we owe them", "owed to somebody not named"]
PromiseKind = Literal["promise by us", "promise to us", "promise to somebody not named", "promise between others"]
Standing = Literal["open", "overdue", "fulfilled", "dropped", "not known"]

UNSETTLED: tuple[Standing, ...] = ("overdue", "open", "not known")
_FULFILLED = frozenset({"fulfilled", "done", "delivered", "met", "kept", "closed"})
_DROPPED = frozenset({"dropped", "withdrawn", "cancelled"})
# "not met" and "partly delivered" still ask for something.
_STILL_OPEN = frozenset({"not", "never", "partly", "partially"})


def standing(promise: Mapping[str, Any], *, day: str) -> Standing:
    """Return how a promise stood on a day.

    It is overdue where its day had passed and nothing says that it was kept or dropped; *not known* where it has
    neither a status nor a day by which it is due. What was kept or dropped only later was still open; a status without
    a day counts for every day.
    """
    became = _became_of(promise, day=day)
    if became:
        return became
    due = promise.get("due_on")
    if is_over(due, on=day):
        return "overdue"
    return "open" if due or promise.get("status") else "not known"


def is_unsettled(promise: Mapping[str, Any], *, day: str) -> bool:
    """Return True if a promise was made by a day, as far as known, and nothing says that it was kept or dropped."""
    return was_made(promise, day=day) and standing(promise, day=day) in UNSETTLED


def was_made(promise: Mapping[str, Any], *, day: str) -> bool:
    """Return True unless a promise is known to have been made only after a day."""
    return passed(promise.get("said_on"), on=day) != "no"


def kind_of_promise(makers: Iterable[str], owed_to: Collection[str], ours: Collection[str]) -> PromiseKind:
    """Return whose promise it is by the ids of who made it and to whom; what is owed to somebody unnamed is apart."""
    if any(id_ in ours for id_ in makers):
        return "promise by us"
    if not owed_to:
        return "promise to somebody not named"
    return "promise to us" if any(id_ in ours for id_ in owed_to) else "promise between others"


_DIRECTIONS: Mapping[PromiseKind, Direction] = {
    "promise by us": "we owe them",
    "promise to us": "they owe us",
    "promise to somebody not named": "owed to somebody not named",
}


def status_by(promise: Mapping[str, Any], *, day: str) -> str | None:
    """Return the words of its status, None if there are none, or none yet on the day."""
    status: str | None = promise.get("status")
    return None if passed(promise.get("status_on"), on=day) == "no" else status


def _became_of(promise: Mapping[str, Any], *, day: str) -> Literal["fulfilled", "dropped"] | None:
    words = set(folded(status_by(promise, day=day) or "").split())
    if words & _STILL_OPEN:
        return None
    return "fulfilled" if words & _FULFILLED else "dropped" if words & _DROPPED else None


@dataclass(frozen=True)
class Promise:
    """One promise.

    Attributes:
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
        known = session.read(COMMITMENTS, Everything())
    else:
        between = {edge.id: entity_at(edge) for edge in session.read(PROMISES_OF, OfIds(ids=tuple(sorted(of))))}
        known = [between[id_] for id_ in sorted(between)]
    made = [one for one in known if was_made(one.values, day=day)]
    ids = OfIds(ids=tuple(one.id for one in made))
    ends = [grouped(by_name(session.read(query, ids))) for query in (MAKERS_OF, OWED_TO, WHOLES_UNDER)]
    return [Promise(one, *(of_query.get(one.id, ()) for of_query in ends)) for one in made]


def open_between(session: Session, ids: Iterable[str], *, day: str) -> list[tuple[Promise, Direction]]:
    """Return open promises of or to any of these that may be between our side and another; earliest due first.

    Each comes with its way; of one that names nobody to whom it is owed, that is said.
    """
    still = [it for it in promises(session, day=day, of=frozenset(ids)) if it.standing(day=day) in UNSETTLED]
    ours = ours_among(session, [edge.id for it in still for edge in (*it.makers, *it.owed_to)])
    between: list[tuple[Promise, Direction]] = []
    for promise in still:
        makers, owed_to = ([edge.id for edge in ends] for ends in (promise.makers, promise.owed_to))
        if direction := _DIRECTIONS.get(kind_of_promise(makers, owed_to, ours)):
            between.append((promise, direction))
    return sorted(
        between, key=lambda it: (it[0].entity.values.get("due_on") or "9999", it[0].entity.name, it[0].entity.id)
    )
