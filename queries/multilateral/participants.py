"""Who takes part in an engagement or in the meetings of a series: by post, and who held it that day."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject, Total
from queries.core.endnotes import CAP
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, by_name, conflicts, refs
from queries.core.wording import counted, listed
from queries.multilateral.acting import actors_for
from queries.multilateral.attendance import Attendance, Presence, attendances, by_presence, holder_fields
from queries.multilateral.delegates import is_for
from queries.multilateral.engagement_tree import engagement_and_parts
from queries.multilateral.reads import ORGANIZERS_OF
from queries.multilateral.statements import covered


class ParticipantsParams(Params):
    """What `participants` is asked with."""

    engagement: str = Field(
        description="A meeting, conference, trip or series.", examples=["Bali Process Ad Hoc Group meetings"]
    )  # fmt: skip
    party: str | None = Field(default=None, description="Only who comes for this party.", examples=["United States"])
    role: str | None = Field(default=None, description="Only in this capacity, such as head.", examples=["head"])


class ParticipantRow(PartyRow):
    """One party or post in one engagement; a post is told with who held it on the day of the engagement."""

    engagement: str = Field(description="Id of the engagement.")
    engagement_name: str = Field(description="Name of the engagement.")
    start: str | None = Field(default=None, description="First day of the engagement, possibly partial.")
    holder: str | None = Field(default=None, description="Id of who held the post that day, as far as known.")
    holder_name: str | None = Field(default=None, description="Name of who held the post that day, as far as known.")
    holding: str | None = Field(
        default=None, description="How it was held: in office, acting, vacant; null is no post."
    )
    seen_on: str | None = Field(default=None, description="When the holder was last seen in the post by that day.")
    capacity: str | None = Field(default=None, description="Head, alternate, adviser, observer.")
    on_behalf_of: str | None = Field(default=None, description="Id of the delegation.")
    on_behalf_of_name: str | None = Field(default=None, description="Name of the delegation.")
    presence: Presence = Field(
        description="Attended, did not come, registered (whether it came is not known), listed, covered by a statement."
    )
    is_counted: bool = Field(
        description="Whether it counts as a participant; who is only covered by a statement does not."
    )
    spoke: bool | None = Field(default=None, description="Whether it spoke; null is not known.")
    speaking_order: int | None = Field(default=None, description="Place in the list of speakers.")


def participants(request: Request[ParticipantsParams]) -> Result:
    """List participants: engagements latest first, heads first, those covered by a statement last.

    Each post is resolved to who held it on the first day of the engagement, not on the day asked for.
    """
    engagement, party = request.one("engagement"), request.maybe("party")
    tree = engagement_and_parts(request.session, engagement)
    lists = attendances(
        request.session,
        tree,
        day=request.day,
        of=actors_for(request.session, party, day=request.day) if party else None,
    )
    whose = is_for(request.session, party, day=request.day) if party else None
    asked = [
        each
        for one in tree
        for each in lists.get(one.id, ())
        if (whose is None or whose(each)) and folded(request.params.role or "") in folded(each.capacity)
    ]
    own = next(one for one in tree if one.id == engagement.id)
    return Result(
        sentence=_sentence(request, lists, asked),
        rows=tuple(draft_of(each) for each in asked[:CAP]),
        caveats=(*_not_held(own, tree, lists), *covered(request.session, asked)),
        total=Total(value=len(asked)),
        refs=refs(own.values),
    )


def draft_of(each: Attendance) -> SourcedRow:
    """Return the row of one participation."""
    said, about = each.edge.properties, each.engagement
    row = ParticipantRow(
        held="yes" if each.presence == "attended" else "unknown",
        conflicts=conflicts(said, about.values),
        id=each.edge.id,
        cls=each.edge.cls,
        name=each.edge.name,
        iso3=each.edge.iso3,
        engagement=about.id,
        engagement_name=about.name,
        start=about.values.get("period_start"),
        capacity=each.capacity or None,
        on_behalf_of=each.delegation or None,
        on_behalf_of_name=each.delegation_name or None,
        presence=each.presence,
        is_counted=not each.is_covered and each.presence != "did not come",
        spoke=said.get("spoke"),
        speaking_order=said.get("speaking_order"),
        **holder_fields(each.holder),
    )
    return SourcedRow(row, refs(said, about.values), dated_by=refs(*each.holder.sources))


def _sentence(
    request: Request[ParticipantsParams],
    lists: Mapping[str, Sequence[Attendance]],
    asked: Sequence[Attendance],
) -> str:
    engagement, party = request.one("engagement"), request.maybe("party")
    if not lists:
        return f"the list of participants of {engagement.name} is not held; {_hosts(request, engagement)}"
    of = f" for {party.name}" if party else ""
    of += f" in the capacity of {request.params.role}" if request.params.role else ""
    if not asked:
        return f"nobody{of} is on the list of participants of {engagement.name} that is held"
    counts = [each for each in asked if not each.is_covered]
    among = {each.engagement.id for each in asked}
    where = engagement.name if among == {engagement.id} else f"{counted(len(among), 'engagement')} of {engagement.name}"
    sentence = f"{counted(len(counts), 'participant')}{of} in {where}: {by_presence(counts, day=request.day)}"
    heads = [
        f"{each.delegation_name or each.edge.name}: {each.who}" for each in counts if folded(each.capacity) == "head"
    ]
    sentence += f"; heads: {listed(list(dict.fromkeys(heads)), most=4)}" if heads else ""
    aligned = len(asked) - len(counts)
    verb = "is" if aligned == 1 else "are"
    sentence += (
        f"; {counted(aligned, 'party', 'parties')} {verb} covered by a statement and not counted" if aligned else ""
    )
    return f"{sentence}; {_hosts(request, engagement)}"


def _hosts(request: Request[ParticipantsParams], engagement: Subject) -> str:
    edges = by_name(request.session.read(ORGANIZERS_OF, OfIds(ids=(engagement.id,))))
    hosts = list(dict.fromkeys(edge.name for edge in edges))
    return f"hosted or organized by {listed(hosts)}" if hosts else "who hosts it is not held"


def _not_held(own: Entity, tree: Sequence[Entity], lists: Mapping[str, Sequence[Attendance]]) -> tuple[Caveat, ...]:
    """Name the meetings of which no list is held; a series itself has none."""
    meetings = [one for one in tree if one.values.get("engagement_kind") != "series"]
    lacking = [one.name for one in meetings if one.id not in lists]
    if not lacking:
        text = "Whether the lists held are whole is not known; who is not on them may have been there."
        return (Caveat(kind="partial", text=text),)
    if len(meetings) == 1 or not meetings:
        return (Caveat(kind="unknown", text=f"List of participants not held: {own.name}."),)
    which = f"{len(lacking)} of {counted(len(meetings), 'meeting')}"
    return (Caveat(kind="partial", text=f"List of participants not held for {which}: {listed(lacking)}."),)


PARTICIPANTS = Question(
    name="participants",
    title="Who takes part in this engagement or series, by post, and who held the post that day?",
    params=ParticipantsParams,
    row=ParticipantRow,
    function=participants,
    names={"engagement": ("Engagement",), "party": ("Party",)},
    example={"engagement": "Meetings of the President's Interagency Task Force"},
    columns=("engagement_name", "name", "holder_name", "holding", "capacity", "on_behalf_of_name", "presence",
             "evidence"),
    maturity="trial",
)  # fmt: skip
