"""What cannot all be true: each case with its rule, both facts and their sources."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from iga.graph.errors import UsageError
from iga.graph.suggestions import hint
from iga.queries.changing.cases import RULES, Case, Rule
from iga.queries.core.answer import AnswerRow, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, end_columns, option, sourced
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import conflicts
from iga.queries.core.scope import circle_of

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

    rule: str = Field(description="Name of the rule.")
    wrong: str = Field(description="What the rule says is wrong.")
    first: str = Field(description="The first fact, as a sentence.")
    second: str = Field(description="The second fact, which does not go with it.")
    subject: str = Field(description="Id of what the first fact is said of.")
    subject_name: str = Field(description="Its name.")
    subject_class: str = Field(description="Its class.")
    subject_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    other: str | None = column("Id of the other end, if there is one.")
    other_name: str | None = column("Its name.")
    other_class: str | None = column("Its class.")
    case: str = Field(description="What tells this case from others of its rule: a key or an id.")


def contradictions(request: Request[ContradictionsParams]) -> Result[ContradictionRow]:
    """List what cannot all be true on a day, rule by rule; what is certain first."""
    party, circle, rules = request.maybe("party"), circle_of(request.session, request.maybe("party")), _rules(request)
    cases = [
        (rule, case)
        for rule in rules
        for case in sorted(rule.test(request.session, request.day, circle), key=_order)
        if circle is None or circle & {case.subject.id, case.other.id if case.other else ""}
    ]
    return Result(
        clauses=tuple(_clauses(party.name if party else None, cases, len(rules))),
        rows=tuple(_row(rule, case) for rule, case in cases[: request.params.limit]),
        total=Total(value=len(cases)),
        caveats=tuple(_caveats(cases, request.params.limit)),
    )


def _rules(request: Request[ContradictionsParams]) -> list[Rule]:
    """Return the rules that are meant: all, or the one of this name.

    Raises:
        UsageError: There is no such rule.
    """
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


def _facts(case: Case) -> dict[str, Any]:
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
        **_facts(case),
        **end_columns("subject", case.subject),
        **end_columns("other", case.other, "class"),
        case=case.key,
    )


def _clauses(party: str | None, cases: Sequence[tuple[Rule, Case]], rules: int) -> Iterator[SourcedClause]:
    if not cases:
        yield clause("nothing", party=party, rules=rules)
        return
    _, first = cases[0]
    yield clause("headline", *first.sources, party=party, contradictions=len(cases), **_facts(first))
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
