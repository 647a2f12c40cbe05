"""Which of our relationships are overdue: the last real touch against the interval of an owner, or the usual one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from pydantic import Field

from iga.graph.domain.edges import OwnsRelationship
from iga.graph.domain.values import last_day
from iga.graph.text import folded
from iga.queries.contacts.dealings import (
    Met,
    Touch,
    Touches,
    TouchKind,
    met_with,
    touches_of,
    whose_engagements,
    with_names,
)
from iga.queries.contacts.handover import posts_of
from iga.queries.contacts.rank import disagreements
from iga.queries.core.answer import PartyRow, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, option, sourced
from iga.queries.core.compiled import Everything, edges_from
from iga.queries.core.home import is_our_side, owned_edges, owners_of
from iga.queries.core.periods import days_after
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reads import OurEdgeRow
from iga.queries.core.rows import Rows
from iga.queries.core.scope import scope_of

# Enough to see a pattern before a call; the rest is counted.
_LISTED = 15
_NOWHERE = ("online", "virtual")


class LastTouchParams(Params):
    """What `last-touch` is asked with."""

    party: str = Field(description="A party, or a post of one.", examples=["OSCE"])
    limit: int = Field(default=_LISTED, ge=1, le=1_000, description="The most rows to list.", examples=["10"])


class TouchRow(PartyRow):
    """One meeting, call or other engagement with the party, or one check of a channel of it."""

    on: str | None = column("Day, possibly partial; null is not known.")
    kind: TouchKind = Field(
        description="An engagement with our side; an occasion where our side is not recorded; a check of a channel."
    )
    what: str = Field(description="Id of the engagement or the channel.")
    what_name: str = Field(description="Name of the engagement, or the address that was checked.")
    sort: str | None = column("What sort of engagement; or what the check found.")
    place: str | None = column("Where.")
    ours: tuple[str, ...] = column("Who of our side was there or checked; empty is not recorded, not nobody.", ())
    theirs: tuple[str, ...] = column("Who of the party was there.", ())
    their_people: tuple[str, ...] = column("The same without the party itself.", ())
    outcome: str | None = column("Outcome, its document, or the response to a démarche; null is none recorded.")


def last_touch(request: Request[LastTouchParams]) -> Result[TouchRow]:
    """List engagements with a party, its offices, posts and their holders, and checks of its channels, latest first.

    ``held`` is *unknown* where a source does not say that the engagement took place.
    """
    party, session = request.one("party"), request.session
    scope = scope_of(session, party, day=request.day)
    touches = touches_of(session, scope, day=request.day, least=request.params.limit)
    ordered = [*touches.of("engagement", "contact check"), *touches.of("occasion")]
    last = next((touch for touch in touches.of("engagement") if touch.on), None)
    theirs = whose_engagements(session, scope).ids
    shown = with_names(session, party.id, theirs, [*ordered[: request.params.limit], *([last] if last else ())])
    last = shown.pop() if last else None
    is_ours = is_our_side(session, scope)
    caveats = (*_left_out(touches), *(() if is_ours else _touch_caveats(party, touches)))
    total = Total(value=len(ordered), relation="eq" if touches.after is None else "gte")
    rows = Rows.of(_touch_row(party, touch) for touch in shown)
    return Result.of(_touch_clauses(party, touches, last, is_ours=is_ours), rows, caveats, total=total)


def _touch_row(party: Subject, touch: Touch) -> SourcedRow[TouchRow]:
    is_check = touch.kind == "contact check"
    finding = worded(__package__, "last_touch", "row-finding", _finding(touch)) if is_check else None
    return sourced(
        TouchRow,
        *touch.sources,
        about=party,
        held=touch.held,
        conflicts=disagreements(touch.values),
        on=touch.on or None,
        kind=touch.kind,
        what=touch.what.id,
        what_name=_address(touch) if is_check else touch.what.name,
        sort=finding or touch.values.get("engagement_kind"),
        place=touch.values.get("place"),
        ours=touch.ours,
        theirs=touch.theirs,
        their_people=touch.their_people,
        outcome=_outcome(touch),
    )


def _touch_clauses(party: Subject, touches: Touches, last: Touch | None, *, is_ours: bool) -> Iterator[SourcedClause]:
    """Say when we last met, who was there and what came of it; then the last check, and occasions without us."""
    met, checks, beside = touches.of("engagement"), touches.of("contact check"), touches.of("occasion")
    if last is None:
        yield clause("no-touch", party=party.name, is_ours=is_ours)
    else:
        place, sort = last.values.get("place"), last.values.get("engagement_kind")
        values = {"what": last.what.name, "sort": sort, "place": place, "is_online": place in _NOWHERE}
        state = {"on": last.on, "took_place": last.held == "yes", "is_ours": is_ours}
        yield _of(last, "headline", party=party.name, **values, **state)
        # A meeting of our own people has one side alone: that of the party asked about.
        yield _of(last, "ours", people=list(last.theirs if is_ours else last.ours))
        if last.theirs and not is_ours:
            yield _of(last, "theirs", people=list(last.theirs))
        yield _of(last, "outcome", outcome=_outcome(last))
    if undated := sum(not touch.on for touch in met):
        yield clause("no-day", number=undated)
    if checks:
        by = next(iter(checks[0].ours), None)
        yield _of(checks[0], "check", address=_address(checks[0]), on=checks[0].on, by=by, **_finding(checks[0]))
    if beside:
        yield _of(beside[0], "beside", number=len(beside), what=beside[0].what.name, on=beside[0].on, is_ours=is_ours)


def _of(touch: Touch, name: str, **values: Any) -> SourcedClause:
    return clause(name, *touch.sources, **values)


def _finding(check: Touch) -> dict[str, Any]:
    """Return what a check of a channel found."""
    bounced = check.on == check.values.get("bounced_on") and check.on != check.values.get("verified_on")
    return {"bounced": bounced, "how": None if bounced else check.values.get("verified_how")}


def _address(check: Touch) -> str:
    return str(check.values.get("channel_value") or check.what.name)


def _outcome(touch: Touch) -> str | None:
    return touch.values.get("outcome") or touch.values.get("response")


def _left_out(touches: Touches) -> Iterator[UnwordedCaveat]:
    if touches.after is not None:
        yield caveat("partial", "newest-alone", after=touches.after)


def _touch_caveats(party: Subject, touches: Touches) -> Iterator[UnwordedCaveat]:
    met = touches.of("engagement")
    if not met:
        yield caveat("unknown", "none-recorded", clause="no-touch", party=party.name)
    if alone := sum(not touch.with_ours for touch in met):
        concerned = "ours" if any(touch.on for touch in met) else "no-day"
        yield caveat("unknown", "ours-not-recorded", clause=concerned, number=alone)


LAST_TOUCH = Question.of(
    last_touch,
    title="When did we last meet, call or write to them, who was there, and what came of it?",
    names={"party": ("Party", "Post")},
    example={"party": "OSCE"},
    columns=("on", "kind", "what_name", "sort", "place", "ours", "theirs", "outcome", "held", "evidence"),
    maturity="trial",
)


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
