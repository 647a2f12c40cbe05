"""Which engagements belong to a party: its own, those of its organs, and those of the series they organize."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.domain.values import last_day
from queries.answer import Subject
from queries.asking import Asking
from queries.multilateral.acting import Actor, actors_for
from queries.multilateral.reads import (
    DELEGATED_BY,
    ENGAGEMENTS_ATTENDED_BY,
    ENGAGEMENTS_HELD,
    ENGAGEMENTS_ORGANIZED_BY,
)
from queries.reading import Entity, FullTie, OfIds
from queries.reads import ENTITIES_BY_ID, PARTS_OF, Everything

PartTaken = Literal["organized", "took part", "registered", "in its series", "in the series", "itself", "listed"]


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

    A series is told by its parts, any other engagement by itself and its parts. An engagement in which a source says
    that the party did not appear is left out.

    Args:
        asking: The graph.
        party: A party or an engagement.
        day: Full day; organs that are known not to have been part of the party on it are left aside.
    """
    if party.cls == "Engagement":
        parts = _in_series(asking, {party.id: (party, party.name)}, part="in the series")
        return [*_itself(asking, party), *parts]
    actors = actors_for(asking, party, day=day)
    organized = list(_organized(asking, actors, day))
    attended = list(_attended_by(asking, actors, day))
    known = {each.tie.key for each in attended}
    attended += [each for each in _delegated(asking, party) if each.tie.key not in known]
    parts = _in_series(asking, {each.tie.id: (each.by, each.tie.name) for each in organized}, part="in its series")
    own = {each.tie.id for each in (*organized, *attended)}
    wholes = {each.tie.subject for each in parts}
    return [
        *(each for each in organized if each.tie.id not in wholes or each.tie.values.get("period_start")),
        *attended,
        *(each for each in parts if each.tie.id not in own),
    ]


def every_engagement(asking: Asking) -> list[Taken]:
    """Return every engagement that is held, in no particular order; a series is told by its parts."""
    return [
        Taken(_alone(each), "listed", each.subject)
        for each in asking.read(ENGAGEMENTS_HELD, Everything())
        if each.values.get("engagement_kind") != "series"
    ]


def _itself(asking: Asking, engagement: Subject) -> list[Taken]:
    """Return an engagement as one of its own; none for a series, which is no meeting."""
    found = asking.read(ENTITIES_BY_ID, OfIds(ids=(engagement.id,)))
    return [
        Taken(_alone(each), "itself", each.subject) for each in found if each.values.get("engagement_kind") != "series"
    ]


def _alone(each: Entity) -> FullTie:
    return FullTie(subject=each.id, key=each.id, tie={}, id=each.id, cls=each.cls, name=each.name, iso3=None,
                   values=each.values)  # fmt: skip


def _organized(asking: Asking, actors: Mapping[str, Actor], day: str) -> Iterator[Taken]:
    for tie in asking.read(ENGAGEMENTS_ORGANIZED_BY, OfIds(ids=tuple(actors))):
        if actors[tie.subject].acted_on(_on(tie, day)) != "no":
            yield Taken(tie, "organized", actors[tie.subject].subject, tie.tie.get("role"))


def _attended_by(asking: Asking, actors: Mapping[str, Actor], day: str) -> Iterator[Taken]:
    for tie in asking.read(ENGAGEMENTS_ATTENDED_BY, OfIds(ids=tuple(actors))):
        if _came(tie) and actors[tie.subject].acted_on(_on(tie, day)) != "no":
            yield Taken(tie, _attended(tie), actors[tie.subject].subject, tie.tie.get("capacity"))


def _delegated(asking: Asking, party: Subject) -> Iterator[Taken]:
    """Yield what others attended on behalf of a party."""
    for tie in asking.read(DELEGATED_BY, OfIds(ids=(party.id,))):
        if _came(tie):
            yield Taken(tie, _attended(tie), tie.by, tie.tie.get("capacity"))


def _on(tie: FullTie, day: str) -> str:
    start: str | None = tie.values.get("period_start")
    return last_day(start) if start else day


def _came(tie: FullTie) -> bool:
    """Leave out who stayed away, and who is only covered by the statement of another."""
    return tie.tie.get("attended") is not False and not (tie.tie.get("capacity") or "").startswith("aligned")


def _attended(tie: FullTie) -> PartTaken:
    return "registered" if tie.tie.get("registered") and tie.tie.get("attended") is None else "took part"


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
