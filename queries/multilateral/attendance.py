"""Who was, or is to be, at an engagement: posts resolved to who held them that day, and what is known of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.domain.values import last_day
from graph.text import folded
from queries.core.answer import Subject
from queries.core.holders import NO_POST, Holder, holder_of
from queries.core.printed_names import printed_names
from queries.core.reading import Entity, FullEdgeRow, OfIds, grouped
from queries.core.reads import HOLDERS_OF
from queries.core.session import Session
from queries.core.wording import listed
from queries.multilateral.reads import PARTICIPANTS_OF, PARTICIPATIONS, PARTICIPATIONS_IN, OfKeys

Presence = Literal["attended", "did not come", "registered", "listed", "covered by a statement"]
CAPACITIES = ("head", "chair", "host", "alternate", "deputy", "adviser", "private sector adviser", "observer")
"""Capacities, folded, in the order of a list of participants; others follow by name."""

# A State that aligned itself with the statement of another is covered by it: it need not have been in the room.
_COVERED = "aligned"


@dataclass(frozen=True)
class Attendance:
    """One participation in one engagement.

    Attributes:
        engagement: The engagement.
        edge: The participation; the other end is who takes part.
        holder: Who held the post on the first day of the engagement; `NO_POST` where it is no post.
        delegation: Id of the party on whose behalf, blank if nobody says.
        delegation_name: Its printed name.
    """

    engagement: Entity
    edge: FullEdgeRow
    holder: Holder
    delegation: str = ""
    delegation_name: str = ""

    @property
    def presence(self) -> Presence:
        """What is known of its being there. Registered is not attended."""
        said = self.edge.properties
        if said.get("attended") is not None:
            return "attended" if said["attended"] else "did not come"
        if self.is_covered:
            return "covered by a statement"
        return "registered" if said.get("registered") else "listed"

    @property
    def is_covered(self) -> bool:
        """Whether it is only covered by a statement that another made, and so counts nowhere."""
        return folded(self.capacity).startswith(_COVERED)

    @property
    def capacity(self) -> str:
        """Capacity as stated; blank if it is not."""
        return self.edge.properties.get("capacity") or ""

    @property
    def who(self) -> str:
        """The post or party, with who held the post that day, in words."""
        return self.edge.name + in_words(self.holder)

    @property
    def sources(self) -> tuple[Mapping[str, Any], ...]:
        """Properties of what it rests on."""
        return self.edge.properties, *self.holder.sources


def attendances(
    session: Session, engagements: Sequence[Entity], *, day: str, of: Collection[str] | None = None
) -> dict[str, list[Attendance]]:
    """Return who takes part in engagements, by id of the engagement, heads first; one without a list is left out.

    Args:
        session: The graph.
        engagements: The engagements.
        day: Full day that stands for that of an engagement without one.
        of: Only who is, or comes on behalf of, one of these, by id; a list may then be empty. None is everybody.
    """
    by_id = {each.id: each for each in engagements}
    if not by_id:
        return {}
    ids = OfIds(ids=tuple(sorted(by_id)))
    lists, edges = ({}, session.read(PARTICIPANTS_OF, ids)) if of is None else _of_some(session, ids, of)
    terms = _terms(session, edges)
    named = printed_names(
        session, {edge.properties["on_behalf_of"] for edge in edges if edge.properties.get("on_behalf_of")}
    )
    found: dict[str, list[Attendance]] = lists
    for id_, there in grouped(edges).items():
        engagement = by_id[id_]
        on = day_of(engagement.values) or day
        found[id_] = sorted((_attendance(engagement, edge, terms, named, on) for edge in there), key=_order)
    return found


def _of_some(
    session: Session, ids: OfIds, of: Collection[str]
) -> tuple[dict[str, list[Attendance]], list[FullEdgeRow]]:
    """Return an empty list for each engagement of which one is held, and the participations that concern some."""
    rows = session.read(PARTICIPATIONS_IN, ids)
    keys = [
        key
        for row in rows
        for key, who, delegation in zip(row.keys, row.participants, row.delegations, strict=True)
        if who in of or delegation in of
    ]
    edges = session.read(PARTICIPATIONS, OfKeys(keys=tuple(sorted(keys)))) if keys else []
    return {row.id: [] for row in rows}, edges


def day_of(engagement: Mapping[str, Any]) -> str:
    """Return the full day for which posts are resolved: the first, or the last day that a partial one may mean."""
    start = engagement.get("period_start")
    return last_day(start) if start else ""


def in_words(holder: Holder) -> str:
    """Return who holds a post as an addition to its name: `` (Ada Example)``; blank where it is no post."""
    if holder.holding == "no post":
        return ""
    if holder.holding == "vacant":
        return f" (vacant when last seen, {holder.seen_on})"
    if holder.person is None:
        return " (who held it is not held)"
    if holder.holding == "in office":
        return f" ({holder.person.name})"
    if holder.holding in ("acting", "designate"):
        return f" ({holder.person.name}, {holder.holding})"
    seen = f", last seen {holder.seen_on}" if holder.seen_on else ""
    return f" (perhaps {holder.person.name}{seen})"


def _terms(session: Session, edges: Sequence[FullEdgeRow]) -> dict[str, list[Any]]:
    posts = sorted({edge.id for edge in edges if edge.cls == "Post"})
    return grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(posts)))) if posts else {}


def _attendance(
    engagement: Entity, edge: FullEdgeRow, terms: Mapping[str, Sequence[Any]], named: Mapping[str, str], on: str
) -> Attendance:
    holder = holder_of(edge.values, terms.get(edge.id, ()), day=on) if edge.cls == "Post" else NO_POST
    delegation = edge.properties.get("on_behalf_of") or ""
    return Attendance(engagement, edge, holder, delegation, named.get(delegation, ""))


def _order(each: Attendance) -> tuple[int, int, str, str, str]:
    capacity = folded(each.capacity)
    place = CAPACITIES.index(capacity) if capacity in CAPACITIES else len(CAPACITIES)
    return int(each.is_covered), place, folded(each.delegation_name), folded(each.edge.name), each.edge.key


def is_ahead(each: Attendance, *, day: str) -> bool:
    """Say whether an engagement had not begun by a day, or has no day yet and was not held."""
    said = each.engagement.values
    if not said.get("start_min"):
        return said.get("status") != "held"
    return bool(said["start_min"] > day)


def by_presence(of: Sequence[Attendance], *, day: str) -> str:
    """Return how many attended, registered or stayed away, in words; what is still ahead is told apart."""
    ahead = [each for each in of if each.presence == "registered" and is_ahead(each, day=day)]
    past = [each for each in of if not (each.presence == "registered" and is_ahead(each, day=day))]
    words = (
        ("attended", "attended"),
        ("registered", "registered, of whom nobody says whether they came"),
        ("did not come", "registered and did not come"),
        ("listed", "listed without more"),
    )
    numbers = [(len(ahead), "registered for what is still to come")]
    numbers = [*((sum(each.presence == presence for each in past), word) for presence, word in words), *numbers]
    return listed([f"{number} {word}" for number, word in numbers if number])


def holder_fields(holder: Holder) -> dict[str, Any]:
    """Return what a row tells of who held a post: id, name, how, last seen."""
    person: Subject | None = holder.person
    return {
        "holder": person.id if person else None,
        "holder_name": person.name if person else None,
        "holding": None if holder.holding == "no post" else holder.holding,
        "seen_on": holder.seen_on,
    }
