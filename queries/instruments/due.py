"""What falls due in a period: duties by law, of awards and of bodies, promises, replies to reviews, dialogues."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

from iga.graph.domain.instruments import Obligation
from iga.graph.domain.values import LAST_DAY, first_day, last_day
from iga.graph.domain.work import Commitment
from iga.queries.core.agenda import DAYS_AHEAD, Duty, DutyKind, duties, is_ahead
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, joined, needed, of, option, sourced
from iga.queries.core.compiled import Everything
from iga.queries.core.days import is_over, passed
from iga.queries.core.home import is_home
from iga.queries.core.periods import days_after, period, years_after
from iga.queries.core.promises import standing, status_by, was_made
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, OfIds, by_name, grouped
from iga.queries.core.reads import EDGES_IN, EDGES_OUT, PARTIES_TO, OfType
from iga.queries.core.rows import Rows
from iga.queries.core.scope import scope_of
from iga.queries.core.session import Session
from iga.queries.instruments.compact_progress import dialogues_of
from iga.queries.instruments.endings import DAYS_FOR_REPORTS, awards_between, end_after, starts
from iga.queries.instruments.reads import COMPACTS

# Of a duty whose day passed, nothing may be recorded: one of the last year is shown, older ones are named.
_DAYS_BEHIND = 365
# Where nothing falls due in the period, what is next is looked for so far on; five years is longer than a review takes.
_DAYS_LOOKED_ON = 1_826
_BASIS = "2 CFR 200.344(a)"
# Funders and recipients of all awards that end in some months.
_MOST = 20_000


class DueParams(Params):
    """What `due` is asked with."""

    party: str | None = option("Only what this party owes, or is owed.", "TIP Office")
    topic: str | None = option("Only on this topic.", "THB")
    kind: DutyKind | None = option(
        "Only this kind: statutory, multilateral, award, promise by us, promise to us, dialogue …", "statutory"
    )
    since: str | None = option(
        "First day of the period; if left out, the day asked for, with promises overdue by then.", "2026"
    )
    until: str | None = option("Last day of the period; 90 days after its first if left out.", "2027")


class DueRow(AnswerRow):
    """One thing that falls due on one day; a duty that comes back has a row for each day in the period."""

    due_on: str | None = column("Day it is due, possibly partial; null is not fixed.")
    what: str = needed("Id of what is due.")
    what_name: str = needed("What is due.")
    what_class: str = needed("Class of it: Obligation, Commitment, Review; Award for its final reports.")
    kind: DutyKind = needed("What sort of duty: by law, of a body, of an award, a promise, a dialogue …")
    reason: str | None = column("Why it is due then, where that is worked out here.")
    owner: str | None = column("Id of who must do it.")
    owner_name: str | None = column("Who must do it; several are joined.")
    iso3: str | None = column("ISO 3166 alpha-3 code of a government that must do it.")
    owed_to: str | None = column("Id of the first to whom it is owed.")
    owed_to_name: str | None = column("To whom it is owed; several are joined.")
    legal_basis: str | None = of(Obligation, "legal_basis")
    recurrence: str | None = of(Obligation, "recurrence")
    status: str | None = of(Commitment, "status")
    is_overdue: bool = column("Whether the day passed and nothing says that it was done.", False)


def final_reports(session: Session, *, since: str, until: str, of: Collection[str] | None = None) -> Iterator[Duty]:
    """Yield the final reports that fall due in a period of awards of ours, of those to or by some parties or of all."""
    awards = awards_between(session, since=days_after(since, -DAYS_FOR_REPORTS), until=until, of=of)
    ids = tuple(award.id for award in awards)
    funders = grouped(session.read(EDGES_IN, OfType(ids=ids, type="FUNDED", limit=_MOST)))
    to = grouped(session.read(EDGES_OUT, OfType(ids=ids, type="AWARDED_TO", limit=_MOST)))
    for award in awards:
        payers = [edge for edge in by_name(funders.get(award.id, ())) if is_home(session, edge.id, edge.values)]
        if payers:
            end = award.values["period_end"]
            why = {"days": DAYS_FOR_REPORTS, "end": end, "basis": _BASIS}
            yield Duty(
                award,
                "award",
                tuple(edge.other for edge in by_name(to.get(award.id, ()))),
                tuple(edge.other for edge in payers),
                days_after(last_day(end), DAYS_FOR_REPORTS),
                worded(__package__, "due", "row-final-reports", why),
                why,
            )


def dialogues(session: Session, *, day: str, of: Collection[str] | None = None) -> Iterator[Duty]:
    """Yield the next dialogue of each compact, of some parties or of all, that applies on a day.

    It is due as planned, else a year after the last: a dialogue with the partner each year is the main way a compact is
    watched over (GAO-23-105390).
    """
    compacts = [compact for compact in session.read(COMPACTS, Everything()) if _applies(compact, day)]
    parties = grouped(session.read(PARTIES_TO, OfIds(ids=tuple(compact.id for compact in compacts))))
    for compact in compacts:
        signed_by = by_name(parties.get(compact.id, ()))
        with_whom = tuple(edge.other for edge in signed_by if edge.id != session.home.government)
        if of is not None and not any(one.id in of for one in with_whom):
            continue
        meetings = dialogues_of(session, compact.subject)
        ahead = [edge for edge in meetings if is_ahead(edge, since=day, until=LAST_DAY)]
        if ahead:
            meeting = Entity(id=ahead[0].id, cls=ahead[0].cls, name=ahead[0].name, values=ahead[0].values)
            yield Duty(meeting, "dialogue", with_whom, (), ahead[0].values["period_start"])
            continue
        held = [on for edge in meetings if (on := edge.values.get("period_start")) and passed(on, on=day) == "yes"]
        yield from _a_year_after(compact, with_whom, held[-1] if held else None, day)


def _a_year_after(compact: Entity, with_whom: tuple[Subject, ...], last: str | None, day: str) -> Iterator[Duty]:
    """Yield the dialogue due a year after the last, or after the start; without a day where that has passed."""
    start = last or starts(compact.values)
    if start is None:
        return
    on = years_after(start[:7], 1)
    is_past = is_over(on, on=day)
    why = {"last": last, "start": start, "is_past": is_past}
    reason = worded(__package__, "due", "row-dialogue", why)
    yield Duty(compact, "dialogue", with_whom, (), None if is_past else on, reason, why)


def _applies(compact: Entity, day: str) -> bool:
    """True if a compact is known to apply: begun, and with an end, stated or by its length, that lies ahead."""
    start = starts(compact.values)
    end = compact.values.get("period_end") or end_after(start, compact.values.get("duration"))
    return passed(start, on=day) == "yes" and bool(end) and last_day(str(end)) >= day


@dataclass(frozen=True)
class DueDay:
    """A duty and one day on which it is due; None is no fixed day."""

    duty: Duty
    on: str | None
    today: str

    @property
    def is_past(self) -> bool:
        """Whether its day had passed."""
        return is_over(self.on, on=self.today)

    @property
    def is_overdue(self) -> bool:
        """Whether it is a promise whose day passed, and nothing says that it was kept or dropped."""
        return self.duty.is_promise and standing(self.duty.said, day=self.today) == "overdue"

    @property
    def is_unrecorded(self) -> bool:
        """Whether its day passed and nothing tells whether it was done: of a promise a status does."""
        return self.is_past and not self.duty.is_promise


def due(request: Request[DueParams]) -> Result[DueRow]:
    """List what falls due in a period, earliest first; what has no fixed day comes last, and is *unknown*.

    Raises:
        UsageError: The period is no period.
    """
    params, today = request.params, request.day
    since, until = period(params.since, params.until, today=today, days=DAYS_AHEAD)
    back = since if params.since else days_after(since, -_DAYS_BEHIND)
    asked = _asked(request, since, until)
    days = [DueDay(duty, on, today) for duty in asked for on in _days_of(duty, since, until, back=back, today=today)]
    days.sort(key=lambda day: (last_day(day.on) if day.on else LAST_DAY, day.duty.entity.name, day.duty.entity.id))
    later = None if any(day.on for day in days) else _next_after(request, until)
    caveats = (*_caveats(days), *(_older(asked, back) if params.since is None else ()))
    return Result.of(_clauses(request, days, since, until, later), Rows.of(map(_row, days)), caveats)


def _asked(request: Request[DueParams], since: str, until: str) -> list[Duty]:
    """Return what is stated to be due, and what is worked out for the period: known by the day, and asked for."""
    session, today, whose = request.session, request.day, _whose(request)
    stated = [duty for duty in duties(session, of=whose) if was_made(duty.said, day=today)]
    reports = final_reports(session, since=since, until=until, of=whose)
    return [
        duty
        for duty in (*stated, *reports, *dialogues(session, day=today, of=whose))
        if whose is None or any(party.id in whose for party in (*duty.owners, *duty.owed_to))
        if request.is_on_topic(duty.said)
        if request.params.kind in (None, duty.kind)
    ]


def _next_after(request: Request[DueParams], day: str) -> dict[str, Any] | None:
    """Return what falls due first in the years after a day, None if nothing on record does."""
    since, until = days_after(day, 1), days_after(day, _DAYS_LOOKED_ON)
    asked = _asked(request, since, until)
    found = ((on, duty.entity.name) for duty in asked for on in _days_of(duty, since, until, back=since, today=day))
    first = min(((on, name) for on, name in found if on), key=lambda pair: (last_day(pair[0]), pair[1]), default=None)
    return {"on": first[0], "name": first[1]} if first else None


def _whose(request: Request[DueParams]) -> frozenset[str] | None:
    """Return the party with its offices, posts and who holds them; of a person, the posts held; None is everybody."""
    party = request.maybe("party")
    if party is None:
        return None
    scope = scope_of(request.session, party, day=request.day)
    return frozenset((party.id, *scope.holders) if party.cls == "Person" else scope.ids)


def _days_of(duty: Duty, since: str, until: str, *, back: str, today: str) -> Iterator[str | None]:
    """Yield the days in the period; None for a duty or an open promise that has no fixed day.

    What is not known to be done is looked for back to a day; promises that are open, ever.
    """
    day, is_closed = duty.due_on, duty.is_closed(today)
    if duty.recurrence:
        days = duty.days(since=since, until=until)
        yield from (None,) if days is None else days
    elif day is None:
        yield from () if is_closed else (None,)
    elif first_day(day) <= until:
        is_open = back < since and not is_closed and (duty.is_promise or last_day(day) >= back)
        if last_day(day) >= since or is_open:
            yield day


def _row(day: DueDay) -> SourcedRow[DueRow]:
    duty, stated = day.duty, day.duty.said
    return sourced(
        DueRow,
        stated,
        held="yes" if day.on and not duty.reason and not day.is_unrecorded else "unknown",
        day=day.today,
        what=duty.entity,
        due_on=day.on,
        what_class=duty.entity.cls,
        kind=duty.kind,
        reason=duty.reason,
        status=status_by(stated, day=day.today),
        **joined("owner", duty.owners),
        iso3=next((party.iso3 for party in duty.owners), None),
        **joined("owed_to", duty.owed_to),
        is_overdue=day.is_overdue,
    )


def _clauses(
    request: Request[DueParams], days: Sequence[DueDay], since: str, until: str, later: dict[str, Any] | None
) -> Iterator[SourcedClause]:
    """Say what falls due next, how much is done, then what is overdue, without a record, without a day."""
    ahead = [day for day in days if day.on and last_day(day.on) >= since]
    behind = [day for day in days if day.on and last_day(day.on) < since]
    late = [day for day in behind if day.duty.is_promise]
    done = sum(day.duty.is_closed(day.today) for day in ahead)
    whose = request.named("party")["party"] or ""
    open_days = [day for day in ahead if not day.is_past and not day.duty.is_closed(day.today)]
    values = {"party": whose, "since": since, "until": until, "number": len(ahead), "done": done}
    values["is_ahead"] = since == request.day
    yield clause("headline", **values, next=_dated(open_days), later=later)
    yield clause("done", number=len(ahead), done=done if open_days else 0)
    if late:
        yield clause("overdue", things=_dated(late))
    if unrecorded := len(behind) - len(late):
        yield clause("unrecorded", number=unrecorded)
    if loose := sum(day.on is None for day in days):
        yield clause("without-day", number=loose)


def _dated(days: Sequence[DueDay]) -> list[dict[str, Any]]:
    return [{"name": day.duty.entity.name, "on": day.on} for day in days]


def _caveats(days: Sequence[DueDay]) -> Iterator[UnwordedCaveat]:
    is_loose = [day.on is None for day in days]
    yield caveat("unknown", "no-fixed-day", clause="without-day", rows=is_loose, things=_things(days, is_loose))
    is_past = [day.is_unrecorded for day in days]
    past = {day.duty.entity.id for day in compress(days, is_past)}
    yield caveat("unknown", "unrecorded", rows=is_past, number=len(past))
    is_derived = [bool(day.on and day.duty.reason) for day in days]
    yield caveat("derived", "worked-out", rows=is_derived, things=_things(days, is_derived))


def _things(days: Sequence[DueDay], are_so: Sequence[bool]) -> list[dict[str, Any]]:
    """Return what a sentence says of why duties are due when they are."""
    of = [day.duty for day in compress(days, are_so)]
    return [{"name": duty.entity.name, "rule": duty.recurrence, "kind": duty.kind, "why": duty.why} for duty in of]


def _older(asked: Sequence[Duty], back: str) -> Iterator[UnwordedCaveat]:
    """Name duties whose day passed long ago: nothing tells whether they were done, and nobody looks for them weekly."""
    dated = [duty for duty in asked if duty.due_on and not (duty.recurrence or duty.is_promise or duty.reason)]
    old = [{"name": duty.entity.name, "on": duty.due_on} for duty in dated if is_over(duty.due_on, on=back)]
    if old:
        yield caveat("unknown", "long-past", things=old)


DUE = Question.of(
    due,
    title="What falls due in this period, and who must do it?",
    names={"party": ("Party",)},
    example={"since": "2026-01", "until": "2026-12"},
    columns=("due_on", "kind", "what_name", "owner_name", "legal_basis", "status", "is_overdue", "held", "evidence"),
)
