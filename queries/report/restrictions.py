"""Which governments a determination restricts or waives, by fiscal year or over the years of one government."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from iga.graph.domain.fiscal import fiscal_year_days, fiscal_year_of
from iga.graph.domain.records import Determination
from iga.graph.text import folded
from iga.queries.core.absence import Absence, absence
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.days import Passed, passed
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import EdgeRow, OfIds
from iga.queries.core.tip_report import PUBLICATIONS_OF_KIND, OfPublicationKind, editions_by_year
from iga.queries.report.decided import Decided, determinations_for, determinations_on
from iga.queries.report.reads import ASSESSMENTS_OF
from iga.queries.report.works_there import Work, runs_within, works_there

_DOCUMENTS = OfPublicationKind(kind="Presidential Determination")
# The first determination that is published answers the edition of 2003 (22 USC 7107(c)).
_FIRST_FISCAL_YEAR = 2004
Documents = Mapping[int, tuple[str, Mapping[str, Any]]]
"""Documents that determine whom restrictions meet, by fiscal year: id and properties."""
_RESTRICTING = ("restricted", "partial waiver")


class RestrictionsParams(Params):
    """What `restrictions` is asked with."""

    party: str | None = option("Only this government, over all years.", "Ghana")
    year: int | None = option(
        "US fiscal year; that of the day asked for if neither it nor a government is given.", 2025
    )


class RestrictionRow(PartyRow):
    """One determination or waiver on one government; one that restricts has a row for each award that may run there."""

    determination: str = needed("Id of the determination.")
    determination_name: str = needed("Name of the determination.")
    fiscal_year: int | None = of(Determination, "fiscal_year")
    edition_year: int | None = of(Determination, "edition_year")
    kind: str | None = of(Determination, "determination_kind")
    basis: str | None = of(Determination, "basis")
    scope: str | None = of(Determination, "scope")
    number: str | None = of(Determination, "number")
    decided_on: str | None = of(Determination, "decided_on")
    start: str | None = column("First day of its fiscal year.")
    end: str | None = column("Last day of its fiscal year.")
    award: str | None = column("Id of an award or project that may run there in that fiscal year; null is none held.")
    award_name: str | None = column("Its name.")
    recipient_name: str | None = column("Who receives it; several are joined.")
    is_to_government: bool | None = column(
        "Whether it goes to a government or a body of one; null where no recipient is held."
    )
    funder_name: str | None = column("Who pays for it; several are joined.")
    awards: tuple[str, ...] = column("All awards and projects under the determination, and who receives them.", ())
    award_ids: tuple[str, ...] = column("Their ids, in the same order.", ())
    document: str | None = column("Id of the document.")
    document_name: str | None = column("Title of the document.")


def restrictions(request: Request[RestrictionsParams]) -> Result[RestrictionRow]:
    """List determinations and waivers known by a day: newest fiscal year first, then by kind and name.

    Without a year or a government: those for the fiscal year of the day. For a year of which nothing is held those for
    the last year that is.
    """
    session, government, asked = request.session, request.maybe("party"), request.params.year
    documents = _documents(request)
    notes = {year: values.get("coverage_note") for year, (_, values) in documents.items()}
    ever = [one for one, _ in _known(request, determinations_on(session, government), None)] if government else []
    if government:
        year, known = asked, _known(request, ever, asked)
    else:
        asked = asked or fiscal_year_of(request.day) or 0
        before = sorted((held for held in notes if held < asked), reverse=True)
        years = [asked, *before, *sorted((held for held in notes if held > asked), reverse=True)]
        of_years = ((held, _known(request, determinations_for(session, held), held)) for held in years)
        year, known = next((of for of in of_years if of[1]), (asked, []))
    works = works_there(session, (one.government.id for one, _ in known))
    running = [_running(one, works) for one, _ in known]
    under = {work.edge.id: work for of in running for work in of}.values()
    whom = Counter(work.is_to_government for work in under)
    sources = [work.edge.properties for work in under]
    return Result(
        clauses=(
            *(_on_one(request, government, ever, documents) if government else ()),
            *(_on_year(request, year, [one for one, _ in known], documents) if not government else ()),
            clause("running", *sources, works=len(under), to_government=whom[True], unknown=whom[None]),
        ),
        rows=tuple(
            _row(one, held, of, work, day=request.day)
            for (one, held), of in zip(known, running, strict=True)
            for work in of or (None,)
        ),
        caveats=tuple(_caveats(request, government, asked, [one for one, _ in known], notes)),
    )


def _known(
    request: Request[RestrictionsParams], decided: Sequence[Decided], year: int | None
) -> list[tuple[Decided, Passed]]:
    """Return those for a fiscal year, or all, that may have been known on the day, in the order of rows."""
    editions = editions_by_year(request.session)
    dated = [(one, one.known_on(request.day, editions)) for one in decided if year in (None, one.answered_in)]
    return sorted(((one, held) for one, held in dated if held != "no"), key=lambda pair: _place(pair[0]))


def _place(one: Decided) -> tuple[int, str, str, str]:
    return -(one.answered_in or 0), one.kind, folded(one.government.name), one.entity.id


def _running(one: Decided, works: Mapping[str, Sequence[Work]]) -> list[Work]:
    """Return what may run there in the fiscal year of a restriction; a waiver restricts nothing."""
    if one.kind not in _RESTRICTING or not one.values.get("fiscal_year"):
        return []
    start, end = fiscal_year_days(one.values["fiscal_year"])
    return [work for work in works.get(one.government.id, ()) if runs_within(work, start=start, end=end)]


def _row(
    one: Decided, held: Passed, works: Sequence[Work], work: Work | None, *, day: str
) -> SourcedRow[RestrictionRow]:
    fiscal_year, document = one.values.get("fiscal_year"), one.document
    start, end = fiscal_year_days(fiscal_year) if fiscal_year else (None, None)
    return sourced(
        RestrictionRow,
        one.values,
        about=one.government,
        held=held,
        day=day,
        dated_by=[edge.values for edge in (document, work and work.edge) if edge],
        determination=one.entity,
        award=work and work.edge,
        recipient_name=_joined(work.recipients) if work else None,
        is_to_government=work and work.is_to_government,
        funder_name=_joined(work.funders) if work else None,
        awards=tuple(worded(__package__, "restrictions", "row-award", one.named) for one in works),
        award_ids=tuple(one.edge.id for one in works),
        start=start,
        end=end,
        document=document,
    )


def _joined(edges: Sequence[EdgeRow]) -> str | None:
    return "; ".join(edge.name for edge in edges) or None


def _on_one(
    request: Request[RestrictionsParams],
    government: Subject,
    ever: Sequence[Decided],
    documents: Documents,
) -> Iterator[SourcedClause]:
    """Say whether one government is restricted in the year asked for, and in which years it ever was."""
    asked = request.params.year or fiscal_year_of(request.day) or 0
    pairs = sorted({(one.kind, one.answered_in or 0) for one in ever})
    years = {kind: [year for _, year in of] for kind, of in groupby(pairs, key=lambda pair: pair[0])}
    kinds = [kind for kind, of in years.items() if asked in of]
    told = _off_list(request, asked, documents).values(
        government.name, f"governments restricted in fiscal year {asked}"
    )
    yield clause("standing", party=government.name, year=asked, kinds=kinds, years=years, **told)
    yield clause("by-year", party=government.name, years=years)


def _on_year(
    request: Request[RestrictionsParams], year: int | None, known: Sequence[Decided], documents: Documents
) -> Iterator[SourcedClause]:
    """Say how many governments are restricted or waived in a year, and which are restricted."""
    if not known:
        yield clause("nothing", year=year)
        return
    asked = request.params.year or fiscal_year_of(request.day)
    counts = dict(Counter(kind for kind, _ in sorted({(one.kind, one.government.id) for one in known})))
    off_list = _off_list(request, year or 0, documents)
    yield clause("by-kind", year=year, governments=counts, asked=asked if asked != year else None, whole=off_list.is_no)
    for kind in _RESTRICTING:
        names = {(one.government.name, one.government.id): one for one in known if one.kind == kind}
        listed = [one.values for one in names.values()]
        yield clause("restricted", *listed, kind=kind, names=[name for name, _ in names])


def _off_list(request: Request[RestrictionsParams], year: int, documents: Documents) -> Absence:
    """Return what it is worth not to be among the governments restricted in a year."""
    id_, values = documents.get(year, ("", {}))
    listed = [one.values for one in determinations_for(request.session, year)] if id_ else []
    return absence(request.session, id_, *listed, *([values] if id_ else []), day=request.day)


def _documents(request: Request[RestrictionsParams]) -> Documents:
    """Return the documents that may be out, by fiscal year: id and properties."""
    documents = request.session.read(PUBLICATIONS_OF_KIND, _DOCUMENTS)
    return {
        document.values.get("edition_year") or 0: (document.id, document.values)
        for document in documents
        if _is_out(document.values, request.day)
    }


def _caveats(
    request: Request[RestrictionsParams],
    government: Subject | None,
    year: int | None,
    known: Sequence[Decided],
    notes: Mapping[int, Any],
) -> Iterator[UnwordedCaveat]:
    if year and year not in notes:
        yield caveat("partial", "no-document", year=year, latest=max(notes, default=None))
    elif year and notes[year] and not str(notes[year]).startswith("yes"):
        yield caveat("partial", "seen-in-part", year=year, note=notes[year])
    if government:
        edges = request.session.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
        on_tier_3 = {edge.values["year"] + 1 for edge in edges if edge.values.get("tier") == "Tier 3"}
        answered = {one.answered_in for one in known if one.values.get("fiscal_year")}
        asked = range(_FIRST_FISCAL_YEAR, (fiscal_year_of(request.day) or 0) + 1)
        missing = sorted(one for one in on_tier_3 - answered if one in asked and year in (None, one))
        yield caveat("partial", "unanswered", party=government.name, years=missing)


def _is_out(document: Mapping[str, Any], day: str) -> bool:
    """Say whether a determination may have been out by a day; one without a day is not out before its fiscal year."""
    out = passed(document.get("published_on"), on=day)
    return out == "yes" or (out == "unknown" and (document.get("edition_year") or 0) <= (fiscal_year_of(day) or 0))


RESTRICTIONS = Question.of(
    restrictions,
    title="Which governments are restricted or waived after the TIP Report, in this fiscal year or over the years?",
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=(
        *("fiscal_year", "name", "kind", "scope", "basis", "award_name", "recipient_name", "is_to_government"),
        *("held", "confidence", "evidence"),
    ),
    yes_or_no=("party",),
)
