"""What the graph holds on how a party is reached: its posts, holders and channels, and our own offices."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from queries.answer import Subject
from queries.asking import Asking
from queries.contacts.holders import NO_POST, Holder
from queries.contacts.reads import WHOLES_OF
from queries.contacts.scope import Office, Properties, Ties, holders_of, offices_of
from queries.days import Passed
from queries.reading import FullTie, OfIds
from queries.reads import CHANNELS_OF, ENTITIES_BY_ID, OUR_SIDE_OF, OursTie

Place = Literal["post", "office mailbox", "parent body", "our owner", "nothing"]
Channels: TypeAlias = Mapping[str, Sequence[FullTie]]


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
        person: Properties of whoever holds the post; empty if nobody is held.
    """

    place: Place
    office: Office
    post: Properties
    holder: Holder
    channels: Sequence[FullTie]
    held: Passed | None
    sources: tuple[Properties, ...]
    is_backup: bool = False
    person: Properties = field(default_factory=dict)


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


def reach_of(asking: Asking, party: Subject, *, day: str) -> Reach:
    """Return everything held on how a party is reached on a day."""
    ties = Ties(asking, day)
    offices, posts = offices_of(ties, party)
    wholes = _wholes(ties, offices if party.cls == "Post" else [party.id])
    whole_ids = [whole.body.id for whole in wholes]
    above = _wholes(ties, whole_ids)
    ours = ties.of(OUR_SIDE_OF, dict.fromkeys([*offices, *whole_ids, *(whole.body.id for whole in above)]))
    # Who owns the relationship with the whole owns that with a part which nobody owns.
    nearest = (offices.values(), wholes, above)
    owners = next((found for each in nearest if (found := _owners(each, ours))), [])
    holders = holders_of(ties, (tie for tie in (*posts, *(tie for _, tie in owners)) if tie.cls == "Post"))
    owner_ids = [tie.id for _, tie in owners]
    channels = ties.of(CHANNELS_OF, [*offices, *whole_ids, *holders, *owner_ids, *_people(holders.values())])
    people = _known(asking, _people(holders.values()))
    candidates = (
        *_of_posts(posts, offices, holders, channels, people),
        *_of_bodies("office mailbox", offices.values(), channels),
        *_of_bodies("parent body", wholes, channels),
        *_of_owners(owners, holders, channels, people, day=day),
    )
    routes = {body: covers for body, found in ours.items() if (covers := [t for t in found if t.type == "COVERS"])}
    return Reach(party, candidates, routes)


def _wholes(ties: Ties, parts: Iterable[str]) -> list[Office]:
    """Return what any of these is part of, each once."""
    found = [tie for of in ties.of(WHOLES_OF, parts).values() for tie in of]
    return list({tie.id: Office(tie.other, -1, tie.values, (tie.tie,)) for tie in found}.values())


def _owners(offices: Iterable[Office], ours: Mapping[str, list[OursTie]]) -> list[tuple[Office, OursTie]]:
    """Return our posts and offices that own the relationship, each once, at the office nearest to the party."""
    owners: dict[str, tuple[Office, OursTie]] = {}
    for owned in offices:
        for tie in ours.get(owned.body.id, ()):
            if tie.type == "OWNS_RELATIONSHIP":
                owners.setdefault(tie.id, (owned, tie))
    return list(owners.values())


def _people(holders: Iterable[Holder]) -> list[str]:
    """Return ids of those who hold a post, or may still hold it; never of those who are known to have left."""
    return [holder.person.id for holder in holders if holder.person and holder.holding != "vacant" and not holder.until]


def _known(asking: Asking, people: Sequence[str]) -> dict[str, Properties]:
    ids = tuple(dict.fromkeys(people))
    return {each.id: each.values for each in asking.read(ENTITIES_BY_ID, OfIds(ids=ids))} if ids else {}


def _of_holder(holder: Holder, people: Mapping[str, Properties]) -> Properties:
    return people.get(holder.person.id, {}) if holder.person else {}


def _channels(owner: str, holder: Holder, channels: Channels) -> list[FullTie]:
    """Return the channels of a post or body and of whoever holds it."""
    return [channel for each in (owner, *_people([holder])) for channel in channels.get(each, ())]


def _of_posts(
    posts: Sequence[FullTie],
    offices: Mapping[str, Office],
    holders: Mapping[str, Holder],
    channels: Channels,
    people: Mapping[str, Properties],
) -> Iterator[Candidate]:
    for tie in posts:
        holder, office = holders[tie.id], offices[tie.subject]
        reached = _channels(tie.id, holder, channels)
        held = None if reached and holder.held != "yes" else holder.held
        sources = (tie.values, tie.tie, *holder.sources, *office.ties)
        person = _of_holder(holder, people)
        yield Candidate("post", office, tie.values, holder, reached, held, sources, person=person)


def _of_bodies(place: Place, offices: Iterable[Office], channels: Channels) -> Iterator[Candidate]:
    for office in offices:
        if reached := channels.get(office.body.id):
            yield Candidate(place, office, {}, NO_POST, reached, None, office.ties)


def _of_owners(
    owners: Iterable[tuple[Office, OursTie]],
    holders: Mapping[str, Holder],
    channels: Channels,
    people: Mapping[str, Properties],
    *,
    day: str,
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
            person=_of_holder(holder, people),
        )
