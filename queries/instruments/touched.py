"""Everything that the end of something touches, with the way that leads there: the shortest one, found step by step.

Which relationships lead from what ends to what its end touches is data: one rule a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from iga.graph.domain.catalog import fits
from iga.graph.text import folded
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.around import Way, around
from iga.queries.core.compiled import Everything
from iga.queries.core.days import Passed, held_on, stretch
from iga.queries.core.home import is_home
from iga.queries.core.leaving import status_then
from iga.queries.core.promised import is_unsettled
from iga.queries.core.reading import FullEdgeRow, refs
from iga.queries.core.reads import OBLIGATIONS
from iga.queries.core.session import Session

# Organs of organs, awards under awards: further away nothing is touched that an officer would look for.
_STEPS = 4

Group = Literal[
    "our membership", "people to tell", "organs", "posts", "meetings ahead", "money running", "sub-awards",
    "recipients and implementers", "funders", "projects and compacts", "indicators", "promises", "duties", "mandates",
    "groups", "agreements", "parties", "places",
]  # fmt: skip  # in the order of an answer
GROUPS: tuple[Group, ...] = get_args(Group)
"""In the order of an answer: what is ours and whom to tell first."""
LookedAroundAs = Literal["body", "award", "project", "agreement", "wider", "meeting", "post"]
"""What is looked around, which decides by which rules."""

_PARTIES = ("PublicBody", "InternationalOrganization", "Forum", "SurvivorCouncil", "Ngo", "Organization")
_BODIES = ("InternationalOrganization", "Forum", "SurvivorCouncil")
_AGREEMENTS = ("Treaty", "ChildProtectionCompact", "Memorandum", "Declaration")
_MEETING = ("Engagement",)
_BELOW = "{near} is under it"


@dataclass(frozen=True)
class TouchRule:
    """One way from a thing to what is touched with it.

    Attributes:
        group: Group of the answer.
        way: Relationships that lead there.
        why: Why it is touched, in words; ``{near}`` is what it was reached from.
        then: What it is looked around as itself; None goes no further.
    """

    group: Group
    way: Way
    why: str
    then: LookedAroundAs | None = None


def _out(kind: str, *classes: str) -> Way:
    return Way(kind, True, classes)


def _in(kind: str, *classes: str) -> Way:
    return Way(kind, False, classes)


_UNDER = (
    TouchRule("sub-awards", _in("UNDER", "Award"), "award under {near}", "award"),
    TouchRule("projects and compacts", _in("UNDER", "Project", *_AGREEMENTS), "under {near}", "project"),
    TouchRule("indicators", _in("UNDER", "Indicator"), "indicator of {near}"),
    TouchRule("money running", _in("UNDER", "Contribution", "Transaction", "FundingLine"), "money under {near}"),
    TouchRule("promises", _in("UNDER", "Commitment"), "promise under {near}"),
    TouchRule("duties", _in("UNDER", "Obligation"), "duty under {near}"),
    TouchRule("meetings ahead", _in("UNDER", *_MEETING), "meeting under {near}", "meeting"),
)
# What an award serves is touched as a whole, but only what is measured or promised under it, not its other awards.
_WIDER = tuple(rule for rule in _UNDER if rule.group in ("indicators", "promises", "meetings ahead"))

RULES: Mapping[LookedAroundAs, tuple[TouchRule, ...]] = {
    "body": (
        TouchRule("organs", _in("PART_OF", *_PARTIES), "organ of {near}", "body"),
        TouchRule("posts", _in("POST_IN"), "post in {near}", "post"),
        TouchRule("our membership", _in("MEMBER_OF", "Government", "PublicBody"), "belongs to {near}"),
        TouchRule("groups", _out("MEMBER_OF"), "{near} belongs to it"),
        TouchRule("groups", _in("MEMBER_OF", *_BODIES), "belongs to {near}"),
        TouchRule("groups", _in("ADVISES"), "advises {near}"),
        TouchRule("groups", _out("ADVISES"), "advised by {near}"),
        TouchRule("meetings ahead", _out("ORGANIZED", *_MEETING), "organized by {near}", "meeting"),
        TouchRule("meetings ahead", _out("PARTICIPATED", *_MEETING), "{near} takes part", "meeting"),
        TouchRule("money running", _in("AWARDED_TO", "Award"), "{near} receives it", "award"),
        TouchRule("money running", _in("SUBAWARDED_TO", "Award"), "{near} receives a part of it"),
        TouchRule("money running", _out("IMPLEMENTS"), "{near} carries it out"),
        TouchRule("money running", _out("FUNDED"), "{near} pays for it"),
        TouchRule("money running", _in("OWED_TO", "Contribution"), "owed to {near}"),
        TouchRule("money running", _out("MADE", "Contribution"), "given by {near}"),
        TouchRule("promises", _out("MADE", "Commitment"), "promised by {near}"),
        TouchRule("promises", _in("OWED_TO", "Commitment"), "promised to {near}"),
        TouchRule("duties", _in("OWED_TO", "Obligation"), "owed to {near}"),
        TouchRule("mandates", _in("MANDATES"), "sets up or renews {near}"),
        TouchRule("agreements", _out("PARTY_TO"), "{near} is bound by it"),
    ),
    "award": (
        *_UNDER,
        TouchRule("sub-awards", _out("SUBAWARDED_TO"), "receives a part of {near}"),
        TouchRule("recipients and implementers", _out("AWARDED_TO"), "receives {near}"),
        TouchRule("projects and compacts", _out("UNDER", "Project", "Award", *_AGREEMENTS), _BELOW, "wider"),
        TouchRule("funders", _in("FUNDED"), "pays for {near}"),
        TouchRule("places", _out("IMPLEMENTED_IN"), "{near} runs there"),
    ),
    "project": (
        *_UNDER,
        TouchRule("recipients and implementers", _in("IMPLEMENTS"), "carries out {near}"),
        TouchRule("places", _out("IMPLEMENTED_IN"), "{near} runs there"),
    ),
    "agreement": (
        *_UNDER,
        TouchRule("parties", _in("PARTY_TO"), "bound by {near}"),
        TouchRule("recipients and implementers", _in("IMPLEMENTS"), "carries out {near}"),
        TouchRule("mandates", _out("MANDATES"), "set up by {near}"),
        TouchRule("agreements", _out("UNDER", *_AGREEMENTS), "{near} rests on it"),
    ),
    "wider": (*_WIDER, TouchRule("recipients and implementers", _in("IMPLEMENTS"), "carries out {near}")),
    "meeting": (
        TouchRule("meetings ahead", _in("PART_OF", *_MEETING), "part of {near}", "meeting"),
        TouchRule("promises", _in("UNDER", "Commitment"), "promise made at {near}"),
    ),
    "post": (
        TouchRule("posts", _in("HOLDS"), "holds {near}"),
        TouchRule("groups", _out("POST_IN"), "{near} is a post in it"),
        TouchRule("mandates", _in("MANDATES"), "sets up or renews {near}"),
        TouchRule("promises", _out("MADE", "Commitment"), "promised by {near}"),
        TouchRule("meetings ahead", _out("PARTICIPATED", *_MEETING), "{near} takes part", "meeting"),
    ),
}


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
    """What is looked around next, as what, and why it is touched."""

    what: Subject
    kind: LookedAroundAs
    why: str = ""


def _looked_around_as(what: Subject) -> LookedAroundAs:
    of_class: dict[str, LookedAroundAs] = {"Award": "award", "Project": "project", "Post": "post"}
    return of_class.get(what.cls, "agreement" if fits(what.cls, ("Agreement",)) else "body")


def touched_by(session: Session, what: Subject, *, day: str) -> list[Touched]:
    """Return everything that the end of something touches, each once in each group, nearest first, then by name."""
    known: dict[tuple[Group, str], Touched] = {}
    seen, nearest = {what.id}, [_Near(what, _looked_around_as(what))]
    bodies = {what.id: what}
    for step in range(1, _STEPS + 1):
        reached: list[_Near] = []
        for kind in dict.fromkeys(near.kind for near in nearest):
            near_by = {near.what.id: near for near in nearest if near.kind == kind}
            for touched, then in _look_around(session, kind, near_by, step, day):
                known.setdefault((touched.group, touched.what.id), touched)
                if then and touched.what.id not in seen:
                    seen.add(touched.what.id)
                    reached.append(_Near(touched.what, then, touched.why))
        bodies |= {near.what.id: near.what for near in reached if near.kind == "body"}
        nearest = reached
    for duty in session.read(OBLIGATIONS, Everything()):
        if owner := bodies.get(duty.values.get("owner") or ""):  # a field names it, no relationship
            why, sources = f"duty of {owner.name}", refs(duty.values)
            known.setdefault(("duties", duty.id), Touched("duties", duty.subject, duty.values, why, 1, "yes", sources))
    shown = [touched for touched in known.values() if touched.is_shown and touched.what.id != what.id]
    return sorted(shown, key=lambda touched: (touched.steps, folded(touched.what.name), touched.what.id))


def _look_around(
    session: Session, kind: LookedAroundAs, near_by: Mapping[str, _Near], step: int, day: str
) -> Iterator[tuple[Touched, LookedAroundAs | None]]:
    reached = around(session, sorted(near_by), (rule.way for rule in RULES[kind]), day=day)
    for rule in RULES[kind]:
        for edge, state in reached[rule.way].edges:
            if _counts(session, rule.group, edge, day):
                near, values = near_by[edge.subject], edge.values
                why = rule.why.format(near=near.what.name) + (f"; {near.why}" if near.why else "")
                if rule.group == "our membership":
                    values = {**values, "holder": _membership(edge, day)}
                yield Touched(rule.group, edge.other, values, why, step, state, refs(edge.properties)), rule.then


def _membership(edge: FullEdgeRow, day: str) -> str:
    """Return how we belong to a body, in words: category, office, and the status on the day."""
    term = status_then(edge.properties, day=day)
    status = " ".join(filter(None, (term.get("status"), term.get("status_on"))))
    return ", ".join(filter(None, (term.get("office") or term.get("category"), status, stretch(term))))


def _counts(session: Session, group: Group, edge: FullEdgeRow, day: str) -> bool:
    """Leave out what is over: meetings held, awards and projects past their end, promises kept."""
    values = edge.values
    if group == "our membership":
        return is_home(session, edge.id, values)
    if edge.cls == "Engagement":
        return values.get("status") != "cancelled" and (values.get("end_max") or "9999") >= day
    if group in ("money running", "sub-awards", "projects and compacts") and edge.cls in ("Award", "Project"):
        return held_on(values, day=day) != "no" or (values.get("start_min") or "") > day
    return edge.cls != "Commitment" or is_unsettled(values, day=day)
