"""Columns on a government itself: where it is, its status; its plans; what was counted there; our ambassador to it."""

from collections import defaultdict
from collections.abc import Callable

from iga.graph.domain.edges import PostIn, ReachedAt
from iga.graph.domain.parties import Government, Post
from iga.queries.core.channels import check_of, not_for_officials
from iga.queries.core.compiled import Everything, all_of, edges_from, hop
from iga.queries.core.days import Passed, passed
from iga.queries.core.holders import Holder, holder_of
from iga.queries.core.reading import Entity, OfIds, grouped, refs
from iga.queries.core.reads import HOLDERS_OF
from iga.queries.core.session import Session
from iga.queries.instruments.plans import ALL_PLANS, in_force, is_known
from iga.queries.report.statistics import STATISTICS_OF_YEAR, OfYear
from iga.queries.sets.cell import Cell, CellReason, ColumnCells, Extent
from iga.queries.sets.column import Asked, SetColumn

GOVERNMENTS = all_of(Government, fields=("iso3", "genc3", "region", "subregion", "status", "bureau", "evidence"))
"""Every government with what columns say of it: each text that is read is looked through for protected names."""
EMBASSIES_OF = all_of(
    "Entity",
    "it.government IN $ids AND it.body_kind IN ['embassy', 'unofficial instrumentality']",
    OfIds,
    fields=("host", "status", "evidence"),
)
"""Embassies of a government, and what stands in for one."""
AMBASSADORS = edges_from(Post, PostIn, "subject.level = 'ambassador' AND other.government IN $ids", OfIds)
MAILBOXES_OF = hop(ReachedAt, where="other.channel_kind = 'email'")
_NOT_FOR_GOOD = ("acting", "charge d'affaires", "designate")
# Fewer than five are printed so: one to four.
_HIDDEN = "<5"


def _stated(*fields: str) -> Callable[[Session, Asked], ColumnCells]:
    """Return what reads fields of every government; one that is blank is not on file."""

    def read(session: Session, asked: Asked) -> ColumnCells:
        cells, what = {}, asked.column.name
        for one in session.read(GOVERNMENTS, Everything()):
            values = tuple(filter(None, map(one.values.get, fields)))
            if values:
                cells[one.id] = Cell("yes", values, values[-1], refs(one.values))
        return ColumnCells(cells, Cell("unknown", reason=CellReason("not-on-file", {"what": what})))

    return read


def plan(session: Session, asked: Asked) -> ColumnCells:
    """Return who had a national action plan in force; that a government has none no source says."""
    return _of_plans(session, asked, lambda one: in_force(one.values, asked.day))


def plan_on_file(session: Session, asked: Asked) -> ColumnCells:
    """Return of whom any plan is on file: of our own file all is known."""
    return ColumnCells(_of_plans(session, asked, lambda _: "yes").known, Cell("no"))


def _of_plans(session: Session, asked: Asked, state_of: Callable[[Entity], Passed]) -> ColumnCells:
    plans: dict[str, list[tuple[Passed, Entity]]] = defaultdict(list)
    for one in session.read(ALL_PLANS, Everything()):
        if one.values.get("government") and is_known(one, asked.day):
            plans[one.values["government"]].append((state_of(one), one))
    cells = {}
    for id_, of in plans.items():
        state: Passed = "yes" if any(held == "yes" for held, _ in of) else "unknown"
        shown = [one for held, one in of if held == state] or [one for _, one in of]
        newest = max(shown, key=lambda one: (one.values.get("period_start") or "", one.id))
        reason = None if state == "yes" else CellReason("plan", {"plan": newest.name})
        cells[id_] = Cell(state, shown=newest.name, rests_on=refs(newest.values), reason=reason)
    return ColumnCells(cells, Cell("unknown", reason=CellReason("no-plan")))


def _counted(measure: str) -> Callable[[Session, Asked], ColumnCells]:
    """Return what reads a count of everybody in a year; publishers that differ make it as wide as they are apart."""

    def read(session: Session, asked: Asked) -> ColumnCells:
        year, spans = asked.year or 0, defaultdict[str, list[tuple[Extent, Entity]]](list)
        known = session.read(STATISTICS_OF_YEAR, OfYear(year=year)) if passed(str(year), on=asked.day) != "no" else []
        for one in known:
            if (text := one.values.get(measure)) and one.values.get("place"):
                spans[one.values["place"]].append((_span(str(text)), one))
        cells = {
            place: Cell("yes", (_widest([span for span, _ in of]),), rests_on=refs(*(one.values for _, one in of)))
            for place, of in spans.items()
        }
        return ColumnCells(cells, Cell("unknown", reason=CellReason("not-counted", {"what": measure, "year": year})))

    return read


def _span(text: str) -> Extent:
    return Extent.of_number(1, 4) if text == _HIDDEN else Extent.of_number(int(text.replace(",", "")))


def _widest(spans: list[Extent]) -> Extent:
    ends = [end for span in spans for end in (span.least, span.most)]
    return Extent(min(ends), max(ends))  # type: ignore[type-var]  # counts have both ends


def ambassador(session: Session, asked: Asked) -> ColumnCells:
    """Return where an ambassador of ours is in office: where somebody acts, or the post is vacant, none is."""
    cells = {host: _in_office(holder) for host, holder in _heads_of_mission(session, asked).items()}
    return ColumnCells(cells, Cell("unknown", reason=CellReason("not-on-file", {"what": "post of a U.S. ambassador"})))


def _in_office(holder: Holder) -> Cell:
    rests_on, shown = refs(*holder.sources), holder.in_words
    if holder.holding in ("in office", "acting", "vacant"):
        return Cell("yes" if holder.holding == "in office" else "no", shown=shown, rests_on=rests_on)
    is_seen = holder.incumbent is not None and holder.capacity not in _NOT_FOR_GOOD
    return Cell("unknown", (), shown, rests_on, CellReason("incumbent", {"holder": shown}), is_listed=is_seen)


def _heads_of_mission(session: Session, asked: Asked) -> dict[str, Holder]:
    """Return the post of our ambassador and who holds it on the day, by the government it is accredited to."""
    hosts = {one.id: one.values["host"] for one in _embassies(session)}
    posts = [edge for edge in session.read(AMBASSADORS, OfIds(ids=(session.home.government,))) if edge.id in hosts]
    terms = grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(edge.subject for edge in posts))))
    return {hosts[edge.id]: holder_of(edge.own, terms.get(edge.subject, ()), day=asked.day) for edge in posts}


def _embassies(session: Session) -> list[Entity]:
    missions = session.read(EMBASSIES_OF, OfIds(ids=(session.home.government,)))
    return [one for one in missions if one.values.get("host")]


def mission(session: Session, _: Asked) -> ColumnCells:
    """Return where we have an embassy, and whether it is open; that there is none no source says."""
    cells = {}
    for one in _embassies(session):
        status = one.values.get("status") or "open"
        shown = one.name if status == "open" else f"{one.name} ({status})"
        cells[one.values["host"]] = Cell("yes" if status == "open" else "no", shown=shown, rests_on=refs(one.values))
    return ColumnCells(cells, Cell("unknown", reason=CellReason("not-on-file", {"what": "U.S. embassy"})))


def mailbox(session: Session, asked: Asked) -> ColumnCells:
    """Return the mailbox of our embassy: the first that nothing speaks against, those for officials first."""
    hosts = {one.id: one.values["host"] for one in _embassies(session)}
    cells: dict[str, tuple[bool, Cell]] = {}
    for edge in session.read(MAILBOXES_OF, OfIds(ids=tuple(hosts))):
        if check_of(edge.values, day=asked.day).state != "to check" or edge.held(asked.day) == "no":
            continue
        other, value = not_for_officials(edge.values), edge.values["channel_value"]
        if hosts[edge.subject] not in cells or (cells[hosts[edge.subject]][0] and not other):
            shown = f"{value} ({other})" if other else value
            cells[hosts[edge.subject]] = (bool(other), Cell("yes", (value,), shown, refs(edge.values, edge.properties)))
    known = {host: cell for host, (_, cell) in cells.items()}
    return ColumnCells(known, Cell("unknown", reason=CellReason("not-on-file", {"what": "mailbox of a U.S. embassy"})))


_MEASURES = {"victims": "Victims detected", "investigated": "Investigations", "prosecuted": "Persons prosecuted",
             "convicted": "Persons convicted"}  # fmt: skip  # few words
COLUMNS = (
    SetColumn("region", "UN region or subregion", _stated("region", "subregion"), kind="text", when="",
           example="region:africa"),
    SetColumn("status", "Status in U.S. practice: independent state, dependency, other", _stated("status"), kind="text",
           when="", example="status:independent-state"),
    SetColumn("bureau", "Regional bureau of the State Department", _stated("bureau"), kind="text", when="",
           example="bureau:af"),
    SetColumn("plan", "Has a national action plan in force", plan, example="plan:yes"),
    SetColumn("plan_on_file", "Has a national action plan on file, of any time", plan_on_file,
           example="plan_on_file:no"),
    *(SetColumn(name, f"{meaning} in a year, as published", _counted(name), kind="number", when="year",
             example=f"{name}@2021:>100") for name, meaning in _MEASURES.items()),
    SetColumn("ambassador", "Has an ambassador of ours in office", ambassador, names_people=True,
           example="ambassador:no"),
    SetColumn("mission", "Has an open embassy of ours", mission, example="mission:yes"),
    SetColumn("mailbox", "Mailbox of our embassy", mailbox, kind="text", example="mailbox"),
)  # fmt: skip  # a line or two for each
"""What is asked of governments."""
