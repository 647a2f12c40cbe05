"""What an officer hands over: relationships, last touches, promises, the next 90 days, channels to check."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from iga.graph.domain.instruments import Obligation
from iga.queries.contacts.channel_checks import KnownChannel, known_channel
from iga.queries.contacts.rank import disagreements
from iga.queries.contacts.responsibilities import (
    Direction,
    HeldPosts,
    OpenPromise,
    Owned,
    duties_ahead,
    engagements_ahead,
    owned_by,
    posts_of,
    promises_with,
)
from iga.queries.contacts.stale import Due, queue_of
from iga.queries.contacts.touches import touches_of, with_names
from iga.queries.contacts.whose_engagements import whose_engagements
from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, of
from iga.queries.core.home import ours_among
from iga.queries.core.promised import Standing, standing
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, conflicts, is_verbatim, refs
from iga.queries.core.reads import CHANNELS_OF
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Properties, scope_of
from iga.queries.core.session import Session

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
    promises: Sequence[OpenPromise]
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
        *(_promise(promise, portfolio, day) for promise in portfolio.promises),
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
        promises_with(session, [*theirs, *mine], day=day),
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


def _promise(promise: OpenPromise, portfolio: _Portfolio, day: str) -> SourcedRow[HandoverRow]:
    """Return a promise, which way it goes and whether it is overdue."""
    edge, stands = promise.edge, standing(promise.edge.values, day=day)
    others = promise.makers if promise.direction == "they owe us" else promise.owed_to
    who = others[0].other if others else None
    return _row(
        "promise",
        (portfolio.party_of({who.id}) or who) if who else None,
        edge.values,
        *(end.properties for end in (*promise.makers, *promise.owed_to)),
        conflicts=conflicts(edge.values),
        when=edge.values.get("due_on"),
        **named("what", edge),
        direction=promise.direction,
        words=edge.values.get("words") or edge.name,
        is_verbatim=is_verbatim(edge.values, "words"),
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
    ways = Counter(promise.direction for promise in portfolio.promises)
    counts = {
        id_: len(rows.where(stands=stands)) for id_, stands in {"late": "overdue", "unknown": "not known"}.items()
    }
    yield _of(rows, "promises", "promise", to_us=ways["they owe us"], by_us=ways["we owe them"], **counts)
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
