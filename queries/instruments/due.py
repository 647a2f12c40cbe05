"""What falls due in a period: duties by law, of awards and of bodies, promises, replies to reviews, dialogues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import Field

from graph.domain.instruments import Obligation
from graph.domain.values import LAST_DAY, first_day, last_day
from graph.domain.work import Commitment
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import copied, of
from queries.core.days import passed
from queries.core.duties import Duty, DutyKind, duties
from queries.core.periods import days_after, period
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import conflicts, refs
from queries.core.scope import scope_of
from queries.core.wording import counted, listed
from queries.instruments.duties_worked_out import dialogues, final_reports

# The weekly review and the handover look at the next 90 days.
_DAYS_AHEAD = 90
# Of a duty whose day passed, nothing may be recorded: one of the last year is shown, older ones are named.
_DAYS_BEHIND = 365
# As many names as can be read aloud; the others are rows.
_NAMED = 3


class DueParams(Params):
    """What `due` is asked with."""

    party: str | None = Field(
        default=None, description="Only what this party owes, or is owed.", examples=["TIP Office"]
    )
    topic: str | None = Field(default=None, description="Only on this topic.", examples=["THB"])
    kind: DutyKind | None = Field(
        default=None,
        description="Only this kind: statutory, multilateral, award, promise by us, promise to us, dialogue …",
        examples=["statutory"],
    )
    since: str | None = Field(
        default=None,
        description="First day of the period; if left out, the day asked for, with promises overdue by then.",
        examples=["2026"],
    )
    until: str | None = Field(
        default=None, description="Last day of the period; 90 days after its first if left out.", examples=["2027"]
    )


class DueRow(AnswerRow):
    """One thing that falls due on one day; a duty that comes back has a row for each day in the period."""

    due_on: str | None = Field(default=None, description="Day it is due, possibly partial; null is not fixed.")
    what: str = Field(description="Id of what is due.")
    what_name: str = Field(description="What is due.")
    what_class: str = Field(
        description="Class of what is due: Obligation, Commitment, Review; Award for its final reports."
    )
    kind: DutyKind = Field(description="What sort of duty: by law, of a body, of an award, a promise, a dialogue …")
    reason: str | None = Field(default=None, description="Why it is due then, where that is worked out here.")
    owner: str | None = Field(default=None, description="Id of who must do it.")
    owner_name: str | None = Field(default=None, description="Who must do it; several are joined.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code of a government that must do it.")
    owed_to: str | None = Field(default=None, description="Id of the first to whom it is owed.")
    owed_to_name: str | None = Field(default=None, description="To whom it is owed; several are joined.")
    legal_basis: str | None = of(Obligation, "legal_basis")
    recurrence: str | None = of(Obligation, "recurrence")
    status: str | None = of(Commitment, "status")
    is_overdue: bool = Field(default=False, description="Whether the day passed and nothing says that it was done.")


@dataclass(frozen=True)
class DueDay:
    """A duty and one day on which it is due; None is no fixed day."""

    duty: Duty
    on: str | None
    today: str

    @property
    def is_past(self) -> bool:
        """Whether its day had passed."""
        return bool(self.on and last_day(self.on) < self.today)

    @property
    def is_overdue(self) -> bool:
        """Whether it is a promise whose day passed, and nothing says that it was kept or dropped."""
        return self.is_past and self.duty.is_promise and not self.duty.is_closed(self.today)

    @property
    def is_unrecorded(self) -> bool:
        """Whether its day passed and nothing tells whether it was done: of a promise a status does."""
        return self.is_past and not self.duty.is_promise


def due(request: Request[DueParams]) -> Result[DueRow]:
    """List what falls due in a period, earliest first; what has no fixed day comes last, and is *unknown*.

    Raises:
        UsageError: The period is no period.
    """
    since, until = period(request.params.since, request.params.until, today=request.day, days=_DAYS_AHEAD)
    back = since if request.params.since else days_after(since, -_DAYS_BEHIND)
    whose, today = _whose(request), request.day
    asked = [duty for duty in _everything(request, since, until, whose) if _is_asked(request, duty, whose)]
    found = [
        DueDay(duty, day, today)
        for duty in asked
        for day in _days_of(duty, since=since, until=until, back=back, today=today)
    ]
    found.sort(key=lambda due: (first_day(due.on) if due.on else LAST_DAY, due.duty.entity.name, due.duty.entity.id))
    return Result(
        clauses=tuple(_clauses(found, since, until, request.maybe("party"))),
        rows=tuple(_row(due) for due in found),
        caveats=(*_caveats(found), *(_older(asked, back) if request.params.since is None else ())),
    )


def _everything(request: Request[DueParams], since: str, until: str, whose: frozenset[str] | None) -> list[Duty]:
    """Return what is stated to be due, and what is worked out for the period; known by the day."""
    session = request.session
    stated = [duty for duty in duties(session, of=whose) if passed(duty.said.get("said_on"), on=request.day) != "no"]
    reports = final_reports(session, since=since, until=until, of=whose)
    return [*stated, *reports, *dialogues(session, day=request.day, of=whose)]


def _whose(request: Request[DueParams]) -> frozenset[str] | None:
    """Return the party with its offices, posts and who holds them; of a person, the posts held; None is everybody."""
    party = request.maybe("party")
    if party is None:
        return None
    scope = scope_of(request.session, party, day=request.day)
    return frozenset((party.id, *scope.holders) if party.cls == "Person" else scope.ids)


def _is_asked(request: Request[DueParams], duty: Duty, whose: frozenset[str] | None) -> bool:
    concerned = whose is None or any(one.id in whose for one in (*duty.owners, *duty.owed_to))
    on_topic = request.topic is None or request.topic in (duty.said.get("topics") or ())
    return concerned and on_topic and request.params.kind in (None, duty.kind)


def _days_of(duty: Duty, *, since: str, until: str, back: str, today: str) -> Iterator[str | None]:
    """Yield the days in the period; None for a duty or an open promise that has no fixed day.

    Args:
        duty: The duty.
        since: First full day of the period.
        until: Last full day of the period.
        today: Full day that is answered for.
        back: Full day back to which what is not known to be done is looked for; promises that are open, ever.
    """
    if duty.recurrence:
        days = duty.days(since=since, until=until)
        yield from (None,) if days is None else days
        return
    day = duty.due_on
    if day is None:
        yield from () if duty.is_closed(today) else (None,)
    elif first_day(day) <= until:
        is_open = back < since and not duty.is_closed(today) and (duty.is_promise or last_day(day) >= back)
        if last_day(day) >= since or is_open:
            yield day


def _row(due: DueDay) -> SourcedRow[DueRow]:
    duty, said = due.duty, due.duty.said
    owner, owed = next(iter(duty.owners), None), next(iter(duty.owed_to), None)
    row = DueRow(
        held="yes" if due.on and not duty.reason and not due.is_unrecorded else "unknown",
        conflicts=conflicts(said),
        due_on=due.on,
        what=duty.entity.id,
        what_name=duty.entity.name,
        what_class=duty.entity.cls,
        kind=duty.kind,
        reason=duty.reason,
        owner=owner.id if owner else None,
        owner_name="; ".join(one.name for one in duty.owners) or None,
        iso3=owner.iso3 if owner else None,
        owed_to=owed.id if owed else None,
        owed_to_name="; ".join(one.name for one in duty.owed_to) or None,
        is_overdue=due.is_overdue,
        **copied(DueRow, said, day=due.today),
    )
    return SourcedRow(row, refs(said))


def _clauses(found: Sequence[DueDay], since: str, until: str, party: Subject | None) -> Iterator[SourcedClause]:
    """Say how much falls due and what comes first, then what is overdue, without a record, without a day."""
    ahead = [due for due in found if due.on and last_day(due.on) >= since]
    behind = [due for due in found if due.on and last_day(due.on) < since]
    late = [due for due in behind if due.duty.is_promise]
    done = sum(due.duty.is_closed(due.today) for due in ahead)
    whose = party.name if party else ""
    yield clause("headline", party=whose, since=since, until=until, number=len(ahead), done=done)
    if ahead:
        yield clause("first", things=_dated(ahead))
    if late:
        yield clause("overdue", things=_dated(late))
    if unrecorded := len(behind) - len(late):
        yield clause("unrecorded", number=unrecorded)
    if loose := sum(due.on is None for due in found):
        yield clause("without-day", number=loose)


def _dated(found: Sequence[DueDay]) -> list[dict[str, str | None]]:
    return [{"name": due.duty.entity.name, "on": due.on} for due in found]


def _caveats(found: Sequence[DueDay]) -> Iterator[Caveat]:
    loose = {number: due.duty for number, due in enumerate(found, start=1) if due.on is None}
    past = {number: due.duty for number, due in enumerate(found, start=1) if due.is_unrecorded}
    derived = {number: due.duty for number, due in enumerate(found, start=1) if due.on and due.duty.reason}
    if loose:
        how = [f"{duty.entity.name}: {duty.recurrence or duty.reason or 'no day stated'}" for duty in loose.values()]
        text = f"Due on no fixed day, so perhaps in this period: {listed(how, most=_NAMED)}."
        yield Caveat(kind="unknown", text=text, clause="without-day", rows=tuple(loose))
    if number := len({duty.entity.id for duty in past.values()}):
        text = f"Whether {counted(number, 'duty', 'duties')} of past days {'was' if number == 1 else 'were'} fulfilled"
        yield Caveat(kind="unknown", text=f"{text} is not on record.", rows=tuple(past))
    if derived:
        how = [f"{duty.entity.name}: {duty.reason}" for duty in derived.values()]
        text = f"Worked out here, not stated: {listed(how)}."
        yield Caveat(kind="derived", text=text, rows=tuple(derived))


def _older(asked: Sequence[Duty], back: str) -> Iterator[Caveat]:
    """Name duties whose day passed long ago: nothing tells whether they were done, and nobody looks for them weekly."""
    old = [
        f"{duty.entity.name} ({duty.due_on})"
        for duty in asked
        if duty.due_on and last_day(duty.due_on) < back and not (duty.recurrence or duty.is_promise or duty.reason)
    ]
    if old:
        text = f"Left out: their day passed over a year before; whether they were done is not on record: {listed(old)}."
        yield Caveat(kind="unknown", text=text)


DUE = Question(
    name="due",
    title="What falls due in this period, and who must do it?",
    params=DueParams,
    row=DueRow,
    function=due,
    names={"party": ("Party",)},
    example={"since": "2026-01", "until": "2026-12"},
    columns=("due_on", "kind", "what_name", "owner_name", "legal_basis", "status", "is_overdue", "held", "evidence"),
)
