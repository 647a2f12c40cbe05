"""When our side last had to do with a party: meetings and calls on record, and checks of its channels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from graph.domain.edges import Organized, Participated
from graph.domain.values import last_day
from graph.query import Query, Row
from queries.core.answer import Subject
from queries.core.compiled import Until, hop, newest
from queries.core.days import Passed, passed
from queries.core.happened import stands
from queries.core.holders import NO_POST, holder_of
from queries.core.home import ours_among
from queries.core.printed_names import entities
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds
from queries.core.reads import CHANNELS_OF, HOLDERS_OF, POSTS_HELD_BY
from queries.core.scope import Edges, Scope, bodies_with_posts, channels_inside
from queries.core.session import Session

TouchKind = Literal["engagement", "occasion", "contact check"]

# Kinds of engagement that are of two sides: one of them is a touch even where nobody noted who of ours was there.
_OF_TWO_SIDES = ("call", "bilat", "pull-aside", "démarche", "demarche", "visit", "trip", "dialogue", "consultation")
_OFF = ("cancelled", "postponed")
# Of such a status without a day, nothing says that it ever came.
_AHEAD = ("planned", "confirmed", "proposed", "tentative")
# Relationships with engagements that are read at first, and how many times as many where these tell too little.
_READ, _MORE = 250, 8
_TAKING_PART = hop(Participated, Organized, into=True, row=EdgeRow)


class CameFor(OfIds):
    """Which engagements, and one party on whose behalf somebody may have come."""

    party: str


class Came(Row):
    """Who came to an engagement, by id, and which of them came on behalf of the party."""

    id: str
    came: tuple[str, ...]
    for_it: tuple[str, ...]


WHO_CAME = Query("queries.contacts", "who_came", CameFor, Came)
ENGAGEMENTS_UNTIL = newest(Participated, Organized)


@dataclass(frozen=True)
class Touch:
    """One time that our side had to do with a party, or was at the same occasion.

    Attributes:
        kind: An engagement with our side; an occasion at which the party was and our side is not recorded; a check
            of one of its channels.
        what: The engagement or channel.
        values: Properties of it.
        on: Its day, possibly partial; blank is not known.
        held: Whether it is known to have taken place by the day.
        with_ours: Whether anybody of our side was there, or checked.
        sources: Properties of everything it rests on; of an engagement, those of who was there only `with_names`.
        ours: Who of our side was there, or checked; likewise.
        theirs: Who of the party was there; likewise.
        their_people: The same without the party itself; likewise.
    """

    kind: TouchKind
    what: Subject
    values: Mapping[str, Any]
    on: str
    held: Passed
    with_ours: bool
    sources: tuple[Mapping[str, Any], ...]
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    their_people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Touches:
    """The newest touches with a party, latest first, those without a day last.

    Attributes:
        newest: The touches.
        after: Day after which engagements were looked at, where there are earlier ones; blank where only those without
            a day were not, None if these are all.
    """

    newest: list[Touch]
    after: str | None

    def of(self, *kinds: TouchKind) -> list[Touch]:
        """Return those of some kinds."""
        return [touch for touch in self.newest if touch.kind in kinds]


def touches_of(session: Session, scope: Scope, *, day: str, least: int) -> Touches:
    """Return the newest touches with a party and what belongs to it by a day: all, or so many engagements at least.

    Who was there is left out: a party may have been at thousands of engagements with tens of thousands of others.
    """
    whose, checks, most = _whose(session, scope), list(_checks(session, scope, day)), _READ
    while True:
        engagements, after = _engagements(session, whose, day, most)
        if after is None or sum(touch.kind == "engagement" for touch in engagements) >= least:
            touches = sorted([*engagements, *checks], key=lambda touch: (touch.what.name, touch.what.id, touch.kind))
            return Touches(sorted(touches, key=lambda touch: touch.on, reverse=True), after)
        most *= _MORE


def with_names(session: Session, scope: Scope, touches: Sequence[Touch]) -> list[Touch]:
    """Return touches with who was there; for those that are shown."""
    met = {touch.what.id for touch in touches if touch.kind != "contact check"}
    edges = Edges(session, "")
    there = edges.ever(_TAKING_PART, sorted(met))
    everybody = [edge for edges_there in there.values() for edge in edges_there]
    theirs = frozenset(_whose(session, scope).ids) if met else frozenset()
    ours = ours_among(session, [edge.id for edge in everybody]) if met else frozenset()
    sides = _Sides(scope.party.id, theirs, ours, session.home.government)
    posts = sorted(
        {edge.id for edge in everybody if edge.cls == "Post" and (edge.id in theirs or sides.has_ours(edge))}
    )
    sides = replace(sides, terms=edges.ever(HOLDERS_OF, posts), posts=entities(session, posts))
    return [
        touch if touch.kind == "contact check" else _with_names(touch, there.get(touch.what.id, ()), sides)
        for touch in touches
    ]


def _engagements(session: Session, whose: "_Whose", day: str, most: int) -> tuple[list[Touch], str | None]:
    """Return the newest engagements and occasions, and the day after which they are all, if there are earlier ones."""
    read = session.read(ENGAGEMENTS_UNTIL, Until(ids=whose.ids, day=day, most=most))
    # Of the earliest day that came back the rest may be missing.
    after = min(map(_begun, read)) if len(read) == most else None
    by_engagement: dict[str, list[FullEdgeRow]] = {}
    for edge in read:
        if (
            (after is None or _begun(edge) > after)
            and _took_place(edge)
            and whose.had(edge)
            and stands("PARTICIPATED", edge, day=day) != "no"
        ):
            by_engagement.setdefault(edge.id, []).append(edge)
    with_ours = _with_ours(session, whose.ids, sorted(by_engagement))
    return [_engagement(edges, edges[0].id in with_ours, day) for edges in by_engagement.values()], after


def _begun(edge: FullEdgeRow) -> str:
    return str(edge.values.get("period_start") or "")


def _took_place(edge: FullEdgeRow) -> bool:
    """Say whether nothing speaks against that somebody came, and that it came to pass."""
    status = edge.values.get("status")
    is_off = status in _OFF or (status in _AHEAD and not edge.values.get("period_start"))
    return edge.properties.get("attended") is not False and not is_off


def _with_ours(session: Session, theirs: Sequence[str], engagements: Sequence[str]) -> frozenset[str]:
    """Return which of some engagements, by id, anybody of our side was at, whoever belongs to the party aside."""
    us = session.home.government
    rows = session.read(WHO_CAME, CameFor(ids=tuple(engagements), party=us)) if engagements else []
    others = {row.id: frozenset(row.came).difference(theirs) for row in rows}
    ours = ours_among(session, frozenset().union(*others.values()))
    return frozenset(row.id for row in rows if others[row.id] & ours or others[row.id].intersection(row.for_it))


def _engagement(edges: Sequence[FullEdgeRow], with_ours: bool, day: str) -> Touch:
    values = edges[0].values
    kind = str(values.get("engagement_kind") or "").casefold()
    is_touch = with_ours or any(word in kind for word in _OF_TWO_SIDES)
    return Touch(
        kind="engagement" if is_touch else "occasion",
        what=edges[0].other,
        values=values,
        on=_begun(edges[0]),
        held="yes" if any(stands("PARTICIPATED", edge, day=day) == "yes" for edge in edges) else "unknown",
        with_ours=with_ours,
        sources=(values,),
    )


@dataclass(frozen=True)
class _Whose:
    """Whose engagements count: a party with what belongs to it; or a person, and the posts while the person had them.

    Attributes:
        ids: The party and what belongs to it; a person, and every post that the person ever held.
        person: Id of the person; None if it is none.
        terms: Terms of these posts, by post.
        posts: Properties of these posts.
    """

    ids: tuple[str, ...]
    person: str | None = None
    terms: Mapping[str, list[EdgeRow]] = field(default_factory=dict)
    posts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def had(self, edge: FullEdgeRow) -> bool:
        """Say whether an engagement was the party's; that of a post is a person's who held it that day."""
        if self.person is None or edge.subject == self.person:
            return True
        start = edge.values.get("period_start")
        if not start:
            return False
        holder = holder_of(self.posts[edge.subject], self.terms.get(edge.subject, ()), day=last_day(start))
        return holder.person is not None and holder.person.id == self.person


def _whose(session: Session, scope: Scope) -> _Whose:
    person = scope.party.id
    if scope.party.cls != "Person":
        return _Whose(scope.ids)
    held = {edge.id: edge.values for edge in session.read(POSTS_HELD_BY, OfIds(ids=(person,)))}
    return _Whose((person, *sorted(held)), person, Edges(session, "").ever(HOLDERS_OF, sorted(held)), held)


@dataclass(frozen=True)
class _Sides:
    """The party, what belongs to it, our side, our government, and terms and properties of posts of both."""

    party: str
    theirs: frozenset[str]
    ours: frozenset[str]
    us: str
    terms: Mapping[str, list[EdgeRow]] = field(default_factory=dict)
    posts: Mapping[str, Entity] = field(default_factory=dict)

    def has_ours(self, edge: EdgeRow) -> bool:
        """Say whether whoever took part was of our side."""
        return edge.id in self.ours or edge.properties.get("on_behalf_of") == self.us


def _with_names(touch: Touch, there: Sequence[EdgeRow], sides: _Sides) -> Touch:
    came = [edge for edge in there if edge.properties.get("attended") is not False]
    of_theirs = [edge for edge in came if edge.id in sides.theirs]
    of_ours = [edge for edge in came if edge.id not in sides.theirs and sides.has_ours(edge)]
    start = touch.values.get("period_start")
    return replace(
        touch,
        ours=_names(of_ours, sides, start),
        theirs=_names(of_theirs, sides, start),
        their_people=_names([edge for edge in of_theirs if edge.id != sides.party], sides, start),
        sources=(touch.values, *(edge.properties for edge in (*of_ours, *of_theirs))),
    )


def _names(edges: Iterable[EdgeRow], sides: _Sides, start: str | None) -> tuple[str, ...]:
    """Return who came, each once: a post with whoever held it that day, and in which capacity."""
    names: dict[str, None] = {}
    for edge in sorted(edges, key=lambda edge: (edge.name, edge.key)):
        part, terms = edge.properties, sides.terms.get(edge.id, ())
        holder = holder_of(sides.posts[edge.id].values, terms, day=last_day(start)) if start and terms else NO_POST
        who = f"{holder.person.name}, {edge.name}" if holder.person and holder.is_known else edge.name
        registered = "registered" if part.get("registered") and part.get("attended") is None else ""
        capacity = part.get("capacity") or part.get("role") or registered
        names[f"{who} ({capacity})" if capacity else who] = None
    return tuple(names)


def _checks(session: Session, scope: Scope, day: str) -> Iterable[Touch]:
    is_person = scope.party.cls == "Person"
    offices, people = ((scope.party.id,), ()) if is_person else (tuple(scope.offices), scope.people)
    inside = channels_inside(session, scope.holders, people, bodies_with_posts(scope.party, scope.offices))
    channels = [*session.read(CHANNELS_OF, OfIds(ids=offices)), *inside]
    for edge in {edge.id: edge for edge in channels}.values():
        who = (str(edge.values["verified_by"]),) if edge.values.get("verified_by") else ()
        for name, by in (("verified_on", who), ("bounced_on", ())):
            if (on := edge.values.get(name)) and passed(on, on=day) != "no":
                yield Touch("contact check", edge.other, edge.values, on, "yes", bool(by), (edge.values,), by)
