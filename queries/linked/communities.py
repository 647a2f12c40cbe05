"""Which partners belong together, and what holds them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iga.graph.domain.topics import in_words
from iga.queries.core.answer import AnswerRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import end_columns, named, needed, option
from iga.queries.core.home import our_side
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.linked.groups import with_topics
from iga.queries.linked.joined import Join, JoinedParties, SaidJoins, joined_on
from iga.queries.linked.near import KeptNear, standing_on
from iga.queries.linked.partner_web import TYPES, Community, PartnerWeb, partner_web

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
    standing = standing_on(ties, day=request.day)
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
