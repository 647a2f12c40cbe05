"""One project or award as each list states it, side by side: raised, extended, and never summed."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.printed_names import printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds
from queries.core.reads import EDGES_OUT, ENTITIES_BY_ID, THINGS_UNDER, OfType
from queries.core.sourced_values import in_words
from queries.core.wording import counted
from queries.funding.changes import AMOUNTS, changes
from queries.funding.editions import Edition, editions_of

# More than any project has awards, or any award projects.
_MOST = 1_000


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
    superseded: bool = Field(default=False, description="Whether a later load of the same file says something else.")
    load: int = Field(description="Number of the load that said it.")


def award(request: Request[AwardParams]) -> Result:
    """List what each list states of an award, in the order of their days; then of the project that it is for."""
    return _side_by_side(request, request.one("award"))


def project(request: Request[ProjectParams]) -> Result:
    """List what each list states of a project, in the order of their days; then of the awards that carry it."""
    return _side_by_side(request, request.one("project"))


def _side_by_side(request: Request[Any], asked: Subject) -> Result:
    below, above = _related(request, asked)
    others = {each.id: each for each in (*above, *below) if each.id != asked.id}
    things = [asked, *(others[id_] for id_ in sorted(others))]
    cards = {
        each.id: each for each in request.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(each.id for each in things)))
    }
    sourced_rows: list[SourcedRow] = []
    for thing in things:
        members = tuple(cards[thing.id].values.get("members") or (thing.id,))
        editions = [each for each in editions_of(request.session, members) if each.stated_on <= request.day]
        sourced_rows += _sourced_rows(request, thing, editions)
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, VersionRow) and draft.row.about == asked.id]
    return Result(
        sentence=_sentence(asked, rows, below=below, above=[each for each in above if each not in below]),
        rows=tuple(sourced_rows),
        caveats=_caveats(rows),
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


def _sourced_rows(request: Request[Any], thing: Subject, editions: Sequence[Edition]) -> list[SourcedRow]:
    pointed = {id_ for edition in editions for id_ in (*edition.lists, *edition.places)}
    names = printed_names(request.session, pointed)
    titles = {source: card.title for source, card in request.session.cards.items()}
    return [
        SourcedRow(_row(thing, edition, editions[:place], names, titles), (edition.ref,))
        for place, edition in enumerate(editions)
    ]


def _row(
    thing: Subject,
    edition: Edition,
    earlier: Sequence[Edition],
    names: Mapping[str, str],
    titles: Mapping[str, str],
) -> VersionRow:
    said = edition.values
    period = said.get("period")
    start, end = (period.get("start"), period.get("end")) if isinstance(period, Mapping) else (None, None)
    amendments = said.get("amendments")
    return VersionRow(
        about=thing.id,
        about_name=thing.name,
        about_class=thing.cls,
        list_name=next((names[each] for each in edition.lists if each in names), titles[edition.ref[0]]),
        stated_on=edition.stated_on or None,
        **{field: _amount(said.get(field)) for field in AMOUNTS},
        start=start or None,
        end=end or None,
        status=str(said["status"]) if said.get("status") else None,
        amendments=tuple(amendments) if isinstance(amendments, list) else (),
        places=tuple(sorted(names.get(place, place) for place in edition.places)),
        changes=changes(edition, earlier, names),
        superseded=edition.is_superseded,
        load=edition.load,
    )


def _amount(money: Any) -> str | None:
    return in_words({**money, "value_date": ""}) if isinstance(money, Mapping) else None


_SAID = 4


def _sentence(asked: Subject, rows: Sequence[VersionRow], *, below: Sequence[Subject], above: Sequence[Subject]) -> str:
    if not rows:
        return f"no list that was stated by then says anything of {asked.name}"
    days = [row.stated_on for row in rows if row.stated_on]
    when = f" of {days[0]}" if len(set(days)) == 1 else f", {days[0]} to {days[-1]}" if days else ""
    sentence = f"{asked.name}: {counted(len(rows), 'version')}{when}"
    told = [change for row in rows for change in row.changes]
    sentence += f"; {'; '.join(told[:_SAID])}" if told else ""
    sentence += f"; and {counted(len(told) - _SAID, 'more change')}" if len(told) > _SAID else ""
    if sum(row.stated_total is not None for row in rows) > 1:
        sentence += "; the amounts are versions of one amount and are never added"
    return sentence + _stands_by(asked, below, made_out_of=False) + _stands_by(asked, above, made_out_of=True)


def _stands_by(asked: Subject, related: Sequence[Subject], *, made_out_of: bool) -> str:
    """Return what stands below in the answer, in words, and whether its money is the same; blank if nothing does."""
    if not related:
        return ""
    stand = "stands" if len(related) == 1 else "stand"
    if asked.cls == related[0].cls == "Award":
        if made_out_of:
            return (
                f"; it is made out of {counted(len(related), 'other award')}, which {stand} below with the whole money"
            )
        return f"; {counted(len(related), 'sub-award')} made out of it {stand} below, with part of its money"
    return f"; {counted(len(related), related[0].cls.lower())} of it {stand} below, with the same money"


def _caveats(rows: Sequence[VersionRow]) -> tuple[Caveat, ...]:
    if rows and not any(getattr(row, field) for row in rows for field in AMOUNTS):
        return (Caveat(kind="unknown", text="No list held here states an amount for it."),)
    if any(change.startswith(("differs", "start differs", "end differs")) for row in rows for change in row.changes):
        text = "Two sources of which neither is surely the later one differ; both are shown."
        return (Caveat(kind="conflict", text=text),)
    return ()


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
)

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
