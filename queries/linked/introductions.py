"""Who should meet whom: who share partners that few others have and never met, before a meeting or at any time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import log2
from typing import Any

from iga.graph.domain.records import IntroducedTo
from iga.graph.errors import UsageError
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, named, needed, option
from iga.queries.core.compiled import hop
from iga.queries.core.home import our_side
from iga.queries.core.permissions import CONTACTED
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity
from iga.queries.core.reads import TAKING_PART, OurEdgeRow
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, scope_of
from iga.queries.linked.joined import EVERY_KIND, FEW, JoinedParties, SaidJoins, joined_on
from iga.queries.linked.near import KeptNear, StandingTies, standing_on

INTRODUCED = hop(IntroducedTo, either=True, row=OurEdgeRow)
# By these somebody belongs to a body, which introduces nobody: whom the body knows, its people can ask for.
_BELONGING = frozenset(("HOLDS", "POST_IN", "PART_OF"))
# A desk deals with whatever lies in its field, which tells nothing of those who do.
_TELLING = EVERY_KIND - _BELONGING - {"COVERS"}
_SHOWN = 12
# Guests among whom pairs are made; more do not fit into a room in which anybody is introduced.
_GUESTS = 100
_NEXT = 2

Pair = tuple[str, str]


class IntroductionsParams(Params):
    """What `introductions` is asked with."""

    party: str | None = option("Whom to introduce to others: a party or a post.", "ICAT")
    engagement: str | None = option(
        "Only among its guests, or of the party to them.", "Eighth Bali Process Ministerial Conference"
    )


class IntroductionRow(AnswerRow):
    """Two who should meet, with the rarest partner that they share."""

    one: str = needed("Id of whom to introduce.")
    one_name: str = needed("Name of that.")
    other: str = needed("Id of whom it should meet.")
    other_name: str = needed("Name of that.")
    through: str = needed("Id of the partner of both that the fewest others have.")
    through_name: str = needed("Name of it.")
    one_says: str = needed("How that partner is tied to the first, in words, as a sentence goes on from the partner.")
    other_says: str = needed("How it is tied to the other.")
    shared: int = needed("How many partners both have.")
    also: tuple[str, ...] = column("Names of the next rarest of them.", ())


@dataclass(frozen=True)
class Unmet:
    """Two who never met, and the partners both have, the rarest first; each counts the less, the more it knows."""

    one: str
    other: str
    partners: tuple[str, ...]
    worth: float


def matches(
    joined: JoinedParties,
    pairs: Collection[Pair],
    known: Mapping[str, frozenset[str]],
    ours: frozenset[str] = frozenset(),
) -> list[Unmet]:
    """Return which of some pairs share partners and are not joined, the most telling first.

    Args:
        joined: Whom parties have to do with.
        pairs: Whom to look at.
        known: Whom each knows, with all that it belongs to.
        ours: Our own side, which is nobody's shared partner: that we deal with both tells nothing of the two.
    """
    found = []
    for one, other in sorted(pairs):
        if other not in known[one] and one not in known[other]:
            met = joined.of(one).keys() & joined.of(other).keys()
            bodies = {it for it in met if _is_member(joined, one, it) and _is_member(joined, other, it)}
            shared = {it: len(joined.of(it)) for it in met - bodies - ours if joined.leads_on(it)}
            if shared and all(len(joined.of(it)) > FEW for it in bodies):
                ranked = sorted(shared, key=lambda it: (shared[it], it))
                worth = sum(1 / log2(1 + shared[it]) for it in ranked)
                found.append(Unmet(one, other, tuple(ranked), worth))
    return sorted(found, key=lambda it: (-it.worth, it.one, it.other))


def _may_be_shown(match: Unmet, known: Mapping[str, Entity]) -> bool:
    """True if all whom a row names may be named, and neither of the two is somebody whose name is withheld."""
    ids = (match.one, match.other, *match.partners[:4])
    return all(id_ in known for id_ in ids) and not any(known[id_].values.get("undisclosed") for id_ in ids[:2])


def _is_member(joined: JoinedParties, party: str, body: str) -> bool:
    hops = joined.of(party)[body].hops
    return len(hops) == 1 and hops[0].bond.type == "MEMBER_OF" and hops[0].bond.source == party


def introductions(request: Request[IntroductionsParams]) -> Result[IntroductionRow]:
    """List who should meet whom: descriptive, of what is on record; whoever shares the rarest partners comes first.

    What was asked, declined or made before is not offered again. ``held`` is *unknown* where no date tells that a tie
    to the shared partner stands.

    Raises:
        UsageError: Neither party nor engagement is given.
    """
    session = request.session
    if not (request.maybe("party") or request.maybe("engagement")):
        raise UsageError("introductions needs party, whom to introduce, or engagement, among whose guests")
    ties = session.ties
    if ties is None:
        return Result(clauses=(clause("too-many"),))
    standing = standing_on(session, ties, day=request.day)
    search = _Search(request, standing)
    found = matches(search.joined, search.pairs(), search.known, search.ours)
    recorded = search.recorded(found)
    offered = [it for it in found if (it.one, it.other) not in recorded]
    known = entities(session, [id_ for it in offered[:_SHOWN] for id_ in (it.one, it.other, *it.partners[:4])])
    shown = [it for it in offered[:_SHOWN] if _may_be_shown(it, known)]
    joins = {it: tuple(search.joined.of(it.partners[0])[end] for end in (it.one, it.other)) for it in shown}
    said = SaidJoins(KeptNear(session, standing), [join for both in joins.values() for join in both], day=request.day)
    shown = [it for it in shown if said.is_so(*joins[it])]
    subjects, more = {id_: entity.subject for id_, entity in known.items()}, len(offered[_SHOWN:])
    rows = Rows.of(_row(it, joins[it], subjects, said) for it in shown)
    clauses = _clauses(request, rows, len(rows) + more, tuple(recorded.values()), search.guests)
    return Result.of(clauses, rows, _caveats(rows, more=more))


class _Search:
    """Who is looked at, and whom each knows."""

    def __init__(self, request: Request[IntroductionsParams], standing: StandingTies) -> None:
        self._request, self._session = request, request.session
        self.joined = joined_on(standing, _TELLING)
        self._belongs = joined_on(standing, _BELONGING)
        self._there = set(standing.ties.ids)
        self.ours = our_side(self._session)
        self.guests = self._guests()
        self.known: dict[str, frozenset[str]] = {}

    def pairs(self) -> set[Pair]:
        """Return whom to look at; and note whom each of them knows."""
        party = self._request.maybe("party")
        if party is None:
            pairs = set(combinations(self.guests, 2))
        else:
            inside = sorted(self._there.intersection(scope_of(self._session, party, day=self._request.day).ids))
            own = [id_ for id_ in inside if self.joined.cls(id_) != "Person" and self.joined.of(id_)]
            others = self.guests if self._request.maybe("engagement") else self._two_steps(own)
            known = frozenset(it for id_ in inside for it in (id_, *self.joined.of(id_)))
            pairs = {(one, other) for one in own for other in others if self._unit(other).isdisjoint(known)}
        for id_ in {id_ for pair in pairs for id_ in pair}:
            self.known[id_] = frozenset(it for part in self._unit(id_) for it in (part, *self.joined.of(part)))
        return {pair for pair in pairs if not self.ours.issuperset(pair) and not self._are_near(*pair)}

    def _are_near(self, one: str, other: str) -> bool:
        """True if two know each other, or what the one belongs to knows the other."""
        units = self._unit(one), self._unit(other)
        return not units[1].isdisjoint(self.known[one]) or not units[0].isdisjoint(self.known[other])

    def _unit(self, id_: str) -> frozenset[str]:
        return frozenset((id_, *self._belongs.of(id_)))

    def _two_steps(self, own: Sequence[str]) -> list[str]:
        """Return whom the partners of some know, countries aside."""
        partners = {it for one in own for it in self.joined.of(one)}
        beyond = {it for partner in partners if self.joined.leads_on(partner) for it in self.joined.of(partner)}
        return sorted(it for it in beyond - partners if self.joined.cls(it) != "Government")

    def _guests(self) -> list[str]:
        engagement = self._request.maybe("engagement")
        if engagement is None:
            return []
        there = Edges(self._session, "").ever(TAKING_PART, [engagement.id]).get(engagement.id, ())
        came = [edge for edge in there if edge.properties.get("attended") is not False and edge.cls != "Government"]
        return sorted({edge.id for edge in came} & self._there)[:_GUESTS]

    def recorded(self, found: Sequence[Unmet]) -> dict[Pair, OurEdgeRow]:
        """Return the introductions on record, by the pairs that they are of: of the two, or of what they belong to."""
        units = {id_: self._unit(id_) for it in found for id_ in (it.one, it.other)}
        edges = Edges(self._session, "").ever(INTRODUCED, sorted({part for unit in units.values() for part in unit}))
        by_ends = {(edge.subject, edge.id): edge for of_one in edges.values() for edge in of_one}
        both = {(it.one, it.other): product(sorted(units[it.one]), sorted(units[it.other])) for it in found}
        records = {pair: next((by_ends[ends] for ends in of if ends in by_ends), None) for pair, of in both.items()}
        return {pair: edge for pair, edge in records.items() if edge}


def _row(of: Unmet, joins: Sequence[Any], known: Mapping[str, Subject], said: SaidJoins) -> SourcedRow[IntroductionRow]:
    first, second = joins
    return said.row(
        IntroductionRow,
        first,
        second,
        **named("one", known[of.one]),
        **named("other", known[of.other]),
        **named("through", known[of.partners[0]]),
        one_says=said.words(first),
        other_says=said.words(second),
        shared=len(of.partners),
        also=tuple(known[id_].name for id_ in of.partners[1:4]),
    )


def _clauses(
    request: Request[IntroductionsParams],
    rows: Rows[IntroductionRow],
    total: int,
    recorded: Sequence[OurEdgeRow],
    guests: Sequence[str],
) -> Iterator[SourcedClause]:
    values = {**request.named("party", "engagement"), "total": total, "among": len(guests)}
    first, others = rows.first(), Rows(rows.sourced[1 : _NEXT + 1])
    told = next(_told(first), None)
    yield first.clause("headline", **values, first=told)
    if told:
        yield first.clause("because", first=told)
    if others:
        yield others.clause("next", pairs=list(_told(others)))
    if recorded:
        names = entities(request.session, {edge.subject for edge in recorded})
        pairs = {
            edge.key: {
                "one": names[edge.subject].name,
                "other": edge.name,
                "status": edge.properties.get("status") or "asked",
                "on": edge.properties.get("status_on"),
            }
            for edge in recorded
            if edge.subject in names
        }
        yield clause("recorded", *(edge.properties for edge in recorded), pairs=list(pairs.values()))


def _told(rows: Rows[IntroductionRow]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {
            **{"one": row.one_name, "other": row.other_name, "through": row.through_name},
            "says": (row.one_says, row.other_says),
        }


def _caveats(rows: Rows[IntroductionRow], *, more: int) -> Iterator[UnwordedCaveat]:
    yield caveat("partial", "descriptive")
    for example in _told(rows.first()):
        yield caveat("partial", "note", example=example)
    if more:
        yield caveat("partial", "more", shown=_SHOWN, more=more)


INTRODUCTIONS = Question.of(
    introductions,
    title="Who should meet whom, and has not met?",
    names={"party": ("Party", "Post"), "engagement": ("Engagement",)},
    example={"party": "ICAT"},
    use=CONTACTED,
    any_of=("party", "engagement"),
    columns=("one_name", "other_name", "through_name", "one_says", "other_says", "shared", "held", "evidence"),
    maturity="trial",
)
