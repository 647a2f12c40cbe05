"""How two parties are linked: several short paths between them, each edge said in words, with its days and source."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, pairwise
from typing import Any

from pydantic import Field

from iga.graph.domain.parties import is_person
from iga.graph.errors import UsageError
from iga.graph.query import Query
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, end_columns, named, needed, option, sourced
from iga.queries.core.days import had_ended, stretch
from iga.queries.core.periods import years_after
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import FullEdgeRow, OfIds, grouped, refs
from iga.queries.core.reads import BODIES_OF_POSTS, ENTITIES_BY_ID, OUR_SIDE_OF
from iga.queries.core.relationships import in_a_sentence, saying_of, since_when
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session
from iga.queries.linked.near import UNKNOWN, WeighedEdge, surroundings
from iga.queries.linked.web import (
    HUB,
    MOST_EDGES,
    THROUGH_HUB,
    Links,
    Web,
    join_hubs,
    lightest_paths,
    links_of,
    paths_apart,
    web_between,
    without,
)

_PATHS = 5


class PathParams(Params):
    """What `path` is asked with."""

    party: str = needed("Where the paths begin: a party or a post.", "Ghana")
    other: str = needed("Where they lead to: a party or a post.", "OSCE")
    any_time: bool | None = option("Also by what had ended by the day, each said to have.", "yes")
    apart: bool | None = option("Only paths that share nobody in between with those before.", "yes")
    limit: int = Field(default=_PATHS, ge=1, le=20, description="Most paths that are shown.", examples=[5])


class PathRow(AnswerRow):
    """One edge of one path, from the first party on."""

    path: str = needed("The path in short: its place, its number of ties, its weight.")
    number: int = needed("Place of the path; 1 is the lightest.")
    hop: int = needed("Place of the tie on the path.")
    source: str = needed("Id of the end nearer to the first party.")
    source_name: str = needed("Its name.")
    source_class: str = needed("Its class.")
    source_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    says: str = needed("The tie in words, with its days, as a sentence goes on from that end.")
    target: str = needed("Id of the end nearer to the second party.")
    target_name: str = needed("Its name.")
    target_class: str = needed("Its class.")
    target_iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    type: str = needed("Type of the relationship.")
    leads_out: bool = needed("Whether the relationship leads from the nearer end to the farther one.")
    period: str | None = column("From when until when, in words; null if nothing dates it.")
    ended: bool = column("Whether it had ended by the day.", False)
    more: int = column("Other relationships that the same two have.", 0)
    apart: bool = column("Whether the path shares nothing in between with the lightest.", False)
    through_hub: bool = column("Whether the path leads through something tied to very many.", False)
    weight: int = needed("What the whole path weighs; see the decision on paths.")
    introducer: str | None = column("Id of whoever on the path can introduce us; in hop 1.")
    introducer_name: str | None = column("Its name.")
    introducer_because: str | None = column("Why.")
    key: str = needed("Key of the relationship, for iga why.")


# Paths that differ in nothing but the names between them say the same: so many of them are shown.
_ALIKE = 2
# Paths that are looked at, lightest first; those that are like ones already shown are passed over.
_LOOKED_AT = 200


@dataclass(frozen=True)
class ShownWay:
    """A way from the first party to the second, with the relationships of each step, lightest first."""

    nodes: tuple[str, ...]
    cost: int
    bonds: tuple[tuple[WeighedEdge, ...], ...]

    def turned(self) -> "ShownWay":
        """Return the way back."""
        return ShownWay(self.nodes[::-1], self.cost, self.bonds[::-1])

    def is_apart(self, other: "ShownWay") -> bool:
        """True if it shares nothing in between with another one."""
        return self.nodes != other.nodes and set(self.nodes[1:-1]).isdisjoint(other.nodes[1:-1])


def ways_between(web: Web, start: str, end: str, *, limit: int, only_apart: bool) -> tuple[list[ShownWay], list[str]]:
    """Return the ways to show, lightest first, and what stands on every way that was found.

    The best that shares nothing with the lightest is among them, unless only one is wanted.

    Args:
        web: What was taken of the surroundings of both.
        start: One end.
        end: The other.
        limit: Most ways.
        only_apart: Whether none may share anything in between with those before.
    """
    links = links_of(web, start, end)
    between = {node: web.between(node) for node in links}
    apart = [
        _way(web, cost, nodes)
        for cost, nodes in islice(
            paths_apart(links, between, start, end, most_edges=MOST_EDGES), limit if only_apart else 2
        )
    ]
    shown = apart if only_apart else _unlike(web, links, between, (start, end), limit)
    if len(apart) > 1 and limit > 1 and not any(way.is_apart(shown[0]) for way in shown):
        shown = [*shown[: limit - 1], apart[1]]
    sole = [
        node
        for node in (apart[0].nodes[1:-1] if len(apart) == 1 else ())
        if not any(lightest_paths(without(links, (start, node, end)), between, start, end, most_edges=MOST_EDGES))
    ]
    return shown, sole


def _unlike(web: Web, links: Links, between: Mapping[str, int], ends: tuple[str, str], limit: int) -> list[ShownWay]:
    """Return the lightest ways, passing over those that say the same as ones before, lightest first."""
    shown: list[ShownWay] = []
    alike: Counter[tuple[tuple[str, bool, str], ...]] = Counter()
    for cost, nodes in islice(lightest_paths(links, between, *ends, most_edges=MOST_EDGES), _LOOKED_AT):
        way = _way(web, cost, nodes)
        first = [bonds[0] for bonds in way.bonds]
        shape = tuple(
            (bond.type, bond.source == here, web.near.subject(there).cls)
            for bond, (here, there) in zip(first, pairwise(nodes), strict=True)
        )
        alike[shape] += 1
        if alike[shape] <= _ALIKE:
            shown.append(way)
        if len(shown) == limit:
            break
    return shown


def _way(web: Web, cost: int, nodes: tuple[str, ...]) -> ShownWay:
    return ShownWay(nodes, cost, tuple(web.links[here][there] for here, there in pairwise(nodes)))


class MetUs(OfIds):
    """Which parties and posts, and our government."""

    us: str


MET_BY = Query("iga.queries.linked", "met_by", MetUs, FullEdgeRow)
_INTRODUCE = ("Person", "Post", "PublicBody")


@dataclass(frozen=True)
class Introducer:
    """Somebody who can introduce us, why in words, and the properties that it rests on."""

    who: Subject
    because: str
    sources: tuple[Mapping[str, Any], ...]


def _because(reason: str, **values: Any) -> str:
    return worded(__package__, "path", f"because-{reason}", values)


class Introducers:
    """Those who can introduce us, among everybody on some paths."""

    def __init__(
        self, session: Session, everybody: Mapping[str, Subject], paths: Sequence[Sequence[str]], *, day: str
    ) -> None:
        """Look them up.

        Args:
            session: The graph.
            everybody: Those on the paths, their ends too, and maybe others, by id.
            paths: Ids from end to end.
            day: Full day; who met lately met within the year before it.
        """
        self._subjects = {node: everybody[node] for path in paths for node in path}
        self._us, self._days = session.home.government, (years_after(day, -1), day)
        edges = Edges(session, day)
        self._bodies = edges.of(BODIES_OF_POSTS, (id_ for id_, it in self._subjects.items() if it.cls == "Post"))
        bodies = (body.id for of_one in self._bodies.values() for body in of_one)
        self._values = {id_: it.values for id_, it in entities(session, [*self._subjects, *bodies]).items()}
        self._owners = edges.of(OUR_SIDE_OF, sorted(self._subjects))
        inner = tuple(sorted({node for path in paths for node in self._inner(path)}))
        self._met = grouped(session.read(MET_BY, MetUs(ids=inner, us=self._us))) if inner else {}

    def on(self, path: Sequence[str]) -> Introducer | None:
        """Return the best introducer on a path: ours before met lately before owned; None if nobody is.

        Nobody introduces us to himself: the ends are left out, but whoever of ours owns the relationship with one of
        them comes last.
        """
        inner = self._inner(path)
        looks = [(look, node) for look in (self._ours, self._met_lately, self._owned) for node in inner]
        looks += [(self._owned, path[-1]), (self._owned, path[0])]
        return next((introducer for look, node in looks if (introducer := look(node))), None)

    def _inner(self, path: Sequence[str]) -> list[str]:
        return [node for node in path[1:-1] if self._subjects[node].cls in _INTRODUCE]

    def _ours(self, node: str) -> Introducer | None:
        who, values = self._subjects[node], self._values.get(node, {})
        if who.cls == "PublicBody" and values.get("government") == self._us:
            return Introducer(who, _because("our-office"), (values,))
        for edge in self._bodies.get(node, ()):
            body = self._values.get(edge.id, {})
            if body.get("government") == self._us:
                return Introducer(who, _because("our-post", body=edge.name), (edge.properties, body))
        return None

    def _met_lately(self, node: str) -> Introducer | None:
        since, until = self._days
        met = [
            edge
            for edge in self._met.get(node, ())
            if since <= str(edge.values.get("start_max") or "") <= until
            and edge.properties.get("attended") is not False
        ]
        if not met:
            return None
        last = max(met, key=lambda edge: (edge.values["start_max"], edge.key))
        because = _because("met", engagement=last.name, on=last.values.get("period_start"))
        return Introducer(self._subjects[node], because, (last.properties, last.values))

    def _owned(self, node: str) -> Introducer | None:
        owners = [edge for edge in self._owners.get(node, ()) if edge.type == "OWNS_RELATIONSHIP"]
        if not owners:
            return None
        first = min(owners, key=lambda edge: (edge.properties.get("standing") == "backup", edge.key))
        return Introducer(first.other, _because("owner", party=self._subjects[node].name), (first.properties,))


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
    rows = Rows.of(_rows(request, web, [way if one.id == start.id else way.turned() for way in ways]))
    clauses = _clauses(request, rows, len(ways), [web.near.subject(node).name for node in sole])
    refs_without_rows = () if ways else refs(start.values, end.values)
    return Result.of(clauses, rows, _caveats(request, web, rows), refs=refs_without_rows)


def _rows(request: Request[PathParams], web: Web, ways: Sequence[ShownWay]) -> Iterator[SourcedRow[PathRow]]:
    """Give the edges of the ways with all that is told of them: of several relationships of two the lightest."""
    subjects = {node: web.near.subject(node) for way in ways for node in way.nodes}
    steps = [[*zip(pairwise(way.nodes), way.bonds, strict=True)] for way in ways]
    seen = web.near.edges((here, there, bonds[0]) for of_way in steps for (here, there), bonds in of_way)
    introducers = Introducers(request.session, subjects, [way.nodes for way in ways], day=request.day)
    for number, (way, of_way) in enumerate(zip(ways, steps, strict=True), start=1):
        hubs, weight = divmod(way.cost, THROUGH_HUB)
        about: dict[str, Any] = {
            "number": number,
            "weight": weight,
            "through_hub": bool(hubs),
            "apart": way.is_apart(ways[0]),
        }
        in_short = worded(__package__, "path", "row-path", {**about, "relationships": len(of_way)})
        known = introducers.on(way.nodes)
        for place, ((here, there), (bond, *others)) in enumerate(of_way, start=1):
            near, introducer = seen[here, bond.edge], known if place == 1 else None
            edge = near.edge
            saying = saying_of(edge.type, edge, leads_out=edge.leads_out, dated_by=near.dated, day=request.day)
            yield sourced(
                PathRow,
                edge.properties,
                held=bond.held,
                dated_by=introducer.sources if introducer else (),
                path=in_short,
                **about,
                hop=place,
                **end_columns("source", subjects[here]),
                says=in_a_sentence(saying),
                values={"saying": saying},
                **end_columns("target", subjects[there]),
                type=edge.type,
                leads_out=edge.leads_out,
                period=stretch(edge.properties) or since_when(near.dated) or None,
                ended=had_ended(edge.properties, day=request.day),
                more=len(others),
                **named("introducer", introducer.who if introducer else None),
                introducer_because=introducer.because if introducer else None,
                key=edge.key,
            )


def _through(path: Rows[PathRow]) -> list[str]:
    """Return the names of what stands in between on a path."""
    return [row.target_name for row in path][:-1]


def _clauses(
    request: Request[PathParams], rows: Rows[PathRow], paths: int, sole: Sequence[str]
) -> Iterator[SourcedClause]:
    values = {"party": request.one("party").name, "other": request.one("other").name}
    if not rows:
        yield clause("nothing", **values, most=MOST_EDGES)
        return
    best = rows.where(number=1)
    through, through_hub = _through(best), any(row.through_hub for row in best)
    introduced = rows.keeping(lambda row: row.introducer).first()
    who = next(iter(introduced.values("introducer_name")), None)
    yield clause("headline", **values, paths=paths, through=through, introducer=who)
    hops = [{"is_person": row.source_class == "Person", "says": row.says} for row in best]
    yield best.clause("best", **values, hops=hops)
    if first := next(iter(rows.where(apart=True)), None):
        apart = rows.where(number=first.number)
        yield apart.clause("apart", through=_through(apart), through_hub=first.through_hub and not through_hub)
    elif sole:
        yield best.clause("sole", through=sole, is_all=len(sole) == len(through))
    if past := best.where(ended=True):
        yield past.clause("ended", relationships=len(past))
    if unsure := best.keeping(lambda row: row.held != "yes"):
        yield unsure.clause("unsure", relationships=len(unsure))
    for sourced_row in introduced.sourced:
        yield resting_on([sourced_row.dated_by], "introducer", who=who, because=sourced_row.row.introducer_because)


def _caveats(request: Request[PathParams], web: Web, rows: Rows[PathRow]) -> Iterator[UnwordedCaveat]:
    ends = {request.one("party").id, request.one("other").id}
    hubs = [web.near.subject(node) for node in web.degrees if web.is_hub(node) and node not in ends]
    if people := tuple(sorted(hub.id for hub in hubs if is_person(hub.id))):
        request.session.read(ENTITIES_BY_ID, OfIds(ids=people))  # so that it is noted whom the answer names
    values: dict[str, Any] = {"most": MOST_EDGES, "read": web.read_count, "hub": HUB, "left": len(web.left)}
    unread = [web.near.subject(end).name for end in web.unread]
    yield caveat("partial", "caveat-partial", **values, hubs=sorted(hub.name for hub in hubs), unread=unread)
    if rows:
        yield caveat("derived", "caveat-weights", hub=HUB, unknown=UNKNOWN)


PATH = Question.of(
    path,
    title="How are these two linked, and who could introduce us?",
    names={"party": ("Party", "Post"), "other": ("Party", "Post")},
    example={"party": "Ghana", "other": "OSCE"},
    columns=("path", "source_name", "says", "ended", "held", "confidence", "evidence"),
    maturity="trial",
)
