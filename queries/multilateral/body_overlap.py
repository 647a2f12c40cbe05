"""Which parties belong to all of several bodies, which to some, and of which a partial list does not tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from graph.domain.edges import BODIES
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import option
from queries.core.membership import is_beside, membership_on
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, OfIds, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF

Overlap = Literal["in all", "in all known", "in some", "in one only", "in one known"]
_ORDER: tuple[Overlap, ...] = ("in all", "in all known", "in some", "in one only", "in one known")


class BodyOverlapParams(Params):
    """What `body-overlap` is asked with."""

    party: tuple[str, ...] = Field(description="The bodies, two or more.", examples=["OSCE"])
    other: str | None = option("One more body.", "Council of Europe")


class OverlapRow(PartyRow):
    """One party, and in which of the bodies it is, is not, or may be."""

    overlap: Overlap = Field(
        description="In all; in all whose lists tell; in some; in one only; in one, and the others' lists do not tell."
    )
    member_of: tuple[str, ...] = Field(description="Names of the bodies it belongs to; a status is in brackets.")
    beside: tuple[str, ...] = Field(default=(), description="Names of the bodies it is with as observer or partner.")
    not_member_of: tuple[str, ...] = Field(description="Names of the bodies whose whole list does not have it.")
    not_known: tuple[str, ...] = Field(description="Names of the bodies of which that is not known: partial lists.")


@dataclass
class _Body:
    """One of the bodies: who is in it, who may be, who is beside, and whether its list is whole."""

    card: Entity
    members: dict[str, EdgeRow] = field(default_factory=dict)
    perhaps: dict[str, EdgeRow] = field(default_factory=dict)
    beside: dict[str, EdgeRow] = field(default_factory=dict)

    @classmethod
    def read(cls, request: Request[BodyOverlapParams], id_: str) -> "_Body":
        [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(id_,)))
        body = cls(card)
        for edge in request.session.read(MEMBERS_OF, OfIds(ids=(id_,))):
            held = membership_on(edge.properties, day=request.day)
            if held != "no":
                pool = body.beside if is_beside(edge) else body.members if held == "yes" else body.perhaps
                pool.setdefault(edge.id, edge)
        return body

    @property
    def pools(self) -> tuple[Mapping[str, EdgeRow], ...]:
        return self.members, self.perhaps, self.beside

    @property
    def reported(self) -> int:
        """How many members it reports; 0 is that it reports no number."""
        return int(self.card.values.get("member_count") or 0)

    @property
    def is_whole(self) -> bool:
        """Whether as many members are on record as it reports; without a number reported nobody can tell."""
        return 0 < self.reported <= len(self.members)

    @property
    def short(self) -> str:
        return str(self.card.values.get("acronym") or self.card.name)


def body_overlap(request: Request[BodyOverlapParams]) -> Result[OverlapRow]:
    """List the parties of several bodies: those in all first, then by in how many, then by name.

    Raises:
        UsageError: Only one body is named.
    """
    subjects = [*request.subjects["party"], *request.subjects.get("other", ())]
    bodies = [_Body.read(request, id_) for id_ in dict.fromkeys(subject.id for subject in subjects)]
    if len(bodies) < 2:
        raise UsageError("body-overlap needs two bodies or more: give party twice, or party and other")
    parties = {edge.id: edge.other for body in bodies for pool in body.pools for edge in pool.values()}
    own = {body.card.id for body in bodies}
    rows = sorted((_row(party, bodies) for id_, party in parties.items() if id_ not in own), key=_place)
    return Result(
        clauses=tuple(_clauses(bodies, [sourced.row for sourced in rows])),
        rows=tuple(rows),
        caveats=tuple(_partial(bodies)),
        refs=refs(*(body.card.values for body in bodies)),
    )


def _row(party: Subject, bodies: Sequence[_Body]) -> SourcedRow[OverlapRow]:
    inside = [body for body in bodies if party.id in body.members]
    beside = [body for body in bodies if party.id in body.beside and body not in inside]
    rest = [body for body in bodies if body not in inside and body not in beside]
    unknown = [body for body in rest if party.id in body.perhaps or not body.is_whole]
    edges = [pool[party.id] for body in bodies for pool in body.pools if party.id in pool]
    row = OverlapRow(
        **party.model_dump(),
        held="yes" if inside or beside else "unknown",
        conflicts=conflicts(*(edge.properties for edge in edges)),
        overlap=_overlap(len(inside), len(bodies), len(unknown)),
        member_of=tuple(_with_status(body, body.members[party.id]) for body in inside),
        beside=tuple(f"{body.short} ({body.beside[party.id].properties.get('category')})" for body in beside),
        not_member_of=tuple(body.short for body in rest if body not in unknown),
        not_known=tuple(body.short for body in unknown),
    )
    return SourcedRow(row, refs(*(edge.properties for edge in edges)))


def _overlap(inside: int, all_: int, unknown: int) -> Overlap:
    if inside == all_:
        return "in all"
    if inside > 1:
        return "in all known" if inside + unknown == all_ else "in some"
    return "in one known" if unknown else "in one only"


def _with_status(body: _Body, edge: EdgeRow) -> str:
    status = edge.properties.get("status")
    return body.short + (f" ({status})" if status and status != "active" else "")


def _place(sourced: SourcedRow[OverlapRow]) -> tuple[int, int, str, str]:
    row = sourced.row
    return _ORDER.index(row.overlap), -len(row.member_of), folded(row.name), row.id


def _clauses(bodies: Sequence[_Body], rows: Sequence[OverlapRow]) -> Iterator[SourcedClause]:
    everywhere = sum(row.overlap == "in all" for row in rows)
    yield clause("headline", bodies=[body.card.name for body in bodies], number=everywhere)
    for body in bodies:
        only = [row for row in rows if len(row.member_of) == 1 and row.id in body.members]
        alone = sum(not row.not_known for row in only)
        yield clause("only", body=body.short, number=alone, unsure=len(only) - alone)
    if some := sum(1 < len(row.member_of) < len(bodies) for row in rows):
        yield clause("several", number=some)
    if beside := sum(bool(row.beside) for row in rows):
        yield clause("beside", number=beside)


def _partial(bodies: Sequence[_Body]) -> Iterator[Caveat]:
    for body in bodies:
        if not body.is_whole:
            number, reported = len(body.members), body.reported
            share = f"{number} of {reported}" if reported else str(number)
            why = "" if reported else "; how many there are is not known"
            text = f"The list is partial: {share} members of {body.card.name} are on record{why}."
            yield Caveat(kind="partial", text=f"{text} Who is not on it is not known to be outside.")


BODY_OVERLAP = Question(
    name="body-overlap",
    title="Who belongs to both of these bodies, who to one only, and of whom is that not known?",
    params=BodyOverlapParams,
    row=OverlapRow,
    function=body_overlap,
    names={"party": BODIES, "other": BODIES},
    example={"party": "OSCE", "other": "Council of Europe"},
    columns=("name", "overlap", "member_of", "beside", "not_member_of", "not_known", "evidence"),
    maturity="trial",
)
