"""Governments beside agreements: who is party since when, and the reason for every gap."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import BODIES, PartyTo
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import SourcedClause, clause, worded
from iga.queries.core.columns import column, copied, named, of, option
from iga.queries.core.leaving import membership_on
from iga.queries.core.membership import Memberships, is_beside
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import EdgeRow, conflicts, refs
from iga.queries.core.reads import MEMBERS_OF
from iga.queries.core.treaty import Bond, Standing
from iga.queries.instruments.bonds import PartyList, StandingRow
from iga.queries.instruments.gaps import members_once, why_outside


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
    rows = [cell.row for of_line in cells for cell in of_line]
    shown = [sourced for sourced in rows if request.params.status in (None, sourced.row.standing)]
    return Result(
        clauses=(*_clauses(lines, party_lists, cells), *_unjoined(request)),
        rows=tuple(shown),
        caveats=tuple(doubt for party_list in party_lists for doubt in party_list.shortfall()),
        refs=refs(*(party_list.card.values for party_list in party_lists)) if not shown else (),
    )


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
            yield clause("not-adopted", agreement=party_list.called, adopted_on=party_list.adopted_later_on)
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
