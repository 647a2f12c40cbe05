"""How two parties are linked: several short paths between them, each edge said in words, with its days and source."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

from pydantic import Field

from graph.errors import UsageError
from queries.core.answer import AnswerRow
from queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from queries.core.columns import column, end_columns, named, option, sourced
from queries.core.days import had_ended, stretch
from queries.core.happened import since_when
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import OfIds, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.core.sayings import in_a_sentence, saying_of
from queries.linked.cheapest import Cost, lightest_paths
from queries.linked.introducer import Introducer, Introducers
from queries.linked.web import HUB, MOST_EDGES, UNKNOWN, PathEdge, Web, join_hubs, links_of, web_between

_PATHS = 5
# Paths that differ in nothing but the names between them say the same: so many of them are shown.
_ALIKE = 2
# Paths that are looked at, lightest first; those that are like ones already shown are passed over.
_LOOKED_AT = 200


class PathParams(Params):
    """What `path` is asked with."""

    party: str = Field(description="Where the paths begin: a party or a post.", examples=["Ghana"])
    other: str = Field(description="Where they lead to: a party or a post.", examples=["OSCE"])
    any_time: bool | None = option("Also by what had ended by the day, each said to have.", "yes")
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
    through_hub: bool = column("Whether the path leads through something tied to very many.", False)
    weight: int = Field(description="What the whole path weighs; see the decision on paths.")
    introducer: str | None = column("Id of whoever on the path can introduce us; in hop 1.")
    introducer_name: str | None = column("Its name.")
    introducer_because: str | None = column("Why.")
    key: str = Field(description="Key of the relationship, for iga why.")


@dataclass(frozen=True)
class _Path:
    """A path from the first party to the second, with the lightest bond of each edge and how many more there are."""

    nodes: tuple[str, ...]
    cost: Cost
    bonds: tuple[tuple[PathEdge, int], ...]
    introducer: Introducer | None = None


def path(request: Request[PathParams]) -> Result[PathRow]:
    """List the lightest paths between two parties on a day, one row for each edge."""
    one, two, session, day = request.one("party"), request.one("other"), request.session, request.day
    if one.id == two.id:
        raise UsageError(f"party and other are both {one.name}: name two different ones")
    start, end = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted((one.id, two.id)))))
    web = web_between(session, (start, end), day=day, any_time=bool(request.params.any_time))
    paths = _paths(request, web, start.id, end.id)
    if not paths:
        join_hubs(session, web, start.id, end.id, day=day)
        paths = _paths(request, web, start.id, end.id)
    if one.id != start.id:
        paths = [replace(it, nodes=it.nodes[::-1], bonds=it.bonds[::-1]) for it in paths]
    introducers = Introducers(session, web.subjects, [it.nodes for it in paths], day=day)
    paths = [replace(it, introducer=introducers.on(it.nodes)) for it in paths]
    return Result(
        clauses=tuple(_clauses(request, web, paths)),
        rows=tuple(row for number, it in enumerate(paths, start=1) for row in _rows(request, web, it, number=number)),
        caveats=tuple(_caveats(request, web, paths)),
        refs=() if paths else refs(start.values, end.values),
    )


def _paths(request: Request[PathParams], web: Web, start: str, end: str) -> list[_Path]:
    """Return the lightest paths, passing over those that say the same as ones before, lightest first."""
    links = links_of(request.session, web, start, end)
    between = {node: web.between(node) for node in links}
    shown: list[_Path] = []
    alike: Counter[tuple[tuple[str, bool, str], ...]] = Counter()
    lightest = lightest_paths(links, between, start, end, most_edges=MOST_EDGES)
    for cost, nodes in islice(lightest, _LOOKED_AT):
        bonds = []
        for here, there in pairwise(nodes):
            bond, *others = web.bonds(here, there)
            bonds.append((replace(bond, edge=web.seen_from(here, bond.edge)), len(others)))
        shape = tuple((bond.edge.type, bond.edge.leads_out, bond.edge.cls) for bond, _ in bonds)
        alike[shape] += 1
        if alike[shape] <= _ALIKE:
            shown.append(_Path(nodes, cost, tuple(bonds)))
        if len(shown) == request.params.limit:
            break
    return shown


def _rows(request: Request[PathParams], web: Web, of: _Path, *, number: int) -> Iterator[SourcedRow[PathRow]]:
    hubs, weight = of.cost
    values = {"number": number, "relationships": len(of.bonds), "weight": weight, "through_hub": bool(hubs)}
    for hop, (bond, more) in enumerate(of.bonds, start=1):
        here, there = web.subjects[of.nodes[hop - 1]], web.subjects[of.nodes[hop]]
        edge, introducer = web.seen_from(here.id, bond.edge), of.introducer if hop == 1 else None
        saying = _saying(web, here.id, bond, day=request.day)
        yield sourced(
            PathRow,
            edge.properties,
            held=bond.held,
            dated_by=introducer.sources if introducer else (),
            path=worded(__package__, "path", "row-path", values),
            number=number,
            hop=hop,
            **end_columns("source", here),
            says=in_a_sentence(saying),
            values={"saying": saying},
            **end_columns("target", there),
            type=edge.type,
            leads_out=edge.leads_out,
            period=stretch(edge.properties) or since_when(web.dated(bond.edge)) or None,
            ended=had_ended(edge.properties, day=request.day),
            more=more,
            through_hub=bool(hubs),
            weight=weight,
            **named("introducer", introducer.who if introducer else None),
            introducer_because=introducer.because if introducer else None,
            key=edge.key,
        )


def _saying(web: Web, node: str, bond: PathEdge, *, day: str) -> dict[str, Any]:
    edge = web.seen_from(node, bond.edge)
    return saying_of(edge.type, edge, leads_out=edge.leads_out, dated_by=web.dated(bond.edge), day=day)


def _clauses(request: Request[PathParams], web: Web, paths: Sequence[_Path]) -> Iterator[SourcedClause]:
    values = {"party": request.one("party").name, "other": request.one("other").name}
    if not paths:
        yield clause("nothing", **values, most=MOST_EDGES)
        return
    first = paths[0]
    sources = [bond.edge.properties for bond, _ in first.bonds]
    hops = [
        {
            "is_person": web.subjects[node].cls == "Person",
            "says": in_a_sentence(_saying(web, node, bond, day=request.day)),
        }
        for node, (bond, _) in zip(first.nodes, first.bonds, strict=False)
    ]
    known = next((it.introducer for it in paths if it.introducer), None)
    through = [web.subjects[node].name for node in first.nodes[1:-1]]
    yield clause("headline", **values, paths=len(paths), through=through, introducer=known.who.name if known else None)
    yield clause("best", *sources, **values, hops=hops)
    if past := sum(had_ended(bond.edge.properties, day=request.day) for bond, _ in first.bonds):
        yield clause("ended", *sources, relationships=past)
    if unsure := sum(bond.held != "yes" for bond, _ in first.bonds):
        yield clause("unsure", *sources, relationships=unsure)
    if known:
        yield clause("introducer", *known.sources, who=known.who.name, because=known.because)


def _caveats(request: Request[PathParams], web: Web, paths: Sequence[_Path]) -> Iterator[UnwordedCaveat]:
    ends = {request.one("party").id, request.one("other").id}
    values: dict[str, Any] = {
        "most": MOST_EDGES,
        "read": web.read_count,
        "hubs": sorted(web.subjects[node].name for node in web.degrees if web.is_hub(node) and node not in ends),
        "hub": HUB,
        "left": len(web.left),
        "unread": [web.subjects[end].name for end in web.unread],
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
