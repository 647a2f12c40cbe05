"""Who is party to an agreement, and what a party is party to."""

from collections.abc import Sequence

from pydantic import Field

from queries.core.answer import Subject
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, OfIds, by_name, refs
from queries.core.reads import AGREEMENTS_OF, ENTITIES_BY_ID
from queries.core.treaty import STANDINGS, Standing, bond_on
from queries.core.wording import counted
from queries.instruments.bonds import (
    RATIFIED,
    BondRow,
    apart,
    as_listed,
    bond_draft,
    missing_parties,
    names_of,
    shortfall,
    too_early,
)
from queries.instruments.reads import PARTIES_TO

# What people mean by treaty status; compacts have a question of their own.
_TREATIES = ("Treaty", "Declaration", "Memorandum")


class PartiesParams(Params):
    """What `parties` is asked with."""

    agreement: str = Field(description="The agreement.", examples=["Palermo Protocol"])
    status: Standing | None = Field(default=None, description="Only those that stand to it so.", examples=["party"])


class TreatyStatusParams(Params):
    """What `treaty-status` is asked with."""

    party: str = Field(description="Whose status is asked for.", examples=["Ghana"])
    agreement: str | None = Field(default=None, description="Only this agreement.", examples=["Palermo Protocol"])
    status: Standing | None = Field(
        default=None, description="Only agreements it stands to so.", examples=["signatory"]
    )


def parties(request: Request[PartiesParams]) -> Result:
    """List who signed or joined an agreement: parties first, then by name; organizations apart."""
    agreement = request.one("agreement")
    edges = request.session.read(PARTIES_TO, OfIds(ids=(agreement.id,)))
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(agreement.id,)))[0]
    if early := too_early(card, day=request.day):
        return Result(sentence=early, refs=refs(card.values))
    bonds = [(edge, bond_on(edge.properties, day=request.day)) for edge in by_name(edges)]
    shown = [(edge, bond) for edge, bond in bonds if request.params.status in (None, bond.standing)]
    shown.sort(key=lambda pair: STANDINGS.index(pair[1].standing))
    sourced_rows = tuple(
        bond_draft(edge.properties, bond, party=edge.other, agreement=agreement, day=request.day)
        for edge, bond in shown
    )
    signing = card.cls not in RATIFIED
    return Result(
        sentence=f"{agreement.name}: {as_listed(card, edges)}{by_standing(sourced_rows, signing_is_joining=signing)}",
        rows=sourced_rows,
        caveats=shortfall(card, missing_parties(card, edges)),
        refs=refs(card.values),
    )


def treaty_status(request: Request[TreatyStatusParams]) -> Result:
    """List how a party stands to agreements: parties first, then by title."""
    party, agreement, given = request.one("party"), request.maybe("agreement"), request.params
    edges = request.session.read(AGREEMENTS_OF, OfIds(ids=(party.id,)))
    asked = [edge for edge in edges if (edge.id == agreement.id if agreement else edge.cls in _TREATIES)]
    day = request.day
    bonds = [
        (edge, bond_on(edge.properties, day=day, adopted_on=edge.values.get("adopted_on"))) for edge in by_name(asked)
    ]
    shown = [(edge, bond) for edge, bond in bonds if given.status in (None, bond.standing)]
    shown.sort(key=lambda pair: STANDINGS.index(pair[1].standing))
    sourced_rows = tuple(
        bond_draft(edge.properties, bond, party=party, agreement=edge.other, day=request.day) for edge, bond in shown
    )
    if agreement is not None:
        return _one_status(request, agreement, sourced_rows)
    counts = _counts(sourced_rows)
    said = ", ".join(f"{_NOUN[standing]} {number}" for standing, number in counts.items())
    sentence = f"{party.name}, of {counted(len(sourced_rows), 'agreement')} it is listed under: {said}"
    if not sourced_rows:
        sentence = _listed_nowhere(party, [edge for edge, _ in bonds], given.status)
    return Result(
        sentence=sentence + _unsure(sourced_rows),
        rows=sourced_rows,
        refs=refs(*(edge.properties for edge, _ in bonds)),
    )


def _listed_nowhere(party: Subject, edges: Sequence[EdgeRow], status: Standing | None) -> str:
    if not edges or status is None:
        return f"{party.name} is not listed under any treaty held here"
    return f"of {counted(len(edges), 'agreement')} that {party.name} is listed under, none is one it is {_AS[status]}"


_AS: dict[Standing, str] = {
    "party": "party to",
    "signatory": "a mere signatory of",
    "withdrawn": "known to have withdrawn from",
    "not party": "not yet party to",
    "unknown": "listed under without a clear status",
}
_VERB: dict[Standing, str] = {
    "party": "is party to",
    "signatory": "signed without joining",
    "withdrawn": "has withdrawn from",
    "not party": "was not yet party to",
    "unknown": "is listed without a clear status under",
}
_NOUN: dict[Standing, str] = {
    "party": "party to",
    "signatory": "signed only",
    "withdrawn": "withdrawn from",
    "not party": "not yet party to",
    "unknown": "unclear",
}


def _one_status(
    request: Request[TreatyStatusParams], agreement: Subject, sourced_rows: tuple[SourcedRow, ...]
) -> Result:
    party = request.one("party")
    if sourced_rows:
        row = sourced_rows[0].row
        assert isinstance(row, BondRow)
        unsure = "" if row.held == "yes" else " (no date tells: unknown)"
        return Result(
            sentence=f"{party.name} {_VERB[row.standing]} {agreement.name}{_steps(row)}{unsure}{_beside(row)}",
            rows=sourced_rows,
        )
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(agreement.id,)))[0]
    missing = missing_parties(card, request.session.read(PARTIES_TO, OfIds(ids=(agreement.id,))))
    known = "is not listed as a party to or signatory of" if missing == 0 else "is not among those held for"
    doubt = "" if missing == 0 else "; whether it is party is not known"
    return Result(
        sentence=f"{party.name} {known} {agreement.name}{doubt}",
        caveats=shortfall(card, missing),
        refs=refs(card.values),
    )


def _steps(row: BondRow) -> str:
    steps = {
        "signed": row.signed_on,
        row.action or "action": row.action_on,
        "in force": row.in_force_on,
        "withdrawn": row.withdrawn_on,
    }
    said = ", ".join(f"{step} {day}" for step, day in steps.items() if day)
    if row.action and not row.action_on:
        said = f"{said}, {row.action} on a day not held".removeprefix(", ")
    return f" ({said})" if said else ""


def _beside(row: BondRow) -> str:
    """Say what an embassy asks next: reservations, territories, and when it was last listed so."""
    reserved = f"reservations or declarations: {row.reservations}" if row.reservations else "no reservation is held"
    territories = f"; territories: {row.territories}" if row.territories else ""
    seen = f"; last listed so {row.attested_on}" if row.attested_on else ""
    return f"; {reserved}{territories}{seen}"


def _counts(sourced_rows: Sequence[SourcedRow]) -> dict[Standing, int]:
    standings = [draft.row.standing for draft in sourced_rows if isinstance(draft.row, BondRow)]
    return {standing: number for standing in STANDINGS if (number := standings.count(standing))}


def by_standing(sourced_rows: Sequence[SourcedRow], *, signing_is_joining: bool = False) -> str:
    """Return how many stand how to an agreement, in words, from the rows of their bonds; organizations apart.

    Args:
        sourced_rows: Rows of bonds.
        signing_is_joining: Whether its parties sign and do nothing more, as of a compact.
    """
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, BondRow)]
    did = _DID | ({"signatory": ("signed it", "signed it")} if signing_is_joining else {})
    parts = [
        _who(did[standing], [row for row in rows if row.standing == standing]) for standing in _counts(sourced_rows)
    ]
    return "; ".join(parts) or "nobody is listed"


def _who(did: tuple[str, str], rows: Sequence[BondRow]) -> str:
    governments, others = apart(Subject(id=row.id, cls=row.cls, name=row.name) for row in rows)
    one, many = did
    said = f"{counted(len(governments), 'government')} {one if len(governments) == 1 else many}{_certain(rows)}"
    return f"{said}, and, counted apart, {names_of(others)}" if others else said


def _certain(rows: Sequence[BondRow]) -> str:
    """Say of how many no date tells whether they stood so on the day; organizations aside."""
    governments = [row for row in rows if row.cls == "Government"]
    unsure = sum(row.held == "unknown" for row in governments)
    if not unsure:
        return ""
    if unsure == len(governments):
        return " (no date tells since when)"
    return f" ({len(governments) - unsure} for certain; of {unsure} no date tells since when)"


_DID: dict[Standing, tuple[str, str]] = {
    "party": ("is party", "are party"),
    "signatory": ("signed only", "signed only"),
    "withdrawn": ("has withdrawn", "have withdrawn"),
    "not party": ("was not yet party", "were not yet party"),
    "unknown": ("is unclear", "are unclear"),
}


def _unsure(sourced_rows: Sequence[SourcedRow]) -> str:
    unsure = sum(draft.row.held == "unknown" for draft in sourced_rows)
    return f"; no date tells whether {unsure} of these stood so on that day (unknown)" if unsure else ""


_STEPS = ("standing", "signed_on", "action", "action_on", "withdrawn_on", "held", "confidence", "evidence")

PARTIES = Question(
    name="parties",
    title="Who is party to this agreement?",
    params=PartiesParams,
    row=BondRow,
    function=parties,
    names={"agreement": ("Agreement",)},
    example={"agreement": "Palermo Protocol"},
    columns=("name", *_STEPS),
)
TREATY_STATUS = Question(
    name="treaty-status",
    title="Which agreements is this party bound by, and since when?",
    params=TreatyStatusParams,
    row=BondRow,
    function=treaty_status,
    names={"party": ("Party",), "agreement": ("Agreement",)},
    example={"party": "Ghana"},
    columns=("agreement_name", *_STEPS),
)
