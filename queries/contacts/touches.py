"""When our side last had to do with a party: meetings and calls on record, and checks of its channels."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal

from iga.graph.domain.edges import Organized, Participated
from iga.graph.domain.values import last_day
from iga.graph.query import Query, Row
from iga.graph.text import folded
from iga.queries.contacts.whose_engagements import EngagementsOf, whose_engagements
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Until, newest
from iga.queries.core.days import Passed, passed
from iga.queries.core.happened import stands
from iga.queries.core.holders import NO_POST, holder_of
from iga.queries.core.home import ours_among
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds
from iga.queries.core.reads import CHANNELS_OF, HOLDERS_OF, TAKING_PART
from iga.queries.core.scope import Edges, Scope, bodies_with_posts, channels_inside
from iga.queries.core.session import Session

TouchKind = Literal["engagement", "occasion", "contact check"]

# Kinds of engagement that are of two sides: one of them is a touch even where nobody noted who of ours was there.
OF_TWO_SIDES = ("call", "bilat", "pull-aside", "démarche", "demarche", "visit", "trip", "dialogue", "consultation")
_WRITTEN = {"letter", "question", "qfr"}
_OFF = ("cancelled", "postponed")
# Of such a status without a day, nothing says that it ever came.
_AHEAD = ("planned", "confirmed", "proposed", "tentative")
# Relationships with engagements that are read at first, and how many times as many where these tell too little.
_READ, _MORE = 250, 8
# An occasion with more on its list is no touch with any one of them, unless it is of two sides by its kind.
FEW = 20


class CameFor(OfIds):
    """Which engagements, and one party on whose behalf somebody may have come."""

    party: str


class Came(Row):
    """Who came to an engagement, by id, which of them came on behalf of the party, and how many are on its list."""

    id: str
    came: tuple[str, ...]
    for_it: tuple[str, ...]
    listed: int


WHO_CAME = Query("iga.queries.contacts", "who_came", CameFor, Came)
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
        is_close: Whether it was of two sides, or of few parties: what a relationship lives by.
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
    is_close: bool
    sources: tuple[Mapping[str, Any], ...]
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    their_people: tuple[str, ...] = ()

    @property
    def is_real(self) -> bool:
        """Whether it is known to have taken place, on a known day, with our side and few others."""
        return self.kind == "engagement" and self.held == "yes" and self.on != "" and self.is_close


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


def is_engagement(touch: Touch) -> bool:
    """Say whether a touch is an engagement with our side."""
    return touch.kind == "engagement"


def touches_of(
    session: Session, scope: Scope, *, day: str, least: int, counts: Callable[[Touch], bool] = is_engagement
) -> Touches:
    """Return the newest touches with a party and what belongs to it by a day: all, or at least so many that count.

    Who was there is left out: a party may have been at thousands of engagements with tens of thousands of others.
    """
    whose, checks, most = whose_engagements(session, scope), list(_checks(session, scope, day)), _READ
    while True:
        engagements, after = _engagements(session, whose, day, most)
        if after is None or sum(map(counts, engagements)) >= least:
            touches = sorted([*engagements, *checks], key=lambda touch: (touch.what.name, touch.what.id, touch.kind))
            return Touches(sorted(touches, key=lambda touch: touch.on, reverse=True), after)
        most *= _MORE


def with_names(session: Session, party: str, theirs: Collection[str], touches: Sequence[Touch]) -> list[Touch]:
    """Return touches with who was there; for those that are shown.

    Args:
        session: The graph.
        party: Id of the party.
        theirs: Ids of whoever belongs to it.
        touches: Touches with it.
    """
    met = {touch.what.id for touch in touches if touch.kind != "contact check"}
    edges = Edges(session, "")
    there = edges.ever(TAKING_PART, sorted(met))
    everybody = [edge for edges_there in there.values() for edge in edges_there]
    ours = ours_among(session, [edge.id for edge in everybody]) if met else frozenset()
    sides = _Sides(party, frozenset(theirs), ours, session.home.government)
    posts = sorted(
        {edge.id for edge in everybody if edge.cls == "Post" and (edge.id in theirs or sides.has_ours(edge))}
    )
    sides = replace(sides, terms=edges.ever(HOLDERS_OF, posts), posts=entities(session, posts))
    return [
        touch if touch.kind == "contact check" else _with_names(touch, there.get(touch.what.id, ()), sides)
        for touch in touches
    ]


def _engagements(session: Session, whose: EngagementsOf, day: str, most: int) -> tuple[list[Touch], str | None]:
    """Return the newest engagements and occasions, and the day after which they are all, if there are earlier ones."""
    read = session.read(ENGAGEMENTS_UNTIL, Until(ids=whose.ids, day=day, most=most))
    # Of the earliest day that came back the rest may be missing.
    after = min(map(_begun, read)) if len(read) == most else None
    by_engagement: dict[str, list[FullEdgeRow]] = {}
    for edge in read:
        if (after is None or _begun(edge) > after) and whose.had(edge) and took_place(edge, day=day) != "no":
            by_engagement.setdefault(edge.id, []).append(edge)
    came = who_came(session, whose.ids, sorted(by_engagement))
    return [engagement_of(edges, came.get(edges[0].id, _NOBODY), day) for edges in by_engagement.values()], after


def _begun(edge: FullEdgeRow) -> str:
    return str(edge.values.get("period_start") or "")


def took_place(edge: FullEdgeRow, *, day: str) -> Passed:
    """Say whether somebody came to an engagement that came to pass by a day, as far as nothing speaks against it."""
    is_open = edge.values.get("status") in _AHEAD and not edge.values.get("period_start")
    is_out = is_open or is_off(edge.values) or edge.properties.get("attended") is False
    return "no" if is_out else stands("PARTICIPATED", edge, day=day)


def is_off(engagement: Mapping[str, Any]) -> bool:
    """Say whether an engagement was called off or put off."""
    return engagement.get("status") in _OFF


@dataclass(frozen=True)
class WhoCame:
    """Whether anybody of our side was at an engagement, and how many are on its list."""

    with_ours: bool
    count: int


_NOBODY = WhoCame(with_ours=False, count=0)


def who_came(session: Session, theirs: Sequence[str], engagements: Sequence[str]) -> dict[str, WhoCame]:
    """Return who came to some engagements, by id; whoever belongs to the party is not of our side."""
    us = session.home.government
    rows = session.read(WHO_CAME, CameFor(ids=tuple(engagements), party=us)) if engagements else []
    others = {row.id: frozenset(row.came).difference(theirs) for row in rows}
    ours = ours_among(session, frozenset().union(*others.values()))
    return {
        row.id: WhoCame(bool(others[row.id] & ours or others[row.id].intersection(row.for_it)), row.listed)
        for row in rows
    }


def is_written(engagement: Mapping[str, Any]) -> bool:
    """Say whether an engagement is a letter or a written question: nobody met."""
    return not _WRITTEN.isdisjoint(folded(engagement.get("engagement_kind") or "").split())


def is_of_two_sides(engagement: Mapping[str, Any]) -> bool:
    """Say whether an engagement is of two sides by its kind: a call, a visit, a bilateral meeting."""
    kind = str(engagement.get("engagement_kind") or "").casefold()
    return any(word in kind for word in OF_TWO_SIDES)


def engagement_of(edges: Sequence[FullEdgeRow], came: WhoCame, day: str) -> Touch:
    """Return the touch that an engagement was, from the relationships of whoever belongs to the party with it."""
    values = edges[0].values
    of_two = is_of_two_sides(values)
    return Touch(
        kind="engagement" if came.with_ours or of_two else "occasion",
        what=edges[0].other,
        values=values,
        on=_begun(edges[0]),
        held="yes" if any(took_place(edge, day=day) == "yes" for edge in edges) else "unknown",
        with_ours=came.with_ours,
        is_close=of_two or came.count <= FEW,
        sources=(values,),
    )


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
    called = partial(names_there, start=touch.values.get("period_start"), terms=sides.terms, posts=sides.posts)
    return replace(
        touch,
        ours=called(of_ours),
        theirs=called(of_theirs),
        their_people=called([edge for edge in of_theirs if edge.id != sides.party]),
        sources=(touch.values, *(edge.properties for edge in (*of_ours, *of_theirs))),
    )


def names_there(
    edges: Iterable[EdgeRow], start: str | None, *, terms: Mapping[str, list[EdgeRow]], posts: Mapping[str, Entity]
) -> tuple[str, ...]:
    """Return who came, each once: a post with whoever held it that day, and in which capacity.

    Args:
        edges: How they took part.
        start: Day of the engagement, possibly partial; None is not known.
        terms: Terms of the posts among them, by post.
        posts: These posts.
    """
    names: dict[str, None] = {}
    for edge in sorted(edges, key=lambda edge: (edge.name, edge.key)):
        part, of_post = edge.properties, terms.get(edge.id, ())
        holder = holder_of(posts[edge.id].values, of_post, day=last_day(start)) if start and of_post else NO_POST
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
                yield Touch("contact check", edge.other, edge.values, on, "yes", bool(by), False, (edge.values,), by)
