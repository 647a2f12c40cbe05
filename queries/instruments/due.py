"""What falls due in a period: duties by law, of awards and of bodies, promises, replies to reviews, dialogues."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from graph.domain.values import LAST_DAY, first_day, last_day
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.days import passed
from queries.core.periods import days_after, period
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import conflicts, refs
from queries.core.recurrence import occurrences
from queries.core.scope import scope_of
from queries.core.wording import counted, listed
from queries.instruments.duties import Duty, DutyKind, duties
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
    legal_basis: str | None = Field(default=None, description="Law or decision that sets it.")
    recurrence: str | None = Field(default=None, description="How it comes back, as its source states.")
    status: str | None = Field(default=None, description="Status of a promise, as evidence shows.")
    is_overdue: bool = Field(default=False, description="Whether the day passed and nothing says that it was done.")


def due(request: Request[DueParams]) -> Result:
    """List what falls due in a period, earliest first; what has no fixed day comes last, and is *unknown*.

    Raises:
        UsageError: The period is no period.
    """
    since, until = period(request.params.since, request.params.until, today=request.day, days=_DAYS_AHEAD)
    back = since if request.params.since else days_after(since, -_DAYS_BEHIND)
    whose, today = _whose(request), request.day
    asked = [duty for duty in _everything(request, since, until, whose) if _asked(request, duty, whose)]
    rows = [(day, duty) for duty in asked for day in _days_of(duty, since=since, until=until, back=back, today=today)]
    rows.sort(key=lambda row: (first_day(row[0]) if row[0] else LAST_DAY, row[1].entity.name, row[1].entity.id))
    return Result(
        sentence=_sentence(rows, since, until, request),
        rows=tuple(_draft(day, duty, request.day) for day, duty in rows),
        caveats=(*_caveats(rows, request.day), *(_older(asked, back) if request.params.since is None else ())),
    )


def _everything(request: Request[DueParams], since: str, until: str, whose: frozenset[str] | None) -> list[Duty]:
    """Return what is stated to be due, and what is worked out for the period; known by the day."""
    session = request.session
    held = duties(session, of=whose)
    stated = [duty for duty in held if passed(duty.said.get("said_on"), on=request.day) != "no"]
    reports = final_reports(session, since=since, until=until, of=whose)
    return [*stated, *reports, *dialogues(session, day=request.day, of=whose)]


def _whose(request: Request[DueParams]) -> frozenset[str] | None:
    """Return the party with its offices, posts and who holds them; of a person, the posts held; None is everybody."""
    party = request.maybe("party")
    if party is None:
        return None
    scope = scope_of(request.session, party, day=request.day)
    return frozenset((party.id, *scope.holders) if party.cls == "Person" else scope.ids)


def _asked(request: Request[DueParams], duty: Duty, whose: frozenset[str] | None) -> bool:
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
        days = occurrences(duty.recurrence, start=duty.due_on, since=since, until=until)
        yield from (None,) if days is None else days
        return
    day = duty.due_on
    if day is None:
        yield from () if duty.is_closed(today) else (None,)
    elif first_day(day) <= until:
        is_open = back < since and not duty.is_closed(today) and (duty.is_promise or last_day(day) >= back)
        if last_day(day) >= since or is_open:
            yield day


def _is_overdue(day: str | None, duty: Duty, today: str) -> bool:
    return bool(day and last_day(day) < today) and not duty.is_closed(today) and duty.is_promise


def _draft(day: str | None, duty: Duty, today: str) -> SourcedRow:
    said = duty.said
    first, owed = next(iter(duty.owners), None), next(iter(duty.owed_to), None)
    row = DueRow(
        held="yes" if day and not duty.reason and not _is_unrecorded(day, duty, today) else "unknown",
        conflicts=conflicts(said),
        due_on=day,
        what=duty.entity.id,
        what_name=duty.entity.name,
        what_class=duty.entity.cls,
        owner=first.id if first else None,
        owner_name=_names(duty.owners),
        iso3=first.iso3 if first else None,
        owed_to=owed.id if owed else None,
        owed_to_name=_names(duty.owed_to),
        kind=duty.kind,
        reason=duty.reason,
        legal_basis=said.get("legal_basis"),
        recurrence=duty.recurrence,
        status=said.get("status"),
        is_overdue=_is_overdue(day, duty, today),
    )
    return SourcedRow(row, refs(said))


def _names(subjects: Sequence[Subject]) -> str | None:
    return "; ".join(subject.name for subject in subjects) or None


def _is_unrecorded(day: str, duty: Duty, today: str) -> bool:
    """Say whether the day of a duty passed, of which nothing tells whether it was done."""
    return last_day(day) < today and not duty.is_promise


def _sentence(rows: Sequence[tuple[str | None, Duty]], since: str, until: str, request: Request[DueParams]) -> str:
    party = request.maybe("party")
    of = f" of {party.name}" if party else ""
    ahead = [f"{duty.entity.name} ({day})" for day, duty in rows if day and last_day(day) >= since]
    done = sum(bool(day and last_day(day) >= since) and duty.is_closed(request.day) for day, duty in rows)
    behind = [(day, duty) for day, duty in rows if day and last_day(day) < since]
    late = [f"{duty.entity.name} ({day})" for day, duty in behind if duty.is_promise]
    unrecorded = len(behind) - len(late)
    loose = sum(day is None for day, _ in rows)
    if ahead:
        number = counted(len(ahead), "thing")
        sentence = f"{number}{of} {'falls' if len(ahead) == 1 else 'fall'} due from {since} to {until}"
        sentence += f", {done} of {'it' if len(ahead) == 1 else 'them'} done or dropped" if done else ""
        sentence += f": {listed(ahead, most=_NAMED)}"
    else:
        sentence = f"nothing{of} is held as due from {since} to {until}"
    sentence += f"; {len(late)} overdue: {listed(late, most=_NAMED)}" if late else ""
    passed_by = "with a day in the year before, of which nothing tells whether it was done"
    sentence += f"; {unrecorded} more {passed_by}" if unrecorded else ""
    return sentence + (f"; {loose} more without a fixed day" if loose else "")


def _caveats(rows: Sequence[tuple[str | None, Duty]], today: str) -> tuple[Caveat, ...]:
    doubts = []
    if loose := [duty for day, duty in rows if day is None]:
        how = listed([_without_day(duty) for duty in loose], most=_NAMED)
        doubts.append(Caveat(kind="unknown", text=f"Due on no fixed day, so perhaps in this period: {how}."))
    past = {duty.entity.id for day, duty in rows if day and _is_unrecorded(day, duty, today)}
    if past:
        were = "was" if len(past) == 1 else "were"
        text = f"Whether {counted(len(past), 'duty', 'duties')} of past days {were} fulfilled is not recorded here."
        doubts.append(Caveat(kind="unknown", text=text))
    if worked_out := [f"{duty.entity.name}: {duty.reason}" for day, duty in rows if day and duty.reason]:
        doubts.append(Caveat(kind="derived", text=f"Worked out here, not stated: {listed(worked_out)}."))
    return tuple(doubts)


def _without_day(duty: Duty) -> str:
    return f"{duty.entity.name}: {duty.recurrence or duty.reason or 'no day is held'}"


def _older(asked: Sequence[Duty], back: str) -> Iterator[Caveat]:
    """Name duties whose day passed long ago: nothing tells whether they were done, and nobody looks for them weekly."""
    old = [
        f"{duty.entity.name} ({duty.due_on})"
        for duty in asked
        if duty.due_on and last_day(duty.due_on) < back and not (duty.recurrence or duty.is_promise or duty.reason)
    ]
    if old:
        text = f"Left out: their day passed over a year before; whether they were done is not held: {listed(old)}."
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
