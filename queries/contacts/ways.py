"""What the graph holds on how a party is reached: its posts, holders and channels, and our own offices."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import Covers, Mandates
from iga.graph.domain.parties import Government, Topic
from iga.graph.errors import NotFound
from iga.graph.text import folded
from iga.queries.contacts.embassies import with_places
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything, all_of, hop, nearer
from iga.queries.core.days import Passed
from iga.queries.core.holders import NO_POST, Holder
from iga.queries.core.reading import EdgeRow, FullEdgeRow, by_name, grouped
from iga.queries.core.reads import (
    CHANNELS_OF,
    ENTITIES_BY_ID,
    HOLDERS_BY_ID_INSIDE,
    OUR_SIDE_OF,
    WHOLES_OF,
    WHOLES_UNDER,
    OurEdgeRow,
)
from iga.queries.core.scope import Edges, Office, Properties, bodies_with_posts, channels_inside, holders_of, offices_of
from iga.queries.core.session import Session

# Our representations, before bureaus and desks: the route to a partner goes through the mission or embassy.
_MISSIONS = ("mission", "embassy", "consul", "instrumentality", "interests section")

_TRAFFICKING = f"{Topic.kind}:trafficking-in-persons"
CAPITALS = all_of(Government, "it.capital IS NOT NULL", fields=("capital",))
FIELDS_OF = hop(Covers, other=Topic, row=EdgeRow)
SET_UP_BY = hop(Mandates, other="Party", row=EdgeRow)

Place = Literal["post", "office mailbox", "national body", "parent body", "our owner", "nothing"]
Channels: TypeAlias = Mapping[str, Sequence[FullEdgeRow]]


@dataclass(frozen=True)
class ContactWay:
    """One way to reach a party: a post or an office.

    Attributes:
        office: The body that the post or the channels belong to; for our owner, the owner.
        post: Properties of the post; empty for a body's own channels.
        channels: The channels that may stand on the day; empty if none is on record.
        held: Whether what leads there stands on the day; None where the best channel says so.
        sources: Properties of everything it rests on, channels and what leads to the office aside.
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

    @property
    def leads(self) -> tuple[Properties, ...]:
        """Properties of what leads from the party to the office; of our owner that is what it rests on already."""
        return () if self.place == "our owner" else self.office.edges


@dataclass(frozen=True)
class Reach:
    """Everything on record on how one party is reached on the day.

    Attributes:
        ways: In no order.
        routes: Our offices that deal with the party, one of its bodies or what it is part of, by the id of that body.
        covered: Those bodies, by id; properties of the government of a city where one sits count as its.
    """

    party: Subject
    ways: tuple[ContactWay, ...]
    routes: Mapping[str, list[OurEdgeRow]]
    covered: Mapping[str, Office] = field(default_factory=dict)


def body_for(session: Session, named: Subject, *, day: str) -> Subject:
    """Return whom to reach: what is named, or of an agreement the first body that it, or what it is under, set up.

    Raises:
        NotFound: An agreement is named, of which no body is on record.
    """
    if fits(named.cls, ("Party", "Post")):
        return named
    edges = Edges(session, day)
    above = [edge.id for edge in edges.every(WHOLES_UNDER, [named.id])]
    bodies = [*by_name(edges.every(SET_UP_BY, [named.id])), *by_name(edges.every(SET_UP_BY, above))]
    if not bodies:
        raise NotFound(f"party: {named.name} is an agreement, of which no body is on record: name a party or a post")
    return bodies[0].other


def reach_of(session: Session, party: Subject, *, day: str) -> Reach:
    """Return everything held on how a party is reached on a day."""
    edges = Edges(session, day)
    offices, posts = offices_of(edges, party)
    offices = with_places(session, offices)
    wholes = _wholes(edges, offices if party.cls == "Post" else [party.id])
    above = _wholes(edges, [whole.body.id for whole in wholes])
    bodies = dict.fromkeys([*offices, *(whole.body.id for whole in (*wholes, *above))])
    ours = edges.of(OUR_SIDE_OF, bodies)
    # Who owns the relationship with the whole owns that with a part which nobody owns.
    nearest = (offices.values(), wholes, above)
    owners = next((owners for level in nearest if (owners := _owners(level, ours))), [])
    theirs = _people(edges, posts, bodies_with_posts(party, offices))
    of_ours = _people(edges, [edge for _, edge in owners if edge.cls == "Post"])
    our_offices = (edge.id for _, edge in owners if edge.cls != "Post")
    channels = edges.of(CHANNELS_OF, [*offices, *(whole.body.id for whole in wholes), *our_offices])
    ways = (
        *_of_posts(posts, offices, theirs),
        *_of_bodies("office mailbox", offices.values(), channels),
        *_of_national_bodies(edges, party, offices, channels),
        *_of_bodies("parent body", wholes, channels),
        *_of_owners(owners, of_ours, channels, day=day),
    )
    covers = {body: [edge for edge in of_body if edge.type == "COVERS"] for body, of_body in ours.items()}
    routes = {body: edges for body, edges in covers.items() if edges}
    covered = {office.body.id: office for office in (*offices.values(), *wholes, *above)}
    has_mission = any(is_mission(edge.values.get("body_kind")) for of_body in routes.values() for edge in of_body)
    return Reach(party, ways, routes if has_mission else routes | _by_seat(edges, covered), covered)


def _by_seat(edges: Edges, covered: Mapping[str, Office]) -> dict[str, list[OurEdgeRow]]:
    """Return our embassy in the capital where a body sits that no mission of ours covers, by the id of the body."""
    seats = {id_: folded(seat) for id_, office in covered.items() if (seat := office.values.get("seat"))}
    if not seats:
        return {}
    capitals = edges.session.read(CAPITALS, Everything())
    hosts = {folded(government.values["capital"]): government.id for government in capitals}
    resident = edges.of(OUR_SIDE_OF, sorted({hosts[seat] for seat in seats.values() if seat in hosts}))
    embassies = {
        host: [edge for edge in of_host if edge.type == "COVERS" and is_mission(edge.values.get("body_kind"))]
        for host, of_host in resident.items()
    }
    by_body = {id_: embassies.get(hosts.get(seat, ""), []) for id_, seat in seats.items()}
    return {id_: of_body for id_, of_body in by_body.items() if of_body}


def is_mission(kind: str | None) -> bool:
    """True if an office of ours of this kind is a representation abroad."""
    return any(word in folded(kind or "") for word in _MISSIONS)


@dataclass(frozen=True)
class _People:
    """Who holds which post, and whose own channels may be used: everybody whom an answer names comes from here.

    Attributes:
        values: Properties of those who hold a post, or may still hold it; never of those who are known to have left.
        reached: Channels of the posts and of these people, by the id of either.
    """

    holders: Mapping[str, Holder]
    values: Mapping[str, Properties]
    reached: Channels

    def channels(self, post: str, holder: Holder) -> list[FullEdgeRow]:
        """Return the channels of a post and of whoever holds it."""
        return [edge for it in (post, *_present(holder)) for edge in self.reached.get(it, ())]

    def of(self, holder: Holder) -> Properties:
        """Return the properties of who holds a post; empty if nobody is known."""
        return self.values.get(holder.person.id, {}) if holder.person else {}


def _people(edges: Edges, posts: Sequence[FullEdgeRow], bodies: Collection[str] = ()) -> _People:
    """Return who holds these posts, which are all in the bodies, if these are named."""
    holders, read = holders_of(edges, posts, bodies), edges.session.read
    present = dict.fromkeys(person for holder in holders.values() for person in _present(holder))
    known = nearer(read, ENTITIES_BY_ID, HOLDERS_BY_ID_INSIDE, present, bodies)
    values = {person.id: person.values for person in known}
    named = [person for person in present if person in values]
    channels = channels_inside(edges.session, holders, named, bodies)
    reached = grouped(channel for channel in channels if channel.held(edges.day) != "no")
    return _People(holders, {person: values[person] for person in named}, reached)


def _present(holder: Holder) -> list[str]:
    return [holder.incumbent.id] if holder.incumbent else []


def _wholes(edges: Edges, parts: Iterable[str]) -> list[Office]:
    """Return what any of these is part of, each once."""
    wholes = edges.every(WHOLES_OF, parts)
    return list({edge.id: Office(edge.other, -1, edge.values, (edge.properties,)) for edge in wholes}.values())


def _owners(offices: Iterable[Office], ours: Mapping[str, list[OurEdgeRow]]) -> list[tuple[Office, OurEdgeRow]]:
    """Return our posts and offices that own the relationship, each once, at the office nearest to the party."""
    owners: dict[str, tuple[Office, OurEdgeRow]] = {}
    for owned in offices:
        for edge in ours.get(owned.body.id, ()):
            if edge.type == "OWNS_RELATIONSHIP":
                owners.setdefault(edge.id, (owned, edge))
    return list(owners.values())


def _of_posts(posts: Sequence[FullEdgeRow], offices: Mapping[str, Office], people: _People) -> Iterator[ContactWay]:
    for edge in posts:
        holder, office = people.holders[edge.id], offices[edge.subject]
        reached = people.channels(edge.id, holder)
        held = None if reached and holder.held != "yes" else holder.held
        sources = (edge.values, edge.properties, *holder.sources)
        yield ContactWay("post", office, edge.values, holder, reached, held, sources, person=people.of(holder))


def _of_bodies(place: Place, offices: Iterable[Office], channels: Channels) -> Iterator[ContactWay]:
    for office in offices:
        if reached := channels.get(office.body.id):
            yield ContactWay(place, office, {}, NO_POST, reached, None, ())


def _of_national_bodies(
    edges: Edges, party: Subject, offices: Mapping[str, Office], channels: Channels
) -> Iterator[ContactWay]:
    """Give the bodies of a government that deal with trafficking and that no channel leads to; others are mailboxes."""
    if party.cls != "Government":
        return
    for id_, fields in edges.of(FIELDS_OF, (id_ for id_ in offices if id_ not in channels)).items():
        known = [edge for edge in fields if edge.id == _TRAFFICKING]
        if known:
            office, sources = offices[id_], [edge.properties for edge in known]
            held: Passed = "yes" if known[0].held(edges.day) == "yes" else "unknown"
            yield ContactWay("national body", office, {}, NO_POST, (), held, tuple(sources))


def _of_owners(
    owners: Iterable[tuple[Office, OurEdgeRow]], people: _People, channels: Channels, *, day: str
) -> Iterator[ContactWay]:
    for owned, edge in owners:
        holder, post = people.holders.get(edge.id, NO_POST), edge.values if edge.cls == "Post" else {}
        yield ContactWay(
            place="our owner",
            office=Office(edge.other, owned.depth, edge.properties, (edge.properties,)),
            post=post,
            holder=holder,
            channels=[*channels.get(edge.id, ()), *people.channels(edge.id, holder)],
            held=edge.held(day),
            sources=(edge.properties, *([post] if post else []), *holder.sources),
            is_backup=edge.properties.get("standing") == "backup",
            person=people.of(holder),
        )
