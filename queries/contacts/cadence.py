"""Which of our relationships are overdue: the last real touch against the interval of an owner, or the usual one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from pydantic import Field

from iga.graph.domain.edges import OwnsRelationship
from iga.graph.domain.values import last_day
from iga.graph.text import folded
from iga.queries.contacts.met_with_many import Met, met_with
from iga.queries.contacts.responsibilities import owned_edges, posts_of
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, worded
from iga.queries.core.columns import column, named, option, sourced
from iga.queries.core.compiled import Everything, edges_from
from iga.queries.core.home import is_our_side
from iga.queries.core.owners import owners_of
from iga.queries.core.periods import days_after
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reads import OurEdgeRow
from iga.queries.core.rows import Rows
from iga.queries.core.scope import scope_of

CadenceState = Literal["overdue", "no touch on record", "due soon", "in time"]

# Ours, not measured (docs/decisions/0074): twice a year is what the handover and the yearly plans of the office expect.
_USUAL_DAYS = 180
# As far as officers plan meetings in.
_SOON = 30
_ORDER: tuple[CadenceState, ...] = get_args(CadenceState)

OWNED = edges_from(None, OwnsRelationship)


class CadenceParams(Params):
    """What `cadence` is asked with."""

    party: str | None = option(
        "What this officer, post or section of ours owns, or one party; all that is owned if left out.", "Uma Mockup"
    )
    usual: int = Field(
        default=_USUAL_DAYS,
        ge=1,
        le=3_650,
        description="Days between touches where no owner set an interval.",
        examples=["180"],
    )


class CadenceRow(PartyRow):
    """One relationship, with its last real touch and the day by which the next is due."""

    state: CadenceState = Field(description="How it stands on the day; a touch that nobody entered is not known.")
    told: str = Field(description="The same in words, with the last touch and the next meeting.")
    owner: str | None = column("Id of who owns it first; null is nobody on record.")
    owner_name: str | None = column("Name of that post or office.")
    every_days: int = Field(description="Days within which a touch is due.")
    is_usual: bool = Field(description="Whether these are the usual ones, since no owner set an interval.")
    last: str | None = column("Id of the last real touch.")
    last_name: str | None = column("Name of it.")
    last_on: str | None = column("Day of it, possibly partial.")
    ours: tuple[str, ...] = column("Who of our side was there; empty is not recorded.", ())
    due_on: str | None = column("Day by which the next is due; null where none is on record.")
    days_over: int | None = column("Days since then; null if it has not come.")
    meeting: str | None = column("Id of the next meeting with our side within 90 days.")
    meeting_name: str | None = column("Name of it.")
    meeting_on: str | None = column("Day of it, possibly partial.")
    key: str | None = column("Key of how it is owned, to set its interval with iga correct.")


@dataclass(frozen=True)
class _Kept:
    """A relationship.

    Attributes:
        party: The party.
        own: How each owner owns it, whoever is asked about before the others, first owners before second ones.
        met: The last real touch, and the next meeting.
    """

    party: Subject
    own: tuple[OurEdgeRow, ...]
    met: Met

    @property
    def interval(self) -> int | None:
        """Days that an owner set; None if nobody did."""
        return next((days for edge in self.own if (days := edge.properties.get("every_days"))), None)


def cadence(request: Request[CadenceParams]) -> Result[CadenceRow]:
    """List relationships by how far the next touch is overdue; those without a touch on record come after these.

    A real touch is an engagement with our side, of at most 20 parties or of two sides, that is known to have taken
    place. ``held`` is *unknown* where none is on record, which is not a statement that there was none.
    """
    rows = Rows.of((_row(request, of) for of in _kept(request)), _order)
    return Result.of(_clauses(request, rows), rows, _caveats(request, rows))


def _kept(request: Request[CadenceParams]) -> list[_Kept]:
    session, day = request.session, request.day
    parties, asked = _asked(request)
    owners, met = owners_of(session, parties, day=day).edges, met_with(session, parties.values(), day=day)
    return [
        _Kept(party, tuple(sorted(owners.get(id_, ()), key=lambda edge: edge.key not in asked)), met[id_])
        for id_, party in parties.items()
    ]


def _asked(request: Request[CadenceParams]) -> tuple[dict[str, Subject], frozenset[str]]:
    """Return the parties whose relationships are asked about, and the keys of how whoever was named owns them."""
    session, day, party = request.session, request.day, request.maybe("party")
    if party is None or party.id == session.home.government:
        owned = session.read(OWNED, Everything())
        return {edge.id: edge.other for edge in owned if edge.held(day) != "no"}, frozenset()
    if not is_our_side(session, scope_of(session, party, day=day)):
        return {party.id: party}, frozenset()
    whose = posts_of(session, party, day=day)
    own = owned_edges(session, whose.posts, day=day) or owned_edges(session, whose.offices, day=day)
    return {edge.id: edge.other for edge in own}, frozenset(edge.key for edge in own)


def _row(request: Request[CadenceParams], of: _Kept) -> SourcedRow[CadenceRow]:
    last, ahead = of.met.last, of.met.next
    every = of.interval or request.params.usual
    due_on = days_after(last_day(last.on), every) if last else None
    over = (date.fromisoformat(request.day) - date.fromisoformat(due_on)).days if due_on else 0
    owner = of.own[0] if of.own else None
    values: dict[str, Any] = {
        "state": _state(due_on, over),
        "every_days": every,
        "is_usual": of.interval is None,
        "last_name": last.what.name if last else None,
        "last_on": last.on if last else None,
        "due_on": due_on,
        "days_over": over if over > 0 else None,
        "meeting_name": ahead.name if ahead else None,
        "meeting_on": ahead.values.get("period_start") if ahead else None,
    }
    return sourced(
        CadenceRow,
        *(owner.properties for owner in of.own),
        *(last.sources if last else ()),
        about=of.party,
        held="yes" if last else "unknown",
        dated_by=(ahead.values, ahead.properties) if ahead else (),
        told=worded(__package__, "cadence", "row-told", values),
        **named("owner", owner),
        last=last.what.id if last else None,
        ours=last.ours if last else (),
        meeting=ahead.id if ahead else None,
        key=owner.key if owner else None,
        **values,
    )


def _state(due_on: str | None, over: int) -> CadenceState:
    if due_on is None:
        return "no touch on record"
    return "overdue" if over > 0 else "due soon" if over >= -_SOON else "in time"


def _order(row: CadenceRow) -> tuple[int, float, str, str, str]:
    """Return what rows are compared by: in each state, those over by most of their interval, then the next due."""
    return _ORDER.index(row.state), -(row.days_over or 0) / row.every_days, row.due_on or "", folded(row.name), row.id


def _clauses(request: Request[CadenceParams], rows: Rows[CadenceRow]) -> Iterator[SourcedClause]:
    """Say how many are overdue and which, or how the one stands; then the longest, those without a touch, meetings."""
    party = request.maybe("party")
    late, bare, soon = (rows.where(state=state) for state in _ORDER[:3])
    if party and [row.id for row in rows] == [party.id]:
        yield rows.clause("one", **_said(rows)[0])
    else:
        dated = Rows.of(rows.keeping(lambda row: row.due_on).sourced, lambda row: row.due_on or "")
        values = {"whose": party.name if party else "", "number": len(rows), "next": next(iter(_said(dated)), None)}
        lacking = {"overdue": [row.name for row in late], "bare": [row.name for row in bare]}
        yield (late or bare or rows).clause("headline", **values, **lacking)
        if late:
            yield late.first().clause("longest", **_said(late)[0])
        if late and bare:
            yield bare.clause("bare", names=lacking["bare"])
        yield soon.clause("soon", soon=_said(soon))
    planned = (late + bare).keeping(lambda row: row.meeting)
    yield planned.clause("planned", planned=_said(planned))


def _said(rows: Rows[CadenceRow]) -> list[dict[str, Any]]:
    return rows.told(
        *("name", "state", "every_days", "last_name", "last_on", "due_on", "days_over", "meeting_name", "meeting_on")
    )


def _caveats(request: Request[CadenceParams], rows: Rows[CadenceRow]) -> Iterator[UnwordedCaveat]:
    if rows:
        yield rows.doubt("derived", "usual-interval", lambda row: row.is_usual, days=request.params.usual)
        yield caveat("partial", "what-counts")
        yield rows.doubt("unknown", "none-entered", lambda row: row.state == "no touch on record")


CADENCE = Question.of(
    cadence,
    title="Which of our relationships are overdue for a meeting or a call?",
    names={"party": ("Party", "Post")},
    example={"party": "Uma Mockup"},
    columns=("state", "name", "told", "due_on", "owner_name", "held", "evidence"),
    maturity="trial",
)
