"""What hangs on one partner, award, body or post alone: last projects, meetings without a host, only paths to us."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from iga.graph.domain.catalog import fits
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, end_columns, needed, option, sourced
from iga.queries.core.home import our_side
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import FullEdgeRow, OfIds
from iga.queries.core.reads import ENGAGEMENTS_ORGANIZED_BY, ENTITIES_BY_ID, ORGANIZERS_OF
from iga.queries.core.scope import Edges
from iga.queries.linked.kept_near import standing_on
from iga.queries.linked.only_paths import lost_without, neighbours
from iga.queries.linked.reads import EDGES_BETWEEN, TwoGroups
from iga.queries.linked.running_work import PLACES_OF, running_in, runs_on, works_of

LossGroup = Literal["last work in a country", "work without a carrier", "meeting without a host", "only path to us"]

_GROUPS: tuple[LossGroup, ...] = get_args(LossGroup)
_OFF = ("cancelled", "held")
# Nobody rereads a longer list before a call; the count stands before it.
_SHOWN = 40
_FALLBACKS = 3


class WhatIfParams(Params):
    """What `what-if` is asked with."""

    party: str | None = option("The partner, body or post that is gone.", "UNODC")
    award: str | None = option("The award that is gone.", "Compact award to the ILO, Peru")


class LossRow(AnswerRow):
    """One thing that is lost, or loses its last hold, where one other thing is gone."""

    group: LossGroup = needed("What sort of loss.")
    what: str = needed("Id of who or what loses: a country, a work, a meeting or an organization.")
    what_name: str = needed("Name of it.")
    what_class: str = needed("Its class.")
    what_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    through: str = needed("Id of what it loses, or is reached through.")
    through_name: str = needed("Name of that.")
    told: str = needed("The loss in words, and the second best way.")
    others: int = column("Other works that run in the country.", 0)


Rows = Sequence[SourcedRow[LossRow]]


@dataclass(frozen=True)
class _Losses:
    """Everything that hangs on one thing.

    Attributes:
        gone: The thing.
        rows: What is lost, by group.
        works: How many running works it has a part in.
        places: Of each country with a work that falls: how many others run there.
        paths_known: Whether only paths were looked for; not where there are too many relationships.
    """

    gone: Subject
    rows: Rows
    works: int
    places: Mapping[str, int]
    paths_known: bool

    def of(self, group: LossGroup) -> Rows:
        """Return the rows of one group."""
        return [row for row in self.rows if row.row.group == group]


def what_if(request: Request[WhatIfParams]) -> Result[LossRow]:
    """List what hangs on one thing alone on a day: descriptive, of what is on record.

    A work falls whose only carrier is gone, or its only payer. A country loses its last work where no other award or
    project is known to run there. ``held`` is *unknown* where no date tells that the work runs.

    Raises:
        UsageError: Neither party nor award is given.
    """
    gone = request.maybe("party") or request.maybe("award")
    if gone is None:
        raise UsageError("what-if needs party, a partner, body or post that is gone, or award, one that is gone")
    if gone.id in our_side(request.session):
        return Result(clauses=(clause("ours", gone=gone.name),))
    losses = _losses(request, gone)
    return Result(
        clauses=tuple(_clauses(losses)),
        rows=tuple(row for group in _GROUPS for row in losses.of(group)[:_SHOWN]),
        caveats=tuple(_caveats(losses)),
    )


def _losses(request: Request[WhatIfParams], gone: Subject) -> _Losses:
    edges = Edges(request.session, request.day)
    works, falling = _works(edges, gone)
    places = edges.of(PLACES_OF, [work.id for work in falling])
    there = running_in(edges, {edge.id for of_one in places.values() for edge in of_one})
    rows = [*_carriers(falling, gone, request.day), *_last_works(falling, places, there, request.day)]
    paths = _only_paths(request, gone)
    others = {place: len({it.id for it in of} - {work.id for work in falling}) for place, of in there.items()}
    rows = [*rows, *_meetings(edges, gone), *(paths or ())]
    rows.sort(key=lambda row: (_GROUPS.index(row.row.group), folded(row.row.what_name), row.row.what, row.row.through))
    return _Losses(gone, rows, works, others, paths is not None)


def _works(edges: Edges, gone: Subject) -> tuple[int, list[FullEdgeRow]]:
    """Return how many running works it has a part in, and those that fall with it."""
    if gone.cls == "Award":
        [own] = edges.session.read(ENTITIES_BY_ID, OfIds(ids=(gone.id,)))
        work = FullEdgeRow(subject=gone.id, key="", properties={}, iso3=None, **own.model_dump())
        return 1, [work] if runs_on(own.values, day=edges.day) != "no" else []
    parts = works_of(edges, gone)
    return len(parts), [part.work for part in parts if part.is_only]


def _carriers(falling: Sequence[FullEdgeRow], gone: Subject, day: str) -> Iterator[SourcedRow[LossRow]]:
    for work in falling:
        if work.id != gone.id:
            state = runs_on(work.values, day=day)
            yield _row("work without a carrier", work.other, gone, work.values, work.properties, held=state)


def _last_works(
    falling: Sequence[FullEdgeRow],
    places: Mapping[str, Sequence[FullEdgeRow]],
    there: Mapping[str, Sequence[FullEdgeRow]],
    day: str,
) -> Iterator[SourcedRow[LossRow]]:
    """Give each country with a work that falls and no other, by the first of these works."""
    gone = {work.id for work in falling}
    lost: dict[str, SourcedRow[LossRow]] = {}
    for work in falling:
        for place in places.get(work.id, ()):
            if not {it.id for it in there.get(place.id, ())} - gone and work.cls != "Programme":
                state = runs_on(work.values, day=day)
                sources = (place.properties, work.values)
                row = _row("last work in a country", place.other, work.other, *sources, held=state)
                lost.setdefault(place.id, row)
    yield from lost.values()


def _meetings(edges: Edges, gone: Subject) -> Iterator[SourcedRow[LossRow]]:
    """Give the meetings ahead that nobody else hosts."""
    ahead = [
        edge
        for edge in edges.ever(ENGAGEMENTS_ORGANIZED_BY, [gone.id]).get(gone.id, ())
        if edge.values.get("status") not in _OFF and (edge.values.get("start_min") or "") > edges.day
    ]
    hosts = edges.ever(ORGANIZERS_OF, [meeting.id for meeting in ahead])
    for meeting in ahead:
        if {host.id for host in hosts.get(meeting.id, ())} == {gone.id}:
            sources = (meeting.properties, meeting.values)
            yield _row("meeting without a host", meeting.other, gone, *sources, held="unknown")


def _only_paths(request: Request[WhatIfParams], gone: Subject) -> list[SourcedRow[LossRow]] | None:
    """Return the organizations that are tied to us through it alone, its own parts and posts aside.

    None where that is not looked for. A country is no path, whoever is in it.
    """
    session = request.session
    if gone.cls == "Government":
        return []
    ties = session.ties
    if ties is None:
        return None
    near = neighbours(standing_on(ties, day=request.day))
    known = set(ties.ids)
    ours = [ties.number_of(id_) for id_ in sorted(our_side(session) & known)]
    lost = lost_without(ties, near, ours, ties.number_of(gone.id))
    via = {ties.ids[number]: ties.ids[by] for number, by in lost.items()}
    parties = {id_: it for id_, it in entities(session, via).items() if fits(it.cls, ("Party",)) and it.cls != "Person"}
    shown = sorted(parties, key=lambda id_: (folded(parties[id_].name), id_))
    before = entities(session, [via[id_] for id_ in shown])
    between = TwoGroups(ids=tuple(shown), others=tuple(sorted(before)))
    edges = {(edge.subject, edge.id): edge for edge in session.read(EDGES_BETWEEN, between)} if shown else {}
    return [
        _row("only path to us", parties[id_].subject, before[via[id_]].subject, edges[id_, via[id_]].properties)
        for id_ in shown
        if via[id_] in before and (id_, via[id_]) in edges and edges[id_, via[id_]].type != "PART_OF"
    ]


def _row(
    group: LossGroup, what: Subject, through: Subject, *sources: Mapping[str, Any], held: object = "yes"
) -> SourcedRow[LossRow]:
    told = worded(__package__, "what_if", "row-told", {"group": group, "through": through.name})
    ends = end_columns("what", what) | {"through": through.id, "through_name": through.name}
    return sourced(LossRow, *sources, held=held, group=group, told=told, **ends)


def _clauses(losses: _Losses) -> Iterator[SourcedClause]:
    """Say what is lost, the weightiest first; then each group by name, and where something else goes on."""
    counts = {group: len(losses.of(group)) for group in _GROUPS if losses.of(group)}
    last = _of(losses, "last work in a country")
    yield resting_on((row.refs for row in losses.rows), "headline", gone=losses.gone.name, counts=counts)
    yield resting_on((row.refs for row in losses.of("last work in a country")), "countries", names=last)
    going_on = sum(1 for others in losses.places.values() if others)
    if losses.places:
        yield resting_on((row.refs for row in losses.rows), "elsewhere", number=going_on, countries=len(losses.places))
    yield resting_on(
        (row.refs for row in losses.of("meeting without a host")), "meetings", names=_of(losses, _GROUPS[2])
    )
    yield resting_on((row.refs for row in losses.of("only path to us")), "paths", names=_of(losses, _GROUPS[3]))


def _of(losses: _Losses, group: LossGroup) -> list[str]:
    return [row.row.what_name for row in losses.of(group)]


def _caveats(losses: _Losses) -> Iterator[UnwordedCaveat]:
    yield caveat("partial", "descriptive", works=losses.works)
    if not losses.paths_known:
        yield caveat("partial", "too-many")
    if cut := {group: more for group in _GROUPS if (more := len(losses.of(group)) - _SHOWN) > 0}:
        yield caveat("partial", "more", groups=cut, most=_SHOWN)


WHAT_IF = Question.of(
    what_if,
    title="What hangs on this partner, award, body or post alone, and what if it is gone?",
    names={"party": ("Party", "Post"), "award": ("Award",)},
    example={"party": "UNODC"},
    any_of=("party", "award"),
    columns=("group", "what_name", "through_name", "told", "held", "confidence", "evidence"),
    maturity="trial",
)
