"""Which partners belong together, and what holds them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from iga.graph.domain.catalog import fits
from iga.graph.domain.topics import in_words
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import end_columns, named, needed, option
from iga.queries.core.home import our_side
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.linked.joined import EVERY_KIND, Join, JoinedParties, SaidJoins, joined_on, with_topics
from iga.queries.linked.near import KeptNear, StandingTies, standing_on
from iga.queries.linked.web import HUB

Weights = Mapping[int, Mapping[int, float]]
"""How much each node has to do with each neighbour, in both directions alike."""

# Any number would do; the same one each time makes the same groups of the same web.
_SEED = 74


def groups_of(links: Weights) -> list[list[int]]:
    """Return the nodes by groups that have more to do with each other than chance would have it, in their order.

    What is tied to nothing of a part changes nothing of its groups: each part is looked at by itself, with the same
    seed and in the order of its nodes.
    """
    import networkx as nx  # a tenth of a second, which no other question waits for

    web: nx.Graph[int] = nx.Graph([(node, other) for node, of in links.items() for other in of])
    groups: list[set[int]] = []
    for part in map(sorted, nx.connected_components(web)):
        own: nx.Graph[int] = nx.Graph()
        own.add_nodes_from(part)
        own.add_weighted_edges_from((node, to, weight) for node in part for to, weight in sorted(links[node].items()))
        groups += nx.community.louvain_communities(own, seed=_SEED)
    return sorted(map(sorted, groups))


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
    joined: JoinedParties, tied_to: Mapping[str, set[str]], sharers: Mapping[str, set[str]], partners: Collection[str]
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


# Groups that are shown where no partner is named, and members of each.
_GROUPS, _OF_EACH = 6, 4
_HOLDS, _TOPICS = 2, 2


class CommunitiesParams(Params):
    """What `communities` is asked with."""

    party: str | None = option("Only the group of this partner.", "ILO")


class CommunityRow(AnswerRow):
    """One partner of a group, with the tie by which it belongs to it."""

    community: str = needed("The group in short: its place, around whom it is, and how many it has.")
    number: int = needed("Place of the group; 1 is the largest.")
    size: int = needed("How many partners belong to it.")
    member: str = needed("Id of the partner.")
    member_name: str = needed("Name of it.")
    member_class: str = needed("Its class.")
    inside: int = needed("How many others of the group it is tied to.")
    to: str = needed("Id of the partner of the group that it has most to do with.")
    to_name: str = needed("Name of that.")
    says: str = needed("How, in words, as a sentence goes on from the partner.")


@dataclass(frozen=True)
class _Shown:
    """A group with its place, and the tie of each of its members that are shown."""

    number: int
    community: Community
    joins: dict[str, Join]


def communities(request: Request[CommunitiesParams]) -> Result[CommunityRow]:
    """List groups of partners that belong together on a day, largest first: descriptive, of what is on record.

    With a partner, all of its group; else some of each of the largest. Members that have most ties inside come first.
    ``held`` is *unknown* where no date tells that the tie stands.
    """
    party, session = request.maybe("party"), request.session
    ties = session.ties
    if ties is None:
        return Result(clauses=(clause("too-many"),))
    ours = our_side(session)
    if party and party.id in ours:
        return Result(clauses=(clause("ours", party=party.name),))
    standing = standing_on(request.session, ties, day=request.day)
    web = partner_web(standing, ours)
    joined = joined_on(standing, TYPES)
    numbered = [_Shown(number, it, {}) for number, it in enumerate(web.communities, start=1)]
    wanted = [it for it in numbered if party is None or party.id in it.community.inside]
    groups = [_with_joins(joined, it, most=None if party else _OF_EACH) for it in wanted[: 1 if party else _GROUPS]]
    said = SaidJoins(
        KeptNear(session, standing), [join for it in groups for join in it.joins.values()], day=request.day
    )
    rows = Rows.of(row for it in groups for row in _rows(session, it, said))
    total = Total(value=sum(len(it.community.members) for it in (groups if party else numbered)))
    clauses = _clauses(session, party, web, groups, rows)
    return Result.of(clauses, rows, _caveats(session, party, web), total=total)


def _with_joins(joined: JoinedParties, of: _Shown, *, most: int | None) -> _Shown:
    """Return a group with the best tie inside of each of its members, of the first so many."""
    joins = {}
    for member in of.community.members[:most]:
        inside = [join for other, join in joined.of(member).items() if other in of.community.inside]
        if inside:
            joins[member] = min(inside, key=lambda join: (join.weight, -of.community.inside[join.end], join.end))
    return _Shown(of.number, of.community, joins)


def _rows(session: Session, of: _Shown, said: SaidJoins) -> Iterator[SourcedRow[CommunityRow]]:
    known = entities(session, of.joins)
    size, first = len(of.community.members), next(iter(of.joins), None)
    if first is None:
        return
    values = {"number": of.number, "size": size, "around": known[first].name}
    title = worded(__package__, "communities", "row-community", values)
    for member, join in of.joins.items():
        yield said.row(
            CommunityRow,
            join,
            values=values,
            community=title,
            number=of.number,
            size=size,
            **end_columns("member", known[member].subject, "class"),
            inside=of.community.inside[member],
            **named("to", said.end(join)),
            says=said.words(join),
        )


def _clauses(
    session: Session, party: Subject | None, web: PartnerWeb, groups: Sequence[_Shown], rows: Rows[CommunityRow]
) -> Iterator[SourcedClause]:
    """Say who belongs together, and what holds the group asked about, else the largest."""
    of_first = rows.where(number=groups[0].number) if groups else rows
    if party is None:
        count = sum(len(it.members) for it in web.communities)
        largest = next(iter(rows.first().told("size", around="member_name")), {"around": "", "size": 0})
        yield of_first.clause("headline", number=len(web.communities), partners=count, **largest)
    elif groups:
        others = [row.member_name for row in rows if row.member != party.id]
        yield of_first.clause("belongs", party=party.name, names=others)
    else:
        yield clause("hub" if party.id in web.hubs else "alone", party=party.name)
    if groups:
        yield from _what_holds(session, groups[0].community, of_first)


def _what_holds(session: Session, of: Community, rows: Rows[CommunityRow]) -> Iterator[SourcedClause]:
    holds = of.holds[:_HOLDS]
    known = entities(session, [id_ for id_, _ in holds])
    things = [{"name": known[id_].name, "number": number} for id_, number in holds if id_ in known]
    yield rows.clause("holds", things=things, size=len(of.members))
    topics = Counter(code for id_, _, codes in session.once(with_topics) if id_ in of.inside for code in codes)
    ranked = sorted((code for code in topics if topics[code] > 1), key=lambda code: (-topics[code], code))[:_TOPICS]
    shared = [{"name": in_words(code), "number": topics[code]} for code in ranked]
    yield rows.clause("topics", topics=shared, size=len(of.members))


def _caveats(session: Session, party: Subject | None, web: PartnerWeb) -> Iterator[UnwordedCaveat]:
    hubs = entities(session, web.hubs[:_GROUPS])
    yield caveat("partial", "descriptive", hubs=[hubs[id_].name for id_ in web.hubs[:_GROUPS] if id_ in hubs])
    if party is None and web.communities:
        yield caveat("partial", "more", shown=_OF_EACH, more=max(0, len(web.communities) - _GROUPS))


COMMUNITIES = Question.of(
    communities,
    title="Which partners belong together, and what holds them?",
    names={"party": ("Party",)},
    example={"party": "ILO"},
    columns=("community", "member_name", "says", "to_name", "inside", "held", "evidence"),
    maturity="trial",
)
