"""What the end of something touches: a body we leave, an award terminated, an agreement or mandate that ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import BODIES
from iga.graph.domain.values import first_day
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, Ref, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, needed, option
from iga.queries.core.compiled import Everything
from iga.queries.core.days import Passed, held_on, stretch
from iga.queries.core.holders import NO_POST, held_term, holder_of, holding_of
from iga.queries.core.home import is_home
from iga.queries.core.membership import is_beside
from iga.queries.core.promises import is_unsettled
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, by_name, conflicts, grouped, refs
from iga.queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF, OBLIGATIONS, OUR_SIDE_OF, PARTIES_TO
from iga.queries.core.relationships import in_a_sentence, left_on, saying_of, status_then
from iga.queries.core.rows import Rows
from iga.queries.core.sections import Way, around
from iga.queries.core.session import Session
from iga.queries.core.trust import with_status_by
from iga.queries.instruments.agreements import short_title

# A page holds about ten lines of a group; the count stands before them.
_SHOWN = 10
_NO_BODIES = {"post": "Post", "agreement": "Agreement"}
_BY_STANDING: Mapping[str | None, int] = {"primary": 0, None: 1, "backup": 2}
# Whose relationship with us is looked up: those next to what ends, not every party of a treaty.
_MOST_PARTIES = 60
# Organs of organs, awards under awards: further away nothing is touched that an officer would look for.
_STEPS = 4

Group = Literal[
    "our membership", "people to tell", "organs", "posts", "incumbents", "meetings ahead", "money running",
    "sub-awards", "recipients and implementers", "funders", "projects and compacts", "indicators", "promises",
    "duties", "mandates", "groups", "agreements", "parties", "places",
]  # fmt: skip  # in the order of an answer
GROUPS: tuple[Group, ...] = get_args(Group)
"""In the order of an answer: what is ours and whom to tell first."""
_TOLD_OF: tuple[Group, ...] = (
    *("organs", "recipients and implementers", "sub-awards", "funders"),
    *("places", "parties", "groups"),
)
_LOOKED_FOR: tuple[Group, ...] = ("people to tell", "meetings ahead", "money running", "promises", "duties")
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
        TouchRule("incumbents", _in("HOLDS"), ""),
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
        why: Why it is touched, back to where one started.
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

    def is_shown(self, day: str) -> bool:
        """Whether it is told itself, and not only leads on, as a series or a round of meetings that goes on does."""
        is_series = "series" in folded(self.values.get("engagement_kind") or "")
        is_ahead = (self.values.get("end_max") or self.values.get("start_max") or "") >= day
        return self.what.cls != "Engagement" or (is_ahead and not is_series)

    @property
    def is_counted(self) -> bool:
        """Whether the headline counts it: who is to come to a post, or was only seen in it, is no incumbent."""
        return self.group != "incumbents" or self.values["holder"] in ("in office", "acting")


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
    shown = [
        touched
        for touched in known.values()
        if touched.is_shown(day)
        and touched.what.id != what.id
        and not (touched.group == "incumbents" and touched.steps > 1)
    ]
    return sorted(shown, key=lambda touched: (touched.steps, folded(touched.what.name), touched.what.id))


def _look_around(
    session: Session, kind: LookedAroundAs, near_by: Mapping[str, _Near], step: int, day: str
) -> Iterator[tuple[Touched, LookedAroundAs | None]]:
    reached = around(session, sorted(near_by), (rule.way for rule in RULES[kind]), day=day)
    for rule in RULES[kind]:
        for edge, state in reached[rule.way].edges:
            if _counts(session, rule.group, edge, day):
                near, values = near_by[edge.subject], edge.values
                why = _why(rule, edge, near.what.name, day) + (f"; {near.why}" if near.why else "")
                if rule.group in ("our membership", "incumbents"):
                    is_held = rule.group == "incumbents"
                    holder = holding_of(edge, held_term(edge, day)) if is_held else _membership(edge, day)
                    values = {**values, "holder": holder}
                yield Touched(rule.group, edge.other, values, why, step, state, refs(edge.properties)), rule.then


def _why(rule: TouchRule, edge: FullEdgeRow, near: str, day: str) -> str:
    """Say what leads there; of who holds a post or is beside the members, by the rule that paths tell it by."""
    if rule.way.kind == "HOLDS" or (rule.group == "our membership" and is_beside(edge)):
        return in_a_sentence({**saying_of(rule.way.kind, edge, leads_out=True, day=day), "thing": near})
    return rule.why.format(near=near)


def _membership(edge: FullEdgeRow, day: str) -> str:
    """Return how we belong to a body, in words: category, office, and the status on the day."""
    term = status_then(edge.properties, day=day)
    status = " ".join(filter(None, (term.get("status"), term.get("status_on"))))
    return ", ".join(filter(None, (term.get("office") or term.get("category"), status, stretch(term))))


def _counts(session: Session, group: Group, edge: FullEdgeRow, day: str) -> bool:
    """Leave out what is over: meetings held, awards and projects past their end, promises kept; and mere observers."""
    values = edge.values
    if group == "groups" and is_beside(edge):
        return False
    if group == "our membership":
        return is_home(session, edge.id, values)
    if edge.cls == "Engagement":
        return values.get("status") != "cancelled" and (values.get("end_max") or "9999") >= day
    if group in ("money running", "sub-awards", "projects and compacts") and edge.cls in ("Award", "Project"):
        return held_on(values, day=day) != "no" or (values.get("start_min") or "") > day
    return edge.cls != "Commitment" or is_unsettled(values, day=day)


class ImpactParams(Params):
    """What `impact` is asked with."""

    party: str | None = option("The body we leave, or the post that ends.", "OSCE")
    award: str | None = option("The award that is terminated.", "Compact award to the ILO, Peru")
    agreement: str | None = option(
        "The agreement or compact that ends.", "Child Protection Compact Partnership with Peru"
    )


class ImpactRow(AnswerRow):
    """One thing that is touched, with the way that leads to it."""

    ending: str = needed("Id of what ends.")
    ending_name: str = needed("Its name.")
    group: Group = needed("What sort of thing is touched.")
    group_count: int = needed("Number of things in the group, of which the nearest ten are rows.")
    what: str = needed("Id of what is touched.")
    what_name: str = needed("Its name.")
    what_class: str = needed("Its class.")
    iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    why: str = needed("Why it is touched: the way back to what ends.")
    steps: int = needed("How many relationships away it is.")
    says: str | None = column("Status, amount or day of it, in words; amounts are not added.")


def impact(request: Request[ImpactParams]) -> Result[ImpactRow]:
    """List what the end of a body's membership, an award or an agreement touches, by group, nearest first.

    Where several are given, each is told for itself, in that order.

    Raises:
        UsageError: None of party, award and agreement is given.
    """
    named = [request.maybe(parameter) for parameter in ("party", "award", "agreement")]
    endings = [subject for subject in named if subject]
    if not endings:
        raise UsageError(
            "impact needs party, a body we leave, award, one that is terminated, or agreement, one that ends"
        )
    ids = OfIds(ids=tuple(ending.id for ending in endings))
    cards = {card.id: card for card in request.session.read(ENTITIES_BY_ID, ids)}
    touched = [(ending, _groups(request, ending)) for ending in endings]
    clauses = [clause for ending, groups in touched for clause in _clauses(request, cards[ending.id], groups)]
    rests_on = (*refs(*(card.values for card in cards.values())), *(ref for one in clauses for ref in one.refs or ()))
    rows = Rows.of(
        _row(ending, group, one, len(alike))
        for ending, groups in touched
        for group, alike in groups.items()
        for one in alike[:_SHOWN]
    )
    caveats = (doubt for ending, groups in touched for doubt in _caveats(ending, groups))
    total = Total(value=sum(len(alike) for _, groups in touched for alike in groups.values()))
    return Result.of(clauses, rows, caveats, refs=rests_on, total=total)


_WORKS = ("Award", "Project")


def _groups(request: Request[ImpactParams], ending: Subject) -> dict[Group, list[Touched]]:
    session, day = request.session, request.day
    touched = [
        replace(one, values=with_status_by(session, one.values, day=day)) if one.what.cls in _WORKS else one
        for one in touched_by(session, ending, day=day)
    ]
    everything = [*touched, *_people(request, ending, touched)]
    return {group: [one for one in everything if one.group == group] for group in GROUPS}


def _clauses(
    request: Request[ImpactParams], card: Entity, groups: Mapping[Group, Sequence[Touched]]
) -> Iterator[SourcedClause]:
    """Say how much it touches, how far the end is, and whom to tell."""
    apart = ("people to tell", "our membership")
    counts = {group: sum(one.is_counted for one in alike) for group, alike in groups.items() if group not in apart}
    name, is_body = short_title(card.name, card.values), not fits(card.cls, ("Award", "Agreement", "Post"))
    yield clause(
        "headline", ending=name, is_body=is_body, by_group={group: number for group, number in counts.items() if number}
    )
    yield _how_far(request, card)
    yield clause("people-to-tell", names=[one.what.name for one in groups["people to tell"]])


def _how_far(request: Request[ImpactParams], card: Entity) -> SourcedClause:
    """Say how far the end is: announced, notified, effective; and what says so."""
    stated, period = card.values, _period(card.values)
    if card.cls == "Award":
        amended = [line for line in stated.get("amendments") or () if "terminat" in folded(line)]
        by_day = with_status_by(request.session, stated, day=request.day).get("status")
        is_later = bool(stated.get("status")) and not by_day
        return clause("award", stated, status=by_day, is_later=is_later, period=period, amendments=amended)
    of, session = OfIds(ids=(card.id,)), request.session
    edges = (*session.read(MEMBERS_OF, of), *session.read(PARTIES_TO, of))
    ours = [edge.properties for edge in edges if edge.id == session.home.government]
    bond = {name: value for properties in ours for name, value in properties.items() if value is not None}
    left = left_on(bond)
    announced, notified = bond.get("withdrawal_announced_on"), bond.get("withdrawal_notified_on")
    if (first := announced or notified or left) and first_day(first) <= request.day:
        days = {"announced_on": announced, "notified_on": notified, "effective_on": left}
        return clause("withdrawal", *ours, **days)
    if not ours and not any(period.values()):
        period = _period(stated, "mandate_period")
    kind = next((kind for kind, cls in _NO_BODIES.items() if fits(card.cls, (cls,))), "body")
    about = {"ending": short_title(card.name, stated), "kind": kind}
    return clause("no-withdrawal", *(ours[:1] or [stated]), **about, is_bound=bool(ours), period=period)


def _period(values: Mapping[str, Any], field: str = "period") -> dict[str, Any]:
    return {end: values.get(f"{field}_{end}") for end in ("start", "end")}


def _people(request: Request[ImpactParams], ending: Subject, touched: Sequence[Touched]) -> list[Touched]:
    """Return our posts and offices that own the relationship with, or deal with, what is touched; owners first."""
    session, day = request.session, request.day
    parties = [ending, *(one.what for one in touched if one.group in _TOLD_OF)]
    near = {party.id: party.name for party in parties[:_MOST_PARTIES]}
    ours = by_name(edge for edge in session.read(OUR_SIDE_OF, OfIds(ids=tuple(sorted(near)))) if edge.held(day) != "no")
    ours.sort(key=lambda edge: (edge.type != "OWNS_RELATIONSHIP", _BY_STANDING[edge.properties.get("standing")]))
    holders = grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(sorted({edge.id for edge in ours})))))
    people: dict[str, Touched] = {}
    for edge in ours:
        whom, standing = near[edge.subject], edge.properties.get("standing") or "standing not stated"
        owns = edge.type == "OWNS_RELATIONSHIP"
        why = f"owns the relationship with {whom} ({standing})" if owns else f"deals with {whom}"
        held_by = holder_of(edge.values, holders.get(edge.id, ()), day=day) if edge.cls == "Post" else NO_POST
        values = {**edge.values, "holder": held_by.in_words if held_by.person else ""}
        one = Touched("people to tell", edge.other, values, why, 1, edge.held(day), refs(edge.properties))
        people.setdefault(edge.id, one)
    return list(people.values())


def _row(ending: Subject, group: Group, one: Touched, count: int) -> SourcedRow[ImpactRow]:
    row = ImpactRow(
        **named("ending", ending),
        **named("what", one.what),
        held="yes" if one.held == "yes" else "unknown",
        conflicts=conflicts(one.values),
        group=group,
        group_count=count,
        what_class=one.what.cls,
        iso3=one.what.iso3,
        why=one.why,
        steps=one.steps,
        says=_says(one.what, one.values) or None,
    )
    return SourcedRow(row, one.refs or refs(one.values), dated_by=refs(one.values))


def _says(what: Subject, values: Mapping[str, Any]) -> str:
    """Return status, days and each amount with its measure; of a party, who holds it."""
    if fits(what.cls, ("Party", "Post")):
        return values.get("holder") or ""
    amounts = [
        {part: values.get(f"{name}_{part}") for part in ("amount", "currency", "measure")}
        for name in ("money", "total_obligated", "total_outlaid", "stated_total")
        if values.get(f"{name}_amount")
    ]
    stated = [word for name in ("status", "stage", "in_kind", "holder") if (word := values.get(name))]
    due = {name: values.get(name) for name in ("due_on", "recurrence", "target")}
    words = {"stated": stated, "amounts": amounts, "period": _period(values), **due}
    return worded(__package__, "impact", "row-says", words)


def _caveats(ending: Subject, groups: Mapping[Group, Sequence[Touched]]) -> Iterator[UnwordedCaveat]:
    if bare := [group for group in _LOOKED_FOR if not groups[group]]:
        yield caveat("unknown", "nothing-under", clause="headline", name=ending.name, groups=bare)
    if cut := [f"{group} ({len(alike)})" for group, alike in groups.items() if len(alike) > _SHOWN]:
        yield caveat("partial", "only-nearest", most=_SHOWN, groups=cut)


IMPACT = Question.of(
    impact,
    title="What does it touch if we leave this body, or this award or agreement ends?",
    names={"party": (*BODIES, "Post"), "award": ("Award",), "agreement": ("Agreement",)},
    example={"party": "UN Women"},
    any_of=("party", "award", "agreement"),
    columns=("group", "what_name", "why", "says", "held", "confidence", "evidence"),
)
