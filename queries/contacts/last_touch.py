"""When we last met, called or wrote to a party, who of ours was there, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from queries.contacts.rank import disagreements
from queries.contacts.touches import Touch, TouchKind, told, touches_of
from queries.core.answer import Caveat, PartyRow, Subject, Total
from queries.core.home import ours_among
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import refs
from queries.core.scope import Scope, scope_of
from queries.core.session import Session
from queries.core.wording import counted, listed

# Enough to see a pattern before a call; the rest is counted.
_LISTED = 15
_NOWHERE = ("online", "virtual")


class LastTouchParams(Params):
    """What `last-touch` is asked with."""

    party: str = Field(description="A party, or a post of one.", examples=["OSCE"])
    limit: int = Field(default=_LISTED, ge=1, le=1_000, description="The most rows to list.", examples=["10"])


class TouchRow(PartyRow):
    """One meeting, call or other engagement with the party, or one check of a channel of it."""

    on: str | None = Field(default=None, description="Day, possibly partial; null is not known.")
    kind: TouchKind = Field(
        description="An engagement with our side; an occasion where our side is not recorded; a check of a channel."
    )
    what: str = Field(description="Id of the engagement or the channel.")
    what_name: str = Field(description="Name of the engagement, or the address that was checked.")
    sort: str | None = Field(default=None, description="What sort of engagement; or what the check found.")
    place: str | None = Field(default=None, description="Where.")
    ours: tuple[str, ...] = Field(
        default=(), description="Who of our side was there or checked; empty is not recorded, not nobody."
    )
    theirs: tuple[str, ...] = Field(default=(), description="Who of the party was there.")
    outcome: str | None = Field(
        default=None, description="Outcome, its document, or the response to a démarche; null is none recorded."
    )


def last_touch(request: Request[LastTouchParams]) -> Result:
    """List engagements with a party, its offices, posts and their holders, and checks of its channels, latest first.

    ``held`` is *unknown* where a source does not say that the engagement took place.
    """
    party = request.one("party")
    scope = scope_of(request.session, party, day=request.day)
    touches = touches_of(request.session, scope, day=request.day)
    ordered = [*(each for each in touches if each.kind != "occasion"), *(t for t in touches if t.kind == "occasion")]
    last = next((each for each in touches if each.kind == "engagement" and each.on), None)
    shown = told(request.session, scope, [*ordered[: request.params.limit], *([last] if last else ())])
    last = shown.pop() if last else None
    is_ours = _is_ours(request.session, scope)
    return Result(
        sentence=_sentence(party, touches, last, is_ours=is_ours),
        rows=tuple(_draft(party, each) for each in shown),
        caveats=() if is_ours else _caveats(party, touches),
        total=Total(value=len(ordered)),
    )


def _is_ours(session: Session, scope: Scope) -> bool:
    """Say whether a party is on our own side; a person is if every body of the posts held now is."""
    bodies = [it for it in scope.offices if it != scope.party.id]
    looked_at = bodies if scope.party.cls == "Person" else [scope.party.id]
    return bool(looked_at) and set(looked_at) <= ours_among(session, looked_at)


def _draft(party: Subject, touch: Touch) -> SourcedRow:
    said = touch.said
    is_check = touch.kind == "contact check"
    row = TouchRow(
        held="yes" if touch.held == "yes" else "unknown",
        conflicts=disagreements(said),
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        on=touch.on or None,
        kind=touch.kind,
        what=touch.what.id,
        what_name=str(said.get("channel_value") or touch.what.name) if is_check else touch.what.name,
        sort=_found(touch) if is_check else said.get("engagement_kind"),
        place=said.get("place"),
        ours=touch.ours,
        theirs=touch.theirs,
        outcome=_outcome(said),
    )
    return SourcedRow(row, refs(*touch.sources))


def _found(touch: Touch) -> str:
    """Return what a check of a channel found."""
    if touch.on == touch.said.get("bounced_on") and touch.on != touch.said.get("verified_on"):
        return "bounced"
    how = touch.said.get("verified_how")
    return f"worked ({how})" if how else "worked"


def _sentence(party: Subject, touches: Sequence[Touch], last: Touch | None, *, is_ours: bool) -> str:
    met = [each for each in touches if each.kind == "engagement"]
    checks = [each for each in touches if each.kind == "contact check"]
    beside = [each for each in touches if each.kind == "occasion"]
    sentences = [f"the last touch with {party.name} on record is {_met(last)}" if last else _nothing(party)]
    if is_ours:
        told = f"its last meeting or call on record is {_met(last, is_ours=True)}" if last else "no meeting is recorded"
        sentences = [f"{party.name} is on our own side: {told}"]
    if undated := sum(not each.on for each in met):
        sentences.append(f"{counted(undated, 'engagement')} more without a day {'is' if undated == 1 else 'are'} held")
    if checks:
        check = checks[0]
        by = f" by {check.ours[0]}" if check.ours else ""
        address = check.said.get("channel_value") or check.what.name
        sentences.append(f"The last check of a contact: {address} {_found(check)}, {check.on}{by}")
    if beside:
        latest = f", last {beside[0].what.name} ({beside[0].on})" if beside[0].on else ""
        where = f"{counted(len(beside), 'occasion')} where {'nobody else' if is_ours else 'our side'} is recorded"
        where = where if is_ours else where.replace("our side is", "our side is not")
        sentences.append(f"They were also at {where}{latest}")
    return ". ".join(sentences)


def _met(touch: Touch, *, is_ours: bool = False) -> str:
    said = touch.said
    sort = said.get("engagement_kind")
    place = said.get("place")
    about = ", ".join(each for each in (str(sort or ""), _where(place)) if each)
    on = f", {touch.on}" + ("" if touch.held == "yes" else ", not known to have taken place")
    ours = f"for us {listed(touch.ours)}" if touch.ours else "who of ours was there is not recorded"
    theirs = f", for them {listed(touch.theirs)}" if touch.theirs else ""
    if is_ours:
        ours, theirs = f"there for us: {listed(touch.theirs)}", ""
    outcome = f"outcome: {came}" if (came := _outcome(said)) else "no outcome is recorded"
    return f"{touch.what.name}{f' ({about})' if about else ''}{on}; {ours}{theirs}; {outcome}"


def _where(place: str | None) -> str:
    return f"in {place}" if place and place not in _NOWHERE else place or ""


def _outcome(said: Mapping[str, Any]) -> str | None:
    return said.get("outcome") or said.get("response")


def _nothing(party: Subject) -> str:
    return (
        f"no meeting, call or other engagement of ours with {party.name} is recorded here, "
        "which does not say that there was none"
    )


def _caveats(party: Subject, touches: Sequence[Touch]) -> tuple[Caveat, ...]:
    found = []
    if not any(each.kind == "engagement" for each in touches):
        text = f"Nothing is recorded of our meetings with {party.name}: enter one with iga add engagement."
        found.append(Caveat(kind="unknown", text=text))
    if alone := sum(each.kind == "engagement" and not each.with_ours for each in touches):
        text = f"Who of ours was there is not recorded for {counted(alone, 'engagement')}."
        found.append(Caveat(kind="unknown", text=text))
    return tuple(found)


LAST_TOUCH = Question(
    name="last-touch",
    title="When did we last meet, call or write to them, who was there, and what came of it?",
    params=LastTouchParams,
    row=TouchRow,
    function=last_touch,
    names={"party": ("Party", "Post")},
    example={"party": "OSCE"},
    columns=("on", "kind", "what_name", "sort", "place", "ours", "theirs", "outcome", "held", "evidence"),
    maturity="trial",
)
