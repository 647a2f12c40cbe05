"""Who leads and who sits on the bodies of Congress that bear on our work, by the list of which day, and who on two."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import Field

from iga.graph.domain.edges import MemberOf
from iga.graph.domain.parties import Person, PublicBody
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, caveat, clause
from iga.queries.core.columns import column, filter_on, needed, of, option, sourced
from iga.queries.core.compiled import Everything, all_of, hop
from iga.queries.core.days import latest
from iga.queries.core.holders import is_office
from iga.queries.core.membership import standing_of
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import FullEdgeRow, OfIds
from iga.queries.core.reads import ENTITIES_BY_ID, MEMBERSHIPS_OF
from iga.queries.core.rows import Rows

BODIES_THAT_BEAR = all_of(PublicBody, "it.jurisdiction IS NOT NULL", fields=("jurisdiction", "body_kind"))
SEATS_IN = hop(MemberOf, into=True, other=Person, fields=("name", "public_role", "evidence"))
# Committees that the TVPA names; our sorting writes so first.
_NAMED_IN_LAW = "named in the TVPA"
_OFFICES = ("chair", "co-chair", "ranking member", "vice chair")


class CongressParams(Params):
    """What `congress` is asked with."""

    party: str | None = option("A committee, commission or caucus, or a member.", "House Foreign Affairs Committee")
    other: str | None = option("A second body: who sits on both.", "Helsinki Commission")
    at_least: int | None = Field(
        default=None, ge=2, le=20, description="Who sits on so many bodies that bear on our work.", examples=["3"]
    )
    role: str | None = filter_on(MemberOf, "office")


class SeatRow(PartyRow):
    """One seat of one member of Congress in one body."""

    body: str = needed("Id of the body.")
    body_name: str = needed("Name of the body.")
    office: str | None = of(MemberOf, "office")
    side: str | None = column("Majority or minority, as the list says.")
    public_role: str | None = of(Person, "public_role")
    jurisdiction: str | None = of(PublicBody, "jurisdiction")
    start: str | None = of(MemberOf, "period", "start")
    listed_on: str | None = column("Latest day by then of a list that shows the seat; null is none.")


def congress(request: Request[CongressParams]) -> Result[SeatRow]:
    """List seats in Congress, leaders first: of one body, of who sits on two, of a member; else who leads what bears.

    Only seats that a list shows by the day, and that are not known to have ended, count.
    """
    party, other, params = request.maybe("party"), request.maybe("other"), request.params
    bearing = {body.id: body for body in request.session.read(BODIES_THAT_BEAR, Everything())}
    jurisdictions = {id_: body.values.get("jurisdiction") for id_, body in bearing.items()}
    if party and party.cls == "Person":
        edges = request.session.read(MEMBERSHIPS_OF, OfIds(ids=(party.id,)))
        role, sitting = _role_of(request, party), _sitting(request, [edge.id for edge in edges])
        made = [_row(request, party, edge.other, edge, jurisdictions, role) for edge in edges if edge.key in sitting]
    else:
        named = {subject.id: subject for subject in (party, other) if subject}
        bodies = named or {id_: body.subject for id_, body in bearing.items()}
        made = [
            _row(request, edge.other, bodies[edge.subject], edge, jurisdictions, edge.values.get("public_role"))
            for edge in _sitting(request, bodies).values()
        ]
    rows = Rows.of(made, _order)
    shown = _wanted(rows, least=params.at_least or (2 if other else 0))
    if not (party or params.at_least or params.role):
        shown = shown.keeping(lambda row: row.office)
    if role := params.role:
        shown = shown.keeping(lambda row: is_office(row.office, role))
    doubts = () if rows else (caveat("partial", "nobody-listed"),)
    return Result.of(_clauses(party, other, params, rows, shown, len(bearing)), shown, doubts)


def _sitting(request: Request[CongressParams], bodies: Iterable[str]) -> dict[str, FullEdgeRow]:
    """Return the seats in bodies that are shown by the day, and not known to have ended, by key."""
    edges = request.session.read(SEATS_IN, OfIds(ids=tuple(bodies)))
    held = standing_of(edges, edges, day=request.day)
    return {edge.key: edge for edge in edges if edge.key in held}


def _role_of(request: Request[CongressParams], person: Subject) -> str | None:
    [known] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(person.id,)))
    return known.values.get("public_role")


def _row(
    request: Request[CongressParams],
    person: Subject,
    body: Subject,
    edge: FullEdgeRow,
    jurisdictions: Mapping[str, Any],
    role: str | None,
) -> SourcedRow[SeatRow]:
    return sourced(
        SeatRow,
        edge.properties,
        about=person,
        day=request.day,
        body=body,
        side=edge.properties.get("category"),
        public_role=role,
        jurisdiction=jurisdictions.get(body.id),
        listed_on=latest(edge.properties.get("attested_on"), on=request.day),
    )


def _order(seat: SeatRow) -> tuple[str, int, str, str]:
    office = seat.office or ""
    place = _OFFICES.index(office) if office in _OFFICES else len(_OFFICES)
    return folded(seat.body_name), place, folded(seat.name), seat.id


def _wanted(rows: Rows[SeatRow], *, least: int) -> Rows[SeatRow]:
    """Return the seats of those who sit in at least so many of the bodies, who sits in most first."""
    if not least:
        return rows
    bodies: dict[str, set[str]] = {}
    for seat in rows:
        bodies.setdefault(seat.id, set()).add(seat.body)
    kept = rows.keeping(lambda seat: len(bodies[seat.id]) >= least)
    return Rows.of(kept.sourced, lambda seat: (-len(bodies[seat.id]), folded(seat.name), seat.id))


def _clauses(
    party: Subject | None,
    other: Subject | None,
    params: CongressParams,
    rows: Rows[SeatRow],
    shown: Rows[SeatRow],
    bearing: int,
) -> Iterator[SourcedClause]:
    people = shown.values("name")
    listed_on = max(filter(None, rows.values("listed_on")), default=None)
    values: dict[str, Any] = {"people": people, "listed_on": listed_on, "bearing": bearing}
    leaders = shown.keeping(lambda seat: seat.office).told("name", "office")
    if party and party.cls == "Person":
        own = shown.keeping(lambda seat: not (seat.public_role or "").startswith(seat.side or "-"))
        role = next((seat.public_role for seat in shown), None)
        yield clause("member", member=party.name, role=role, seats=own.told("office", body="body_name"), **values)
    elif party and other:
        yield clause("both", body=party.name, other=other.name, **values)
    elif params.at_least:
        yield clause("several", least=params.at_least, **values)
    elif party:
        yield clause("body", body=party.name, leaders=leaders, seats=len(rows.values("id")), **values)
    else:
        yield clause("headline", leaders=len(people), **values)
        named = shown.keeping(lambda seat: _NAMED_IN_LAW in (seat.jurisdiction or ""))
        for body in named.values("body_name"):
            yield clause("leaders", body=body, offices=named.where(body_name=body).told("name", "office"))


CONGRESS = Question.of(
    congress,
    title="Who in Congress leads and sits on the bodies that bear on our work, and who on two of them?",
    names={"party": ("PublicBody", "Person"), "other": ("PublicBody",)},
    example={"party": "House Foreign Affairs Committee"},
    columns=("name", "body_name", "office", "side", "public_role", "listed_on", "confidence", "evidence"),
)
