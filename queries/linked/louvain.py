"""Which nodes of a web belong together: the Louvain method, in each connected part by itself."""

from collections.abc import Mapping, Sequence
from random import Random

Weights = Mapping[int, Mapping[int, float]]
"""How much each node has to do with each neighbour, in both directions alike; a node with itself counts once."""

# Any number would do; the same one each time makes the same groups of the same web.
_SEED = 74
# A move that gains less only moves ties back and forth.
_LEAST = 1e-9


def groups_of(links: Weights) -> list[list[int]]:
    """Return the nodes by groups that have more to do with each other than chance would have it, in their order.

    What is tied to nothing of a part changes nothing of its groups: each part is looked at by itself, with the same
    seed and in the order of its nodes.
    """
    return sorted(sorted(group) for part in _parts(links) for group in _groups(links, part))


def _parts(links: Weights) -> list[list[int]]:
    parts, seen = [], set[int]()
    for start in sorted(links):
        if start not in seen:
            part, outermost = {start}, [start]
            while outermost:
                outermost = [other for node in outermost for other in links[node] if other not in part]
                part.update(outermost)
            seen |= part
            parts.append(sorted(part))
    return parts


def _groups(links: Weights, part: Sequence[int]) -> list[list[int]]:
    """Return the groups of one part: nodes move while that gains, then groups become the nodes, until none moves."""
    chance = Random(_SEED)
    groups = {node: [node] for node in part}
    web: Weights = {node: links[node] for node in part}
    while True:
        group_of = _moved(web, chance)
        if len(set(group_of.values())) == len(web):
            return list(groups.values())
        merged: dict[int, list[int]] = {}
        joined: dict[int, dict[int, float]] = {}
        for node, of in web.items():
            group = group_of[node]
            merged.setdefault(group, []).extend(groups[node])
            own = joined.setdefault(group, {})
            for other, weight in of.items():
                # what lies inside is met from both of its ends, but counts once
                half = 2 if group_of[other] == group and other != node else 1
                own[group_of[other]] = own.get(group_of[other], 0.0) + weight / half
        groups, web = merged, joined


def _moved(web: Weights, chance: Random) -> dict[int, int]:
    """Return the group of each node, once no node gains by moving to the group of a neighbour."""
    degree = {node: sum(of.values()) + of.get(node, 0.0) for node, of in web.items()}
    whole = sum(degree.values())
    group_of, total = {node: node for node in web}, dict(degree)
    order = list(web)
    chance.shuffle(order)
    has_moved = whole > 0
    while has_moved:
        has_moved = False
        for node in order:
            to: dict[int, float] = {}
            for other, weight in web[node].items():
                if other != node:
                    to[group_of[other]] = to.get(group_of[other], 0.0) + weight
            own = group_of[node]
            total[own] -= degree[node]
            gains = {group: weight - total[group] * degree[node] / whole for group, weight in to.items()}
            stays = gains.get(own, -total[own] * degree[node] / whole)
            best = min(gains, key=lambda group: (-gains[group], group), default=own)
            if gains.get(best, stays) > stays + _LEAST:
                group_of[node], has_moved = best, True
            total[group_of[node]] += degree[node]
    return group_of
