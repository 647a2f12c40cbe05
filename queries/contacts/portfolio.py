"""What an officer or a post answers for: relationships and their second owners, promises, meetings and duties."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from graph.domain.values import first_day, last_day
from queries.answer import Subject
from queries.asking import Asking
from queries.contacts.importance import DAYS_AHEAD, is_ahead
from queries.contacts.our_side import ours_among
from queries.contacts.reads import ENGAGEMENTS_WITH, POSTS_HELD_BY, PROMISES_OF, WHOLES_OF
from queries.contacts.scope import Scope, Ties, scope_of
from queries.instruments.duties import Duty, duties
from queries.instruments.reads import OWED_TO
from queries.instruments.recurrence import occurrences
from queries.promised import is_open
from queries.reading import FullTie, OfIds, Tie, grouped
from queries.reads import BODIES_OF_POSTS, ENTITIES_BY_ID, MAKERS_OF, OUR_SIDE_OF, TIES_OUT, OfType, OursTie

Direction = Literal["they owe us", "we owe them"]

# Relationships of one owner: an officer has tens.
_MOST = 1_000


@dataclass(frozen=True)
class Owned:
    """A relationship with a party.

    Attributes:
        tie: The tie from our post or office to the party.
        backups: Ties of second owners to the party, or of other first ones where there is no second.
        scope: The party with its offices, posts and holders.
        by_office: Whether the office of the post owns it, not the post itself.
    """

    tie: FullTie
    backups: tuple[OursTie, ...]
    scope: Scope
    by_office: bool = False


@dataclass(frozen=True)
class Promise:
    """An open promise between a party of the portfolio and our side."""

    tie: FullTie
    direction: Direction
    makers: tuple[Tie, ...]
    owed_to: tuple[Tie, ...]


@dataclass(frozen=True)
class Post:
    """Whose portfolio it is: the posts, the offices they sit in, and what these are part of, by id."""

    posts: dict[str, str]
    offices: dict[str, str]
    wholes: dict[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the posts and offices and what they are part of."""
        return tuple(dict.fromkeys((*self.posts, *self.offices, *self.wholes)))


def posts_of(asking: Asking, party: Subject, *, day: str) -> Post:
    """Return the posts that an officer holds, or may still hold, on a day; or the post itself."""
    ties = Ties(asking, day)
    held = [party] if party.cls == "Post" else [t.other for t in ties.of(POSTS_HELD_BY, [party.id]).get(party.id, ())]
    posts = {post.id: post.name for post in held}
    offices = {tie.id: tie.name for found in ties.of(BODIES_OF_POSTS, posts).values() for tie in found}
    wholes: dict[str, str] = {}
    outermost: Iterable[str] = offices
    for _ in range(2):  # a section of an office of a bureau; duties of a whole department are nobody's to hand over
        outermost = [tie.id for found in ties.of(WHOLES_OF, outermost).values() for tie in found]
        known = asking.read(ENTITIES_BY_ID, OfIds(ids=tuple(outermost))) if outermost else []
        wholes |= {each.id: each.name for each in known if each.id not in offices}
    return Post(posts, offices, wholes)


def owned_by(asking: Asking, whose: Post, *, day: str) -> list[Owned]:
    """Return the relationships that these posts own on the day; if they own none, those of their offices."""
    ties = _owned(asking, whose.posts, day)
    by_office = not ties
    ties = ties or _owned(asking, whose.offices, day)
    beside = Ties(asking, day).of(OUR_SIDE_OF, (tie.id for tie in ties))
    return [
        Owned(
            tie,
            _backups(beside.get(tie.id, ()), whose, tie),
            scope_of(asking, tie.other, day=day),
            by_office,
        )
        for tie in sorted(ties, key=lambda tie: (tie.tie.get("standing") == "backup", tie.name, tie.id))
    ]


def _owned(asking: Asking, owners: Iterable[str], day: str) -> list[FullTie]:
    ids = tuple(owners)
    if not ids:
        return []
    found = asking.read(TIES_OUT, OfType(ids=ids, type="OWNS_RELATIONSHIP", limit=_MOST))
    return list({tie.id: tie for tie in found if tie.held(day) != "no"}.values())


def _backups(ours: Sequence[OursTie], whose: Post, owned: FullTie) -> tuple[OursTie, ...]:
    others = [tie for tie in ours if tie.type == "OWNS_RELATIONSHIP" and tie.id not in whose.posts]
    others = [tie for tie in others if tie.id != owned.subject]
    second = [tie for tie in others if tie.tie.get("standing") == "backup"]
    if owned.tie.get("standing") == "backup":
        second = [tie for tie in others if tie.tie.get("standing") != "backup"]
    second.sort(key=lambda tie: (tie.cls != "Post", tie.name, tie.id))  # an officer before the office that one sits in
    return tuple({tie.id: tie for tie in second}.values())


def promises_with(asking: Asking, ids: Iterable[str], *, day: str) -> list[Promise]:
    """Return open promises of or to any of these between our side and another, made by the day; earliest due first."""
    ends = asking.read(PROMISES_OF, OfIds(ids=tuple(dict.fromkeys(ids))))
    found = {tie.id: tie for tie in ends if is_open(tie.values, day=day)}
    if not found:
        return []
    wanted = OfIds(ids=tuple(sorted(found)))
    makers, owed = grouped(asking.read(MAKERS_OF, wanted)), grouped(asking.read(OWED_TO, wanted))
    ours = ours_among(asking, [tie.id for ties in (*makers.values(), *owed.values()) for tie in ties])
    promises = []
    for it, tie in found.items():
        by, to = tuple(makers.get(it, ())), tuple(owed.get(it, ()))
        direction = _direction(by, to, ours)
        if direction:
            promises.append(Promise(tie, direction, by, to))
    return sorted(promises, key=lambda each: (each.tie.values.get("due_on") or "9999", each.tie.name, each.tie.id))


def _direction(makers: Sequence[Tie], owed_to: Sequence[Tie], ours: frozenset[str]) -> Direction | None:
    """Return which way a promise goes; None for one between others."""
    if any(tie.id in ours for tie in makers):
        return "we owe them"
    return "they owe us" if any(tie.id in ours for tie in owed_to) or not owed_to else None


def engagements_ahead(asking: Asking, ids: Iterable[str], *, day: str) -> list[tuple[FullTie, frozenset[str]]]:
    """Return engagements of the next 90 days that any of these takes part in, soonest first, with who of them does."""
    found = asking.read(ENGAGEMENTS_WITH, OfIds(ids=tuple(dict.fromkeys(ids))))
    ahead = [tie for tie in found if is_ahead(tie, since=day, until=ahead_of(day))]
    who: dict[str, set[str]] = {}
    for tie in ahead:
        who.setdefault(tie.id, set()).add(tie.subject)
    once = {tie.id: tie for tie in ahead}.values()
    ordered = sorted(once, key=lambda tie: (first_day(tie.values["period_start"]), tie.name, tie.id))
    return [(tie, frozenset(who[tie.id])) for tie in ordered]


def duties_ahead(asking: Asking, owners: Iterable[str], *, day: str) -> list[tuple[str, Duty]]:
    """Return duties by law that these owe within the next 90 days, soonest first."""
    mine, until = set(owners), ahead_of(day)
    found = [
        (due, duty)
        for duty in duties(asking, of=mine)
        if duty.entity.cls == "Obligation" and mine & {owner.id for owner in duty.owners}
        for due in _days(duty, since=day, until=until)
    ]
    return sorted(found, key=lambda each: (first_day(each[0]), each[1].entity.name, each[1].entity.id))


def _days(duty: Duty, *, since: str, until: str) -> Iterable[str]:
    if duty.recurrence:
        return occurrences(duty.recurrence, start=duty.due_on, since=since, until=until) or ()
    day = duty.due_on
    return [day] if day and first_day(day) <= until and last_day(day) >= since else []


def ahead_of(day: str) -> str:
    """Return the last day that is looked ahead to."""
    return (date.fromisoformat(day) + timedelta(days=DAYS_AHEAD)).isoformat()
