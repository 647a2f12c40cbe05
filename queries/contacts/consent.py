"""What a person agreed to be asked for, and how: nothing that is not on record, and never a yes by silence."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, option
from iga.queries.core.permissions import Protection, Standing, newest_by_purpose, protections, standing_on
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import OfIds, conflicts, refs
from iga.queries.core.reads import CONSENTS_OF
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session

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


def consent(request: Request[ConsentParams]) -> Result[ConsentRow]:
    """Return what a person agreed to, by purpose; ``held`` is *unknown* wherever it is not on record or ran out."""
    person, purpose, day = request.one("party"), request.params.purpose, request.day
    asked, others = list[tuple[Subject, Mapping[str, Any]]](), list[Mapping[str, Any]]()
    for one in (person, *_may_be(request.session, person)):
        consents = (consent.values for consent in request.session.read(CONSENTS_OF, OfIds(ids=(one.id,))))
        newest = newest_by_purpose(consents, day=day)
        # A consent for one thing is never one for another.
        chosen = [words for words in sorted(newest) if purpose is None or words == folded(purpose)]
        asked += [(one, newest[words]) for words in chosen]
        others += newest.values()
    rows = Rows.of(SourcedRow(_row(one, answer, day), refs(answer)) for one, answer in asked)
    if not rows:
        unknown = {"held": "unknown", "allowed": "not known", "standing": "not on record", "why": ""}
        row = ConsentRow(**person.model_dump(exclude={"iso3"}), purpose=purpose or "any purpose", **unknown)
        rows = Rows((SourcedRow(_with_why(row), refs(entities(request.session, [person.id])[person.id].values)),))
    return Result.of(_clauses(person, rows), rows, _caveats(rows, () if asked else others))


def _may_be(session: Session, person: Subject) -> list[Subject]:
    """Return the protected people whom a person may be: until somebody judges, what they answered counts."""
    may_be = protections(session.ledger, [person.id]).get(person.id, Protection()).may_be
    return [it.subject for it in entities(session, sorted(may_be)).values()]


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


def _clauses(person: Subject, rows: Rows[ConsentRow]) -> Iterator[SourcedClause]:
    """Say whether it is allowed and by which name and way; of several purposes, which are and which are not."""
    whom = {row.id: row.name for row in rows if row.id != person.id}
    name = next(filter(None, rows.values("name_to_use")), None) or (rows.values("name")[0] if whom else person.name)
    allowed = rows.where(allowed="yes")
    if len(rows) == 1:
        [said] = rows.told("purpose", "standing", "given_on", "withdrawn_on", "expires_on")
        yield rows.clause("headline", person=name, **said)
    else:
        yield rows.clause("purposes", person=name, number=len(rows), allowed=allowed.values("purpose"))
        for clause_id, answer in (("refused", "no"), ("not-known", "not known")):
            if of_answer := rows.where(allowed=answer):
                yield of_answer.clause(clause_id, purposes=of_answer.values("purpose"))
    if whom:
        yield clause("may-be", person=person.name, whom=[{"id": id_, "name": name} for id_, name in whom.items()])
    if len(allowed) == 1:
        yield allowed.clause("how", **allowed.told("name_to_use", "contact_via", "payment")[0])
    if rows.keeping(lambda row: row.standing != "not on record"):
        yield clause("sensitive")


def _caveats(rows: Rows[ConsentRow], others: Collection[Mapping[str, Any]]) -> Iterator[UnwordedCaveat]:
    yield rows.doubt("unknown", "ask-first", lambda row: row.allowed == "not known")
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
