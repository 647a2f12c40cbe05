"""Who takes part in an engagement or in the meetings of a series: by post, and who held it that day."""

from collections.abc import Collection, Iterator, Sequence

from pydantic import Field

from graph.domain.edges import Participated
from graph.domain.work import Engagement
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Total
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import column, named, of, option
from queries.core.endnotes import CAP
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, by_name, conflicts, refs
from queries.core.wording import counted, listed
from queries.multilateral.acting import actors_for
from queries.multilateral.attendance import Attendance, Presence, attendances, covered, is_for, presence_values
from queries.multilateral.engagement_reach import engagement_and_parts
from queries.multilateral.reads import ORGANIZERS_OF


class ParticipantsParams(Params):
    """What `participants` is asked with."""

    engagement: str = Field(
        description="A meeting, conference, trip or series.", examples=["Bali Process Ad Hoc Group meetings"]
    )
    party: str | None = option("Only who comes for this party.", "United States")
    role: str | None = option("Only in this capacity, such as head.", "head")


class ParticipantRow(PartyRow):
    """One party or post in one engagement; a post is told with who held it on the day of the engagement."""

    engagement: str = Field(description="Id of the engagement.")
    engagement_name: str = Field(description="Name of the engagement.")
    start: str | None = of(Engagement, "period", "start")
    holder: str | None = column("Id of who held the post that day, as far as known.")
    holder_name: str | None = column("Name of who held the post that day, as far as known.")
    holding: str | None = column("How it was held: in office, acting, vacant; null is no post.")
    seen_on: str | None = column("When the holder was last seen in the post by that day.")
    capacity: str | None = of(Participated, "capacity")
    on_behalf_of: str | None = of(Participated, "on_behalf_of")
    on_behalf_of_name: str | None = column("Name of the delegation.")
    presence: Presence = Field(
        description="Attended, did not come, registered (whether it came is not known), listed, covered by a statement."
    )
    is_counted: bool = Field(
        description="Whether it counts as a participant; who is only covered by a statement does not."
    )
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
    return Result(
        clauses=(*_clauses(request, bool(lists), asked), *_hosts(request, is_asked=bool(asked) or not lists)),
        rows=tuple(row_of(one) for one in asked[:CAP]),
        caveats=(_lists_lacking(own, tree, lists), *covered(session, asked)),
        total=Total(value=len(asked)),
        refs=refs(own.values),
    )


def row_of(one: Attendance) -> SourcedRow[ParticipantRow]:
    """Return the row of one participation."""
    said, about = one.edge.properties, one.engagement
    row = ParticipantRow(
        **one.edge.other.model_dump(),
        **one.holder_columns,
        held="yes" if one.presence == "attended" else "unknown",
        conflicts=conflicts(said, about.values),
        **named("engagement", about),
        start=about.values.get("period_start"),
        capacity=one.capacity or None,
        on_behalf_of=one.delegation or None,
        on_behalf_of_name=one.delegation_name or None,
        presence=one.presence,
        is_counted=not one.is_covered and one.presence != "did not come",
        spoke=said.get("spoke"),
        speaking_order=said.get("speaking_order"),
    )
    return SourcedRow(row, refs(said, about.values), dated_by=refs(*one.holder.sources))


def _clauses(
    request: Request[ParticipantsParams], is_listed: bool, asked: Sequence[Attendance]
) -> Iterator[SourcedClause]:
    engagement, party = request.one("engagement"), request.maybe("party")
    about = {"engagement": engagement.name, "party": party and party.name, "role": request.params.role}
    if not is_listed:
        yield clause("no-list", **about)
        return
    if not asked:
        yield clause("nobody", **about)
        return
    counts = [one for one in asked if not one.is_covered]
    among = {one.engagement.id for one in asked}
    meetings = 0 if among == {engagement.id} else len(among)
    yield clause("headline", **about, number=len(counts), meetings=meetings)
    if counts:
        yield clause("presence", **presence_values(counts, day=request.day))
    heads = [{**one.who, "party": one.delegation_name} for one in counts if folded(one.capacity) == "head"]
    if heads:
        yield clause("heads", heads=[head for number, head in enumerate(heads) if head not in heads[:number]])
    if aligned := len(asked) - len(counts):
        yield clause("covered", number=aligned)


def _hosts(request: Request[ParticipantsParams], *, is_asked: bool) -> Iterator[SourcedClause]:
    if is_asked:
        edges = by_name(request.session.read(ORGANIZERS_OF, OfIds(ids=(request.one("engagement").id,))))
        yield clause("hosts", hosts=list(dict.fromkeys(edge.name for edge in edges)))


def _lists_lacking(own: Entity, tree: Sequence[Entity], lists: Collection[str]) -> Caveat:
    """Name the meetings of which there is no list; a series itself has none."""
    meetings = [one for one in tree if one.values.get("engagement_kind") != "series"]
    lacking = [one.name for one in meetings if one.id not in lists]
    if not lacking:
        text = "Whether the lists on record are whole is not known; who is not on them may have been there."
        return Caveat(kind="partial", text=text)
    if len(meetings) == 1:
        return Caveat(kind="unknown", text=f"No list of participants is on record: {own.name}.")
    share = f"{len(lacking)} of {counted(len(meetings), 'meeting')}"
    return Caveat(kind="partial", text=f"No list of participants is on record for {share}: {listed(lacking)}.")


PARTICIPANTS = Question(
    name="participants",
    title="Who takes part in this engagement or series, by post, and who held the post that day?",
    params=ParticipantsParams,
    row=ParticipantRow,
    function=participants,
    names={"engagement": ("Engagement",), "party": ("Party",)},
    example={"engagement": "Meetings of the President's Interagency Task Force"},
    columns=(
        *("engagement_name", "name", "holder_name", "holding"),
        *("capacity", "on_behalf_of_name", "presence", "evidence"),
    ),
    maturity="trial",
)
