"""How two parties are linked: several short paths between them, each edge said in words, with its days and source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pydantic import Field

from graph.errors import UsageError
from queries.core.answer import AnswerRow, Caveat
from queries.core.clauses import SourcedClause, clause, worded
from queries.core.columns import column
from queries.core.days import stretch
from queries.core.happened import since_when
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import OfIds, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.core.sayings import said_of
from queries.core.wording import counted, listed
from queries.linked.cheapest import Cost, lightest_paths
from queries.linked.introducer import Introducer, Introducers
from queries.linked.web import MOST_EDGES, PathEdge, Web, join_hubs, links_of, web_between
from queries.linked.weights import EXPLAINED, HUB

_PATHS = 5
# Paths that differ in nothing but the names between them say the same: so many of them are shown.
_ALIKE = 2
# Paths that are looked at, lightest first; those that are like ones already shown are passed over.
_LOOKED_AT = 200


class PathParams(Params):
    """What `path` is asked with."""

    party: str = Field(description="Where the paths begin: a party or a post.", examples=["Ghana"])
    other: str = Field(description="Where they lead to: a party or a post.", examples=["OSCE"])
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
    one, two = request.one("party"), request.one("other")
    if one.id == two.id:
        raise UsageError(f"party and other are both {one.name}: name two different ones")
    ends = request.session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted((one.id, two.id)))))
    web = web_between(request.session, (ends[0], ends[1]), day=request.day)
    found = _paths(request, web, ends[0].id, ends[1].id)
    if not found:
        join_hubs(request.session, web, ends[0].id, ends[1].id, day=request.day)
        found = _paths(request, web, ends[0].id, ends[1].id)
    if one.id != ends[0].id:
        found = [_turned(each) for each in found]
    introducers = Introducers(request.session, web.subjects, [each.nodes for each in found], day=request.day)
    found = [_Path(each.nodes, each.cost, each.bonds, introducers.on(each.nodes)) for each in found]
    rows = (row for number, each in enumerate(found, start=1) for row in _rows(request, web, each, number=number))
    return Result(
        clauses=tuple(_clauses(request, web, found)),
        rows=tuple(rows),
        caveats=tuple(_caveats(request, web, found)),
        refs=() if found else refs(*(end.values for end in ends)),
    )


def _paths(request: Request[PathParams], web: Web, start: str, end: str) -> list[_Path]:
    """Return the lightest paths, passing over those that say the same as ones before, lightest first."""
    links = links_of(request.session, web, start, end)
    between = {node: web.between(node) for node in links}
    shown: list[_Path] = []
    alike: dict[tuple[tuple[str, bool, str], ...], int] = {}
    for place, (cost, nodes) in enumerate(lightest_paths(links, between, start, end, most_edges=MOST_EDGES)):
        if len(shown) == request.params.limit or place == _LOOKED_AT:
            break
        bonds = tuple(_bond(web, here, there) for here, there in pairwise(nodes))
        shape = tuple((bond.edge.type, bond.edge.leads_out, bond.edge.cls) for bond, _ in bonds)
        alike[shape] = alike.get(shape, 0) + 1
        if alike[shape] <= _ALIKE:
            shown.append(_Path(nodes, cost, bonds))
    return shown


def _bond(web: Web, here: str, there: str) -> tuple[PathEdge, int]:
    lightest, *others = web.bonds(here, there)
    seen = web.seen_from(here, lightest.edge)
    return PathEdge(seen, lightest.held, lightest.weight), len(others)


def _turned(found: _Path) -> _Path:
    return _Path(found.nodes[::-1], found.cost, found.bonds[::-1])


def _rows(request: Request[PathParams], web: Web, found: _Path, *, number: int) -> Iterator[SourcedRow[PathRow]]:
    hubs, weight = found.cost
    values = {"number": number, "relationships": len(found.bonds), "weight": weight, "through_hub": bool(hubs)}
    for hop, (bond, more) in enumerate(found.bonds, start=1):
        here, there = web.subjects[found.nodes[hop - 1]], web.subjects[found.nodes[hop]]
        edge, introducer = web.seen_from(here.id, bond.edge), found.introducer if hop == 1 else None
        dated = web.dated(bond.edge)
        row = PathRow(
            held="yes" if bond.held == "yes" else "unknown",
            conflicts=conflicts(edge.properties),
            path=worded(__package__, "path", "row-path", values),
            number=number,
            hop=hop,
            source=here.id,
            source_name=here.name,
            source_class=here.cls,
            source_iso3=here.iso3,
            says=_said(web, here.id, bond, day=request.day),
            target=there.id,
            target_name=there.name,
            target_class=there.cls,
            target_iso3=there.iso3,
            type=edge.type,
            leads_out=edge.leads_out,
            period=stretch(edge.properties) or since_when(dated) or None,
            more=more,
            through_hub=bool(hubs),
            weight=weight,
            introducer=introducer.who.id if introducer else None,
            introducer_name=introducer.who.name if introducer else None,
            introducer_because=introducer.because if introducer else None,
            key=edge.key,
        )
        yield SourcedRow(row, refs(edge.properties), dated_by=refs(*introducer.sources) if introducer else ())


def _said(web: Web, node: str, bond: PathEdge, *, day: str) -> str:
    edge = web.seen_from(node, bond.edge)
    return said_of(edge.type, edge, leads_out=edge.leads_out, dated_by=web.dated(bond.edge), day=day)


def _clauses(request: Request[PathParams], web: Web, found: Sequence[_Path]) -> Iterator[SourcedClause]:
    values = {"party": request.one("party").name, "other": request.one("other").name}
    if not found:
        yield clause("nothing", **values, most=MOST_EDGES)
        return
    first = found[0]
    sources = [bond.edge.properties for bond, _ in first.bonds]
    hops = [
        {"is_person": web.subjects[node].cls == "Person", "says": _said(web, node, bond, day=request.day)}
        for node, (bond, _) in zip(first.nodes, first.bonds, strict=False)
    ]
    yield clause("headline", **values, paths=len(found))
    yield clause("best", *sources, **values, hops=hops)
    if unsure := sum(bond.held != "yes" for bond, _ in first.bonds):
        yield clause("unsure", *sources, relationships=unsure)
    if known := next((each.introducer for each in found if each.introducer), None):
        yield clause("introducer", *known.sources, who=known.who.name, because=known.because)


def _caveats(request: Request[PathParams], web: Web, found: Sequence[_Path]) -> Iterator[Caveat]:
    ends = {request.one("party").id, request.one("other").id}
    hubs = sorted(web.subjects[node].name for node in web.degrees if web.is_hub(node) and node not in ends)
    text = f"Looked up to {MOST_EDGES} relationships away, at {counted(web.read_count, 'relationship')}"
    text += f"; not followed on: {listed(hubs, most=3)}, each with more than {HUB} relationships" if hubs else ""
    text += f"; nor {counted(len(web.left), 'thing')} behind weaker ties than the others" if web.left else ""
    text += "".join(
        f"; {web.subjects[end].name} has too many to be read, so only from the other end" for end in web.unread
    )
    yield Caveat(kind="partial", text=f"{text}. There may be other paths.")
    if found:
        yield Caveat(kind="derived", text=EXPLAINED)


PATH = Question(
    name="path",
    title="How are these two linked, and who could introduce us?",
    params=PathParams,
    row=PathRow,
    function=path,
    names={"party": ("Party", "Post"), "other": ("Party", "Post")},
    example={"party": "Ghana", "other": "OSCE"},
    columns=("path", "source_name", "says", "held", "confidence", "evidence"),
    maturity="trial",
)
