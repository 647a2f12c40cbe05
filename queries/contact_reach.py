"""What the graph holds on how a party is reached: its posts, holders and channels, and our own offices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from queries.answer import Subject
from queries.asking import Asking
from queries.days import Passed, held_on
from queries.holders import NO_POST, Holder, holder_of
from queries.reading import FullTie, OfIds, by_name, grouped
from queries.reads import (
    BODIES_AROUND,
    BODIES_OF_GOVERNMENT,
    BODIES_OF_POSTS,
    CHANNELS_OF,
    HOLDERS_OF,
    OUR_OFFICES_FOR,
    POSTS_HELD_BY,
    POSTS_IN,
    Around,
    OnDay,
    Ours,
)

Place = Literal["post", "office mailbox", "parent body", "our owner", "nothing"]
Properties: TypeAlias = Mapping[str, Any]

# A post may sit in an office of an office of the body that was asked for, hardly deeper.
_LEVELS = 2


@dataclass(frozen=True)
class Office:
    """A body in which posts and mailboxes of the party are looked for.

    Attributes:
        body: The body.
        depth: Steps from the party asked for down to it.
        values: Properties of the body where they were read; empty for the party itself.
        ties: Properties of what leads there.
    """

    body: Subject
    depth: int
    values: Properties
    ties: tuple[Properties, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One way to reach a party.

    Attributes:
        place: Step of the fallback chain.
        office: The body that the post or channel belongs to; for our owner, the owner.
        post: Properties of the post; empty for a body's own channel.
        holder: Who holds the post.
        channel: Properties of the channel; empty if none is held.
        held: Whether the channel or the holder stands on the day.
        sources: Properties of everything it rests on.
    """

    place: Place
    office: Office
    post: Properties
    holder: Holder
    channel: Properties
    held: Passed
    sources: tuple[Properties, ...]


@dataclass(frozen=True)
class Reach:
    """Everything held on how one party is reached on the day.

    Attributes:
        party: Whom to reach.
        candidates: In no order.
        routes: Our offices that deal with the party or one of its bodies, by the id of that body.
    """

    party: Subject
    candidates: tuple[Candidate, ...]
    routes: Mapping[str, list[Ours]]


def reach_of(asking: Asking, party: Subject, *, day: str) -> Reach:
    """Return everything held on how a party is reached on a day."""
    offices, parents = _offices(asking, party, day)
    posts = _posts(asking, party, offices, day)
    terms = grouped(asking.read(HOLDERS_OF, OnDay(ids=_once(tie.id for tie in posts), day=day)))
    holders = {tie.id: holder_of(tie.values, terms.get(tie.id, ()), day=day) for tie in posts}
    owners = _once([*offices, *holders, *_people(holders.values()), *(tie.id for tie in parents)])
    channels = grouped(by_name(asking.read(CHANNELS_OF, OnDay(ids=owners, day=day))))
    ours = asking.read(OUR_OFFICES_FOR, OnDay(ids=_once([*offices, *(tie.id for tie in parents)]), day=day))
    above = [Office(tie.other, -1, tie.values, (tie.tie,)) for tie in parents]
    candidates = [
        *_of_posts(posts, offices, holders, channels, day),
        *_of_bodies("office mailbox", offices.values(), channels, day),
        *_of_bodies("parent body", above, channels, day),
        *_of_owners(ours, offices, day),
    ]
    return Reach(party, tuple(candidates), grouped(tie for tie in ours if tie.type == "COVERS"))


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _offices(asking: Asking, party: Subject, day: str) -> tuple[dict[str, Office], list[Around]]:
    """Return the party, its parts and, for a government, its public bodies, by id; and what the party is part of."""
    offices = {party.id: Office(party, 0, {})}
    if party.cls == "Person":
        return offices, []
    if party.cls == "Government":
        for found in asking.read(BODIES_OF_GOVERNMENT, OfIds(ids=(party.id,))):
            body = Subject(id=found.id, cls=found.cls, name=found.name)
            offices[found.id] = Office(body, 1, found.values, (found.values,))
    around = asking.read(BODIES_AROUND, OnDay(ids=tuple(offices), day=day))
    parents = [tie for tie in around if tie.subject == party.id and tie.part == party.id]
    for _ in range(_LEVELS - 1):
        if fresh := _add_parts(offices, around):
            around = asking.read(BODIES_AROUND, OnDay(ids=fresh, day=day))
    _add_parts(offices, around)
    return offices, parents


def _add_parts(offices: dict[str, Office], around: Iterable[Around]) -> tuple[str, ...]:
    """Add the parts that are not among the offices yet; return their ids."""
    fresh = {tie.id: tie for tie in around if tie.part == tie.id and tie.id not in offices}
    for tie in fresh.values():
        whole = offices[tie.subject]
        offices[tie.id] = Office(tie.other, whole.depth + 1, tie.values, (*whole.ties, tie.tie))
    return tuple(fresh)


def _posts(asking: Asking, party: Subject, offices: dict[str, Office], day: str) -> list[FullTie]:
    """Return the posts of all offices as ties from the office; of a person, the posts held."""
    if party.cls != "Person":
        return asking.read(POSTS_IN, OnDay(ids=tuple(offices), day=day))
    terms = asking.read(POSTS_HELD_BY, OfIds(ids=(party.id,)))
    held = [tie for tie in terms if tie.held(day) != "no"]
    bodies = grouped(asking.read(BODIES_OF_POSTS, OfIds(ids=tuple(tie.id for tie in held))))
    for tie in held:
        for body in bodies.get(tie.id, ()):
            offices.setdefault(body.id, Office(body.other, 1, {}))
    return [tie.model_copy(update={"subject": bodies[tie.id][0].id if tie.id in bodies else party.id}) for tie in held]


def _people(holders: Iterable[Holder]) -> list[str]:
    return [holder.person.id for holder in holders if holder.person and holder.holding != "vacant"]


def _of_posts(
    posts: Sequence[FullTie],
    offices: Mapping[str, Office],
    holders: Mapping[str, Holder],
    channels: Mapping[str, list[FullTie]],
    day: str,
) -> Iterable[Candidate]:
    for tie in posts:
        holder, office = holders[tie.id], offices[tie.subject]
        sources = (tie.values, tie.tie, *holder.sources, *office.ties)
        reached = [
            *channels.get(tie.id, ()),
            *(c for person in _people([holder]) for c in channels.get(person, ())),
        ]
        for channel in reached:
            held: Passed = "yes" if "yes" in (holder.held, held_on(channel.tie, day=day)) else "unknown"
            said = (channel.values, channel.tie, *sources)
            yield Candidate("post", office, tie.values, holder, channel.values, held, said)
        if not reached:
            yield Candidate("post", office, tie.values, holder, {}, holder.held, sources)


def _of_bodies(
    place: Place, offices: Iterable[Office], channels: Mapping[str, list[FullTie]], day: str
) -> Iterable[Candidate]:
    for office in offices:
        for channel in channels.get(office.body.id, ()):
            held = held_on(channel.tie, day=day)
            yield Candidate(
                place, office, {}, NO_POST, channel.values, held, (channel.values, channel.tie, *office.ties)
            )


def _of_owners(ours: Iterable[Ours], offices: Mapping[str, Office], day: str) -> Iterable[Candidate]:
    for tie in ours:
        if tie.type == "OWNS_RELATIONSHIP" and tie.subject in offices:
            owner = Office(tie.other, offices[tie.subject].depth, tie.tie, (tie.tie,))
            yield Candidate("our owner", owner, {}, NO_POST, {}, tie.held(day), (tie.tie,))
