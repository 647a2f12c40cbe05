"""Which channels to check next: what depends on them, times how long nobody looked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.text import folded
from queries.contacts.channel_checks import Age, ChannelCheck, ChannelState, age_of, check_of, whose_is
from queries.contacts.importance import ONLY, Circles, Weight, circles_of, weights
from queries.core.answer import Subject
from queries.core.reading import Entity, FullEdgeRow, OfIds
from queries.core.reads import ENTITIES_BY_ID
from queries.core.scope import Edges, Properties
from queries.core.session import Session


@dataclass(frozen=True)
class Due:
    """A channel with what depends on it and how stale it is.

    Attributes:
        channel: The channel, reached from whom the row is about.
        reached: Whom it reaches: a post, a person or a body.
        body: The body that belongs to; the same as `reached` if that is one.
        age: How old what is known of it is.
        check: When it was last checked or seen, and whether it may be used.
        weight: What depends on it.
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
    def why_unusable(self) -> str | None:
        """Why it must not be used, if so."""
        return self.check.unusable_because

    @property
    def freshness(self) -> str:
        """When it was last checked or seen, in words."""
        return self.check.freshness

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
    ids = tuple(dict.fromkeys(edge.subject for edge in once.values()))
    reached = {each.id: each for each in session.read(ENTITIES_BY_ID, OfIds(ids=ids))} if ids else {}
    circles = circles_of(Edges(session, day), reached)
    known = _named(session, reached, circles)
    found = weights(session, circles, day=day)
    usable = _usable_by_body(once.values(), circles, day)
    due = [
        replace(_due(edge, known, circles, found, usable, day), topics=_topics(reached[edge.subject]))
        for edge in once.values()
        if edge.subject in known
    ]
    return sorted(
        due, key=lambda each: (-each.score, folded(each.body.name), folded(each.reached.name), each.channel.id)
    )


def _topics(reached: Entity) -> tuple[str, ...]:
    return tuple(reached.values.get("topics") or ())


def _named(session: Session, reached: Mapping[str, Entity], circles: Circles) -> dict[str, Subject]:
    bodies = OfIds(ids=tuple(sorted(set(circles.body.values()) - reached.keys())))
    more = session.read(ENTITIES_BY_ID, bodies) if bodies.ids else []
    return {each.id: each.subject for each in (*reached.values(), *more)}


def _usable_by_body(channels: Iterable[FullEdgeRow], circles: Circles, day: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for edge in channels:
        if edge.subject in circles.body and check_of(edge.values, day).state == "to check":
            body = circles.body[edge.subject]
            found[body] = found.get(body, 0) + 1
    return found


def _due(
    edge: FullEdgeRow,
    known: Mapping[str, Subject],
    circles: Circles,
    found: Mapping[str, Weight],
    usable: Mapping[str, int],
    day: str,
) -> Due:
    reached, body = known[edge.subject], known[circles.body[edge.subject]]
    check, base = check_of(edge.values, day), found[edge.subject]
    weight = Weight(base.points, list(base.because), base.owners, base.sources)
    if usable.get(body.id, 0) == 1 and check.state == "to check":
        weight.add(ONLY, "only")
    elif usable.get(body.id, 0) == 0:
        weight.add(ONLY, "no-other")
    age = age_of(edge.values, whose=whose_is(edge.values, reached.cls), day=day, is_dead=check.state == "bounced")
    return Due(edge, reached, body, age, check, weight)


def by_state(queue: Sequence[Due], state: ChannelState) -> list[Due]:
    """Return the channels of a queue that stand so, in its order."""
    return [each for each in queue if each.state == state]
