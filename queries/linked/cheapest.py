"""The lightest paths between two nodes of a small web, one after the other, lightest first."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import TypeAlias

Cost: TypeAlias = tuple[int, int]
"""Hubs on the way, then weight: added part by part, compared in this order."""

Links: TypeAlias = Mapping[str, Mapping[str, Cost]]
"""The cost of the edge to each neighbour, by node; as much in one direction as in the other."""

NOTHING: Cost = (0, 0)


def added(one: Cost, two: Cost) -> Cost:
    """Return two costs together."""
    return one[0] + two[0], one[1] + two[1]


def distances(neighbours: Mapping[str, Iterable[str]], start: str, *, most: int) -> dict[str, int]:
    """Return how many edges away each node is, of those at most so many away."""
    away, outermost = {start: 0}, [start]
    for distance in range(1, most + 1):
        outermost = list(dict.fromkeys(to for node in outermost for to in neighbours.get(node, ()) if to not in away))
        away.update(dict.fromkeys(outermost, distance))
    return away


def lightest_paths(
    links: Links, between: Mapping[str, Cost], start: str, end: str, *, most_edges: int
) -> Iterator[tuple[Cost, tuple[str, ...]]]:
    """Give the paths that meet no node twice, lightest first, then shortest, then by their nodes.

    Args:
        links: The web.
        between: What each node costs that stands between two others.
        start: One end.
        end: The other, which is different.
        most_edges: Longest path.
    """
    least = _least(links, between, end, most_edges)
    waiting: list[tuple[Cost, int, tuple[str, ...], Cost]] = []
    if start in least[most_edges]:
        heappush(waiting, (least[most_edges][start], 0, (start,), NOTHING))
    while waiting:
        cost, _, path, spent = heappop(waiting)
        if path[-1] == end:
            yield cost, path
            continue
        rest = least[most_edges - len(path)]
        for to, edge in links.get(path[-1], {}).items():
            if to in path or to not in rest:
                continue
            now = added(spent, edge if to == end else added(edge, between[to]))
            longer = (*path, to)
            heappush(waiting, (added(now, rest[to]), len(longer), longer, now))


def _least(links: Links, between: Mapping[str, Cost], end: str, most_edges: int) -> list[dict[str, Cost]]:
    """Return the least that it costs to get to the end, within so many edges, from each node that can."""
    least: list[dict[str, Cost]] = [{end: NOTHING}]
    for _ in range(most_edges):
        nearer = dict(least[-1])
        for node, cost in least[-1].items():
            here = cost if node == end else added(cost, between[node])
            for other, edge in links.get(node, {}).items():
                if other != end and (other not in nearer or added(here, edge) < nearer[other]):
                    nearer[other] = added(here, edge)
        least.append(nearer)
    return least
