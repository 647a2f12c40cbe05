"""Statements made for several States: they cover the States that aligned, and those are not counted with them."""

from collections.abc import Sequence

from queries.answer import Caveat
from queries.asking import Asking
from queries.multilateral.attendance import Attendance, day_of
from queries.multilateral.members import is_beside, membership_on
from queries.reading import OfIds
from queries.reads import MEMBERS_OF
from queries.wording import counted, listed

EU = "org:eu"


def covered(asking: Asking, of: Sequence[Attendance]) -> tuple[Caveat, ...]:
    """Say whom a statement of the European Union covers, for each engagement in which it spoke or is to speak."""
    doubts = []
    for each in of:
        if each.tie.id == EU and (each.tie.tie.get("spoke") or each.tie.tie.get("speaking_order")):
            aligned = [
                one.tie.name
                for one in of
                if one.is_covered and one.engagement.id == each.engagement.id and one.delegation == EU
            ]
            doubts.append(_caveat(asking, each, aligned))
    return tuple(doubts)


def _caveat(asking: Asking, each: Attendance, aligned: Sequence[str]) -> Caveat:
    on = day_of(each.engagement.values)
    ties = asking.read(MEMBERS_OF, OfIds(ids=(EU,)))
    members = {tie.id for tie in ties if not is_beside(tie) and (not on or membership_on(tie.tie, day=on) == "yes")}
    verb = "covers" if each.tie.tie.get("spoke") else "will cover"
    text = f"The statement of the European Union in {each.engagement.name} {verb} its {counted(len(members), 'member')}"
    text += f", and {listed(aligned, most=12)}, who aligned themselves with it" if aligned else ""
    return Caveat(kind="derived", text=f"{text}; it counts once, and they count only where they are listed themselves.")
