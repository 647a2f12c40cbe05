"""What cannot all be true: each case with its rule, both facts and their sources."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from graph.errors import UsageError
from graph.suggestions import hint
from queries.changing.cases import Case, sorted_cases
from queries.changing.rules import RULES, Rule
from queries.core.answer import AnswerRow, Caveat, Total
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import column, option
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import conflicts, refs
from queries.core.scope import circle_of
from queries.core.wording import counted

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
    circle = circle_of(request.session, request.maybe("party"))
    found: list[tuple[Rule, Case]] = []
    for rule in _rules(request.params.kind):
        for case in sorted_cases(rule.test(request.session, request.day, circle)):
            ends = {case.subject.id, case.other.id if case.other else ""}
            if circle is None or ends & circle:
                found.append((rule, case))
    return Result(
        clauses=tuple(_clauses(request, found)),
        rows=tuple(_row(rule, case) for rule, case in found[: request.params.limit]),
        total=Total(value=len(found)),
        caveats=_caveats(request, found),
    )


def _rules(kind: str | None) -> tuple[Rule, ...]:
    """Return the rules that are meant: all, or the one of this name.

    Raises:
        UsageError: There is no such rule.
    """
    if kind is None:
        return RULES
    names = [rule.name for rule in RULES]
    wanted = "-".join(kind.lower().replace("_", " ").split())
    if wanted in names:
        return (RULES[names.index(wanted)],)
    meant, near = hint(kind, names, "rules are")
    raise UsageError(f"kind: {kind!r} is no rule; {meant}", suggestions=near)


def _row(rule: Rule, case: Case) -> SourcedRow[ContradictionRow]:
    row = ContradictionRow(
        held=case.held,
        conflicts=conflicts(*case.sources),
        rule=rule.name,
        wrong=rule.sentence,
        first=case.first,
        second=case.second,
        subject=case.subject.id,
        subject_name=case.subject.name,
        subject_class=case.subject.cls,
        subject_iso3=case.subject.iso3,
        other=case.other.id if case.other else None,
        other_name=case.other.name if case.other else None,
        other_class=case.other.cls if case.other else None,
        case=case.key,
    )
    return SourcedRow(row, refs(case.sources[0]), dated_by=refs(*case.sources[1:]))


def _clauses(request: Request[ContradictionsParams], found: Sequence[tuple[Rule, Case]]) -> Iterator[SourcedClause]:
    party = request.maybe("party")
    about = {"party": party.name if party else None}
    if not found:
        yield clause("nothing", **about, rules=len(_rules(request.params.kind)))
        return
    _, first = found[0]
    yield clause("headline", **about, contradictions=len(found))
    yield clause("rules", counts=dict(Counter(rule.cases for rule, _ in found)))
    yield clause("first", *first.sources, first=first.first, second=first.second)


def _caveats(request: Request[ContradictionsParams], found: Sequence[tuple[Rule, Case]]) -> tuple[Caveat, ...]:
    caveats = []
    if unsure := sum(case.held != "yes" for _, case in found):
        text = f"In {counted(unsure, 'case')} of {len(found)} no date tells whether both facts stood on that day."
        caveats.append(Caveat(kind="unknown", text=text))
    if len(found) > request.params.limit:
        text = f"Only the first {request.params.limit} of {len(found)} are shown: say --limit, --kind or --party."
        caveats.append(Caveat(kind="partial", text=text))
    return tuple(caveats)


CONTRADICTIONS = Question(
    name="contradictions",
    title="What cannot all be true of what we hold?",
    params=ContradictionsParams,
    row=ContradictionRow,
    function=contradictions,
    names={"party": ("Party", "Post")},
    example={"kind": "early-successor"},
    columns=("rule", "first", "second", "held", "confidence", "evidence"),
    maturity="trial",
)
