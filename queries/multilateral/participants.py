"""Who takes part in an engagement or in the meetings of a series: by post, and who held it that day."""

from collections.abc import Collection, Iterator, Sequence

from iga.graph.domain.edges import Participated
from iga.graph.domain.work import Engagement
from iga.graph.text import folded
from iga.queries.core.answer import CaveatKind, PartyRow, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.endnotes import CAP
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import Entity, OfIds, by_name, refs
from iga.queries.core.reads import ORGANIZERS_OF
from iga.queries.multilateral.acting import actors_for
from iga.queries.multilateral.attendance import Attendance, Presence, attendances, covered, is_for, presence_values
from iga.queries.multilateral.engagement_reach import engagement_and_parts


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
    return Result(
        clauses=tuple(_clauses(request, asked, is_listed=bool(lists))),
        rows=tuple(row_of(one) for one in asked[:CAP]),
        caveats=(_lists_lacking(tree, lists), *covered(session, asked)),
        total=Total(value=len(asked)),
        refs=refs(own.values),
    )


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
