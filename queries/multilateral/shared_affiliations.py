"""What two parties have in common on a day: what few share comes first, hubs such as the UN last."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from iga.graph.query import Query
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, caveat, clause
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.days import Passed, ever_held, passed, stretch
from iga.queries.core.endnotes import CAP
from iga.queries.core.membership import is_beside
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds
from iga.queries.core.reads import (
    AGREEMENTS_OF,
    EDGES_OUT,
    IMPLEMENTERS_OF,
    MEMBERS_OF,
    MEMBERSHIPS_OF,
    MONEY_HELD_BY,
    ORGANIZERS_OF,
    PARTIES_TO,
    THINGS_UNDER,
    WHOLES_UNDER,
    OfType,
)
from iga.queries.core.relationships import bond_on, membership_on, stands
from iga.queries.core.session import Session
from iga.queries.multilateral.engagement_reach import taken_by
from iga.queries.multilateral.engagements import is_coming
from iga.queries.multilateral.reads import PARTICIPATIONS_IN, SPONSORED_BY, SPONSORS_OF

AffiliationKind = Literal["body", "agreement", "compact", "engagement", "text", "programme", "project", "partner"]
# More recipients of one party's awards than these are no shared partner that anybody looks for.
_MOST = 5_000
_HOW = {
    "AWARDED_TO": "recipient",
    "SUBAWARDED_TO": "sub-recipient",
    "IMPLEMENTED_IN": "place where it runs",
    "IMPLEMENTS": "carries it out",
    "FUNDED": "pays for it",
}


@dataclass(frozen=True)
class Affiliation:
    """One edge of a party.

    Attributes:
        kind: What sort of thing it is tied to.
        held: Whether the edge is known to hold on the day, or to have happened by it.
        ever: Whether it held on the day or before; *no* where nothing ended tells more than `held`.
        ended: Whether it had ended by the day.
    """

    kind: AffiliationKind
    thing: Subject
    held: Passed
    how: str = ""
    sources: tuple[Mapping[str, Any], ...] = ()
    ever: Passed = "no"
    ended: bool = False


Affiliations = dict[tuple[AffiliationKind, str], Affiliation]
Sharers = Callable[[Session, OfIds, str], Iterable[tuple[str, str]]]
"""Gives pairs of a thing and one that shares it on a day."""


def affiliations_of(session: Session, party: Subject, *, day: str, any_time: bool = False) -> Affiliations:
    """Return what a party is tied to on a day, each thing once, by kind and id; at any time, what had ended as well."""
    best: Affiliations = {}
    for tied in (_bodies, _agreements, _engagements, _texts, _works):
        for one in tied(session, party, day):
            if any_time and one.held == "no" != one.ever:
                one = _ended(one)
            if one.held != "no" and one.thing.id != party.id:
                known = best.get((one.kind, one.thing.id))
                if known is None or _worth(one) > _worth(known):
                    best[one.kind, one.thing.id] = one
    return best


def _worth(one: Affiliation) -> tuple[bool, bool]:
    return not one.ended, one.held == "yes"


def _ended(one: Affiliation) -> Affiliation:
    how = ", ".join(filter(None, (one.how, stretch(one.sources[0]))))
    return replace(one, held=one.ever, ended=True, how=how)


def _bodies(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    for edge in session.read(MEMBERSHIPS_OF, OfIds(ids=(party.id,))):
        how = edge.properties.get("office") or edge.properties.get("category") or ""
        held, ever = membership_on(edge.properties, day=day), ever_held(edge.properties, day=day)
        yield Affiliation("body", edge.other, held, how, (edge.properties,), ever)


def _agreements(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    for edge in session.read(AGREEMENTS_OF, OfIds(ids=(party.id,))):
        bond = bond_on(edge.properties, day=day)
        kind: AffiliationKind = "compact" if edge.cls == "ChildProtectionCompact" else "agreement"
        held: Passed = "no" if bond.standing == "not party" else bond.held
        yield Affiliation(kind, edge.other, held, bond.standing, (edge.properties,))


def _engagements(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    for taken in taken_by(session, party, day=day):
        edge = taken.edge
        held: Passed = "yes" if edge.values.get("status") == "held" and not is_coming(edge, day) else "unknown"
        yield Affiliation("engagement", edge.other, held, taken.role or taken.part, (edge.properties, edge.values))


def _texts(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    for edge in session.read(SPONSORED_BY, OfIds(ids=(party.id,))):
        if edge.cls == "Resolution":
            held, role = passed(edge.values.get("adopted_on"), on=day), edge.properties.get("role") or "sponsor"
            yield Affiliation("text", edge.other, held, role, (edge.properties, edge.values))
        else:
            held = stands("SPONSORED", edge, day=day)
            yield Affiliation("engagement", edge.other, held, "sponsor", (edge.properties,))


def _works(session: Session, party: Subject, day: str) -> Iterator[Affiliation]:
    """Yield the projects and awards of a party, the programmes they belong to, and who else carries them out."""
    of = OfIds(ids=(party.id,))
    held = [edge for edge in session.read(MONEY_HELD_BY, of) if edge.cls in ("Project", "Award", "Programme")]
    works = {edge.id: edge for edge in held if (edge.values.get("start_min") or "") <= day}
    for work in works.values():
        kind: AffiliationKind = "programme" if work.cls == "Programme" else "project"
        thing = Subject(id=work.id, cls=work.cls, name=work.name)
        yield Affiliation(kind, thing, "yes", _HOW.get(work.type, ""), (work.values,))
    compacts = [edge for edge in session.read(AGREEMENTS_OF, of) if edge.cls == "ChildProtectionCompact"]
    sources = {edge.id: edge.values for edge in (*compacts, *works.values())}
    if not sources:
        return
    ids = OfIds(ids=tuple(sorted(sources)))
    for under in session.read(WHOLES_UNDER, ids):
        if under.cls == "Programme":
            how = "through what it carries out or hosts"
            yield Affiliation("programme", under.other, "yes", how, (under.properties, sources[under.subject]))
    awarded: list[FullEdgeRow] = session.read(EDGES_OUT, OfType(ids=ids.ids, type="AWARDED_TO", limit=_MOST))
    for edge in (*session.read(IMPLEMENTERS_OF, ids), *awarded):
        rests_on, ever = (edge.properties, sources[edge.subject]), ever_held(edge.properties, day=day)
        yield Affiliation("partner", edge.other, edge.held(day), "", rests_on, ever)


def shared_by(session: Session, shared: Sequence[Affiliation], *, day: str) -> Mapping[str, int]:
    """Return how many share each thing, by its id; each is counted once, and two is the least."""
    sharers: dict[str, set[str]] = {one.thing.id: set() for one in shared}
    for kind, edges_of in _SHARERS.items():
        ids = OfIds(ids=tuple(sorted({one.thing.id for one in shared if one.kind == kind})))
        for thing, sharer in edges_of(session, ids, day) if ids.ids else ():
            sharers[thing].add(sharer)
    return {thing: max(len(of), 2) for thing, of in sharers.items()}


def _ends(*queries: Query[OfIds, Any], counts: Callable[[EdgeRow, str], bool] | None = None) -> Sharers:
    """Return what gives those at the other ends of some edges that count on a day; all of them count if left out."""
    return lambda session, ids, day: (
        (edge.subject, edge.id)
        for query in queries
        for edge in session.read(query, ids)
        if counts is None or counts(edge, day)
    )


def _is_member(edge: EdgeRow, day: str) -> bool:
    return membership_on(edge.properties, day=day) != "no" and not is_beside(edge)


def _is_party(edge: EdgeRow, day: str) -> bool:
    return bond_on(edge.properties, day=day).standing != "not party"


def _present(session: Session, ids: OfIds, day: str) -> Iterator[tuple[str, str]]:
    yield from _ends(ORGANIZERS_OF, SPONSORS_OF)(session, ids, day)
    for row in session.read(PARTICIPATIONS_IN, ids):
        yield from ((row.id, guest) for guest in row.participants)


_SHARERS: Mapping[AffiliationKind, Sharers] = {
    "body": _ends(MEMBERS_OF, counts=_is_member),
    "agreement": _ends(PARTIES_TO, counts=_is_party),
    "compact": _ends(PARTIES_TO, counts=_is_party),
    "engagement": _present,
    "text": _ends(SPONSORS_OF),
    "programme": _ends(THINGS_UNDER),
    "project": _ends(IMPLEMENTERS_OF),
    "partner": _ends(MONEY_HELD_BY),
}


_KINDS: tuple[AffiliationKind, ...] = get_args(AffiliationKind)
_MANY = 3
Pair = tuple[Affiliation, Affiliation]
"""How the one party is tied to a thing, and how the other."""


class SharedParams(Params):
    """What `shared-affiliations` is asked with."""

    party: str = needed("One party.", "Romania")
    other: str = needed("The other party.", "Philippines")
    kind: AffiliationKind | None = option("Only things of this kind.", "body")
    any_time: bool | None = option("Also what had ended by the day, each said to have.", "yes")


class SharedRow(AnswerRow):
    """One thing that both parties are tied to."""

    party: str = needed("Id of the one party.")
    party_name: str = needed("Name of the one party.")
    other: str = needed("Id of the other party.")
    other_name: str = needed("Name of the other party.")
    kind: AffiliationKind = needed("What sort of thing they share.")
    thing: str = needed("Id of what they share.")
    thing_name: str = needed("What they share.")
    party_role: str | None = column("How the one party is tied to it.")
    other_role: str | None = column("How the other party is tied to it.")
    shared_by: int = needed(
        "How many on record share it: members, parties, participants, sponsors; of a programme what belongs"
        " to it, of a partner what it carries out."
    )
    ended: bool = column("Whether it had ended by the day for one of the two.", False)


def shared_affiliations(request: Request[SharedParams]) -> Result[SharedRow]:
    """List what two parties share: what the fewest share first, then by kind and name."""
    party, other, kind = request.one("party"), request.one("other"), request.params.kind
    any_time = bool(request.params.any_time)
    ours, theirs = (affiliations_of(request.session, one, day=request.day, any_time=any_time) for one in (party, other))
    both = [(ours[key], theirs[key]) for key in ours if key in theirs and kind in (None, key[0])]
    both = [pair for pair in both if pair[0].thing.id not in (party.id, other.id)]
    counts = shared_by(request.session, [pair[0] for pair in both], day=request.day)
    both.sort(
        key=lambda pair: (counts[(thing := pair[0].thing).id], _KINDS.index(pair[0].kind), folded(thing.name), thing.id)
    )
    names = request.named("party", "other")
    direct = [
        clause("member", *edge.sources, member=member.name, body=whole.name, role=edge.how or None)
        for member, whole, edges in ((party, other, ours), (other, party, theirs))
        if (edge := edges.get(("body", whole.id)))
    ]
    rows = (
        sourced(
            SharedRow,
            *(made_of := _sources([(own, its)])),
            made_of=made_of,
            held="yes" if own.held == its.held == "yes" else "unknown",
            party=party,
            other=other,
            thing=own.thing,
            kind=own.kind,
            party_role=own.how or None,
            other_role=its.how or None,
            shared_by=counts[own.thing.id],
            ended=own.ended or its.ended,
        )
        for own, its in both[:CAP]
    )
    return Result(
        clauses=(*(_clauses(both, counts, names) if both else [clause("nothing", **names, kind=kind)]), *direct),
        rows=tuple(rows),
        caveats=(caveat("partial", "lists-partial", clause="headline" if both else "nothing"),),
        total=Total(value=len(both)),
    )


def _clauses(both: Sequence[Pair], counts: Mapping[str, int], names: Mapping[str, Any]) -> Iterator[SourcedClause]:
    numbers = Counter(ours.kind for ours, _ in both)
    yield clause("headline", **names, by_kind={kind: numbers[kind] for kind in _KINDS if numbers[kind]})
    things = [{"name": ours.thing.name, "shared_by": counts[ours.thing.id]} for ours, _ in both]
    yield clause("rarest", *_sources(both[:_MANY]), things=things[:_MANY])
    if len(both) > _MANY:
        yield clause("hub", *_sources(both[-1:]), **things[-1])
    if past := [pair for pair in both if pair[0].ended or pair[1].ended]:
        yield clause("ended", *_sources(past), ended=len(past))
    if unsure := [pair for pair in both if not pair[0].held == pair[1].held == "yes"]:
        yield clause("undated", *_sources(unsure), undated=len(unsure))


def _sources(pairs: Sequence[Pair]) -> list[Mapping[str, object]]:
    return [source for pair in pairs for side in pair for source in side.sources]


SHARED_AFFILIATIONS = Question.of(
    shared_affiliations,
    title="What do these two parties have in common: bodies, agreements, meetings, texts, programmes, partners?",
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "Romania", "other": "Philippines"},
    columns=("kind", "thing_name", "party_role", "other_role", "ended", "shared_by", "held", "evidence"),
    maturity="trial",
)
