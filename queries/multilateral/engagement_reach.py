"""Which engagements belong to a party: its own, those of its organs, and those of the series they organize."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.domain.catalog import fits
from queries.answer import Subject
from queries.asking import Asking
from queries.multilateral.reads import ENGAGEMENTS_ATTENDED_BY, ENGAGEMENTS_ORGANIZED_BY
from queries.reading import FullTie, OfIds
from queries.reads import PARTS_OF

PartTaken = Literal["organized", "took part", "registered", "in its series", "in the series"]


@dataclass(frozen=True)
class Taken:
    """One engagement and the part that a party has in it.

    Attributes:
        tie: How the party, one of its organs or a larger engagement is tied to the engagement, which is the other end.
        part: What the party did in it.
        by: The organ of the party that did so, or the party itself.
        role: Role or capacity as stated.
        whole: Name of the larger engagement that it is a part of; blank when it was found by itself.
    """

    tie: FullTie
    part: PartTaken
    by: Subject
    role: str | None = None
    whole: str = ""


def taken_by(asking: Asking, party: Subject, *, day: str) -> list[Taken]:
    """Return the engagements of a party, or what a series of engagements consists of, in no particular order.

    A series whose parts are held is told by its parts. An engagement in which a source says that the party did not
    appear is left out.

    Args:
        asking: The graph.
        party: A party or an engagement.
        day: Full day; organs that are known not to have been part of the party on it are left aside.
    """
    if party.cls == "Engagement":
        return _in_series(asking, {party.id: (party, party.name)}, part="in the series")
    everyone = _with_organs(asking, party, day=day)
    ids = OfIds(ids=tuple(everyone))
    organized = [
        Taken(tie, "organized", everyone[tie.subject], tie.tie.get("role"))
        for tie in asking.read(ENGAGEMENTS_ORGANIZED_BY, ids)
    ]
    attended = [
        Taken(tie, _attended(tie), everyone[tie.subject], tie.tie.get("capacity"))
        for tie in asking.read(ENGAGEMENTS_ATTENDED_BY, ids)
        if tie.tie.get("attended") is not False
    ]
    parts = _in_series(asking, {each.tie.id: (each.by, each.tie.name) for each in organized}, part="in its series")
    own = {each.tie.id for each in (*organized, *attended)}
    wholes = {each.tie.subject for each in parts}
    return [
        *(each for each in organized if each.tie.id not in wholes or each.tie.values.get("period_start")),
        *attended,
        *(each for each in parts if each.tie.id not in own),
    ]


def _attended(tie: FullTie) -> PartTaken:
    return "registered" if tie.tie.get("registered") and tie.tie.get("attended") is None else "took part"


def _with_organs(asking: Asking, party: Subject, *, day: str) -> dict[str, Subject]:
    """Return a party and what is part of it, at any depth, by id."""
    found, outermost = {party.id: party}, [party.id]
    while outermost:
        ties = asking.read(PARTS_OF, OfIds(ids=tuple(outermost)))
        organs = {tie.id: tie.other for tie in ties if fits(tie.cls, ("Party",)) and tie.held(day) != "no"}
        outermost = sorted(organs.keys() - found.keys())
        found |= {organ: organs[organ] for organ in outermost}
    return found


def _in_series(asking: Asking, wholes: Mapping[str, tuple[Subject, str]], *, part: PartTaken) -> list[Taken]:
    """Return the engagements that are part of others, at any depth, each once."""
    known: dict[str, tuple[Subject, str]] = dict(wholes)
    outermost: Iterable[str] = sorted(wholes)
    found = []
    while ids := tuple(outermost):
        outermost = []
        for tie in asking.read(PARTS_OF, OfIds(ids=ids)):
            if tie.cls == "Engagement" and tie.id not in known:
                by, whole = known[tie.subject]
                known[tie.id] = (by, tie.name)
                outermost.append(tie.id)
                found.append(Taken(tie, part, by, whole=whole))
    return found
