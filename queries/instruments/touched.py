"""Everything that the end of something touches, with the way that leads there: the shortest one, found step by step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.domain.catalog import fits
from graph.domain.values import first_day
from graph.text import folded
from queries.core.answer import Ref, Subject
from queries.core.around import around
from queries.core.compiled import Everything
from queries.core.days import Passed, held_on, stretch
from queries.core.home import is_home
from queries.core.promised import became_of
from queries.core.reading import FullEdgeRow, refs
from queries.core.reads import OBLIGATIONS
from queries.core.session import Session
from queries.instruments.touch_rules import RULES, Group, Kind

# Organs of organs, awards under awards: further away nothing is touched that an officer would look for.
_STEPS = 4


@dataclass(frozen=True)
class Touched:
    """One thing that is touched.

    Attributes:
        group: Group of the answer.
        what: The thing.
        values: Its properties.
        why: Why it is touched, back to where one started.
        steps: How many relationships away it is.
        held: Whether what leads there stood on the day.
        refs: Source rows that the last relationship rests on.
    """

    group: Group
    what: Subject
    values: dict[str, Any]
    why: str
    steps: int
    held: Passed
    refs: tuple[Ref, ...]

    @property
    def is_shown(self) -> bool:
        """Whether it is told itself, and not only leads on, as a series of meetings does."""
        is_series = "series" in folded(self.values.get("engagement_kind") or "")
        return not (self.what.cls == "Engagement" and (is_series or not self.values.get("period_start")))


@dataclass(frozen=True)
class _Near:
    """What is looked around next."""

    what: Subject
    kind: Kind
    why: str


def kind_of(what: Subject) -> Kind:
    """Return as what the end of something is looked around."""
    if what.cls in ("Award", "Project"):
        return "award" if what.cls == "Award" else "project"
    if what.cls == "Post":
        return "post"
    return "agreement" if fits(what.cls, ("Agreement",)) else "body"


def touched_by(session: Session, what: Subject, *, day: str) -> list[Touched]:
    """Return everything that the end of something touches, each once in each group, nearest first, then by name."""
    found: dict[tuple[Group, str], Touched] = {}
    nearest, seen = [_Near(what, kind_of(what), "")], {what.id}
    bodies = [what]
    for step in range(1, _STEPS + 1):
        reached: list[_Near] = []
        for kind in dict.fromkeys(near.kind for near in nearest):
            of_kind = [near for near in nearest if near.kind == kind]
            for touched, then in _look_around(session, kind, of_kind, step, day):
                found.setdefault((touched.group, touched.what.id), touched)
                if then and touched.what.id not in seen:
                    seen.add(touched.what.id)
                    reached.append(_Near(touched.what, then, touched.why))
        bodies += [near.what for near in reached if near.kind == "body"]
        nearest = reached
        if not nearest:
            break
    for duty in _owned(session, bodies):
        found.setdefault((duty.group, duty.what.id), duty)
    told = [touched for touched in found.values() if touched.is_shown and touched.what.id != what.id]
    return sorted(told, key=lambda touched: (touched.steps, folded(touched.what.name), touched.what.id))


def _look_around(
    session: Session, kind: Kind, of_kind: Sequence[_Near], step: int, day: str
) -> Iterator[tuple[Touched, Kind | None]]:
    near = {each.what.id: each for each in of_kind}
    for rule in RULES[kind]:
        for edge, state in around(session, sorted(near), rule.way, day=day).edges:
            if _counts(session, rule.group, edge, day):
                start = near[edge.subject]
                why = rule.why.format(near=start.what.name) + (f"; {start.why}" if start.why else "")
                values = (
                    {**edge.values, "holder": _membership(edge, day)} if rule.group == "our membership" else edge.values
                )
                yield Touched(rule.group, edge.other, values, why, step, state, refs(edge.properties)), rule.then


def _membership(edge: FullEdgeRow, day: str) -> str:
    """Return how we belong to a body, in words: category, office, and the status with its day if it is not later."""
    said = edge.properties
    is_later = bool(said.get("status_on")) and first_day(said["status_on"]) > day
    status = "" if is_later else " ".join(filter(None, (said.get("status"), said.get("status_on"))))
    return ", ".join(filter(None, (said.get("office") or said.get("category"), status, stretch(said))))


def _counts(session: Session, group: Group, edge: FullEdgeRow, day: str) -> bool:
    """Leave out what is over: meetings held, awards and projects past their end, promises kept."""
    said = edge.values
    if group == "our membership":
        return is_home(session, edge.id, said)
    if edge.cls == "Engagement":
        return said.get("status") != "cancelled" and (said.get("end_max") or "9999") >= day
    if group in ("money running", "sub-awards", "projects and compacts") and edge.cls in ("Award", "Project"):
        return held_on(said, day=day) != "no" or (said.get("start_min") or "") > day
    if edge.cls == "Commitment":
        return became_of(said, day=day) == "open"
    return True


def _owned(session: Session, bodies: Sequence[Subject]) -> Iterator[Touched]:
    """Yield the duties whose owner is one of some bodies: a field names it, no relationship."""
    by_id = {body.id: body for body in bodies}
    for duty in session.read(OBLIGATIONS, Everything()):
        owner = by_id.get(duty.values.get("owner") or "")
        if owner:
            why = f"duty of {owner.name}"
            yield Touched("duties", duty.subject, duty.values, why, 1, "yes", refs(duty.values))
