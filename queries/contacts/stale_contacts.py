"""The work queue of contacts to check: importance times staleness, each explained."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from iga.graph.query import Query
from iga.graph.text import folded
from iga.queries.contacts.rank import disagreements, topic_match
from iga.queries.core.agenda import DAYS_AHEAD, is_ahead
from iga.queries.core.answer import PartyRow, SourcedRow, Subject, Total
from iga.queries.core.channels import Age, ChannelCheck, ChannelState, age_of, check_of, unusable_because, whose_is
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, option, sourced
from iga.queries.core.compiled import Everything, OfIdsInStretch
from iga.queries.core.days import held_on
from iga.queries.core.home import owned_edges
from iga.queries.core.periods import days_after
from iga.queries.core.printed_names import entities
from iga.queries.core.promises import is_unsettled
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, grouped, refs
from iga.queries.core.reads import (
    AGREEMENTS_OF,
    BODIES_OF_POSTS,
    CHANNELS_OF,
    ENGAGEMENTS_WITHIN,
    OUR_SIDE_OF,
    POSTS_HELD_BY,
    PROMISES_OF,
    WHOLES_OF,
    OurEdgeRow,
)
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, Properties, scope_of
from iga.queries.core.session import Session

# Points, ours and not measured (docs/decisions/0030): a meeting that is near and a relationship somebody answers for
# weigh most; a promise or a compact needs an address that works, though not tomorrow.
BASE, OWNED, MEETING, PROMISE, COMPACT, ONLY = 1, 3, 3, 2, 2, 2

# A channel's post sits in an office of an office of the body whose relationship is owned, hardly deeper.
_LEVELS = 2


@dataclass
class Weight:
    """What depends on a channel, in points, and each reason with what a sentence on it is made from."""

    points: int = BASE
    because: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    sources: list[Mapping[str, Any]] = field(default_factory=list)

    def add(self, points: int, reason: str, *sources: Mapping[str, Any], **values: Any) -> None:
        """Add a reason with its points."""
        self.points += points
        self.because.append((reason, values))
        self.sources += sources


@dataclass(frozen=True)
class Circles:
    """For each thing that a channel reaches: itself, its post, body, what that is part of, and its government."""

    of: Mapping[str, Sequence[str]]
    body: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids of all circles."""
        return tuple(sorted({member for circle in self.of.values() for member in circle}))


def circles_of(edges: Edges, reached: Mapping[str, Entity]) -> Circles:
    """Return the circle of each thing reached; our own government is in none, for everything of ours belongs to it."""
    people = edges.of(POSTS_HELD_BY, (id_ for id_, it in reached.items() if it.cls == "Person"))
    posts = [id_ for id_, it in reached.items() if it.cls == "Post"]
    bodies = edges.of(BODIES_OF_POSTS, [*posts, *(edge.id for held in people.values() for edge in held)])
    inner: dict[str, list[str]] = {}
    nearest: dict[str, str] = {}
    for id_ in reached:
        held = [edge.id for edge in people.get(id_, ())]
        places = [body.id for post in (id_, *held) for body in bodies.get(post, ())]
        inner[id_], nearest[id_] = [id_, *held, *places], next(iter(places), id_)
    wholes: dict[str, list[FullEdgeRow]] = {}
    outermost = sorted({member for circle in inner.values() for member in circle})
    for _ in range(_LEVELS):
        wholes |= edges.of(WHOLES_OF, outermost)
        outermost = sorted({edge.id for id_ in outermost for edge in wholes.get(id_, ())} - wholes.keys())
    circles = {id_: _circle(circle, wholes) for id_, circle in inner.items()}
    known = entities(edges.session, {member for circle in circles.values() for member in circle})
    ours = edges.session.home.government
    for id_, circle in circles.items():
        above = [known[member].values.get("government") for member in circle if member in known]
        circles[id_] = [member for member in dict.fromkeys([*circle, *above]) if member and member != ours]
    return Circles(circles, nearest)


def _circle(inner: list[str], wholes: Mapping[str, list[FullEdgeRow]]) -> list[str]:
    members, outermost = dict.fromkeys(inner), inner
    for _ in range(_LEVELS):
        outermost = [edge.id for id_ in outermost for edge in wholes.get(id_, ())]
        members |= dict.fromkeys(outermost)
    return list(members)


def weights(session: Session, circles: Circles, *, day: str) -> dict[str, Weight]:
    """Return what depends on each thing reached, by its id; that it is the only channel is added by the caller."""
    edges, ids, until = Edges(session, day), circles.ids, days_after(day, DAYS_AHEAD)
    owned = grouped(edge for edge in edges.every(OUR_SIDE_OF, ids) if edge.type == "OWNS_RELATIONSHIP")
    of_ids = OfIds(ids=ids)
    promises = grouped(edge for edge in session.read(PROMISES_OF, of_ids) if is_unsettled(edge.values, day=day))
    engagements = session.read(ENGAGEMENTS_WITHIN, OfIdsInStretch(ids=ids, since=day, until=until))
    meetings = grouped(edge for edge in engagements if is_ahead(edge, since=day, until=until))
    compacts = grouped(
        edge
        for edge in session.read(AGREEMENTS_OF, of_ids)
        if edge.cls == "ChildProtectionCompact" and held_on(edge.values, day=day) != "no"
    )
    by_thing: dict[str, Weight] = {}
    for id_, circle in circles.of.items():
        weight = by_thing[id_] = Weight()
        _owned(weight, [edge for member in circle for edge in owned.get(member, ())])
        _depends(weight, MEETING, "planned", (edge for member in circle for edge in meetings.get(member, ())))
        _depends(weight, PROMISE, "promised", (edge for member in circle for edge in promises.get(member, ())))
        _depends(weight, COMPACT, "compact", (edge for member in circle for edge in compacts.get(member, ())))
    return by_thing


def _owned(weight: Weight, edges: list[OurEdgeRow]) -> None:
    """Add the owners: the first before the second, a post before an office, then by name."""
    if edges:
        first = sorted(
            edges, key=lambda it: (it.properties.get("standing") == "backup", it.cls != "Post", it.name, it.id)
        )
        weight.owners |= {edge.id: edge.name for edge in first}
        weight.add(OWNED, "owned", *(edge.properties for edge in edges), owners=list(weight.owners.values()))


def _depends(weight: Weight, points: int, reason: str, edges: Iterable[FullEdgeRow]) -> None:
    things = {edge.id: edge for edge in edges}
    if things:
        sources = [source for edge in things.values() for source in (edge.values, edge.properties)]
        named = [{"name": things[id_].name, "on": things[id_].values.get("period_start")} for id_ in sorted(things)]
        weight.add(points, reason, *sources, things=named)


@dataclass(frozen=True)
class Due:
    """A channel with what depends on it and how stale it is.

    Attributes:
        channel: The channel, reached from whom the row is about.
        reached: Whom it reaches: a post, a person or a body.
        body: The body that belongs to; the same as `reached` if that is one.
        age: How old what is known of it is.
        check: When it was last checked or seen, and whether it may be used.
        topics: Portfolio of whom it reaches, as far as stated.
    """

    channel: FullEdgeRow
    reached: Subject
    body: Subject
    age: Age
    check: ChannelCheck
    weight: Weight
    topics: tuple[str, ...] = ()

    @property
    def state(self) -> ChannelState:
        """Whether it is to be checked, bounced, or must not be used."""
        return self.check.state

    @property
    def address(self) -> str:
        """The address itself, or what it is called."""
        return str(self.channel.values.get("channel_value") or self.channel.name)

    @property
    def score(self) -> int:
        """Importance times staleness in per cent; nothing for what must not be used, which needs no check."""
        return 0 if self.state == "do not use" else self.weight.points * self.age.staleness

    @property
    def is_past_half_life(self) -> bool:
        """Whether more than a half-life went by since anybody looked, or it bounced."""
        return self.age.staleness >= 50  # per cent: one half-life

    @property
    def sources(self) -> tuple[Properties, ...]:
        """Properties of everything it rests on."""
        return (self.channel.values, self.channel.properties, *self.weight.sources)


def queue_of(session: Session, channels: Iterable[FullEdgeRow], *, day: str) -> list[Due]:
    """Return channels in the order in which to check them: highest score first, then by name and id."""
    once: dict[str, FullEdgeRow] = {}
    for edge in channels:
        if edge.held(day) != "no":
            once.setdefault(edge.id, edge)
    reached = entities(session, (edge.subject for edge in once.values()))
    circles = circles_of(Edges(session, day), reached)
    known = reached | entities(session, set(circles.body.values()) - reached.keys())
    depending = weights(session, circles, day=day)
    checks = {id_: check_of(edge.values, day) for id_, edge in once.items() if edge.subject in reached}
    # How many channels of a body may be used.
    usable = Counter(circles.body[once[id_].subject] for id_, check in checks.items() if check.state == "to check")
    due = []
    for id_, check in checks.items():
        edge, at, base = once[id_], reached[once[id_].subject], depending[once[id_].subject]
        body = known[circles.body[at.id]].subject
        weight = Weight(base.points, list(base.because), base.owners, base.sources)
        if usable[body.id] == 1 and check.state == "to check":
            weight.add(ONLY, "only")
        elif usable[body.id] == 0:
            weight.add(ONLY, "no-other")
        whose, topics = whose_is(edge.values, at.cls), tuple(at.values.get("topics") or ())
        age = age_of(edge.values, whose=whose, day=day, is_dead=check.state == "bounced")
        due.append(Due(edge, at.subject, body, age, check, weight, topics))
    return sorted(due, key=lambda it: (-it.score, folded(it.body.name), folded(it.reached.name), it.channel.id))


def by_state(queue: Sequence[Due], state: ChannelState) -> list[Due]:
    """Return the channels of a queue that stand so, in its order."""
    return [due for due in queue if due.state == state]


CHANNELS_HELD = Query("iga.queries.contacts", "channels_held", Everything, FullEdgeRow)

# What an officer can check in a morning; the rest is counted.
_LISTED = 25
# So many are named in sentences.
_SENTENCE = 3


class StaleContactsParams(Params):
    """What `stale-contacts` is asked with."""

    party: str | None = option("Only channels of this party, its offices, posts and their holders.", "OSCE")
    owner: str | None = option(
        "Only channels of parties whose relationship this post or office of ours owns.", "Intergovernmental Affairs"
    )
    topic: str | None = option("Only channels and posts on this topic.", "THB")
    limit: int = Field(default=_LISTED, ge=1, le=1_000, description="The most rows to list.", examples=["10"])


class StaleRow(PartyRow):
    """One channel to check; the party is the body that it belongs to."""

    score: int = Field(description="Importance times staleness: the queue goes by it.")
    importance: int = Field(description="Points for what depends on the channel.")
    staleness: int = Field(description="In per cent: 0 checked that day, 50 after one half-life, 100 bounced or never.")
    channel: str = Field(description="Id of the channel.")
    channel_kind: str | None = column("E-mail, phone, website, address …")
    channel_value: str | None = column("The address itself.")
    reaches: str = Field(description="Id of the post, person or body that it reaches.")
    reaches_name: str = Field(description="Name of that post, person or body.")
    state: ChannelState = Field(description="To check, bounced, or not to be used.")
    freshness: str = Field(description="When it was last checked or seen, or why it must not be used.")
    age_days: int | None = column("Days since then; null is never.")
    half_life_days: int = Field(description="Days after which half of such channels are taken to have gone dead.")
    because: tuple[str, ...] = column("What depends on it, in words.", ())
    owners: tuple[str, ...] = column("Who of ours owns the relationship.", ())


def stale_contacts(request: Request[StaleContactsParams]) -> Result[StaleRow]:
    """List channels in the order in which to check them; what must not be used comes last and is not to be checked."""
    topic, limit = request.topic, request.params.limit
    queue = everything = queue_of(request.session, _channels(request), day=request.day)
    if topic:
        asked = ("exact", "broader", "narrower")
        queue = [due for due in everything if topic_match(topic, _topics(due)) in asked]
    unsaid = sum(not _topics(due) for due in everything) if topic else 0
    shown = queue[:limit]
    shown += [due for due in by_state(queue, "do not use") if due not in shown][:limit]
    rows, total = Rows.of(map(_row, shown)), Total(value=len(queue))
    return Result.of(_clauses(request, queue), rows, _caveats(queue, len(shown), unsaid), total=total)


def _channels(request: Request[StaleContactsParams]) -> list[FullEdgeRow]:
    """Return the channels of a party with what belongs to it, and of the parties whose relationship an owner owns."""
    session, day = request.session, request.day
    party, owner = request.maybe("party"), request.maybe("owner")
    inside = set(scope_of(session, party, day=day).ids) if party else None
    if owner:  # also by the posts of that office
        owners = (owner.id, *(post.id for post in scope_of(session, owner, day=day).posts))
        parties = [edge.other for edge in owned_edges(session, owners, day=day)]
        owned = {id_ for it in parties for id_ in scope_of(session, it, day=day).ids}
        inside = owned if inside is None else inside & owned
    if inside is None:
        return session.read(CHANNELS_HELD, Everything())
    return session.read(CHANNELS_OF, OfIds(ids=tuple(sorted(inside)))) if inside else []


def _topics(due: Due) -> tuple[str, ...]:
    return tuple(due.channel.values.get("topics") or due.topics)


def _row(due: Due) -> SourcedRow[StaleRow]:
    channel, body = due.channel.values, due.body
    because = [worded(__package__, "stale_contacts", f"because-{why}", values) for why, values in due.weight.because]
    known = due.check.unusable_because or due.check.freshness
    return sourced(
        StaleRow,
        channel,
        due.channel.properties,
        about=body,
        dated_by=due.weight.sources,
        conflicts=disagreements(channel),
        score=due.score,
        importance=due.weight.points,
        staleness=due.age.staleness,
        channel=due.channel.id,
        channel_kind=channel.get("channel_kind"),
        channel_value=channel.get("channel_value"),
        reaches=due.reached,
        state=due.state,
        freshness="; ".join(dict.fromkeys(filter(None, (unusable_because(channel, due.check), known)))),
        age_days=due.age.days,
        half_life_days=due.age.half_life,
        because=tuple(because) or ("what depends on it is not on file",),
        owners=tuple(due.weight.owners.values()),
    )


def _clauses(request: Request[StaleContactsParams], queue: Sequence[Due]) -> Iterator[SourcedClause]:
    """Say what to check first, then what bounced and what must not be used, and how many nobody checked for long."""
    party, owner = request.maybe("party"), request.maybe("owner")
    whose = {"party": party.name if party else "", "owner": owner.name if owner else ""}
    urgent = [due for due in queue if due.score][: min(_SENTENCE, request.params.limit)]
    if urgent:
        yield _of(urgent[:1], "headline", **_said(urgent[0]))
    if more := urgent[1:]:
        yield _of(more, "then", channels=[_said(due) for due in more])
    old = [due for due in queue if due.is_past_half_life and due.state == "to check"]
    yield clause("unchecked", channels=len(queue), old=len(old), **whose)
    if bounced := [due for due in by_state(queue, "bounced") if due not in urgent]:
        yield _of(bounced, "bounced", addresses=[due.address for due in bounced])
    if forbidden := by_state(queue, "do not use"):
        yield _of(forbidden, "forbidden", channels=[_said(due) for due in forbidden])


def _of(queue: Sequence[Due], name: str, **values: Any) -> SourcedClause:
    return resting_on([refs(due.channel.values, due.channel.properties) for due in queue], name, **values)


def _said(due: Due) -> dict[str, Any]:
    return {"address": due.address, "reached": due.reached.name, **due.check.values}


def _caveats(queue: Sequence[Due], shown: int, unsaid: int) -> Iterator[UnwordedCaveat]:
    if queue:
        yield caveat("uncertain", "rule-of-thumb")
    if len(queue) > shown:
        yield caveat("partial", "more-channels", clause="unchecked", more=len(queue) - shown)
    if unsaid:
        yield caveat("partial", "no-topic", clause="unchecked", number=unsaid)


STALE_CONTACTS = Question.of(
    stale_contacts,
    title="Which contacts should be checked next, and why these?",
    names={"party": ("Party", "Post"), "owner": ("Post", "PublicBody")},
    example={"party": "OSCE"},
    columns=("score", "name", "reaches_name", "channel_value", "state", "freshness", "because", "owners", "evidence"),
    maturity="trial",
)
