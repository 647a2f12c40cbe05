"""The period that a question on changes is about: two days, or two loads."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from iga.graph.domain.values import first_day, last_day
from iga.graph.errors import UsageError
from iga.graph.fold.between import Moment
from iga.graph.fold.live import sortable
from iga.graph.known_on import load_on
from iga.queries.core.days import first_of, the_day
from iga.queries.core.session import Session

# The office asks on Friday what happened since the last one.
USUAL_DAYS = 7
_LOAD = re.compile(r"load:\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class Period:
    """A stretch of days with the states of the ledger before it and at its end.

    Attributes:
        first, last: Full days, both of them inside.
        since: State before the first day.
        until: State at the end of the last one.
    """

    first: str
    last: str
    since: Moment
    until: Moment

    def holds(self, date_: str) -> bool:
        """Say whether a possibly partial date surely lies inside."""
        return self.first <= first_day(date_) and last_day(date_) <= self.last


def period_of(session: Session, since: str | None, until: str | None, *, day: str) -> Period:
    """Return the period between two days, or after one load up to another.

    Args:
        session: The ledger, and how much of it counts here.
        since: First day, possibly partial, or ``load:N``, the last load that is no news; None is a week ago.
        until: Last day, possibly partial, or ``load:N``, the last load that counts; None is `day`.
        day: Full day that stands for the end.

    Raises:
        UsageError: One is neither a day nor a load, or the end lies before the start.
    """
    start, end = since or _days_before(day, USUAL_DAYS), until or day
    before, first = _of_load(session, start) or _before(session, first_of(start, parameter="since"))
    now, last = _of_load(session, end) or _at_end_of(session, the_day(end, today=session.today, parameter="until"))
    now = _bounded(session, now)
    if last < first or now.load < before.load:
        raise UsageError(f"until: {until or day!r} lies before since, {since or first!r}: name an earlier start")
    return Period(first, last, before, now)


def _of_load(session: Session, written: str) -> tuple[Moment, str] | None:
    """Return the moment of a load and its day; None for what is written like a day."""
    if not _LOAD.fullmatch(written):
        return None
    headers = session.ledger.headers()
    number = load_on(headers, written)
    at = next((header.at for header in headers if header.no == number), "0001-01-01T00:00:00Z")
    return Moment(number, at), at[:10]


def _before(session: Session, day: str) -> tuple[Moment, str]:
    return _at_end_of(session, _days_before(day, 1))[0], day


def _at_end_of(session: Session, day: str) -> tuple[Moment, str]:
    return Moment(load_on(session.ledger.headers(), day), f"{day}T23:59:59.999999Z"), day


def _bounded(session: Session, moment: Moment) -> Moment:
    """Return a moment not later than what the view shows: neither its last load nor its instant."""
    status, view = session.status, session.status.view
    at = min(moment.at, view.now, key=sortable) if view.now else moment.at
    return Moment(min([moment.load, *(load for load in (status.through, view.upto) if load is not None)]), at)


def _days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
