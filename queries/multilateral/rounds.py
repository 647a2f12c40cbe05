"""Which rounds of a review mechanism were launched by a day, and of which of them nothing is held."""

from collections.abc import Collection

from queries.answer import Subject
from queries.asking import Asking
from queries.days import passed
from queries.multilateral.reads import ENGAGEMENTS_ORGANIZED_BY, ROUNDS_HELD, OfKinds
from queries.reading import Entity, OfIds
from queries.reads import PARTS_OF, THINGS_UNDER

ROUND_KINDS = ("evaluation round", "review cluster")
"""Kinds of engagement that are rounds: a review stands under the one it belongs to."""


def rounds_without(asking: Asking, reviews: Collection[str], *, day: str) -> list[str]:
    """Return the rounds launched by a day to which none of some reviews belongs, of the series of those reviews.

    Args:
        asking: The graph.
        reviews: Ids of the reviews of one government.
        day: Full day.
    """
    rounds = _launched(asking, day)
    under = asking.read(THINGS_UNDER, OfIds(ids=tuple(round_.id for round_ in rounds)))
    held = {tie.subject for tie in under if tie.id in reviews}
    series = {round_.values.get("series") for round_ in rounds if round_.id in held}
    return [round_.name for round_ in rounds if round_.values.get("series") in series and round_.id not in held]


def rounds_of(asking: Asking, body: Subject, *, day: str) -> list[str]:
    """Return the rounds launched by a day in the series that a body or one of its organs organizes."""
    organs = [body.id, *(tie.id for tie in asking.read(PARTS_OF, OfIds(ids=(body.id,))))]
    series = {tie.name for tie in asking.read(ENGAGEMENTS_ORGANIZED_BY, OfIds(ids=tuple(organs)))}
    return [round_.name for round_ in _launched(asking, day) if round_.values.get("series") in series]


def _launched(asking: Asking, day: str) -> list[Entity]:
    rounds = asking.read(ROUNDS_HELD, OfKinds(kinds=ROUND_KINDS))
    return [round_ for round_ in rounds if passed(round_.values.get("period_start"), on=day) == "yes"]
