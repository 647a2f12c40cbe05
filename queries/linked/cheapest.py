"""The lightest paths between two nodes of a small web, one after the other, lightest first."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import TypeAlias

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

    What each lightest path takes may leave fewer than could be found together.

    Args:
        links: The web.
        between: What each node costs that stands between two others.
        start: One end.
        end: The other, which is different.
        most_edges: Longest path.
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
