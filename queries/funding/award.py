"""One project or award as each list states it, side by side: raised, extended, and never summed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, resting_on, worded
from iga.queries.core.columns import column
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import FullEdgeRow, OfIds, refs
from iga.queries.core.reads import EDGES_OUT, ENTITIES_BY_ID, THINGS_UNDER, OfType
from iga.queries.core.wording import in_words
from iga.queries.funding.list_editions import AMOUNTS, ListEdition, changes, editions_of

# More than any project has awards, or any award projects.
_MOST = 1_000
# Changes that an officer listens to; the rows have all.
_CHANGES = 4


class AwardParams(Params):
    """What `award` is asked with."""

    award: str = Field(description="The award: id, number or name.", examples=["S-SJTIP-13-CA-1029"])


class ProjectParams(Params):
    """What `project` is asked with."""

    project: str = Field(
        description="The project: id or name.", examples=["Investigation of Islamic State trafficking networks (CIJA)"]
    )


class VersionRow(AnswerRow):
    """What one list, or one version of a file, states of a project or award."""

    about: str = Field(description="Id of the project or award.")
    about_name: str = Field(description="Its name.")
    about_class: str = Field(description="Project or Award.")
    list_name: str = Field(description="The list or source that states it.")
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
    load: int = Field(description="Number of the load that said it.")


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
    cards = {card.id: card for card in session.read(ENTITIES_BY_ID, OfIds(ids=tuple(thing.id for thing in things)))}
    rows: list[SourcedRow[VersionRow]] = []
    for thing in things:
        editions = editions_of(session, cards[thing.id].values.get("members") or (thing.id,))
        rows += _rows(request, thing, [edition for edition in editions if edition.stated_on <= request.day])
    versions = [sourced for sourced in rows if sourced.row.about == asked.id]
    related = [(place, list(those.values())) for place, those in (("below", below), ("above", above)) if those]
    return Result(
        clauses=(
            *_clauses(asked, versions),
            _of_kind(belongs_to),
            *(_stands_by(asked, place, those) for place, those in related),
        ),
        rows=tuple(rows),
        caveats=tuple(_caveats([sourced.row for sourced in versions])),
    )


def _of_kind(belongs_to: Sequence[FullEdgeRow]) -> SourcedClause:
    """Say of which kind of programme it is: by the programme or the compact that its source puts it under."""
    kinds = [edge for edge in belongs_to if edge.cls in ("Programme", "ChildProtectionCompact")]
    return resting_on([refs(edge.properties) for edge in kinds], "kind", kinds=[edge.name for edge in kinds])


def _carrying(asked: Subject, edges: Iterable[FullEdgeRow]) -> dict[str, Subject]:
    """Return the awards and projects at the other ends of edges, by id, in that order."""
    carrying = {edge.id: edge.other for edge in edges if edge.cls in ("Project", "Award") and edge.id != asked.id}
    return dict(sorted(carrying.items()))


def _rows(request: Request[Any], thing: Subject, editions: Sequence[ListEdition]) -> Iterator[SourcedRow[VersionRow]]:
    """Yield a row for each edition of a thing, with what it says otherwise than those before."""
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
            amounts=tuple({"field": field, **_parts(money)} for field, money in stated.items()),
            superseded=edition.is_superseded,
            load=edition.load,
        )
        yield SourcedRow(row, (edition.ref,))


def _parts(money: Mapping[str, str]) -> dict[str, str]:
    return {part: money[part] for part in ("amount", "currency", "measure")}


def _clauses(asked: Subject, versions: Sequence[SourcedRow[VersionRow]]) -> Iterator[SourcedClause]:
    every = [sourced.refs for sourced in versions]
    days = [sourced.row.stated_on for sourced in versions if sourced.row.stated_on]
    latest = max((sourced.row for sourced in versions), key=lambda row: row.stated_on or "", default=None)
    values = {
        "name": asked.name,
        "versions": len(versions),
        "days": [days[0], days[-1]] if days else [],
        "amount": latest.amounts[0] if latest and latest.amounts else None,
        "end": latest.end if latest else None,
    }
    yield resting_on(every, "headline", **values)
    yield resting_on(every, "in-versions", versions=len(versions), days=values["days"])
    changed = [(sourced, change) for sourced in versions for change in sourced.row.changed]
    for sourced, change in changed[:_CHANGES]:
        yield resting_on([sourced.refs], "changed", stated_on=sourced.row.stated_on, change=change)
    if len(changed) > _CHANGES:
        yield resting_on((sourced.refs for sourced, _ in changed), "more-changes", more=len(changed) - _CHANGES)
    if sum(sourced.row.stated_total is not None for sourced in versions) > 1:
        yield resting_on(every, "never-added")


def _stands_by(asked: Subject, place: str, related: Sequence[Subject]) -> SourcedClause:
    """Return what stands below in the answer, and whether its money is the same."""
    are_awards = asked.cls == related[0].cls == "Award"
    return SourcedClause(place, {"number": len(related), "cls": related[0].cls, "are_awards": are_awards})


def _caveats(rows: Sequence[VersionRow]) -> Iterator[UnwordedCaveat]:
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
