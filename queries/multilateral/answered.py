"""What answers recommendations, of all issuers: what is stated to, what came in time after them, and two verdicts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal, get_args

from pydantic import Field

from iga.graph.domain.topics import with_narrower
from iga.graph.domain.values import first_day, last_day
from iga.graph.errors import UsageError
from iga.queries.core.answer import SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, clause, worded
from iga.queries.core.columns import column, needed, sourced
from iga.queries.core.days import passed
from iga.queries.core.home import ours_among
from iga.queries.core.promises import promises, standing
from iga.queries.core.question import Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, grouped
from iga.queries.core.reads import BODIES_OF_GOVERNMENT, LAWS_AND_PLANS_OF, WORKS_IN
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.multilateral.reads import ADDRESSEES_OF, ANSWERS_TO, ENGAGEMENTS_ATTENDED_BY
from iga.queries.multilateral.recommendations import RecommendationRow, RecommendationsParams

AnswerState = Literal["answered", "only in time", "no answer on record"]

_ORDER: tuple[AnswerState, ...] = get_args(AnswerState)
# Nobody reads on where a busy topic has dozens; the number of all stands beside.
_SHOWN = 3
_PLANNED = ("Programme", "Project", "Award", "Engagement")


class AnsweredParams(RecommendationsParams):
    """What `answered` is asked with."""

    state: AnswerState | None = Field(
        default=None, description="Only recommendations that stand so.", examples=["no answer on record"]
    )


class AnsweredRow(RecommendationRow):
    """One recommendation to one party, with what answers it and what each side says of it."""

    state: AnswerState = needed(
        "Whether an answer is stated, something came in time after it, or nothing is on record."
    )
    asked_on: str | None = column("Day on which it was made known, possibly partial; null is not known.")
    answers: tuple[str, ...] = column("What is stated to answer it, each with its day and what became of it.", ())
    in_time: tuple[str, ...] = column(
        "What came after it on a shared topic, not stated to be because of it: the first three.", ()
    )
    in_time_count: int = column("Number of all that came after it so.", 0)
    issuer_says: str | None = column("How far its issuer later found that it is met; what we find counts for our own.")
    issuer_says_on: str | None = column("When its issuer found so, possibly partial.")
    differ: bool = column("Whether the party and the issuer say different things of it.", False)


# Of each sort the day on which it came about, or began.
_DAYS: Mapping[str, tuple[str, ...]] = {
    "Law": ("adopted_on", "in_force_on", "period_start"),
    "NationalActionPlan": ("adopted_on", "in_force_on", "period_start"),
    "Strategy": ("adopted_on", "in_force_on", "period_start"),
    "Commitment": ("said_on",),
}
# What binds or promises comes before what was held.
_SORTS = ("Law", "NationalActionPlan", "Strategy", "Commitment", "Programme", "Project", "Award", "Engagement")
_NOT_HELD = ("planned", "confirmed", "postponed", "cancelled")


@dataclass(frozen=True)
class Doing:
    """Something that a party did, or that was done in its country.

    Attributes:
        what: The law, plan, promise, project, award or meeting.
        on: Day on which it came about or began, possibly partial; blank is not known.
        topics: What it deals with; of a law or plan everything below these, since it covers the whole.
    """

    what: Subject
    on: str
    topics: frozenset[str]
    sources: tuple[Mapping[str, Any], ...]

    def follows(self, asked_on: str, topics: Collection[str], *, day: str) -> bool:
        """True if it came after a day, by the day asked for, and shares a topic."""
        is_later = bool(self.on and asked_on) and first_day(self.on) > last_day(asked_on)
        return is_later and passed(self.on, on=day) != "no" and not self.topics.isdisjoint(topics)


def _day_of(cls: str, values: Mapping[str, Any]) -> str:
    """Return the day on which a thing came about or began, possibly partial; blank is not known."""
    return next((str(day) for name in _DAYS.get(cls, ("period_start",)) if (day := values.get(name))), "")


def _place(doing: Doing) -> tuple[int, str, str]:
    """Return what doings are ordered by: laws, plans and promises before works and meetings, then the day."""
    return _SORTS.index(doing.what.cls) if doing.what.cls in _SORTS else len(_SORTS), doing.on, doing.what.id


def _doings_of(session: Session, parties: Sequence[str], *, day: str) -> dict[str, list[Doing]]:
    """Return what parties did, and what was done in their countries, by party, in the order of `_place`."""
    doings: dict[str, list[Doing]] = {party: [] for party in parties}
    for party, doing in _doings(session, parties, day):
        if doing.on and doing.topics:
            doings[party].append(doing)
    return {party: sorted(of, key=_place) for party, of in doings.items()}


def _doings(session: Session, parties: Sequence[str], day: str) -> Iterator[tuple[str, Doing]]:
    of = OfIds(ids=tuple(parties))
    for it in session.read(LAWS_AND_PLANS_OF, of):
        topics = frozenset(code for topic in it.values.get("topics") or () for code in with_narrower(topic))
        yield it.values["government"], Doing(it.subject, _day_of(it.cls, it.values), topics, (it.values,))
    for edge in session.read(WORKS_IN, of):
        yield edge.subject, _doing(edge)
    for edge in session.read(ENGAGEMENTS_ATTENDED_BY, of):
        if edge.values.get("status") not in _NOT_HELD and edge.properties.get("attended") is not False:
            yield edge.subject, _doing(edge)
    whose = {body.id: body.subject for body in session.read(BODIES_OF_GOVERNMENT, of)} | {id_: id_ for id_ in parties}
    for promise in promises(session, day=day, of=whose):
        values = promise.entity.values
        for party in {whose[maker.id] for maker in promise.makers if maker.id in whose}:
            topics = frozenset(values.get("topics") or ())
            yield party, Doing(promise.entity.subject, _day_of("Commitment", values), topics, (values,))


def _doing(edge: FullEdgeRow) -> Doing:
    topics = frozenset(edge.values.get("topics") or ())
    return Doing(edge.other, _day_of(edge.cls, edge.values), topics, (edge.values, edge.properties))


def answered(request: Request[AnsweredParams]) -> Result[AnsweredRow]:
    """List recommendations with what answers them: first those with a stated answer, then those with something in time.

    An answer is stated where a source says so. What is only in time was done by the party, or in its country, on a
    shared topic, after the recommendation was made known; a law or plan on a topic counts for the topics below it.

    Raises:
        UsageError: Neither the party nor an issuer is given.
    """
    party, issuers, params = request.maybe("party"), request.subjects.get("issuer", ()), request.params
    if not party and not issuers:
        raise UsageError("answered needs party, to whom recommendations are addressed, or issuer, who made them")
    given = params.model_dump(exclude={"state", "as_of"}, exclude_none=True)
    asked = {name: str(value) if isinstance(value, int) else value for name, value in given.items()}
    known = Rows.of(_rows(request, request.ask("recommendations", **asked).rows))
    shown = Rows.of(known.where(state=params.state).sourced, lambda row: _ORDER.index(row.state))
    return Result.of(_clauses(party, issuers, known), shown, _caveats(shown))


def _rows(
    request: Request[AnsweredParams], known: Sequence[SourcedRow[RecommendationRow]]
) -> list[SourcedRow[AnsweredRow]]:
    """Return recommendations with their answers, in their order."""
    session, day = request.session, request.day
    of = OfIds(ids=tuple(dict.fromkeys(one.row.recommendation for one in known)))
    answers = grouped(session.read(ANSWERS_TO, of))
    addressed = {(edge.subject, edge.id): edge for edge in session.read(ADDRESSEES_OF, of)}
    doings = _doings_of(session, list(dict.fromkeys(one.row.id for one in known)), day=day)
    ours = ours_among(session, [one.row.issuer for one in known if one.row.issuer])
    rows = []
    for one in known:
        to = addressed.get((one.row.recommendation, one.row.id))
        stated = [answer for answer in by_name(answers.get(one.row.recommendation, ())) if _had_come(answer, day)]
        rows.append(_row(one, to, stated, doings[one.row.id], is_ours=one.row.issuer in ours, day=day))
    return rows


def _had_come(answer: FullEdgeRow, day: str) -> bool:
    """True if an answer may have been known by a day; a work or a meeting may be one while it is planned."""
    on = None if answer.cls in _PLANNED else _day_of(answer.cls, answer.values)
    return answer.held(day) != "no" and passed(on, on=day) != "no"


def _row(
    known: SourcedRow[RecommendationRow],
    addressed: EdgeRow | None,
    stated: Sequence[FullEdgeRow],
    doings: Sequence[Doing],
    *,
    is_ours: bool,
    day: str,
) -> SourcedRow[AnsweredRow]:
    row = known.row
    sighted = min((addressed.properties.get("attested_on") or ()) if addressed else (), default=None)
    asked_on = row.published_on or sighted or (str(row.year) if row.year else None)
    answering = {answer.id for answer in stated}
    subjects = {*row.topics, *filter(None, [row.pillar])}
    later = [of for of in doings if of.what.id not in answering and of.follows(asked_on or "", subjects, day=day)]
    has_said = row.issuer_verdict and passed(row.issuer_verdict_on, on=day) != "no"
    own = (row.our_verdict, row.our_verdict_on) if is_ours else (None, None)
    issuer_says, issuer_says_on = (row.issuer_verdict, row.issuer_verdict_on) if has_said else own
    made = sourced(
        AnsweredRow,
        *(source for doing in later[:_SHOWN] for source in doing.sources),
        *(source for answer in stated for source in (answer.properties, answer.values)),
        conflicts=tuple(sorted({*row.conflicts, *conflicts(*(answer.properties for answer in stated))})),
        **row.model_dump(exclude={"evidence", "confidence", "conflicts", "held", "asked_on"}),
        held=row.held,
        state=_ORDER[0] if stated else _ORDER[1] if later else _ORDER[2],
        asked_on=asked_on,
        answers=tuple(_of_edge(answer, day) for answer in stated),
        in_time=tuple(_told(doing.what, doing.on) for doing in later[:_SHOWN]),
        in_time_count=len(later),
        issuer_says=issuer_says,
        issuer_says_on=issuer_says_on,
        differ=bool(row.their_verdict and issuer_says) and row.their_verdict != issuer_says,
    )
    return SourcedRow(made.row, tuple(dict.fromkeys((*known.refs, *made.refs))), dated_by=known.dated_by)


def _of_edge(answer: FullEdgeRow, day: str) -> str:
    became = standing(answer.values, day=day) if answer.cls == "Commitment" else None
    return _told(answer.other, _day_of(answer.cls, answer.values), became)


def _told(what: Subject, on: str, became: str | None = None) -> str:
    return worded(
        __package__, "answered", "row-answer", {"kind": what.cls, "name": what.name, "on": on, "became": became}
    )


def _clauses(party: Subject | None, issuers: Sequence[Subject], rows: Rows[AnsweredRow]) -> Iterator[SourcedClause]:
    """Say how many are answered; then by what, what each side says of them, and whose have no answer."""
    by_state = {state: rows.where(state=state) for state in _ORDER}
    counts = {state.replace(" ", "_"): len(of) for state, of in by_state.items()}
    issued_by = [issuer.name for issuer in issuers]
    about: dict[str, Any] = {"party": party and party.name, "issuers": issued_by, "number": len(rows)}
    yield clause("headline", **about, **counts)
    stated, in_time, none = by_state.values()
    yield stated.clause("stated", answers=list(dict.fromkeys(name for row in stated for name in row.answers)))
    for id_, column_ in {"theirs": "their_verdict", "issuer": "issuer_says"}.items():
        said = rows.keeping(attrgetter(column_))
        yield said.clause(id_, verdicts=said.counts(column_), **about)
    differing = rows.where(differ=True)
    yield differing.clause("differ", number=len(differing))
    yield in_time.clause("in-time", names=list(dict.fromkeys(name for row in in_time for name in row.in_time)))
    if stated or in_time:
        yield none.clause("without", by_issuer=none.counts("issuer_name"))


def _caveats(rows: Rows[AnsweredRow]) -> Iterator[UnwordedCaveat]:
    yield rows.doubt("derived", "only-in-time", lambda row: row.in_time)
    yield rows.doubt("unknown", "none-entered", lambda row: row.state != "answered")
    yield rows.doubt("unknown", "not-dated", lambda row: row.asked_on is None)
    yield rows.doubt("derived", "own-sorting", lambda row: row.pillar_is_ours)


ANSWERED = Question.of(
    answered,
    title="What was done upon the recommendations to this party, and what has no answer?",
    names={"party": ("Party",), "issuer": ("Party",)},
    example={"party": "Cyprus"},
    any_of=("party", "issuer"),
    columns=(
        *("state", "wording", "answers", "their_verdict", "issuer_says", "issuer_name", "year", "in_time"),
        *("held", "confidence", "evidence"),
    ),
    maturity="trial",
)
