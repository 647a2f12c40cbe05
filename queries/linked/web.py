"""The web of relationships around two parties, read from both of them level by level until they meet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.domain.catalog import EDGE
from queries.core.answer import Subject
from queries.core.days import Passed, ever_held, had_ended
from queries.core.happened import is_dated, stood
from queries.core.reading import Entity, grouped
from queries.core.reads import EDGES_OF_ENDS, AroundIds, EdgeAround
from queries.core.session import Session
from queries.linked.cheapest import Cost, distances
from queries.linked.reads import DEGREES, EDGES_BETWEEN, NEIGHBOURS_OF, NEXT_TO, TwoGroups

HUB = 50
"""What has more relationships than this ties everybody to everybody: the United Nations, a treaty, a report."""

UNKNOWN = 6
"""Added for each edge of which no date tells whether it stood on the day: more than any other step weighs."""

# Paths of more edges are found for nearly everybody, and say nothing.
MOST_EDGES = 5
# Of an end that is a hub itself so many relationships are read; the other end's side meets the rest.
_OF_AN_END = 1_000
# An end that has more is not read at all: to put that many in order takes longer than all the rest.
_READ_IN_ORDER = 3_000
# So many are followed at a level, those behind the lightest edges first; with HUB it keeps a level near 5,000 rows.
_FOLLOWED = 100
_LEVELS_OF_A_SIDE = 3
# When nothing else was found, so many hubs of each side are looked at for what joins them.
_HUBS_JOINED = 10


@dataclass(frozen=True)
class PathEdge:
    """One relationship between two neighbours.

    Attributes:
        edge: The relationship as it was read, from either of them.
        held: Whether it stood on the day, or had happened by it.
        weight: What it weighs.
    """

    edge: EdgeAround
    held: Passed
    weight: int


@dataclass
class Web:
    """What was read around two ends.

    Attributes:
        pairs: Relationships that may have stood on the day, by key, by the two they join in the order of their ids.
        neighbours: Who is tied to whom, in both directions.
        degrees: Number of relationships of those that were looked at, counted up to one more than a hub's.
        subjects: Everybody met, by id.
        values: What is known of them that dates a relationship, by id.
        read_count: Relationships read.
        left: Who was not followed because others filled the level.
        passed_over: Whom those are next to that were followed last and lie on no path: not all of it was read.
        unread: Ends that have too many relationships to be read; paths to them were looked for from the other one.
        any_time: Whether what had ended by the day is followed too.
    """

    pairs: dict[tuple[str, str], dict[str, PathEdge]] = field(default_factory=dict)
    neighbours: dict[str, set[str]] = field(default_factory=dict)
    degrees: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    values: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    read_count: int = 0
    left: set[str] = field(default_factory=set)
    passed_over: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    any_time: bool = False

    def bonds(self, one: str, other: str) -> list[PathEdge]:
        """Return the relationships between two, lightest first, then by key."""
        pair = self.pairs[min(one, other), max(one, other)]
        return sorted(pair.values(), key=lambda bond: (bond.weight, bond.edge.key))

    def is_hub(self, node: str) -> bool:
        """Say whether something has more relationships than anything that is followed."""
        return self.degrees.get(node, 0) > HUB

    def between(self, node: str) -> Cost:
        """Return what a node costs that stands between two others, by the number of its relationships."""
        degree = self.degrees.get(node, 0)
        return int(degree > HUB), min(degree, HUB + 1).bit_length()

    def seen_from(self, node: str, edge: EdgeAround) -> EdgeAround:
        """Return a relationship as seen from one of its ends."""
        if edge.subject == node:
            return edge
        other = self.subjects[edge.subject]
        turned = {"subject": node, "leads_out": not edge.leads_out, "values": self.values[edge.subject]}
        return edge.model_copy(update=turned | dict(other))

    def dated(self, edge: EdgeAround) -> EdgeAround:
        """Return a relationship as seen from the end at whose other end something has a day of its own."""
        return self.seen_from(edge.id, edge) if self._is_dated_nearer(edge) else edge

    def stood(self, edge: EdgeAround, *, day: str) -> Passed:
        """Say whether a relationship stood on a day, or had happened by it."""
        nearer = self._is_dated_nearer(edge)
        cls = self.subjects[edge.subject].cls if nearer else edge.cls
        held = stood(edge.type, edge.properties, cls, self.values[edge.subject] if nearer else edge.values, day=day)
        return ever_held(edge.properties, day=day) if self.any_time and had_ended(edge.properties, day=day) else held

    def _is_dated_nearer(self, edge: EdgeAround) -> bool:
        return not is_dated(edge.cls) and is_dated(self.subjects[edge.subject].cls)


def web_between(session: Session, ends: tuple[Entity, Entity], *, day: str, any_time: bool = False) -> Web:
    """Return the web of relationships around two ends, as far as it was read.

    The ends are taken in the order of their ids, so that the way back is the way there.

    Args:
        session: The graph.
        ends: The two, which are different.
        day: Full day; what is known not to have stood on it is not followed.
        any_time: Whether what had ended by it is followed all the same.
    """
    web = Web(any_time=any_time)
    for end in ends:
        web.subjects[end.id], web.values[end.id] = end.subject, end.values
    in_order = sorted(web.subjects)
    counted = session.read(DEGREES, AroundIds(ids=tuple(in_order), most=_READ_IN_ORDER + 1))
    web.unread = [degree.id for degree in counted if degree.count > _READ_IN_ORDER]
    web.degrees.update(dict.fromkeys(web.unread, HUB + 1))
    outermost, seen, done = [{end} for end in in_order], [{end} for end in in_order], [0, 0]
    for _ in range(MOST_EDGES):
        # The side that went less far goes on; one that has nobody left to follow leaves it to the other.
        at = min((0, 1), key=lambda side: (not outermost[side] - web.degrees.keys(), done[side], side))
        if done[at] == _LEVELS_OF_A_SIDE:
            break
        if done[at] == _LEVELS_OF_A_SIDE - 1:
            _follow_to_the_other(session, web, outermost[at], ends=(in_order[0], in_order[1]), day=day)
        else:
            _follow(session, web, outermost[at], are_ends=done[at] == 0, day=day)
        met = {other for node in outermost[at] for other in web.neighbours.get(node, ())} - seen[at]
        seen[at] |= met
        outermost[at], done[at] = met, done[at] + 1
    return web


def join_hubs(session: Session, web: Web, start: str, end: str, *, day: str) -> None:
    """Read what joins the hubs around one end to those around the other: the last resort, where no path was found."""
    around = []
    for one in (start, end):
        away = distances(web.neighbours, one, most=_LEVELS_OF_A_SIDE)
        around.append({node: edges for node, edges in away.items() if web.is_hub(node) and node not in (start, end)})
    if max(map(len, around)) > _HUBS_JOINED:
        hubs = {hub for away in around for hub in away}
        nodes = [node for node, others in web.passed_over.items() if not hubs.isdisjoint(others)]
        _take_all(session, web, nodes, day=day)
    near, far = (_nearest(web, away) for away in around)
    if near and far:
        _take(web, session.read(EDGES_BETWEEN, TwoGroups(ids=near, others=far)), day=day)


def _nearest(web: Web, away: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(away, key=lambda node: (away[node], _weight_to(web, node), node))[:_HUBS_JOINED])


def links_of(session: Session, web: Web, start: str, end: str) -> dict[str, dict[str, Cost]]:
    """Return the part of a web that lies on paths of at most so many edges, with what each edge costs."""
    inside = _inside(web.neighbours, start, end)
    if fresh := tuple(sorted(inside - web.degrees.keys())):  # met, but not followed
        web.degrees.update({it.id: it.count for it in session.read(DEGREES, AroundIds(ids=fresh, most=HUB + 1))})
    links = {node: sorted(web.neighbours.get(node, set()) & inside) for node in inside}
    return {node: {to: (0, web.bonds(node, to)[0].weight) for to in others} for node, others in links.items()}


def _inside(neighbours: Mapping[str, Iterable[str]], start: str, end: str) -> set[str]:
    near, far = (distances(neighbours, one, most=MOST_EDGES) for one in (start, end))
    return {node for node in near if near[node] + far.get(node, MOST_EDGES) <= MOST_EDGES}


def _to_follow(web: Web, nodes: Iterable[str]) -> tuple[str, ...]:
    """Return the nodes that were not read yet, as far as a level goes; the others are left."""
    fresh = sorted((node for node in nodes if node not in web.degrees), key=lambda node: (_weight_to(web, node), node))
    web.left |= set(fresh[_FOLLOWED:])
    wanted = tuple(sorted(fresh[:_FOLLOWED]))
    web.left -= set(wanted)
    return wanted


def _follow(session: Session, web: Web, nodes: Iterable[str], *, are_ends: bool, day: str) -> None:
    """Read the relationships of nodes that were not read yet, as far as a level goes; hubs are told, not followed."""
    wanted = _to_follow(web, nodes)
    if not wanted:
        return
    query, most = (EDGES_OF_ENDS, _OF_AN_END) if are_ends else (NEIGHBOURS_OF, HUB + 1)
    read = session.read(query, AroundIds(ids=wanted, most=most))
    web.read_count += len(read)
    edges_of = grouped(read)
    for node in wanted:
        edges = edges_of.get(node, [])
        web.degrees[node] = min(len(edges), HUB + 1)
        # Which of a hub's relationships came back is up to the engine.
        if are_ends or not web.is_hub(node):
            _take(web, edges, day=day)


def _follow_to_the_other(session: Session, web: Web, nodes: Iterable[str], *, ends: tuple[str, str], day: str) -> None:
    """Follow the last level of a side: nobody goes on from there, so that only what lies on a path is read in full."""
    wanted = _to_follow(web, nodes)
    if not wanted:
        return
    read = session.read(NEXT_TO, AroundIds(ids=wanted, most=HUB + 1))
    next_to = dict.fromkeys(wanted, ()) | {row.id: row.others for row in read}
    neighbours = dict(web.neighbours)
    for node, others in next_to.items():
        web.degrees[node] = len(others)
        web.read_count += len(others)
        if not web.is_hub(node):
            neighbours[node] = neighbours.get(node, set()).union(others)
            for other in others:
                neighbours[other] = neighbours.get(other, set()) | {node}
    inside = _inside(neighbours, *ends)
    followed = [node for node in wanted if not web.is_hub(node)]
    web.passed_over.update((node, next_to[node]) for node in followed if node not in inside)
    _take_all(session, web, [node for node in followed if node in inside], day=day)


def _take_all(session: Session, web: Web, nodes: Sequence[str], *, day: str) -> None:
    if nodes:
        _take(web, session.read(NEIGHBOURS_OF, AroundIds(ids=tuple(nodes), most=HUB + 1)), day=day)


def _weight_to(web: Web, node: str) -> int:
    near = web.neighbours.get(node, ())
    return min((web.bonds(node, other)[0].weight for other in near), default=0)


def _take(web: Web, edges: Iterable[EdgeAround], *, day: str) -> None:
    for edge in edges:
        weight = EDGE[edge.type].weight
        if weight is None:
            continue
        if edge.id not in web.subjects:
            web.subjects[edge.id], web.values[edge.id] = edge.other, edge.values
        held = web.stood(edge, day=day)
        if held != "no":
            pair = min(edge.subject, edge.id), max(edge.subject, edge.id)
            is_doubtful = held == "unknown" or had_ended(edge.properties, day=day)
            bond = PathEdge(edge, held, weight + (UNKNOWN if is_doubtful else 0))
            web.pairs.setdefault(pair, {}).setdefault(edge.key, bond)
            web.neighbours.setdefault(edge.subject, set()).add(edge.id)
            web.neighbours.setdefault(edge.id, set()).add(edge.subject)
