"""Who is in a government's delegation to an engagement or a body: by capacity, registered, there, and who spoke."""

from collections.abc import Sequence

from pydantic import Field

from graph.text import folded
from queries.core.answer import Caveat, Subject, Total
from queries.core.days import held_on
from queries.core.endnotes import CAP
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, OUR_SIDE_OF
from queries.core.wording import counted, listed
from queries.multilateral.acting import actors_for
from queries.multilateral.attendance import CAPACITIES, Attendance, attendances, by_presence
from queries.multilateral.delegates import is_for
from queries.multilateral.engagement_reach import taken_by
from queries.multilateral.engagement_tree import engagement_and_parts
from queries.multilateral.participants import ParticipantRow, draft_of
from queries.multilateral.statements import covered


class DelegationParams(Params):
    """What `delegation` is asked with."""

    party: str = Field(description="Whose delegation: a government or body.", examples=["United States"])
    engagement: str = Field(
        description="The engagement, series or body that it goes to.", examples=["OSCE"],
    )  # fmt: skip
    role: str | None = Field(default=None, description="Only in this capacity, such as head.", examples=["head"])


class DelegateRow(ParticipantRow):
    """One member of the delegation in one engagement; a standing mission to a body has the body instead."""

    party: str = Field(description="Id of the party whose delegation it is.")
    party_name: str = Field(description="Name of the party whose delegation it is.")


def delegation(request: Request[DelegationParams]) -> Result:
    """List the members of a delegation: engagements latest first, heads first; a standing mission comes before them."""
    party, to = request.one("party"), request.one("engagement")
    meetings = _meetings(request, to)
    lists = attendances(
        request.session, meetings, day=request.day, of=actors_for(request.session, party, day=request.day)
    )
    theirs = is_for(request.session, party, day=request.day)
    wanted = folded(request.params.role or "")
    everybody = [each for one in meetings for each in lists.get(one.id, ())]
    members = [each for each in everybody if theirs(each) and wanted in folded(each.capacity) and not each.is_covered]
    missions = _missions(request, to, party) if to.cls != "Engagement" and not wanted else []
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(to.id,)))[0]
    aligned = [each for each in everybody if each.is_covered and each.edge.id == party.id]
    return Result(
        sentence=_sentence(request, meetings, bool(lists), members, missions),
        rows=(*missions, *(_draft(each, party) for each in members[:CAP])),
        caveats=(*_not_held(meetings, set(lists)), *_aligned(party, aligned), *covered(request.session, members)),
        total=Total(value=len(missions) + len(members)),
        refs=refs(card.values),
    )


def _meetings(request: Request[DelegationParams], to: Subject) -> list[Entity]:
    """Return the engagement with its parts, or the engagements of the body, latest first."""
    if to.cls == "Engagement":
        return engagement_and_parts(request.session, to)
    edges = {each.edge.id: each.edge for each in taken_by(request.session, to, day=request.day)}
    found = [Entity(id=edge.id, cls=edge.cls, name=edge.name, values=edge.values) for edge in edges.values()]
    found.sort(key=lambda one: (folded(one.name), one.id))
    return sorted(found, key=lambda one: one.values.get("period_start") or "", reverse=True)


def _missions(request: Request[DelegationParams], body: Subject, party: Subject) -> list[SourcedRow]:
    """Return the party's missions that deal with a body."""
    edges = [edge for edge in request.session.read(OUR_SIDE_OF, OfIds(ids=(body.id,))) if edge.type == "COVERS"]
    edges = [
        edge
        for edge in edges
        if edge.values.get("government") == party.id and held_on(edge.properties, day=request.day) != "no"
    ]
    return [
        SourcedRow(
            DelegateRow(
                held="yes" if held_on(edge.properties, day=request.day) == "yes" else "unknown",
                conflicts=conflicts(edge.properties),
                id=edge.id,
                cls=edge.cls,
                name=edge.name,
                engagement=body.id,
                engagement_name=body.name,
                capacity=edge.values.get("body_kind") or "mission",
                on_behalf_of=party.id,
                on_behalf_of_name=party.name,
                presence="listed",
                is_counted=False,
                party=party.id,
                party_name=party.name,
            ),
            refs(edge.properties, edge.values),
        )
        for edge in edges
    ]


def _draft(each: Attendance, party: Subject) -> SourcedRow:
    draft = draft_of(each)
    row = DelegateRow(**draft.row.model_dump(by_alias=False), party=party.id, party_name=party.name)
    return SourcedRow(row, draft.refs, draft.dated_by)


def _sentence(
    request: Request[DelegationParams],
    meetings: Sequence[Entity],
    is_held: bool,
    members: Sequence[Attendance],
    missions: Sequence[SourcedRow],
) -> str:
    party, to = request.one("party"), request.one("engagement")
    standing = [getattr(draft.row, "name", "") for draft in missions]
    by_mission = f"{party.name} deals with {to.name} through {listed(standing)}; " if standing else ""
    if not is_held:
        if not meetings:
            return f"{by_mission}no engagement of {to.name} is held, so no delegation is known"
        return f"{by_mission}list not held: no list of participants of {to.name} is held"
    if not members:
        in_role = f" in the capacity of {request.params.role}" if request.params.role else ""
        return f"{by_mission}nobody of {party.name}{in_role} is on the lists of {to.name} that are held"
    among = list(dict.fromkeys(each.engagement.id for each in members))
    first = [each for each in members if each.engagement.id == (to.id if to.id in among else among[0])]
    sentence = f"{by_mission}the delegation of {party.name} to {first[0].engagement.name} has "
    sentence += f"{counted(len(first), 'member')} on the list held: {_by_capacity(first)}"
    spoke = [each.who for each in first if each.edge.properties.get("spoke")]
    sentence += f"; {listed(spoke)} spoke" if spoke else ""
    placed = [
        f"{each.edge.name} {each.edge.properties['speaking_order']}"
        for each in first
        if each.edge.properties.get("speaking_order")
    ]
    sentence += f"; place in the list of speakers: {listed(placed)}" if placed else ""
    sentence += f"; {by_presence(first, day=request.day)}"
    return sentence + (f"; lists of {len(among) - 1} more are in the rows" if len(among) > 1 else "")


def _by_capacity(of: Sequence[Attendance]) -> str:
    words: dict[str, list[str]] = {}
    for each in of:
        words.setdefault(each.capacity or "without a capacity", []).append(each.who)
    order = sorted(words, key=lambda one: (_place(folded(one)), one))
    told = [
        f"{capacity} {words[capacity][0]}" if len(words[capacity]) == 1 else f"{len(words[capacity])} as {capacity}"
        for capacity in order
    ]
    return ", ".join(told)


def _place(capacity: str) -> int:
    return CAPACITIES.index(capacity) if capacity in CAPACITIES else len(CAPACITIES)


def _not_held(meetings: Sequence[Entity], held: set[str]) -> tuple[Caveat, ...]:
    lacking = [one.name for one in meetings if one.id not in held and one.values.get("engagement_kind") != "series"]
    doubts = []
    if lacking:
        text = f"List of participants not held for {counted(len(lacking), 'engagement')}: {listed(lacking)}."
        doubts.append(Caveat(kind="unknown", text=text))
    if held:
        text = "Whether the lists held are whole is not known; who is not on them may have been there."
        doubts.append(Caveat(kind="partial", text=text))
    return tuple(doubts)


def _aligned(party: Subject, aligned: Sequence[Attendance]) -> tuple[Caveat, ...]:
    return tuple(
        Caveat(
            kind="derived",
            text=f"{party.name} was {each.capacity} in {each.engagement.name}; no delegation of its own, not counted.",
        )
        for each in aligned
    )


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
