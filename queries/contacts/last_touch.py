"""When we last met, called or wrote to a party, who of ours was there, and what came of it."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from iga.queries.contacts.rank import disagreements
from iga.queries.contacts.touches import Touch, Touches, TouchKind, touches_of, with_names
from iga.queries.contacts.whose_engagements import whose_engagements
from iga.queries.core.answer import PartyRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column
from iga.queries.core.home import is_our_side
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import refs
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
    return Result(
        clauses=tuple(_clauses(party, touches, last, is_ours=is_ours)),
        rows=tuple(_row(party, touch) for touch in shown),
        caveats=(*_left_out(touches), *(() if is_ours else _caveats(party, touches))),
        total=Total(value=len(ordered), relation="eq" if touches.after is None else "gte"),
    )


def _row(party: Subject, touch: Touch) -> SourcedRow[TouchRow]:
    is_check = touch.kind == "contact check"
    finding = worded(__package__, "last_touch", "row-finding", _finding(touch)) if is_check else None
    row = TouchRow(
        **party.model_dump(),
        held="yes" if touch.held == "yes" else "unknown",
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
    return SourcedRow(row, refs(*touch.sources))


def _clauses(party: Subject, touches: Touches, last: Touch | None, *, is_ours: bool) -> Iterator[SourcedClause]:
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


def _caveats(party: Subject, touches: Touches) -> Iterator[UnwordedCaveat]:
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
