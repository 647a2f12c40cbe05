"""Columns on the TIP Report: tiers, moves and times on a tier; restrictions and waivers, by the year each is of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from iga.graph.domain.records import Tier
from iga.queries.core.absence import absence
from iga.queries.core.answer import Ref
from iga.queries.core.days import passed
from iga.queries.core.reading import refs
from iga.queries.core.session import Session
from iga.queries.core.tip_report import PLACEMENTS, OfYears, Placement, editions_by_year, editions_out, publication_day
from iga.queries.report.determinations import RESTRICTING, Decided, documents_out, every_determination, off_list_of
from iga.queries.report.tier_changes import Move, move_between
from iga.queries.sets.cell import Cell, CellReason, ColumnCells, Extent, off_list
from iga.queries.sets.column import Asked, SetColumn

_TIERS: tuple[str, ...] = get_args(Tier)
_LIFTING = ("full waiver", "reassessed")
_DOWNGRADE = "waiver of automatic downgrade"


def editions(session: Session, day: str) -> tuple[int, ...]:
    """Return the editions that were out by a day, rising."""
    return tuple(sorted(editions_out(session, day=day)))


def fiscal_years(session: Session, day: str) -> tuple[int, ...]:
    """Return the fiscal years of which a determination was out by a day, rising."""
    return tuple(sorted(documents_out(session, day=day)))


def tier(session: Session, asked: Asked) -> ColumnCells:
    """Return the tier of everybody in one edition; who is not in it has none only if its list is whole."""
    year, of_report, cells = asked.year or 0, editions_by_year(session), dict[str, Cell]()
    of_year = session.read(PLACEMENTS, OfYears(years=(year,)))
    for one in of_year:
        out, rests_on = passed(publication_day(one.__dict__, of_report), on=asked.day), refs(one.__dict__)
        if out == "yes" and one.tier:
            cells[one.id] = Cell("yes", (one.tier,), rests_on=rests_on)
        elif out != "no":
            cells[one.id] = Cell("unknown", rests_on=rests_on, reason=CellReason("unpublished", {"year": year}))
    return ColumnCells(cells, _unplaced(session, year, of_year, day=asked.day))


def _unplaced(session: Session, year: int, of_year: Iterable[Placement], *, day: str) -> Cell:
    """Return what is known of whoever is not among those placed in an edition."""
    edition = editions_by_year(session)[year]
    off = absence(session, edition.id, *(one.__dict__ for one in of_year), day=day)
    return off_list(off, f"governments placed in {year}", rests_on=refs(edition.values))


def _placed(placements: Iterable[Placement]) -> Mapping[str, dict[int, tuple[str, tuple[Ref, ...]]]]:
    """Return the tier of everybody in each edition of some placements, and what says so."""
    placed: dict[str, dict[int, tuple[str, tuple[Ref, ...]]]] = {}
    for one in placements:
        if one.tier:
            placed.setdefault(one.id, {})[one.year] = (one.tier, refs(one.__dict__))
    return placed


def times_on(session: Session, asked: Asked) -> ColumnCells:
    """Return in how many editions of a stretch each was on a tier; editions that lack it may be as many more."""
    years = _of_stretch(editions(session, asked.day), asked)
    placements = session.read(PLACEMENTS, OfYears(years=tuple(years)))
    of_years = defaultdict[int, list[Placement]](list)
    for one in placements:
        of_years[one.year].append(one)
    lacking = [year for year in years if _unplaced(session, year, of_years[year], day=asked.day).state != "no"]

    def counted(of: Mapping[int, tuple[str, tuple[Ref, ...]]]) -> Cell:
        on = [year for year, (placed, _) in of.items() if placed == asked.word]
        unknown = [year for year in lacking if year not in of]
        reason = CellReason("lacking", {"years": unknown}) if unknown else None
        rests_on = tuple(ref for year in on for ref in of[year][1])
        return Cell("yes", (Extent.of_number(len(on), len(on) + len(unknown)),), rests_on=rests_on, reason=reason)

    return ColumnCells({id_: counted(of) for id_, of in _placed(placements).items()}, counted({}))


def _of_stretch(years: Iterable[int], asked: Asked) -> list[int]:
    return [year for year in years if int(asked.since or 0) <= year <= (asked.year or year)]


def moved(session: Session, asked: Asked) -> ColumnCells:
    """Return which way each moved from the edition before; not known where one of the two lacks it."""
    out, year = editions(session, asked.day), asked.year or 0
    before = max((one for one in out if one < year), default=year)
    cells = {}
    for id_, of in _placed(session.read(PLACEMENTS, OfYears(years=(before, year)))).items():
        rests_on = tuple(ref for _, known in of.values() for ref in known)
        if before in of and year in of:
            cells[id_] = Cell("yes", (move_between(of[before][0], of[year][0]),), rests_on=rests_on)
        else:
            lacking = [one for one in (before, year) if one not in of]
            cells[id_] = Cell("unknown", rests_on=rests_on, reason=CellReason("lacking", {"years": lacking}))
    return ColumnCells(cells, Cell("unknown", reason=CellReason("lacking", {"years": [before, year]})))


def _known_by(session: Session, day: str) -> list[Decided]:
    """Return the determinations and waivers that were surely known on a day."""
    of_report = editions_by_year(session)
    return [one for one in session.once(every_determination) if one.known_on(day, of_report) == "yes"]


def restricted(session: Session, asked: Asked) -> ColumnCells:
    """Return who was restricted for a fiscal year, in whole or but for a partial waiver."""
    return _of_fiscal_year(session, asked, RESTRICTING, denied=_LIFTING)


def waived(session: Session, asked: Asked) -> ColumnCells:
    """Return whose restriction was waived in the national interest for a fiscal year, in whole or in part."""
    return _of_fiscal_year(session, asked, ("full waiver", "partial waiver"), denied=("restricted", "reassessed"))


def _of_fiscal_year(session: Session, asked: Asked, kinds: Sequence[str], *, denied: Sequence[str]) -> ColumnCells:
    year, cells = asked.year or 0, dict[str, Cell]()
    documents = documents_out(session, day=asked.day)
    known = [one for one in session.once(every_determination) if one.answered_in == year]
    off = off_list_of(session, year, documents, day=asked.day, known=known)
    rests_on = refs(documents[year][1]) if year in documents else ()
    named = f"governments that the determination for fiscal year {year} names"
    otherwise = off_list(off, named, rests_on=rests_on)
    for one in _known_by(session, asked.day):
        if one.values.get("fiscal_year") == year and one.kind in (*kinds, *denied):
            # A restriction may have been waived in part: no restriction denies a waiver where its list is not whole.
            state = "yes" if one.kind in kinds else "no" if one.kind in _LIFTING else otherwise.state
            if state == "yes" or one.government.id not in cells:
                reason = otherwise.reason if state == "unknown" else None
                cells[one.government.id] = Cell(state, shown=one.kind, rests_on=refs(one.values), reason=reason)
    return ColumnCells(cells, otherwise)


def downgrade_waived(session: Session, asked: Asked) -> ColumnCells:
    """Return whose automatic downgrade was waived in an edition; no list of these is called whole."""
    cells = {
        one.government.id: Cell("yes", shown=f"waived in {asked.year}", rests_on=refs(one.values))
        for one in _known_by(session, asked.day)
        if one.kind == _DOWNGRADE and one.values.get("edition_year") == asked.year
    }
    return ColumnCells(
        cells, Cell("unknown", reason=CellReason("no-whole-list", {"of": f"waivers of downgrades in {asked.year}"}))
    )


def times_restricted(session: Session, asked: Asked) -> ColumnCells:
    """Return for how many fiscal years each was restricted; years whose list may lack it may be as many more."""
    years = _of_stretch(fiscal_years(session, asked.day), asked)
    of_years = [restricted(session, Asked(asked.column, asked.day, year=year)) for year in years]
    everybody = {id_ for of in of_years for id_ in of.known}
    return ColumnCells({id_: _times(id_, years, of_years) for id_ in everybody}, _times("", years, of_years))


def _times(id_: str, years: Sequence[int], of_years: Sequence[ColumnCells]) -> Cell:
    cells = {year: of.of(id_) for year, of in zip(years, of_years, strict=True)}
    so, unknown = ([year for year, cell in cells.items() if cell.state == state] for state in ("yes", "unknown"))
    reason = CellReason("lacking-years", {"years": unknown}) if unknown else None
    rests_on = tuple(ref for year in so for ref in cells[year].rests_on)
    return Cell("yes", (Extent.of_number(len(so), len(so) + len(unknown)),), rests_on=rests_on, reason=reason)


def times_downgrade_waived(session: Session, asked: Asked) -> ColumnCells:
    """Return in how many editions each had its downgrade waived, at least: no list of these is called whole."""
    years, waivers = _of_stretch(editions(session, asked.day), asked), dict[str, dict[int, tuple[Ref, ...]]]()
    for one in _known_by(session, asked.day):
        if one.kind == _DOWNGRADE and (year := one.values.get("edition_year")) in years:
            waivers.setdefault(one.government.id, {})[year] = refs(one.values)
    reason = CellReason("no-whole-list", {"of": "waivers of downgrades"})

    def at_least(of: Mapping[int, tuple[Ref, ...]]) -> Cell:
        rests_on = tuple(ref for known in of.values() for ref in known)
        return Cell("yes", (Extent.of_number(len(of), len(years)),), rests_on=rests_on, reason=reason)

    return ColumnCells({id_: at_least(of) for id_, of in waivers.items()}, at_least({}))


COLUMNS = (
    SetColumn("tier", "Tier in an edition of the TIP Report, the newest unless one is named", tier, kind="choice",
           choices=_TIERS, when="edition", years=editions, example="tier@2025:tier-3"),
    SetColumn("times_on", "Number of editions on this tier", times_on, kind="number", words=_TIERS, when="edition",
           years=editions, adds_up=True, example="times_on.tier-3:>=10"),
    SetColumn("moved", "Way it moved from the edition before", moved, kind="choice", when="edition", years=editions,
           choices=tuple(one for one in get_args(Move) if one != "unknown"), example="moved@2025:down"),
    SetColumn("restricted", "Restricted for a fiscal year by a Presidential Determination", restricted,
           when="fiscal year", years=fiscal_years, example="restricted@2025:yes"),
    SetColumn("waived", "Restriction waived for a fiscal year in the national interest", waived, when="fiscal year",
           years=fiscal_years, example="waived@2025:yes"),
    SetColumn("times_restricted", "Number of fiscal years for which it was restricted", times_restricted, kind="number",
           when="fiscal year", years=fiscal_years, adds_up=True, example="times_restricted:>=5"),
    SetColumn("downgrade_waived", "Automatic downgrade waived in an edition", downgrade_waived, when="edition",
           years=editions, example="downgrade_waived@2023:yes"),
    SetColumn("times_downgrade_waived", "Number of editions in which its downgrade was waived", times_downgrade_waived,
           kind="number", when="edition", years=editions, adds_up=True, example="times_downgrade_waived:>=2"),
)  # fmt: skip  # a line or two for each
"""What is asked of the TIP Report."""
