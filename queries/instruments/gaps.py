"""Which members of a body are not party to an agreement, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import product
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
    bound = {id_ for id_, (_, bond) in parties.by_id.items() if bond == Bond("party", "yes")}
    outside = tuple(_row(request, parties, member) for member in members if member.id not in bound)
    clauses = list(_clauses(request, parties, members, [sourced.row for sourced in outside], off_list, len(terms.open)))
    if beside:
        clauses.append(clause("not-looked-at", by_category=counts_by_category(beside)))
    return Result(tuple(clauses), outside, parties.shortfall(), refs(parties.card.values))


def members_once(terms: Memberships) -> list[EdgeRow]:
    """Return one membership for each who had joined by the day, by name; those known to hold are preferred."""
    chosen: dict[str, EdgeRow] = {}
    for edge in terms.joined:
        if edge.id not in chosen or terms.states[edge.key] == "yes":
            chosen[edge.id] = edge
    return list(chosen.values())


def _row(request: Request[GapsParams], parties: PartyList, member: EdgeRow) -> SourcedRow[GapRow]:
    edge, _ = parties.by_id.get(member.id, (None, None))
    bound = edge.properties if edge else {}
    reason, remark = why_outside(parties, member.id)
    is_sure = parties.is_surely_outside(member.id) and membership_on(member.properties, day=request.day) == "yes"
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


def why_outside(parties: PartyList, id_: str) -> tuple[Reason, str | None]:
    """Return why somebody is not, or not for certain, party to an agreement, and what makes that uncertain."""
    edge, bond = parties.by_id.get(id_, (None, None))
    stated, off_list = edge.properties if edge else {}, parties.absence
    standing, later = bond.standing if bond else "", _later_step(stated)
    values = {"standing": standing, "is_sure": bond is None or bond.held == "yes", "later": later, **asdict(off_list)}
    values["seen_on"] = None if parties.is_surely_outside(id_) else parties.shown_on([id_])
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
    open_members: int,
) -> Iterator[SourcedClause]:
    """Say how many are outside, who for which reason, and who is counted apart from governments.

    That none is outside is said only of a body whose list is whole.
    """
    rows = [row for row in outside if row.cls == "Government"]
    governments = [edge for edge in members if edge.cls == "Government"]
    open_still = {row.id for row in rows if not parties.is_surely_outside(row.id)}
    sure, unknown = ([row.name for row in rows if (row.id in open_still) is is_open] for is_open in (False, True))
    yield clause(
        "headline",
        body=request.one("party").name,
        agreement=parties.called,
        by_category=counts_by_category(governments),
        governments=len(governments),
        outside=len(sure),
        unknown=len(unknown),
        open=open_members,
        names=sure or unknown,
        age=age_of(request.session, *(edge.properties for edge, _ in parties.bonds), day=request.day),
        **off_list.values(request.one("party").name, "members"),
    )
    is_told = len(unknown) == len(rows) <= _NAMED  # by the headline, which has nobody else to name
    for reason, is_open in product(get_args(Reason), (False, True)):
        who = [row for row in rows if row.reason == reason and (row.id in open_still) is is_open]
        if who and not (is_told and reason == "unknown"):
            shown_on = parties.shown_on(row.id for row in who) if is_open else None
            yield clause("outside", reason=reason, names=[row.name for row in who], shown_on=shown_on)
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
