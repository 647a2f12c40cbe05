"""What the graph holds on how a party is reached: its posts, holders and channels, and our own offices."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from graph.text import folded
from queries.core.answer import Subject
from queries.core.days import Passed
from queries.core.holders import NO_POST, Holder
from queries.core.reading import FullEdgeRow, OfIds
from queries.core.reads import CHANNELS_OF, ENTITIES_BY_ID, OUR_SIDE_OF, WHOLES_OF, OurEdgeRow
from queries.core.scope import Edges, Office, Properties, holders_of, offices_of
from queries.core.session import Session

# Our representations, before bureaus and desks: the route to a partner goes through the mission or embassy.
_MISSIONS = ("mission", "embassy", "consul", "instrumentality", "interests section")

Place = Literal["post", "office mailbox", "parent body", "our owner", "nothing"]
Channels: TypeAlias = Mapping[str, Sequence[FullEdgeRow]]


@dataclass(frozen=True)
class ContactWay:
    """One way to reach a party: a post or an office.

    Attributes:
        place: Step of the fallback chain.
        office: The body that the post or the channels belong to; for our owner, the owner.
        post: Properties of the post; empty for a body's own channels.
        holder: Who holds the post.
        channels: The channels that may stand on the day; empty if none is on record.
        held: Whether what leads there stands on the day; None where the best channel says so.
        sources: Properties of everything it rests on, channels aside.
        is_backup: Whether it is a second owner on our side.
        person: Properties of whoever holds the post; empty if nobody is known.
    """

    place: Place
    office: Office
    post: Properties
    holder: Holder
    channels: Sequence[FullEdgeRow]
    held: Passed | None
    sources: tuple[Properties, ...]
    is_backup: bool = False
    person: Properties = field(default_factory=dict)


@dataclass(frozen=True)
class Reach:
    """Everything on record on how one party is reached on the day.

    Attributes:
        party: Whom to reach.
        ways: In no order.
        routes: Our offices that deal with the party, one of its bodies or what it is part of, by the id of that body.
    """

    party: Subject
    ways: tuple[ContactWay, ...]
    routes: Mapping[str, list[OurEdgeRow]]


def reach_of(session: Session, party: Subject, *, day: str) -> Reach:
    """Return everything held on how a party is reached on a day."""
    edges = Edges(session, day)
    offices, posts = offices_of(edges, party)
    wholes = _wholes(edges, offices if party.cls == "Post" else [party.id])
    whole_ids = [whole.body.id for whole in wholes]
    above = _wholes(edges, whole_ids)
    ours = edges.of(OUR_SIDE_OF, dict.fromkeys([*offices, *whole_ids, *(whole.body.id for whole in above)]))
    # Who owns the relationship with the whole owns that with a part which nobody owns.
    nearest = (offices.values(), wholes, above)
    owners = next((found for each in nearest if (found := _owners(each, ours))), [])
    holders = holders_of(edges, (edge for edge in (*posts, *(edge for _, edge in owners)) if edge.cls == "Post"))
    owner_ids = [edge.id for _, edge in owners]
    channels = edges.of(CHANNELS_OF, [*offices, *whole_ids, *holders, *owner_ids, *_people(holders.values())])
    people = _known(session, _people(holders.values()))
    ways = (
        *_of_posts(posts, offices, holders, channels, people),
        *_of_bodies("office mailbox", offices.values(), channels),
        *_of_bodies("parent body", wholes, channels),
        *_of_owners(owners, holders, channels, people, day=day),
    )
    routes = {body: covers for body, found in ours.items() if (covers := [t for t in found if t.type == "COVERS"])}
    return Reach(party, ways, routes)


def is_mission(kind: str | None) -> bool:
    """Say whether an office of ours of this kind is a representation abroad."""
    return any(word in folded(kind or "") for word in _MISSIONS)


def _wholes(edges: Edges, parts: Iterable[str]) -> list[Office]:
    """Return what any of these is part of, each once."""
    found = [edge for of in edges.of(WHOLES_OF, parts).values() for edge in of]
    return list({edge.id: Office(edge.other, -1, edge.values, (edge.properties,)) for edge in found}.values())


def _owners(offices: Iterable[Office], ours: Mapping[str, list[OurEdgeRow]]) -> list[tuple[Office, OurEdgeRow]]:
    """Return our posts and offices that own the relationship, each once, at the office nearest to the party."""
    owners: dict[str, tuple[Office, OurEdgeRow]] = {}
    for owned in offices:
        for edge in ours.get(owned.body.id, ()):
            if edge.type == "OWNS_RELATIONSHIP":
                owners.setdefault(edge.id, (owned, edge))
    return list(owners.values())


def _people(holders: Iterable[Holder]) -> list[str]:
    """Return ids of those who hold a post, or may still hold it; never of those who are known to have left."""
    return [holder.person.id for holder in holders if holder.person and holder.holding != "vacant" and not holder.until]


def _known(session: Session, people: Sequence[str]) -> dict[str, Properties]:
    ids = tuple(dict.fromkeys(people))
    return {each.id: each.values for each in session.read(ENTITIES_BY_ID, OfIds(ids=ids))} if ids else {}


def _of_holder(holder: Holder, people: Mapping[str, Properties]) -> Properties:
    return people.get(holder.person.id, {}) if holder.person else {}


def _channels(owner: str, holder: Holder, channels: Channels) -> list[FullEdgeRow]:
    """Return the channels of a post or body and of whoever holds it."""
    return [channel for each in (owner, *_people([holder])) for channel in channels.get(each, ())]


def _of_posts(
    posts: Sequence[FullEdgeRow],
    offices: Mapping[str, Office],
    holders: Mapping[str, Holder],
    channels: Channels,
    people: Mapping[str, Properties],
) -> Iterator[ContactWay]:
    for edge in posts:
        holder, office = holders[edge.id], offices[edge.subject]
        reached = _channels(edge.id, holder, channels)
        held = None if reached and holder.held != "yes" else holder.held
        sources = (edge.values, edge.properties, *holder.sources, *office.edges)
        person = _of_holder(holder, people)
        yield ContactWay("post", office, edge.values, holder, reached, held, sources, person=person)


def _of_bodies(place: Place, offices: Iterable[Office], channels: Channels) -> Iterator[ContactWay]:
    for office in offices:
        if reached := channels.get(office.body.id):
            yield ContactWay(place, office, {}, NO_POST, reached, None, office.edges)


def _of_owners(
    owners: Iterable[tuple[Office, OurEdgeRow]],
    holders: Mapping[str, Holder],
    channels: Channels,
    people: Mapping[str, Properties],
    *,
    day: str,
) -> Iterator[ContactWay]:
    for owned, edge in owners:
        holder = holders.get(edge.id, NO_POST)
        yield ContactWay(
            place="our owner",
            office=Office(edge.other, owned.depth, edge.properties, (edge.properties,)),
            post=edge.values if edge.cls == "Post" else {},
            holder=holder,
            channels=_channels(edge.id, holder, channels),
            held=edge.held(day),
            sources=(edge.properties, *([edge.values] if edge.cls == "Post" else []), *holder.sources),
            is_backup=edge.properties.get("standing") == "backup",
            person=_of_holder(holder, people),
        )
