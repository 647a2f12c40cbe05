"""Who is in a government's delegation to an engagement or a body: by capacity, registered, there, and who spoke."""

from collections.abc import Collection, Iterator, Sequence

from pydantic import Field

from graph.text import folded
from queries.core.answer import Caveat, Subject, Total
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import named, option
from queries.core.endnotes import CAP
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, conflicts, entity_at, refs
from queries.core.reads import ENTITIES_BY_ID, OUR_SIDE_OF
from queries.core.wording import counted, listed
from queries.multilateral.acting import actors_for
from queries.multilateral.attendance import Attendance, attendances, covered, is_for, place_of, presence_values
from queries.multilateral.engagement_reach import engagement_and_parts, taken_by
from queries.multilateral.participants import ParticipantRow, row_of


class DelegationParams(Params):
    """What `delegation` is asked with."""

    party: str = Field(description="Whose delegation: a government or body.", examples=["United States"])
    engagement: str = Field(description="The engagement, series or body that it goes to.", examples=["OSCE"])
    role: str | None = option("Only in this capacity, such as head.", "head")


class DelegateRow(ParticipantRow):
    """One member of the delegation in one engagement; a standing mission to a body has the body instead."""

    party: str = Field(description="Id of the party whose delegation it is.")
    party_name: str = Field(description="Name of the party whose delegation it is.")


def delegation(request: Request[DelegationParams]) -> Result[DelegateRow]:
    """List the members of a delegation: engagements latest first, heads first; a standing mission comes before them."""
    party, to, session = request.one("party"), request.one("engagement"), request.session
    meetings = _meetings(request, to)
    lists = attendances(session, meetings, day=request.day, of=actors_for(session, party, day=request.day))
    theirs = is_for(session, party, day=request.day)
    wanted = folded(request.params.role or "")
    everybody = [one for meeting in meetings for one in lists.get(meeting.id, ())]
    members = [one for one in everybody if theirs(one) and wanted in folded(one.capacity) and not one.is_covered]
    missions = list(_missions(request, to, party)) if to.cls != "Engagement" and not wanted else []
    [card] = session.read(ENTITIES_BY_ID, OfIds(ids=(to.id,)))
    aligned = [one for one in everybody if one.is_covered and one.edge.id == party.id]
    standing = [clause("missions", party=party.name, to=to.name, missions=[row.row.name for row in missions])]
    return Result(
        clauses=(*_clauses(request, meetings, bool(lists), members), *(standing if missions else ())),
        rows=(*missions, *(_row(one, party) for one in members[:CAP])),
        caveats=(*_lists_lacking(meetings, lists), *_aligned(party, aligned), *covered(session, members)),
        total=Total(value=len(missions) + len(members)),
        refs=refs(card.values),
    )


def _meetings(request: Request[DelegationParams], to: Subject) -> list[Entity]:
    """Return the engagement with its parts, or the engagements of the body, latest first."""
    if to.cls == "Engagement":
        return engagement_and_parts(request.session, to)
    taken = taken_by(request.session, to, day=request.day)
    found = sorted(
        {one.edge.id: entity_at(one.edge) for one in taken}.values(), key=lambda one: (folded(one.name), one.id)
    )
    return sorted(found, key=lambda one: one.values.get("period_start") or "", reverse=True)


def _missions(request: Request[DelegationParams], body: Subject, party: Subject) -> Iterator[SourcedRow[DelegateRow]]:
    """Yield the party's missions that deal with a body."""
    for edge in request.session.read(OUR_SIDE_OF, OfIds(ids=(body.id,))):
        held = edge.held(request.day)
        if edge.type == "COVERS" and edge.values.get("government") == party.id and held != "no":
            row = DelegateRow(
                **edge.other.model_dump(),
                held="yes" if held == "yes" else "unknown",
                conflicts=conflicts(edge.properties),
                **named("engagement", body),
                **named("on_behalf_of", party),
                **named("party", party),
                capacity=edge.values.get("body_kind") or "mission",
                presence="listed",
                is_counted=False,
            )
            yield SourcedRow(row, refs(edge.properties, edge.values))


def _row(one: Attendance, party: Subject) -> SourcedRow[DelegateRow]:
    known = row_of(one)
    row = DelegateRow(**known.row.model_dump(), **named("party", party))
    return SourcedRow(row, known.refs, known.dated_by)


def _clauses(
    request: Request[DelegationParams], meetings: Sequence[Entity], is_listed: bool, members: Sequence[Attendance]
) -> Iterator[SourcedClause]:
    party, to = request.one("party"), request.one("engagement")
    if not members:
        id_ = "no-engagement" if not meetings else "no-list" if not is_listed else "nobody"
        yield clause(id_, party=party.name, to=to.name, role=request.params.role)
        return
    among = list(dict.fromkeys(one.engagement.id for one in members))
    first = [one for one in members if one.engagement.id == (to.id if to.id in among else among[0])]
    heads = [one for one in first if folded(one.capacity) == "head"]
    at = first[0].engagement.name
    yield clause("headline", party=party.name, engagement=at, number=len(first), heads=[one.who for one in heads])
    if others := [one for one in first if one not in heads]:
        yield clause("others", by_capacity=_by_capacity(others))
    if spoke := [one.who for one in first if one.edge.properties.get("spoke")]:
        yield clause("spoke", people=spoke)
    orders = [(one, one.edge.properties.get("speaking_order")) for one in first]
    if places := [{"name": one.edge.name, "place": place} for one, place in orders if place]:
        yield clause("speaking", places=places)
    yield clause("presence", **presence_values(first, day=request.day))
    if len(among) > 1:
        yield clause("elsewhere", number=len(among) - 1)


def _by_capacity(of: Sequence[Attendance]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for one in sorted(of, key=lambda one: (place_of(one.capacity), one.capacity or "without a capacity")):
        names.setdefault(one.capacity or "without a capacity", []).append(one.edge.name)
    return names


def _lists_lacking(meetings: Sequence[Entity], lists: Collection[str]) -> Iterator[Caveat]:
    lacking = [one.name for one in meetings if one.id not in lists and one.values.get("engagement_kind") != "series"]
    if lacking:
        text = f"No list of participants is on record for {counted(len(lacking), 'engagement')}: {listed(lacking)}."
        yield Caveat(kind="unknown", text=text)
    if lists:
        text = "Whether the lists on record are whole is not known; who is not on them may have been there."
        yield Caveat(kind="partial", text=text)


def _aligned(party: Subject, aligned: Sequence[Attendance]) -> Iterator[Caveat]:
    for one in aligned:
        text = f"{party.name} was {one.capacity} in {one.engagement.name}; no delegation of its own, not counted."
        yield Caveat(kind="derived", text=text)


DELEGATION = Question(
    name="delegation",
    title="Who is in this government's delegation to this engagement or body?",
    params=DelegationParams,
    row=DelegateRow,
    function=delegation,
    names={"party": ("Party",), "engagement": ("Engagement", "Party")},
    example={"party": "United States", "engagement": "OSCE"},
    columns=("engagement_name", "capacity", "name", "holder_name", "holding", "presence", "spoke", "evidence"),
    maturity="trial",
)
