"""Which governments a determination restricts or waives, by fiscal year or over the years of one government."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pydantic import Field

from graph.domain.fiscal import fiscal_year_days, fiscal_year_of
from graph.domain.records import Determination
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause, worded
from queries.core.columns import copied, of
from queries.core.days import Passed, passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, OfIds, conflicts, refs
from queries.core.tip_report import PUBLICATIONS_OF_KIND, OfPublicationKind, editions_by_year
from queries.core.wording import listed
from queries.report.decided import Decided, answered_in, determinations_for, determinations_on, known_on
from queries.report.reads import ASSESSMENTS_OF
from queries.report.works_there import Work, runs_within, works_there

_DOCUMENT = "Presidential Determination"
# The first determination that is published answers the edition of 2003 (22 USC 7107(c)).
_FIRST_FISCAL_YEAR = 2004
_RESTRICTING = ("restricted", "partial waiver")


class RestrictionsParams(Params):
    """What `restrictions` is asked with."""

    party: str | None = Field(default=None, description="Only this government, over all years.", examples=["Ghana"])
    year: int | None = Field(
        default=None,
        description="US fiscal year; that of the day asked for if neither it nor a government is given.",
        examples=[2025],
    )


class RestrictionRow(PartyRow):
    """One determination or waiver on one government; one that restricts has a row for each award that may run there."""

    determination: str = Field(description="Id of the determination.")
    determination_name: str = Field(description="Name of the determination.")
    fiscal_year: int | None = of(Determination, "fiscal_year")
    edition_year: int | None = of(Determination, "edition_year")
    kind: str | None = of(Determination, "determination_kind")
    basis: str | None = of(Determination, "basis")
    scope: str | None = of(Determination, "scope")
    number: str | None = of(Determination, "number")
    decided_on: str | None = of(Determination, "decided_on")
    start: str | None = Field(default=None, description="First day of its fiscal year.")
    end: str | None = Field(default=None, description="Last day of its fiscal year.")
    award: str | None = Field(
        default=None, description="Id of an award or project that may run there in that fiscal year; null is none held."
    )
    award_name: str | None = Field(default=None, description="Its name.")
    recipient_name: str | None = Field(default=None, description="Who receives it; several are joined.")
    is_to_government: bool | None = Field(
        default=None, description="Whether it goes to a government or a body of one; null where no recipient is held."
    )
    funder_name: str | None = Field(default=None, description="Who pays for it; several are joined.")
    awards: tuple[str, ...] = Field(
        default=(), description="All awards and projects under the determination, and who receives them."
    )
    award_ids: tuple[str, ...] = Field(default=(), description="Their ids, in the same order.")
    document: str | None = Field(default=None, description="Id of the document.")
    document_name: str | None = Field(default=None, description="Title of the document.")


def restrictions(request: Request[RestrictionsParams]) -> Result[RestrictionRow]:
    """List determinations and waivers known by a day: newest fiscal year first, then by kind and name.

    Without a year or a government: those for the fiscal year of the day.
    """
    government, year = request.maybe("party"), request.params.year
    if government is None and year is None:
        year = fiscal_year_of(request.day)
    found = (
        determinations_on(request.session, government) if government else determinations_for(request.session, year or 0)
    )
    editions = editions_by_year(request.session)
    dated = [(each, known_on(each, editions, day=request.day)) for each in found if year in (None, answered_in(each))]
    known = sorted((pair for pair in dated if pair[1] != "no"), key=lambda pair: _order(pair[0]))
    works = works_there(request.session, (each.government.id for each, _ in known))
    return Result(
        clauses=(_headline(government, year, [each for each, _ in known]), *_running(known, works)),
        rows=tuple(
            _row(each, held, running, work, day=request.day)
            for each, held in known
            for running in (_works(each, works),)
            for work in (running or (None,))
        ),
        caveats=tuple(_caveats(request, government, year, [each for each, _ in known])),
    )


def _order(each: Decided) -> tuple[int, str, str, str]:
    return -(answered_in(each) or 0), _kind(each), folded(each.government.name), each.entity.id


def _kind(each: Decided) -> str:
    return str(each.said.get("determination_kind") or "")


def _works(each: Decided, works: Mapping[str, Sequence[Work]]) -> list[Work]:
    """Return what may run there in the fiscal year of a restriction; a waiver restricts nothing."""
    if _kind(each) not in _RESTRICTING or not each.said.get("fiscal_year"):
        return []
    start, end = fiscal_year_days(each.said["fiscal_year"])
    return [work for work in works.get(each.government.id, ()) if runs_within(work, start=start, end=end)]


def _running(known: Sequence[tuple[Decided, Passed]], works: Mapping[str, Sequence[Work]]) -> Iterator[SourcedClause]:
    """Say how much may run under a restriction, and to whom it goes."""
    running = {work.edge.id: work for each, _ in known for work in _works(each, works)}
    whom = Counter(work.is_to_government for work in running.values())
    if running:
        sources = (work.edge.properties for work in running.values())
        yield clause("running", *sources, works=len(running), to_government=whom[True], unknown=whom[None])


def _row(
    each: Decided, held: Passed, works: Sequence[Work], work: Work | None, *, day: str
) -> SourcedRow[RestrictionRow]:
    said, document = each.said, each.document
    start, end = fiscal_year_days(said["fiscal_year"]) if said.get("fiscal_year") else (None, None)
    row = RestrictionRow(
        held="yes" if held == "yes" else "unknown",
        conflicts=conflicts(said),
        **each.government.model_dump(),
        determination=each.entity.id,
        determination_name=each.entity.name,
        award=work.edge.id if work else None,
        award_name=work.edge.name if work else None,
        recipient_name=_joined(work.recipients) if work else None,
        is_to_government=work.is_to_government if work else None,
        funder_name=_joined(work.funders) if work else None,
        awards=tuple(worded(__package__, "restrictions", "row-award", one.named) for one in works),
        award_ids=tuple(one.edge.id for one in works),
        start=start,
        end=end,
        document=document.id if document else None,
        document_name=document.name if document else None,
        **copied(RestrictionRow, said, day=day),
    )
    also = [*([document] if document else []), *([work.edge] if work else [])]
    return SourcedRow(row, refs(said), dated_by=refs(*(edge.values for edge in also)))


def _joined(edges: Sequence[EdgeRow]) -> str | None:
    return "; ".join(edge.name for edge in edges) or None


def _headline(government: Subject | None, year: int | None, known: Sequence[Decided]) -> SourcedClause:
    if not known:
        return clause("nothing", party=government.name if government else None, year=year)
    pairs = sorted({(_kind(each), answered_in(each) or 0, each.government.id) for each in known})
    if government:
        by_kind = groupby(pairs, key=lambda pair: pair[0])
        return clause(
            "by-year", party=government.name, years={kind: [of for _, of, _ in each] for kind, each in by_kind}
        )
    return clause("by-kind", year=year, governments=dict(Counter(kind for kind, _, _ in pairs)))


def _caveats(
    request: Request[RestrictionsParams], government: Subject | None, year: int | None, known: Sequence[Decided]
) -> list[Caveat]:
    documents = request.session.read(PUBLICATIONS_OF_KIND, OfPublicationKind(kind=_DOCUMENT))
    out_by_then = [one.values for one in documents if _is_out(one.values, day=request.day)]
    notes = {said.get("edition_year") or 0: said.get("coverage_note") for said in out_by_then}
    doubts = []
    if year and year not in notes:
        text = f"No Presidential Determination for fiscal year {year} is on record: whom it restricts is not known"
        text += f"; the latest on record is for {max(notes)}." if notes else "."
        doubts.append(Caveat(kind="partial", text=text))
    elif year and notes[year] and not str(notes[year]).startswith("yes"):
        doubts.append(Caveat(kind="partial", text=f"What was seen of the document for {year}: {notes[year]}."))
    if government:
        answered = {answered_in(each) for each in known if each.said.get("fiscal_year")}
        doubts += _unanswered(request, government, answered, year)
    return doubts


def _is_out(document: Mapping[str, Any], *, day: str) -> bool:
    """Say whether a determination may have been out by a day; one without a day is not out before its fiscal year."""
    out = passed(document.get("published_on"), on=day)
    return out == "yes" or (out == "unknown" and (document.get("edition_year") or 0) <= (fiscal_year_of(day) or 0))


def _unanswered(
    request: Request[RestrictionsParams], government: Subject, answered: set[int | None], year: int | None
) -> list[Caveat]:
    """Say for which years a Tier 3 placement has no determination here."""
    edges = request.session.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
    on_tier_3 = {edge.values["year"] + 1 for edge in edges if edge.values.get("tier") == "Tier 3"}
    now = fiscal_year_of(request.day) or 0
    missing = sorted(y for y in on_tier_3 - answered if _FIRST_FISCAL_YEAR <= y <= now and year in (None, y))
    if not missing:
        return []
    years = listed([str(one) for one in missing], most=30)
    text = f"{government.name} was on Tier 3 the year before; no determination is on record for fiscal year {years}."
    return [Caveat(kind="partial", text=text)]


RESTRICTIONS = Question(
    name="restrictions",
    title="Which governments are restricted or waived after the TIP Report, in this fiscal year or over the years?",
    params=RestrictionsParams,
    row=RestrictionRow,
    function=restrictions,
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=(
        *("fiscal_year", "name", "kind", "scope", "basis", "award_name", "recipient_name", "is_to_government"),
        *("held", "confidence", "evidence"),
    ),
)
