"""What the graph holds on how a party is reached: its posts, holders and channels, and our own offices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from queries.answer import Subject
from queries.asking import Asking
from queries.days import Passed, held_on
from queries.holders import NO_POST, Holder, holder_of
from queries.reading import FullTie, OfIds, Tie, by_name, grouped
from queries.reads import (
    BODIES_OF_GOVERNMENT,
    BODIES_OF_POSTS,
    CHANNELS_OF,
    COVERED_BY,
    HOLDERS_OF,
    OWNED_BY,
    PARTS_OF,
    POSTS_HELD_BY,
    POSTS_IN,
    WHOLES_OF,
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
    routes: Mapping[str, list[FullTie]]


def reach_of(asking: Asking, party: Subject, *, day: str) -> Reach:
    """Return everything held on how a party is reached on a day."""
    offices = _offices(asking, party, day)
    posts = _posts(asking, party, offices, day)
    terms = grouped(asking.read(HOLDERS_OF, OfIds(ids=tuple(dict.fromkeys(tie.id for tie in posts)))))
    holders = {tie.id: holder_of(tie.values, terms.get(tie.id, ()), day=day) for tie in posts}
    parents = _living(asking.read(WHOLES_OF, OfIds(ids=(party.id,))), day) if party.cls != "Person" else []
    channels = _channels(
        asking, [*offices, *holders, *_people(holders.values()), *(tie.id for tie in parents)], day
    )
    candidates = [
        *_of_posts(posts, offices, holders, channels, day),
        *_of_bodies("office mailbox", offices.values(), channels, day),
        *_of_bodies(
            "parent body", [Office(tie.other, -1, tie.values, (tie.tie,)) for tie in parents], channels, day
        ),
        *_of_owners(asking, offices, day),
    ]
    covered = OfIds(ids=tuple(dict.fromkeys([*offices, *(tie.id for tie in parents)])))
    routes = grouped(_living(asking.read(COVERED_BY, covered), day))
    return Reach(party, tuple(candidates), routes)


def _living(ties: Iterable[FullTie], day: str) -> list[FullTie]:
    return [tie for tie in ties if tie.held(day) != "no"]


def _offices(asking: Asking, party: Subject, day: str) -> dict[str, Office]:
    """Return the party, its parts and, for a government, its public bodies, by id."""
    offices = {party.id: Office(party, 0, {})}
    if party.cls == "Person":
        return offices
    if party.cls == "Government":
        for found in asking.read(BODIES_OF_GOVERNMENT, OfIds(ids=(party.id,))):
            body = Subject(id=found.id, cls=found.cls, name=found.name)
            offices[found.id] = Office(body, 1, found.values, (found.values,))
    newest = tuple(offices)
    for depth in range(1, _LEVELS + 1):
        parts = _living(asking.read(PARTS_OF, OfIds(ids=newest)), day)
        fresh = {tie.id: tie for tie in parts if tie.id not in offices and tie.cls != "Engagement"}
        for tie in fresh.values():
            ties = (*offices[tie.subject].ties, tie.tie)
            offices[tie.id] = Office(tie.other, offices[tie.subject].depth + 1, tie.values, ties)
        if not fresh or depth == _LEVELS:
            break
        newest = tuple(fresh)
    return offices


def _posts(asking: Asking, party: Subject, offices: dict[str, Office], day: str) -> list[FullTie]:
    """Return the posts of all offices as ties from the office; of a person, the posts held."""
    if party.cls != "Person":
        return _living(asking.read(POSTS_IN, OfIds(ids=tuple(offices))), day)
    held = _living(asking.read(POSTS_HELD_BY, OfIds(ids=(party.id,))), day)
    bodies = grouped(asking.read(BODIES_OF_POSTS, OfIds(ids=tuple(tie.id for tie in held))))
    for tie in held:
        for body in bodies.get(tie.id, ()):
            offices.setdefault(body.id, Office(body.other, 1, {}))
    return [
        tie.model_copy(update={"subject": bodies[tie.id][0].id if tie.id in bodies else party.id})
        for tie in held
    ]


def _people(holders: Iterable[Holder]) -> list[str]:
    return [holder.person.id for holder in holders if holder.person and holder.holding != "vacant"]


def _channels(asking: Asking, owners: Iterable[str], day: str) -> dict[str, list[FullTie]]:
    ids = OfIds(ids=tuple(dict.fromkeys(owners)))
    return grouped(by_name(_living(asking.read(CHANNELS_OF, ids), day)))


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


def _of_owners(asking: Asking, offices: Mapping[str, Office], day: str) -> Iterable[Candidate]:
    ties: list[Tie] = [
        tie for tie in asking.read(OWNED_BY, OfIds(ids=tuple(offices))) if tie.held(day) != "no"
    ]
    for tie in ties:
        owner = Office(tie.other, offices[tie.subject].depth, tie.tie, (tie.tie,))
        yield Candidate("our owner", owner, {}, NO_POST, {}, tie.held(day), (tie.tie,))
