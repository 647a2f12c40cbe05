"""What a person agreed to be asked for, and how: nothing that is not on record, and never a yes by silence."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from graph.domain.values import last_day
from graph.text import folded
from queries.contacts.reads import CONSENTS_OF
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.days import passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.core.wording import listed

Allowed = Literal["yes", "no", "not known"]


class ConsentParams(Params):
    """What `consent` is asked with."""

    party: str = Field(description="The person.", examples=["person:usac-2015-01"])
    purpose: str | None = Field(
        default=None, description="What for; every purpose on record if left out.", examples=["speak at a side event"]
    )


class ConsentRow(PartyRow):
    """One purpose that a person was asked about, or the one asked for here, of which nothing is on record."""

    purpose: str = Field(description="What for, in the words it was asked in.")
    allowed: Allowed = Field(description="Yes only where it was given and holds on the day; silence is not known.")
    why: str = Field(description="Why that is so, in words.")
    name_to_use: str | None = Field(default=None, description="The name to use for that purpose.")
    contact_via: str | None = Field(default=None, description="The only way to make contact; null is none stated.")
    payment: str | None = Field(default=None, description="How payment is arranged; null is not stated.")
    expires_on: str | None = Field(default=None, description="Last day it holds, possibly partial; null is not stated.")


def consent(request: Request[ConsentParams]) -> Result:
    """Return what a person agreed to, by purpose; ``held`` is *unknown* wherever it is not on record or ran out."""
    person, purpose = request.one("party"), request.params.purpose
    held = [each for each in request.session.read(CONSENTS_OF, OfIds(ids=(person.id,))) if _is_known(each, request.day)]
    asked = [each for each in held if purpose is None or _is_for(each, purpose)]
    asked = _latest(asked)
    rows = [_row(person, each, request.day) for each in asked]
    sourced_rows = [SourcedRow(row, refs(each.values)) for row, each in zip(rows, asked, strict=True)]
    if not rows:
        [itself] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(person.id,)))
        rows = [_nothing(person, purpose)]
        sourced_rows = [SourcedRow(rows[0], refs(itself.values))]
    return Result(
        sentence=_sentence(person, rows, is_on_record=bool(asked), asked_for=purpose),
        rows=tuple(sourced_rows),
        caveats=_caveats(rows, held, asked),
    )


def _is_known(consent: Entity, day: str) -> bool:
    given = consent.values.get("given_on")
    return not given or passed(given, on=day) != "no"


def _is_for(consent: Entity, purpose: str) -> bool:
    """Say whether a consent is for a purpose: the same words; a consent for one thing is never one for another."""
    return folded(str(consent.values.get("purpose") or "")) == folded(purpose)


def _latest(consents: Sequence[Entity]) -> list[Entity]:
    """Return the newest answer to each purpose, by purpose."""
    newest: dict[str, Entity] = {}
    for each in sorted(consents, key=lambda each: (each.values.get("given_on") or "", each.id)):
        newest[folded(str(each.values.get("purpose") or ""))] = each
    return [newest[purpose] for purpose in sorted(newest)]


def _row(person: Subject, consent: Entity, day: str) -> ConsentRow:
    said = consent.values
    allowed, why = _allowed(consent, day)
    is_open = allowed == "yes"
    return ConsentRow(
        held="unknown" if allowed == "not known" else "yes",
        conflicts=conflicts(said),
        id=person.id,
        cls=person.cls,
        name=(said.get("name_to_use") if is_open else None) or person.name,
        purpose=str(said.get("purpose") or "not stated"),
        allowed=allowed,
        why=why,
        name_to_use=said.get("name_to_use") if is_open else None,
        contact_via=said.get("contact_via"),
        payment=said.get("payment") if is_open else None,
        expires_on=said.get("period_end"),
    )


def _allowed(consent: Entity, day: str) -> tuple[Allowed, str]:
    """Return whether a consent holds on a day, and why; a day inside a partial date is not surely allowed."""
    said = consent.values
    withdrawn, end, start = said.get("withdrawn_on"), said.get("period_end"), said.get("period_start")
    given = f" on {said['given_on']}" if said.get("given_on") else ""
    if withdrawn and passed(withdrawn, on=day) != "no":
        return "no", f"taken back {withdrawn}"
    if said.get("decision") == "refused":
        return "no", f"refused{given}"
    if said.get("decision") != "allowed":
        return "not known", "what was answered is not on record"
    if conflicts(said):
        return "not known", "sources differ on it"
    if end and last_day(end) < day:
        return "not known", f"ran out {end}: ask again"
    if (end and end != day and passed(end, on=day) == "unknown") or (start and passed(start, on=day) != "yes"):
        return "not known", "whether it holds on that day is not certain: ask before using"
    until = f", holds until {end}" if end else ", without a last day on record"
    return "yes", f"given{given}{until}"


def _nothing(person: Subject, purpose: str | None) -> ConsentRow:
    return ConsentRow(
        held="unknown",
        id=person.id,
        cls=person.cls,
        name=person.name,
        purpose=purpose or "any purpose",
        allowed="not known",
        why="nothing is on record: ask before using",
    )


def _sentence(person: Subject, rows: Sequence[ConsentRow], *, is_on_record: bool, asked_for: str | None) -> str:
    if not is_on_record:
        what = f"to “{rows[0].purpose}”" if asked_for else "to anything"
        return f"not known: no consent of {person.name} {what} is on record; ask before using"
    name = next((row.name_to_use for row in rows if row.name_to_use), person.name)
    told = [f"to “{row.purpose}”: {_told(row)}" for row in rows]
    return f"{name}, {'; '.join(told)}. Sensitive: only for those who need it"


def _told(row: ConsentRow) -> str:
    if row.allowed == "no":
        return f"no, {row.why}"
    if row.allowed == "not known":
        return f"not known, {row.why}"
    via = f"contact only via {row.contact_via}" if row.contact_via else "no way of contact is stated"
    payment = f"payment {row.payment}" if row.payment else "no payment is stated"
    name = f"use the name {row.name_to_use}" if row.name_to_use else "no name to use is stated: ask"
    return f"allowed, {row.why}; {name}; {via}; {payment}"


def _caveats(rows: Sequence[ConsentRow], held: Sequence[Entity], asked: Sequence[Entity]) -> tuple[Caveat, ...]:
    found = []
    if any(row.allowed == "not known" for row in rows):
        text = "What is not on record, or ran out, is not allowed: ask the person first, by the way that is stated."
        found.append(Caveat(kind="unknown", text=text))
    if held and not asked:
        other = listed(sorted(str(each.values.get("purpose")) for each in held))
        text = f"On record are answers to other purposes, which say nothing on this one: {other}."
        found.append(Caveat(kind="unknown", text=text))
    return tuple(found)


CONSENT = Question(
    name="consent",
    title="May we ask this person for that, by which name and way, and until when?",
    params=ConsentParams,
    row=ConsentRow,
    function=consent,
    names={"party": ("Person",)},
    example={"party": "person:fictional-c01", "purpose": "speak at a side event"},
    columns=("name", "purpose", "allowed", "why", "contact_via", "payment", "expires_on", "held", "evidence"),
    maturity="trial",
)
