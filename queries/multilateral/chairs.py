"""Who chairs a body on a day, with which office, or over a period; who drafts for it; years that nobody is held for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.domain.edges import BODIES
from graph.domain.values import FIRST_DAY, first_day
from graph.text import folded
from queries.core.answer import Caveat, Subject
from queries.core.days import Passed, first_of, stretch, the_day
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, OfIds, by_name, conflicts, refs
from queries.core.reads import ENTITIES_BY_ID, MEMBERS_OF
from queries.core.wording import counted, listed, years_listed
from queries.multilateral.chair_posts import ChairRow, held_in, is_chair, posts_of
from queries.multilateral.drafters import last_text, mains_of


class ChairsParams(Params):
    """What `chairs` is asked with."""

    party: str = Field(description="The body.", examples=["OSCE"])
    role: str | None = Field(
        default=None, description="Only this office: chair, co-chair, vice-chair.", examples=["chair"]
    )
    since: str | None = Field(
        default=None, description="First day of a period, to see all who held an office in it; else the day alone.",
        examples=["2015"],
    )  # fmt: skip
    until: str | None = Field(
        default=None, description="Last day of that period; the day asked for if left out.", examples=["2025"]
    )


@dataclass(frozen=True)
class _Term:
    """One term of one party in one office of the body."""

    edge: EdgeRow
    held: Passed

    @property
    def office(self) -> str:
        return self.edge.properties.get("office") or "chair"


def chairs(request: Request[ChairsParams]) -> Result:
    """List who holds the offices of a body on a day, chairs first; over a period, latest first.

    Offices are those of members, and posts of the body that are chairs. Who drafts for the body is told by the main
    sponsors of the last text it is known to have adopted, where no penholder is named.

    Raises:
        UsageError: The period is no period.
    """
    body, wanted = request.one("party"), folded(request.params.role or "")
    since, until = _period(request)
    offices = [
        edge
        for edge in request.session.read(MEMBERS_OF, OfIds(ids=(body.id,)))
        if is_chair(edge.properties.get("office"))
    ]
    offices = [edge for edge in offices if wanted in folded(edge.properties.get("office") or "")]
    terms = [
        _Term(edge, held)
        for edge in by_name(offices)
        if (held := held_in(request, edge.properties, since, until)) != "no"
    ]
    terms.sort(key=lambda term: (term.edge.properties.get("period_start") or "", term.edge.key), reverse=bool(since))
    terms.sort(key=lambda term: _place(term.office)) if not since else None
    posts = posts_of(request, body, since, until) if not wanted or wanted in ("chair", "president") else []
    texts = [] if wanted and wanted != "penholder" else _drafters(request, body, terms)
    sourced_rows = (*(_row(term, body, request.day) for term in terms), *posts, *texts)
    card = request.session.read(ENTITIES_BY_ID, OfIds(ids=(body.id,)))[0]
    return Result(
        sentence=_sentence(request, terms, posts, texts, since, until),
        rows=sourced_rows,
        caveats=_doubts(request, offices, terms, since, until),
        refs=refs(card.values),
    )


def _period(request: Request[ChairsParams]) -> tuple[str, str]:
    """Return the period asked for; a blank start is the day alone."""
    given = request.params
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY if given.until else ""
    return since, the_day(given.until, today=request.day, parameter="until")


def _place(office: str) -> tuple[int, str]:
    word = folded(office)
    order = ("chair", "president", "co chair")
    return (order.index(word) if word in order else len(order)), word


def _row(term: _Term, body: Subject, day: str) -> SourcedRow:
    edge, said = term.edge, term.edge.properties
    seen = [one for one in said.get("attested_on") or () if first_day(one) <= day]
    row = ChairRow(
        held="yes" if term.held == "yes" else "unknown",
        conflicts=conflicts(said),
        id=edge.id,
        cls=edge.cls,
        name=edge.name,
        iso3=edge.iso3,
        body=body.id,
        body_name=body.name,
        office=term.office,
        way="office",
        start=said.get("period_start") or None,
        end=said.get("period_end") or None,
        seen_on=max(seen, default=None),
    )
    return SourcedRow(row, refs(said))


def _drafters(request: Request[ChairsParams], body: Subject, terms: Sequence[_Term]) -> list[SourcedRow]:
    """Return the main sponsors of the last text of the body, unless a penholder is named."""
    text = last_text(request.session, body, day=request.day)
    if text is None or any("penholder" in folded(term.office) for term in terms):
        return []
    return [
        SourcedRow(
            ChairRow(
                held="unknown",
                conflicts=conflicts(edge.properties),
                id=edge.id,
                cls=edge.cls,
                name=edge.name,
                iso3=edge.iso3,
                body=body.id,
                body_name=body.name,
                office=f"penholder, as main sponsor of {text.name}",
                way="text",
                seen_on=text.values.get("adopted_on"),
            ),
            refs(edge.properties, text.values),
        )
        for edge in mains_of(request.session, text)
    ]


def _sentence(
    request: Request[ChairsParams],
    terms: Sequence[_Term],
    posts: Sequence[SourcedRow],
    texts: Sequence[SourcedRow],
    since: str,
    until: str,
) -> str:
    body, office = request.one("party"), request.params.role or "chair or other office"
    when = f" from {since if since > FIRST_DAY else 'the first held'} to {until}" if since else ""
    said = [f"{term.office} {term.edge.name}{_dates(term)}" for term in terms]
    said += [f"{_name(draft)}: {_holder_name(draft)}" for draft in posts]
    if not said:
        sentence = f"who holds the office of {office} in {body.name} is not known{when or ' for that day'}"
    elif since:
        sentence = f"{counted(len(said), 'term')} in offices of {body.name}{when}: {listed(said)}"
    else:
        sentence = f"{body.name}: {listed(said)}"
    drafters = [_name(draft) for draft in texts]
    return sentence + (f"; its last text was tabled by {listed(drafters)}" if drafters else "")


def _dates(term: _Term) -> str:
    dates = stretch(term.edge.properties)
    doubt = "" if term.held == "yes" else ", whether on that day is not known"
    return f" ({dates}{doubt})" if dates else f" (no days are held{doubt})"


def _name(draft: SourcedRow) -> str:
    assert isinstance(draft.row, ChairRow)
    return draft.row.name


def _holder_name(draft: SourcedRow) -> str:
    row = draft.row
    assert isinstance(row, ChairRow)
    who = row.holder_name or "who holds it is not held"
    return who if row.holding == "in office" else f"{who}, {row.holding}" if row.holder_name else who


def _doubts(
    request: Request[ChairsParams], offices: Sequence[EdgeRow], terms: Sequence[_Term], since: str, until: str
) -> tuple[Caveat, ...]:
    """Name the years of which nobody is held, within the period or up to the day, and who was last held."""
    years = {year for edge in offices for year in _years(edge.properties, until)}
    if not years:
        return ()
    if not since:
        if any(term.held == "yes" for term in terms):
            return ()
        before = [year for year in years if year <= int(request.day[:4])]
        last = f"the last year held is {max(before)}" if before else "no earlier year is held"
        text = f"Nobody is known to have held an office in {request.one('party').name} on that day; {last}."
        return (Caveat(kind="unknown", text=text),)
    first = max(int(since[:4]), min(years))
    missing = [year for year in range(first, int(until[:4]) + 1) if year not in years]
    if not missing:
        return ()
    text = f"No office in {request.one('party').name} is held for {years_listed(missing)}."
    return (Caveat(kind="unknown", text=text),)


def _years(said: dict[str, Any], until: str) -> range | set[int]:
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
