"""When our side last had to do with a party: meetings and calls on record, and checks of its channels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from graph.domain.edges import Organized, Participated
from graph.domain.values import last_day
from queries.contacts.reads import WHO_CAME, CameFor
from queries.core.answer import Subject
from queries.core.compiled import hop
from queries.core.days import Passed, passed
from queries.core.happened import stands
from queries.core.holders import NO_POST, holder_of
from queries.core.home import ours_among
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, grouped
from queries.core.reads import CHANNELS_OF, ENGAGEMENTS_WITH, ENTITIES_BY_ID, HOLDERS_OF, POSTS_HELD_BY
from queries.core.scope import Scope
from queries.core.session import Session

TouchKind = Literal["engagement", "occasion", "contact check"]

# Kinds of engagement that are of two sides: one of them is a touch even where nobody noted who of ours was there.
_OF_TWO_SIDES = ("call", "bilat", "pull-aside", "démarche", "demarche", "visit", "trip", "dialogue", "consultation")
_OFF = ("cancelled", "postponed")
_TAKING_PART = hop(Participated, Organized, into=True, row=EdgeRow)


# Of such a status without a day, nothing says that it ever came.
_AHEAD = ("planned", "confirmed", "proposed", "tentative")


@dataclass(frozen=True)
class Touch:
    """One time that our side had to do with a party, or was at the same occasion.

    Attributes:
        kind: An engagement with our side; an occasion at which the party was and our side is not recorded; a check
            of one of its channels.
        what: The engagement or channel.
        said: Properties of it.
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
    said: Mapping[str, Any]
    on: str
    held: Passed
    with_ours: bool
    sources: tuple[Mapping[str, Any], ...]
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    their_people: tuple[str, ...] = ()


def touches_of(session: Session, scope: Scope, *, day: str) -> list[Touch]:
    """Return every touch with a party and what belongs to it by a day, latest first, those without a day last.

    Who was there is left out: a party may have been at thousands of engagements with tens of thousands of others.
    """
    found = [*_engagements(session, scope, day), *_checks(session, scope, day)]
    found.sort(key=lambda touch: (touch.what.name, touch.what.id, touch.kind))
    found.sort(key=lambda touch: touch.on, reverse=True)
    return found


def with_names(session: Session, scope: Scope, touches: Sequence[Touch]) -> list[Touch]:
    """Return touches with who was there; for those that are shown."""
    met = {touch.what.id for touch in touches if touch.kind != "contact check"}
    if not met:
        return list(touches)
    there = grouped(session.read(_TAKING_PART, OfIds(ids=tuple(sorted(met)))))
    everybody = [edge for edges in there.values() for edge in edges]
    ids = frozenset(_whose(session, scope).ids)
    posts = tuple(sorted({edge.id for edge in everybody if edge.cls == "Post"}))
    terms = grouped(session.read(HOLDERS_OF, OfIds(ids=posts))) if posts else {}
    known = {each.id: each.values for each in session.read(ENTITIES_BY_ID, OfIds(ids=posts))} if posts else {}
    ours = ours_among(session, [edge.id for edge in everybody])
    sides = _Sides(scope.party.id, ids, ours, session.home.government, terms, known)
    return [
        touch if touch.kind == "contact check" else _with_names(touch, there.get(touch.what.id, ()), sides)
        for touch in touches
    ]


def _engagements(session: Session, scope: Scope, day: str) -> Iterable[Touch]:
    by_engagement: dict[str, list[FullEdgeRow]] = {}
    whose = _whose(session, scope)
    for edge in session.read(ENGAGEMENTS_WITH, OfIds(ids=whose.ids)):
        came = edge.properties.get("attended") is not False and not _is_off(edge.values) and whose.had(edge)
        if came and stands("PARTICIPATED", edge, day=day) != "no":
            by_engagement.setdefault(edge.id, []).append(edge)
    if not by_engagement:
        return
    rows = session.read(WHO_CAME, CameFor(ids=tuple(sorted(by_engagement)), party=session.home.government))
    others = {row.id: frozenset(row.came).difference(whose.ids) for row in rows}
    ours = ours_among(session, frozenset().union(*others.values()))
    with_ours = {row.id for row in rows if others[row.id] & ours or others[row.id].intersection(row.for_it)}
    for edges in by_engagement.values():
        yield _engagement(edges, day, with_ours=edges[0].id in with_ours)


def _is_off(said: Mapping[str, Any]) -> bool:
    status = said.get("status")
    return status in _OFF or (status in _AHEAD and not said.get("period_start"))


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
    if scope.party.cls != "Person":
        return _Whose(scope.ids)
    held = {edge.id: edge.values for edge in session.read(POSTS_HELD_BY, OfIds(ids=(scope.party.id,)))}
    terms = grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(sorted(held))))) if held else {}
    return _Whose((scope.party.id, *sorted(held)), scope.party.id, terms, held)


@dataclass(frozen=True)
class _Sides:
    """The party, what belongs to it, our side, our government, and terms and properties of posts that took part."""

    party: str
    theirs: frozenset[str]
    ours: frozenset[str]
    us: str
    terms: Mapping[str, list[EdgeRow]]
    posts: Mapping[str, Mapping[str, Any]]


def _engagement(edges: Sequence[FullEdgeRow], day: str, *, with_ours: bool) -> Touch:
    edge, said = edges[0], edges[0].values
    kind = str(said.get("engagement_kind") or "").casefold()
    is_touch = with_ours or any(word in kind for word in _OF_TWO_SIDES)
    held = [stands("PARTICIPATED", each, day=day) for each in edges]
    return Touch(
        kind="engagement" if is_touch else "occasion",
        what=edge.other,
        said=said,
        on=str(said.get("period_start") or ""),
        held="yes" if "yes" in held else "unknown",
        with_ours=with_ours,
        sources=(said,),
    )


def _with_names(touch: Touch, there: Sequence[EdgeRow], sides: _Sides) -> Touch:
    came = [each for each in there if each.properties.get("attended") is not False]
    of_ours = [each for each in came if _is_ours(each, sides) and each.id not in sides.theirs]
    of_theirs = [each for each in came if each.id in sides.theirs]
    return replace(
        touch,
        ours=_names(of_ours, sides, touch.said),
        theirs=_names(of_theirs, sides, touch.said),
        their_people=_names([each for each in of_theirs if each.id != sides.party], sides, touch.said),
        sources=(touch.said, *(each.properties for each in (*of_ours, *of_theirs))),
    )


def _is_ours(edge: EdgeRow, sides: _Sides) -> bool:
    return edge.id in sides.ours or edge.properties.get("on_behalf_of") == sides.us


def _names(edges: Iterable[EdgeRow], sides: _Sides, said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return who came, each once: a post with whoever held it that day."""
    start = said.get("period_start")
    named: dict[str, None] = {}
    for edge in sorted(edges, key=lambda edge: (edge.name, edge.key)):
        terms = sides.terms.get(edge.id, ())
        holder = holder_of(sides.posts[edge.id], terms, day=last_day(start)) if start and terms else NO_POST
        who = f"{holder.person.name}, {edge.name}" if holder.person and holder.is_known else edge.name
        named[f"{who}{_as(edge)}"] = None
    return tuple(named)


def _as(edge: EdgeRow) -> str:
    said = edge.properties
    registered = said.get("registered") and said.get("attended") is None
    told = said.get("capacity") or said.get("role") or ("registered" if registered else "")
    return f" ({told})" if told else ""


def _checks(session: Session, scope: Scope, day: str) -> Iterable[Touch]:
    ids = (scope.party.id, *sorted(scope.holders)) if scope.party.cls == "Person" else scope.ids
    channels = {edge.id: edge for edge in session.read(CHANNELS_OF, OfIds(ids=ids))}
    for edge in channels.values():
        said = edge.values
        who = (str(said["verified_by"]),) if said.get("verified_by") else ()
        for name, by in (("verified_on", who), ("bounced_on", ())):
            if said.get(name) and passed(said[name], on=day) != "no":
                yield Touch("contact check", edge.other, said, said[name], "yes", bool(by), (said,), by)
