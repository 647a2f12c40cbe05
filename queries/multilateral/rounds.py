"""Which rounds of a review mechanism were launched by a day, and of which of them nothing is held."""

from collections.abc import Collection

from queries.core.answer import Subject
from queries.core.days import passed
from queries.core.reading import Entity, OfIds
from queries.core.reads import PARTS_OF, THINGS_UNDER
from queries.core.session import Session
from queries.multilateral.reads import ENGAGEMENTS_ORGANIZED_BY, ROUNDS_HELD, OfKinds

ROUND_KINDS = ("evaluation round", "review cluster")
"""Kinds of engagement that are rounds: a review stands under the one it belongs to."""


def rounds_without(session: Session, reviews: Collection[str], *, day: str) -> list[str]:
    """Return the rounds launched by a day to which none of some reviews belongs, of the series of those reviews.

    Args:
        session: The graph.
        reviews: Ids of the reviews of one government.
        day: Full day.
    """
    rounds = _launched(session, day)
    under = session.read(THINGS_UNDER, OfIds(ids=tuple(round_.id for round_ in rounds)))
    held = {edge.subject for edge in under if edge.id in reviews}
    series = {round_.values.get("series") for round_ in rounds if round_.id in held}
    return [round_.name for round_ in rounds if round_.values.get("series") in series and round_.id not in held]


def rounds_of(session: Session, body: Subject, *, day: str) -> list[str]:
    """Return the rounds launched by a day in the series that a body or one of its organs organizes."""
    organs = [body.id, *(edge.id for edge in session.read(PARTS_OF, OfIds(ids=(body.id,))))]
    series = {edge.name for edge in session.read(ENGAGEMENTS_ORGANIZED_BY, OfIds(ids=tuple(organs)))}
    return [round_.name for round_ in _launched(session, day) if round_.values.get("series") in series]


def _launched(session: Session, day: str) -> list[Entity]:
    rounds = session.read(ROUNDS_HELD, OfKinds(kinds=ROUND_KINDS))
    return [round_ for round_ in rounds if passed(round_.values.get("period_start"), on=day) == "yes"]
