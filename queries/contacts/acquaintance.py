"""Who of our side had to do with whom of a party: at meetings, by promises, and by checks that were answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from iga.graph.domain.values import last_day
from iga.queries.contacts.touches import is_written, touches_of
from iga.queries.contacts.whose_engagements import whose_engagements
from iga.queries.core.answer import Subject
from iga.queries.core.days import passed
from iga.queries.core.holders import holder_of
from iga.queries.core.home import ours_among
from iga.queries.core.names.resolve import choices
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, Entity, OfIds
from iga.queries.core.reads import HOLDERS_OF, MAKERS_OF, OWED_TO, POSTS_HELD_BY, PROMISES_OF, TAKING_PART
from iga.queries.core.scope import Edges, Scope, bodies_with_posts, channels_inside
from iga.queries.core.session import Session

How = Literal["met", "answered", "promised us", "was promised", "listed"]
"""Met, or answered a check of a channel, or promised us something; we promised; both only listed for a meeting."""

TWO_WAY: tuple[How, ...] = ("met", "answered", "promised us")

_PERSONAL = ("Person", "Post")
# Meetings that are looked at, newest first: who met us before these has met us since, or is long gone.
_MEETINGS = 100
# What a check of a channel is called in which the other side answered; a page that shows an address is no answer.
_ANSWERS = ("reply", "replied", "answer", "met", "spoke", "call")


@dataclass(frozen=True)
class Contact:
    """One time that somebody of ours had to do with somebody of a party.

    Attributes:
        ours: Our post, person or office; None where a check names somebody whom no post of ours is known of.
        by: Name of that.
        theirs: Their post, person or office.
        on: Its day, possibly partial; blank is not known.
        how: What it was.
        what: Name of the meeting or the promise, or the address that was checked.
        sources: Properties of everything it rests on.
    """

    ours: Subject | None
    by: str
    theirs: Subject
    on: str
    how: How
    what: str
    sources: tuple[Mapping[str, Any], ...]


class Holders:
    """Who held posts on which day."""

    def __init__(self, session: Session, posts: Iterable[str]) -> None:
        wanted = sorted(set(posts))
        self._posts: Mapping[str, Entity] = entities(session, wanted)
        self._terms = Edges(session, "").ever(HOLDERS_OF, wanted)

    def on(self, post: str, day: str) -> Subject | None:
        """Return who held a post on a day, as far as known; None also of what is no post."""
        if not day or post not in self._posts:
            return None
        holder = holder_of(self._posts[post].values, self._terms.get(post, ()), day=last_day(day))
        return holder.incumbent


def contacts_with(session: Session, scope: Scope, *, day: str) -> tuple[list[Contact], Holders]:
    """Return the contacts of our side with a party by a day, latest first, and who held the posts of both sides.

    Our government as a whole is left out: that it was there does not tell who of us was.
    """
    theirs = frozenset(whose_engagements(session, scope).ids)
    found = [*_meetings(session, scope, theirs, day), *_promises(session, theirs, day)]
    found += _checks(session, scope, day)
    both = [who for contact in found for who in (contact.ours, contact.theirs) if who]
    holders = Holders(session, [*(who.id for who in both if who.cls == "Post"), *scope.holders])
    found.sort(key=lambda contact: (contact.theirs.id, contact.by, contact.what))
    return sorted(found, key=lambda contact: contact.on, reverse=True), holders


def _meetings(session: Session, scope: Scope, theirs: frozenset[str], day: str) -> Iterator[Contact]:
    touches = touches_of(session, scope, day=day, least=_MEETINGS, counts=lambda touch: touch.is_real).newest
    # Whoever got a letter met nobody by it.
    met = [touch for touch in touches if touch.kind == "engagement" and not is_written(touch.values)]
    close = [touch for touch in met if touch.is_close][:_MEETINGS]
    there = Edges(session, "").ever(TAKING_PART, sorted({touch.what.id for touch in close}))
    ours = ours_among(session, [edge.id for edges in there.values() for edge in edges]) - theirs
    us = session.home.government
    for touch in close:
        came = [edge for edge in there.get(touch.what.id, ()) if edge.properties.get("attended") is not False]
        for_us = [edge for edge in came if edge.id in ours or edge.properties.get("on_behalf_of") == us]
        for one, other in product(
            _personal(edge for edge in for_us if edge.id != us and edge.id not in theirs),
            _personal(edge for edge in came if edge.id in theirs),
        ):
            sources = (touch.values, one.properties, other.properties)
            how: How = "met" if touch.is_real else "listed"
            yield Contact(one.other, one.name, other.other, touch.on, how, touch.what.name, sources)


def _personal(edges: Iterable[EdgeRow]) -> Sequence[EdgeRow]:
    """Return the people and posts, each once; the bodies where there is none of them."""
    every = list({edge.id: edge for edge in edges}.values())
    return [edge for edge in every if edge.cls in _PERSONAL] or every


def _promises(session: Session, theirs: frozenset[str], day: str) -> Iterator[Contact]:
    edges = Edges(session, "")
    read = session.read(PROMISES_OF, OfIds(ids=tuple(sorted(theirs))))
    made = {edge.id: edge for edge in read if passed(edge.values.get("said_on"), on=day) != "no"}
    makers, owed = edges.ever(MAKERS_OF, sorted(made)), edges.ever(OWED_TO, sorted(made))
    ours = ours_among(session, [edge.id for by in (makers, owed) for ends in by.values() for edge in ends]) - theirs
    for id_, promise in made.items():
        for maker, to in product(makers.get(id_, ()), owed.get(id_, ())):
            sources = (promise.values, maker.properties, to.properties)
            on = str(promise.values.get("said_on") or "")
            if maker.id in theirs and to.id in ours and to.id != session.home.government:
                yield Contact(to.other, to.name, maker.other, on, "promised us", promise.name, sources)
            elif to.id in theirs and maker.id in ours and maker.id != session.home.government:
                yield Contact(maker.other, maker.name, to.other, on, "was promised", promise.name, sources)


def _checks(session: Session, scope: Scope, day: str) -> Iterator[Contact]:
    inside = bodies_with_posts(scope.party, scope.offices)
    whose = {**{edge.id: edge.other for edge in scope.posts}, **_people(scope)}
    for edge in channels_inside(session, scope.holders, scope.people, inside):
        by, on = str(edge.values.get("verified_by") or ""), edge.values.get("verified_on")
        how = str(edge.values.get("verified_how") or "").casefold()
        if by and on and passed(on, on=day) != "no" and any(word in how for word in _ANSWERS):
            ours = _called(session, by, last_day(on))
            address = str(edge.values.get("channel_value") or edge.name)
            sources = (edge.values, edge.properties)
            yield Contact(ours, ours.name if ours else by, whose[edge.subject], on, "answered", address, sources)


def _called(session: Session, name: str, day: str) -> Subject | None:
    """Return our post that whoever is called so held on a day; None where that is not known."""
    people = [person.id for person in choices(session, name, labels=("Person",))]
    posts = [edge.other for edge in Edges(session, day).every(POSTS_HELD_BY, people)] if len(people) == 1 else []
    ours = ours_among(session, [post.id for post in posts])
    return next((post for post in posts if post.id in ours), None)


def _people(scope: Scope) -> dict[str, Subject]:
    return {who.id: who for holder in scope.holders.values() if (who := holder.incumbent)}
