"""Who was, or is to be, at an engagement: posts resolved to who held them that day, and for whom each came."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.domain.values import last_day
from graph.text import folded
from queries.core.answer import Caveat, Subject
from queries.core.holders import NO_POST, Holder, holder_of
from queries.core.membership import is_beside, membership_on
from queries.core.printed_names import printed_names
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, grouped
from queries.core.reads import HOLDERS_OF, MEMBERS_OF
from queries.core.session import Session
from queries.core.wording import counted, listed
from queries.multilateral.acting import actors_for
from queries.multilateral.reads import PARTICIPANTS_OF, PARTICIPATIONS, PARTICIPATIONS_IN, OfKeys

Presence = Literal["attended", "did not come", "registered", "listed", "covered by a statement"]
_CAPACITIES = ("head", "chair", "host", "alternate", "deputy", "adviser", "private sector adviser", "observer")
# A State that aligned itself with the statement of another is covered by it: it need not have been in the room.
_COVERED = "aligned"
_EU = "org:eu"


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
    def holder_columns(self) -> dict[str, str | None]:
        """What a row tells of who held the post: id, name, how, last seen."""
        person, holding = self.holder.person, self.holder.holding
        return {
            "holder": person.id if person else None,
            "holder_name": person.name if person else None,
            "holding": None if holding == "no post" else holding,
            "seen_on": self.holder.seen_on,
        }

    @property
    def who(self) -> dict[str, str | None]:
        """The post or party with who held the post that day, as a clause tells of it."""
        return {"name": self.edge.name, **self.holder_columns}

    def is_ahead(self, *, day: str) -> bool:
        """Say whether the engagement had not begun by a day, or has no day yet and was not held."""
        start_min, status = self.engagement.values.get("start_min"), self.engagement.values.get("status")
        return bool(start_min > day) if start_min else status != "held"


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
    by_id = {engagement.id: engagement for engagement in engagements}
    if not by_id:
        return {}
    ids = OfIds(ids=tuple(sorted(by_id)))
    lists, edges = ({}, session.read(PARTICIPANTS_OF, ids)) if of is None else _of_some(session, ids, of)
    posts = OfIds(ids=tuple(sorted({edge.id for edge in edges if edge.cls == "Post"})))
    terms = grouped(session.read(HOLDERS_OF, posts)) if posts.ids else {}
    behalf = {edge.properties["on_behalf_of"] for edge in edges if edge.properties.get("on_behalf_of")}
    names = printed_names(session, behalf)
    for id_, there in grouped(edges).items():
        on = day_of(by_id[id_].values) or day
        lists[id_] = sorted((_attendance(by_id[id_], edge, terms, names, on) for edge in there), key=_order)
    return lists


def _of_some(
    session: Session, ids: OfIds, of: Collection[str]
) -> tuple[dict[str, list[Attendance]], list[FullEdgeRow]]:
    """Return an empty list for each engagement of which there is one, and the participations that concern some."""
    rows = session.read(PARTICIPATIONS_IN, ids)
    keys = [
        key
        for row in rows
        for key, who, delegation in zip(row.keys, row.participants, row.delegations, strict=True)
        if who in of or delegation in of
    ]
    edges = session.read(PARTICIPATIONS, OfKeys(keys=tuple(sorted(keys)))) if keys else []
    return {row.id: [] for row in rows}, edges


def _attendance(
    engagement: Entity, edge: FullEdgeRow, terms: Mapping[str, Sequence[EdgeRow]], names: Mapping[str, str], on: str
) -> Attendance:
    holder = holder_of(edge.values, terms.get(edge.id, ()), day=on) if edge.cls == "Post" else NO_POST
    delegation = edge.properties.get("on_behalf_of") or ""
    return Attendance(engagement, edge, holder, delegation, names.get(delegation, ""))


def _order(one: Attendance) -> tuple[int, int, str, str, str]:
    return int(one.is_covered), place_of(one.capacity), folded(one.delegation_name), folded(one.edge.name), one.edge.key


def place_of(capacity: str) -> int:
    """Return the place of a capacity in a list of participants; others than the usual ones follow them."""
    word = folded(capacity)
    return _CAPACITIES.index(word) if word in _CAPACITIES else len(_CAPACITIES)


def day_of(engagement: Mapping[str, Any]) -> str:
    """Return the full day for which posts are resolved: the first, or the last day that a partial one may mean."""
    start = engagement.get("period_start")
    return last_day(start) if start else ""


def presence_values(of: Sequence[Attendance], *, day: str) -> dict[str, int]:
    """Return how many attended, registered or stayed away, as a clause tells it; what is still ahead is told apart."""
    ahead = [one for one in of if one.presence == "registered" and one.is_ahead(day=day)]
    counts = {"attended": 0, "registered": -len(ahead), "did_not_come": 0, "listed": 0}
    for one in of:
        name = one.presence.replace(" ", "_")
        counts[name] = counts.get(name, 0) + 1
    return {**counts, "ahead": len(ahead)}


def is_for(session: Session, party: Subject, *, day: str) -> Callable[[Attendance], bool]:
    """Return what tells whether a participation is one of a party's delegation.

    For a government a stated delegation decides: who comes on behalf of another comes for that other. Else the party
    itself, its organs and its posts count, and who comes on behalf of them; of a person, the posts held that day.

    Args:
        session: The graph.
        party: The party.
        day: Full day; organs that are known not to have been part of the party on it are left aside.
    """
    actors = actors_for(session, party, day=day)

    def tells(one: Attendance) -> bool:
        actor = actors.get(one.edge.id)
        acted = actor is not None and actor.acted_on(day_of(one.engagement.values) or day) != "no"
        if one.delegation and party.cls == "Government":
            return one.delegation in actors or one.edge.id == party.id
        return acted or one.delegation in actors

    return tells


def covered(session: Session, of: Sequence[Attendance]) -> Iterator[Caveat]:
    """Say whom a statement of the European Union covers, for each engagement in which it spoke or is to speak.

    A statement for several States covers those that aligned, and they are not counted with it.
    """
    for one in of:
        said = one.edge.properties
        if one.edge.id == _EU and (said.get("spoke") or said.get("speaking_order")):
            beside = [other for other in of if other.is_covered and other.delegation == _EU]
            aligned = [other.edge.name for other in beside if other.engagement.id == one.engagement.id]
            text = f"The statement of the European Union in {one.engagement.name} "
            text += f"{'covers' if said.get('spoke') else 'will cover'} its {counted(_members(session, one), 'member')}"
            text += f", and {listed(aligned, most=12)}, who aligned themselves with it" if aligned else ""
            text += "; it counts once, and they count only where they are listed themselves."
            yield Caveat(kind="derived", text=text)


def _members(session: Session, union: Attendance) -> int:
    on = day_of(union.engagement.values)
    edges = [edge for edge in session.read(MEMBERS_OF, OfIds(ids=(_EU,))) if not is_beside(edge)]
    return len({edge.id for edge in edges if not on or membership_on(edge.properties, day=on) == "yes"})
