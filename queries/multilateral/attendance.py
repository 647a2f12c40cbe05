"""Who was, or is to be, at an engagement: posts resolved to who held them that day, and for whom each came."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.graph.domain.values import last_day
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import UnwordedCaveat, caveat
from iga.queries.core.columns import named
from iga.queries.core.holders import NO_POST, Holder, holder_of
from iga.queries.core.leaving import membership_on
from iga.queries.core.membership import is_beside
from iga.queries.core.printed_names import printed_names
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, grouped
from iga.queries.core.reads import HOLDERS_OF, MEMBERS_OF
from iga.queries.core.session import Session
from iga.queries.multilateral.acting import actors_for
from iga.queries.multilateral.reads import PARTICIPANTS_OF, PARTICIPATIONS, PARTICIPATIONS_IN, OfKeys

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
        attended, registered = self.edge.properties.get("attended"), self.edge.properties.get("registered")
        if attended is not None:
            return "attended" if attended else "did not come"
        return "covered by a statement" if self.is_covered else "registered" if registered else "listed"

    @property
    def is_covered(self) -> bool:
        """Whether it is only covered by a statement that another made, and so counts nowhere."""
        return folded(self.capacity).startswith(_COVERED)

    @property
    def capacity(self) -> str:
        """Capacity as stated; blank if it is not."""
        return self.edge.properties.get("capacity") or ""

    @property
    def holder_columns(self) -> dict[str, Any]:
        """What a row tells of who held the post: id, name, how, last seen."""
        holding = None if self.holder.holding == "no post" else self.holder.holding
        return {**named("holder", self.holder.incumbent), "holding": holding, "seen_on": self.holder.seen_on}

    @property
    def who(self) -> dict[str, Any]:
        """The post or party with who held the post that day, as a clause tells of it."""
        return {"name": self.edge.name, **self.holder_columns, "capacity": self.holder.capacity}

    @property
    def order(self) -> tuple[bool, int, str, str, str]:
        """Its place in the list of the engagement: heads first, who is only covered last."""
        by_name = folded(self.delegation_name), folded(self.edge.name), self.edge.key
        return self.is_covered, place_of(self.capacity), *by_name

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
    for edge in edges:
        on = day_of(by_id[edge.subject].values) or day
        holder = holder_of(edge.values, terms.get(edge.id, ()), day=on) if edge.cls == "Post" else NO_POST
        delegation = edge.properties.get("on_behalf_of") or ""
        known = Attendance(by_id[edge.subject], edge, holder, delegation, names.get(delegation, ""))
        lists.setdefault(edge.subject, []).append(known)
    return {id_: sorted(there, key=lambda one: one.order) for id_, there in lists.items()}


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
    ahead = sum(one.presence == "registered" and one.is_ahead(day=day) for one in of)
    counts = Counter(one.presence.replace(" ", "_") for one in of)
    always = {name: counts[name] for name in ("attended", "registered", "did_not_come", "listed")}
    return {**counts, **always, "registered": counts["registered"] - ahead, "ahead": ahead}


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
        if one.delegation and party.cls == "Government":
            return one.delegation in actors or one.edge.id == party.id
        actor = actors.get(one.edge.id)
        acted = actor is not None and actor.acted_on(day_of(one.engagement.values) or day) != "no"
        return acted or one.delegation in actors

    return tells


def covered(session: Session, of: Sequence[Attendance]) -> Iterator[UnwordedCaveat]:
    """Say whom a statement of the European Union covers, for each engagement in which it spoke or is to speak.

    A statement for several States covers those that aligned, and they are not counted with it.
    """
    members = None
    for union in of:
        spoke, is_to_speak = (union.edge.properties.get(field) for field in ("spoke", "speaking_order"))
        if union.edge.id == _EU and (spoke or is_to_speak):
            on, meeting = day_of(union.engagement.values), union.engagement
            members = members or [edge for edge in session.read(MEMBERS_OF, OfIds(ids=(_EU,))) if not is_beside(edge)]
            counted = {edge.id for edge in members if not on or membership_on(edge.properties, day=on) == "yes"}
            beside = [one for one in of if one.is_covered and one.delegation == _EU]
            aligned = [one.edge.name for one in beside if one.engagement.id == meeting.id]
            spoken: dict[str, Any] = {"spoke": bool(spoke), "members": len(counted), "aligned": aligned}
            yield caveat("derived", "one-statement", meeting=meeting.name, **spoken)
