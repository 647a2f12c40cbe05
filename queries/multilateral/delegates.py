"""Whether somebody comes to an engagement for a party: on its behalf, as its post or body, or as itself."""

from collections.abc import Callable

from queries.core.answer import Subject
from queries.core.session import Session
from queries.multilateral.acting import actors_for
from queries.multilateral.attendance import Attendance, day_of


def is_for(session: Session, party: Subject, *, day: str) -> Callable[[Attendance], bool]:
    """Return what tells whether a participation is one of a party's delegation.

    For a government a stated delegation decides: who comes on behalf of another comes for that other. Else the party
    itself, its organs and its posts count, and who comes on behalf of them; of a person, the posts held that day.

    Args:
        session: The graph.
        party: The party.
        day: Full day; organs that are known not to have been part of the party on it are left aside.
    """
    actors = actors_for(session, party, day=day)

    def tells(each: Attendance) -> bool:
        actor = actors.get(each.edge.id)
        acted = actor is not None and actor.acted_on(day_of(each.engagement.values) or day) != "no"
        if each.delegation and party.cls == "Government":
            return each.delegation in actors or each.edge.id == party.id
        return acted or each.delegation in actors

    return tells
