"""Cases in which two facts that are held cannot both be true, or should not: one finder for each rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.domain.values import first_day, last_day
from graph.query import Query
from queries.changing.reads import (
    AGREEMENTS_DATED,
    AWARDS_PAST_END,
    BONDS_LEFT,
    BONDS_LEFT_OF,
    COMPACTS_EXTENDED,
    EDGES_TO_ENDED,
    ENGAGEMENTS_PAST_DAY,
    PAID_WITHOUT_CONTACT,
    PAID_WITHOUT_CONTACT_OF,
    POSTS_WITH_HOLDERS,
    POSTS_WITH_HOLDERS_OF,
    SEEN_AND_ENDED,
    SEEN_AND_ENDED_OF,
    SUCCESSIONS,
    SUCCESSIONS_OF,
    UNDER_ENDED_COMPACTS,
    UNDER_ENDED_COMPACTS_OF,
    BeforeDay,
    Joined,
    OfIdsBeforeDay,
)
from queries.core.answer import Held, Subject
from queries.core.compiled import Everything
from queries.core.days import Passed, held_on, stretch
from queries.core.reading import Entity, OfIds, grouped
from queries.core.reads import HOLDERS_OF
from queries.core.sayings import said_of
from queries.core.session import Session
from queries.core.wording import counted, listed

Circle: TypeAlias = frozenset[str] | None
"""Whose cases are wanted; others may come too, as some reads look everywhere. None is everybody's."""


@dataclass(frozen=True)
class Case:
    """Two facts that do not go together.

    Attributes:
        subject: What the first is said of.
        other: The other end, where the facts are of a relationship.
        first, second: The facts in words, each a sentence without its full stop.
        held: Whether both are known to stand on the day.
        sources: Properties of all that they rest on, of the first fact first.
        key: What tells this case of a rule from others.
    """

    subject: Subject
    first: str
    second: str
    held: Held
    sources: tuple[Mapping[str, Any], ...]
    key: str
    other: Subject | None = None


def two_holders(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    """Give posts that several people hold at once, none of them acting or designate.

    Only what is known to stand on the day counts: two people seen in a post years apart held it one after the other.
    """
    for terms in grouped(_of(session, circle, POSTS_WITH_HOLDERS, POSTS_WITH_HOLDERS_OF)).values():
        standing = [term for term in terms if term.held(day) == "yes" and _is_substantive(term)]
        people = {term.id: term for term in standing}
        if len(people) > 1:
            first, second, *_ = sorted(
                people.values(), key=lambda term: (term.properties.get("start_min", ""), term.key)
            )
            more = f", as do {counted(len(people) - 2, 'other')}" if len(people) > 2 else ""
            yield Case(
                subject=first.nearer,
                other=second.other,
                first=f"{first.name} holds the post {first.subject_name} {_stretch(first)}".rstrip(),
                second=f"{second.name} holds it too {_stretch(second)}".rstrip() + more,
                held="yes",
                sources=tuple(term.properties for term in people.values()),
                key=first.subject,
            )


def posts_in_ended_bodies(session: Session, day: str, _: Circle) -> Iterator[Case]:
    """Give holders of posts in bodies that ended."""
    posts = [
        edge for edge in _before(session, EDGES_TO_ENDED, day) if edge.type == "POST_IN" and edge.held(day) != "no"
    ]
    of = OfIds(ids=tuple(sorted({edge.subject for edge in posts})))
    holders = grouped(session.read(HOLDERS_OF, of)) if of.ids else {}
    for edge in posts:
        for term in holders.get(edge.subject, ()):
            if term.held(day) != "no" and _outlives(term.properties, edge.values):
                yield Case(
                    subject=term.other,
                    other=edge.other,
                    first=f"{term.name} holds the post {edge.subject_name} {_stretch(term)}".rstrip(),
                    second=_ended(edge),
                    held=_both(term.held(day), edge.held(day)),
                    sources=(term.properties, edge.properties, edge.values),
                    key=f"{term.key} {edge.key}",
                )


def memberships_of_ended_bodies(session: Session, day: str, _: Circle) -> Iterator[Case]:
    """Give memberships that outlive the body."""
    for edge in _before(session, EDGES_TO_ENDED, day):
        if edge.type == "MEMBER_OF" and _outlives(edge.properties, edge.values) and edge.held(day) != "no":
            yield _joined(edge, day, second=_ended(edge), held=_held(edge.held(day)))


def active_awards(session: Session, day: str, _: Circle) -> Iterator[Case]:
    """Give awards said to be active past their end."""
    for award in session.read(AWARDS_PAST_END, BeforeDay(day=day)):
        said = award.values
        first = f"{award.name} is said to be {said['status']}"
        yield _of_thing(award, first, f"its period ended {said['period_end']}")


def parties_without_contact(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    """Give parties that awards go to, and that nobody here knows how to reach."""
    for edges in grouped(_of(session, circle, PAID_WITHOUT_CONTACT, PAID_WITHOUT_CONTACT_OF)).values():
        running = [edge for edge in edges if held_on(edge.values, day=day) != "no" and edge.held(day) != "no"]
        if running:
            edge = min(running, key=lambda each: (held_on(each.values, day=day) != "yes", each.key))
            names = listed([each.name for each in running], most=2)
            yield Case(
                subject=edge.nearer,
                other=edge.other,
                first=f"{edge.subject_name} receives {names} {stretch(edge.values)}".rstrip(),
                second="no channel and no post of it is held here",
                held=_held(held_on(edge.values, day=day)),
                sources=tuple(each.properties for each in running),
                key=edge.subject,
            )


def ends_before_starts(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    """Give withdrawals that lie before the signature, or take effect before they were notified."""
    for edge in _of(session, circle, BONDS_LEFT, BONDS_LEFT_OF):
        left, notified, signed = (edge.properties.get(name) for name in _LEAVING)
        joined = edge.properties.get("action_on")
        if left and signed and last_day(left) < first_day(signed) and not joined:
            first = f"{edge.subject_name} withdrew from {edge.name} on {left}"
            yield _joined(edge, day, first=first, second=f"it signed on {signed}", held="yes")
        if left and notified and last_day(left) < first_day(notified):
            first = f"{edge.subject_name} left {edge.name} with effect from {left}"
            yield _joined(edge, day, first=first, second=f"it gave notice of that on {notified}", held="yes")
    for agreement in session.read(AGREEMENTS_DATED, Everything()):
        signed, force = agreement.values["signed_on"], agreement.values["in_force_on"]
        if last_day(force) < first_day(signed):
            first = f"{agreement.name} entered into force on {force}"
            yield _of_thing(agreement, first, f"it was signed on {signed}")


_LEAVING = ("withdrawn_on", "withdrawal_notified_on", "signed_on")


def seen_after_ends(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    """Give terms and memberships that were seen after their stated end."""
    for edge in _of(session, circle, SEEN_AND_ENDED, SEEN_AND_ENDED_OF):
        end = edge.properties["period_end"]
        seen = max((each for each in edge.properties["attested_on"] if first_day(each) <= day), default="")
        if seen and first_day(seen) > last_day(end):
            second = f"a source shows it on {seen}"
            yield _joined(edge, day, second=second, held="yes")


def compacts_past_ends(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    """Give compacts whose end has passed, although an extension is stated or something under them goes on."""
    for compact in session.read(COMPACTS_EXTENDED, BeforeDay(day=day)):
        extended = "; ".join(compact.values["extension"])
        first = f"{compact.name} ended {compact.values['period_end']}"
        yield _of_thing(compact, first, f"an extension is stated: {extended}")
    if circle is None:
        under = _before(session, UNDER_ENDED_COMPACTS, day)
    else:
        under = session.read(UNDER_ENDED_COMPACTS_OF, OfIdsBeforeDay(ids=tuple(sorted(circle)), day=day))
    for edge in under:
        if edge.subject_values.get("period_end") and held_on(edge.subject_values, day=day) == "yes":
            yield Case(
                subject=edge.other,
                other=edge.nearer,
                first=f"{edge.name} ended {edge.values['period_end']}",
                second=f"{edge.subject_name} under it goes on {stretch(edge.subject_values)}",
                held="yes",
                sources=(edge.values, edge.subject_values, edge.properties),
                key=edge.key,
            )


def planned_engagements(session: Session, day: str, _: Circle) -> Iterator[Case]:
    """Give engagements still planned although their day has passed."""
    for engagement in session.read(ENGAGEMENTS_PAST_DAY, BeforeDay(day=day)):
        first = f"{engagement.name} is {engagement.values['status']}"
        yield _of_thing(engagement, first, f"its day, {stretch(engagement.values)}, has passed")


def early_successors(session: Session, day: str, circle: Circle) -> Iterator[Case]:
    """Give successors that began before the end of what they took the place of."""
    for edge in _of(session, circle, SUCCESSIONS, SUCCESSIONS_OF):
        end, start = edge.subject_values.get("end_min"), edge.values.get("start_max")
        ended = edge.subject_values.get("existence_end") or edge.subject_values.get("period_end")
        began = edge.values.get("existence_start") or edge.values.get("period_start")
        if ended and began and end and start and start < end and start <= day:
            second = f"{edge.name}, which took its place, began {began}"
            yield _joined(edge, day, first=f"{edge.subject_name} ended {ended}", second=second, held="yes")
        adopted, after = edge.subject_values.get("adopted_on"), edge.values.get("adopted_on")
        if adopted and after and last_day(after) < first_day(adopted) and first_day(adopted) <= day:
            second = f"{edge.name}, which is said to follow it, was adopted on {after}"
            first = f"{edge.subject_name} was adopted on {adopted}"
            yield _joined(edge, day, first=first, second=second, held="yes")


def _of(
    session: Session, circle: Circle, every: Query[Everything, Joined], theirs: Query[OfIds, Joined]
) -> list[Joined]:
    """Return what a read finds around a circle, or everywhere."""
    if circle is None:
        return session.read(every, Everything())
    return session.read(theirs, OfIds(ids=tuple(sorted(circle))))


def _before(session: Session, query: Query[BeforeDay, Joined], day: str) -> list[Joined]:
    return session.read(query, BeforeDay(day=day))


def _is_substantive(term: Joined) -> bool:
    return term.properties.get("capacity") in (None, "substantive")


def _outlives(edge: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    """Say whether an edge is known to go on past the last possible day of a body."""
    surely_until = edge.get("end_min") or edge.get("start_min") or ""
    return bool(surely_until > body["end_max"])


def _ended(edge: Joined) -> str:
    return f"{edge.name} ended {edge.values['existence_end']}"


def _stretch(edge: Any) -> str:
    said = stretch(edge.properties)
    return f"({said})" if said else ""


def _held(state: Passed) -> Held:
    return "yes" if state == "yes" else "unknown"


def _both(*states: Passed) -> Held:
    return "yes" if all(state == "yes" for state in states) else "unknown"


def _of_thing(thing: Entity, first: str, second: str) -> Case:
    return Case(thing.subject, first, second, "yes", (thing.values,), thing.id)


def _joined(edge: Joined, day: str, *, second: str, held: Held, first: str = "") -> Case:
    """Return the case of a relationship; the first fact is the relationship itself where nothing else is said."""
    said = first or f"{edge.subject_name} {said_of(edge.type, edge, leads_out=True, day=day)}"
    return Case(
        edge.nearer, said, second, held, (edge.properties, edge.subject_values, edge.values), edge.key, other=edge.other
    )


def sorted_cases(cases: Iterable[Case]) -> Sequence[Case]:
    """Return cases in the order of what they are about, then by what tells them apart."""
    return sorted(cases, key=lambda case: (case.held != "yes", case.subject.name.casefold(), case.key))
