"""Which partners work together: organizations, by what they have in common besides us and besides countries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from random import Random

from iga.graph.domain.catalog import fits
from iga.queries.linked.joined import EVERY_KIND, JoinedParties, joined_on
from iga.queries.linked.near import StandingTies
from iga.queries.linked.web import HUB

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


# A body with its own organs is no group of partners, and what one desk deals with has nothing else in common.
TYPES = EVERY_KIND - {"COVERS", "PART_OF"}
"""Relationships by which partners belong together."""

_NO_PARTNER = ("Government", "Person")
_NO_THING = ("Government", "Person", "Post", "Topic")


@dataclass(frozen=True)
class Community:
    """Partners that have more to do with each other than with others.

    Attributes:
        members: Their ids, those with the most ties inside first.
        inside: How many others of it each is tied to.
        holds: What several of them are tied to and few others are, the most telling first, with how many are.
    """

    members: tuple[str, ...]
    inside: Mapping[str, int]
    holds: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class PartnerWeb:
    """All communities, the largest first; and the partners that join too many others to belong to one."""

    communities: tuple[Community, ...]
    hubs: tuple[str, ...]

    def of(self, partner: str) -> Community | None:
        """Return the community of a partner; None if it is tied to no other."""
        return next((it for it in self.communities if partner in it.inside), None)


def partner_web(standing: StandingTies, ours: Collection[str]) -> PartnerWeb:
    """Return the communities of partners, our own side aside; worked out once for a day."""
    known: PartnerWeb | None = standing.worked_out.get(partner_web)
    if known is None:
        known = standing.worked_out[partner_web] = _worked_out(joined_on(standing, TYPES), frozenset(ours))
    return known


def _worked_out(joined: JoinedParties, ours: frozenset[str]) -> PartnerWeb:
    standing, ties = joined.standing, joined.standing.ties
    classes = {id_: subject[0] for id_, subject in zip(ties.ids, ties.subjects, strict=True)}
    partners = {
        id_: number
        for number, id_ in enumerate(ties.ids)
        if fits(classes[id_], ("Party",)) and classes[id_] not in _NO_PARTNER and id_ not in ours
    }
    tied_to: dict[str, set[str]] = {}
    sharers: defaultdict[str, set[str]] = defaultdict(set)
    for id_, number in partners.items():
        tied_to[id_] = {other for other, bond in standing.followed(number) if bond.type in TYPES}
        for other in tied_to[id_]:
            sharers[other].add(id_)
    weights = _weights(joined, tied_to, sharers, partners)
    hubs = {id_ for id_, of in weights.items() if len(of) > HUB}
    numbers = {id_: number for id_, number in partners.items() if id_ not in hubs}
    links = {
        numbers[id_]: {numbers[other]: weight for other, weight in sorted(of.items()) if other not in hubs}
        for id_, of in weights.items()
        if id_ not in hubs
    }
    names = [[ties.ids[number] for number in group] for group in groups_of({n: of for n, of in links.items() if of})]
    shared = {it: of for it, of in sharers.items() if it not in ours and classes[it] not in _NO_THING and len(of) > 1}
    found = [_community(group, weights, tied_to, shared, len(partners)) for group in names]
    return PartnerWeb(tuple(sorted(found, key=lambda it: (-len(it.members), it.members))), tuple(sorted(hubs)))


def _weights(
    joined: JoinedParties,
    tied_to: Mapping[str, set[str]],
    sharers: Mapping[str, set[str]],
    partners: Collection[str],
) -> dict[str, dict[str, float]]:
    """Return how much partners have to do with each other: 1 for a tie, a share of it for what several share."""
    weights: dict[str, dict[str, float]] = {id_: {} for id_ in tied_to}
    pairs = [
        (id_, other, 1.0) for id_, others in tied_to.items() for other in others if other in partners and id_ < other
    ]
    for thing, of in sharers.items():
        if len(of) > 1 and not joined.is_party(thing) and joined.through(thing):
            pairs += [(one, other, 1 / (len(of) - 1)) for one, other in combinations(sorted(of), 2)]
    for one, other, weight in sorted(pairs):
        weights[one][other] = weights[other][one] = weights[one].get(other, 0.0) + weight
    return weights


def _community(
    group: Collection[str],
    weights: Mapping[str, Mapping[str, float]],
    tied_to: Mapping[str, set[str]],
    shared: Mapping[str, set[str]],
    count: int,
) -> Community:
    inside = {id_: sum(1 for other in weights[id_] if other in group) for id_ in group}
    members = tuple(sorted(group, key=lambda id_: (-inside[id_], id_)))
    counts = Counter(it for id_ in group for it in tied_to[id_] if it in shared)
    telling = {it: number * log((1 + count) / len(shared[it])) for it, number in counts.items() if number > 1}
    holds = sorted(telling, key=lambda it: (-telling[it], it))
    return Community(members, inside, tuple((it, counts[it]) for it in holds))
