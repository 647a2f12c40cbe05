"""Who is in a government's delegation to an engagement or a body: by capacity, registered, there, and who spoke."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from iga.graph.text import folded
from iga.queries.core.answer import SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, caveat, clause
from iga.queries.core.columns import named, needed, option, sourced
from iga.queries.core.endnotes import CAP
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, OfIds, conflicts, entity_at, refs
from iga.queries.core.reads import ENTITIES_BY_ID, OUR_SIDE_OF
from iga.queries.core.rows import Rows
from iga.queries.multilateral.engagement_reach import actors_for, engagement_and_parts, taken_by
from iga.queries.multilateral.participants import (
    Attendance,
    ParticipantRow,
    attendances,
    covered,
    is_for,
    place_of,
    presence_values,
    row_of,
)


class DelegationParams(Params):
    """What `delegation` is asked with."""

    party: str = needed("Whose delegation: a government or body.", "United States")
    engagement: str = needed("The engagement, series or body that it goes to.", "OSCE")
    role: str | None = option("Only in this capacity, such as head.", "head")


class DelegateRow(ParticipantRow):
    """One member of the delegation in one engagement; a standing mission to a body has the body instead."""

    party: str = needed("Id of the party whose delegation it is.")
    party_name: str = needed("Name of the party whose delegation it is.")


def delegation(request: Request[DelegationParams]) -> Result[DelegateRow]:
    """List the members of a delegation: engagements latest first, heads first; a standing mission comes before them."""
    party, to, session = request.one("party"), request.one("engagement"), request.session
    meetings = _meetings(request, to)
    lists = attendances(session, meetings, day=request.day, of=actors_for(session, party, day=request.day))
    theirs = is_for(session, party, day=request.day)
    wanted = folded(request.params.role or "")
    everybody = [one for meeting in meetings for one in lists.get(meeting.id, ())]
    members = [one for one in everybody if theirs(one) and wanted in folded(one.capacity) and not one.is_covered]
    missions = Rows.of(_missions(request, to, party) if to.cls != "Engagement" and not wanted else ())
    [card] = session.read(ENTITIES_BY_ID, OfIds(ids=(to.id,)))
    lacking = [one for one in meetings if one.id not in lists and one.values.get("engagement_kind") != "series"]
    about = {"party": party.name, "to": to.name}
    none = "no-engagement" if not meetings else "no-list" if not lists else "nobody"
    return Result.of(
        (
            *(_clauses(request, members) if members else [clause(none, **about, role=request.params.role)]),
            clause("missions", **about, missions=[mission.name for mission in missions]),
        ),
        missions + Rows.of(_row(one, party) for one in members[:CAP]),
        (
            caveat("unknown", "lists-lacking", names=[one.name for one in lacking]),
            *([caveat("partial", "lists-not-whole")] if lists else ()),
            *(
                caveat("derived", "aligned", party=party.name, capacity=one.capacity, meeting=one.engagement.name)
                for one in everybody
                if one.is_covered and one.edge.id == party.id
            ),
            *covered(session, members),
        ),
        total=Total(value=len(missions) + len(members)),
        refs=refs(card.values),
    )


def _meetings(request: Request[DelegationParams], to: Subject) -> list[Entity]:
    """Return the engagement with its parts, or the engagements of the body, latest first."""
    if to.cls == "Engagement":
        return engagement_and_parts(request.session, to)
    taken = {one.edge.id: entity_at(one.edge) for one in taken_by(request.session, to, day=request.day)}
    by_name = sorted(taken.values(), key=lambda one: (folded(one.name), one.id))
    return sorted(by_name, key=lambda one: one.values.get("period_start") or "", reverse=True)


def _missions(request: Request[DelegationParams], body: Subject, party: Subject) -> Iterator[SourcedRow[DelegateRow]]:
    """Yield the party's missions that deal with a body."""
    for edge in request.session.read(OUR_SIDE_OF, OfIds(ids=(body.id,))):
        held = edge.held(request.day)
        if edge.type == "COVERS" and edge.values.get("government") == party.id and held != "no":
            yield sourced(
                DelegateRow,
                edge.properties,
                edge.values,
                about=edge.other,
                held=held,
                conflicts=conflicts(edge.properties),
                start=None,
                engagement=body,
                on_behalf_of=party,
                party=party,
                capacity=edge.values.get("body_kind") or "mission",
                presence="listed",
                is_counted=False,
            )


def _row(one: Attendance, party: Subject) -> SourcedRow[DelegateRow]:
    known = row_of(one)
    return SourcedRow(DelegateRow(**known.row.model_dump(), **named("party", party)), known.refs, known.dated_by)


def _clauses(request: Request[DelegationParams], members: Sequence[Attendance]) -> Iterator[SourcedClause]:
    """Say who is in the delegation to the engagement asked about, else to the latest."""
    to, among = request.one("engagement"), list(dict.fromkeys(one.engagement.id for one in members))
    first = [one for one in members if one.engagement.id == (to.id if to.id in among else among[0])]
    heads = [one.who for one in first if folded(one.capacity) == "head"]
    about = {"party": request.one("party").name, "engagement": first[0].engagement.name}
    start, people = first[0].engagement.values.get("period_start"), [one.edge.name for one in first]
    yield clause("headline", **about, number=len(first), heads=heads, start=start, names=people)
    names: dict[str, list[str]] = defaultdict(list)
    for one in sorted(first, key=lambda one: (place_of(one.capacity), one.capacity or "without a capacity")):
        if folded(one.capacity) != "head":
            names[one.capacity or "without a capacity"].append(one.edge.name)
    yield clause("others", by_capacity=dict(names))
    yield clause("spoke", people=[one.who for one in first if one.edge.properties.get("spoke")])
    places = [(one.edge.name, one.edge.properties.get("speaking_order")) for one in first]
    yield clause("speaking", places=[{"name": name, "place": place} for name, place in places if place])
    yield clause("presence", **presence_values(first, day=request.day))
    yield clause("elsewhere", number=len(among) - 1)


DELEGATION = Question.of(
    delegation,
    title="Who is in this government's delegation to this engagement or body?",
    names={"party": ("Party",), "engagement": ("Engagement", "Party")},
    example={"party": "United States", "engagement": "OSCE"},
    columns=("engagement_name", "capacity", "name", "holder_name", "holding", "presence", "spoke", "evidence"),
    maturity="trial",
)
