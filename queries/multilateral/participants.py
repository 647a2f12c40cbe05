"""Who takes part in an engagement or in the meetings of a series: by post, and who held it that day."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from iga.graph.domain.edges import Participated
from iga.graph.domain.values import last_day
from iga.graph.domain.work import Engagement
from iga.graph.text import folded
from iga.queries.core.answer import CaveatKind, PartyRow, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, named, needed, of, option, sourced
from iga.queries.core.endnotes import CAP
from iga.queries.core.holders import NO_POST, Holder, holder_of
from iga.queries.core.membership import is_beside
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, by_name, grouped, refs
from iga.queries.core.reads import HOLDERS_OF, MEMBERS_OF, ORGANIZERS_OF
from iga.queries.core.relationships import membership_on
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.multilateral.engagement_reach import actors_for, engagement_and_parts
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
        edge: The participation; the other end is who takes part.
        holder: Who held the post on the first day of the engagement; `NO_POST` where it is no post.
        delegation: Id of the party on whose behalf, blank if nobody says.
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
        """True if the engagement had not begun by a day, or has no day yet and was not held."""
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


class ParticipantsParams(Params):
    """What `participants` is asked with."""

    engagement: str = needed("A meeting, conference, trip or series.", "Bali Process Ad Hoc Group meetings")
    party: str | None = option("Only who comes for this party.", "United States")
    role: str | None = option("Only in this capacity, such as head.", "head")


class ParticipantRow(PartyRow):
    """One party or post in one engagement; a post is told with who held it on the day of the engagement."""

    engagement: str = needed("Id of the engagement.")
    engagement_name: str = needed("Name of the engagement.")
    start: str | None = of(Engagement, "period", "start")
    holder: str | None = column("Id of who held the post that day, as far as known.")
    holder_name: str | None = column("Name of who held the post that day, as far as known.")
    holding: str | None = column("How it was held: in office, acting, vacant; null is no post.")
    seen_on: str | None = column("When the holder was last seen in the post by that day.")
    capacity: str | None = of(Participated, "capacity")
    on_behalf_of: str | None = of(Participated, "on_behalf_of")
    on_behalf_of_name: str | None = column("Name of the delegation.")
    presence: Presence = needed(
        "Attended, did not come, registered (whether it came is not known), listed, covered by a statement."
    )
    is_counted: bool = needed("Whether it counts as a participant; who is only covered by a statement does not.")
    spoke: bool | None = of(Participated, "spoke")
    speaking_order: int | None = of(Participated, "speaking_order")


def participants(request: Request[ParticipantsParams]) -> Result[ParticipantRow]:
    """List participants: engagements latest first, heads first, those covered by a statement last.

    Each post is resolved to who held it on the first day of the engagement, not on the day asked for.
    """
    engagement, party, session = request.one("engagement"), request.maybe("party"), request.session
    tree = engagement_and_parts(session, engagement)
    actors = actors_for(session, party, day=request.day) if party else None
    lists = attendances(session, tree, day=request.day, of=actors)
    whose = is_for(session, party, day=request.day) if party else None
    asked = [
        one
        for meeting in tree
        for one in lists.get(meeting.id, ())
        if (whose is None or whose(one)) and folded(request.params.role or "") in folded(one.capacity)
    ]
    own = next(one for one in tree if one.id == engagement.id)
    clauses, rows = _clauses(request, asked, is_listed=bool(lists)), Rows.of(row_of(one) for one in asked[:CAP])
    caveats = (_lists_lacking(tree, lists), *covered(session, asked))
    return Result.of(clauses, rows, caveats, refs=refs(own.values), total=Total(value=len(asked)))


def row_of(one: Attendance) -> SourcedRow[ParticipantRow]:
    """Return the row of one participation."""
    return sourced(
        ParticipantRow,
        one.edge.properties,
        one.engagement.values,
        about=one.edge.other,
        held="yes" if one.presence == "attended" else "unknown",
        dated_by=one.holder.sources,
        **one.holder_columns,
        engagement=one.engagement,
        start=one.engagement.values.get("period_start"),
        on_behalf_of_name=one.delegation_name or None,
        presence=one.presence,
        is_counted=not one.is_covered and one.presence != "did not come",
    )


def _clauses(
    request: Request[ParticipantsParams], asked: Sequence[Attendance], *, is_listed: bool
) -> Iterator[SourcedClause]:
    engagement, about = request.one("engagement"), request.named("engagement", "party") | {"role": request.params.role}
    if not asked:
        yield clause("nobody" if is_listed else "no-list", **about)
    else:
        counts = [one for one in asked if not one.is_covered]
        among = {one.engagement.id for one in asked}
        names = list(dict.fromkeys(one.edge.name for one in counts or asked))
        shown = {"names": names, "is_ahead": any(one.is_ahead(day=request.day) for one in asked)}
        meetings = 0 if among == {engagement.id} else len(among)
        yield clause("headline", **about, number=len(counts), meetings=meetings, **shown)
        yield clause("presence", **presence_values(counts, day=request.day))
        heads = [{**one.who, "party": one.delegation_name} for one in counts if folded(one.capacity) == "head"]
        yield clause("heads", heads=[head for number, head in enumerate(heads) if head not in heads[:number]])
        yield clause("covered", number=len(asked) - len(counts))
    if asked or not is_listed:
        edges = by_name(request.session.read(ORGANIZERS_OF, OfIds(ids=(engagement.id,))))
        yield clause("hosts", hosts=list(dict.fromkeys(edge.name for edge in edges)))


def _lists_lacking(tree: Sequence[Entity], lists: Collection[str]) -> UnwordedCaveat:
    """Name the meetings of which there is no list; a series itself has none."""
    meetings = [one for one in tree if one.values.get("engagement_kind") != "series"]
    lacking = [one.name for one in meetings if one.id not in lists]
    if not lacking:
        return caveat("partial", "lists-not-whole")
    kind: CaveatKind = "unknown" if len(meetings) == 1 else "partial"
    return caveat(kind, "lists-lacking", meetings=len(meetings), names=lacking)


PARTICIPANTS = Question.of(
    participants,
    title="Who takes part in this engagement or series, by post, and who held the post that day?",
    names={"engagement": ("Engagement",), "party": ("Party",)},
    example={"engagement": "Meetings of the President's Interagency Task Force"},
    columns=(
        *("engagement_name", "name", "holder_name", "holding"),
        *("capacity", "on_behalf_of_name", "presence", "evidence"),
    ),
    maturity="trial",
)
