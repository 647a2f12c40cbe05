"""What an officer hands over: relationships, last touches, promises, the next 90 days, channels to check."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from iga.graph.domain.instruments import Obligation
from iga.graph.domain.values import first_day
from iga.queries.contacts.dealings import touches_of, whose_engagements, with_names
from iga.queries.contacts.rank import disagreements
from iga.queries.contacts.stale_contacts import Due, queue_of
from iga.queries.core.agenda import DAYS_AHEAD, days_due, is_ahead
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.channels import KnownChannel, known_channel
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, of
from iga.queries.core.compiled import OfIdsInStretch
from iga.queries.core.home import ours_among, owned_edges
from iga.queries.core.periods import days_after
from iga.queries.core.promises import Direction, Promise, Standing, open_between
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, conflicts, is_verbatim, refs
from iga.queries.core.reads import (
    BODIES_OF_POSTS,
    CHANNELS_OF,
    ENGAGEMENTS_WITHIN,
    OBLIGATIONS_OWNED_BY,
    OUR_SIDE_OF,
    POSTS_HELD_BY,
    WHOLES_OF,
    OurEdgeRow,
)
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, Properties, Scope, scope_of
from iga.queries.core.session import Session


@dataclass(frozen=True)
class Owned:
    """A relationship with a party.

    Attributes:
        edge: The edge from our post or office to the party.
        backups: Edges of second owners to the party, or of other first ones where there is no second.
        scope: The party with its offices, posts and holders.
        by_office: Whether the office of the post owns it, not the post itself.
    """

    edge: FullEdgeRow
    backups: tuple[OurEdgeRow, ...]
    scope: Scope
    by_office: bool = False

    @property
    def is_second(self) -> bool:
        """Whether it is owned as second owner."""
        return self.edge.properties.get("standing") == "backup"


@dataclass(frozen=True)
class HeldPosts:
    """Whose portfolio it is: the posts, the offices they sit in, and what these are part of, by id."""

    posts: dict[str, str]
    offices: dict[str, str]
    wholes: dict[str, str]

    @property
    def names(self) -> dict[str, str]:
        """Names of the posts and offices and what they are part of, by id."""
        return {**self.posts, **self.offices, **self.wholes}


def posts_of(session: Session, party: Subject, *, day: str) -> HeldPosts:
    """Return the posts that an officer holds, or may still hold, on a day; or the post or the section itself."""
    edges = Edges(session, day)
    held = (
        [party]
        if party.cls in ("Post", "PublicBody")
        else [edge.other for edge in edges.every(POSTS_HELD_BY, [party.id])]
    )
    posts = {post.id: post.name for post in held}
    offices = {edge.id: edge.name for edge in edges.every(BODIES_OF_POSTS, posts)}
    wholes: dict[str, str] = {}
    outermost: Iterable[str] = posts if party.cls == "PublicBody" else offices
    for _ in range(2):  # a section of an office of a bureau; duties of a whole department are nobody's to hand over
        above = edges.every(WHOLES_OF, outermost)
        outermost = [edge.id for edge in above]
        wholes |= {edge.id: edge.name for edge in above if edge.id not in offices}
    return HeldPosts(posts, offices, wholes)


def owned_by(session: Session, whose: HeldPosts, *, day: str) -> list[Owned]:
    """Return the relationships that these posts own on the day; if they own none, those of their offices."""
    own = owned_edges(session, whose.posts, day=day)
    edges = own or owned_edges(session, whose.offices, day=day)
    beside = Edges(session, day).of(OUR_SIDE_OF, (edge.id for edge in edges))
    return [
        Owned(edge, _backups(beside.get(edge.id, ()), whose, edge), scope_of(session, edge.other, day=day), not own)
        for edge in sorted(edges, key=lambda edge: (_is_backup(edge), edge.name, edge.id))
    ]


def _is_backup(edge: FullEdgeRow) -> bool:
    return edge.properties.get("standing") == "backup"


def _backups(ours: Sequence[OurEdgeRow], whose: HeldPosts, owned: FullEdgeRow) -> tuple[OurEdgeRow, ...]:
    """Return the second owners, of a second owner the first ones; an officer before the office that one sits in."""
    others = [
        edge
        for edge in ours
        if edge.type == "OWNS_RELATIONSHIP"
        and edge.id not in (*whose.posts, owned.subject)
        and _is_backup(edge) != _is_backup(owned)
    ]
    others.sort(key=lambda edge: (edge.cls != "Post", edge.name, edge.id))
    return tuple({edge.id: edge for edge in others}.values())


def engagements_ahead(session: Session, ids: Iterable[str], *, day: str) -> list[tuple[FullEdgeRow, frozenset[str]]]:
    """Return engagements of the next 90 days that any of these takes part in, soonest first, with who of them does."""
    until = days_after(day, DAYS_AHEAD)
    edges = session.read(ENGAGEMENTS_WITHIN, OfIdsInStretch(ids=tuple(dict.fromkeys(ids)), since=day, until=until))
    ahead: dict[str, tuple[FullEdgeRow, frozenset[str]]] = {}
    for edge in edges:
        if is_ahead(edge, since=day, until=until):
            _, who = ahead.get(edge.id, (edge, frozenset[str]()))
            ahead[edge.id] = (edge, who | {edge.subject})
    return sorted(ahead.values(), key=lambda it: (first_day(it[0].values["period_start"]), it[0].name, it[0].id))


def duties_ahead(session: Session, owners: Iterable[str], *, day: str) -> list[tuple[str, Entity]]:
    """Return duties by law that these owe within the next 90 days, each with its day, soonest first."""
    until = days_after(day, DAYS_AHEAD)
    duties = session.read(OBLIGATIONS_OWNED_BY, OfIds(ids=tuple(dict.fromkeys(owners))))
    ahead = [
        (due, duty)
        for duty in duties
        for due in days_due(duty.values.get("due_on"), duty.values.get("recurrence"), since=day, until=until) or ()
    ]
    return sorted(ahead, key=lambda it: (first_day(it[0]), it[1].name, it[1].id))


Part = Literal["relationship", "last touch", "promise", "engagement", "duty", "channel to check"]

# The queue of an owner of large bodies is long; whoever takes over starts with the most urgent.
_CHANNELS = 15


class HandoverParams(Params):
    """What `handover` is asked with."""

    party: str = Field(description="The officer, the post, or the section of an office.", examples=["Uma Mockup"])


class HandoverRow(AnswerRow):
    """One thing to hand over."""

    part: Part = Field(description="Relationship, last touch, promise, engagement, duty, or channel to check.")
    when: str | None = column("Its day: due, planned, last met or last checked.")
    party: str | None = column("Id of the party it is with; null for a duty.")
    party_name: str | None = column("Name of the party.")
    iso3: str | None = column("ISO 3166 alpha-3 code, where the party is a government.")
    what: str | None = column("Id of the promise, engagement, duty or channel; else null.")
    what_name: str | None = column("Its name, or the address of the channel.")
    told: str = column("What there is to know, in words.", "")
    scope: tuple[str, ...] = column("Topics that a relationship is limited to.", ())
    is_second: bool = column("Whether the relationship is owned as second owner.", False)
    by_office: bool = column("Whether the office of the post owns it, not the post.", False)
    backup: str | None = column("Id of the other owner of a relationship; null is not known.")
    backup_name: str | None = column("Name of the other owner.")
    direction: Direction | None = column("Which way a promise goes.")
    words: str | None = column("Words of a promise, or its name.")
    is_verbatim: bool = column("Whether these are the words letter by letter; else they are a summary.", False)
    is_overdue: bool = column("Whether a promise is past its day and not known as kept.", False)
    stands: Standing | None = column("How a promise stands: open, overdue, not known.")
    status: str | None = column("How an engagement ahead stands.")
    sort: str | None = column("What sort of engagement.")
    place: str | None = column("Where it is to be.")
    ours: tuple[str, ...] = column("Who of ours was at the last touch.", ())
    outcome: str | None = column("What came of it.")
    owner_name: str | None = column("Who owes a duty.")
    legal_basis: str | None = of(Obligation, "legal_basis")
    reached_name: str | None = column("Whom a channel reaches.")
    channel: KnownChannel | None = column("What is known of a channel.")


@dataclass(frozen=True)
class _Portfolio:
    """Everything that is handed over."""

    posts: HeldPosts
    owned: Sequence[Owned]
    promises: Sequence[tuple[Promise, Direction]]
    engagements: Sequence[tuple[FullEdgeRow, frozenset[str]]]
    duties: Sequence[tuple[str, Entity]]
    channels: Sequence[Due]

    @property
    def alone(self) -> list[str]:
        """Names of the parties that nobody else owns the relationship with."""
        return [owned.edge.name for owned in self.owned if not owned.backups]

    def party_of(self, ids: set[str]) -> Subject | None:
        """Return the party of the relationship that any of these belongs to."""
        return next((owned.edge.other for owned in self.owned if ids & set(owned.scope.ids)), None)


def handover(request: Request[HandoverParams]) -> Result[HandoverRow]:
    """List what an officer or a post answers for on a day: relationships first, then what is open, then what is stale.

    ``held`` is *unknown* where nothing is recorded, such as no touch with a party, which is not a statement that there
    was none.
    """
    party, day = request.one("party"), request.day
    portfolio = _portfolio(request.session, party, day=day)
    rows = (
        *(_relationship(owned, day) for owned in portfolio.owned),
        *(_last_touch(request.session, owned, day=day) for owned in portfolio.owned),
        *(_promise(*promise, portfolio, day) for promise in portfolio.promises),
        *(_engagement(edge, who, portfolio) for edge, who in portfolio.engagements),
        *(_duty(due, duty, portfolio) for due, duty in portfolio.duties),
        *(_channel(due) for due in portfolio.channels[:_CHANNELS]),
    )
    clauses = _clauses(request, party, portfolio, Rows(rows))
    return Result.of(clauses, Rows(rows), _caveats(request.session, party, portfolio))


def _portfolio(session: Session, party: Subject, *, day: str) -> _Portfolio:
    posts = posts_of(session, party, day=day)
    owned = owned_by(session, posts, day=day)
    theirs = [id_ for it in owned for id_ in it.scope.ids]
    mine = [party.id, *posts.posts]
    channels = session.read(CHANNELS_OF, OfIds(ids=tuple(dict.fromkeys(theirs)))) if theirs else []
    queue = queue_of(session, channels, day=day)
    return _Portfolio(
        posts,
        owned,
        open_between(session, [*theirs, *mine], day=day),
        engagements_ahead(session, [*theirs, *mine], day=day),
        duties_ahead(session, [*mine, *posts.names], day=day),
        [due for due in queue if due.state != "do not use" and due.is_past_half_life],
    )


def _row(
    part: Part, party: Subject | None, *sources: Properties, dated_by: Any = (), **values: Any
) -> SourcedRow[HandoverRow]:
    row = HandoverRow(part=part, **named("party", party), iso3=party.iso3 if party else None, **values)
    text = worded(__package__, "handover", "row-told", row.model_dump())
    return SourcedRow(row.model_copy(update={"told": text}), refs(*sources), dated_by=refs(*dated_by))


def _relationship(owned: Owned, day: str) -> SourcedRow[HandoverRow]:
    """Return a relationship that is owned, with its scope and the other owner."""
    edge, backup = owned.edge, next(iter(owned.backups), None)
    return _row(
        "relationship",
        edge.other,
        edge.properties,
        dated_by=(backup.properties,) if backup else (),
        held="yes" if edge.held(day) == "yes" else "unknown",
        conflicts=conflicts(edge.properties),
        scope=tuple(edge.properties.get("topics") or ()),
        is_second=owned.is_second,
        by_office=owned.by_office,
        **named("backup", backup),
    )


def _last_touch(session: Session, owned: Owned, *, day: str) -> SourcedRow[HandoverRow]:
    """Return the last engagement with the party of a relationship; where none is recorded, a row that says so."""
    party = owned.edge.other
    met = touches_of(session, owned.scope, day=day, least=1).of("engagement")
    if not met:
        return _row("last touch", party, owned.edge.properties, held="unknown")
    [last] = with_names(session, party.id, whose_engagements(session, owned.scope).ids, met[:1])
    return _row(
        "last touch",
        party,
        *last.sources,
        held="yes" if last.held == "yes" else "unknown",
        when=last.on or None,
        what=last.what.id,
        what_name=last.what.name,
        ours=last.ours,
        outcome=last.values.get("outcome"),
    )


def _promise(promise: Promise, direction: Direction, portfolio: _Portfolio, day: str) -> SourcedRow[HandoverRow]:
    """Return a promise, which way it goes and whether it is overdue."""
    values, stands = promise.entity.values, promise.standing(day=day)
    others = promise.owed_to if direction == "we owe them" else promise.makers
    who = others[0].other if others else None
    return _row(
        "promise",
        (portfolio.party_of({who.id}) or who) if who else None,
        values,
        *(end.properties for end in (*promise.makers, *promise.owed_to)),
        conflicts=conflicts(values),
        when=values.get("due_on"),
        **named("what", promise.entity),
        direction=direction,
        words=values.get("words") or promise.entity.name,
        is_verbatim=is_verbatim(values, "words"),
        **{"stands": stands, "is_overdue": stands == "overdue"},
    )


def _engagement(edge: FullEdgeRow, who: frozenset[str], portfolio: _Portfolio) -> SourcedRow[HandoverRow]:
    """Return a meeting ahead, with the party of a relationship that takes part."""
    return _row(
        "engagement",
        portfolio.party_of(set(who)),
        edge.values,
        edge.properties,
        held="unknown",
        conflicts=conflicts(edge.values),
        when=edge.values.get("period_start"),
        **named("what", edge),
        status=edge.values.get("status") or "status not stated",
        sort=edge.values.get("engagement_kind"),
        place=edge.values.get("place"),
    )


def _duty(due: str, duty: Entity, portfolio: _Portfolio) -> SourcedRow[HandoverRow]:
    owner = portfolio.posts.names.get(duty.values["owner"])
    values = {"conflicts": conflicts(duty.values), "when": due, "owner_name": owner}
    return _row("duty", None, duty.values, **named("what", duty), legal_basis=duty.values.get("legal_basis"), **values)


def _channel(due: Due) -> SourcedRow[HandoverRow]:
    channel = due.channel
    return _row(
        "channel to check",
        due.body,
        channel.values,
        channel.properties,
        conflicts=disagreements(channel.values),
        when=due.age.on,
        what=channel.id,
        what_name=due.address,
        reached_name=due.reached.name,
        channel=known_channel(channel.values, due.check),
    )


def _clauses(
    request: Request[HandoverParams], party: Subject, portfolio: _Portfolio, rows: Rows[HandoverRow]
) -> Iterator[SourcedClause]:
    """Say which relationships are owned, who holds the post, then what is open, ahead and to be checked."""
    posts = list(portfolio.posts.posts.values())
    if party.cls == "Person" and not posts:
        yield clause("no-post", person=party.name)
        return
    owned = [{"name": it.edge.name, "is_second": it.is_second} for it in portfolio.owned]
    by_office, of_person = any(it.by_office for it in portfolio.owned), posts if party.cls == "Person" else []
    yield _of(rows, "headline", "relationship", who=party.name, posts=of_person, owned=owned, by_office=by_office)
    if party.cls == "Post":
        holder = scope_of(request.session, party, day=request.day).holders[party.id]
        yield clause("holder", *holder.sources, **holder.values)
        if holder.others:
            yield clause("other-holders", *holder.sources, others=holder.others)
    if portfolio.alone:
        yield _of(rows, "alone", "relationship", names=portfolio.alone)
    ways = Counter(direction for _, direction in portfolio.promises)
    counts = {
        id_: len(rows.where(stands=stands)) for id_, stands in {"late": "overdue", "unknown": "not known"}.items()
    }
    owed = {
        "to_us": ways["they owe us"],
        "by_us": ways["we owe them"],
        "to_unnamed": ways["owed to somebody not named"],
    }
    yield _of(rows, "promises", "promise", **owed, **counts)
    ahead = {"engagements": len(portfolio.engagements), "duties": len(portfolio.duties)}
    yield _of(rows, "ahead", "engagement", "duty", **ahead)
    yield _of(rows, "check", "channel to check", channels=len(portfolio.channels))


def _of(rows: Rows[HandoverRow], name: str, *parts: Part, **values: Any) -> SourcedClause:
    """Return a clause that rests on some parts of the handover."""
    return rows.keeping(lambda row: row.part in parts).clause(name, **values)


def _caveats(session: Session, party: Subject, portfolio: _Portfolio) -> Iterator[UnwordedCaveat]:
    if portfolio.alone:
        yield caveat("unknown", "no-second-owner", clause="alone", names=portfolio.alone)
    if (more := len(portfolio.channels) - _CHANNELS) > 0:
        yield caveat("partial", "more-channels", clause="check", more=more)
    posts = list(portfolio.posts.posts)
    if posts and not ours_among(session, posts):
        # So that dealings of others are not taken for a handover.
        yield caveat("unknown", "no-post-of-ours", clause="headline", party=party.name)


HANDOVER = Question.of(
    handover,
    title="What does this officer, this post or this section hand over?",
    names={"party": ("Person", "Post", "PublicBody")},
    example={"party": "Uma Mockup"},
    columns=("part", "when", "party_name", "what_name", "told", "backup_name", "held", "evidence"),
    maturity="trial",
)
