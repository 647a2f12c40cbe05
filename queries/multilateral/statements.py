"""Statements made for several States: they cover the States that aligned, and those are not counted with them."""

from collections.abc import Sequence

from queries.core.answer import Caveat
from queries.core.membership import is_beside, membership_on
from queries.core.reading import OfIds
from queries.core.reads import MEMBERS_OF
from queries.core.session import Session
from queries.core.wording import counted, listed
from queries.multilateral.attendance import Attendance, day_of

EU = "org:eu"


def covered(session: Session, of: Sequence[Attendance]) -> tuple[Caveat, ...]:
    """Say whom a statement of the European Union covers, for each engagement in which it spoke or is to speak."""
    doubts = []
    for each in of:
        if each.edge.id == EU and (each.edge.properties.get("spoke") or each.edge.properties.get("speaking_order")):
            aligned = [
                one.edge.name
                for one in of
                if one.is_covered and one.engagement.id == each.engagement.id and one.delegation == EU
            ]
            doubts.append(_caveat(session, each, aligned))
    return tuple(doubts)


def _caveat(session: Session, each: Attendance, aligned: Sequence[str]) -> Caveat:
    on = day_of(each.engagement.values)
    edges = session.read(MEMBERS_OF, OfIds(ids=(EU,)))
    members = {
        edge.id for edge in edges if not is_beside(edge) and (not on or membership_on(edge.properties, day=on) == "yes")
    }
    verb = "covers" if each.edge.properties.get("spoke") else "will cover"
    text = f"The statement of the European Union in {each.engagement.name} {verb} its {counted(len(members), 'member')}"
    text += f", and {listed(aligned, most=12)}, who aligned themselves with it" if aligned else ""
    return Caveat(kind="derived", text=f"{text}; it counts once, and they count only where they are listed themselves.")
