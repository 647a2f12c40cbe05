"""Who belongs to several bodies, who to one alone, and of whom that is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Literal

from iga.graph.domain.edges import BODIES
from iga.graph.errors import UsageError
from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.absence import Absence
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import caveat, clause
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.membership import Memberships, is_beside, is_surely_outside, membership_absence
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, OfIds, refs
from iga.queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF
from iga.queries.core.rows import Rows

Overlap = Literal["in all", "in all known", "in some", "in one only", "in one known"]
_ORDER: tuple[Overlap, ...] = ("in all", "in all known", "in some", "in one only", "in one known")


class BodyOverlapParams(Params):
    """What `body-overlap` is asked with."""

    party: tuple[str, ...] = needed("The bodies, two or more.", "OSCE")
    other: str | None = option("One more body.", "Council of Europe")


class OverlapRow(PartyRow):
    """One party, and in which of the bodies it is, is not, or may be."""

    overlap: Overlap = needed(
        "In all; in all whose lists tell; in some; in one only; in one, and the others' lists do not tell."
    )
    member_of: tuple[str, ...] = needed("Names of the bodies it belongs to; a status is in brackets.")
    beside: tuple[str, ...] = column("Names of the bodies it is with as observer or partner.", ())
    not_member_of: tuple[str, ...] = needed("Names of the bodies whose whole list does not have it.")
    not_known: tuple[str, ...] = needed("Names of the bodies of which that is not known: partial lists.")


@dataclass(frozen=True)
class _Body:
    """One of the bodies: its terms, of which some may have stood and others are beside, and what its list is worth."""

    card: Entity
    terms: Memberships
    off_list: Absence
    """What it is worth not to be on its list."""

    @classmethod
    def read(cls, request: Request[BodyOverlapParams], body: Subject) -> "_Body":
        [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))
        terms = Memberships.read(request.session, MEMBERS_OF, body, day=request.day)
        return cls(card, terms, membership_absence(request.session, card, terms))

    @cached_property
    def members(self) -> Mapping[str, EdgeRow]:
        """The parties that are surely members, by id."""
        return {edge.id: edge for edge in self.terms.inside if self.terms.states[edge.key] == "yes"}

    @cached_property
    def perhaps(self) -> Mapping[str, EdgeRow]:
        """The parties that may be members, by id."""
        inside = (edge for edge in self.terms.standing if not is_beside(edge))
        return {edge.id: edge for edge in inside if edge.id not in self.members}

    @cached_property
    def theirs(self) -> Mapping[str, list[EdgeRow]]:
        """The memberships of any day, by party."""
        return by_key(self.terms.edges, lambda edge: edge.id)

    @cached_property
    def beside(self) -> Mapping[str, EdgeRow]:
        """The parties that are with it as observer or partner, by id."""
        return {edge.id: edge for edge in self.terms.beside}

    def is_surely_without(self, id_: str) -> bool:
        """Return True if a party is surely no member."""
        return is_surely_outside(self.theirs.get(id_, ()), self.terms, self.off_list)

    @property
    def pools(self) -> tuple[Mapping[str, EdgeRow], ...]:
        return self.members, self.perhaps, self.beside

    @property
    def short(self) -> str:
        return str(self.card.values.get("acronym") or self.card.name)


def body_overlap(request: Request[BodyOverlapParams]) -> Result[OverlapRow]:
    """List the parties of several bodies: those in all first, then by in how many, then by name.

    Raises:
        UsageError: Only one body is named.
    """
    subjects = [*request.subjects["party"], *request.subjects.get("other", ())]
    bodies = {subject.id: _Body.read(request, subject) for subject in subjects}
    if len(bodies) < 2:
        raise UsageError("body-overlap needs two bodies or more: give party twice, or party and other")
    edges = [edge for one in bodies.values() for pool in one.pools for edge in pool.values()]
    parties = {edge.id: edge.other for edge in edges if edge.id not in bodies}
    rows = Rows.of((_row(party, [*bodies.values()]) for party in parties.values()), _place)
    only = {id_: [row for row in rows if len(row.member_of) == 1 and row.id in bodies[id_].members] for id_ in bodies}
    alone = {id_: sum(not row.not_known for row in only[id_]) for id_ in bodies}
    names = [body.card.name for body in bodies.values()]
    in_all = len(rows.where(overlap="in all"))
    short = next((body for body in bodies.values() if not body.off_list.is_no), None)
    off_list = short.off_list.values("", "members of", short.card.name) if short else Absence().values("", "")
    open_still = sum(len(row.member_of) + len(row.not_known) == len(bodies) for row in rows) - in_all
    return Result.of(
        (
            clause("headline", bodies=names, number=in_all, open=open_still, **off_list),
            *(
                clause("only", body=body.card.name, number=alone[id_], unsure=len(only[id_]) - alone[id_])
                for id_, body in bodies.items()
            ),
            clause("several", number=sum(1 < len(row.member_of) < len(bodies) for row in rows)),
            clause("beside", number=len(rows.keeping(attrgetter("beside")))),
        ),
        rows,
        (
            caveat("partial", "list-partial", number=len(body.members), **body.off_list.values("", "", body.card.name))
            for body in bodies.values()
            if not body.off_list.is_no
        ),
        refs=refs(*(body.card.values for body in bodies.values())),
    )


def _place(row: OverlapRow) -> tuple[int, int, str, str]:
    return _ORDER.index(row.overlap), -len(row.member_of), folded(row.name), row.id


def _row(party: Subject, bodies: Sequence[_Body]) -> SourcedRow[OverlapRow]:
    inside = [body for body in bodies if party.id in body.members]
    beside = [body for body in bodies if party.id in body.beside and body not in inside]
    rest = [body for body in bodies if body not in inside and body not in beside]
    unknown = [body for body in bodies if body not in inside and not body.is_surely_without(party.id)]
    if len(inside) > 1:
        known = "in all known" if len(inside) + len(unknown) == len(bodies) else "in some"
    else:
        known = "in one known" if unknown else "in one only"
    statuses = [(body.short, body.members[party.id].properties.get("status") or "active") for body in inside]
    terms = [pool[party.id].properties for body in bodies for pool in body.pools if party.id in pool]
    return sourced(
        OverlapRow,
        *terms,
        made_of=terms,
        about=party,
        held="yes" if inside or beside else "unknown",
        overlap="in all" if len(inside) == len(bodies) else known,
        member_of=tuple(name if status == "active" else f"{name} ({status})" for name, status in statuses),
        beside=tuple(f"{body.short} ({body.beside[party.id].properties.get('category')})" for body in beside),
        not_member_of=tuple(body.short for body in rest if body not in unknown),
        not_known=tuple(body.short for body in unknown),
    )


BODY_OVERLAP = Question.of(
    body_overlap,
    title="Who belongs to both of these bodies, who to one only, and of whom is that not known?",
    names={"party": BODIES, "other": BODIES},
    example={"party": "OSCE", "other": "Council of Europe"},
    columns=("name", "overlap", "member_of", "beside", "not_member_of", "not_known", "evidence"),
    maturity="trial",
)
