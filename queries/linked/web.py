"""The web of relationships around two parties, taken from both until they meet, and the lightest paths in it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TypeAlias

from iga.queries.linked.near import Bonds, TellsNear, WeighedEdge

HUB = 50
"""What has more relationships than this ties everybody to everybody: the United Nations, a treaty, a report."""

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

THROUGH_HUB = 1 << 20
"""What a hub on the way costs: more than any path weighs, so that hubs count first and then the weight."""

_NEVER = THROUGH_HUB**2

Links: TypeAlias = Mapping[str, Mapping[str, int]]
"""The cost of the edge to each neighbour, by node; as much in one direction as in the other."""


def distances(start: str, *links: Mapping[str, Collection[str]], most: int) -> dict[str, int]:
    """Return how many edges away each node is, of those at most so many away; edges are those of all the links."""
    away, outermost = {start: 0}, {start}
    for distance in range(1, most + 1):
        nearer = [of[node] for of in links for node in outermost if node in of]
        outermost = set[str]().union(*nearer) - away.keys()
        away.update(dict.fromkeys(outermost, distance))
    return away


def lightest_paths(
    links: Links, between: Mapping[str, int], start: str, end: str, *, most_edges: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the paths that meet no node twice, lightest first, then shortest, then by their nodes.

    Args:
        links: The web.
        between: What each node costs that stands between two others.
        start: One end.
        end: The other, which is different.
        most_edges: Longest path.
    """
    if end not in links:
        return
    least = _least(links, between, start, end, most_edges)
    waiting: list[tuple[int, int, tuple[str, ...], int]] = []
    if start in least[most_edges]:
        heappush(waiting, (least[most_edges][start], 0, (start,), 0))
    while waiting:
        cost, _, path, spent = heappop(waiting)
        if path[-1] == end:
            yield cost, path
            continue
        rest = least[most_edges - len(path)]
        for to, edge in links[path[-1]].items():
            if to in path or to not in rest:
                continue
            now = spent + edge + (0 if to == end else between[to])
            longer = (*path, to)
            heappush(waiting, (now + rest[to], len(longer), longer, now))


def paths_apart(
    links: Links, between: Mapping[str, int], start: str, end: str, *, most_edges: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give paths that share no node in between: each the lightest that those before leave, so lightest first.

    What each lightest path takes may leave fewer than could be found together. What it is given is that of
    `lightest_paths`.
    """
    left = links
    while lightest := next(lightest_paths(left, between, start, end, most_edges=most_edges), None):
        yield lightest
        left = without(left, lightest[1])


def without(links: Links, path: Sequence[str]) -> Links:
    """Return a web without what stands between the ends of a path; of one edge, without that edge."""
    ends, used = {path[0], path[-1]}, set(path[1:-1])
    return {
        node: {to: cost for to, cost in of.items() if to not in used and (used or {node, to} != ends)}
        for node, of in links.items()
        if node not in used
    }


def _least(links: Links, between: Mapping[str, int], start: str, end: str, most_edges: int) -> list[dict[str, int]]:
    """Return the least that it costs to get to the end, within so many edges, from each node a path gets to by then."""
    away = distances(start, links, most=most_edges)
    least = [{end: 0}]
    for edges in range(1, most_edges + 1):
        reached = {node for node, far in away.items() if far <= most_edges - edges and node != end}
        passing = {node: cost if node == end else cost + between[node] for node, cost in least[-1].items()}
        nearer = {node: cost for node, cost in least[-1].items() if node in reached or node == end}
        if edges * 2 <= most_edges:  # near the end fewer are left than were reached from the start
            for node, cost in passing.items():
                for other in reached.intersection(links[node]):
                    nearer[other] = min(nearer.get(other, _NEVER), cost + links[node][other])
        else:
            for node in reached:
                costs = [passing[to] + edge for to, edge in links[node].items() if to in passing]
                if costs:
                    nearer[node] = min(*costs, nearer.get(node, _NEVER))
        least.append(nearer)
    return least


@dataclass
class Web:
    """What was taken of the surroundings of two ends.

    Attributes:
        links: Relationships that are followed, lightest first, by the two they join, in both directions. Of one that
            looks different from its two ends, what is seen from the end that was taken first counts.
        degrees: Number of relationships of those that were looked at, counted up to one more than a hub's.
        left: Who was not followed because others filled the level.
        passed_over: Whom those are next to that were followed last and lie on no path: not all of it was read.
        unread: Ends that have too many relationships to be read; paths to them were looked for from the other one.
    """

    near: TellsNear
    links: dict[str, dict[str, tuple[WeighedEdge, ...]]] = field(default_factory=lambda: defaultdict(dict))
    degrees: dict[str, int] = field(default_factory=dict)
    read_count: int = 0
    left: set[str] = field(default_factory=set)
    passed_over: dict[str, Collection[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def is_hub(self, node: str) -> bool:
        """True if something has more relationships than anything that is followed."""
        return self.degrees.get(node, 0) > HUB

    def between(self, node: str) -> int:
        """Return what a node costs that stands between two others, by the number of its relationships."""
        degree = self.degrees.get(node, 0)
        return (THROUGH_HUB if degree > HUB else 0) + min(degree, HUB + 1).bit_length()

    def take(self, node: str, bonds: Bonds) -> None:
        """Add the relationships of a node, as they are seen from it."""
        own = self.links[node]
        for other, seen in bonds.items():
            if known := own.get(other):
                if known == seen:
                    continue
                edges = {bond.edge for bond in known}
                seen = tuple(sorted((*known, *(bond for bond in seen if bond.edge not in edges))))
            own[other] = self.links[other][node] = seen


def web_between(near: TellsNear, ends: tuple[str, str]) -> Web:
    """Return the web of relationships around two ends, as far as it was read.

    The ends are different, and in the order of their ids, so that the way back is the way there.
    """
    web = Web(near)
    web.unread = [end for end, count in near.counts(ends, most=_READ_IN_ORDER + 1).items() if count > _READ_IN_ORDER]
    web.degrees.update(dict.fromkeys(web.unread, HUB + 1))
    outermost, seen, done = [{end} for end in ends], [{end} for end in ends], [0, 0]
    for _ in range(MOST_EDGES):
        # The side that went less far goes on; one that has nobody left to follow leaves it to the other.
        at = min((0, 1), key=lambda side: (not outermost[side] - web.degrees.keys(), done[side], side))
        if done[at] == _LEVELS_OF_A_SIDE:
            break
        if done[at] == _LEVELS_OF_A_SIDE - 1:
            _follow_to_the_other(web, outermost[at], ends)
        else:
            _follow(web, outermost[at], are_ends=done[at] == 0)
        met = _next_to(web.links, outermost[at]) - seen[at]
        seen[at] |= met
        outermost[at], done[at] = met, done[at] + 1
    return web


def join_hubs(web: Web, start: str, end: str) -> None:
    """Take what joins the hubs around one end to those around the other: the last resort, where no path was found."""
    around = []
    for one in (start, end):
        away = distances(one, web.links, most=_LEVELS_OF_A_SIDE)
        around.append({node: edges for node, edges in away.items() if web.is_hub(node) and node not in (start, end)})
    if max(map(len, around)) > _HUBS_JOINED:
        hubs = {hub for away in around for hub in away}
        _take_all(web, [node for node, others in web.passed_over.items() if not hubs.isdisjoint(others)])
    near, far = (_nearest(web, away) for away in around)
    if near and far:
        joined = web.near.between(near, far)
        for node in sorted(joined):
            web.take(node, joined[node])


def _nearest(web: Web, away: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(away, key=lambda node: (away[node], _weight_to(web, node), node))[:_HUBS_JOINED])


def links_of(web: Web, start: str, end: str) -> dict[str, dict[str, int]]:
    """Return the part of a web that lies on paths of at most so many edges, with what each edge costs."""
    inside = _inside((start, end), web.links)
    fresh = inside - web.degrees.keys()  # met, but not followed
    web.degrees.update(web.near.counts(fresh, most=HUB + 1))
    links = web.links
    return {node: {to: bonds[0].weight for to, bonds in links[node].items() if to in inside} for node in inside}


def _inside(ends: tuple[str, str], *links: Mapping[str, Collection[str]]) -> set[str]:
    near, far = (distances(one, *links, most=MOST_EDGES) for one in ends)
    return {node for node, away in near.items() if away + far.get(node, MOST_EDGES) <= MOST_EDGES}


def _next_to(links: Mapping[str, Collection[str]], nodes: Iterable[str]) -> set[str]:
    return set[str]().union(*(links[node] for node in nodes if node in links))


def _to_follow(web: Web, nodes: Set[str]) -> list[str]:
    """Return the nodes that were not read yet, as far as a level goes; the others are left."""
    fresh = nodes - web.degrees.keys()
    wanted = set(fresh)
    if len(fresh) > _FOLLOWED:
        wanted = set(sorted(fresh, key=lambda node: (_weight_to(web, node), node))[:_FOLLOWED])
    web.left |= fresh - wanted
    web.left -= wanted
    return sorted(wanted)


def _follow(web: Web, nodes: Set[str], *, are_ends: bool) -> None:
    """Take the relationships of nodes that were not read yet, as far as a level goes; hubs are told, not followed."""
    wanted = _to_follow(web, nodes)
    if not wanted:
        return
    near = web.near.near(wanted, most=_OF_AN_END if are_ends else HUB + 1, in_order=are_ends)
    for node in wanted:
        web.read_count += near[node].count
        web.degrees[node] = min(near[node].count, HUB + 1)
        web.take(node, near[node].bonds)


def _follow_to_the_other(web: Web, nodes: Set[str], ends: tuple[str, str]) -> None:
    """Follow the last level of a side: nobody goes on from there, so that only what lies on a path is read in full."""
    wanted = _to_follow(web, nodes)
    if not wanted:
        return
    next_to = web.near.next_to(wanted, most=HUB + 1)
    there: dict[str, Collection[str]] = {}
    back: dict[str, list[str]] = defaultdict(list)
    for node in wanted:
        web.degrees[node] = len(next_to[node])
        web.read_count += len(next_to[node])
        if not web.is_hub(node):
            there[node] = next_to[node]
            for other in next_to[node]:
                back[other].append(node)
    inside = _inside(ends, web.links, there, back)
    web.passed_over.update((node, others) for node, others in there.items() if node not in inside)
    _take_all(web, [node for node in there if node in inside])


def _take_all(web: Web, nodes: list[str]) -> None:
    if nodes:
        near = web.near.near(nodes, most=HUB + 1)
        for node in nodes:
            web.take(node, near[node].bonds)


def _weight_to(web: Web, node: str) -> int:
    return min((bonds[0].weight for bonds in web.links[node].values()), default=0)
