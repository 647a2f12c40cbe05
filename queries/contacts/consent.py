"""What a person agreed to be asked for, and how: nothing that is not on record, and never a yes by silence."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from pydantic import Field

from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, option
from iga.queries.core.permissions import Standing, newest_by_purpose, standing_on
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import OfIds, conflicts, refs
from iga.queries.core.reads import CONSENTS_OF

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
    person, purpose, day = request.one("party"), request.params.purpose, request.day
    consents = (consent.values for consent in request.session.read(CONSENTS_OF, OfIds(ids=(person.id,))))
    newest = newest_by_purpose(consents, day=day)
    # A consent for one thing is never one for another.
    asked = [newest[words] for words in sorted(newest) if purpose is None or words == folded(purpose)]
    rows = [SourcedRow(_row(person, answer, day), refs(answer)) for answer in asked]
    if not rows:
        unknown = {"held": "unknown", "allowed": "not known", "standing": "not on record", "why": ""}
        row = ConsentRow(**person.model_dump(exclude={"iso3"}), purpose=purpose or "any purpose", **unknown)
        rows = [SourcedRow(_with_why(row), refs(entities(request.session, [person.id])[person.id].values))]
    caveats = tuple(_caveats(rows, () if asked else newest.values()))
    return Result(clauses=tuple(_clauses(person, rows)), rows=tuple(rows), caveats=caveats)


def _row(person: Subject, answer: Mapping[str, Any], day: str) -> ConsentRow:
    standing = standing_on(answer, day=day)
    is_open, allowed = standing == "given", _ALLOWED.get(standing)
    row = ConsentRow(
        held="yes" if allowed else "unknown",
        conflicts=conflicts(answer),
        id=person.id,
        cls=person.cls,
        name=(answer.get("name_to_use") if is_open else None) or person.name,
        purpose=str(answer.get("purpose") or "not stated"),
        allowed=allowed or "not known",
        standing=standing,
        why="",
        given_on=answer.get("given_on"),
        withdrawn_on=answer.get("withdrawn_on") if standing == "taken back" else None,
        name_to_use=answer.get("name_to_use") if is_open else None,
        contact_via=answer.get("contact_via"),
        payment=answer.get("payment") if is_open else None,
        expires_on=answer.get("period_end"),
    )
    return _with_why(row)


def _with_why(row: ConsentRow) -> ConsentRow:
    return row.model_copy(update={"why": worded(__package__, "consent", "row-why", row.model_dump())})


def _clauses(person: Subject, rows: Rows) -> Iterator[SourcedClause]:
    """Say whether it is allowed and by which name and way; of several purposes, which are and which are not."""
    name = next((row.row.name_to_use for row in rows if row.row.name_to_use), None) or person.name
    allowed = [row for row in rows if row.row.allowed == "yes"]
    if len(rows) == 1:
        chosen = {"purpose", "standing", "given_on", "withdrawn_on", "expires_on"}
        yield _of(rows, "headline", person=name, **rows[0].row.model_dump(include=chosen))
    else:
        yield _of(rows, "purposes", person=name, number=len(rows), allowed=[row.row.purpose for row in allowed])
        for clause_id, answer in (("refused", "no"), ("not-known", "not known")):
            if of_answer := [row for row in rows if row.row.allowed == answer]:
                yield _of(of_answer, clause_id, purposes=[row.row.purpose for row in of_answer])
    if len(allowed) == 1:
        yield _of(allowed, "how", **allowed[0].row.model_dump(include={"name_to_use", "contact_via", "payment"}))
    if any(row.row.standing != "not on record" for row in rows):
        yield clause("sensitive")


def _of(rows: Rows, name: str, **values: Any) -> SourcedClause:
    return resting_on([row.refs for row in rows], name, **values)


def _caveats(rows: Rows, others: Collection[Mapping[str, Any]]) -> Iterator[UnwordedCaveat]:
    yield caveat("unknown", "ask-first", rows=[row.row.allowed == "not known" for row in rows])
    if others:
        purposes = sorted(str(answer.get("purpose")) for answer in others)
        yield caveat("unknown", "other-purposes", clause="headline", purposes=purposes)


CONSENT = Question.of(
    consent,
    title="May we ask this person for that, by which name and way, and until when?",
    names={"party": ("Person",)},
    example={"party": "person:fictional-c01", "purpose": "speak at a side event"},
    columns=("name", "purpose", "allowed", "why", "contact_via", "payment", "expires_on", "held", "evidence"),
    maturity="trial",
    is_duty=True,
)
