"""Which members of a body are not party to an agreement, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import Field

from graph.domain.edges import BODIES
from queries.core.answer import PartyRow, Subject
from queries.core.columns import has_words
from queries.core.membership import by_category, is_beside, membership_on
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF
from queries.core.session import Session
from queries.core.treaty import Bond, bond_on
from queries.core.wording import counted, listed
from queries.instruments.bonds import missing_parties, shortfall, too_early
from queries.instruments.reads import PARTIES_TO

Reason = Literal["never signed", "not yet party", "signed only", "withdrawn", "unknown"]


class GapsParams(Params):
    """What `gaps` is asked with."""

    agreement: str = Field(description="The agreement.", examples=["Palermo Protocol"])
    party: str = Field(description="The body whose members are looked at.", examples=["OSCE"])
    category: str | None = Field(
        default=None,
        description="Only this category, be it observers; if left out, all members.",
        examples=["participating State"],
    )


class GapRow(PartyRow):
    """One member of the body that is not, or not for certain, party to the agreement."""

    body: str = Field(description="Id of the body.")
    body_name: str = Field(description="Name of the body.")
    agreement: str = Field(description="Id of the agreement.")
    agreement_name: str = Field(description="Title of the agreement.")
    reason: Reason = Field(description="Why it is not party, as far as known.")
    category: str | None = Field(default=None, description="Its category in the body.")
    signed_on: str | None = Field(default=None, description="Signature.")
    withdrawn_on: str | None = Field(default=None, description="When a withdrawal took effect.")
    remark: str | None = Field(default=None, description="What makes the reason uncertain.")


def gaps(request: Request[GapsParams]) -> Result:
    """List members of a body that are not party to an agreement on a day, by name; organizations apart.

    Observers and partners are looked at only where their category is asked for. A member that no list names is
    *never signed* only if every party that the depositary counts is held; otherwise it may be one of the missing
    ones, and the reason is *unknown*.
    """
    body, agreement = request.one("party"), request.one("agreement")
    bonds = request.session.read(PARTIES_TO, OfIds(ids=(agreement.id,)))
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(agreement.id,)))[0]
    if early := too_early(card, day=request.day):
        return Result(sentence=early, refs=refs(card.values))
    missing = missing_parties(card, bonds)
    standing = {edge.id: (edge, bond_on(edge.properties, day=request.day)) for edge in bonds}
    everyone = memberships_on(request.session, body, category=request.params.category, day=request.day)
    memberships = everyone if request.params.category else [edge for edge in everyone if not is_beside(edge)]
    beside = [] if request.params.category else [edge for edge in everyone if is_beside(edge)]
    sourced_rows = []
    for membership in memberships:
        edge, bond = standing.get(membership.id, (None, None))
        if bond is None or bond != Bond("party", "yes"):
            sourced_rows.append(_draft(request, membership, edge, bond, missing))
    return Result(
        sentence=_sentence(body, agreement, sourced_rows, memberships)
        + _apart(bonds, request.day)
        + _left_aside(beside),
        rows=tuple(sourced_rows),
        caveats=shortfall(card, missing),
        refs=refs(card.values),
    )


def memberships_on(session: Session, body: Subject, *, category: str | None, day: str) -> list[EdgeRow]:
    """Return one membership for each member on the day, by name; those known to hold are preferred."""
    chosen: dict[str, EdgeRow] = {}
    for edge in by_name(session.read(MEMBERS_OF, OfIds(ids=(body.id,)))):
        held = membership_on(edge.properties, day=day)
        if held == "no" or not has_words(edge.properties.get("category"), category or ""):
            continue
        if edge.id not in chosen or held == "yes":
            chosen[edge.id] = edge
    return list(chosen.values())


def _draft(
    request: Request[GapsParams], membership: EdgeRow, edge: EdgeRow | None, bond: Bond | None, missing: int | None
) -> SourcedRow:
    body, agreement, member = request.one("party"), request.one("agreement"), membership.other
    bound = edge.properties if edge else {}
    reason, remark = why_outside(bond, bound, missing)
    sure = reason != "unknown" and (bond is None or bond.held == "yes")
    sure = sure and membership_on(membership.properties, day=request.day) == "yes"
    row = GapRow(
        held="yes" if sure else "unknown",
        conflicts=conflicts(bound),
        id=member.id,
        cls=member.cls,
        name=member.name,
        iso3=member.iso3,
        body=body.id,
        body_name=body.name,
        agreement=agreement.id,
        agreement_name=agreement.name,
        reason=reason,
        category=membership.properties.get("category"),
        signed_on=bound.get("signed_on"),
        withdrawn_on=bound.get("withdrawn_on"),
        remark=remark,
    )
    return SourcedRow(row, refs(bound, membership.properties))


def why_outside(bond: Bond | None, said: Mapping[str, Any], missing: int | None) -> tuple[Reason, str | None]:
    """Return why somebody is not, or not for certain, party to an agreement, and what makes that uncertain.

    Args:
        bond: How it stands to the agreement; None if it is not listed.
        said: Properties of the bond; empty if it is not listed.
        missing: Number of parties missing from the list; None if it cannot be checked.
    """
    if bond is None:
        if missing == 0:
            return "never signed", None
        short = (
            f"{counted(missing, 'party', 'parties')} missing from the list" if missing else "the list cannot be checked"
        )
        return "unknown", f"not listed, and {short}"
    if bond.standing == "party":
        return "unknown", "listed as a party, but no date tells since when"
    if bond.standing == "signatory":
        return "signed only", None if bond.held == "yes" else "the day of its signature is not known"
    if bond.standing == "withdrawn":
        return "withdrawn", None if bond.held == "yes" else "the day of its withdrawal is not known"
    if bond.standing == "not party" and (later := _later_step(said)):
        return "not yet party", later
    if bond.standing == "not party":
        return "never signed", None if bond.held == "yes" else "stated without a day"
    return "unknown", "listed without a clear status"


def _later_step(said: Mapping[str, Any]) -> str | None:
    """Return the first step towards an agreement that lies after the day; None if no day of one is held."""
    if said.get("signed_on"):
        return f"signed {said['signed_on']}"
    joined_on = said.get("action_on") or said.get("in_force_on")
    return f"{said.get('action') or 'joined'} {joined_on}" if joined_on else None


def _sentence(
    body: Subject, agreement: Subject, sourced_rows: Sequence[SourcedRow], everyone: Sequence[EdgeRow]
) -> str:
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, GapRow) and draft.row.cls == "Government"]
    governments = [edge for edge in everyone if edge.cls == "Government"]
    lacking = [row for row in rows if row.reason != "unknown"]
    unclear = [row for row in rows if row.reason == "unknown"]
    if not governments:
        return f"no government is held as belonging to {body.name} on that day"
    among = f"{counted(len(governments), 'government')} in {body.name} ({by_category(governments)})"
    if lacking:
        verb = "is" if len(lacking) == 1 else "are"
        reasons = (
            f"{reason}: {_named(row for row in lacking if row.reason == reason)}" for reason in _reasons(lacking)
        )
        first = f"{len(lacking)} of {among} {verb} not party to {agreement.name}: {'; '.join(reasons)}"
    else:
        known = "is known to be outside" if unclear else "is outside"
        first = f"of {among}, none {known} {agreement.name}"
    if unclear:
        first += f"; whether {len(unclear)} of them {'is' if len(unclear) == 1 else 'are'} party is not known: "
        first += _named(unclear)
    return first + _organizations(everyone)


def _reasons(rows: Sequence[GapRow]) -> list[Reason]:
    return [reason for reason in get_args(Reason) if any(row.reason == reason for row in rows)]


def _named(rows: Iterable[GapRow]) -> str:
    return listed([row.name for row in rows], most=6)


def _organizations(everyone: Sequence[EdgeRow]) -> str:
    others = [edge.name for edge in everyone if edge.cls != "Government"]
    named = listed(others) if len(others) < 3 else counted(len(others), "organization")
    return f"; in the body, but no government and counted apart: {named}" if others else ""


def _apart(bonds: Sequence[EdgeRow], day: str) -> str:
    """Say which organizations are party themselves, so that nobody counts them among the governments."""
    unions = [
        edge.name
        for edge in by_name(bonds)
        if edge.cls != "Government" and bond_on(edge.properties, day=day).standing == "party"
    ]
    return f"; party in its own right and counted apart: {listed(unions)}" if unions else ""


def _left_aside(beside: Sequence[EdgeRow]) -> str:
    return f"; beside the members, and not looked at: {by_category(beside)}" if beside else ""


GAPS = Question(
    name="gaps",
    title="Which members of this body are not party to this agreement, and why?",
    params=GapsParams,
    row=GapRow,
    function=gaps,
    names={"agreement": ("Agreement",), "party": BODIES},
    example={"agreement": "Palermo Protocol", "party": "OSCE"},
    columns=("name", "category", "reason", "signed_on", "withdrawn_on", "remark", "held", "confidence", "evidence"),
)
