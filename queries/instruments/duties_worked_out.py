"""Duties whose day follows from others: final reports of awards that end, and the yearly dialogues of compacts."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from iga.graph.domain.values import last_day
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import worded
from iga.queries.core.compiled import Everything
from iga.queries.core.days import passed
from iga.queries.core.duties import Duty
from iga.queries.core.home import is_home
from iga.queries.core.periods import days_after, years_after
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, by_name, grouped
from iga.queries.core.reads import EDGES_IN, EDGES_OUT, PARTIES_TO, OfType
from iga.queries.core.session import Session
from iga.queries.instruments.compact_progress import dialogues_of
from iga.queries.instruments.reads import AWARDS_ENDING, AWARDS_ENDING_OF, COMPACTS, OfIdsInPeriod, OfPeriod

# 2 CFR 200.344(a): final reports are due 120 calendar days after the end of the period of performance.
DAYS_FOR_REPORTS = 120
_BASIS = "2 CFR 200.344(a)"
_MOST = 20_000


def final_reports(session: Session, *, since: str, until: str, of: Collection[str] | None = None) -> Iterator[Duty]:
    """Yield the final reports of awards of ours that fall due in a period, for each award that has an end.

    Args:
        session: The graph.
        since: First full day.
        until: Last full day.
        of: Only of awards to or by these, by id; None is all.
    """
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


def awards_between(session: Session, *, since: str, until: str, of: Collection[str] | None) -> list[Entity]:
    """Return the awards that end in a period, of some parties or of all."""
    if of is None:
        return session.read(AWARDS_ENDING, OfPeriod(since=since, until=until))
    return session.read(AWARDS_ENDING_OF, OfIdsInPeriod(ids=tuple(sorted(of)), since=since, until=until))


def dialogues(session: Session, *, day: str, of: Collection[str] | None = None) -> Iterator[Duty]:
    """Yield the next dialogue of each compact that applies on a day: as planned, else a year after the last.

    A dialogue with the partner each year is the main way a compact is watched over (GAO-23-105390).

    Args:
        session: The graph.
        day: Full day.
        of: Only those with any of these, by id; None is all.
    """
    compacts = [compact for compact in session.read(COMPACTS, Everything()) if _applies(compact, day)]
    parties = grouped(session.read(PARTIES_TO, OfIds(ids=tuple(compact.id for compact in compacts))))
    for compact in compacts:
        signed_by = by_name(parties.get(compact.id, ()))
        with_whom = tuple(edge.other for edge in signed_by if edge.id != session.home.government)
        if of is not None and not any(one.id in of for one in with_whom):
            continue
        meetings = dialogues_of(session, compact.subject)
        ahead = [edge for edge in meetings if _is_ahead(edge, day)]
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
    is_past = last_day(on) < day
    why = {"last": last, "start": start, "is_past": is_past}
    reason = worded(__package__, "due", "row-dialogue", why)
    yield Duty(compact, "dialogue", with_whom, (), None if is_past else on, reason, why)


def _applies(compact: Entity, day: str) -> bool:
    """Say whether a compact is known to apply: begun, and with an end, stated or by its length, that lies ahead."""
    start = starts(compact.values)
    end = compact.values.get("period_end") or end_after(start, compact.values.get("duration"))
    return passed(start, on=day) == "yes" and bool(end) and last_day(str(end)) >= day


_YEARS = re.compile(r"\b(\d{1,2})[ -]years?\b")


def end_after(start: str | None, length: str | None) -> str | None:
    """Return the end that follows from a start and a length such as ``5 years``; None where either tells none."""
    years = _YEARS.search(length or "")
    return years_after(start, int(years[1])) if start and years else None


def starts(stated: Mapping[str, Any]) -> str | None:
    """Return the first day of what has a period, else the day of its signature or adoption."""
    day: str | None = stated.get("period_start") or stated.get("signed_on") or stated.get("adopted_on")
    return day


def _is_ahead(edge: FullEdgeRow, day: str) -> bool:
    start = edge.values.get("period_start")
    return bool(start) and last_day(str(start)) >= day and edge.values.get("status") not in ("held", "cancelled")
