"""Who chairs a body on a day, with which office, or over a period; who drafts for it; years without anybody."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from graph.domain.edges import BODIES, MemberOf
from graph.domain.values import FIRST_DAY, first_day, last_day
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause, resting_on
from queries.core.columns import column, copied, named, of, option
from queries.core.days import Passed, first_of, latest, passed, the_day
from queries.core.holders import Holder, holder_of
from queries.core.membership import membership_on
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, conflicts, grouped, refs
from queries.core.reads import ENTITIES_BY_ID, HOLDERS_OF, MEMBERS_OF, POSTS_IN
from queries.core.wording import years_listed
from queries.multilateral.reads import RESOLUTIONS_OF, SPONSORS_OF

_CHAIRS = ("chair", "president", "penholder", "troika", "bureau")
_FIRST = ("chair", "president", "co chair")


class ChairsParams(Params):
    """What `chairs` is asked with."""

    party: str = Field(description="The body.", examples=["OSCE"])
    role: str | None = option("Only this office: chair, co-chair, vice-chair.", "chair")
    since: str | None = option("First day of a period, to see all who had an office in it; else the day alone.", "2015")
    until: str | None = option("Last day of that period; the day asked for if left out.", "2025")


class ChairRow(PartyRow):
    """One party or post with an office in the body; a post is told with who holds it."""

    body: str = Field(description="Id of the body.")
    body_name: str = Field(description="Name of the body.")
    office: str = Field(description="Chair, co-chair, vice-chair, penholder.")
    way: Literal["office", "post", "text"] = Field(
        description="How it is known: an office in the body, a post of the body, or the main sponsor of its last text."
    )
    start: str | None = of(MemberOf, "period", "start")
    end: str | None = of(MemberOf, "period", "end")
    end_kind: str | None = of(MemberOf, "period", "end_kind")
    holder: str | None = column("Id of who holds the post, as far as known.")
    holder_name: str | None = column("Name of who holds the post, as far as known.")
    holding: str | None = column("How it is held: in office, acting, vacant; null is no post.")
    seen_on: str | None = column("When it was last seen by the day.")


Sourced = SourcedRow[ChairRow]


def chairs(request: Request[ChairsParams]) -> Result[ChairRow]:
    """List who holds the offices of a body on a day, chairs first; over a period, latest first.

    Offices are those of members, and posts of the body that are chairs. Who drafts for the body is told by the main
    sponsors of the last text it is known to have adopted, where no penholder is named.

    Raises:
        UsageError: The period is no period.
    """
    body, wanted = request.one("party"), folded(request.params.role or "")
    since, until = _period(request)
    [card] = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))
    members = by_name(request.session.read(MEMBERS_OF, OfIds(ids=(body.id,))))
    offices = [edge for edge in members if _leads(edge.properties.get("office"))]
    offices = [edge for edge in offices if wanted in folded(edge.properties["office"])]
    terms = list(_terms(request, offices, since, until))
    posts = list(_posts(request, since, until)) if not wanted or wanted in ("chair", "president") else []
    has_penholder = any("penholder" in folded(term.row.office) for term in terms)
    texts = [] if has_penholder or (wanted and wanted != "penholder") else list(_drafters(request))
    return Result(
        clauses=tuple(_clauses(request, [*terms, *posts], texts, since, until)),
        rows=(*terms, *posts, *texts),
        caveats=tuple(_caveats(body, offices, terms, since, until, request.day)),
        refs=refs(card.values),
    )


def _period(request: Request[ChairsParams]) -> tuple[str, str]:
    """Return the period asked for; a blank start is the day alone."""
    given = request.params
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY if given.until else ""
    return since, the_day(given.until, today=request.day, parameter="until")


def _leads(office: str | None) -> bool:
    """Say whether an office leads a body or drafts for it."""
    return any(word in folded(office or "") for word in _CHAIRS)


def _held_in(said: Mapping[str, Any], since: str, until: str, *, day: str) -> Passed:
    """Say whether a term held on a day, or, where a period begins, in that period."""
    if not since:
        return membership_on(said, day=day)
    start, end = said.get("period_start"), said.get("period_end")
    if (start and first_day(start) > until) or (end and last_day(end) < since):
        return "no"
    seen = [day for day in said.get("attested_on") or () if since <= last_day(day) and first_day(day) <= until]
    return "yes" if seen or start or end else "unknown"


def _row(
    request: Request[ChairsParams], edge: EdgeRow, held: Passed, *rests_on: Mapping[str, Any], **columns: Any
) -> Sourced:
    body = request.one("party")
    row = ChairRow(
        **edge.other.model_dump(),
        **columns,
        held="yes" if held == "yes" else "unknown",
        body=body.id,
        body_name=body.name,
    )
    return SourcedRow(row, refs(*rests_on))


def _dates(said: Mapping[str, Any]) -> dict[str, Any]:
    return copied(ChairRow, said, day=FIRST_DAY)


def _terms(request: Request[ChairsParams], offices: Sequence[EdgeRow], since: str, until: str) -> Iterator[Sourced]:
    terms = [(edge, _held_in(edge.properties, since, until, day=request.day)) for edge in offices]
    terms.sort(key=lambda term: (term[0].properties.get("period_start") or "", term[0].key), reverse=bool(since))
    if not since:
        terms.sort(key=lambda term: _place(term[0].properties["office"]))
    for edge, held in terms:
        if held != "no":
            said = edge.properties
            columns = {"office": said["office"], "seen_on": latest(said.get("attested_on"), on=request.day)}
            yield _row(request, edge, held, said, way="office", conflicts=conflicts(said), **_dates(said), **columns)


def _place(office: str) -> tuple[int, str]:
    word = folded(office)
    return (_FIRST.index(word) if word in _FIRST else len(_FIRST)), word


def _posts(request: Request[ChairsParams], since: str, until: str) -> Iterator[Sourced]:
    """Yield the posts of the body that chair it, each with who holds it; over a period, with all who held it."""
    edges = by_name(request.session.read(POSTS_IN, OfIds(ids=(request.one("party").id,))))
    edges = [edge for edge in edges if _leads(f"{edge.values.get('role') or ''} {edge.values.get('level') or ''}")]
    terms = grouped(request.session.read(HOLDERS_OF, OfIds(ids=tuple(edge.id for edge in edges))))
    for edge in edges:
        of_post = terms.get(edge.id, [])
        if not since:
            yield _post(request, edge, holder_of(edge.values, of_post, day=request.day), {})
            continue
        of_post.sort(key=lambda term: (term.properties.get("period_start") or "", term.key), reverse=True)
        for term in of_post:
            if _held_in(term.properties, since, until, day=request.day) != "no":
                yield _post(request, edge, _holder(term, request.day), term.properties)


def _holder(term: EdgeRow, day: str) -> Holder:
    said, held = term.properties, term.held(day)
    seen_on = max(said.get("attested_on") or (), default=None)
    is_sure = held == "yes"
    holding: Literal["in office", "not known to be in office"] = "in office" if is_sure else "not known to be in office"
    return Holder(holding, term.other, said.get("capacity"), seen_on, held, (said,))


def _post(request: Request[ChairsParams], edge: FullEdgeRow, holder: Holder, term: Mapping[str, Any]) -> Sourced:
    return _row(
        request,
        edge,
        holder.held,
        *(edge.properties, edge.values, *holder.sources),
        **_dates(term),
        conflicts=conflicts(*holder.sources),
        office=edge.values.get("level") or edge.values.get("role") or "chair",
        way="post",
        **named("holder", holder.person),
        holding=holder.holding,
        seen_on=holder.seen_on,
    )


def _drafters(request: Request[ChairsParams]) -> Iterator[Sourced]:
    """Yield the main sponsors of the last text that the body is known to have adopted and of which there are some."""
    texts = request.session.read(RESOLUTIONS_OF, OfIds(ids=(request.one("party").id,)))
    texts = [text for text in texts if passed(text.values.get("adopted_on"), on=request.day) == "yes"]
    sponsors = grouped(by_name(request.session.read(SPONSORS_OF, OfIds(ids=tuple(text.id for text in texts)))))
    mains = {
        text: [edge for edge in edges if edge.properties.get("role") == "main"] for text, edges in sponsors.items()
    }
    texts = [text for text in texts if mains.get(text.id)]
    if texts:
        last = max(texts, key=lambda text: (text.values["adopted_on"], text.id))
        office = f"penholder, as main sponsor of {last.name}"
        columns = {"office": office, "way": "text", "seen_on": last.values["adopted_on"]}
        for edge in mains[last.id]:
            said = edge.properties
            yield _row(request, edge, "unknown", said, last.values, conflicts=conflicts(said), **columns)


_IN_SHORT = {"office", "name", "way", "start", "end", "end_kind", "held", "holder_name", "holding", "seen_on"}


def _clauses(
    request: Request[ChairsParams], terms: Sequence[Sourced], texts: Sequence[Sourced], since: str, until: str
) -> Iterator[SourcedClause]:
    period = {"since": "" if since == FIRST_DAY else since, "until": until} if since else {"since": None, "until": None}
    named = {"body": request.one("party").name, **period}
    if terms:
        of_rows = (term.refs for term in terms)
        yield resting_on(of_rows, "headline", **named, terms=[term.row.model_dump(include=_IN_SHORT) for term in terms])
    else:
        yield clause("nobody", **named, office=request.params.role)
    if texts:
        yield resting_on((text.refs for text in texts), "drafters", names=[text.row.name for text in texts])


def _caveats(
    body: Subject, offices: Sequence[EdgeRow], terms: Sequence[Sourced], since: str, until: str, day: str
) -> Iterator[Caveat]:
    """Name the years without anybody, within the period or up to the day, and the last with somebody."""
    years = {year for edge in offices for year in _years(edge.properties, until)}
    if since and years:
        first = max(int(since[:4]), min(years))
        if missing := [year for year in range(first, int(until[:4]) + 1) if year not in years]:
            text = f"Nobody is on record in an office of {body.name} for {years_listed(missing)}."
            yield Caveat(kind="unknown", text=text, clause="headline" if terms else "nobody")
    elif years and not any(term.row.held == "yes" for term in terms):
        before = max((year for year in years if year <= int(day[:4])), default=None)
        last = f"the last year on record is {before}" if before else "no earlier year is on record"
        yield Caveat(kind="unknown", text=f"Nobody is known to have been in office in {body.name} on that day; {last}.")


def _years(said: Mapping[str, Any], until: str) -> range | set[int]:
    start, end = said.get("period_start"), said.get("period_end")
    seen = {int(day[:4]) for day in said.get("attested_on") or ()}
    if not start:
        return seen | ({int(end[:4])} if end else set())
    last = end or (until if said.get("period_end_kind") == "open" else max([start, *(said.get("attested_on") or ())]))
    return range(int(start[:4]), int(last[:4]) + 1)


CHAIRS = Question(
    name="chairs",
    title="Who chairs this body, who are co-chairs and vice-chairs, and who drafts?",
    params=ChairsParams,
    row=ChairRow,
    function=chairs,
    names={"party": BODIES},
    example={"party": "OSCE", "since": "2015"},
    columns=("office", "name", "holder_name", "start", "end", "seen_on", "held", "confidence", "evidence"),
    maturity="trial",
)
