"""Who belongs to a body, and to which bodies a party belongs."""

from pydantic import Field

from graph.domain.edges import BODIES, MemberOf
from queries.core.answer import PartyRow, Subject
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import filter_on, of, option
from queries.core.edge_list import names_of
from queries.core.membership import Memberships, counts_by_category, gaps_of_list, shortfall, weak_count
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import OfIds, refs
from queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF, MEMBERSHIPS_OF


class MembersParams(Params):
    """What `members` is asked with."""

    party: str = Field(description="The body whose members are asked for.", examples=["OSCE"])
    category: str | None = filter_on(MemberOf, "category")
    role: str | None = filter_on(MemberOf, "office")
    status: str | None = filter_on(MemberOf, "status")


class MembershipsParams(Params):
    """What `memberships` is asked with."""

    party: str = Field(description="Whose memberships are asked for.", examples=["Ghana"])
    other: str | None = option("Only the membership in this body.", "Bali Process")
    category: str | None = filter_on(MemberOf, "category")
    status: str | None = filter_on(MemberOf, "status")


class MembershipRow(PartyRow):
    """One term of one party in one body."""

    body: str = Field(description="Id of the body.")
    body_name: str = Field(description="Name of the body.")
    category: str | None = of(MemberOf, "category")
    office: str | None = of(MemberOf, "office")
    status: str | None = of(MemberOf, "status")
    status_on: str | None = of(MemberOf, "status_on")
    start: str | None = of(MemberOf, "period", "start")
    end: str | None = of(MemberOf, "period", "end")
    end_kind: str | None = of(MemberOf, "period", "end_kind")
    attested_on: str | None = of(MemberOf, "attested_on")


def members(request: Request[MembersParams]) -> Result[MembershipRow]:
    """List who belonged to a body on a day: by name, one row for each term."""
    body, params = request.one("party"), request.params
    terms = Memberships.read(request.session, MEMBERS_OF, body, day=request.day).fitting(params)
    terms = terms if params.role else terms.without_offices()
    [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))
    is_whole = not (params.category or params.role or params.status)
    return Result(
        clauses=tuple(_on_members(body, terms, params.role)),
        rows=terms.rows(MembershipRow, lambda edge: edge.other.model_dump() | _body(body)),
        caveats=shortfall(card.values, terms.standing) if is_whole else (),
        refs=refs(card.values) if is_whole else (),
    )


def memberships(request: Request[MembershipsParams]) -> Result[MembershipRow]:
    """List the bodies a party belonged to on a day: by name, one row for each term."""
    party, body = request.one("party"), request.maybe("other")
    terms = Memberships.read(request.session, MEMBERSHIPS_OF, party, day=request.day).fitting(request.params)
    if body is not None:
        return _in_one_body(request, terms.only(lambda edge: edge.id == body.id), body)
    inside = names_of(terms.inside)
    beside = [name for name in names_of(terms.beside) if name not in inside]
    clauses = [
        clause("headline", party=party.name, bodies=inside),
        *([clause("beside", party=party.name, bodies=beside)] if beside else ()),
        *_undated(terms),
    ]
    return Result(clauses=tuple(clauses), rows=_rows(terms))


def _in_one_body(request: Request[MembershipsParams], terms: Memberships, body: Subject) -> Result[MembershipRow]:
    everybody = Memberships.read(request.session, MEMBERS_OF, body, day=request.day).without_offices().standing
    [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))
    partial = shortfall(card.values, everybody, clause="one-body")
    state = "listed" if terms.standing else "past" if terms.edges else "unknown" if partial else "not listed"
    is_sure = "yes" in terms.states.values()
    values = {"party": terms.about.name, "body": body.name, "state": state, "is_sure": is_sure}
    weak = 0 if terms.edges or partial else weak_count(request.session, everybody)
    weakness = [clause("weak", weak=weak, entries=len(everybody))] if weak else []
    # That a list lacks somebody is worth as much as the list.
    gaps = () if terms.standing else gaps_of_list(request.session, everybody)
    return Result(
        clauses=(clause("one-body", **values), *weakness),
        rows=_rows(terms),
        caveats=(*partial, *gaps),
        refs=refs(card.values),
    )


def _on_members(body: Subject, terms: Memberships, office: str | None) -> list[SourcedClause]:
    """Say how many members there are, beside them observers and partners, and what was left out."""
    if office:
        first = [clause("office", body=body.name, office=office, names=names_of(terms.standing))]
    else:
        counts = counts_by_category(terms.inside)
        first = [clause("headline", body=body.name, members=sum(counts.values()), by_category=counts)]
        if beside := counts_by_category(terms.beside):
            first.append(clause("beside", by_category=beside))
    past = [clause("past", past=terms.past_count, noun="membership")] if terms.past_count else []
    return [*first, *_undated(terms), *past]


def _undated(terms: Memberships) -> list[SourcedClause]:
    return [clause("undated", undated=terms.unsure_count)] if terms.unsure_count else []


def _rows(terms: Memberships) -> tuple[SourcedRow[MembershipRow], ...]:
    about = terms.about.model_dump()
    return terms.rows(MembershipRow, lambda edge: about | _body(edge.other))


def _body(body: Subject) -> dict[str, str]:
    return {"body": body.id, "body_name": body.name}


_TERM = ("category", "office", "status", "start", "end", "held", "confidence", "evidence")

MEMBERS = Question(
    name="members",
    title="Who belongs to this body?",
    params=MembersParams,
    row=MembershipRow,
    function=members,
    names={"party": BODIES},
    example={"party": "OSCE"},
    columns=("name", *_TERM),
)
MEMBERSHIPS = Question(
    name="memberships",
    title="Which bodies does this party belong to?",
    params=MembershipsParams,
    row=MembershipRow,
    function=memberships,
    names={"party": ("Party", "Post"), "other": BODIES},
    example={"party": "Ghana"},
    columns=("body_name", *_TERM),
)
