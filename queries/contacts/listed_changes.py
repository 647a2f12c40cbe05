"""What public lists propose for the posts and seats on record: nothing is changed by it until somebody accepts it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from iga.graph.domain.parties import Person
from iga.graph.domain.values import first_day, last_day
from iga.graph.domain.work import Listing, Proposal
from iga.graph.grouping import by_key
from iga.graph.names.comparison import compared
from iga.graph.query import ReadParams
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.days import latest
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, Entity
from iga.queries.core.reads import BODIES_OF_POSTS, EVERY_POST, HOLDERS_OF, MEMBERS_OF
from iga.queries.core.relationships import membership_on
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session

ListedState = Literal[
    "changed", "new", "vacant", "gone", "perhaps the same person", "no such post", "ours is later", "post not clear"
]


class OfNames(ReadParams):
    """Names as printed."""

    names: tuple[str, ...]


PEOPLE_CALLED = all_of(Person, "it.name IN $names", OfNames, fields=("evidence",))
DECIDED = all_of(Proposal, fields=("decision", "decided_on", "evidence"))


LISTINGS = all_of(Listing)
# Words that tell no post from another.
_SMALL = frozenset(("a", "and", "at", "for", "her", "his", "in", "of", "on", "the", "to", "s", "u", "us"))

Words = frozenset[str]


@dataclass(frozen=True)
class ListedPlace:
    """What a line of a list speaks of.

    Attributes:
        where: The government or body that the post or the seat is in; None where the list names none on record.
        posts: Posts on record that are called so; none of a seat.
        there: Edges of everybody who ever was there, as far as known.
    """

    listing: Entity
    where: Subject | None
    posts: tuple[Entity, ...]
    there: tuple[EdgeRow, ...]

    @property
    def is_seat(self) -> bool:
        """Whether it is a seat in a body, not a post."""
        return not self.listing.values.get("title") and bool(self.listing.values.get("body"))

    @property
    def about(self) -> str:
        """Id of the body that has the seat, or of the post; of the line itself where it is of no one post."""
        if self.is_seat and self.where:
            return self.where.id
        return self.posts[0].id if len(self.posts) == 1 else self.listing.id

    @property
    def listed(self) -> str:
        """Who is there by the list; blank is nobody."""
        return self.listing.values.get("holder") or ""

    @property
    def on(self) -> str:
        """Day that the list is of; blank is not known."""
        return self.listing.values.get("listed_on") or ""

    def living(self, day: str) -> list[EdgeRow]:
        """Return those who may be there on a day, and not only designate."""
        if self.is_seat:
            return [edge for edge in self.there if membership_on(edge.properties, day=day) != "no"]
        living = [edge for edge in self.there if edge.held(day) != "no"]
        return [edge for edge in living if edge.properties.get("capacity") != "designate"]


def listed_places(session: Session, *, only: frozenset[str] | None = None) -> list[ListedPlace]:
    """Return what the lines of all public lists on record speak of, by id."""
    lines = [line for line in session.read(LISTINGS, Everything()) if only is None or only & set(_where(line))]
    where = entities(session, {id_ for line in lines for id_ in _where(line)})
    edges = Edges(session, "")
    seats = sorted({str(line.values["body"]) for line in lines if not line.values.get("title") and _where(line)})
    members = {
        body: [edge for edge in of if edge.cls == "Person"] for body, of in edges.ever(MEMBERS_OF, seats).items()
    }
    posts = _posts_by_words(session, edges, where) if any(line.values.get("title") for line in lines) else {}
    found = {line.id: _of_line(line, posts, where) for line in lines}
    terms = edges.ever(HOLDERS_OF, sorted({post.id for known in found.values() for post in known}))
    places = []
    for line in lines:
        own = tuple(edge for post in found[line.id] for edge in terms.get(post.id, ()))
        there = own if line.values.get("title") else tuple(members.get(str(line.values.get("body")), ()))
        at = next((where[id_] for id_ in _where(line) if id_ in where), None)
        places.append(ListedPlace(line, at.subject if at else None, tuple(found[line.id]), there))
    return places


def _where(line: Entity) -> list[str]:
    """Return the ids of what a line says a post or seat is in, the body first."""
    return [str(line.values[name]) for name in ("body", "government") if line.values.get(name)]


def _posts_by_words(
    session: Session, edges: Edges, where: Mapping[str, Entity]
) -> dict[tuple[str, Words], dict[str, Entity]]:
    """Return posts on record by the body or government they are in and the words that they are called by."""
    posts = {post.id: post for post in session.read(EVERY_POST, Everything())}
    places = edges.ever(BODIES_OF_POSTS, sorted(posts))
    bodies = entities(session, {edge.id for of in places.values() for edge in of})
    by_words: dict[tuple[str, Words], dict[str, Entity]] = {}
    for id_, post in posts.items():
        for edge in (edge for edge in places.get(id_, ()) if edge.id in bodies):
            for at in {edge.id, str(bodies[edge.id].values.get("government") or edge.id)} & where.keys():
                for name in _names_of(post):
                    by_words.setdefault((at, _telling(name, where[at])), {})[id_] = post
    return by_words


def _of_line(
    line: Entity, posts: Mapping[tuple[str, Words], Mapping[str, Entity]], where: Mapping[str, Entity]
) -> Sequence[Entity]:
    title = line.values.get("title")
    if not title:
        return ()
    for at in _where(line):
        if at in where and (known := posts.get((at, _telling(title, where[at])))):
            return [known[id_] for id_ in sorted(known)]
    return ()


def _names_of(thing: Entity) -> Iterable[str]:
    return {thing.name, *(thing.values.get("aliases") or ()), *(thing.values.get("titles") or ())}


def _telling(name: str, at: Entity) -> Words:
    """Return the words of a post's name that tell it, without those of the government or body it is in."""
    telling = frozenset(folded(name).split()) - _SMALL
    return telling - frozenset(folded(at.name).split()) or telling


@dataclass(frozen=True)
class ListedChange:
    """What a list says otherwise than what is on record.

    Attributes:
        place: The line of the list, with the post or the seat; of who is gone, any line about the body.
        post: The post; None of a seat, or where there is none.
        ours: Who is there by what is on record; None is nobody.
        listed: Who is there by the list; blank is nobody.
        perhaps: People on record who are called as the list calls that person, wherever they are.
    """

    state: ListedState
    place: ListedPlace
    post: Subject | None
    ours: EdgeRow | None
    listed: str
    perhaps: tuple[Subject, ...] = ()

    @property
    def key(self) -> str:
        """Id of the proposal: the same whenever lists are compared, in whatever order their lines stand."""
        where = self.post.id if self.post else self.place.where.id if self.place.where else ""
        title = "" if self.post else folded(self.place.listing.values.get("title") or "")
        who = folded(self.listed) or (self.ours.id if self.ours else "")
        seal = blake2b("\x1f".join((self.state, where, title, who)).encode(), digest_size=6)
        return f"proposal:{seal.hexdigest()}"

    @property
    def can_be_accepted(self) -> bool:
        """Whether it proposes something that can be entered."""
        return self.state not in ("ours is later", "post not clear") and bool(self.place.on)


@dataclass(frozen=True)
class Compared:
    """What lists say otherwise, how many lines there are, how many agree, and how many proposals were turned down."""

    changes: list[ListedChange]
    lines: int
    agreeing: int
    turned_down: int


def compare_lists(session: Session, *, day: str, only: frozenset[str] | None = None) -> Compared:
    """Compare the lines of public lists with what is on record, in the order of states, places and names."""
    known_by = [place for place in listed_places(session, only=only) if not place.on or first_day(place.on) <= day]
    by_place = {key: _newest(alike) for key, alike in by_key(known_by, lambda place: place.about).items()}
    places = [place for alike in by_place.values() for place in alike]
    found = [change for alike in by_place.values() for change in _of_place(alike, day)]
    known = _called(session, [change.listed for change in found])
    each_once = {change.key: _with_namesakes(change, known) for change in sorted(found, key=_order, reverse=True)}
    decided = {it.id: it.values.get("decision") for it in session.read(DECIDED, Everything())}
    declined = {key for key, decision in decided.items() if decision == "turned down"}
    # What else was accepted agrees with the list now, or has a later word; a name stays spelled otherwise.
    spelled = {key for key in decided if (it := each_once.get(key)) and it.state == "perhaps the same person"}
    changes = sorted((it for key, it in each_once.items() if key not in declined | spelled), key=_order)
    differing = {it.place.listing.id for it in found if it.state != "gone" and it.key not in spelled}
    return Compared(changes, len(places), len(places) - len(differing), len(declined & each_once.keys()))


_ORDER: Sequence[ListedState] = ListedState.__args__  # type: ignore[attr-defined]  # what a Literal is made of


def _order(change: ListedChange) -> tuple[int, str, str, str, str]:
    where = change.post or change.place.where
    name = folded(where.name) if where else ""
    return _ORDER.index(change.state), name, folded(change.listed), change.place.on, change.place.listing.id


def _newest(places: Sequence[ListedPlace]) -> list[ListedPlace]:
    """Return those of the newest list: an earlier edition says nothing any more of the same post or body."""
    on = max(place.on for place in places)
    return [place for place in places if not _is_later(on, place.on)]


def _of_place(places: Sequence[ListedPlace], day: str) -> Iterator[ListedChange]:
    """Yield what differs of the lines about one post, or about the seats of one body."""
    if not places[0].is_seat:
        for place in places:
            yield from _of_post(place, day)
        return
    living = {edge.id: edge for edge in places[0].living(day)}
    open_ = [place for place in places if place.where and not _of_name(place.listed, living.values())]
    listed = {id_ for place in places for id_ in _of_name(place.listed, living.values())}
    left = {id_: edge for id_, edge in living.items() if id_ not in listed}
    for place in open_:
        alike = _alike(place.listed, left.values())
        left = {id_: edge for id_, edge in left.items() if alike is None or id_ != alike.id}
        yield from _said(place, None, alike, place.there)
    newest = max(places, key=lambda place: (place.on, place.listing.id))
    for edge in left.values():
        is_later = _is_later(_seen(edge), newest.on)
        yield ListedChange("ours is later" if is_later else "gone", newest, None, edge, "")


def _of_post(place: ListedPlace, day: str) -> Iterator[ListedChange]:
    if place.where is None:
        return
    if len(place.posts) != 1:
        yield ListedChange("post not clear" if place.posts else "no such post", place, None, None, place.listed)
        return
    [post] = place.posts
    living = sorted(place.living(day), key=lambda edge: (_seen(edge), edge.key), reverse=True)
    vacant_on = latest(post.values.get("vacant_on"), on=day) or ""
    if not place.listed:
        is_told = bool(vacant_on) and first_day(vacant_on) >= first_day(place.on or vacant_on)
        if living and not is_told:
            is_later = _is_later(_seen(living[0]), place.on)
            yield ListedChange("ours is later" if is_later else "vacant", place, post.subject, living[0], "")
    elif not _of_name(place.listed, living):
        if _is_later(vacant_on, place.on):
            yield ListedChange("ours is later", place, post.subject, None, place.listed)
            return
        yield from _said(place, post.subject, _alike(place.listed, living), place.there, living[0] if living else None)


def _said(
    place: ListedPlace,
    post: Subject | None,
    alike: EdgeRow | None,
    there: Iterable[EdgeRow],
    ours: EdgeRow | None = None,
) -> Iterator[ListedChange]:
    """Yield what a line says of somebody who is not known to be there: our later word goes before it."""
    was = [edge for edge in there if edge.id in _of_name(place.listed, [edge])]
    if any(_is_later(str(edge.properties.get("period_end") or ""), place.on) for edge in was):
        yield ListedChange("ours is later", place, post, ours or was[0], place.listed)
    elif alike:
        yield ListedChange("perhaps the same person", place, post, alike, place.listed)
    elif ours and _is_later(_seen(ours), place.on):
        yield ListedChange("ours is later", place, post, ours, place.listed)
    else:
        yield ListedChange("changed" if ours else "new", place, post, ours, place.listed)


def _of_name(name: str, there: Iterable[EdgeRow]) -> list[str]:
    """Return the ids of those who are called just so."""
    return [edge.id for edge in there if folded(edge.name) == folded(name)]


def _alike(name: str, there: Iterable[EdgeRow]) -> EdgeRow | None:
    """Return who may be called so, spelled otherwise: the likest of those who share a word with the name."""
    its = set(folded(name).split())
    near = [edge for edge in there if not its.isdisjoint(folded(edge.name).split())]
    points = {edge.key: compared(name, edge.name, "person") for edge in near}
    likely = [edge for edge in near if points[edge.key].tier in ("likely", "possible")]
    return min(likely, key=lambda edge: (points[edge.key].points, edge.key), default=None)


def _seen(edge: EdgeRow) -> str:
    """Return the latest day that dates a term; blank if none does."""
    stated = edge.properties
    days = [*(stated.get("attested_on") or ()), *filter(None, [stated.get("period_start")])]
    return max(days, default="")


def _is_later(ours: str, listed_on: str) -> bool:
    """True if what is on record is surely of a later day than the list."""
    return bool(ours and listed_on) and first_day(ours) > last_day(listed_on)


def _called(session: Session, names: Iterable[str]) -> Mapping[str, list[Entity]]:
    wanted = tuple(sorted({name for name in names if name}))
    called: dict[str, list[Entity]] = {}
    for person in session.read(PEOPLE_CALLED, OfNames(names=wanted)) if wanted else ():
        called.setdefault(person.name, []).append(person)
    return called


def _with_namesakes(change: ListedChange, called: Mapping[str, Sequence[Entity]]) -> ListedChange:
    people = tuple(person.subject for person in called.get(change.listed, ()))
    return ListedChange(change.state, change.place, change.post, change.ours, change.listed, people)
