"""What a person agreed to be asked for, and how: nothing that is not on record, and never a yes by silence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from pydantic import Field

from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause, resting_on, worded
from queries.core.columns import column, option
from queries.core.endnotes import row_numbers
from queries.core.permissions import Standing, newest_by_purpose, standing_on
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, conflicts, refs
from queries.core.reads import CONSENTS_OF, ENTITIES_BY_ID
from queries.core.wording import listed

Allowed = Literal["yes", "no", "not known"]

_ALLOWED: Mapping[Standing, Allowed] = {"given": "yes", "refused": "no", "taken back": "no"}
"""Any other standing is not known, which is not allowed."""


class ConsentParams(Params):
    """What `consent` is asked with."""

    party: str = Field(description="The person.", examples=["person:usac-2015-01"])
    purpose: str | None = option("What for; every purpose on record if left out.", "speak at a side event")


class ConsentRow(PartyRow):
    """One purpose that a person was asked about, or the one asked for here, of which nothing is on record."""

    purpose: str = Field(description="What for, in the words it was asked in.")
    allowed: Allowed = Field(description="Yes only where it was given and holds on the day; silence is not known.")
    standing: Standing = Field(description="How it stands: given, refused, taken back, run out, or not known.")
    why: str = Field(description="Why that is so, in words.")
    given_on: str | None = column("Day it was answered, possibly partial.")
    withdrawn_on: str | None = column("Day it was taken back, possibly partial.")
    name_to_use: str | None = column("The name to use for that purpose.")
    contact_via: str | None = column("The only way to make contact; null is none stated.")
    payment: str | None = column("How payment is arranged; null is not stated.")
    expires_on: str | None = column("Last day it holds, possibly partial; null is not stated.")


Rows: TypeAlias = Sequence[SourcedRow[ConsentRow]]


def consent(request: Request[ConsentParams]) -> Result[ConsentRow]:
    """Return what a person agreed to, by purpose; ``held`` is *unknown* wherever it is not on record or ran out."""
    person, purpose = request.one("party"), request.params.purpose
    consents = {consent.id: consent for consent in request.session.read(CONSENTS_OF, OfIds(ids=(person.id,)))}
    newest = newest_by_purpose((consent.values for consent in consents.values()), day=request.day)
    every = [consents[newest[words]["id"]] for words in sorted(newest)]
    asked = [consent for consent in every if purpose is None or _is_for(consent, purpose)]
    rows = [SourcedRow(_row(person, each, request.day), refs(each.values)) for each in asked]
    if not rows:
        [itself] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(person.id,)))
        rows = [SourcedRow(_nothing(person, purpose), refs(itself.values))]
    caveats = tuple(_caveats(rows, [] if asked else every))
    return Result(clauses=tuple(_clauses(person, rows)), rows=tuple(rows), caveats=caveats)


def _is_for(consent: Entity, purpose: str) -> bool:
    """Say whether a consent is for a purpose: the same words; a consent for one thing is never one for another."""
    return folded(str(consent.values.get("purpose") or "")) == folded(purpose)


def _row(person: Subject, consent: Entity, day: str) -> ConsentRow:
    stated = consent.values
    standing = standing_on(stated, day=day)
    is_open = standing == "given"
    row = ConsentRow(
        held="unknown" if _ALLOWED.get(standing) is None else "yes",
        conflicts=conflicts(stated),
        id=person.id,
        cls=person.cls,
        name=(stated.get("name_to_use") if is_open else None) or person.name,
        purpose=str(stated.get("purpose") or "not stated"),
        allowed=_ALLOWED.get(standing, "not known"),
        standing=standing,
        why="",
        given_on=stated.get("given_on"),
        withdrawn_on=stated.get("withdrawn_on") if standing == "taken back" else None,
        name_to_use=stated.get("name_to_use") if is_open else None,
        contact_via=stated.get("contact_via"),
        payment=stated.get("payment") if is_open else None,
        expires_on=stated.get("period_end"),
    )
    return _with_why(row)


def _with_why(row: ConsentRow) -> ConsentRow:
    return row.model_copy(update={"why": worded(__package__, "consent", "row-why", row.model_dump())})


def _nothing(person: Subject, purpose: str | None) -> ConsentRow:
    unknown = {"held": "unknown", "allowed": "not known", "standing": "not on record", "why": ""}
    return _with_why(ConsentRow(**person.model_dump(exclude={"iso3"}), purpose=purpose or "any purpose", **unknown))


def _clauses(person: Subject, rows: Rows) -> Iterator[SourcedClause]:
    """Say whether it is allowed and by which name and way; of several purposes, which are and which are not."""
    name = next((row.row.name_to_use for row in rows if row.row.name_to_use), None) or person.name
    allowed = [row for row in rows if row.row.allowed == "yes"]
    if len(rows) == 1:
        chosen = ("purpose", "standing", "given_on", "withdrawn_on", "expires_on")
        values = {field: getattr(rows[0].row, field) for field in chosen}
        yield _of(rows, "headline", person=name, **values)
    else:
        yield _of(rows, "purposes", person=name, number=len(rows), allowed=_purposes(allowed))
        if refused := [row for row in rows if row.row.allowed == "no"]:
            yield _of(refused, "refused", purposes=_purposes(refused))
        if unknown := [row for row in rows if row.row.allowed == "not known"]:
            yield _of(unknown, "not-known", purposes=_purposes(unknown))
    if len(allowed) == 1:
        how = {field: getattr(allowed[0].row, field) for field in ("name_to_use", "contact_via", "payment")}
        yield _of(allowed, "how", **how)
    if any(row.row.standing != "not on record" for row in rows):
        yield clause("sensitive")


def _of(rows: Rows, name: str, **values: Any) -> SourcedClause:
    return resting_on([row.refs for row in rows], name, **values)


def _purposes(rows: Rows) -> list[str]:
    return [row.row.purpose for row in rows]


def _caveats(rows: Rows, others: Sequence[Entity]) -> Iterator[Caveat]:
    if unknown := row_numbers(row.row.allowed == "not known" for row in rows):
        text = "What is not on record, or ran out, is not allowed: ask the person first, by the way that is stated."
        yield Caveat(kind="unknown", text=text, rows=unknown)
    if others:
        purposes = listed(sorted(str(each.values.get("purpose")) for each in others))
        text = f"On record are answers to other purposes, which say nothing on this one: {purposes}."
        yield Caveat(kind="unknown", text=text, clause="headline")


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
