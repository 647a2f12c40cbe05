"""Which bodies and agreements a party leaves or has left: announced, notified, in effect, each with its day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from pydantic import Field

from iga.graph.domain.edges import BODIES, MemberOf
from iga.graph.domain.values import first_day, last_day
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, clause
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.days import latest
from iga.queries.core.home import home_government
from iga.queries.core.membership import is_beside
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, OfIds, by_name, conflicts
from iga.queries.core.reads import AGREEMENTS_OF, MEMBERS_OF, MEMBERSHIPS_OF
from iga.queries.core.relationships import Step, is_ahead, leaving_on, left_on, membership_on
from iga.queries.core.rows import Rows


class WithdrawalsParams(Params):
    """What `withdrawals` is asked with."""

    party: str | None = option("Who leaves; our own government where nothing is named.", "United States")
    other: str | None = option("Only the withdrawal from this body; alone: whoever leaves it.", "UNESCO")
    step: Step | None = option("Only those that have come so far.", "notified")


class WithdrawalRow(PartyRow):
    """One withdrawal of one party from one body or agreement, as far as it has come by the day."""

    what: str = needed("Id of the body or agreement.")
    what_name: str = needed("Name of the body or agreement.")
    step: Step = Field(description="How far it has come on the day: announced, notified, in effect.")
    announced_on: str | None = column("Day it was announced; null is not on record.")
    notified_on: str | None = column("Day the body or depositary was notified; null is not on record.")
    takes_effect_on: str | None = column("Day it takes or took effect; null is not on record.")
    is_ahead: bool = column("Whether it takes effect only after today, though by the day asked for.", False)
    category: str | None = of(MemberOf, "category")
    basis: str | None = of(MemberOf, "basis")
    bears_on: str | None = of(MemberOf, "bears_on")


def withdrawals(request: Request[WithdrawalsParams]) -> Result[WithdrawalRow]:
    """List withdrawals known by the day, those in effect first, then by name; a later step is not told before it.

    Of a body alone, whoever leaves it; of a party, bodies and agreements; of both, that one.
    """
    body, step = request.maybe("other"), request.params.step
    party = request.maybe("party") or (None if body else home_government(request.session))
    every = [*_known(request, party, body)]
    # A body that leaves nothing is asked about for those that leave it.
    if party and body is None and party.cls != "Government" and not every:
        party, body = None, party
        every = [*_known(request, party, body)]
    rows = Rows.of((_row(leaving, request) for leaving in every if not leaving.back_on), _place).where(step=step)
    returns = [leaving for leaving in every if leaving.back_on and step in (None, "in effect")]
    dayless = rows.doubt("unknown", "days-unknown", lambda row: not row.takes_effect_on)
    seen_on, ended = _last_listed(request, party, body), _ended(request, party, body)
    return Result.of(_clauses(party, body, step, rows, returns, seen_on, ended), rows, [dayless])


_STEPS: tuple[Step, ...] = ("in effect", "notified", "announced")


def _place(row: WithdrawalRow) -> int:
    return _STEPS.index(row.step)


@dataclass(frozen=True)
class _Leaving:
    """A withdrawal as far as it has come by the day, and since when the party is back, if it is."""

    who: Subject
    what: Subject
    edge: EdgeRow
    step: Step
    back_on: str | None


def _known(request: Request[WithdrawalsParams], party: Subject | None, body: Subject | None) -> Iterator[_Leaving]:
    session, edges = request.session, list[tuple[Subject, Subject, EdgeRow]]()
    if party:
        edges = [(party, edge.other, edge) for edge in _ties(request, party) if body is None or edge.id == body.id]
    elif body:
        edges = [(edge.other, body, edge) for edge in by_name(session.read(MEMBERS_OF, OfIds(ids=(body.id,))))]
    for who, what, edge in edges:
        if step := leaving_on(edge.properties, day=request.day):
            starts = [other.properties.get("period_start") for *pair, other in edges if pair == [who, what]]
            yield _Leaving(who, what, edge, step, _back_on(edge, starts, request.day))


def _back_on(left: EdgeRow, starts: Sequence[str | None], day: str) -> str | None:
    """Return when a membership first began after the party left, by a day: it came back, and leaves no more."""
    gone = left_on(left.properties)
    return min((it for it in starts if it and gone and last_day(gone) < first_day(it) <= day), default=None)


def _last_listed(request: Request[WithdrawalsParams], party: Subject | None, body: Subject | None) -> str | None:
    """Return when a list last showed a party in a body or under an agreement by the day; None where none did."""
    if party is None or body is None:
        return None
    seen = [
        day for edge in _ties(request, party) if edge.id == body.id for day in edge.properties.get("attested_on") or ()
    ]
    return latest(seen, on=request.day)


def _ended(request: Request[WithdrawalsParams], party: Subject | None, body: Subject | None) -> dict[str, str] | None:
    """Return the days of the last term of a party in a body, where every term in it had ended by the day."""
    of = OfIds(ids=(party.id,)) if party and body else OfIds(ids=())
    terms = [edge for edge in request.session.read(MEMBERSHIPS_OF, of) if body and edge.id == body.id]
    stated = [edge.properties for edge in terms if not (is_beside(edge) or edge.properties.get("office"))]
    if any(membership_on(term, day=request.day) != "no" for term in stated):
        return None
    days = [{part: term.get(f"period_{part}") or "" for part in ("start", "end")} for term in stated]
    past = [term for term in days if term["end"] and last_day(term["end"]) <= request.day]
    return max(past, key=lambda term: term["end"], default=None)


def _ties(request: Request[WithdrawalsParams], party: Subject) -> list[EdgeRow]:
    """Return the memberships of a party and its ties to agreements, by name."""
    session, of = request.session, OfIds(ids=(party.id,))
    return by_name((*session.read(MEMBERSHIPS_OF, of), *session.read(AGREEMENTS_OF, of)))


def _row(leaving: _Leaving, request: Request[WithdrawalsParams]) -> SourcedRow[WithdrawalRow]:
    stated = leaving.edge.properties
    return sourced(
        WithdrawalRow,
        stated,
        about=leaving.who,
        day=request.day,
        conflicts=conflicts(stated),
        what=leaving.what,
        step=leaving.step,
        announced_on=stated.get("withdrawal_announced_on"),
        notified_on=stated.get("withdrawal_notified_on"),
        takes_effect_on=left_on(stated),
        is_ahead=is_ahead(left_on(stated), day=request.day, today=request.session.today),
    )


def _clauses(
    party: Subject | None,
    body: Subject | None,
    step: Step | None,
    rows: Rows[WithdrawalRow],
    returns: Sequence[_Leaving],
    seen_on: str | None,
    ended: Mapping[str, str] | None,
) -> Iterator[SourcedClause]:
    """Say how many, or how far the one that is asked about has come; then which are furthest, and what bears on us."""
    who, what = party.name if party else "", body.name if body else ""
    back = [
        {"name": it.what.name if party else it.who.name, "on": left_on(it.edge.properties), "back_on": it.back_on}
        for it in sorted(returns, key=lambda it: it.back_on or "")
    ]
    sources = [leaving.edge.properties for leaving in returns]
    if party and body and back and not rows:
        yield clause("came-back", *sources, party=who, body=what, told=back)
        return
    earlier = [clause("earlier", *sources, told=back)] if back else []
    if party and body:
        days = next((row.model_dump() for row in rows), None)
        is_asked = step in ("notified", "announced")
        values = {"days": days, "seen_on": None if days else seen_on, "ended": None if days else ended}
        yield clause("one-body", party=who, body=what, is_asked=is_asked, **values)
        yield from earlier
        return
    counts = {name: len(rows.where(step=name)) for name in _STEPS}
    yield clause("headline", party=who, body=what, step=step, number=len(rows), counts=counts, back=len(back))
    yield from earlier
    for name in _STEPS[:2]:
        if reached := rows.where(step=name):
            told = [_told(row, is_of_party=party is not None) for row in reached]
            yield clause("reached", step=name, told=told)
    if party and (bearing := rows.keeping(attrgetter("bears_on"))):
        yield clause("bearing", names=[row.what_name for row in bearing])


def _told(row: WithdrawalRow, *, is_of_party: bool) -> dict[str, Any]:
    return {"name": row.what_name if is_of_party else row.name, "on": row.takes_effect_on, "is_ahead": row.is_ahead}


WITHDRAWALS = Question.of(
    withdrawals,
    title="Which bodies and agreements does this party leave, and how far has each withdrawal come?",
    names={"party": ("Party",), "other": (*BODIES, "Agreement")},
    example={"party": "United States"},
    columns=(
        "what_name",
        "step",
        "announced_on",
        "notified_on",
        "takes_effect_on",
        "bears_on",
        "confidence",
        "evidence",
    ),
    yes_or_no=("party", "other"),
)
