"""The ways between two ends of a web that are worth showing: the lightest, unlike each other, and one apart from it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from iga.queries.linked.cheapest import Links, lightest_paths, paths_apart, without
from iga.queries.linked.near import WeighedEdge
from iga.queries.linked.web import MOST_EDGES, Web, links_of

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
        """Say whether it shares nothing in between with another one."""
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
