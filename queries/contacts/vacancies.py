"""Which posts nobody is known to hold for good: vacant, acting, designate, not known, mandate over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import Field

from graph.domain.parties import Post
from graph.domain.values import last_day
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject, Total
from queries.core.clauses import SourcedClause, clause, resting_on
from queries.core.compiled import Everything, all_of
from queries.core.days import passed
from queries.core.endnotes import row_numbers
from queries.core.happened import since_when
from queries.core.holders import Holder, Holding
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds, conflicts, refs
from queries.core.reads import BODIES_OF_POSTS, MANDATES_OF
from queries.core.scope import Edges, Properties, holders_of, scope_of
from queries.core.wording import counted

Vacancy = Literal["vacant", "mandate over", "designate only", "acting only", "holder not known"]

_ORDER: tuple[Vacancy, ...] = get_args(Vacancy)
_BY_HOLDING: Mapping[Holding, Vacancy | None] = {
    "vacant": "vacant",
    "designate": "designate only",
    "acting": "acting only",
    "in office": None,
}
# A screen or two; a body with more posts than that is asked about by one of its offices.
_LISTED = 40
_POSTS = all_of(Post)


class VacanciesParams(Params):
    """What `vacancies` is asked with."""

    party: str | None = Field(
        default=None,
        description="Only posts of this party and its offices; all there are if left out.",
        examples=["OSCE"],
    )
    topic: str | None = Field(default=None, description="Only posts that deal with this.", examples=["THB"])
    limit: int = Field(default=_LISTED, ge=1, le=1_000, description="The most rows to list.", examples=["10"])


class VacancyRow(AnswerRow):
    """One post that nobody is known to hold for good on the day."""

    post: str = Field(description="Id of the post.")
    post_name: str = Field(description="Name of the post.")
    body: str | None = Field(default=None, description="Id of the body it belongs to; null is not stated.")
    body_name: str | None = Field(default=None, description="Name of that body.")
    iso3: str | None = Field(default=None, description="ISO 3166 alpha-3 code, where the body is a government.")
    state: Vacancy = Field(description="Vacant as stated; mandate over; designate or acting only; holder not known.")
    told: str = Field(description="Who holds it or held it last, and how surely, in words.")
    holder: str | None = Field(default=None, description="Id of who acts, is designate, or was seen last.")
    holder_name: str | None = Field(default=None, description="Name of that person.")
    holding: Holding = Field(default="holder not held", description="How that person holds it.")
    seen_on: str | None = Field(
        default=None, description="Latest day a source shows that person in the post, or the post vacant."
    )
    until: str | None = Field(default=None, description="Day that person left, where nobody is known to follow.")
    mandate_end: str | None = Field(default=None, description="Last day of its mandate as far as stated.")


def vacancies(request: Request[VacanciesParams]) -> Result[VacancyRow]:
    """List posts that are vacant, held by somebody acting or designate, or by nobody known; the surest first.

    A post held for good by somebody known whose mandate has ended is listed too. ``held`` is *unknown* where nothing
    more is known than that no holder is.
    """
    posts = _posts(request)
    holders = holders_of(Edges(request.session, request.day), (edge for edge, _ in posts))
    mandates = _mandates(request, [edge for edge, _ in posts])
    every = (_row(edge, body, holders[edge.id], *mandates[edge.id], day=request.day) for edge, body in posts)
    rows = sorted((row for row in every if row), key=_order)
    listed = tuple(rows[: request.params.limit])
    return Result(
        clauses=tuple(_clauses(request.maybe("party"), rows, len(posts))),
        rows=listed,
        caveats=tuple(_caveats(rows, len(listed))),
        total=Total(value=len(rows)),
    )


def _posts(request: Request[VacanciesParams]) -> list[tuple[FullEdgeRow, Subject | None]]:
    """Return the posts asked about, each once, with their bodies."""
    party = request.maybe("party")
    if party is None:
        found = list(_everywhere(Edges(request.session, request.day)))
    else:
        scope = scope_of(request.session, party, day=request.day)
        places = {office.body.id: office.body for office in scope.offices.values()}
        found = [(edge, places.get(edge.subject)) for edge in scope.posts]
    topic = request.topic
    return [(edge, body) for edge, body in found if topic is None or topic in (edge.values.get("topics") or ())]


def _everywhere(edges: Edges) -> Iterator[tuple[FullEdgeRow, Subject | None]]:
    """Give every post with the first of its bodies; a post whose bodies are all of other days is left out."""
    posts = edges.session.read(_POSTS, Everything())
    places = edges.ever(BODIES_OF_POSTS, (post.id for post in posts))
    for post in posts:
        of_any_day = places.get(post.id, [])
        place = next((edge for edge in of_any_day if edge.held(edges.day) != "no"), None)
        if place or not of_any_day:
            at = {"subject": place.id, "key": place.key, "properties": place.properties} if place else {}
            known = {"subject": "", "key": "", "properties": {}, "iso3": None, **post.model_dump(), **at}
            yield FullEdgeRow(**known), place.other if place else None


def _mandates(
    request: Request[VacanciesParams], posts: Sequence[FullEdgeRow]
) -> dict[str, tuple[str | None, Properties]]:
    """Return the last day of each post's mandate and what says so: of the last decision known, else the post's own."""
    ends: dict[str, tuple[str | None, Properties]] = {
        edge.id: (edge.values.get("mandate_period_end"), edge.values if edge.values.get("mandate_period_end") else {})
        for edge in posts
    }
    known = [
        edge
        for edge in (request.session.read(MANDATES_OF, OfIds(ids=tuple(ends))) if ends else [])
        if edge.properties.get("period_end")
        and passed(since_when(edge) or edge.values.get("adopted_on"), on=request.day) != "no"
    ]
    for edge in sorted(known, key=lambda edge: (last_day(edge.properties["period_end"]), edge.key)):
        own = ends[edge.subject][0]
        if own is None or last_day(own) <= last_day(edge.properties["period_end"]):
            ends[edge.subject] = (edge.properties["period_end"], edge.properties)
    return ends


def _state(holder: Holder, mandate_end: str | None, day: str) -> Vacancy | None:
    """Return what is lacking of a post on the day, None if somebody holds it for good."""
    if holder.holding != "vacant" and mandate_end and last_day(mandate_end) < day:
        return "mandate over"
    return _BY_HOLDING.get(holder.holding, "holder not known")


def _row(
    edge: FullEdgeRow, body: Subject | None, holder: Holder, mandate_end: str | None, mandate: Properties, *, day: str
) -> SourcedRow[VacancyRow] | None:
    state = _state(holder, mandate_end, day)
    if state is None:
        return None
    row = VacancyRow(
        held="unknown" if state == "holder not known" else "yes",
        conflicts=conflicts(edge.values, *holder.sources),
        post=edge.id,
        post_name=edge.name,
        body=body.id if body else None,
        body_name=body.name if body else None,
        iso3=body.iso3 if body else None,
        state=state,
        told=holder.in_words,
        holder=holder.person.id if holder.person else None,
        mandate_end=mandate_end,
        **holder.values,
    )
    return SourcedRow(row, refs(edge.values, edge.properties, *holder.sources, mandate))


def _order(sourced: SourcedRow[VacancyRow]) -> tuple[int, str, str, str]:
    row = sourced.row
    return _ORDER.index(row.state), folded(row.body_name or ""), folded(row.post_name), row.post


def _clauses(party: Subject | None, rows: Sequence[SourcedRow[VacancyRow]], looked_at: int) -> Iterator[SourcedClause]:
    """Say how many posts are in which state, then name those that are known to be vacant, over, designate, acting."""
    counts = Counter(row.row.state for row in rows)
    by_state = {state: counts[state] for state in _ORDER if counts[state]}
    yield clause("headline", party=party.name if party else "", posts=looked_at, by_state=by_state)
    for state in by_state:
        if state != "holder not known":
            of_state = [row for row in rows if row.row.state == state]
            yield resting_on(
                [row.refs for row in of_state], state.replace(" ", "-"), posts=[_said(r) for r in of_state]
            )


def _said(sourced: SourcedRow[VacancyRow]) -> dict[str, Any]:
    names = ("post_name", "holder_name", "seen_on", "until", "mandate_end")
    return {name: getattr(sourced.row, name) for name in names}


def _caveats(rows: Sequence[SourcedRow[VacancyRow]], listed: int) -> Iterator[Caveat]:
    if unknown := sum(row.row.state == "holder not known" for row in rows):
        text = f"The holder of {counted(unknown, 'post')} is not known: somebody may be in office."
        numbers = row_numbers(row.row.state == "holder not known" for row in rows[:listed])
        yield Caveat(kind="unknown", text=text, clause="headline", rows=numbers)
    if len(rows) > listed:
        text = f"{len(rows) - listed} more posts are not listed; ask about one body, or give a higher limit."
        yield Caveat(kind="partial", text=text, clause="headline")


VACANCIES = Question(
    name="vacancies",
    title="Which posts are vacant, acting, designate, or past their mandate, and of which is no holder known?",
    params=VacanciesParams,
    row=VacancyRow,
    function=vacancies,
    names={"party": ("Party",)},
    example={"party": "OSCE"},
    columns=("state", "post_name", "body_name", "told", "seen_on", "mandate_end", "held", "evidence"),
    maturity="trial",
)
