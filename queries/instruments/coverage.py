"""Governments beside agreements: who is party since when, and the reason for every gap."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from graph.domain.catalog import fits
from graph.domain.edges import BODIES
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.membership import is_beside, membership_on
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, OfIds, conflicts, grouped, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.core.treaty import Bond, Standing, bond_on, not_adopted
from queries.core.wording import counted, listed
from queries.instruments.bonds import missing_parties, shortfall
from queries.instruments.gaps import memberships_on, why_outside
from queries.instruments.reads import PARTIES_TO


class CoverageParams(Params):
    """What `coverage` is asked with."""

    party: tuple[str, ...] = Field(
        description="A body, whose members are looked at, or governments; may be given several times.",
        examples=["OSCE"],
    )
    agreement: tuple[str, ...] = Field(
        description="The agreements; may be given several times.", examples=["Palermo Protocol"]
    )
    status: Standing | None = Field(
        default=None, description="Only those that stand to an agreement so.", examples=["signatory"]
    )


class CoverageRow(PartyRow):
    """One cell: how one government, or organization, stands to one agreement."""

    agreement: str = Field(description="Id of the agreement.")
    agreement_name: str = Field(description="Title of the agreement.")
    standing: Standing = Field(description="How it stands to it on the day; unknown where no list tells.")
    since: str | None = Field(default=None, description="Since when it stands so, possibly partial.")
    reason: str = Field(description="How it came to stand so, or why it is not party, as far as known.")
    bodies: tuple[str, ...] = Field(default=(), description="Bodies asked about that it belongs to.")
    signed_on: str | None = Field(default=None, description="Signature.")
    action: str | None = Field(default=None, description="Ratification, accession, acceptance, approval, succession.")
    in_force_on: str | None = Field(default=None, description="When it entered into force for it.")
    reservations: str | None = Field(default=None, description="Reservations and declarations.")


# Names of one reason that a sentence can hold.
_NAMED = 6


@dataclass(frozen=True)
class _Line:
    """One government of the matrix, with its memberships in the bodies asked about."""

    subject: Subject
    memberships: tuple[tuple[Subject, EdgeRow], ...] = ()


@dataclass(frozen=True)
class _Column:
    """One agreement of the matrix."""

    card: Entity
    bonds: Mapping[str, Sequence[EdgeRow]]
    missing: int | None


def coverage(request: Request[CoverageParams]) -> Result:
    """List a cell for each government and agreement: governments by name, agreements as given, organizations last.

    Observers and partners of a body are left aside. A government that no list names is *not party* only if every
    party that the depositary counts is held; otherwise it is *unknown*.
    """
    lines, columns = _lines(request), [_column(request, agreement) for agreement in request.subjects["agreement"]]
    cells = [(line, column, _cell(request, line, column)) for line in lines for column in columns]
    shown = [cell for cell in cells if request.params.status in (None, _row(cell[2]).standing)]
    return Result(
        sentence=_sentence(lines, columns, [cell for _, _, cell in cells]),
        rows=tuple(draft for _, _, draft in shown),
        caveats=tuple(_caveats(columns)),
        refs=refs(*(column.card.values for column in columns)) if not shown else (),
    )


def _row(draft: SourcedRow) -> CoverageRow:
    assert isinstance(draft.row, CoverageRow)
    return draft.row


def _lines(request: Request[CoverageParams]) -> list[_Line]:
    """Return governments named and members of bodies named, each once."""
    lines: dict[str, _Line] = {}
    for party in request.subjects["party"]:
        if party.cls == "Government" or not fits(party.cls, BODIES):
            lines.setdefault(party.id, _Line(party))
            continue
        for edge in memberships_on(request.session, party, category=None, day=request.day):
            if not is_beside(edge):
                known = lines.get(edge.id, _Line(edge.other))
                lines[edge.id] = _Line(edge.other, (*known.memberships, (party, edge)))
    return sorted(
        lines.values(),
        key=lambda line: (line.subject.cls != "Government", folded(line.subject.name), line.subject.id),
    )


def _column(request: Request[CoverageParams], agreement: Subject) -> _Column:
    edges = request.session.read(PARTIES_TO, OfIds(ids=(agreement.id,)))
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(agreement.id,)))[0]
    by_party = grouped(edge.model_copy(update={"subject": edge.id}) for edge in edges)
    return _Column(card, by_party, missing_parties(card, edges))


def _cell(request: Request[CoverageParams], line: _Line, column: _Column) -> SourcedRow:
    edge = next(iter(column.bonds.get(line.subject.id, ())), None)
    said = edge.properties if edge else {}
    bond = _bond(column, edge, request.day)
    standing, reason = _standing(bond, column.missing), _reason(bond, said, column, request.day)
    sure = standing != "unknown" and (bond is None or bond.held == "yes")
    members = [membership for _, membership in line.memberships]
    if members and all(membership_on(each.properties, day=request.day) != "yes" for each in members):
        sure, reason = False, f"{reason}; whether it belongs to the body on that day is not certain"
    row = CoverageRow(
        held="yes" if sure else "unknown",
        conflicts=conflicts(said),
        id=line.subject.id,
        cls=line.subject.cls,
        name=line.subject.name,
        iso3=line.subject.iso3,
        agreement=column.card.id,
        agreement_name=column.card.name,
        standing=standing,
        since=_since(standing, said),
        reason=reason,
        bodies=tuple(body.name for body, _ in line.memberships),
        **{name: said.get(name) for name in ("signed_on", "action", "in_force_on", "reservations")},
    )
    return SourcedRow(
        row, refs(said) or refs(column.card.values), dated_by=refs(*(each.properties for each in members))
    )


def _bond(column: _Column, edge: EdgeRow | None, day: str) -> Bond | None:
    adopted_on = column.card.values.get("adopted_on")
    if not_adopted(adopted_on, day=day):
        return Bond("not party", "yes")
    return bond_on(edge.properties, day=day) if edge else None


def _standing(bond: Bond | None, missing: int | None) -> Standing:
    if bond is None:
        return "not party" if missing == 0 else "unknown"
    return bond.standing


def _reason(bond: Bond | None, said: Mapping[str, object], column: _Column, day: str) -> str:
    adopted_on = column.card.values.get("adopted_on")
    if not_adopted(adopted_on, day=day):
        return f"not adopted before {adopted_on}"
    if bond is not None and bond.standing == "party":
        action = str(said.get("action") or "joined")
        when = said.get("action_on") or said.get("in_force_on")
        return f"{action} {when}" if when else f"{action}, on a day that is not held"
    reason, remark = why_outside(bond, said, column.missing)
    return f"{reason}: {remark}" if remark else reason


def _since(standing: Standing, said: Mapping[str, object]) -> str | None:
    days = {
        "party": said.get("action_on") or said.get("in_force_on"),
        "signatory": said.get("signed_on"),
        "withdrawn": said.get("withdrawn_on"),
    }
    day = days.get(standing)
    return str(day) if day else None


def _sentence(lines: Sequence[_Line], columns: Sequence[_Column], cells: Sequence[SourcedRow]) -> str:
    governments = [line for line in lines if line.subject.cls == "Government"]
    others = [line.subject.name for line in lines if line.subject.cls != "Government"]
    if not lines:
        return "no government is held as belonging to what was asked for on that day"
    told = [
        _of_agreement(column, [_row(cell) for cell in cells if _row(cell).agreement == column.card.id])
        for column in columns
    ]
    apart = listed(others) if len(others) < 3 else counted(len(others), "organization")
    first = f"of {counted(len(governments), 'government')}, {'; '.join(told)}"
    return first + (f"; no government and counted apart: {apart}" if others else "")


def _of_agreement(column: _Column, rows: Sequence[CoverageRow]) -> str:
    rows = [row for row in rows if row.cls == "Government"]
    party = sum(row.standing == "party" and _is_dated(row) for row in rows)
    outside: dict[str, list[str]] = {}
    for row in rows:
        if row.standing == "party" and not _is_dated(row):
            outside.setdefault("party since a day not held", []).append(row.name)
        elif row.standing != "party":
            why = "not known" if row.standing == "unknown" else row.reason.partition(";")[0].partition(":")[0]
            outside.setdefault(why, []).append(row.name)
    gaps = [f"{why}: {listed(names, most=_NAMED)}" for why, names in sorted(outside.items(), key=_unknown_last)]
    title = column.card.values.get("short_title") or column.card.name
    is_party = f"{party or 'none'} {'are' if party > 1 else 'is'} known to be party to {title}"
    return is_party + (f" ({'; '.join(gaps)})" if gaps else "")


def _is_dated(row: CoverageRow) -> bool:
    """Say whether a party is known to have been one on the day, be it that its place in the body is not."""
    return row.held == "yes" or row.since is not None


def _unknown_last(gap: tuple[str, list[str]]) -> tuple[bool, str]:
    return gap[0] == "not known", gap[0]


def _caveats(columns: Sequence[_Column]) -> Iterator[Caveat]:
    for column in columns:
        for doubt in shortfall(column.card, column.missing):
            named = column.missing is None
            text = doubt.text if named else f"{column.card.name}: {doubt.text[0].lower()}{doubt.text[1:]}"
            yield doubt.model_copy(update={"text": text})


COVERAGE = Question(
    name="coverage",
    title="Which of these governments are party to which of these agreements, and why not?",
    params=CoverageParams,
    row=CoverageRow,
    function=coverage,
    names={"party": ("Party",), "agreement": ("Agreement",)},
    example={"party": "Bali Process", "agreement": "Palermo Protocol"},
    columns=("name", "agreement_name", "standing", "since", "reason", "held", "confidence", "evidence"),
)
