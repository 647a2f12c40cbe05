"""Which channels to check next: what depends on them, times how long nobody looked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iga.graph.text import folded
from iga.queries.contacts.channel_checks import Age, age_of, whose_is
from iga.queries.contacts.importance import ONLY, Weight, circles_of, weights
from iga.queries.core.answer import Subject
from iga.queries.core.fitness import ChannelCheck, ChannelState, check_of
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import FullEdgeRow
from iga.queries.core.scope import Edges, Properties
from iga.queries.core.session import Session


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
