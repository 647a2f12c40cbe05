"""Which posts nobody is known to hold for good: vacant, acting, designate, not known, mandate over."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import Field

from iga.graph.domain.values import last_day
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject, Total
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, named, option, sourced
from iga.queries.core.compiled import Everything
from iga.queries.core.days import is_over, passed
from iga.queries.core.holders import Holder, Holding, OtherHolder
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import FullEdgeRow, conflicts, edge_to
from iga.queries.core.reads import BODIES_OF_POSTS, EVERY_POST, MANDATES_OF
from iga.queries.core.relationships import since_when
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, Properties, holders_of, scope_of

Vacancy = Literal["vacant", "mandate over", "designate only", "acting only", "holder not known"]

_ORDER: tuple[Vacancy, ...] = get_args(Vacancy)
_BY_HOLDING: Mapping[Holding, Vacancy | None] = {
    "vacant": "vacant",
    "designate": "designate only",
    "acting": "acting only",
    "in office": None,
}
_BY_CAPACITY: Mapping[str, Vacancy] = {
    "acting": "acting only",
    "charge d'affaires": "acting only",
    "designate": "designate only",
}
# A screen or two; a body with more posts than that is asked about by one of its offices.
_LISTED = 40
_NAMED = {
    "post_name",
    "holder_name",
    "seen_on",
    "until",
    "left_for",
    "mandate_end",
    "state",
    "holding",
    "capacity",
    "others",
    "held",
}
_NOT_KNOWN: Vacancy = "holder not known"
_SECOND = frozenset(("vice", "deputy"))


class VacanciesParams(Params):
    """What `vacancies` is asked with."""

    party: str | None = option("Only posts of this party and its offices; all there are if left out.", "OSCE")
    topic: str | None = option("Only posts that deal with this.", "THB")
    role: str | None = option(
        "Only posts that are this or are called so; ambassador: who is without one.", "ambassador"
    )
    limit: int = Field(default=_LISTED, ge=1, le=1_000, description="The most rows to list.", examples=["10"])


class VacancyRow(AnswerRow):
    """One post that nobody is known to hold for good on the day."""

    post: str = Field(description="Id of the post.")
    post_name: str = Field(description="Name of the post.")
    body: str | None = column("Id of the body it belongs to; null is not stated.")
    body_name: str | None = column("Name of that body.")
    iso3: str | None = column("ISO 3166 alpha-3 code, where the body is a government.")
    state: Vacancy = Field(description="Vacant as stated; mandate over; designate or acting only; holder not known.")
    told: str = Field(description="Who holds it or held it last, and how surely, in words.")
    holder: str | None = column("Id of who acts, is designate, or was seen last.")
    holder_name: str | None = column("Name of that person.")
    holding: Holding = column("How that person holds it.", "holder not held")
    capacity: str | None = column("Capacity of that person as its source states it: acting, designate …")
    others: tuple[OtherHolder, ...] = column("Others who may hold it too, or are to hold it.", ())
    seen_on: str | None = column("Latest day a source shows that person in the post, or the post vacant.")
    until: str | None = column("Day that person left, where nobody is known to follow.")
    left_for: str | None = column("Post elsewhere taken up by that day; null where the day is stated.")
    mandate_end: str | None = column("Last day of its mandate as far as stated.")


def vacancies(request: Request[VacanciesParams]) -> Result[VacancyRow]:
    """List posts that are vacant, held by somebody acting or designate, or by nobody known; the surest first.

    A post held for good by somebody known whose mandate has ended is listed too. ``held`` is *unknown* where nothing
    more is known than that no holder is, or how somebody held it who may have left since.
    """
    edges, party = Edges(request.session, request.day), request.maybe("party")
    posts = _posts_of(edges, party) if party else list(_everywhere(edges))
    posts = [(edge, body) for edge, body in posts if request.topic in (None, *(edge.values.get("topics") or ()))]
    posts = [(edge, body) for edge, body in posts if _is_called(edge, request.params.role)]
    holders, mandates = holders_of(edges, (edge for edge, _ in posts)), _mandates(edges, [edge for edge, _ in posts])
    every = (_row(edge, body, holders[edge.id], mandates[edge.id], day=request.day) for edge, body in posts)
    rows = Rows.of((row for row in every if row), _order)
    shown, clauses = rows.first(request.params.limit), _clauses(party.name if party else "", rows, len(posts))
    return Result.of(clauses, shown, _caveats(rows, shown), total=Total(value=len(rows)))


def _is_called(post: FullEdgeRow, role: str | None) -> bool:
    """True if a post has a role, in its role or its name; any has none."""
    return role is None or any(folded(role) in folded(text or "") for text in (post.values.get("role"), post.name))


def _posts_of(edges: Edges, party: Subject) -> list[tuple[FullEdgeRow, Subject | None]]:
    scope = scope_of(edges.session, party, day=edges.day)
    places = {office.body.id: office.body for office in scope.offices.values()}
    return [(edge, places.get(edge.subject)) for edge in scope.posts]


def _everywhere(edges: Edges) -> Iterator[tuple[FullEdgeRow, Subject | None]]:
    """Give every post with the first of its bodies; a post whose bodies are all of other days is left out."""
    posts = edges.session.read(EVERY_POST, Everything())
    places = edges.ever(BODIES_OF_POSTS, (post.id for post in posts))
    for post in posts:
        of_any_day = places.get(post.id, [])
        place = next((edge for edge in of_any_day if edge.held(edges.day) != "no"), None)
        if place:
            yield edge_to(post, subject=place.id, key=place.key, properties=place.properties), place.other
        elif not of_any_day:
            yield edge_to(post), None


def _mandates(edges: Edges, posts: Sequence[FullEdgeRow]) -> dict[str, tuple[str | None, Properties]]:
    """Return the last day of each post's mandate and what says so: of the last decision known, else the post's own."""
    stated = {post.id: (post.values.get("mandate_period_end"), post.values) for post in posts}
    ends: dict[str, tuple[str | None, Properties]] = {
        post: (end, values if end else {}) for post, (end, values) in stated.items()
    }
    decided = [
        (edge.properties["period_end"], edge)
        for decisions in edges.ever(MANDATES_OF, ends).values()
        for edge in decisions
        if edge.properties.get("period_end")
        and passed(since_when(edge) or edge.values.get("adopted_on"), on=edges.day) != "no"
    ]
    for end, edge in sorted(decided, key=lambda pair: (last_day(pair[0]), pair[1].key)):
        own = ends[edge.subject][0]
        if own is None or last_day(own) <= last_day(end):
            ends[edge.subject] = (end, edge.properties)
    return ends


def _row(
    edge: FullEdgeRow, body: Subject | None, holder: Holder, mandate: tuple[str | None, Properties], *, day: str
) -> SourcedRow[VacancyRow] | None:
    """Return what is lacking of a post on the day, None if somebody holds it for good."""
    end, says_so = mandate
    has_ended = holder.holding != "vacant" and is_over(end, on=day)
    state: Vacancy | None = "mandate over" if has_ended else _state(holder)
    if state is None:
        return None
    is_known = state == "mandate over" or holder.holding in _BY_HOLDING
    return sourced(
        VacancyRow,
        *(edge.values, edge.properties, *holder.sources, says_so),
        held="yes" if is_known else "unknown",
        conflicts=conflicts(edge.values, *holder.sources),
        post=edge,
        **named("body", body),
        iso3=body.iso3 if body else None,
        state=state,
        told=holder.in_words,
        mandate_end=end,
        **named("holder", holder.person) | holder.values,
    )


def _state(holder: Holder) -> Vacancy | None:
    """Return what is lacking of a post: as known of the day, else as it was last seen; None if nothing is."""
    if holder.holding == "not known to be in office":
        return _BY_CAPACITY.get(holder.capacity or "", "holder not known")
    return _BY_HOLDING.get(holder.holding, "holder not known")


def _order(row: VacancyRow) -> tuple[int, str, bool, str, str]:
    """Return what rows are compared by: the surer first, then by body, heads before their deputies."""
    name = folded(row.post_name)
    is_second = not _SECOND.isdisjoint(name.split())
    return _ORDER.index(row.state), folded(row.body_name or ""), is_second, name, row.post


def _clauses(party: str, rows: Rows[VacancyRow], looked_at: int) -> Iterator[SourcedClause]:
    """Say what is lacking of the only post, or how many are in which state; then who is meant, and who is to come."""
    counts: dict[str, Any] = {"party": party, "posts": looked_at, "by_state": rows.counts("state", _ORDER)}
    if len(rows) == 1:
        yield rows.clause("headline", **counts, only=_told(rows)[0])
    else:
        yield clause("headline", **counts, only=None)
    for state in counts["by_state"] if len(rows) > 1 else ():
        if party or state != _NOT_KNOWN:
            of = rows.where(state=state)
            yield of.clause(state.replace(" ", "-"), posts=_told(of))
    if coming := rows.keeping(lambda row: any(other.holding == "designate" for other in row.others)):
        yield coming.clause("coming", posts=_told(coming))


def _told(rows: Rows[VacancyRow]) -> list[dict[str, Any]]:
    return [row.model_dump(include=_NAMED) for row in rows]


def _caveats(rows: Rows[VacancyRow], shown: Rows[VacancyRow]) -> Iterator[UnwordedCaveat]:
    if unknown := len(rows.where(state=_NOT_KNOWN)):
        are_so = [row.state == _NOT_KNOWN for row in shown]
        yield caveat(
            "unknown", "holders-unknown", clause="headline", rows=are_so if any(are_so) else None, number=unknown
        )
    if more := len(rows) - len(shown):
        yield caveat("partial", "more-posts", clause="headline", more=more)


VACANCIES = Question.of(
    vacancies,
    title="Which posts are vacant, acting, designate, or past their mandate, and of which is no holder known?",
    names={"party": ("Party",)},
    example={"party": "OSCE"},
    columns=("state", "post_name", "body_name", "told", "seen_on", "mandate_end", "held", "evidence"),
    maturity="trial",
)
