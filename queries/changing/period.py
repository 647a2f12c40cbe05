"""The period that a question on changes is about: two days, or two loads."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from graph.domain.values import first_day, last_day
from graph.errors import UsageError
from graph.fold.between import Moment
from graph.fold.live import sortable
from graph.known_on import load_on
from queries.core.days import first_of, the_day
from queries.core.session import Session

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
    before, first = _start(session, since or _days_before(day, USUAL_DAYS))
    now, last = _end(session, until or day)
    now = _bounded(session, now)
    if last < first or now.load < before.load:
        raise UsageError(f"until: {until or day!r} lies before since, {since or first!r}: name an earlier start")
    return Period(first, last, before, now)


def _start(session: Session, written: str) -> tuple[Moment, str]:
    if _LOAD.fullmatch(written):
        return _of_load(session, written)
    first = first_of(written, parameter="since")
    before = _days_before(first, 1)
    return Moment(load_on(session.ledger.headers(), before), f"{before}T23:59:59.999999Z"), first


def _end(session: Session, written: str) -> tuple[Moment, str]:
    if _LOAD.fullmatch(written):
        return _of_load(session, written)
    last = the_day(written, today=session.today, parameter="until")
    return Moment(load_on(session.ledger.headers(), last), f"{last}T23:59:59.999999Z"), last


def _of_load(session: Session, written: str) -> tuple[Moment, str]:
    headers = session.ledger.headers()
    number = load_on(headers, written)
    at = next((header.at for header in headers if header.no == number), "0001-01-01T00:00:00Z")
    return Moment(number, at), at[:10]


def _bounded(session: Session, moment: Moment) -> Moment:
    """Return a moment not later than what the view shows: neither its last load nor its instant."""
    standing = session.status
    bounds = [bound for bound in (standing.through, standing.view.upto) if bound is not None]
    now = standing.view.now
    at = min(moment.at, now, key=sortable) if now else moment.at
    return Moment(min([moment.load, *bounds]), at)


def _days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
