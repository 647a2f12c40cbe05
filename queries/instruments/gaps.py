"""Which members of a body are not party to an agreement, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal, get_args

from pydantic import Field

from iga.graph.domain.edges import BODIES, MemberOf, PartyTo
from iga.queries.core.absence import Absence
from iga.queries.core.ages import age_of
from iga.queries.core.answer import PartyRow
from iga.queries.core.clauses import SourcedClause, clause, worded
from iga.queries.core.columns import column, filter_on, of, sourced
from iga.queries.core.leaving import membership_on
from iga.queries.core.membership import Memberships, counts_by_category, is_beside, membership_absence
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import EdgeRow, OfIds, conflicts, refs
from iga.queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF
from iga.queries.core.treaty import Bond, Standing
from iga.queries.instruments.bonds import PartyList

# So many are named in one breath.
_NAMED = 3
Reason = Literal["never signed", "not yet party", "signed only", "withdrawn", "unknown"]


class GapsParams(Params):
    """What `gaps` is asked with."""

    agreement: str = Field(description="The agreement.", examples=["Palermo Protocol"])
    party: str = Field(description="The body whose members are looked at.", examples=["OSCE"])
    category: str | None = filter_on(MemberOf, "category")


class GapRow(PartyRow):
    """One member of the body that is not, or not for certain, party to the agreement."""

    body: str = Field(description="Id of the body.")
    body_name: str = Field(description="Name of the body.")
    agreement: str = Field(description="Id of the agreement.")
    agreement_name: str = Field(description="Title of the agreement.")
    reason: Reason = Field(description="Why it is not party, as far as known.")
    category: str | None = column("Its category in the body.")
    signed_on: str | None = of(PartyTo, "signed_on")
    withdrawn_on: str | None = of(PartyTo, "withdrawn_on")
    remark: str | None = column("What makes the reason uncertain.")


def gaps(request: Request[GapsParams]) -> Result[GapRow]:
    """List members of a body that are not party to an agreement on a day, by name; organizations apart.

    Observers and partners are looked at only where their category is asked for. A member that no list names is
    *never signed* only if that list is whole on the day; otherwise it may be party, and the reason is *unknown*.
    """
    body, category = request.one("party"), request.params.category
    parties = PartyList.read(request.session, request.one("agreement"), day=request.day)
    if parties.adopted_later_on:
        return parties.before_adoption()
    terms = Memberships.read(request.session, MEMBERS_OF, body, day=request.day).fitting(request.params)
    [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))
    off_list = membership_absence(request.session, card, terms)
    members, beside = members_once(terms), []
    if not category:
        beside = [edge for edge in members if is_beside(edge)]
        members = [edge for edge in members if not is_beside(edge)]
    bonds = {edge.id: (edge, bond) for edge, bond in parties.bonds}
    bound = [(member, *bonds.get(member.id, (None, None))) for member in members]
    outside = tuple(_row(request, parties, *member) for member in bound if member[2] != Bond("party", "yes"))
    clauses = list(_clauses(request, parties, members, [sourced.row for sourced in outside], off_list))
    if beside:
        clauses.append(clause("not-looked-at", by_category=counts_by_category(beside)))
    return Result(tuple(clauses), outside, parties.shortfall(), refs(parties.card.values))


def members_once(terms: Memberships) -> list[EdgeRow]:
    """Return one membership for each member on the day, by name; those known to hold are preferred."""
    chosen: dict[str, EdgeRow] = {}
    for edge in terms.standing:
        if edge.id not in chosen or terms.states[edge.key] == "yes":
            chosen[edge.id] = edge
    return list(chosen.values())


def _row(
    request: Request[GapsParams], parties: PartyList, member: EdgeRow, edge: EdgeRow | None, bond: Bond | None
) -> SourcedRow[GapRow]:
    bound = edge.properties if edge else {}
    reason, remark = why_outside(bond, bound, parties.absence)
    is_member = membership_on(member.properties, day=request.day) == "yes"
    is_sure = reason != "unknown" and (bond is None or bond.held == "yes") and is_member
    return sourced(
        GapRow,
        bound,
        member.properties,
        made_of=(bound, member.properties),
        about=member.other,
        held="yes" if is_sure else "unknown",
        day=request.day,
        conflicts=conflicts(bound),
        body=request.one("party"),
        agreement=parties.card,
        reason=reason,
        remark=remark,
        category=member.properties.get("category"),
    )


def why_outside(bond: Bond | None, stated: Mapping[str, Any], off_list: Absence) -> tuple[Reason, str | None]:
    """Return why somebody is not, or not for certain, party to an agreement, and what makes that uncertain.

    Args:
        bond: How it stands to the agreement; None if it is not listed.
        stated: Properties of the bond; empty if it is not listed.
        off_list: What it is worth not to be listed.
    """
    standing, later = bond.standing if bond else "", _later_step(stated)
    values = {"standing": standing, "is_sure": bond is None or bond.held == "yes", "later": later, **asdict(off_list)}
    remark = worded(__package__, "gaps", "row-remark", values) or None
    if bond is None:
        return ("never signed" if off_list.is_no else "unknown"), remark
    if standing == "not party":
        return ("not yet party" if later else "never signed"), remark
    return _REASONS.get(bond.standing, "unknown"), remark


_REASONS: Mapping[Standing, Reason] = {"signatory": "signed only", "withdrawn": "withdrawn"}


def _later_step(stated: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the first step towards an agreement that lies after the day; None if no day of one is known."""
    if stated.get("signed_on"):
        return {"step": "signed", "on": stated["signed_on"]}
    joined_on = stated.get("action_on") or stated.get("in_force_on")
    return {"step": stated.get("action") or "joined", "on": joined_on} if joined_on else None


def _clauses(
    request: Request[GapsParams],
    parties: PartyList,
    members: Sequence[EdgeRow],
    outside: Sequence[GapRow],
    off_list: Absence,
) -> Iterator[SourcedClause]:
    """Say how many are outside, who for which reason, and who is counted apart from governments.

    That none is outside is said only of a body whose list is whole.
    """
    rows = [row for row in outside if row.cls == "Government"]
    governments = [edge for edge in members if edge.cls == "Government"]
    names = {reason: [row.name for row in rows if row.reason == reason] for reason in get_args(Reason)}
    yield clause(
        "headline",
        body=request.one("party").name,
        agreement=parties.called,
        by_category=counts_by_category(governments),
        governments=len(governments),
        outside=len(rows) - len(names["unknown"]),
        unknown=len(names["unknown"]),
        names=[row.name for row in rows if row.reason != "unknown"] or names["unknown"],
        age=age_of(request.session, *(edge.properties for edge, _ in parties.bonds), day=request.day),
        **off_list.values(request.one("party").name, "members"),
    )
    is_told = len(names["unknown"]) == len(rows) <= _NAMED  # by the headline, which has nobody else to name
    yield from (clause("outside", reason=reason, names=who) for reason, who in names.items() if who and not is_told)
    if not governments:
        return
    if others := [edge.name for edge in members if edge.cls != "Government"]:
        yield clause("organizations", names=others)
    bound = [edge.name for edge, bond in parties.bonds if edge.cls != "Government" and bond.standing == "party"]
    if bound:
        yield clause("organizations-bound", names=bound)


GAPS = Question.of(
    gaps,
    title="Which members of this body are not party to this agreement, and why?",
    names={"agreement": ("Agreement",), "party": BODIES},
    example={"agreement": "Palermo Protocol", "party": "OSCE"},
    yes_or_no=(),
    columns=("name", "category", "reason", "signed_on", "withdrawn_on", "remark", "held", "confidence", "evidence"),
)
