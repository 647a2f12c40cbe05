"""Duties whose day follows from others: final reports of awards that end, and the yearly dialogues of compacts."""

from collections.abc import Collection, Iterator

from graph.domain.values import last_day
from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.periods import days_after, years_after
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, by_name, grouped
from queries.core.reads import EDGES_IN, EDGES_OUT, OfType
from queries.core.session import Session
from queries.instruments.compact_results import dialogues_of
from queries.instruments.duties import Duty
from queries.instruments.endings import end_after, starts
from queries.instruments.reads import AWARDS_ENDING, AWARDS_ENDING_OF, COMPACTS, PARTIES_TO, OfIdsInPeriod, OfPeriod

# 2 CFR 200.344(a): final reports are due 120 calendar days after the end of the period of performance.
_DAYS_FOR_REPORTS = 120
_BASIS = "2 CFR 200.344(a)"
_OURS = "gov:usa"
_MOST = 20_000


def final_reports(session: Session, *, since: str, until: str, of: Collection[str] | None = None) -> Iterator[Duty]:
    """Yield the final reports of awards of ours that fall due in a period, for each award that has an end.

    Args:
        session: The graph.
        since: First full day.
        until: Last full day.
        of: Only of awards to or by these, by id; None is all.
    """
    awards = awards_between(session, since=days_after(since, -_DAYS_FOR_REPORTS), until=until, of=of)
    ids = tuple(award.id for award in awards)
    funders = grouped(session.read(EDGES_IN, OfType(ids=ids, type="FUNDED", limit=_MOST)))
    to = grouped(session.read(EDGES_OUT, OfType(ids=ids, type="AWARDED_TO", limit=_MOST)))
    for award in awards:
        payers = [edge for edge in by_name(funders.get(award.id, ())) if _is_ours(edge)]
        if payers:
            end = award.values["period_end"]
            yield Duty(
                award, "award", tuple(edge.other for edge in by_name(to.get(award.id, ()))),
                tuple(edge.other for edge in payers), days_after(last_day(end), _DAYS_FOR_REPORTS),
                f"final reports, {_DAYS_FOR_REPORTS} days after the end of the award on {end} ({_BASIS})",
            )  # fmt: skip


def awards_between(session: Session, *, since: str, until: str, of: Collection[str] | None) -> list[Entity]:
    """Return the awards that end in a period, of some parties or of all."""
    if of is None:
        return session.read(AWARDS_ENDING, OfPeriod(since=since, until=until))
    return session.read(AWARDS_ENDING_OF, OfIdsInPeriod(ids=tuple(sorted(of)), since=since, until=until))


def _is_ours(edge: FullEdgeRow) -> bool:
    return _OURS in (edge.id, edge.values.get("government"))


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
        with_whom = tuple(_partner(parties.get(compact.id, ())))
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
    since = f"the last dialogue held, {last}" if last else f"its start, {start}; no dialogue is held"
    on = years_after(start[:7], 1)
    if last_day(on) < day:
        yield Duty(compact, "dialogue", with_whom, reason=f"yearly dialogue; none is held since {since}")
    else:
        yield Duty(compact, "dialogue", with_whom, (), on, f"yearly dialogue, a year after {since}")


def _applies(compact: Entity, day: str) -> bool:
    """Say whether a compact is known to apply: begun, and with an end, stated or by its length, that lies ahead."""
    start = starts(compact.values)
    end = compact.values.get("period_end") or end_after(start, compact.values.get("duration"))
    return passed(start, on=day) == "yes" and bool(end) and last_day(str(end)) >= day


def _partner(edges: list[EdgeRow] | tuple[EdgeRow, ...]) -> Iterator[Subject]:
    yield from (edge.other for edge in by_name(edges) if edge.id != _OURS)


def _is_ahead(edge: FullEdgeRow, day: str) -> bool:
    start = edge.values.get("period_start")
    return bool(start) and last_day(str(start)) >= day and edge.values.get("status") not in ("held", "cancelled")
