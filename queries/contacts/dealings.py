"""Dealings: when we met, called or wrote to a party and meet it next, who of both sides was there, whose it was."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from iga.graph.domain.edges import Organized, Participated
from iga.graph.domain.values import first_day, last_day
from iga.graph.domain.work import Engagement
from iga.graph.query import Query, ReadParams, Row
from iga.graph.text import folded
from iga.queries.core.agenda import DAYS_AHEAD, is_ahead, is_off
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Until, all_of, newest
from iga.queries.core.days import Passed, passed
from iga.queries.core.holders import NO_POST, Holder, holder_of
from iga.queries.core.home import ours_among
from iga.queries.core.periods import days_after
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, edge_to
from iga.queries.core.reads import CHANNELS_OF, HOLDERS_OF, POSTS_HELD_BY, TAKING_PART
from iga.queries.core.relationships import stands
from iga.queries.core.scope import Edges, Scope, belonging, bodies_with_posts, channels_inside, scope_of
from iga.queries.core.session import Session

TouchKind = Literal["engagement", "occasion", "contact check"]

# Kinds of engagement that are of two sides: one of them is a touch even where nobody noted who of ours was there.
OF_TWO_SIDES = ("call", "bilat", "pull-aside", "démarche", "demarche", "visit", "trip", "dialogue", "consultation")
_WRITTEN = {"letter", "question", "qfr"}
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


class CloseUntil(ReadParams):
    """A day, the last day looked ahead to, kinds of two sides, and how many are few."""

    day: str
    until: str
    words: tuple[str, ...]
    few: int


WHO_CAME = Query("iga.queries.contacts", "who_came", CameFor, Came)
ENGAGEMENTS_UNTIL = newest(Participated, Organized)
# Just what tells whether one counts; the whole is read of those that do.
CLOSE_ENGAGEMENTS = all_of(
    Engagement,
    "it.period_start IS NOT NULL AND it.start_min <= $until AND (it.start_max >= $day "
    "OR any(word IN $words WHERE toLower(it.engagement_kind) CONTAINS word) "
    "OR COUNT { (it)<-[:PARTICIPATED|ORGANIZED]-() } <= $few)",
    CloseUntil,
    fields=("engagement_kind", "status", "period_start", "start_min", "start_max"),
)


class Holders:
    """Who held posts on which day."""

    def __init__(self, session: Session, posts: Iterable[str]) -> None:
        wanted = sorted(set(posts))
        self._posts: Mapping[str, Entity] = entities(session, wanted)
        self._terms = Edges(session, "").ever(HOLDERS_OF, wanted)

    def of(self, post: str, day: str | None) -> Holder:
        """Return who held a post on a day, possibly partial, as far as known; of what is no post, that it is none."""
        if not day or post not in self._posts:
            return NO_POST
        return holder_of(self._posts[post].values, self._terms.get(post, ()), day=last_day(day))

    def on(self, post: str, day: str | None) -> Subject | None:
        """Return the person."""
        return self.of(post, day).incumbent

    def names(self, edges: Iterable[EdgeRow], day: str | None) -> tuple[str, ...]:
        """Return who came to an engagement, each once: a post with whoever held it then, and in which capacity."""
        names: dict[str, None] = {}
        for edge in sorted(edges, key=lambda edge: (edge.name, edge.key)):
            part, holder = edge.properties, self.of(edge.id, day)
            who = f"{holder.in_office.name}, {edge.name}" if holder.in_office else edge.name
            registered = "registered" if part.get("registered") and part.get("attended") is None else ""
            capacity = part.get("capacity") or part.get("role") or registered
            names[f"{who} ({capacity})" if capacity else who] = None
        return tuple(names)


@dataclass(frozen=True)
class EngagementsOf:
    """Whose engagements count: a party with what belongs to it; or a person, and the posts while the person had them.

    Attributes:
        ids: The party and what belongs to it; a person, and every post that the person ever held.
        person: Id of the person; None if it is none.
    """

    ids: tuple[str, ...]
    person: str | None = None
    holders: Holders | None = None

    def had(self, edge: FullEdgeRow) -> bool:
        """Return True if an engagement was the party's; that of a post is a person's who held it that day."""
        if self.holders is None or edge.subject == self.person:
            return True
        holder = self.holders.on(edge.subject, edge.values.get("period_start"))
        return holder is not None and holder.id == self.person


def whose_engagements(session: Session, scope: Scope) -> EngagementsOf:
    """Return whose engagements count as those of a party."""
    person = scope.party.id
    if scope.party.cls != "Person":
        return EngagementsOf(scope.ids)
    held = sorted({edge.id for edge in session.read(POSTS_HELD_BY, OfIds(ids=(person,)))})
    return EngagementsOf((person, *held), person, Holders(session, held))


class Present:
    """Who of a party and who of our side was at some engagements; who belongs to the party is not of our side."""

    def __init__(self, session: Session, engagements: Iterable[str], theirs: Collection[str]) -> None:
        self._session, self._theirs, self._us = session, frozenset(theirs), session.home.government
        self._there = Edges(session, "").ever(TAKING_PART, sorted(set(engagements)))
        everybody = {edge.id for edge in self._everybody}
        self._ours = ours_among(session, everybody - self._theirs) if everybody else frozenset()

    @property
    def _everybody(self) -> list[EdgeRow]:
        return [edge for there in self._there.values() for edge in there]

    def _is_ours(self, edge: EdgeRow) -> bool:
        is_for_us = edge.id in self._ours or edge.properties.get("on_behalf_of") == self._us
        return is_for_us and edge.id not in self._theirs

    def sides(self, engagement: str) -> tuple[list[EdgeRow], list[EdgeRow]]:
        """Return how those of ours and those of theirs took part who did not stay away."""
        came = [edge for edge in self._there.get(engagement, ()) if edge.properties.get("attended") is not False]
        return [edge for edge in came if self._is_ours(edge)], [edge for edge in came if edge.id in self._theirs]

    @cached_property
    def holders(self) -> Holders:
        """Who held the posts of both sides."""
        posts = [edge for edge in self._everybody if edge.cls == "Post"]
        return Holders(self._session, [it.id for it in posts if it.id in self._theirs or self._is_ours(it)])


@dataclass(frozen=True)
class Touch:
    """One time that our side had to do with a party, or was at the same occasion.

    Attributes:
        kind: An engagement with our side; an occasion at which the party was and our side is not recorded; a check
            of one of its channels.
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
        after: Day after which engagements were looked at, where there are earlier ones; blank where only those without
            a day were not, None if these are all.
    """

    newest: list[Touch]
    after: str | None

    def of(self, *kinds: TouchKind) -> list[Touch]:
        """Return those of some kinds."""
        return [touch for touch in self.newest if touch.kind in kinds]


def touches_of(
    session: Session,
    scope: Scope,
    *,
    day: str,
    least: int,
    counts: Callable[[Touch], bool] = lambda touch: touch.kind == "engagement",
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
    """Return touches with who was there; for those that are shown."""
    present = Present(session, (touch.what.id for touch in touches if touch.kind != "contact check"), theirs)
    return [touch if touch.kind == "contact check" else _with_names(touch, present, party) for touch in touches]


def _with_names(touch: Touch, present: Present, party: str) -> Touch:
    start, (ours, theirs) = touch.values.get("period_start"), present.sides(touch.what.id)
    return replace(
        touch,
        ours=present.holders.names(ours, start),
        theirs=present.holders.names(theirs, start),
        their_people=present.holders.names((edge for edge in theirs if edge.id != party), start),
        sources=(touch.values, *(edge.properties for edge in (*ours, *theirs))),
    )


def _engagements(session: Session, whose: EngagementsOf, day: str, most: int) -> tuple[list[Touch], str | None]:
    """Return the newest engagements and occasions, and the day after which they are all, if there are earlier ones."""
    read = session.read(ENGAGEMENTS_UNTIL, Until(ids=whose.ids, day=day, most=most))
    # Of the earliest day that came back the rest may be missing.
    after = min(map(_begun, read)) if len(read) == most else None
    by_engagement: dict[str, list[FullEdgeRow]] = {}
    for edge in read:
        if (after is None or _begun(edge) > after) and whose.had(edge) and took_place(edge, day=day) != "no":
            by_engagement.setdefault(edge.id, []).append(edge)
    lists = Lists(session, by_engagement, beside=whose.ids)
    return [engagement_of(edges, lists, whose.ids, day) for edges in by_engagement.values()], after


def _begun(edge: FullEdgeRow) -> str:
    return str(edge.values.get("period_start") or "")


def took_place(edge: FullEdgeRow, *, day: str) -> Passed:
    """Return whether somebody came to an engagement that came to pass by a day, as far as nothing speaks against it."""
    is_open = edge.values.get("status") in _AHEAD and not edge.values.get("period_start")
    is_out = is_open or is_off(edge.values) or edge.properties.get("attended") is False
    return "no" if is_out else stands("PARTICIPATED", edge, day=day)


class Lists:
    """Who is on the lists of some engagements, by id of the engagement."""

    def __init__(self, session: Session, engagements: Iterable[str], *, beside: Collection[str] = ()) -> None:
        asked = CameFor(ids=tuple(sorted(engagements)), party=session.home.government)
        self.of = {row.id: row for row in session.read(WHO_CAME, asked)} if asked.ids else {}
        self.everybody = frozenset[str]().union(*(row.came for row in self.of.values()))
        self._ours = ours_among(session, self.everybody.difference(beside))

    def has_ours(self, engagement: str, theirs: Collection[str]) -> bool:
        """Return True if anybody of our side came; whoever belongs to the party is not of our side."""
        others = frozenset(self.of[engagement].came).difference(theirs) if engagement in self.of else frozenset()
        return not (others.isdisjoint(self._ours) and others.isdisjoint(self.of[engagement].for_it if others else ()))


def is_written(engagement: Mapping[str, Any]) -> bool:
    """Return True if an engagement is a letter or a written question: nobody met."""
    return not _WRITTEN.isdisjoint(folded(engagement.get("engagement_kind") or "").split())


def is_of_two_sides(engagement: Mapping[str, Any]) -> bool:
    """Return True if an engagement is of two sides by its kind: a call, a visit, a bilateral meeting."""
    kind = str(engagement.get("engagement_kind") or "").casefold()
    return any(word in kind for word in OF_TWO_SIDES)


def engagement_of(edges: Sequence[FullEdgeRow], lists: Lists, theirs: Collection[str], day: str) -> Touch:
    """Return the touch that an engagement was, from the relationships of whoever belongs to the party with it."""
    what, values = edges[0].other, edges[0].values
    with_ours, of_two = lists.has_ours(what.id, theirs), is_of_two_sides(values)
    return Touch(
        kind="engagement" if with_ours or of_two else "occasion",
        what=what,
        values=values,
        on=_begun(edges[0]),
        held="yes" if any(took_place(edge, day=day) == "yes" for edge in edges) else "unknown",
        with_ours=with_ours,
        is_close=of_two or what.id not in lists.of or lists.of[what.id].listed <= FEW,
        sources=(values,),
    )


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


@dataclass(frozen=True)
class Met:
    """The last real touch with a party, and the next meeting of it with our side; None where none is on record."""

    last: Touch | None
    next: FullEdgeRow | None


def met_with(session: Session, parties: Collection[Subject], *, day: str) -> dict[str, Met]:
    """Return the last real touch by a day and the next meeting within 90 days, by id of the party.

    They are looked up from the engagements: a party may have tens of thousands, of which few are a touch with any one.
    """
    asked = CloseUntil(day=day, until=days_after(day, DAYS_AHEAD), words=OF_TWO_SIDES, few=FEW)
    close = {one.id: one for one in session.read(CLOSE_ENGAGEMENTS, asked)} if parties else {}
    lists, met = Lists(session, close), {}
    for party, theirs in belonging(session, parties, sorted(lists.everybody), day=day).items():
        shared = [close[id_] for id_, row in lists.of.items() if not theirs.isdisjoint(row.came)]
        ours = [it for it in shared if lists.has_ours(it.id, theirs) or is_of_two_sides(it.values)]
        met[party] = Met(_last(session, party, theirs, ours, lists, day), _next(session, theirs, ours, asked))
    for person in (party for party in parties if party.cls == "Person"):
        met[person.id] = replace(met[person.id], last=_last_of(session, person, day))
    return met


def _last(
    session: Session, party: str, theirs: frozenset[str], engagements: Iterable[Entity], lists: Lists, day: str
) -> Touch | None:
    """Return the latest that surely took place, by name and id where several were on the same day."""
    past = sorted((it for it in engagements if it.values["period_start"] <= day), key=lambda it: (it.name, it.id))
    for what in sorted(past, key=lambda it: str(it.values["period_start"]), reverse=True):
        edges = [edge for edge in _parts(session, what.id, theirs) if took_place(edge, day=day) != "no"]
        touch = engagement_of(edges, lists, theirs, day) if edges else None
        if touch and touch.is_real:
            return with_names(session, party, theirs, [touch])[0]
    return None


def _last_of(session: Session, person: Subject, day: str) -> Touch | None:
    """Return the same of a person: a meeting of a post was with whoever held it that day."""
    scope = scope_of(session, person, day=day)
    touches = touches_of(session, scope, day=day, least=1, counts=lambda touch: touch.is_real).newest
    last = [touch for touch in touches if touch.is_real][:1]
    return next(iter(with_names(session, person.id, whose_engagements(session, scope).ids, last)), None)


def _next(
    session: Session, theirs: frozenset[str], engagements: Iterable[Entity], asked: CloseUntil
) -> FullEdgeRow | None:
    ahead = [it for it in engagements if it.values.get("start_max", "") >= asked.day]
    ahead.sort(key=lambda it: (first_day(it.values["period_start"]), it.name, it.id))
    edges = (edge for it in ahead for edge in _parts(session, it.id, theirs))
    return next((edge for edge in edges if is_ahead(edge, since=asked.day, until=asked.until)), None)


def _parts(session: Session, engagement: str, theirs: frozenset[str]) -> Iterator[FullEdgeRow]:
    """Give the relationships of whoever belongs to a party with an engagement, as seen from them."""
    [what] = entities(session, [engagement]).values()
    for edge in Edges(session, "").every(TAKING_PART, [engagement]):
        if edge.id in theirs:
            yield edge_to(what, subject=edge.id, key=edge.key, properties=edge.properties)
