"""What falls due in a period: duties that come back by law, promises, replies to reviews."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pydantic import Field

from graph.domain.values import LAST_DAY, first_day, last_day
from queries.answer import AnswerRow, Caveat, Subject
from queries.days import first_of, the_day
from queries.instruments.duties import Duty, duties
from queries.instruments.recurrence import occurrences
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import conflicts, refs
from queries.wording import counted, listed

# The weekly review and the handover look at the next 90 days.
_DAYS_AHEAD = 90
_CLOSED = ("fulfilled", "done", "delivered", "dropped", "withdrawn", "closed", "met")


class DueAsked(Asked):
    """What `due` is asked with."""

    party: str | None = Field(
        default=None, description="Only what this party owes, or is owed.", examples=["TIP Office"]
    )
    topic: str | None = Field(default=None, description="Only on this topic.", examples=["THB"])
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
    what_class: str = Field(description="Class of what is due: Obligation, Commitment or Review.")
    owner: str | None = Field(default=None, description="Id of who must do it.")
    owner_name: str | None = Field(default=None, description="Who must do it; several are joined.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code of a government that must do it.")
    owed_to: str | None = Field(default=None, description="Id of the first to whom it is owed.")
    owed_to_name: str | None = Field(default=None, description="To whom it is owed; several are joined.")
    legal_basis: str | None = Field(default=None, description="Law or decision that sets it.")
    recurrence: str | None = Field(default=None, description="How it comes back, as its source states.")
    status: str | None = Field(default=None, description="Status of a promise, as evidence shows.")
    is_overdue: bool = Field(default=False, description="Whether the day passed and nothing says that it was done.")


def due(posed: Posed[DueAsked]) -> Found:
    """List what falls due in a period, earliest first; what has no fixed day comes last, and is *unknown*.

    Raises:
        UsageError: The period is no period.
    """
    since = first_of(posed.given.since, parameter="since") if posed.given.since else posed.day
    until = the_day(posed.given.until, today=_ahead(since), parameter="until")
    rows = [
        (day, duty)
        for duty in duties(posed.asking)
        if _asked(posed, duty)
        for day in _days_of(duty, since=since, until=until, with_overdue=posed.given.since is None)
    ]
    rows.sort(key=lambda row: (first_day(row[0]) if row[0] else LAST_DAY, row[1].entity.name, row[1].entity.id))
    return Found(
        sentence=_sentence(rows, since, until, posed.maybe("party")),
        drafts=tuple(_draft(day, duty, posed.day) for day, duty in rows),
        caveats=_caveats(rows, posed.day),
    )


def _ahead(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=_DAYS_AHEAD)).isoformat()


def _asked(posed: Posed[DueAsked], duty: Duty) -> bool:
    party = posed.maybe("party")
    concerned = party is None or party.id in {one.id for one in (*duty.owners, *duty.owed_to)}
    return concerned and (posed.topic is None or posed.topic in (duty.said.get("topics") or ()))


def _days_of(duty: Duty, *, since: str, until: str, with_overdue: bool) -> Iterator[str | None]:
    """Yield the days in the period; None for a duty that comes back on no fixed day."""
    if duty.recurrence:
        days = occurrences(duty.recurrence, start=duty.due_on, since=since, until=until)
        yield from (None,) if days is None else days
        return
    day = duty.due_on
    if day and first_day(day) <= until and (last_day(day) >= since or (with_overdue and not _is_closed(duty))):
        yield day


def _is_closed(duty: Duty) -> bool:
    return any(word in str(duty.said.get("status") or "").casefold().split() for word in _CLOSED)


def _is_overdue(day: str | None, duty: Duty, today: str) -> bool:
    return bool(day and last_day(day) < today) and not _is_closed(duty) and duty.entity.cls == "Commitment"


def _draft(day: str | None, duty: Duty, today: str) -> Draft:
    said = duty.said
    first, owed = next(iter(duty.owners), None), next(iter(duty.owed_to), None)
    row = DueRow(
        held="yes" if day else "unknown",
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
        legal_basis=said.get("legal_basis"),
        recurrence=duty.recurrence,
        status=said.get("status"),
        is_overdue=_is_overdue(day, duty, today),
    )
    return Draft(row, refs(said))


def _names(subjects: Sequence[Subject]) -> str | None:
    return "; ".join(subject.name for subject in subjects) or None


def _sentence(rows: Sequence[tuple[str | None, Duty]], since: str, until: str, party: Subject | None) -> str:
    of = f" of {party.name}" if party else ""
    dated = [(day, duty) for day, duty in rows if day]
    loose = len(rows) - len(dated)
    if not dated:
        sentence = f"nothing{of} is held as due from {since} to {until}"
    else:
        first = listed([f"{duty.entity.name} ({day})" for day, duty in dated], most=5)
        number = counted(len(dated), "thing")
        sentence = f"{number}{of} {'falls' if len(dated) == 1 else 'fall'} due from {since} to {until}: {first}"
    return sentence + (f"; {loose} more without a fixed day" if loose else "")


def _caveats(rows: Sequence[tuple[str | None, Duty]], today: str) -> tuple[Caveat, ...]:
    doubts = []
    if loose := [duty for day, duty in rows if day is None]:
        how = listed([f"{duty.entity.name}: {duty.recurrence}" for duty in loose], most=8)
        doubts.append(Caveat(kind="unknown", text=f"Due on no fixed day, so perhaps in this period: {how}."))
    past = {duty.entity.id for day, duty in rows if day and last_day(day) < today and duty.entity.cls != "Commitment"}
    if past:
        text = f"Whether {counted(len(past), 'duty', 'duties')} of past days was fulfilled is not recorded here."
        doubts.append(Caveat(kind="unknown", text=text))
    return tuple(doubts)


DUE = Question(
    name="due",
    title="What falls due in this period, and who must do it?",
    params=DueAsked,
    row=DueRow,
    function=due,
    names={"party": ("Party",)},
    example={"since": "2026-01", "until": "2026-12"},
    columns=("due_on", "what_name", "owner_name", "legal_basis", "status", "is_overdue", "held", "evidence"),
)
