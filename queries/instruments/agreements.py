"""Who is party to an agreement, and what a party is party to."""

from collections.abc import Sequence

from pydantic import Field

from queries.answer import Subject
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
from queries.instruments.treaty import STANDINGS, Standing, bond_on
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import OfIds, Tie, by_name, refs
from queries.reads import AGREEMENTS_OF, ENTITIES_BY_ID
from queries.wording import counted

# What people mean by treaty status; compacts have a question of their own.
_TREATIES = ("Treaty", "Declaration", "Memorandum")


class PartiesAsked(Asked):
    """What `parties` is asked with."""

    agreement: str = Field(description="The agreement.", examples=["Palermo Protocol"])
    status: Standing | None = Field(default=None, description="Only those that stand to it so.", examples=["party"])


class TreatyStatusAsked(Asked):
    """What `treaty-status` is asked with."""

    party: str = Field(description="Whose status is asked for.", examples=["Ghana"])
    agreement: str | None = Field(default=None, description="Only this agreement.", examples=["Palermo Protocol"])
    status: Standing | None = Field(
        default=None, description="Only agreements it stands to so.", examples=["signatory"]
    )


def parties(posed: Posed[PartiesAsked]) -> Found:
    """List who signed or joined an agreement: parties first, then by name; organizations apart."""
    agreement = posed.one("agreement")
    ties = posed.asking.read(PARTIES_TO, OfIds(ids=(agreement.id,)))
    card = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=(agreement.id,)))[0]
    if early := too_early(card, day=posed.day):
        return Found(sentence=early, refs=refs(card.values))
    bonds = [(tie, bond_on(tie.tie, day=posed.day)) for tie in by_name(ties)]
    shown = [(tie, bond) for tie, bond in bonds if posed.given.status in (None, bond.standing)]
    shown.sort(key=lambda pair: STANDINGS.index(pair[1].standing))
    drafts = tuple(
        bond_draft(tie.tie, bond, party=tie.other, agreement=agreement, day=posed.day) for tie, bond in shown
    )
    signing = card.cls not in RATIFIED
    return Found(
        sentence=f"{agreement.name}: {as_listed(card, ties)}{by_standing(drafts, signing_is_joining=signing)}",
        drafts=drafts,
        caveats=shortfall(card, missing_parties(card, ties)),
        refs=refs(card.values),
    )


def treaty_status(posed: Posed[TreatyStatusAsked]) -> Found:
    """List how a party stands to agreements: parties first, then by title."""
    party, agreement, given = posed.one("party"), posed.maybe("agreement"), posed.given
    ties = posed.asking.read(AGREEMENTS_OF, OfIds(ids=(party.id,)))
    asked = [tie for tie in ties if (tie.id == agreement.id if agreement else tie.cls in _TREATIES)]
    day = posed.day
    bonds = [(tie, bond_on(tie.tie, day=day, adopted_on=tie.values.get("adopted_on"))) for tie in by_name(asked)]
    shown = [(tie, bond) for tie, bond in bonds if given.status in (None, bond.standing)]
    shown.sort(key=lambda pair: STANDINGS.index(pair[1].standing))
    drafts = tuple(bond_draft(tie.tie, bond, party=party, agreement=tie.other, day=posed.day) for tie, bond in shown)
    if agreement is not None:
        return _one_status(posed, agreement, drafts)
    counts = _counts(drafts)
    said = ", ".join(f"{_NOUN[standing]} {number}" for standing, number in counts.items())
    sentence = f"{party.name}, of {counted(len(drafts), 'agreement')} it is listed under: {said}"
    if not drafts:
        sentence = _listed_nowhere(party, [tie for tie, _ in bonds], given.status)
    return Found(sentence=sentence + _unsure(drafts), drafts=drafts, refs=refs(*(tie.tie for tie, _ in bonds)))


def _listed_nowhere(party: Subject, ties: Sequence[Tie], status: Standing | None) -> str:
    if not ties or status is None:
        return f"{party.name} is not listed under any treaty held here"
    return f"of {counted(len(ties), 'agreement')} that {party.name} is listed under, none is one it is {_AS[status]}"


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


def _one_status(posed: Posed[TreatyStatusAsked], agreement: Subject, drafts: tuple[Draft, ...]) -> Found:
    party = posed.one("party")
    if drafts:
        row = drafts[0].row
        assert isinstance(row, BondRow)
        unsure = "" if row.held == "yes" else " (no date tells: unknown)"
        return Found(
            sentence=f"{party.name} {_VERB[row.standing]} {agreement.name}{_steps(row)}{unsure}{_beside(row)}",
            drafts=drafts,
        )
    card = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=(agreement.id,)))[0]
    missing = missing_parties(card, posed.asking.read(PARTIES_TO, OfIds(ids=(agreement.id,))))
    known = "is not listed as a party to or signatory of" if missing == 0 else "is not among those held for"
    doubt = "" if missing == 0 else "; whether it is party is not known"
    return Found(
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


def _counts(drafts: Sequence[Draft]) -> dict[Standing, int]:
    standings = [draft.row.standing for draft in drafts if isinstance(draft.row, BondRow)]
    return {standing: number for standing in STANDINGS if (number := standings.count(standing))}


def by_standing(drafts: Sequence[Draft], *, signing_is_joining: bool = False) -> str:
    """Return how many stand how to an agreement, in words, from the rows of their bonds; organizations apart.

    Args:
        drafts: Rows of bonds.
        signing_is_joining: Whether its parties sign and do nothing more, as of a compact.
    """
    rows = [draft.row for draft in drafts if isinstance(draft.row, BondRow)]
    did = _DID | ({"signatory": ("signed it", "signed it")} if signing_is_joining else {})
    parts = [_who(did[standing], [row for row in rows if row.standing == standing]) for standing in _counts(drafts)]
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


def _unsure(drafts: Sequence[Draft]) -> str:
    unsure = sum(draft.row.held == "unknown" for draft in drafts)
    return f"; no date tells whether {unsure} of these stood so on that day (unknown)" if unsure else ""


_STEPS = ("standing", "signed_on", "action", "action_on", "withdrawn_on", "held", "confidence", "evidence")

PARTIES = Question(
    name="parties",
    title="Who is party to this agreement?",
    params=PartiesAsked,
    row=BondRow,
    function=parties,
    names={"agreement": ("Agreement",)},
    example={"agreement": "Palermo Protocol"},
    columns=("name", *_STEPS),
)
TREATY_STATUS = Question(
    name="treaty-status",
    title="Which agreements is this party bound by, and since when?",
    params=TreatyStatusAsked,
    row=BondRow,
    function=treaty_status,
    names={"party": ("Party",), "agreement": ("Agreement",)},
    example={"party": "Ghana"},
    columns=("agreement_name", *_STEPS),
)
