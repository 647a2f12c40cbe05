"""Which engagements belong to a party, its organs and their series, and which parts an engagement has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from iga.graph.domain.values import last_day
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.days import Passed
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, entity_at
from iga.queries.core.reads import ENGAGEMENTS_ORGANIZED_BY, ENTITIES_BY_ID, PARTS_OF, POSTS_HELD_BY, POSTS_IN
from iga.queries.core.scope import Edges, bodies_of
from iga.queries.core.session import Session
from iga.queries.multilateral.reads import DELEGATED_BY, ENGAGEMENTS_ATTENDED_BY, ENGAGEMENTS_HELD


@dataclass(frozen=True)
class Actor:
    """Somebody who acts for a party: the party itself, an organ, a body or a post.

    Attributes:
        terms: Of a post that a person holds: the terms, each with its days; none for others, who act at any time.
    """

    subject: Subject
    terms: tuple[EdgeRow, ...] = ()

    def acted_on(self, day: str) -> Passed:
        """Say whether it acted for the party on a day."""
        if not self.terms:
            return "yes"
        held = {term.held(day) for term in self.terms}
        return "yes" if "yes" in held else "unknown" if "unknown" in held else "no"


def actors_for(session: Session, party: Subject, *, day: str) -> Mapping[str, Actor]:
    """Return who acts for a party, by id; the party itself first.

    Args:
        session: The graph.
        party: A party or a post.
        day: Full day; organs that are known not to have been part of the party on it are left aside.
    """
    actors = {party.id: Actor(party)}
    if party.cls == "Person":
        for edge in session.read(POSTS_HELD_BY, OfIds(ids=(party.id,))):
            terms = actors[edge.id].terms if edge.id in actors else ()
            actors[edge.id] = Actor(edge.other, (*terms, edge))
    elif party.cls != "Post":
        bodies = bodies_of(Edges(session, day), party, levels=None)
        actors |= {id_: Actor(office.body) for id_, office in bodies.items()}
        for edge in session.read(POSTS_IN, OfIds(ids=tuple(bodies))):
            if edge.held(day) != "no":
                actors.setdefault(edge.id, Actor(edge.other))
    return actors


PartTaken = Literal["organized", "took part", "registered", "in its series", "in the series", "itself", "listed"]


@dataclass(frozen=True)
class Taken:
    """One engagement and the part that a party has in it.

    Attributes:
        edge: How the party, one of its organs or a larger engagement is tied to the engagement, which is the other end.
        by: The organ of the party that did so, or the party itself.
        whole: Name of the larger engagement that it is a part of; blank when it was found by itself.
    """

    edge: FullEdgeRow
    part: PartTaken
    by: Subject
    role: str | None = None
    whole: str = ""


def taken_by(session: Session, party: Subject, *, day: str) -> list[Taken]:
    """Return the engagements of a party, or what a series of engagements consists of, in no particular order.

    A series is told by its parts, any other engagement by itself and its parts. An engagement in which a source says
    that the party did not appear is left out.

    Args:
        session: The graph.
        party: A party or an engagement.
        day: Full day; organs that are known not to have been part of the party on it are left aside.
    """
    if party.cls == "Engagement":
        own = session.read(ENTITIES_BY_ID, OfIds(ids=(party.id,)))
        return [*_alone(own, "itself"), *_in_series(session, {party.id: (party, party.name)}, part="in the series")]
    actors = actors_for(session, party, day=day)
    organized = list(_organized(session, actors, day))
    attended = {taken.edge.key: taken for taken in _attended_by(session, actors, day)}
    for taken in _delegated(session, party):
        attended.setdefault(taken.edge.key, taken)
    series = {taken.edge.id: (taken.by, taken.edge.name) for taken in organized}
    parts = _in_series(session, series, part="in its series")
    own_ids = {taken.edge.id for taken in (*organized, *attended.values())}
    wholes = {taken.edge.subject for taken in parts}
    return [
        *(taken for taken in organized if taken.edge.id not in wholes or taken.edge.values.get("period_start")),
        *attended.values(),
        *(taken for taken in parts if taken.edge.id not in own_ids),
    ]


def every_engagement(session: Session) -> list[Taken]:
    """Return every engagement on record, in no particular order; a series is told by its parts."""
    return _alone(session.read(ENGAGEMENTS_HELD, Everything()), "listed")


def _alone(engagements: Iterable[Entity], part: PartTaken) -> list[Taken]:
    """Return engagements as their own; a series is no meeting."""
    return [
        Taken(FullEdgeRow(subject=one.id, key=one.id, properties={}, iso3=None, **one.model_dump()), part, one.subject)
        for one in engagements
        if one.values.get("engagement_kind") != "series"
    ]


def _organized(session: Session, actors: Mapping[str, Actor], day: str) -> Iterator[Taken]:
    for edge in session.read(ENGAGEMENTS_ORGANIZED_BY, OfIds(ids=tuple(actors))):
        if _acted(actors[edge.subject], edge, day):
            yield Taken(edge, "organized", actors[edge.subject].subject, edge.properties.get("role"))


def _attended_by(session: Session, actors: Mapping[str, Actor], day: str) -> Iterator[Taken]:
    for edge in session.read(ENGAGEMENTS_ATTENDED_BY, OfIds(ids=tuple(actors))):
        if _acted(actors[edge.subject], edge, day):
            yield from _attended(edge, actors[edge.subject].subject)


def _delegated(session: Session, party: Subject) -> Iterator[Taken]:
    """Yield what others attended on behalf of a party."""
    for edge in session.read(DELEGATED_BY, OfIds(ids=(party.id,))):
        yield from _attended(edge, edge.by)


def _acted(actor: Actor, edge: FullEdgeRow, day: str) -> bool:
    start: str | None = edge.values.get("period_start")
    return actor.acted_on(last_day(start) if start else day) != "no"


def _attended(edge: FullEdgeRow, by: Subject) -> Iterator[Taken]:
    """Yield a participation, but for who stayed away, and who is only covered by the statement of another."""
    attended, capacity = edge.properties.get("attended"), edge.properties.get("capacity")
    if attended is not False and not (capacity or "").startswith("aligned"):
        is_open = edge.properties.get("registered") and attended is None
        yield Taken(edge, "registered" if is_open else "took part", by, capacity)


def _in_series(session: Session, wholes: Mapping[str, tuple[Subject, str]], *, part: PartTaken) -> list[Taken]:
    """Return the engagements that are part of others, at any depth, each once."""
    known, taken = dict(wholes), []
    for edge in _parts(session, wholes):
        by, whole = known[edge.subject]
        known[edge.id] = (by, edge.name)
        taken.append(Taken(edge, part, by, whole=whole))
    return taken


def engagement_and_parts(session: Session, engagement: Subject) -> list[Entity]:
    """Return an engagement and its parts, each once: latest first, then the whole before its parts, then by name.

    A series has its meetings as parts, a trip its stops and their meetings.
    """
    tree = session.read(ENTITIES_BY_ID, OfIds(ids=(engagement.id,)))
    depth = {one.id: 0 for one in tree}
    for edge in _parts(session, depth):
        depth[edge.id] = depth[edge.subject] + 1
        tree.append(entity_at(edge))
    tree.sort(key=lambda one: (depth[one.id], folded(one.name), one.id))
    return sorted(tree, key=lambda one: one.values.get("period_start") or "", reverse=True)


def _parts(session: Session, wholes: Iterable[str]) -> Iterator[FullEdgeRow]:
    """Yield what leads to the parts of engagements, at any depth, level by level, each part once."""
    known = set(wholes)
    level = tuple(sorted(known))
    while level:
        new: dict[str, FullEdgeRow] = {}
        for edge in session.read(PARTS_OF, OfIds(ids=level)):
            if edge.cls == "Engagement" and edge.id not in known:
                new.setdefault(edge.id, edge)
        yield from new.values()
        known |= new.keys()
        level = tuple(sorted(new))
