"""Columns on agreements: who is party, since when, who only signed, with what reservations; who has a compact."""

from dataclasses import replace

from iga.queries.core.compiled import Everything
from iga.queries.core.reading import EdgeRow, OfIds, grouped, refs
from iga.queries.core.reads import PARTIES_TO
from iga.queries.core.relationships import Bond, bond_on
from iga.queries.core.session import Session
from iga.queries.instruments.agreements import PartyList
from iga.queries.instruments.reads import COMPACTS
from iga.queries.sets.cell import Cell, CellReason, ColumnCells, Extent, off_list
from iga.queries.sets.column import Asked, SetColumn

_BOUND = Bond("party", "yes")


def _list_of(session: Session, asked: Asked) -> PartyList:
    assert asked.thing is not None
    return PartyList.read(session, asked.thing, day=asked.day)


def _otherwise(parties: PartyList) -> Cell:
    """Return what is known of whoever is not listed under an agreement."""
    if parties.adopted_later_on:
        return Cell("no", shown="not yet adopted", rests_on=refs(parties.card.values))
    return off_list(parties.absence, "parties to", parties.called, rests_on=refs(parties.card.values))


def _not_bound(parties: PartyList, edge: EdgeRow, bond: Bond) -> Cell:
    """Return what is known of somebody listed who is not party: surely outside, or not known, and why."""
    rests_on = refs(edge.properties)
    if parties.is_surely_outside(edge.id):
        return Cell("no", shown=bond.standing, rests_on=rests_on)
    if bond.standing in ("party", "unknown"):
        reason = CellReason("undated", {"what": "accession"})
        return Cell("unknown", (), bond.standing, rests_on, reason, is_listed=bond.standing == "party")
    return Cell("unknown", shown=bond.standing, rests_on=rests_on, reason=_otherwise(parties).reason)


def party_to(session: Session, asked: Asked) -> ColumnCells:
    """Return who was party to an agreement on a day."""
    parties = _list_of(session, asked)
    cells = {
        edge.id: Cell("yes", shown=_since(edge) or "party", rests_on=refs(edge.properties))
        if bond == _BOUND
        else _not_bound(parties, edge, bond)
        for edge, bond in parties.bonds
    }
    return ColumnCells(cells, _otherwise(parties))


def _since(edge: EdgeRow) -> str:
    on = edge.properties.get("action_on") or edge.properties.get("in_force_on")
    return f"since {on}" if on else ""


def signatory_to(session: Session, asked: Asked) -> ColumnCells:
    """Return who had only signed an agreement: it surely is not party, and a signature had come."""
    parties = _list_of(session, asked)
    cells = {}
    for edge, bond in parties.bonds:
        outside, on = _not_bound(parties, edge, bond), edge.properties.get("signed_on")
        if bond == _BOUND or (outside.state == "no" and bond.standing != "signatory"):
            cells[edge.id] = Cell("no", shown=bond.standing, rests_on=refs(edge.properties))
        elif outside.state == "no":
            cells[edge.id] = Cell("yes", shown=f"signed {on}" if on else "signed", rests_on=refs(edge.properties))
        else:
            cells[edge.id] = replace(outside, is_listed=bond.standing == "signatory")
    return ColumnCells(cells, _otherwise(parties))


def joined(session: Session, asked: Asked) -> ColumnCells:
    """Return when those who are party to an agreement took the step by which they joined."""
    parties = _list_of(session, asked)
    cells = {}
    for edge, bond in parties.bonds:
        on = edge.properties.get("action_on") or edge.properties.get("in_force_on")
        if bond == _BOUND and on:
            cells[edge.id] = Cell("yes", (Extent.of_day(on),), on, refs(edge.properties))
        elif bond == _BOUND:
            cells[edge.id] = Cell(
                "unknown", rests_on=refs(edge.properties), reason=CellReason("no-day", {"what": "joining"})
            )
        else:
            cells[edge.id] = _not_bound(parties, edge, bond)
    return ColumnCells(cells, _otherwise(parties))


def reservation_to(session: Session, asked: Asked) -> ColumnCells:
    """Return who made a reservation or declaration to an agreement: of others it is not known."""
    parties = _list_of(session, asked)
    cells = {
        edge.id: Cell("yes", shown=edge.properties["reservations"], rests_on=refs(edge.properties))
        for edge, bond in parties.bonds
        if bond == _BOUND and edge.properties.get("reservations")
    }
    return ColumnCells(cells, Cell("unknown", reason=CellReason("not-collected", {"what": "Reservations"})))


def _compacts(session: Session, asked: Asked) -> dict[str, list[tuple[EdgeRow, str]]]:
    """Return the compacts that each party had joined by the day, with the day of signature; our own is no partner."""
    compacts = {one.id: one for one in session.read(COMPACTS, Everything())}
    bound: dict[str, list[tuple[EdgeRow, str]]] = {}
    for id_, edges in grouped(session.read(PARTIES_TO, OfIds(ids=tuple(compacts)))).items():
        values = compacts[id_].values
        for edge in edges:
            standing = bond_on(edge.properties, day=asked.day, adopted_on=values.get("adopted_on")).standing
            if edge.id != session.home.government and standing in ("party", "signatory"):
                bound.setdefault(edge.id, []).append(
                    (edge, edge.properties.get("signed_on") or values.get("signed_on") or "")
                )
    return bound


def compact(session: Session, asked: Asked) -> ColumnCells:
    """Return who has a Child Protection Compact with us; that the list of compacts is whole no source says."""
    cells = {
        id_: Cell("yes", shown=f"signed {min(days)}" if any(days := [on for _, on in of if on]) else "signed",
                  rests_on=refs(*(edge.properties for edge, _ in of)))
        for id_, of in _compacts(session, asked).items()
    }  # fmt: skip  # the days are named in the condition
    return ColumnCells({**cells, session.home.government: Cell("no")}, _NO_LIST)


def compact_signed(session: Session, asked: Asked) -> ColumnCells:
    """Return when each compact of a government was signed."""
    cells = {}
    for id_, of in _compacts(session, asked).items():
        days = sorted({on for _, on in of if on})
        rests_on = refs(*(edge.properties for edge, _ in of))
        reason = None if days else CellReason("no-day", {"what": "signature"})
        cells[id_] = Cell(
            "yes" if days else "unknown", tuple(map(Extent.of_day, days)), "; ".join(days), rests_on, reason
        )
    return ColumnCells(cells, _NO_LIST)


_NO_LIST = Cell("unknown", reason=CellReason("no-whole-list", {"of": "compacts"}))
_AGREEMENT = ("Agreement",)
COLUMNS = (
    SetColumn("party_to", "Party to this agreement", party_to, things=_AGREEMENT, of=("governments", "partners"),
           example="party_to:palermo"),
    SetColumn("signatory_to", "Signed this agreement and is not party to it", signatory_to, things=_AGREEMENT,
           example="signatory_to:palermo"),
    SetColumn("joined", "Day on which it joined this agreement", joined, kind="day", things=_AGREEMENT,
           example="joined.palermo:>2015"),
    SetColumn("reservation_to", "Made a reservation or declaration to this agreement", reservation_to,
           things=_AGREEMENT,
           example="reservation_to:palermo"),
    SetColumn("compact", "Has a Child Protection Compact with the United States", compact, example="compact:yes"),
    SetColumn("compact_signed", "Day on which its compact was signed", compact_signed, kind="day",
           example="compact_signed:>2018"),
)  # fmt: skip  # a line or two for each
"""What is asked of agreements."""
