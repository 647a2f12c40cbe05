"""Which parties belong to all of several bodies, which to some, and of which a partial list does not tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from graph.domain.edges import BODIES
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.membership import is_beside, membership_on
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, OfIds, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF
from queries.core.wording import counted, listed

Overlap = Literal["in all", "in all known", "in some", "in one only", "in one known"]
_ORDER: tuple[Overlap, ...] = ("in all", "in all known", "in some", "in one only", "in one known")


class BodyOverlapParams(Params):
    """What `body-overlap` is asked with."""

    party: tuple[str, ...] = Field(description="The bodies, two or more.", examples=["OSCE"])
    other: str | None = Field(default=None, description="One more body.", examples=["Council of Europe"])


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

    @property
    def is_whole(self) -> bool:
        """Whether as many members are held as it reports; without a number reported nobody can tell."""
        reported: int = self.card.values.get("member_count") or 0
        return 0 < reported <= len(self.members)


def body_overlap(request: Request[BodyOverlapParams]) -> Result:
    """List the parties of several bodies: those in all first, then by in how many, then by name.

    Raises:
        UsageError: Only one body is named.
    """
    subjects = [*request.subjects["party"], *request.subjects.get("other", ())]
    bodies = [_body(request, one) for one in dict.fromkeys(one.id for one in subjects)]
    if len(bodies) < 2:
        raise UsageError("body-overlap needs two bodies or more: give party twice, or party and other")
    parties = {edge.id: edge.other for body in bodies for pool in _pools(body) for edge in pool.values()}
    parties = {id_: one for id_, one in parties.items() if id_ not in {body.card.id for body in bodies}}
    sourced_rows = [_draft(party, bodies) for party in parties.values()]
    sourced_rows.sort(key=_rank)
    return Result(
        sentence=_sentence(bodies, sourced_rows),
        rows=tuple(sourced_rows),
        caveats=_partial(bodies),
        refs=refs(*(body.card.values for body in bodies)),
    )


def _body(request: Request[BodyOverlapParams], id_: str) -> _Body:
    of = OfIds(ids=(id_,))
    body = _Body(request.session.read(ENTITIES_BY_ID, of)[0])
    for edge in request.session.read(MEMBERS_OF, of):
        held = membership_on(edge.properties, day=request.day)
        if held != "no":
            pool = body.beside if is_beside(edge) else body.members if held == "yes" else body.perhaps
            pool.setdefault(edge.id, edge)
    return body


def _pools(body: _Body) -> tuple[Mapping[str, EdgeRow], ...]:
    return body.members, body.perhaps, body.beside


def _draft(party: Subject, bodies: Sequence[_Body]) -> SourcedRow:
    inside = [body for body in bodies if party.id in body.members]
    beside = [body for body in bodies if party.id in body.beside and body not in inside]
    rest = [body for body in bodies if body not in inside and body not in beside]
    unknown = [body for body in rest if party.id in body.perhaps or not body.is_whole]
    edges = [pool[party.id] for body in bodies for pool in _pools(body) if party.id in pool]
    row = OverlapRow(
        held="yes" if inside or beside else "unknown",
        conflicts=conflicts(*(edge.properties for edge in edges)),
        id=party.id,
        cls=party.cls,
        name=party.name,
        iso3=party.iso3,
        overlap=_overlap(len(inside), len(bodies), len(unknown)),
        member_of=tuple(_with_status(body, body.members[party.id]) for body in inside),
        beside=tuple(f"{_short(body)} ({body.beside[party.id].properties.get('category')})" for body in beside),
        not_member_of=tuple(_short(body) for body in rest if body not in unknown),
        not_known=tuple(_short(body) for body in unknown),
    )
    return SourcedRow(row, refs(*(edge.properties for edge in edges)))


def _overlap(inside: int, all_: int, unknown: int) -> Overlap:
    if inside == all_:
        return "in all"
    if inside > 1:
        return "in all known" if inside + unknown == all_ else "in some"
    return "in one known" if unknown else "in one only"


def _short(body: _Body) -> str:
    return str(body.card.values.get("acronym") or body.card.name)


def _with_status(body: _Body, edge: EdgeRow) -> str:
    status = edge.properties.get("status")
    return _short(body) + (f" ({status})" if status and status != "active" else "")


def _rank(draft: SourcedRow) -> tuple[int, int, str, str]:
    row = draft.row
    assert isinstance(row, OverlapRow)
    return _ORDER.index(row.overlap), -len(row.member_of), folded(row.name), row.id


def _sentence(bodies: Sequence[_Body], sourced_rows: Sequence[SourcedRow]) -> str:
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, OverlapRow)]
    names = listed([body.card.name for body in bodies], most=len(bodies))
    everywhere = [row.name for row in rows if row.overlap == "in all"]
    sentence = f"{counted(len(everywhere), 'party', 'parties')} {'is' if len(everywhere) == 1 else 'are'} listed in "
    sentence += f"{'both' if len(bodies) == 2 else 'all of'} {names}"
    for body in bodies:
        only = [row for row in rows if len(row.member_of) == 1 and row.id in body.members]
        alone = [row for row in only if not row.not_known]
        sentence += f"; in {_short(body)} only: {len(alone) or 'none known'}"
        unsure = len(only) - len(alone)
        sentence += f", and {unsure} of whom the other lists do not tell" if unsure else ""
    some = sum(1 < len(row.member_of) < len(bodies) for row in rows)
    beside = sum(bool(row.beside) for row in rows)
    sentence += f"; {some} in several but not in all" if some else ""
    return sentence + (f"; {beside} beside a body as observer or partner, who are no members" if beside else "")


def _partial(bodies: Sequence[_Body]) -> tuple[Caveat, ...]:
    doubts = []
    for body in bodies:
        reported = body.card.values.get("member_count")
        if not body.is_whole:
            of = f"{len(body.members)} of {reported}" if reported else f"{len(body.members)}"
            why = "" if reported else "; how many there are is not held"
            text = f"The list is partial: {of} members of {body.card.name} are held{why}."
            doubts.append(Caveat(kind="partial", text=f"{text} Who is not on it is not known to be outside."))
    return tuple(doubts)


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
