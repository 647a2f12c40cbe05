"""Which posts nobody is known to hold for good: vacant, acting, designate, not known, mandate over."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field

from graph.domain.values import last_day
from graph.text import folded
from queries.contacts.reads import POSTS_HELD
from queries.contacts.words import held_by
from queries.core.answer import AnswerRow, Caveat, Subject, Total
from queries.core.compiled import Everything
from queries.core.days import passed
from queries.core.happened import since_when
from queries.core.holders import Holder
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import FullEdgeRow, OfIds, conflicts, refs
from queries.core.reads import MANDATES_OF
from queries.core.scope import Edges, Properties, holders_of, scope_of
from queries.core.wording import counted, listed

Vacancy = Literal["vacant", "mandate over", "designate only", "acting only", "holder not known"]

_ORDER: tuple[Vacancy, ...] = get_args(Vacancy)
# A screen or two; a body with more posts than that is asked about by one of its offices.
_LISTED = 40


class VacanciesParams(Params):
    """What `vacancies` is asked with."""

    party: str | None = Field(
        default=None, description="Only posts of this party and its offices; all there are if left out.",
        examples=["OSCE"],
    )  # fmt: skip
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
    seen_on: str | None = Field(
        default=None, description="Latest day a source shows that person in the post, or the post vacant."
    )
    mandate_end: str | None = Field(default=None, description="Last day of its mandate as far as held.")


@dataclass(frozen=True)
class _Open:
    """A post with its body, who holds it, and the last day of its mandate."""

    edge: FullEdgeRow
    body: Subject | None
    holder: Holder
    mandate_end: str | None
    mandate: Properties
    state: Vacancy


def vacancies(request: Request[VacanciesParams]) -> Result:
    """List posts that are vacant, held by somebody acting or designate, or by nobody known; the surest first.

    A post held for good by somebody known whose mandate has ended is listed too. ``held`` is *unknown* where nothing
    more is known than that no holder is.
    """
    posts = _posts(request)
    bodies = {edge.id: body for edge, body in posts}
    edges = Edges(request.session, request.day)
    holders = holders_of(edges, (edge for edge, _ in posts))
    ends = _mandate_ends(request, [edge for edge, _ in posts])
    found = [
        _Open(edge, bodies[edge.id], holders[edge.id], *ends[edge.id], state)
        for edge, _ in posts
        if (state := _state(holders[edge.id], ends[edge.id][0], request.day))
    ]
    found.sort(key=_order)
    sourced_rows = tuple(_draft(each) for each in found[: request.params.limit])
    return Result(
        sentence=_sentence(request.maybe("party"), found, len(posts)),
        rows=sourced_rows,
        caveats=_caveats(found, request.params.limit),
        total=Total(value=len(found)),
    )


def _posts(request: Request[VacanciesParams]) -> list[tuple[FullEdgeRow, Subject | None]]:
    """Return the posts asked about, each once, with their bodies."""
    party = request.maybe("party")
    if party is None:
        found = _everywhere(request)
    else:
        scope = scope_of(request.session, party, day=request.day)
        places = {office.body.id: office.body for office in scope.offices.values()}
        found = [(edge, places.get(edge.subject)) for edge in scope.posts]
    return [
        (edge, body)
        for edge, body in found
        if request.topic is None or request.topic in (edge.values.get("topics") or ())
    ]


def _everywhere(request: Request[VacanciesParams]) -> list[tuple[FullEdgeRow, Subject | None]]:
    found: dict[str, tuple[FullEdgeRow, Subject | None]] = {}
    for each in request.session.read(POSTS_HELD, Everything()):
        edge = FullEdgeRow(
            subject=each.body or "", key=each.key or "", properties=each.properties or {}, id=each.post, cls="Post",
            name=each.post_name, iso3=None, values=each.values,
        )  # fmt: skip
        if each.at is None or edge.held(request.day) != "no":
            found.setdefault(each.post, (edge, each.at))
    return list(found.values())


def _mandate_ends(
    request: Request[VacanciesParams], posts: Sequence[FullEdgeRow]
) -> dict[str, tuple[str | None, Properties]]:
    """Return the last day of each post's mandate and what says so: of the last decision known, else the post's own."""
    ends: dict[str, tuple[str | None, Properties]] = {
        edge.id: (edge.values.get("mandate_period_end"), edge.values if edge.values.get("mandate_period_end") else {})
        for edge in posts
    }
    ids = OfIds(ids=tuple(ends))
    known = [
        edge
        for edge in (request.session.read(MANDATES_OF, ids) if ends else [])
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
    if holder.holding == "vacant":
        return "vacant"
    if mandate_end and last_day(mandate_end) < day:
        return "mandate over"
    if holder.holding == "designate":
        return "designate only"
    if holder.holding == "acting":
        return "acting only"
    return None if holder.holding == "in office" else "holder not known"


def _order(each: _Open) -> tuple[int, str, str, str]:
    body = folded(each.body.name) if each.body else ""
    return _ORDER.index(each.state), body, folded(each.edge.name), each.edge.id


def _draft(each: _Open) -> SourcedRow:
    edge, body, holder = each.edge, each.body, each.holder
    row = VacancyRow(
        held="unknown" if each.state == "holder not known" else "yes",
        conflicts=conflicts(edge.values, *holder.sources),
        post=edge.id,
        post_name=edge.name,
        body=body.id if body else None,
        body_name=body.name if body else None,
        iso3=body.iso3 if body else None,
        state=each.state,
        told=held_by(holder),
        holder=holder.person.id if holder.person else None,
        holder_name=holder.person.name if holder.person else None,
        seen_on=holder.seen_on,
        mandate_end=each.mandate_end,
    )
    return SourcedRow(row, refs(edge.values, edge.properties, *holder.sources, each.mandate))


def _sentence(party: Subject | None, found: Sequence[_Open], looked_at: int) -> str:
    of = f" of {party.name} and its offices" if party else ""
    if not looked_at:
        return f"no post{of} is held here, which does not say that there is none"
    posts = f"of {counted(looked_at, 'post')}{of} held here"
    if not found:
        return f"{posts}, all have a holder in office"
    counts = Counter(each.state for each in found)
    told = [f"{counts[state]} {_in_words(state, counts[state])}" for state in _ORDER if counts[state]]
    named = [_named(each) for each in found if each.state != "holder not known"]
    return f"{posts}, {listed(told)}" + (f": {listed(named, most=4)}" if named else "")


def _in_words(state: Vacancy, count: int) -> str:
    be = "is" if count == 1 else "are"
    have = "has" if count == 1 else "have"
    words: Mapping[Vacancy, str] = {
        "vacant": f"{be} vacant",
        "mandate over": f"{have} a mandate past its end",
        "designate only": f"{have} only somebody designate",
        "acting only": f"{be} held by somebody acting",
        "holder not known": f"{have} no holder that is known",
    }
    return words[state]


def _named(each: _Open) -> str:
    over = f"mandate ended {each.mandate_end}" if each.state == "mandate over" else held_by(each.holder)
    return f"{each.edge.name} ({over})"


def _caveats(found: Sequence[_Open], limit: int) -> tuple[Caveat, ...]:
    doubts = []
    if unknown := sum(each.state == "holder not known" for each in found):
        posts = counted(unknown, "post")
        text = f"That no holder of {posts} is known does not say that nobody holds {'it' if unknown == 1 else 'them'}."
        doubts.append(Caveat(kind="unknown", text=text))
    if len(found) > limit:
        text = f"{len(found) - limit} more posts are not listed; ask about one body, or give a higher limit."
        doubts.append(Caveat(kind="partial", text=text))
    return tuple(doubts)


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
