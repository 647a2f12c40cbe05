"""One project or award as each list states it, side by side: raised, extended, and never summed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from iga.graph.domain.values import first_day, last_day
from iga.graph.fold.history import RowHistory
from iga.graph.fold.live import Lens, seen_statements
from iga.graph.fold.recipes import recipe
from iga.graph.statements import EdgeStatement, NodeStatement, RowVersion, Values
from iga.queries.core.answer import AnswerRow, Ref, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, resting_on, worded
from iga.queries.core.columns import column, needed
from iga.queries.core.printed_names import entities, printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, refs
from iga.queries.core.reads import EDGES_OUT, THINGS_UNDER, OfType
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.wording import in_words

# More than any project has awards, or any award projects.
_MOST = 1_000
# Changes that an officer listens to; the rows have all.
_CHANGES = 4


class AwardParams(Params):
    """What `award` is asked with."""

    award: str = needed("The award: id, number or name.", "S-SJTIP-13-CA-1029")


class ProjectParams(Params):
    """What `project` is asked with."""

    project: str = needed("The project: id or name.", "Investigation of Islamic State trafficking networks (CIJA)")


class VersionRow(AnswerRow):
    """What one list, or one version of a file, states of a project or award."""

    about: str = needed("Id of the project or award.")
    about_name: str = needed("Its name.")
    about_class: str = needed("Project or Award.")
    list_name: str = needed("The list or source that states it.")
    stated_on: str | None = column("Day of the list, possibly partial; null is unknown.")
    stated_total: str | None = column("Total it states, with what that measures.")
    ceiling: str | None = column("Most that may be paid.")
    total_obligated: str | None = column("Obligated so far, as stated.")
    total_outlaid: str | None = column("Paid so far, as stated.")
    cost_share: str | None = column("The recipient's own part.")
    start: str | None = column("First day, possibly partial.")
    end: str | None = column("Last day, possibly partial.")
    status: str | None = column("Status as stated.")
    amendments: tuple[str, ...] = column("Amendments as stated.", ())
    places: tuple[str, ...] = column("Countries that it names, sorted.", ())
    changes: tuple[str, ...] = column("What it says otherwise than the list before: raised, extended, now also …", ())
    changed: tuple[dict[str, Any], ...] = column("The same by its values.", ())
    amounts: tuple[dict[str, str], ...] = column("All that it states by field, with currency and measure.", ())
    superseded: bool = column("Whether a later load of the same file says something else.", False)
    load: int = needed("Number of the load that said it.")


_PARTS = ("amount", "currency", "measure")
AMOUNTS = ("stated_total", "ceiling", "total_obligated", "total_outlaid", "cost_share")
"""The amounts that a list may state of a project or an award."""


@dataclass(frozen=True)
class ListEdition:
    """What one version of one row states of a thing.

    Attributes:
        stated_on: Day it states it for, possibly partial; blank is unknown.
        load: Number of the load that said it.
        is_superseded: Whether a later load replaced it: the list now says something else, or nothing.
        lists: Ids of the publications that the row puts it under.
        places: Ids of the governments that the row says it runs in, in the order of the row.
    """

    stated_on: str
    ref: Ref
    load: int
    is_superseded: bool
    values: Values
    lists: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def period(self) -> Mapping[str, str]:
        """From when until when, by ``start`` and ``end``; empty if it is not stated."""
        period = self.values.get("period")
        return {end: day for end, day in period.items() if day} if isinstance(period, dict) else {}

    @property
    def amendments(self) -> tuple[str, ...]:
        """Amendments as stated."""
        stated = self.values.get("amendments")
        return tuple(stated) if isinstance(stated, list) else ()

    def amount(self, field: str) -> Mapping[str, str] | None:
        """Return an amount that it states, by its parts."""
        money = self.values.get(field)
        return money if isinstance(money, Mapping) else None

    def is_after(self, other: "ListEdition") -> bool:
        """True if it is stated for a day that surely lies later than that of another."""
        if not (self.stated_on and other.stated_on):
            return False
        is_later = first_day(self.stated_on) > last_day(other.stated_on)
        return is_later or (self.ref == other.ref and self.load > other.load)


def editions_of(session: Session, ids: Collection[str]) -> list[ListEdition]:
    """Return what every row ever stated of the thing that has these ids, in the order of the days it is stated for.

    A version that says the same as the one before it is left out. What has no day comes last.
    """
    wanted, lens = frozenset(ids), session.lens
    as_of = {header.no: header.card.as_of for header in session.headers}
    every = [one for row in session.ledger.rows_naming(wanted) for one in _of_row(row, lens, wanted, as_of)]
    editions = [replace(one, values=session.masked(one.values, *wanted)) for one in every]
    return sorted(editions, key=lambda one: (not one.stated_on, one.stated_on, one.ref, one.load))


def _of_row(row: RowHistory, lens: Lens, wanted: frozenset[str], as_of: dict[int, str]) -> Iterator[ListEdition]:
    counting = [version for version in row if version.load <= lens.upto]
    before: ListEdition | None = None
    for version in counting:
        edition = _edition(row, version, lens, wanted, as_of[version.load])
        if edition and (before is None or _statement(edition) != _statement(before)):
            before = replace(edition, is_superseded=version is not counting[-1])
            yield before


def _statement(edition: ListEdition) -> tuple[object, ...]:
    return (edition.values, edition.lists, edition.places)


def _edition(
    row: RowHistory, version: RowVersion, lens: Lens, wanted: frozenset[str], as_of: str
) -> ListEdition | None:
    """Return what a version states of the thing under the ceiling; None if nothing."""
    statements = [statement for _, statement, _ in seen_statements(row, version, lens)]
    about = [one for one in statements if isinstance(one, NodeStatement) and one.id in wanted]
    if not about:
        return None
    values: Values = {}
    for one in reversed(about):
        values |= recipe(one.cls).visible(one.values, lens.ceiling)[0]
    edges = [one for one in statements if isinstance(one, EdgeStatement) and one.source in wanted]
    return ListEdition(
        stated_on=about[0].stated_on or as_of,
        ref=(version.source, version.row_key),
        load=version.load,
        is_superseded=False,
        values=values,
        lists=tuple(edge.target for edge in edges if edge.type == "UNDER" and edge.target.startswith("publication:")),
        places=tuple(edge.target for edge in edges if edge.type == "IMPLEMENTED_IN"),
    )


def changes(
    edition: ListEdition, earlier: Sequence[ListEdition], names: Mapping[str, str]
) -> tuple[dict[str, Any], ...]:
    """Return how an edition differs from the latest earlier one that speaks of the same: values of *change* clauses.

    Where nothing tells which of two was stated later, they *differ*; nothing is called raised or extended then.
    """
    latest = earlier[::-1]
    changed = [change for field in AMOUNTS for change in _amount(field, edition, latest)]
    changed += [change for end in ("start", "end") for change in _day(end, edition, latest)]
    return (*changed, *_status(edition, latest), *_amendments(edition, latest), *_places(edition, latest, names))


def _amount(field: str, edition: ListEdition, latest: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    """Yield how an amount changed, against the latest of the same measure and currency; others cannot be compared."""
    new = edition.amount(field)
    for before in latest if new else ():
        old = before.amount(field)
        if new and old and (old["currency"], old["measure"]) == (new["currency"], new["measure"]):
            was, now = Decimal(old["amount"]), Decimal(new["amount"])
            how = ("raised" if now > was else "lowered") if edition.is_after(before) else "differs"
            if was != now:
                yield {"what": field, "how": how, "old": dict(old), "new": dict(new)}
            return


def _day(end: str, edition: ListEdition, latest: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    new, before = edition.period.get(end), next((one for one in latest if one.period.get(end)), None)
    if new and before:
        old = before.period[end]
        is_later = first_day(new) > last_day(old)
        moved = "moved" if end == "start" else "extended" if is_later else "shortened"
        if is_later or last_day(new) < first_day(old):  # otherwise one is only the more precise
            yield {"what": end, "how": moved if edition.is_after(before) else "differs", "old": old, "new": new}


def _status(edition: ListEdition, latest: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    new, old = edition.values.get("status"), next(filter(None, (one.values.get("status") for one in latest)), None)
    if new and old and new != old:
        yield {"what": "status", "how": "changed", "old": old, "new": new}


def _amendments(edition: ListEdition, latest: Sequence[ListEdition]) -> Iterator[dict[str, Any]]:
    """Yield amendments that no earlier edition tells, where one tells any."""
    before = {amendment for one in latest for amendment in one.amendments}
    for amendment in sorted(set(edition.amendments) - before) if before else ():
        yield {"what": "amended", "new": amendment}


def _places(edition: ListEdition, latest: Sequence[ListEdition], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    before = next((one for one in latest if one.places), None)
    if before and edition.places:
        for how, some, others in (("now also", edition, before), ("dropped", before, edition)):
            if named := sorted(names.get(place, place) for place in set(some.places) - set(others.places)):
                yield {"what": "places", "how": how, "new": named}


def award(request: Request[AwardParams]) -> Result[VersionRow]:
    """List what each list states of an award, in the order of their days; then of the project that it is for."""
    return _side_by_side(request, request.one("award"))


def project(request: Request[ProjectParams]) -> Result[VersionRow]:
    """List what each list states of a project, in the order of their days; then of the awards that carry it."""
    return _side_by_side(request, request.one("project"))


def _side_by_side(request: Request[Any], asked: Subject) -> Result[VersionRow]:
    session, ids = request.session, (asked.id,)
    below = _carrying(asked, session.read(THINGS_UNDER, OfIds(ids=ids)))
    belongs_to = session.read(EDGES_OUT, OfType(ids=ids, type="UNDER", limit=_MOST))
    over = _carrying(asked, belongs_to)
    above = {id_: thing for id_, thing in over.items() if id_ not in below}
    things = [asked, *(thing for _, thing in sorted({**above, **below}.items()))]
    cards = entities(session, (thing.id for thing in things))
    rows = Rows.of(row for thing in things for row in _rows(request, thing, cards[thing.id]))
    versions = rows.where(about=asked.id)
    related = [(place, list(those.values())) for place, those in (("below", below), ("above", above)) if those]
    beside = (_of_kind(belongs_to), *(_stands_by(asked, place, those) for place, those in related))
    return Result.of((*_clauses(asked, versions), *beside), rows, _caveats(versions))


def _of_kind(belongs_to: Sequence[FullEdgeRow]) -> SourcedClause:
    """Say of which kind of programme it is: by the programme or the compact that its source puts it under."""
    kinds = [edge for edge in belongs_to if edge.cls in ("Programme", "ChildProtectionCompact")]
    return resting_on([refs(edge.properties) for edge in kinds], "kind", kinds=[edge.name for edge in kinds])


def _carrying(asked: Subject, edges: Iterable[FullEdgeRow]) -> dict[str, Subject]:
    """Return the awards and projects at the other ends of edges, by id, in that order."""
    carrying = {edge.id: edge.other for edge in edges if edge.cls in ("Project", "Award") and edge.id != asked.id}
    return dict(sorted(carrying.items()))


def _rows(request: Request[Any], thing: Subject, card: Entity) -> Iterator[SourcedRow[VersionRow]]:
    """Yield a row for each edition of a thing by the day, with what it says otherwise than those before."""
    every = editions_of(request.session, card.values.get("members") or (thing.id,))
    editions = [edition for edition in every if edition.stated_on <= request.day]
    names = printed_names(request.session, {id_ for one in editions for id_ in (*one.lists, *one.places)})
    for place, edition in enumerate(editions):
        changed = changes(edition, editions[:place], names)
        stated = {field: money for field in AMOUNTS if (money := edition.amount(field))}
        title = request.session.cards[edition.ref[0]].title
        status = edition.values.get("status")
        row = VersionRow(
            about=thing.id,
            about_name=thing.name,
            about_class=thing.cls,
            list_name=next((names[id_] for id_ in edition.lists if id_ in names), title),
            stated_on=edition.stated_on or None,
            **{field: in_words({**money, "value_date": ""}) for field, money in stated.items()},
            start=edition.period.get("start"),
            end=edition.period.get("end"),
            status=str(status) if status else None,
            amendments=edition.amendments,
            places=tuple(sorted(names.get(id_, id_) for id_ in edition.places)),
            changes=tuple(worded(__package__, "award", "change", change) for change in changed),
            changed=changed,
            amounts=tuple({"field": field} | {part: money[part] for part in _PARTS} for field, money in stated.items()),
            superseded=edition.is_superseded,
            load=edition.load,
        )
        yield SourcedRow(row, (edition.ref,))


def _clauses(asked: Subject, versions: Rows[VersionRow]) -> Iterator[SourcedClause]:
    days = [row.stated_on for row in versions if row.stated_on]
    shown = {"versions": len(versions), "days": [days[0], days[-1]] if days else []}
    latest = max(versions, key=lambda row: row.stated_on or "", default=None)
    amount = latest.amounts[0] if latest and latest.amounts else None
    yield versions.clause("headline", name=asked.name, **shown, amount=amount, end=latest.end if latest else None)
    yield versions.clause("in-versions", **shown)
    changed = [(known, change) for known in versions.sourced for change in known.row.changed]
    for known, change in changed[:_CHANGES]:
        yield resting_on([known.refs], "changed", stated_on=known.row.stated_on, change=change)
    if len(changed) > _CHANGES:
        yield versions.keeping(lambda row: row.changed).clause("more-changes", more=len(changed) - _CHANGES)
    if len(versions.keeping(lambda row: row.stated_total is not None)) > 1:
        yield versions.clause("never-added")


def _stands_by(asked: Subject, place: str, related: Sequence[Subject]) -> SourcedClause:
    """Return what stands below in the answer, and whether its money is the same."""
    are_awards = asked.cls == related[0].cls == "Award"
    return SourcedClause(place, {"number": len(related), "cls": related[0].cls, "are_awards": are_awards})


def _caveats(rows: Rows[VersionRow]) -> Iterator[UnwordedCaveat]:
    if rows and not any(row.amounts for row in rows):
        yield caveat("unknown", "no-amount-stated", clause="headline")
    elif any(change.get("how") == "differs" for row in rows for change in row.changed):
        yield caveat("conflict", "neither-later", clause="changed")


_COLUMNS = (
    *("about_name", "list_name", "stated_on", *AMOUNTS, "start", "end"),
    *("status", "amendments", "changes", "superseded", "confidence", "evidence"),
)

AWARD = Question.of(
    award,
    title="What does each list say of this award: amount, end, amendments?",
    names={"award": ("Award",)},
    example={"award": "Three-year programme (Global Fund to End Modern Slavery)"},
    columns=_COLUMNS,
)
PROJECT = Question.of(
    project,
    title="What does each list say of this project: amount, end, countries?",
    names={"project": ("Project",)},
    example={"project": "Investigation of Islamic State trafficking networks (CIJA)"},
    columns=_COLUMNS,
)
