"""Governments beside agreements: who is party since when, the reason for every gap, and who of a body is outside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Literal, get_args

from pydantic import Field

from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import BODIES, MemberOf, PartyTo
from iga.graph.text import folded
from iga.queries.core.absence import Absence
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, clause, worded
from iga.queries.core.columns import column, copied, filter_on, named, of, option, sourced
from iga.queries.core.membership import Memberships, counts_by_category, is_beside, membership_absence
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, OfIds, conflicts, refs
from iga.queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF
from iga.queries.core.relationships import Bond, Standing, membership_on
from iga.queries.core.rows import Rows
from iga.queries.core.trust import age_of
from iga.queries.instruments.agreements import PartyList, StandingRow

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
    outside = Rows(tuple(_gap(request, parties, member) for member in members if member.id not in bound))
    clauses = list(_clauses_of_gaps(request, parties, members, outside, off_list, len(terms.open)))
    if beside:
        clauses.append(clause("not-looked-at", by_category=counts_by_category(beside)))
    if terms.put_out and not category:
        clauses.append(clause("put-out", told=terms.put_out))
    return Result.of(clauses, outside, parties.shortfall(), refs=refs(parties.card.values))


def members_once(terms: Memberships) -> list[EdgeRow]:
    """Return one membership for each who had joined by the day, by name; those known to hold are preferred."""
    chosen: dict[str, EdgeRow] = {}
    for edge in terms.joined:
        if edge.id not in chosen or terms.states[edge.key] == "yes":
            chosen[edge.id] = edge
    return list(chosen.values())


def _gap(request: Request[GapsParams], parties: PartyList, member: EdgeRow) -> SourcedRow[GapRow]:
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


def _clauses_of_gaps(
    request: Request[GapsParams],
    parties: PartyList,
    members: Sequence[EdgeRow],
    outside: Rows[GapRow],
    off_list: Absence,
    open_members: int,
) -> Iterator[SourcedClause]:
    """Say how many are outside, who for which reason, and who is counted apart from governments.

    That none is outside is said only of a body whose list is whole.
    """
    rows = outside.where(cls="Government")
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
        who = [row for row in rows.where(reason=reason) if (row.id in open_still) is is_open]
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


class CoverageParams(Params):
    """What `coverage` is asked with."""

    party: tuple[str, ...] = Field(
        description="A body, whose members are looked at, or governments; may be given several times.",
        examples=["OSCE"],
    )
    agreement: tuple[str, ...] = Field(
        description="The agreements; may be given several times.", examples=["Palermo Protocol"]
    )
    status: Standing | None = option("Only those that stand to an agreement so.", "signatory")


class CoverageRow(StandingRow):
    """One cell: how one government, or organization, stands to one agreement; *unknown* where no list tells."""

    since: str | None = column("Since when it stands so, possibly partial.")
    reason: str = Field(description="How it came to stand so, or why it is not party, as far as known.")
    bodies: tuple[str, ...] = column("Bodies asked about that it belongs to.", ())
    signed_on: str | None = of(PartyTo, "signed_on")
    action: str | None = of(PartyTo, "action")
    in_force_on: str | None = of(PartyTo, "in_force_on")
    reservations: str | None = of(PartyTo, "reservations")


@dataclass(frozen=True)
class Line:
    """One government of the matrix, with its memberships in the bodies asked about."""

    subject: Subject
    memberships: tuple[tuple[Subject, EdgeRow], ...] = ()


@dataclass(frozen=True)
class StandingCell:
    """How one government stands to one agreement, and why it is not party: in a word, blank if it is."""

    row: SourcedRow[CoverageRow]
    why_outside: str


def coverage(request: Request[CoverageParams]) -> Result[CoverageRow]:
    """List a cell for each government and agreement: governments by name, agreements as given, organizations last.

    Observers and partners of a body are left aside. A government that no list names is *not party* only if
    that list is whole on the day; otherwise it is *unknown*.
    """
    lines = _lines(request)
    party_lists = [PartyList.read(request.session, one, day=request.day) for one in request.subjects["agreement"]]
    cells = [[_cell(line, party_list) for party_list in party_lists] for line in lines]
    rows = Rows(tuple(cell.row for of_line in cells for cell in of_line)).where(standing=request.params.status)
    clauses = (*_clauses(lines, party_lists, cells), *_unjoined(request))
    caveats = (doubt for party_list in party_lists for doubt in party_list.shortfall())
    rests_on = () if rows else refs(*(party_list.card.values for party_list in party_lists))
    return Result.of(clauses, rows, caveats, refs=rests_on)


def _unjoined(request: Request[CoverageParams]) -> Iterator[SourcedClause]:
    """Say of each body of how many no date tells whether they had joined by the day: they are in no line."""
    for body in request.subjects["party"]:
        terms = Memberships.read(request.session, MEMBERS_OF, body, day=request.day)
        if terms.open:
            yield clause("unjoined", body=body.name, number=len(terms.open))


def _lines(request: Request[CoverageParams]) -> list[Line]:
    """Return governments named and members of bodies named, each once."""
    lines: dict[str, Line] = {}
    for party in request.subjects["party"]:
        if party.cls == "Government" or not fits(party.cls, BODIES):
            lines.setdefault(party.id, Line(party))
            continue
        terms = Memberships.read(request.session, MEMBERS_OF, party, day=request.day)
        for edge in members_once(terms):
            if not is_beside(edge):
                known = lines.get(edge.id, Line(edge.other))
                lines[edge.id] = Line(edge.other, (*known.memberships, (party, edge)))
    return sorted(
        lines.values(), key=lambda line: (line.subject.cls != "Government", folded(line.subject.name), line.subject.id)
    )


def _cell(line: Line, party_list: PartyList) -> StandingCell:
    edge, bond = party_list.by_id.get(line.subject.id, (None, None))
    bond = Bond("not party", "yes") if party_list.adopted_later_on else bond
    stated = edge.properties if edge else {}
    standing: Standing = bond.standing if bond else "not party" if party_list.absence.is_no else "unknown"
    is_bound, since = bond == Bond("party", "yes"), _since(standing, stated)
    is_known = is_bound or party_list.is_surely_outside(line.subject.id)
    why, remark = why_outside(party_list, line.subject.id)
    members = [membership for _, membership in line.memberships]
    is_member = not members or any(membership_on(edge.properties, day=party_list.day) == "yes" for edge in members)
    values = {
        "action": stated.get("action") or "joined",
        "since": since,
        "is_member": is_member,
        "remark": remark,
        "standing": standing,
        "why": why,
        "adopted_later_on": party_list.adopted_later_on,
    }
    row = CoverageRow(
        held="yes" if is_known and is_member else "unknown",
        conflicts=conflicts(stated),
        standing=standing,
        since=since,
        reason=worded(__package__, "coverage", "row-reason", values),
        bodies=tuple(body.name for body, _ in line.memberships),
        **line.subject.model_dump(),
        **named("agreement", party_list.card),
        **copied(CoverageRow, stated, day=party_list.day),
    )
    is_party = "" if row.held == "yes" or since else "undated"
    dated_by = refs(*(membership.properties for membership in members))
    sourced = SourcedRow(row, refs(stated) or refs(party_list.card.values), dated_by)
    return StandingCell(sourced, is_party if standing == "party" else why)


def _since(standing: Standing, stated: Mapping[str, Any]) -> str | None:
    """Return since when a party stands so, possibly partial."""
    joined_on = stated.get("action_on") or stated.get("in_force_on")
    days = {"party": joined_on, "signatory": stated.get("signed_on"), "withdrawn": stated.get("withdrawn_on")}
    return days.get(standing) or None


def _clauses(
    lines: Sequence[Line], party_lists: Sequence[PartyList], cells: Sequence[Sequence[StandingCell]]
) -> Iterator[SourcedClause]:
    """Say how many governments are party to all that was asked about, then to each, and why the others are not."""
    of_governments = [of_line for line, of_line in zip(lines, cells, strict=True) if line.subject.cls == "Government"]
    bound = sum(not any(cell.why_outside for cell in of_line) for of_line in of_governments)
    agreements = [party_list.called for party_list in party_lists]
    one = [line.subject.name for line in lines] if len(lines) == 1 else []
    counted = {"governments": len(of_governments), "is_of_bodies": any(line.memberships for line in lines)}
    yield clause("headline", **counted, bound=bound, agreements=agreements, names=one)
    for number, party_list in enumerate(party_lists):
        outside: dict[tuple[str, bool], list[CoverageRow]] = {}
        for cell in (of_line[number] for of_line in of_governments):
            is_sure = cell.why_outside == "" or party_list.is_surely_outside(cell.row.row.id)
            outside.setdefault((cell.why_outside, is_sure), []).append(cell.row.row)
        if len(party_lists) > 1 and of_governments:
            yield clause("agreement", agreement=party_list.called, bound=len(outside.get(("", True), ())))
        if party_list.adopted_later_on:
            yield party_list.not_there_yet
            continue
        for why, is_sure in sorted(outside.keys() - {("", True)}, key=lambda why: (why[0] == "unknown", why)):
            rows = outside[why, is_sure]
            shown_on = None if is_sure else party_list.shown_on(row.id for row in rows)
            names = [row.name for row in rows]
            yield clause("outside", agreement=party_list.called, reason=why, names=names, shown_on=shown_on)
    others = [line.subject.name for line in lines if line.subject.cls != "Government"]
    if others:
        yield clause("organizations", names=others)


COVERAGE = Question.of(
    coverage,
    title="Which of these governments are party to which of these agreements, and why not?",
    names={"party": ("Party",), "agreement": ("Agreement",)},
    example={"party": "Bali Process", "agreement": "Palermo Protocol"},
    columns=("name", "agreement_name", "standing", "since", "reason", "held", "confidence", "evidence"),
)
