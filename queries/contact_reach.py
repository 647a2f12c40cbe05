"""What the graph holds on how a party is reached: its posts, holders and channels, and our own offices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from queries.answer import Subject
from queries.asking import Asking
from queries.days import Passed
from queries.holders import NO_POST, Holder, holder_of
from queries.reading import FullTie, OfIds, by_name, grouped
from queries.reads import BODIES_OF_GOVERNMENT, BODIES_OF_POSTS, POSTS_HELD_BY, WAYS_AROUND, Way, WaysOnDay

Place = Literal["post", "office mailbox", "parent body", "our owner", "nothing"]
Properties: TypeAlias = Mapping[str, Any]

# A post may sit in an office of an office of the body that was asked for, hardly deeper.
_LEVELS = 2
_OF_OFFICE = ("PART_OF", "POST_IN", "REACHED_AT", "COVERS", "OWNS_RELATIONSHIP")
_OF_WHOLE = ("REACHED_AT", "COVERS")


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
    routes: Mapping[str, list[Way]]


def reach_of(asking: Asking, party: Subject, *, day: str) -> Reach:
    """Return everything held on how a party is reached on a day."""
    around = _Around(asking, day)
    offices, posts = _at_person(asking, party, around) if party.cls == "Person" else _at_body(asking, party, around)
    around.look((tie.id for tie in posts), "HOLDS", "REACHED_AT")
    holders = {tie.id: holder_of(tie.values, around.ties(tie.id, "HOLDS"), day=day) for tie in posts}
    around.look(_people(holders.values()), "REACHED_AT")
    candidates = [
        *_of_posts(posts, offices, holders, around),
        *_of_bodies("office mailbox", offices.values(), around),
        *_of_bodies("parent body", _wholes(party, around), around),
        *_of_owners(offices, around),
    ]
    covered = [*offices, *(office.body.id for office in _wholes(party, around))]
    routes = {body: ties for body in covered if (ties := around.ties(body, "COVERS"))}
    return Reach(party, tuple(candidates), routes)


class _Around:
    """What is tied to bodies, posts and people on a day, each read once."""

    def __init__(self, asking: Asking, day: str) -> None:
        self.day = day
        self._asking = asking
        self._found: dict[str, list[Way]] = {}

    def look(self, ids: Iterable[str], *kinds: str) -> None:
        """Read what is tied to these by ways of some types, where nothing was read of them yet."""
        fresh = tuple(dict.fromkeys(each for each in ids if each not in self._found))
        if fresh:
            ways = grouped(self._asking.read(WAYS_AROUND, WaysOnDay(ids=fresh, kinds=kinds, day=self.day)))
            self._found |= {each: ways.get(each, []) for each in fresh}

    def ties(self, subject: str, kind: str, *, is_outward: bool = False) -> list[Way]:
        """Return the ties of one type in one direction, by the name of the other end."""
        ways = self._found.get(subject, ())
        return by_name(way for way in ways if way.type == kind and way.is_outward == is_outward)

    def channels(self, owner: str) -> list[Way]:
        """Return the channels of a post, person or body, by name."""
        return self.ties(owner, "REACHED_AT", is_outward=True)


def _at_body(asking: Asking, party: Subject, around: _Around) -> tuple[dict[str, Office], list[FullTie]]:
    """Return the party, its parts and, for a government, its public bodies, by id; and all their posts."""
    offices = {party.id: Office(party, 0, {})}
    if party.cls == "Government":
        for found in asking.read(BODIES_OF_GOVERNMENT, OfIds(ids=(party.id,))):
            body = Subject(id=found.id, cls=found.cls, name=found.name)
            offices[found.id] = Office(body, 1, found.values, (found.values,))
    outermost = list(offices)
    for _ in range(_LEVELS):
        around.look(outermost, *_OF_OFFICE)
        outermost = [part for whole in outermost for part in _add_parts(offices, whole, around)]
        if not outermost:
            break
    around.look(offices, *_OF_OFFICE)
    around.look((office.body.id for office in _wholes(party, around)), *_OF_WHOLE)
    return offices, [tie for office in offices for tie in around.ties(office, "POST_IN")]


def _add_parts(offices: dict[str, Office], whole: str, around: _Around) -> list[str]:
    """Add the parts of an office that are not among the offices yet; return their ids."""
    fresh = [tie for tie in around.ties(whole, "PART_OF") if tie.id not in offices]
    above = offices[whole]
    for tie in fresh:
        offices[tie.id] = Office(tie.other, above.depth + 1, tie.values, (*above.ties, tie.tie))
    return [tie.id for tie in fresh]


def _wholes(party: Subject, around: _Around) -> list[Office]:
    ties = around.ties(party.id, "PART_OF", is_outward=True)
    return [Office(tie.other, -1, tie.values, (tie.tie,)) for tie in ties]


def _at_person(asking: Asking, person: Subject, around: _Around) -> tuple[dict[str, Office], list[FullTie]]:
    """Return a person and the bodies of the posts held, by id; and these posts."""
    offices = {person.id: Office(person, 0, {})}
    held = [tie for tie in asking.read(POSTS_HELD_BY, OfIds(ids=(person.id,))) if tie.held(around.day) != "no"]
    bodies = grouped(asking.read(BODIES_OF_POSTS, OfIds(ids=tuple(tie.id for tie in held))))
    for tie in held:
        for body in bodies.get(tie.id, ()):
            offices.setdefault(body.id, Office(body.other, 1, {}))
    around.look(offices, *_OF_OFFICE)
    places = {tie.id: bodies[tie.id][0].id if tie.id in bodies else person.id for tie in held}
    return offices, [tie.model_copy(update={"subject": places[tie.id]}) for tie in held]


def _people(holders: Iterable[Holder]) -> list[str]:
    return [holder.person.id for holder in holders if holder.person and holder.holding != "vacant"]


def _of_posts(
    posts: Sequence[FullTie], offices: Mapping[str, Office], holders: Mapping[str, Holder], around: _Around
) -> Iterable[Candidate]:
    for tie in posts:
        holder, office = holders[tie.id], offices[tie.subject]
        sources = (tie.values, tie.tie, *holder.sources, *office.ties)
        reached = [channel for owner in (tie.id, *_people([holder])) for channel in around.channels(owner)]
        for channel in reached:
            held: Passed = "yes" if "yes" in (holder.held, channel.held(around.day)) else "unknown"
            said = (channel.values, channel.tie, *sources)
            yield Candidate("post", office, tie.values, holder, channel.values, held, said)
        if not reached:
            yield Candidate("post", office, tie.values, holder, {}, holder.held, sources)


def _of_bodies(place: Place, offices: Iterable[Office], around: _Around) -> Iterable[Candidate]:
    for office in offices:
        for channel in around.channels(office.body.id):
            said = (channel.values, channel.tie, *office.ties)
            yield Candidate(place, office, {}, NO_POST, channel.values, channel.held(around.day), said)


def _of_owners(offices: Mapping[str, Office], around: _Around) -> Iterable[Candidate]:
    """Give our posts and offices that own the relationship, each once, at the office nearest to the party."""
    owners: dict[str, tuple[Office, Way]] = {}
    for owned in offices.values():
        for tie in around.ties(owned.body.id, "OWNS_RELATIONSHIP"):
            owners.setdefault(tie.id, (owned, tie))
    around.look(owners, "HOLDS", "REACHED_AT")
    for owned, tie in owners.values():
        post = tie.values if tie.cls == "Post" else {}
        holder = holder_of(post, around.ties(tie.id, "HOLDS"), day=around.day) if post else NO_POST
        office = Office(tie.other, owned.depth, tie.tie, (tie.tie,))
        sources = (tie.tie, *([tie.values] if post else []), *holder.sources)
        reached = around.channels(tie.id)
        for channel in reached:
            held = tie.held(around.day)
            yield Candidate("our owner", office, post, holder, channel.values, held, (channel.values, *sources))
        if not reached:
            yield Candidate("our owner", office, post, holder, {}, tie.held(around.day), sources)
