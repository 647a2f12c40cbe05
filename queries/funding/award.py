"""One project or award as each list states it, side by side: raised, extended, and never summed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.clauses import SourcedClause, resting_on, worded
from queries.core.printed_names import printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds
from queries.core.reads import EDGES_OUT, ENTITIES_BY_ID, THINGS_UNDER, OfType
from queries.core.sourced_values import in_words
from queries.funding.list_editions import AMOUNTS, ListEdition, changes, editions_of
from queries.funding.totals import caveat

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
    stated_on: str | None = Field(default=None, description="Day of the list, possibly partial; null is unknown.")
    stated_total: str | None = Field(default=None, description="Total it states, with what that measures.")
    ceiling: str | None = Field(default=None, description="Most that may be paid.")
    total_obligated: str | None = Field(default=None, description="Obligated so far, as stated.")
    total_outlaid: str | None = Field(default=None, description="Paid so far, as stated.")
    cost_share: str | None = Field(default=None, description="The recipient's own part.")
    start: str | None = Field(default=None, description="First day, possibly partial.")
    end: str | None = Field(default=None, description="Last day, possibly partial.")
    status: str | None = Field(default=None, description="Status as stated.")
    amendments: tuple[str, ...] = Field(default=(), description="Amendments as stated.")
    places: tuple[str, ...] = Field(default=(), description="Countries that it names, sorted.")
    changes: tuple[str, ...] = Field(
        default=(), description="What it says otherwise than the list before: raised, extended, now also …"
    )
    changed: tuple[dict[str, Any], ...] = Field(default=(), description="The same by its values.")
    amounts: tuple[dict[str, str], ...] = Field(
        default=(), description="All that it states by field, with currency and measure."
    )
    superseded: bool = Field(default=False, description="Whether a later load of the same file says something else.")
    load: int = Field(description="Number of the load that said it.")


def award(request: Request[AwardParams]) -> Result[VersionRow]:
    """List what each list states of an award, in the order of their days; then of the project that it is for."""
    return _side_by_side(request, request.one("award"))


def project(request: Request[ProjectParams]) -> Result[VersionRow]:
    """List what each list states of a project, in the order of their days; then of the awards that carry it."""
    return _side_by_side(request, request.one("project"))


def _side_by_side(request: Request[Any], asked: Subject) -> Result[VersionRow]:
    below, above = _related(request, asked)
    others = {each.id: each for each in (*above, *below) if each.id != asked.id}
    things = [asked, *(others[id_] for id_ in sorted(others))]
    read = request.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(each.id for each in things)))
    cards = {each.id: each.values for each in read}
    sourced_rows: list[SourcedRow[VersionRow]] = []
    for thing in things:
        members = tuple(cards[thing.id].get("members") or (thing.id,))
        editions = [each for each in editions_of(request.session, members) if each.stated_on <= request.day]
        sourced_rows += _sourced_rows(request, thing, editions)
    versions = [each for each in sourced_rows if each.row.about == asked.id]
    related = (("below", below), ("above", [each for each in above if each not in below]))
    return Result(
        clauses=(
            *_clauses(asked, versions),
            *(_stands_by(asked, place, those) for place, those in related if those),
        ),
        rows=tuple(sourced_rows),
        caveats=tuple(_caveats([each.row for each in versions])),
    )


def _related(request: Request[Any], asked: Subject) -> tuple[list[Subject], list[Subject]]:
    """Return the awards and projects under one, and those that it is under, each by id."""
    ids = (asked.id,)
    under = request.session.read(THINGS_UNDER, OfIds(ids=ids))
    over = request.session.read(EDGES_OUT, OfType(ids=ids, type="UNDER", limit=_MOST))
    return _carrying(asked, under), _carrying(asked, over)


def _carrying(asked: Subject, edges: Sequence[FullEdgeRow]) -> list[Subject]:
    found = {edge.id: edge.other for edge in edges if edge.cls in ("Project", "Award") and edge.id != asked.id}
    return [found[id_] for id_ in sorted(found)]


def _sourced_rows(
    request: Request[Any], thing: Subject, editions: Sequence[ListEdition]
) -> list[SourcedRow[VersionRow]]:
    pointed = {id_ for edition in editions for id_ in (*edition.lists, *edition.places)}
    names = printed_names(request.session, pointed)
    titles = {source: card.title for source, card in request.session.cards.items()}
    return [
        SourcedRow(_row(thing, edition, editions[:place], names, titles), (edition.ref,))
        for place, edition in enumerate(editions)
    ]


def _row(
    thing: Subject,
    edition: ListEdition,
    earlier: Sequence[ListEdition],
    names: Mapping[str, str],
    titles: Mapping[str, str],
) -> VersionRow:
    said, period, changed = edition.values, edition.period, changes(edition, earlier, names)
    stated: dict[str, Any] = {field: said[field] for field in AMOUNTS if isinstance(said.get(field), Mapping)}
    return VersionRow(
        about=thing.id,
        about_name=thing.name,
        about_class=thing.cls,
        list_name=next((names[each] for each in edition.lists if each in names), titles[edition.ref[0]]),
        stated_on=edition.stated_on or None,
        **{field: in_words({**money, "value_date": ""}) for field, money in stated.items()},
        start=period.get("start"),
        end=period.get("end"),
        status=str(said["status"]) if said.get("status") else None,
        amendments=edition.amendments,
        places=tuple(sorted(names.get(place, place) for place in edition.places)),
        changes=tuple(worded("queries.funding", "award", "change", change) for change in changed),
        changed=changed,
        amounts=tuple({"field": field, **_parts(money)} for field, money in stated.items()),
        superseded=edition.is_superseded,
        load=edition.load,
    )


def _parts(money: Mapping[str, str]) -> dict[str, str]:
    return {part: money[part] for part in ("amount", "currency", "measure")}


def _clauses(asked: Subject, versions: Sequence[SourcedRow[VersionRow]]) -> Iterator[SourcedClause]:
    days = [each.row.stated_on for each in versions if each.row.stated_on]
    latest = max(versions, key=lambda each: each.row.stated_on or "", default=None)
    yield resting_on(
        (each.refs for each in versions),
        "headline",
        name=asked.name,
        versions=len(versions),
        days=[days[0], days[-1]] if days else [],
        amount=latest.row.amounts[0] if latest and latest.row.amounts else None,
        end=latest.row.end if latest else None,
    )
    changed = [(each, change) for each in versions for change in each.row.changed]
    for each, change in changed[:_CHANGES]:
        yield resting_on([each.refs], "changed", stated_on=each.row.stated_on, change=change)
    if len(changed) > _CHANGES:
        yield resting_on((each.refs for each, _ in changed), "more-changes", more=len(changed) - _CHANGES)
    if sum(each.row.stated_total is not None for each in versions) > 1:
        yield resting_on((each.refs for each in versions), "never-added")


def _stands_by(asked: Subject, place: str, related: Sequence[Subject]) -> SourcedClause:
    """Return what stands below in the answer, and whether its money is the same."""
    are_awards = asked.cls == related[0].cls == "Award"
    return SourcedClause(place, {"number": len(related), "cls": related[0].cls, "are_awards": are_awards})


def _caveats(rows: Sequence[VersionRow]) -> Iterator[Caveat]:
    if rows and not any(row.amounts for row in rows):
        yield caveat("unknown", "no-amount-stated", clause="headline")
    elif any(change.get("how") == "differs" for row in rows for change in row.changed):
        yield caveat("conflict", "neither-later", clause="changed")


_COLUMNS = (
    "about_name",
    "list_name",
    "stated_on",
    *AMOUNTS,
    "start",
    "end",
    "status",
    "amendments",
    "changes",
    "superseded",
    "confidence",
    "evidence",
)  # fmt: skip - as wide as the table

AWARD = Question(
    name="award",
    title="What does each list say of this award: amount, end, amendments?",
    params=AwardParams,
    row=VersionRow,
    function=award,
    names={"award": ("Award",)},
    example={"award": "Three-year programme (Global Fund to End Modern Slavery)"},
    columns=_COLUMNS,
)
PROJECT = Question(
    name="project",
    title="What does each list say of this project: amount, end, countries?",
    params=ProjectParams,
    row=VersionRow,
    function=project,
    names={"project": ("Project",)},
    example={"project": "Investigation of Islamic State trafficking networks (CIJA)"},
    columns=_COLUMNS,
)
