"""What cannot all be true: each case with its rule, both facts and their sources."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import Field

from iga.graph.domain.values import first_day, last_day
from iga.graph.errors import UsageError
from iga.graph.query import Query
from iga.graph.suggestions import hint
from iga.queries.changing import reads
from iga.queries.changing.reads import BeforeDay, Joined, OfIdsBeforeDay
from iga.queries.core.answer import AnswerRow, Held, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, end_columns, needed, option, sourced
from iga.queries.core.compiled import Everything
from iga.queries.core.days import Passed, held_on, latest, stretch
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, OfIds, conflicts, grouped
from iga.queries.core.reads import HOLDERS_OF
from iga.queries.core.relationships import said_of
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, circle_of
from iga.queries.core.session import Session

Circle: TypeAlias = frozenset[str] | None
"""Whose cases are wanted; others may come too, as some reads look everywhere. None is everybody's."""


@dataclass(frozen=True)
class Case:
    """Two facts that do not go together; ``sentences/contradictions.j2`` says both.

    Attributes:
        kind: What tells its two sentences from those of others.
        held: Whether both are known to stand on the day.
        sources: Properties of all that they rest on, of the first fact first.
        key: What tells this case of a rule from others.
        other: The other end, where the facts are of a relationship.
    """

    kind: str
    subject: Subject
    held: Held
    values: Mapping[str, Any]
    sources: tuple[Mapping[str, Any], ...]
    key: str
    other: Subject | None = None


Finder: TypeAlias = Callable[[Session, str, Circle], Iterator[Case]]
"""Gives the cases of a rule in a graph on a full day, at least those of a circle."""


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        sentence: What is wrong where it finds something.
        cases: What it finds, as several are counted.
    """

    name: str
    sentence: str
    cases: str
    test: Finder


RULES: list[Rule] = []
"""Every rule, in the order in which answers list what they find."""


def _rule(name: str, sentence: str, cases: str) -> Callable[[Finder], Finder]:
    def listed(test: Finder) -> Finder:
        RULES.append(Rule(name, sentence, cases, test))
        return test

    return listed


@_rule("two-holders", "Two people hold one post at once, neither acting nor designate.", "posts with two holders")
def _two_holders(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    # Two people seen in a post years apart held it one after the other: only what is known to stand on the day counts.
    for terms in grouped(_of(session, circle, reads.POSTS_WITH_HOLDERS, reads.POSTS_WITH_HOLDERS_OF)).values():
        people = {
            term.id: term
            for term in terms
            if term.held(day) == "yes" and term.properties.get("capacity") in (None, "substantive")
        }
        if len(people) > 1:
            by_start = sorted(people.values(), key=lambda term: (term.properties.get("start_min", ""), term.key))
            first, second, *others = by_start
            values = {"post": first.subject_name, "terms": [_term(first), _term(second)], "others": len(others)}
            sources = tuple(term.properties for term in people.values())
            yield Case("two-holders", first.nearer, "yes", values, sources, first.subject, second.other)


@_rule("post-in-ended-body", "Somebody holds a post in a body that has ended.", "posts held in bodies that have ended")
def _posts_in_ended_bodies(session: Session, day: str, _: Circle) -> Iterator[Case]:
    ended = session.read(reads.EDGES_TO_ENDED, BeforeDay(day=day))
    posts = [edge for edge in ended if edge.type == "POST_IN" and edge.held(day) != "no"]
    holders = Edges(session, day).of(HOLDERS_OF, sorted({edge.subject for edge in posts}))
    for edge in posts:
        for term in holders.get(edge.subject, ()):
            if _outlives(term.properties, edge.values):
                held = _known("yes" if term.held(day) == edge.held(day) == "yes" else "unknown")
                values = {"post": edge.subject_name, **_term(term), **_end_of(edge)}
                sources = (term.properties, edge.properties, edge.values)
                key = f"{term.key} {edge.key}"
                yield Case("post-in-ended-body", term.other, held, values, sources, key, edge.other)


@_rule(
    "membership-outlives-body",
    "A membership goes on in a body that has ended.",
    "memberships of bodies that have ended",
)
def _memberships_of_ended_bodies(session: Session, day: str, _: Circle) -> Iterator[Case]:
    for edge in session.read(reads.EDGES_TO_ENDED, BeforeDay(day=day)):
        if edge.type == "MEMBER_OF" and _outlives(edge.properties, edge.values) and edge.held(day) != "no":
            says = said_of(edge.type, edge, leads_out=True, day=day)
            yield _of_edge("membership-outlives-body", edge, _known(edge.held(day)), says=says, **_end_of(edge))


@_rule(
    "active-past-end", "An award is said to be active, but its period has ended.", "awards called active past their end"
)
def _active_awards(session: Session, day: str, _: Circle) -> Iterator[Case]:
    for award in session.read(reads.AWARDS_PAST_END, BeforeDay(day=day)):
        yield _of_thing("active-past-end", award, status=award.values["status"], end=award.values["period_end"])


@_rule(
    "compact-past-end",
    "A compact has ended, but an extension is stated or something under it goes on.",
    "compacts that go on past their end",
)
def _compacts_past_ends(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    for compact in session.read(reads.COMPACTS_EXTENDED, BeforeDay(day=day)):
        extension = "; ".join(compact.values["extension"])
        yield _of_thing("compact-extended", compact, end=compact.values["period_end"], extension=extension)
    if circle is None:
        under = session.read(reads.UNDER_ENDED_COMPACTS, BeforeDay(day=day))
    else:
        under = session.read(reads.UNDER_ENDED_COMPACTS_OF, OfIdsBeforeDay(ids=tuple(sorted(circle)), day=day))
    for edge in under:
        if edge.subject_values.get("period_end") and held_on(edge.subject_values, day=day) == "yes":
            end, goes_on = edge.values["period_end"], stretch(edge.subject_values)
            values = {"compact": edge.name, "end": end, "name": edge.subject_name, "stretch": goes_on}
            sources = (edge.values, edge.subject_values, edge.properties)
            yield Case("compact-goes-on", edge.other, "yes", values, sources, edge.key, edge.nearer)


@_rule(
    "planned-but-past",
    "An engagement is still planned, but its day has passed.",
    "engagements still planned though their day has passed",
)
def _planned_engagements(session: Session, day: str, _: Circle) -> Iterator[Case]:
    for planned in session.read(reads.ENGAGEMENTS_PAST_DAY, BeforeDay(day=day)):
        yield _of_thing("planned-but-past", planned, status=planned.values["status"], stretch=stretch(planned.values))


@_rule(
    "funded-without-contact",
    "A party receives an award, but nobody here knows how to reach it.",
    "funded parties that nobody here knows how to reach",
)
def _parties_without_contact(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    for edges in grouped(_of(session, circle, reads.PAID_WITHOUT_CONTACT, reads.PAID_WITHOUT_CONTACT_OF)).values():
        running = [edge for edge in edges if held_on(edge.values, day=day) != "no" and edge.held(day) != "no"]
        if running:
            edge = min(running, key=lambda edge: (held_on(edge.values, day=day) != "yes", edge.key))
            names, when = [edge.name for edge in running], stretch(edge.values)
            values = {"name": edge.subject_name, "awards": names, "stretch": when}
            held, sources = _known(held_on(edge.values, day=day)), tuple(edge.properties for edge in running)
            yield Case("funded-without-contact", edge.nearer, held, values, sources, edge.subject, edge.other)


@_rule("end-before-start", "Something ended or took effect before it began.", "ends before their beginnings")
def _ends_before_starts(session: Session, _day: str, circle: Circle) -> Iterator[Case]:
    for edge in _of(session, circle, reads.BONDS_LEFT, reads.BONDS_LEFT_OF):
        names = ("withdrawn_on", "withdrawal_notified_on", "signed_on")
        left, notified, signed = (edge.properties.get(name) for name in names)
        if left and signed and last_day(left) < first_day(signed) and not edge.properties.get("action_on"):
            yield _of_edge("left-before-signed", edge, left=left, signed=signed)
        if left and notified and last_day(left) < first_day(notified):
            yield _of_edge("left-before-notified", edge, left=left, notified=notified)
    for agreement in session.read(reads.AGREEMENTS_DATED, Everything()):
        signed, force = agreement.values["signed_on"], agreement.values["in_force_on"]
        if last_day(force) < first_day(signed):
            yield _of_thing("in-force-before-signed", agreement, force=force, signed=signed)


@_rule(
    "seen-after-end",
    "Something was seen after the day on which it is said to have ended.",
    "things seen after their end",
)
def _seen_after_ends(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    for edge in _of(session, circle, reads.SEEN_AND_ENDED, reads.SEEN_AND_ENDED_OF):
        seen = latest(edge.properties["attested_on"], on=day)
        if seen and first_day(seen) > last_day(edge.properties["period_end"]):
            yield _of_edge("seen-after-end", edge, says=said_of(edge.type, edge, leads_out=True, day=day), seen=seen)


@_rule(
    "early-successor",
    "A successor began before what it took the place of had ended.",
    "successors that began before what they replace had ended",
)
def _early_successors(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    for edge in _of(session, circle, reads.SUCCESSIONS, reads.SUCCESSIONS_OF):
        earlier, later = edge.subject_values, edge.values
        end, start = earlier.get("end_min"), later.get("start_max")
        ended = earlier.get("existence_end") or earlier.get("period_end")
        began = later.get("existence_start") or later.get("period_start")
        if ended and began and end and start and start < end and start <= day:
            yield _of_edge("early-successor", edge, ended=ended, began=began)
        adopted, after = earlier.get("adopted_on"), later.get("adopted_on")
        if adopted and after and last_day(after) < first_day(adopted) and first_day(adopted) <= day:
            yield _of_edge("adopted-before", edge, adopted=adopted, after=after)


def _of(
    session: Session, circle: Circle, every: Query[Everything, Joined], theirs: Query[OfIds, Joined]
) -> list[Joined]:
    """Return what a read finds around a circle, or everywhere."""
    if circle is None:
        return session.read(every, Everything())
    return session.read(theirs, OfIds(ids=tuple(sorted(circle))))


def _outlives(edge: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    """True if an edge is known to go on past the last possible day of a body."""
    surely_until = edge.get("end_min") or edge.get("start_min") or ""
    return bool(surely_until > body["end_max"])


def _term(edge: EdgeRow) -> dict[str, str]:
    return {"holder": edge.name, "stretch": stretch(edge.properties)}


def _end_of(edge: Joined) -> dict[str, Any]:
    return {"body": edge.name, "ended": edge.values["existence_end"]}


def _known(state: Passed) -> Held:
    return "yes" if state == "yes" else "unknown"


def _of_thing(kind: str, thing: Entity, **values: Any) -> Case:
    return Case(kind, thing.subject, "yes", {"name": thing.name, **values}, (thing.values,), thing.id)


def _of_edge(kind: str, edge: Joined, held: Held = "yes", **values: Any) -> Case:
    sources = (edge.properties, edge.subject_values, edge.values)
    names = {"near": edge.subject_name, "far": edge.name}
    return Case(kind, edge.nearer, held, {**names, **values}, sources, edge.key, edge.other)


_SHOWN = 100


class ContradictionsParams(Params):
    """What `contradictions` is asked with."""

    party: str | None = option(
        "Only what is about this party, its posts and its parts; all if left out.", "African Union"
    )
    kind: str | None = option(f"Only this rule: {', '.join(rule.name for rule in RULES)}.", "early-successor")
    limit: int = Field(default=_SHOWN, ge=1, le=1_000, description="Most rows that are shown.", examples=[100])


class ContradictionRow(AnswerRow):
    """One case of one rule."""

    rule: str = needed("Name of the rule.")
    wrong: str = needed("What the rule says is wrong.")
    first: str = needed("The first fact, as a sentence.")
    second: str = needed("The second fact, which does not go with it.")
    subject: str = needed("Id of what the first fact is said of.")
    subject_name: str = needed("Its name.")
    subject_class: str = needed("Its class.")
    subject_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    other: str | None = column("Id of the other end, if there is one.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    case: str = needed("What tells this case from others of its rule: a key or an id.")


def contradictions(request: Request[ContradictionsParams]) -> Result[ContradictionRow]:
    """List what cannot all be true on a day, rule by rule; what is certain first."""
    circle, rules = circle_of(request.session, request.maybe("party")), _rules(request)
    cases = [
        (rule, case)
        for rule in rules
        for case in sorted(rule.test(request.session, request.day, circle), key=_order)
        if circle is None or circle & {case.subject.id, case.other.id if case.other else ""}
    ]
    rows = Rows.of(_row(rule, case) for rule, case in cases[: request.params.limit])
    clauses = _clauses(request.named("party")["party"], cases, len(rules))
    return Result.of(clauses, rows, _caveats(cases, request.params.limit), total=Total(value=len(cases)))


def _rules(request: Request[ContradictionsParams]) -> list[Rule]:
    """Return the rules that are meant: all, or the one of this name."""
    kind, names = request.params.kind, [rule.name for rule in RULES]
    if kind is None:
        return RULES
    wanted = "-".join(kind.lower().replace("_", " ").split())
    if wanted in names:
        return [RULES[names.index(wanted)]]
    meant, near = hint(kind, names, "rules are")
    raise UsageError(f"kind: {kind!r} is no rule; {meant}", suggestions=near)


def _order(case: Case) -> tuple[bool, str, str]:
    return case.held != "yes", case.subject.name.casefold(), case.key


def _both_said(case: Case) -> dict[str, Any]:
    """Return both facts in words."""
    places = ("first", "second")
    return {place: worded(__package__, "contradictions", f"{case.kind}-{place}", case.values) for place in places}


def _row(rule: Rule, case: Case) -> SourcedRow[ContradictionRow]:
    return sourced(
        ContradictionRow,
        case.sources[0],
        held=case.held,
        dated_by=case.sources[1:],
        conflicts=conflicts(*case.sources),
        rule=rule.name,
        wrong=rule.sentence,
        **_both_said(case),
        **end_columns("subject", case.subject),
        **end_columns("other", case.other, "class"),
        case=case.key,
    )


def _clauses(party: str | None, cases: Sequence[tuple[Rule, Case]], rules: int) -> Iterator[SourcedClause]:
    if not cases:
        yield clause("nothing", party=party, rules=rules)
        return
    _, first = cases[0]
    yield clause("headline", *first.sources, party=party, contradictions=len(cases), **_both_said(first))
    yield clause("rules", counts=dict(Counter(rule.cases for rule, _ in cases)))


def _caveats(cases: Sequence[tuple[Rule, Case]], limit: int) -> Iterator[UnwordedCaveat]:
    if unsure := sum(case.held != "yes" for _, case in cases):
        yield caveat("unknown", "unsure", unsure=unsure, of=len(cases))
    if len(cases) > limit:
        yield caveat("partial", "only-first", limit=limit, of=len(cases))


CONTRADICTIONS = Question.of(
    contradictions,
    title="What cannot all be true of what we hold?",
    names={"party": ("Party", "Post")},
    example={"kind": "early-successor"},
    columns=("rule", "first", "second", "held", "confidence", "evidence"),
    maturity="trial",
)
