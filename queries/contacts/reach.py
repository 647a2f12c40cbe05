"""What the graph holds on how a party is reached: its posts, holders and channels, and our own offices."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from graph.query import Query
from queries.answer import Subject
from queries.asking import Asking
from queries.contacts.holders import NO_POST, Holder, holder_of
from queries.contacts.reads import POSTS_HELD_BY, WHOLES_OF
from queries.days import Passed
from queries.reading import FullTie, OfIds, T, grouped
from queries.reads import (
    BODIES_OF_GOVERNMENT,
    BODIES_OF_POSTS,
    CHANNELS_OF,
    ENTITIES_BY_ID,
    HOLDERS_OF,
    OUR_SIDE_OF,
    PARTS_BELOW,
    POSTS_IN,
    OursTie,
)

Place = Literal["post", "office mailbox", "parent body", "our owner", "nothing"]
Properties: TypeAlias = Mapping[str, Any]
Channels: TypeAlias = Mapping[str, Sequence[FullTie]]

# A post may sit in an office of an office of the body that was asked for, hardly deeper; `PARTS_BELOW` reads as far.
_LEVELS = 2


@dataclass(frozen=True)
class Office:
    """A body in which posts and mailboxes of the party are looked for.

    Attributes:
        body: The body.
        depth: Steps from the party asked for down to it.
        values: Properties of the body; for our owner, of the tie that makes it one.
        ties: Properties of what leads there.
    """

    body: Subject
    depth: int
    values: Properties
    ties: tuple[Properties, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One way to reach a party: a post or an office.

    Attributes:
        place: Step of the fallback chain.
        office: The body that the post or the channels belong to; for our owner, the owner.
        post: Properties of the post; empty for a body's own channels.
        holder: Who holds the post.
        channels: The channels that may stand on the day; empty if none is held.
        held: Whether what leads there stands on the day; None where the best channel says so.
        sources: Properties of everything it rests on, channels aside.
        is_backup: Whether it is a second owner on our side.
    """

    place: Place
    office: Office
    post: Properties
    holder: Holder
    channels: Sequence[FullTie]
    held: Passed | None
    sources: tuple[Properties, ...]
    is_backup: bool = False


@dataclass(frozen=True)
class Reach:
    """Everything held on how one party is reached on the day.

    Attributes:
        party: Whom to reach.
        candidates: In no order.
        routes: Our offices that deal with the party, one of its bodies or what it is part of, by the id of that body.
    """

    party: Subject
    candidates: tuple[Candidate, ...]
    routes: Mapping[str, list[OursTie]]


@dataclass(frozen=True)
class _Ties:
    """Reads ties that may hold on the day."""

    asking: Asking
    day: str

    def of(self, query: Query[OfIds, T], ids: Iterable[str]) -> dict[str, list[T]]:
        """Return the ties of these ends by end, leaving out what is known not to hold on the day."""
        wanted = tuple(dict.fromkeys(ids))
        read = self.asking.read(query, OfIds(ids=wanted)) if wanted else []
        return grouped(tie for tie in read if tie.held(self.day) != "no")


def reach_of(asking: Asking, party: Subject, *, day: str) -> Reach:
    """Return everything held on how a party is reached on a day."""
    ties = _Ties(asking, day)
    offices, posts = _at_person(ties, party) if party.cls == "Person" else _at_body(ties, party)
    wholes = [_whole(tie) for tie in ties.of(WHOLES_OF, [party.id]).get(party.id, ())]
    whole_ids = [whole.body.id for whole in wholes]
    ours = ties.of(OUR_SIDE_OF, [*offices, *whole_ids])
    owners = _owners(offices, ours)
    held = [tie for tie in (*posts, *(tie for _, tie in owners)) if tie.cls == "Post"]
    terms = ties.of(HOLDERS_OF, (tie.id for tie in held))
    holders = {tie.id: holder_of(tie.values, terms.get(tie.id, ()), day=day) for tie in held}
    owner_ids = [tie.id for _, tie in owners]
    channels = ties.of(CHANNELS_OF, [*offices, *whole_ids, *holders, *owner_ids, *_people(holders.values())])
    candidates = (
        *_of_posts(posts, offices, holders, channels),
        *_of_bodies("office mailbox", offices.values(), channels),
        *_of_bodies("parent body", wholes, channels),
        *_of_owners(owners, holders, channels, day=day),
    )
    routes = {body: covers for body, found in ours.items() if (covers := [t for t in found if t.type == "COVERS"])}
    return Reach(party, candidates, routes)


def _whole(tie: FullTie) -> Office:
    return Office(tie.other, -1, tie.values, (tie.tie,))


def _at_body(ties: _Ties, party: Subject) -> tuple[dict[str, Office], list[FullTie]]:
    """Return the party, its parts and, for a government, its public bodies, by id; and all their posts."""
    [own] = ties.asking.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
    offices = {party.id: Office(party, 0, own.values)}
    if party.cls == "Government":
        for found in ties.asking.read(BODIES_OF_GOVERNMENT, OfIds(ids=(party.id,))):
            body = Subject(id=found.id, cls=found.cls, name=found.name)
            offices[found.id] = Office(body, 1, found.values, (found.values,))
    parts = ties.of(PARTS_BELOW, offices)
    outermost = list(offices)
    for _ in range(_LEVELS):
        outermost = [part for whole in outermost for part in _add_parts(offices, whole, parts)]
    posts = ties.of(POSTS_IN, offices)
    return offices, [tie for office in offices for tie in posts.get(office, ())]


def _add_parts(offices: dict[str, Office], whole: str, parts: Mapping[str, list[FullTie]]) -> list[str]:
    """Add the parts of an office that are not among the offices yet; return their ids."""
    fresh = [tie for tie in parts.get(whole, ()) if tie.id not in offices]
    above = offices[whole]
    for tie in fresh:
        offices[tie.id] = Office(tie.other, above.depth + 1, tie.values, (*above.ties, tie.tie))
    return [tie.id for tie in fresh]


def _at_person(ties: _Ties, person: Subject) -> tuple[dict[str, Office], list[FullTie]]:
    """Return a person and the bodies of the posts held, by id; and these posts."""
    offices = {person.id: Office(person, 0, {})}
    held = ties.of(POSTS_HELD_BY, [person.id]).get(person.id, [])
    bodies = ties.of(BODIES_OF_POSTS, (tie.id for tie in held))
    for tie in held:
        for body in bodies.get(tie.id, ()):
            offices.setdefault(body.id, Office(body.other, 1, {}))
    places = {tie.id: bodies[tie.id][0].id if tie.id in bodies else person.id for tie in held}
    return offices, [tie.model_copy(update={"subject": places[tie.id]}) for tie in held]


def _owners(offices: Mapping[str, Office], ours: Mapping[str, list[OursTie]]) -> list[tuple[Office, OursTie]]:
    """Return our posts and offices that own the relationship, each once, at the office nearest to the party."""
    owners: dict[str, tuple[Office, OursTie]] = {}
    for owned in offices.values():
        for tie in ours.get(owned.body.id, ()):
            if tie.type == "OWNS_RELATIONSHIP":
                owners.setdefault(tie.id, (owned, tie))
    return list(owners.values())


def _people(holders: Iterable[Holder]) -> list[str]:
    return [holder.person.id for holder in holders if holder.person and holder.holding != "vacant"]


def _channels(owner: str, holder: Holder, channels: Channels) -> list[FullTie]:
    """Return the channels of a post or body and of whoever holds it."""
    return [channel for each in (owner, *_people([holder])) for channel in channels.get(each, ())]


def _of_posts(
    posts: Sequence[FullTie], offices: Mapping[str, Office], holders: Mapping[str, Holder], channels: Channels
) -> Iterator[Candidate]:
    for tie in posts:
        holder, office = holders[tie.id], offices[tie.subject]
        reached = _channels(tie.id, holder, channels)
        held = None if reached and holder.held != "yes" else holder.held
        sources = (tie.values, tie.tie, *holder.sources, *office.ties)
        yield Candidate("post", office, tie.values, holder, reached, held, sources)


def _of_bodies(place: Place, offices: Iterable[Office], channels: Channels) -> Iterator[Candidate]:
    for office in offices:
        if reached := channels.get(office.body.id):
            yield Candidate(place, office, {}, NO_POST, reached, None, office.ties)


def _of_owners(
    owners: Iterable[tuple[Office, OursTie]], holders: Mapping[str, Holder], channels: Channels, *, day: str
) -> Iterator[Candidate]:
    for owned, tie in owners:
        holder = holders.get(tie.id, NO_POST)
        yield Candidate(
            place="our owner",
            office=Office(tie.other, owned.depth, tie.tie, (tie.tie,)),
            post=tie.values if tie.cls == "Post" else {},
            holder=holder,
            channels=_channels(tie.id, holder, channels),
            held=tie.held(day),
            sources=(tie.tie, *([tie.values] if tie.cls == "Post" else []), *holder.sources),
            is_backup=tie.tie.get("standing") == "backup",
        )
