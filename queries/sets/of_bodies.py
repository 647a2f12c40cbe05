"""Columns on bodies: who belongs to one, in what capacity, since when; who has an office in it."""

from collections.abc import Callable, Sequence

from iga.graph.domain.edges import BODIES
from iga.graph.domain.values import FIRST_DAY, LAST_DAY
from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.absence import Absence
from iga.queries.core.days import Passed, stretch
from iga.queries.core.membership import (
    Memberships,
    is_beside,
    is_counted,
    is_surely_outside,
    membership_absence,
    standing_of,
)
from iga.queries.core.reading import EdgeRow, OfIds, refs
from iga.queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF
from iga.queries.core.session import Session
from iga.queries.sets.cell import Cell, CellReason, ColumnCells, Extent, off_list
from iga.queries.sets.column import Asked, SetColumn
from iga.queries.sets.three_values import any_of_them

_HEADS = ("chair", "president")


def member_of(session: Session, asked: Asked) -> ColumnCells:
    """Return who belonged to a body on a day, or at any time of a stretch; observers and partners do not."""
    terms, off, otherwise = _terms(session, asked)
    if asked.since:
        return _within(terms, asked, otherwise)
    theirs = by_key(terms.edges, lambda edge: edge.id)
    cells = {id_: _outside(edges, terms, off, otherwise) for id_, edges in theirs.items()}
    cells |= {edge.id: _unsure(edge, "joined-later") for edge in terms.open}
    for wanted in ("unknown", "yes"):
        for edge in terms.inside:
            if (state := terms.states[edge.key]) == wanted:
                cells[edge.id] = _belongs(edge) if state == "yes" else _unsure(edge, "undated")
    return ColumnCells(cells, otherwise)


def _terms(session: Session, asked: Asked) -> tuple[Memberships, Absence, Cell]:
    """Return the memberships of the body, what it is worth not to be on its list, and what is then known."""
    assert asked.thing is not None
    terms = Memberships.read(session, MEMBERS_OF, asked.thing, day=asked.day).without_offices()
    [card] = session.read(ENTITIES_BY_ID, OfIds(ids=(asked.thing.id,)))
    off = membership_absence(session, card, terms)
    return terms, off, off_list(off, "members of", asked.thing.name, rests_on=refs(card.values))


def _outside(edges: Sequence[EdgeRow], terms: Memberships, off: Absence, otherwise: Cell) -> Cell:
    """Return what is known of somebody who is on the lists of a body, and no member on the day."""
    shown = next((_as_what(edge) for edge in edges if is_beside(edge) and edge.key in terms.states), "")
    is_no = is_surely_outside(edges, terms, off)
    state, reason = ("no", None) if is_no else (otherwise.state, otherwise.reason)
    return Cell(state, shown=shown, rests_on=refs(*(edge.properties for edge in edges)), reason=reason)


def _as_what(edge: EdgeRow) -> str:
    return edge.properties.get("office") or edge.properties.get("category") or "member"


def _belongs(edge: EdgeRow) -> Cell:
    since = stretch(edge.properties)
    return Cell("yes", shown=f"{_as_what(edge)}{f', {since}' if since else ''}", rests_on=refs(edge.properties))


def _unsure(edge: EdgeRow, why: str) -> Cell:
    return Cell(
        "unknown",
        shown=_as_what(edge),
        rests_on=refs(edge.properties),
        reason=CellReason(why, {"what": "membership"}),
        is_listed=True,
    )


def _within(terms: Memberships, asked: Asked, otherwise: Cell) -> ColumnCells:
    """Return who belonged to the body at any time of a stretch: never is said of nobody who is on no list of then."""
    cells: dict[str, Cell] = {}
    for edge in terms.edges:
        if not is_counted(edge):
            continue
        state = held_within(edge, since=asked.since, until=asked.day)
        if state != "no" and (edge.id not in cells or state == "yes"):
            cells[edge.id] = _belongs(edge) if state == "yes" else _unsure(edge, "undated")
    reason = otherwise.reason or CellReason("earlier", {"of": "members of", "whose": terms.about.name})
    return ColumnCells(cells, Cell("unknown", rests_on=otherwise.rests_on, reason=reason))


def held_within(edge: EdgeRow, *, since: str, until: str) -> Passed:
    """Say whether a relationship held at any time of a stretch of full days."""
    start_min, start_max = (edge.properties.get(f"start_{end}") for end in ("min", "max"))
    end_min, end_max = (edge.properties.get(f"end_{end}") for end in ("min", "max"))
    if (start_min or FIRST_DAY) > until or (end_max or LAST_DAY) < since:
        return "no"
    began, ended_after = (start_max or LAST_DAY) <= until, (end_min or start_min or FIRST_DAY) >= since
    seen = any(since <= day[:10] <= until for day in edge.properties.get("attested_on") or ())
    return "yes" if seen or (began and ended_after) else "unknown"


def member_since(session: Session, asked: Asked) -> ColumnCells:
    """Return since when members of a body belong to it: the day of the term that stands."""
    terms, _, otherwise = _terms(session, asked)
    cells: dict[str, Cell] = {}
    for edge in terms.inside:
        start = edge.properties.get("period_start")
        if start and terms.states[edge.key] == "yes":
            cells[edge.id] = Cell("yes", (Extent.of_day(start),), start, refs(edge.properties))
        elif edge.id not in cells:
            cells[edge.id] = Cell(
                "unknown", rests_on=refs(edge.properties), reason=CellReason("no-day", {"what": "joining"})
            )
    return ColumnCells(cells, otherwise)


def office_in(session: Session, asked: Asked) -> ColumnCells:
    """Return who had any office in a body."""
    return _offices(session, asked, bool)


def chairs(session: Session, asked: Asked) -> ColumnCells:
    """Return who chaired a body. Nobody else did on a day on which one alone surely was chair."""
    return _offices(session, asked, lambda office: any(head in office for head in _HEADS) and "vice" not in office)


def _offices(session: Session, asked: Asked, is_wanted: Callable[[str], bool]) -> ColumnCells:
    assert asked.thing is not None
    edges = session.read(MEMBERS_OF, OfIds(ids=(asked.thing.id,)))
    offices = [edge for edge in edges if edge.properties.get("office") and is_wanted(folded(edge.properties["office"]))]
    states = standing_of(offices, offices, day=asked.day)
    if asked.since:
        within = {edge.key: held_within(edge, since=asked.since, until=asked.day) for edge in offices}
        states = {key: state for key, state in within.items() if state != "no"}
    by_party: dict[str, list[EdgeRow]] = {}
    for edge in offices:
        if edge.key in states:
            by_party.setdefault(edge.id, []).append(edge)
    cells = {id_: _of_offices(of, [states[edge.key] for edge in of]) for id_, of in by_party.items()}
    return ColumnCells(cells, _nobody_else(asked, offices, states))


def _of_offices(edges: list[EdgeRow], states: list[Passed]) -> Cell:
    shown = "; ".join(
        filter(None, (f"{edge.properties['office']} {stretch(edge.properties)}".strip() for edge in edges))
    )
    state, rests_on = any_of_them(states), refs(*(edge.properties for edge in edges))
    reason = None if state == "yes" else CellReason("undated", {"what": "office"})
    return Cell(state, shown=shown, rests_on=rests_on, reason=reason, is_listed=True)


def _nobody_else(asked: Asked, offices: list[EdgeRow], states: dict[str, Passed]) -> Cell:
    """Return what is known of whoever has no office on file: no chair where one alone surely is."""
    assert asked.thing is not None
    standing = [edge for edge in offices if edge.key in states]
    alone = [edge for edge in standing if states[edge.key] == "yes" and folded(edge.properties["office"]) in _HEADS]
    if len(standing) == len(alone) == 1 and asked.column.name == "chairs" and not asked.since:
        return Cell("no", rests_on=refs(alone[0].properties))
    return Cell("unknown", reason=CellReason("offices", {"whose": asked.thing.name}))


COLUMNS = (
    SetColumn("member_of", "Member of this body; observers and partners are not", member_of, things=BODIES, spans=True,
           of=("governments", "partners"), option="in", example="member_of:bali-process"),
    SetColumn("member_since", "Day of joining this body", member_since, of=("governments", "partners"), kind="day",
           things=BODIES, example="member_since.asean:<2000"),
    SetColumn("office_in", "Holds an office in this body", office_in, things=BODIES, spans=True,
           example="office_in:bali-process"),
    SetColumn("chairs", "Chairs this body", chairs, things=BODIES, spans=True, example="chairs@2015..:osce"),
)  # fmt: skip  # a line or two for each
"""What is asked of bodies."""
