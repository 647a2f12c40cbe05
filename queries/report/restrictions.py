"""Which governments a determination restricts or waives, by fiscal year or over the years of one government."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from iga.graph.domain.records import Determination
from iga.graph.domain.values import FIRST_DAY, LAST_DAY, fiscal_year_days, fiscal_year_of
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.days import Passed
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, grouped
from iga.queries.core.reads import EDGES_IN, IMPLEMENTERS_OF, THINGS_UNDER, WORKS_IN, OfType
from iga.queries.core.session import Session
from iga.queries.core.tip_report import ASSESSMENTS_OF, RECIPIENTS_OF, editions_by_year
from iga.queries.core.trust import is_unofficial
from iga.queries.report.determinations import (
    RESTRICTING,
    Decided,
    Documents,
    determinations_for,
    determinations_on,
    documents_out,
    off_list_of,
)

# The first determination that is published answers the edition of 2003 (22 USC 7107(c)).
_FIRST_FISCAL_YEAR = 2004


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
    is_unofficial: bool = column("Whether no official copy of it was seen.", False)
    document: str | None = column("Id of the document.")
    document_name: str | None = column("Title of the document.")


_OF_A_GOVERNMENT = ("Government", "PublicBody")
# More than the awards of all restricted places have funders.
_MOST = 20_000


@dataclass(frozen=True)
class Work:
    """An award that runs in a place, or a project of which no award is held.

    Attributes:
        recipients: Who receives the award or carries out the project, by name.
    """

    edge: FullEdgeRow
    recipients: tuple[EdgeRow, ...]
    funders: tuple[FullEdgeRow, ...] = ()

    @property
    def is_to_government(self) -> bool | None:
        """Whether it goes to a government or a body of one; None where no recipient is held."""
        return any(one.cls in _OF_A_GOVERNMENT for one in self.recipients) if self.recipients else None

    @property
    def named(self) -> dict[str, Any]:
        """Its name, and who receives it, with whether that is a government or a body of one."""
        recipients = [{"name": one.name, "is_government": one.cls in _OF_A_GOVERNMENT} for one in self.recipients]
        return {"work": self.edge.name, "recipients": recipients}


def _works_there(session: Session, places: Iterable[str]) -> Mapping[str, Sequence[Work]]:
    """Return the awards and projects of places by the id of the place; programmes and their like are left out.

    Awards stand in place of their projects; each is told once, by name.
    """
    edges = session.read(WORKS_IN, OfIds(ids=tuple(sorted(set(places)))))
    projects = OfIds(ids=tuple(sorted({edge.id for edge in edges if edge.cls == "Project"})))
    awards = grouped(edge for edge in session.read(THINGS_UNDER, projects) if edge.cls == "Award")
    works: dict[str, dict[str, FullEdgeRow]] = defaultdict(dict)
    for edge in by_name(edge for edge in edges if edge.cls in ("Award", "Project")):
        works[edge.subject] |= {work.id: work for work in awards.get(edge.id) or [edge]}
    ids = OfIds(ids=tuple(sorted({id_ for of in works.values() for id_ in of})))
    receiving = grouped(by_name([*session.read(RECIPIENTS_OF, ids), *session.read(IMPLEMENTERS_OF, ids)]))
    paying = grouped(by_name(session.read(EDGES_IN, OfType(ids=ids.ids, type="FUNDED", limit=_MOST))))
    return {
        place: [
            Work(edge, tuple(receiving.get(edge.id, ())), tuple(paying.get(edge.id, ())))
            for edge in by_name(of.values())
        ]
        for place, of in works.items()
    }


def _runs_within(work: Work, *, start: str, end: str) -> bool:
    """True if a work may have run in a period of full days; one without dates may."""
    values = work.edge.values
    return (values.get("start_min") or FIRST_DAY) <= end and (values.get("end_max") or LAST_DAY) >= start


def restrictions(request: Request[RestrictionsParams]) -> Result[RestrictionRow]:
    """List determinations and waivers known by a day: newest fiscal year first, then by kind and name.

    Without a year or a government: those for the fiscal year of the day. For a year of which nothing is held those for
    the last year that is.
    """
    session, government, asked = request.session, request.maybe("party"), request.params.year
    documents = documents_out(session, day=request.day)
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
    works = _works_there(session, (one.government.id for one, _ in known))
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
            _row(request, one, held, of, work)
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
    if one.kind not in RESTRICTING or not one.values.get("fiscal_year"):
        return []
    start, end = fiscal_year_days(one.values["fiscal_year"])
    return [work for work in works.get(one.government.id, ()) if _runs_within(work, start=start, end=end)]


def _row(
    request: Request[RestrictionsParams], one: Decided, held: Passed, works: Sequence[Work], work: Work | None
) -> SourcedRow[RestrictionRow]:
    fiscal_year, document = one.values.get("fiscal_year"), one.document
    start, end = fiscal_year_days(fiscal_year) if fiscal_year else (None, None)
    return sourced(
        RestrictionRow,
        one.values,
        about=one.government,
        held=held,
        day=request.day,
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
        is_unofficial=is_unofficial(request.session, [one.values]),
        document=document,
    )


def _joined(edges: Sequence[EdgeRow]) -> str | None:
    return "; ".join(edge.name for edge in edges) or None


def _on_one(
    request: Request[RestrictionsParams], government: Subject, ever: Sequence[Decided], documents: Documents
) -> Iterator[SourcedClause]:
    """Say whether one government is restricted in the year asked for, and in which years it ever was."""
    asked = request.params.year or fiscal_year_of(request.day) or 0
    pairs = sorted({(one.kind, one.answered_in or 0) for one in ever})
    years = {kind: [year for _, year in of] for kind, of in groupby(pairs, key=lambda pair: pair[0])}
    kinds = [kind for kind, of in years.items() if asked in of]
    unofficial = _is_unofficial(request, asked)
    listed = f"governments {'that an unofficial copy lists as ' if unofficial else ''}restricted in fiscal year {asked}"
    off_list = off_list_of(request.session, asked, documents, day=request.day)
    told = off_list.values(government.name, listed, unofficial=unofficial)
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
    off_list = off_list_of(request.session, year or 0, documents, day=request.day)
    told = {"whole": off_list.is_no, "unofficial": _is_unofficial(request, year or 0)}
    yield clause("by-kind", year=year, governments=counts, asked=asked if asked != year else None, **told)
    for kind in RESTRICTING:
        names = {(one.government.name, one.government.id): one for one in known if one.kind == kind}
        listed = [one.values for one in names.values()]
        yield clause("restricted", *listed, kind=kind, names=[name for name, _ in names])


def _is_unofficial(request: Request[RestrictionsParams], year: int) -> bool:
    """True if what is known of a fiscal year comes from no official copy of its determination."""
    listed = determinations_for(request.session, year)
    return is_unofficial(request.session, (one.values for one in listed if one.values.get("fiscal_year") == year))


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
