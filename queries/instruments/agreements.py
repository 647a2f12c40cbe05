"""Who is party to an agreement, and what a party is party to."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from iga.queries.core.ages import age_of, shown_on
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import SourcedClause, clause
from iga.queries.core.columns import option
from iga.queries.core.days import latest
from iga.queries.core.membership import Memberships
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, refs
from iga.queries.core.reads import AGREEMENTS_OF, ENTITIES_BY_ID, MEMBERS_OF
from iga.queries.core.session import Session
from iga.queries.core.treaty import STANDINGS, Bond, Standing, bond_on
from iga.queries.instruments.bonds import BondRow, PartyList, bond_row, short_title, steps_of

# What people mean by treaty status; compacts have a question of their own.
_TREATIES = ("Treaty", "Declaration", "Memorandum")
# What is asked first of any government; said where it binds for certain.
_PALERMO, _BOUND = "treaty:palermo", Bond("party", "yes")
# Whose members are looked at for who is not party to what.
_UN = Subject.model_validate({"id": "org:un", "class": "InternationalOrganization", "name": "United Nations"})


class PartiesParams(Params):
    """What `parties` is asked with."""

    agreement: str = Field(description="The agreement.", examples=["Palermo Protocol"])
    status: Standing | None = option("Only those that stand to it so.", "party")


class TreatyStatusParams(Params):
    """What `treaty-status` is asked with."""

    party: str = Field(description="Whose status is asked for.", examples=["Ghana"])
    agreement: str | None = option("Only this agreement.", "Palermo Protocol")
    status: Standing | None = option("Only agreements it stands to so.", "signatory")


def parties(request: Request[PartiesParams]) -> Result[BondRow]:
    """List who signed or joined an agreement: parties first, then by name; organizations apart."""
    agreement, asked = request.one("agreement"), request.params.status
    parties = PartyList.read(request.session, agreement, day=request.day)
    if parties.adopted_later_on:
        return parties.before_adoption()
    is_outside = asked == "not party"
    bonds = [pair for pair in parties.bonds if (pair[1] != _BOUND if is_outside else asked in (None, pair[1].standing))]
    open_still = list(_unlisted(request, parties)) if asked in ("not party", "unknown") else []
    bonds = sorted((*bonds, *open_still), key=lambda pair: STANDINGS.index(pair[1].standing))
    return Result(
        clauses=tuple(_on_outside(parties, bonds) if is_outside else _on_parties(request, parties, bonds, asked)),
        rows=tuple(bond_row(*pair, party=pair[0].other, agreement=agreement, day=request.day) for pair in bonds),
        caveats=parties.shortfall(),
        refs=refs(parties.card.values),
    )


def _unlisted(request: Request[PartiesParams], parties: PartyList) -> Iterator[tuple[EdgeRow, Bond]]:
    """Yield the members of the UN that no list of the agreement names, as `gaps` looks at them.

    They are not party where that list is whole on the day; else how they stand to it is not known.
    """
    listed = {edge.id for edge in parties.edges}
    bond = Bond("not party", "yes") if parties.absence.is_no else Bond("unknown", "unknown")
    everybody = Memberships.read(request.session, MEMBERS_OF, _UN, day=request.day)
    for edge in {edge.id: edge for edge in everybody.inside if edge.id not in listed}.values():
        only_named = {"evidence": edge.properties.get("evidence")}
        yield edge.model_copy(update={"properties": only_named}), bond


def _on_outside(parties: PartyList, bonds: Sequence[tuple[EdgeRow, Bond]]) -> Iterator[SourcedClause]:
    """Say who is not party, of whom that is not confirmed, and who only signed or withdrew."""
    names: dict[bool, list[str]] = {True: [], False: []}
    for edge, _ in bonds:
        names[parties.is_surely_outside(edge.id)].append(edge.name)
    about = {"outside": names[True], "open": names[False], "shown_on": parties.shown_on(parties.by_id)}
    yield clause("outside", **about, **parties.absence.values("", "parties to", parties.called))
    for standing, number in parties.counts(bonds).items():
        if standing in ("signatory", "withdrawn"):
            yield clause("standing", standing=standing, **number, is_no=parties.absence.is_no)


def _on_parties(
    request: Request[PartiesParams], parties: PartyList, bonds: Sequence[tuple[EdgeRow, Bond]], asked: Standing | None
) -> Iterator[SourcedClause]:
    """Say how many are party, then how many stand to it in other ways; what its parties only sign is signed."""
    counts = parties.counts(bonds)
    usual: Standing = "party" if parties.is_ratified else next(iter(counts), "party")
    first: Standing = asked or usual
    nobody = {"governments": 0, "undated": 0, "others": []}
    about: dict[str, Any] = {
        "agreement": parties.called,
        "is_whole": parties.reaches_count,
        "is_only_signed": not parties.is_ratified,
    }
    about |= parties.absence.values("", "parties to", parties.called)
    listed = (edge.properties for edge, _ in bonds)
    age = age_of(request.session, *listed, day=request.day) if parties.is_ratified else None
    yield clause("headline", standing=first, **counts.pop(first, nobody), **about, age=age)
    for standing, number in counts.items():
        yield clause("standing", standing=standing, **number, is_no=parties.absence.is_no)


def treaty_status(request: Request[TreatyStatusParams]) -> Result[BondRow]:
    """List how a party stands to agreements: parties first, then by title."""
    party, agreement, asked = request.one("party"), request.maybe("agreement"), request.params.status
    edges = by_name(request.session.read(AGREEMENTS_OF, OfIds(ids=(party.id,))))
    edges = [edge for edge in edges if (edge.id == agreement.id if agreement else edge.cls in _TREATIES)]
    if agreement and not edges:
        parties = PartyList.read(request.session, agreement, day=request.day)
        nearest = {"sovereign": _sovereign_bound(request.session, party, parties)}
        unlisted = clause("unlisted", **parties.absence.values(party.name, "parties to", parties.called, **nearest))
        return Result((unlisted,), caveats=parties.shortfall(clause="unlisted"), refs=refs(parties.card.values))
    bonds = [
        (edge, bond_on(edge.properties, day=request.day, adopted_on=edge.values.get("adopted_on"))) for edge in edges
    ]
    shown = [(edge, bond) for edge, bond in bonds if asked in (None, bond.standing)]
    shown.sort(key=lambda pair: STANDINGS.index(pair[1].standing))
    clauses = _on_one(request, party, *bonds[0]) if agreement else _on_all(request, party, shown, len(bonds))
    return Result(
        clauses=tuple(clauses),
        rows=tuple(bond_row(edge, bond, party=party, agreement=edge.other, day=request.day) for edge, bond in shown),
        refs=refs(*(edge.properties for edge in edges)),
    )


def _sovereign_bound(session: Session, party: Subject, parties: PartyList) -> str | None:
    """Return the name of the State that a dependency belongs to, where that is party on the day."""
    cards = session.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
    sovereign = next((card.values.get("sovereignty") for card in cards), None)
    edge, bond = parties.by_id.get(sovereign or "", (None, None))
    return edge.name if edge and bond and (bond.standing, bond.held) == ("party", "yes") else None


def _on_one(
    request: Request[TreatyStatusParams], party: Subject, edge: FullEdgeRow, bond: Bond
) -> Iterator[SourcedClause]:
    """Say how it stands to one agreement by which steps, then what an embassy asks next.

    That it is not party is certain where the list is whole on the day, or its own step has a later day.
    """
    stated, day = edge.properties, request.day
    values: dict[str, Any] = {"party": party.name, "agreement": short_title(edge.name, edge.values)}
    values |= {"standing": bond.standing, "is_sure": bond.held == "yes", "steps": steps_of(stated)}
    is_no = _is_surely_outside(request, party, edge, bond)
    seen_on = latest(stated.get("attested_on"), on=day)
    yield clause("one-agreement", **values, is_no=is_no, seen_on=shown_on(request.session, stated, day=day))
    yield clause("reservations", reservations=stated.get("reservations"))
    if stated.get("territories"):
        yield clause("territories", territories=stated["territories"])
    if seen_on:
        yield clause("last-listed", seen_on=seen_on)


def _is_surely_outside(request: Request[TreatyStatusParams], party: Subject, edge: FullEdgeRow, bond: Bond) -> bool:
    """Say whether it is surely not party to an agreement; the list of its parties is read only where that bears."""
    if bond.standing in ("party", "unknown") or bond.held != "yes":
        return False
    return PartyList.read(request.session, edge.other, day=request.day).is_surely_outside(party.id)


def _on_all(
    request: Request[TreatyStatusParams], party: Subject, bonds: Sequence[tuple[FullEdgeRow, Bond]], listed: int
) -> Iterator[SourcedClause]:
    """Say to how many it is party, then which others it stands to in which way, and as of when if later steps may lack.

    The first may have no day: the sentence of what was asked for says how many there are.
    """
    titles: dict[tuple[Standing, str | None], list[str]] = {(request.params.status or "party", None): []}
    for edge, bond in bonds:
        is_open = bond.standing not in ("party", "unknown") and not _is_surely_outside(request, party, edge, bond)
        shown = shown_on(request.session, edge.properties, day=request.day) if is_open else None
        titles.setdefault((bond.standing, shown), []).append(short_title(edge.name, edge.values))
    ((first, _), agreements), *others = titles.items()
    palermo = next(
        (edge.properties.get("action_on") for edge, bond in bonds if edge.id == _PALERMO and bond == _BOUND), None
    )
    values = {"party": party.name, "standing": first, "agreements": agreements, "listed": listed}
    yield clause("headline", **values, palermo=palermo)
    for (standing, shown), names in others:
        yield clause("standing", standing=standing, agreements=names, shown_on=shown)
    if undated := sum(bond.held == "unknown" for _, bond in bonds):
        yield clause("undated", undated=undated)


_STEPS = ("standing", "signed_on", "action", "action_on", "withdrawn_on", "held", "confidence", "evidence")

PARTIES = Question.of(
    parties,
    title="Who is party to this agreement?",
    names={"agreement": ("Agreement",)},
    example={"agreement": "Palermo Protocol"},
    columns=("name", *_STEPS),
)
TREATY_STATUS = Question.of(
    treaty_status,
    title="Which agreements is this party bound by, and since when?",
    names={"party": ("Party",), "agreement": ("Agreement",)},
    example={"party": "Ghana"},
    columns=("agreement_name", *_STEPS),
    yes_or_no=("party", "agreement"),
)
