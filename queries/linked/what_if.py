"""What hangs on one partner, award, body or post alone: last projects, meetings without a host, only paths to us."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args

from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import AwardedTo, Funded, ImplementedIn, Implements, SubawardedTo
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, end_columns, named, needed, option, sourced
from iga.queries.core.compiled import hop
from iga.queries.core.days import Passed, held_on
from iga.queries.core.home import our_side
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import FullEdgeRow, OfIds, edge_to
from iga.queries.core.reads import ENGAGEMENTS_ORGANIZED_BY, ENTITIES_BY_ID, ORGANIZERS_OF, WORKS_IN, OurEdgeRow
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges
from iga.queries.core.ties import Ties
from iga.queries.linked.near import EDGES_BETWEEN, StandingTies, TwoGroups, standing_on
from iga.queries.linked.web import HUB

LossGroup = Literal["last work in a country", "work without a carrier", "meeting without a host", "only path to us"]

_GROUPS: tuple[LossGroup, ...] = get_args(LossGroup)
_OFF = ("cancelled", "held")
# Nobody rereads a longer list before a call; the count stands before it.
_SHOWN = 40


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


_WORK = ("Award", "Project", "Programme")
_CARRIED = ("AWARDED_TO", "IMPLEMENTS")
_OVER = ("terminated", "closed", "ended", "completed", "cancelled", "expired")

MONEY_OF = hop(AwardedTo, SubawardedTo, Implements, Funded, either=True, row=OurEdgeRow)
PLACES_OF = hop(ImplementedIn)


def runs_on(values: Mapping[str, Any], *, day: str) -> Passed:
    """Say whether an award or a project ran on a day: by its dates, and by a status that says that it is over."""
    words = folded(str(values.get("status") or "")).split()
    return "no" if any(word in words for word in _OVER) else held_on(values, day=day)


def running_in(edges: Edges, places: Iterable[str]) -> dict[str, list[FullEdgeRow]]:
    """Return the awards and projects that run on the day in each place, by the id of the place; programmes aside."""
    every = edges.of(WORKS_IN, sorted(set(places)))
    return {
        place: [it for it in there if it.cls in ("Award", "Project") and runs_on(it.values, day=edges.day) != "no"]
        for place, there in every.items()
    }


TYPES = frozenset(
    (
        *("FUNDED", "AWARDED_TO", "SUBAWARDED_TO", "IMPLEMENTS", "UNDER"),
        *("HOLDS", "POST_IN", "PART_OF", "PARTICIPATED", "ORGANIZED", "MADE", "OWED_TO", "OWNS_RELATIONSHIP", "COVERS"),
        "MEMBER_OF",
    )
)
"""Relationships by which somebody is reached: money, contact and membership; not treaties, assessments and votes."""

# A country ties everybody in it to everybody else, and brings nobody nearer to us.
_NO_WAY_ON = ("Government",)

Neighbours: TypeAlias = Sequence[Sequence[int]]


def neighbours(standing: StandingTies) -> Neighbours:
    """Return whom each entity is tied to on the day by the types that count, by numbers; worked out once for a day."""
    known: Neighbours | None = standing.worked_out.get(neighbours)
    if known is None:
        numbers = {id_: number for number, id_ in enumerate(standing.ties.ids)}
        known = standing.worked_out[neighbours] = [
            sorted({numbers[other] for other, bond in standing.followed(number) if bond.type in TYPES})
            for number in range(len(numbers))
        ]
    return known


def lost_without(ties: Ties, near: Neighbours, ours: Iterable[int], gone: int) -> dict[int, int]:
    """Return who is reached from our side through one entity alone, each with whom it is reached from.

    What has more relationships than a hub, and each country, is reached and not followed on: it ties everybody to
    everybody. The entity that is left out is followed, however many it has.
    """
    start = [number for number in ours if number != gone]
    whole = _reached(ties, near, start, followed=gone)
    without = _reached(ties, near, start, but=gone)
    return {number: via for number, via in whole.items() if number not in without and number != gone}


def _reached(
    ties: Ties, near: Neighbours, start: Sequence[int], *, but: int = -1, followed: int = -1
) -> dict[int, int]:
    """Return who is reached, each with whom it was reached from first: level by level, in the order of the numbers."""
    reached = dict.fromkeys(start, -1)
    level, is_ours = sorted(start), True
    while level:
        farther = []
        for number in level:
            is_closed = len(near[number]) > HUB or ties.subjects[number][0] in _NO_WAY_ON
            if is_closed and not is_ours and number != followed:
                continue
            for other in near[number]:
                if other not in reached and other != but:
                    reached[other] = number
                    farther.append(other)
        level, is_ours = sorted(farther), False
    return reached


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
    edges = Edges(request.session, request.day)
    works, falling = _works(edges, gone)
    places = edges.of(PLACES_OF, [work.id for work in falling])
    there = running_in(edges, {edge.id for of_one in places.values() for edge in of_one})
    paths = _only_paths(request, gone)
    lost = (
        *_carriers(falling, gone, request.day),
        *_last_works(falling, places, there, request.day),
        *_meetings(edges, gone),
        *(paths or ()),
    )
    rows = Rows.of(lost, lambda row: (_GROUPS.index(row.group), folded(row.what_name), row.what, row.through))
    shown = sum((rows.where(group=group).first(_SHOWN) for group in _GROUPS), Rows[LossRow]())
    fallen = {work.id for work in falling}
    going_on = [bool({work.id for work in of_place} - fallen) for of_place in there.values()]
    caveats = _caveats(rows, works, are_paths_known=paths is not None)
    return Result.of(_clauses(gone, rows, going_on), shown, caveats)


def _works(edges: Edges, gone: Subject) -> tuple[int, list[FullEdgeRow]]:
    """Return how many running works it has a part in, and by name those that nobody else carries out or pays for."""
    if gone.cls == "Award":
        [own] = edges.session.read(ENTITIES_BY_ID, OfIds(ids=(gone.id,)))
        return 1, [edge_to(own, subject=gone.id)] if runs_on(own.values, day=edges.day) != "no" else []
    parts = edges.ever(MONEY_OF, [gone.id]).get(gone.id, [])
    works = {it.id: it for it in parts if it.cls in _WORK and runs_on(it.values, day=edges.day) != "no"}
    others = edges.ever(MONEY_OF, sorted(works))
    falling = []
    for id_, work in works.items():
        kinds = {it.type for it in parts if it.id == id_}
        is_paid = ("FUNDED",) if "FUNDED" in kinds else ()
        of_its_kind = is_paid if kinds.isdisjoint(_CARRIED) else _CARRIED
        if of_its_kind and not any(it.type in of_its_kind and it.id != gone.id for it in others.get(id_, ())):
            falling.append(work)
    return len(works), sorted(falling, key=lambda work: (folded(work.name), work.id))


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
    near = neighbours(standing_on(session, ties, day=request.day))
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
    ends = end_columns("what", what) | named("through", through)
    return sourced(LossRow, *sources, held=held, group=group, told=told, **ends)


def _clauses(gone: Subject, rows: Rows[LossRow], going_on: Sequence[bool]) -> Iterator[SourcedClause]:
    """Say what is lost, the weightiest first; then each group by name, and in how many countries something goes on."""
    countries, _, meetings, paths = (rows.where(group=group) for group in _GROUPS)
    yield rows.clause("headline", gone=gone.name, counts=rows.counts("group", _GROUPS))
    yield countries.clause("countries", names=_names(countries))
    if going_on:
        yield rows.clause("elsewhere", number=sum(going_on), countries=len(going_on))
    yield meetings.clause("meetings", names=_names(meetings))
    yield paths.clause("paths", names=_names(paths))


def _names(rows: Rows[LossRow]) -> list[str]:
    return [row.what_name for row in rows]


def _caveats(rows: Rows[LossRow], works: int, *, are_paths_known: bool) -> Iterator[UnwordedCaveat]:
    yield caveat("partial", "descriptive", works=works)
    if not are_paths_known:
        yield caveat("partial", "too-many")
    if cut := {group: n - _SHOWN for group, n in rows.counts("group", _GROUPS).items() if n > _SHOWN}:
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
