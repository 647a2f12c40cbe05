"""How two parties are linked: several short paths between them, each edge said in words, with its days and source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from pydantic import Field

from iga.graph.domain.parties import is_person
from iga.graph.errors import UsageError
from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, end_columns, named, option, sourced
from iga.queries.core.days import Passed, had_ended, stretch
from iga.queries.core.happened import since_when
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import OfIds, refs
from iga.queries.core.reads import ENTITIES_BY_ID, EdgeAround
from iga.queries.core.sayings import in_a_sentence, saying_of
from iga.queries.linked.cheapest import THROUGH_HUB
from iga.queries.linked.introducer import Introducer, Introducers
from iga.queries.linked.kept_near import surroundings
from iga.queries.linked.near import UNKNOWN, SeenEdge
from iga.queries.linked.shown_ways import ShownWay, ways_between
from iga.queries.linked.web import HUB, MOST_EDGES, Web, join_hubs, web_between

_PATHS = 5


class PathParams(Params):
    """What `path` is asked with."""

    party: str = Field(description="Where the paths begin: a party or a post.", examples=["Ghana"])
    other: str = Field(description="Where they lead to: a party or a post.", examples=["OSCE"])
    any_time: bool | None = option("Also by what had ended by the day, each said to have.", "yes")
    apart: bool | None = option("Only paths that share nobody in between with those before.", "yes")
    limit: int = Field(default=_PATHS, ge=1, le=20, description="Most paths that are shown.", examples=[5])


class PathRow(AnswerRow):
    """One edge of one path, from the first party on."""

    path: str = Field(description="The path in short: its place, its number of ties, its weight.")
    number: int = Field(description="Place of the path; 1 is the lightest.")
    hop: int = Field(description="Place of the tie on the path.")
    source: str = Field(description="Id of the end nearer to the first party.")
    source_name: str = Field(description="Its name.")
    source_class: str = Field(description="Its class.")
    source_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    says: str = Field(description="The tie in words, with its days, as a sentence goes on from that end.")
    target: str = Field(description="Id of the end nearer to the second party.")
    target_name: str = Field(description="Its name.")
    target_class: str = Field(description="Its class.")
    target_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    type: str = Field(description="Type of the relationship.")
    leads_out: bool = Field(description="Whether the relationship leads from the nearer end to the farther one.")
    period: str | None = column("From when until when, in words; null if nothing dates it.")
    ended: bool = column("Whether it had ended by the day.", False)
    more: int = column("Other relationships that the same two have.", 0)
    apart: bool = column("Whether the path shares nothing in between with the lightest.", False)
    through_hub: bool = column("Whether the path leads through something tied to very many.", False)
    weight: int = Field(description="What the whole path weighs; see the decision on paths.")
    introducer: str | None = column("Id of whoever on the path can introduce us; in hop 1.")
    introducer_name: str | None = column("Its name.")
    introducer_because: str | None = column("Why.")
    key: str = Field(description="Key of the relationship, for iga why.")


@dataclass(frozen=True)
class _Hop:
    """The lightest relationship of a step, and how many more there are."""

    source: Subject
    target: Subject
    seen: SeenEdge
    held: Passed
    more: int
    day: str

    @property
    def edge(self) -> EdgeAround:
        """The relationship as seen from the nearer end."""
        return self.seen.edge

    @property
    def has_ended(self) -> bool:
        """Whether it is known to have ended by the day."""
        return had_ended(self.edge.properties, day=self.day)

    @property
    def saying(self) -> dict[str, Any]:
        """It in words, from the nearer end on."""
        edge = self.edge
        return saying_of(edge.type, edge, leads_out=edge.leads_out, dated_by=self.seen.dated, day=self.day)


@dataclass(frozen=True)
class _Path:
    """A path from the first party to the second."""

    cost: int
    hops: tuple[_Hop, ...]
    introducer: Introducer | None
    apart: bool

    @property
    def through(self) -> list[str]:
        """Names of what stands in between."""
        return [hop.target.name for hop in self.hops[:-1]]


def path(request: Request[PathParams]) -> Result[PathRow]:
    """List the lightest paths between two parties on a day, one row for each edge."""
    one, two, session = request.one("party"), request.one("other"), request.session
    if one.id == two.id:
        raise UsageError(f"party and other are both {one.name}: name two different ones")
    start, end = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted((one.id, two.id)))))
    near = surroundings(session, (start, end), day=request.day, any_time=bool(request.params.any_time))
    web = web_between(near, (start.id, end.id))
    find = partial(ways_between, limit=request.params.limit, only_apart=bool(request.params.apart))
    ways, sole = find(web, start.id, end.id)
    if not ways:
        join_hubs(web, start.id, end.id)
        ways, sole = find(web, start.id, end.id)
    paths = _paths(request, web, [way if one.id == start.id else way.turned() for way in ways])
    return Result(
        clauses=tuple(_clauses(request, paths, [web.near.subject(node).name for node in sole])),
        rows=tuple(row for number, it in enumerate(paths, start=1) for row in _rows(it, number=number)),
        caveats=tuple(_caveats(request, web, paths)),
        refs=() if paths else refs(start.values, end.values),
    )


def _paths(request: Request[PathParams], web: Web, ways: Sequence[ShownWay]) -> list[_Path]:
    """Return ways with all that is told of them."""
    subjects = {node: web.near.subject(node) for way in ways for node in way.nodes}
    seen = web.near.edges(
        (here, there, bonds[0])
        for way in ways
        for (here, there), bonds in zip(pairwise(way.nodes), way.bonds, strict=True)
    )
    introducers = Introducers(request.session, subjects, [way.nodes for way in ways], day=request.day)
    paths = []
    for way in ways:
        hops = (
            _Hop(
                source=subjects[here],
                target=subjects[there],
                seen=seen[here, bond.edge],
                held=bond.held,
                more=len(others),
                day=request.day,
            )
            for (here, there), (bond, *others) in zip(pairwise(way.nodes), way.bonds, strict=True)
        )
        paths.append(_Path(way.cost, tuple(hops), introducers.on(way.nodes), way.is_apart(ways[0])))
    return paths


def _rows(of: _Path, *, number: int) -> Iterator[SourcedRow[PathRow]]:
    hubs, weight = divmod(of.cost, THROUGH_HUB)
    values = {"number": number, "relationships": len(of.hops), "weight": weight, "through_hub": bool(hubs)}
    values["apart"] = of.apart
    for place, hop in enumerate(of.hops, start=1):
        edge, introducer = hop.edge, of.introducer if place == 1 else None
        yield sourced(
            PathRow,
            edge.properties,
            held=hop.held,
            dated_by=introducer.sources if introducer else (),
            path=worded(__package__, "path", "row-path", values),
            number=number,
            hop=place,
            **end_columns("source", hop.source),
            says=in_a_sentence(hop.saying),
            values={"saying": hop.saying},
            **end_columns("target", hop.target),
            type=edge.type,
            leads_out=edge.leads_out,
            period=stretch(edge.properties) or since_when(hop.seen.dated) or None,
            ended=hop.has_ended,
            more=hop.more,
            apart=of.apart,
            through_hub=bool(hubs),
            weight=weight,
            **named("introducer", introducer.who if introducer else None),
            introducer_because=introducer.because if introducer else None,
            key=edge.key,
        )


def _clauses(request: Request[PathParams], paths: Sequence[_Path], sole: Sequence[str]) -> Iterator[SourcedClause]:
    values = {"party": request.one("party").name, "other": request.one("other").name}
    if not paths:
        yield clause("nothing", **values, most=MOST_EDGES)
        return
    first = paths[0].hops
    sources = [hop.edge.properties for hop in first]
    hops = [{"is_person": hop.source.cls == "Person", "says": in_a_sentence(hop.saying)} for hop in first]
    known = next((it.introducer for it in paths if it.introducer), None)
    through = paths[0].through
    yield clause("headline", **values, paths=len(paths), through=through, introducer=known.who.name if known else None)
    yield clause("best", *sources, **values, hops=hops)
    if other := next((it for it in paths if it.apart), None):
        apart = [hop.edge.properties for hop in other.hops]
        yield clause("apart", *apart, through=other.through, through_hub=paths[0].cost < THROUGH_HUB <= other.cost)
    elif sole:
        yield clause("sole", *sources, through=sole, is_all=len(sole) == len(through))
    if past := sum(hop.has_ended for hop in first):
        yield clause("ended", *sources, relationships=past)
    if unsure := sum(hop.held != "yes" for hop in first):
        yield clause("unsure", *sources, relationships=unsure)
    if known:
        yield clause("introducer", *known.sources, who=known.who.name, because=known.because)


def _caveats(request: Request[PathParams], web: Web, paths: Sequence[_Path]) -> Iterator[UnwordedCaveat]:
    ends = {request.one("party").id, request.one("other").id}
    hubs = [web.near.subject(node) for node in web.degrees if web.is_hub(node) and node not in ends]
    if people := tuple(sorted(hub.id for hub in hubs if is_person(hub.id))):
        request.session.read(ENTITIES_BY_ID, OfIds(ids=people))  # so that it is noted whom the answer names
    values: dict[str, Any] = {
        "most": MOST_EDGES,
        "read": web.read_count,
        "hubs": sorted(hub.name for hub in hubs),
        "hub": HUB,
        "left": len(web.left),
        "unread": [web.near.subject(end).name for end in web.unread],
    }
    yield caveat("partial", "caveat-partial", **values)
    if paths:
        yield caveat("derived", "caveat-weights", hub=HUB, unknown=UNKNOWN)


PATH = Question.of(
    path,
    title="How are these two linked, and who could introduce us?",
    names={"party": ("Party", "Post"), "other": ("Party", "Post")},
    example={"party": "Ghana", "other": "OSCE"},
    columns=("path", "source_name", "says", "ended", "held", "confidence", "evidence"),
    maturity="trial",
)
