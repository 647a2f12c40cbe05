"""What was recommended to a party, by one issuer or by several side by side."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, get_args

from iga.graph.domain.records import Answers, Pillar, Recommendation
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import PartyRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from iga.queries.core.columns import column, needed, of, option, sourced
from iga.queries.core.days import passed
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds, by_name, grouped, is_verbatim
from iga.queries.core.reads import MAKERS_OF, PUBLICATIONS_OF
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.multilateral.reads import ADDRESSEES_OF, ANSWERS_TO, MADE_BY, RECOMMENDATIONS_TO

_PILLARS: tuple[str, ...] = get_args(Pillar)
_NOBODY = "an issuer that is not named"
# What has no place in its report comes after what has one.
_LAST = 1_000_000


class RecommendationsParams(Params):
    """What `recommendations` is asked with."""

    party: str | None = option("To whom they are addressed.", "Ghana")
    issuer: tuple[str, ...] = option("Who made them; may be given several times.", "TIP Office", default=())
    topic: str | None = option("Only on this topic.", "prosecution")
    pillar: Pillar | None = option("Only of this P.", "prosecution")
    year: int | None = option("Only of reports of this year.", 2018)


class RecommendationRow(PartyRow):
    """One recommendation to one party, named as the party."""

    recommendation: str = needed("Id of the recommendation.")
    recommendation_name: str = needed("Name of the recommendation.")
    issuer: str | None = column("Id of who made it.")
    issuer_name: str | None = column("Name of who made it.")
    pillar: Pillar | None = of(Recommendation, "pillar")
    pillar_is_ours: bool | None = of(Recommendation, "pillar_is_ours")
    year: int | None = of(Recommendation, "year")
    ordinal: int | None = of(Recommendation, "ordinal")
    place: str | None = of(Recommendation, "paragraph")
    wording: str | None = of(Recommendation, "wording")
    is_verbatim: bool = column("Whether these are the words letter by letter; else they are a summary.", False)
    topics: tuple[str, ...] = column("What it deals with.", ())
    report: str | None = column("Id of the report.")
    report_name: str | None = column("Title of the report.")
    published_on: str | None = column("Publication day of the report, from which it is known.")
    answered_on: tuple[str, ...] = column("Days of the party's replies.", ())
    answered_by: tuple[str, ...] = column(
        "Names of the laws, plans, projects, promises and meetings that answer it.", ()
    )
    their_verdict: str | None = column("How far the party says that it is met, by the latest that says so.")
    their_verdict_on: str | None = of(Answers, "their_verdict_on")
    our_verdict: str | None = column("How far we find that it is met, by the latest that says so.")
    our_verdict_on: str | None = of(Answers, "our_verdict_on")
    issuer_verdict: str | None = of(Recommendation, "issuer_verdict")
    issuer_verdict_on: str | None = of(Recommendation, "issuer_verdict_on")


def recommendations(request: Request[RecommendationsParams]) -> Result[RecommendationRow]:
    """List recommendations known by a day: by P, then issuer, newest report first, in the issuer's order.

    A recommendation is known from the publication of its report; where that has no day on record, from its year.

    Raises:
        UsageError: Neither the party nor an issuer is given.
    """
    party, issuers, params = request.maybe("party"), request.subjects.get("issuer", ()), request.params
    if not party and not issuers:
        raise UsageError("recommendations needs party, to whom they are addressed, or issuer, who made them")
    known = Rows.of(_known(request.session, party, issuers, request.day), _place)
    asked = known.where(year=params.year).keeping(
        lambda row: request.topic in (None, *row.topics) and params.pillar in (None, *_subjects(row))
    )
    return Result.of(_clauses(party, asked, known), asked, _caveats(request, known, asked))


def _known(
    session: Session, party: Subject | None, issuers: Sequence[Subject], day: str
) -> Iterator[SourcedRow[RecommendationRow]]:
    """Yield recommendations to a party, or by issuers, or both, once for each party and issuer."""
    pairs: list[tuple[FullEdgeRow, Subject, Subject | None]]
    wanted = {issuer.id: issuer for issuer in issuers}
    if party:
        edges = session.read(RECOMMENDATIONS_TO, OfIds(ids=(party.id,)))
        makers = grouped(session.read(MAKERS_OF, _ends(edges)))
        made = [(edge, maker.other) for edge in edges for maker in makers.get(edge.id, ())]
        pairs = [(edge, party, maker) for edge, maker in made if not wanted or maker.id in wanted]
        pairs += [(edge, party, None) for edge in edges if edge.id not in makers and not wanted]
    else:
        edges = [edge for edge in session.read(MADE_BY, OfIds(ids=tuple(wanted))) if edge.cls == "Recommendation"]
        addressed = grouped(session.read(ADDRESSEES_OF, _ends(edges)))
        pairs = [(edge, to.other, wanted[edge.subject]) for edge in edges for to in addressed.get(edge.id, ())]
    reports = {edge.subject: edge for edge in session.read(PUBLICATIONS_OF, _ends(edges))}
    answers = grouped(session.read(ANSWERS_TO, _ends(edges)))
    for edge, to, maker in pairs:
        report, year = reports.get(edge.id), edge.values.get("year")
        published_on = report.values.get("published_on") if report else None
        if (held := passed(published_on or (str(year) if year else None), on=day)) != "no":
            yield sourced(
                RecommendationRow,
                edge.values,
                *(answer.properties for answer in answers.get(edge.id, ())),
                about=to,
                held=held,
                dated_by=[report.values] if report else (),
                **_answered(answers.get(edge.id, ()), day),
                recommendation=edge,
                issuer=maker,
                report=report,
                is_verbatim=is_verbatim(edge.values, "wording"),
                topics=tuple(edge.values.get("topics") or ()),
                published_on=published_on,
                answered_on=tuple(edge.values.get("answered_on") or ()),
            )


def _answered(answers: Sequence[FullEdgeRow], day: str) -> dict[str, Any]:
    """Return what answers a recommendation by the day, and the latest verdict of the party and of ours."""
    known = [answer for answer in by_name(answers) if answer.held(day) != "no"]
    verdicts: dict[str, Any] = {}
    for whose in ("their_verdict", "our_verdict"):
        said = [answer.properties for answer in known if answer.properties.get(whose)]
        stated = [properties for properties in said if passed(properties.get(f"{whose}_on"), on=day) != "no"]
        last = max(stated, key=lambda properties: properties.get(f"{whose}_on") or "", default={})
        verdicts |= {whose: last.get(whose), f"{whose}_on": last.get(f"{whose}_on")}
    return {"answered_by": tuple(dict.fromkeys(answer.name for answer in known)), **verdicts}


def _ends(edges: Sequence[EdgeRow]) -> OfIds:
    return OfIds(ids=tuple(dict.fromkeys(edge.id for edge in edges)))


def _subjects(row: RecommendationRow) -> set[str]:
    """Return its P and its topics."""
    return {*filter(None, [row.pillar]), *row.topics}


def _place(row: RecommendationRow) -> tuple[int, str, int, str, int, str]:
    pillar = _PILLARS.index(row.pillar) if row.pillar else len(_PILLARS)
    newest, place = -(row.year or 0), row.ordinal or _LAST
    return pillar, folded(row.issuer_name or ""), newest, folded(row.name), place, row.recommendation


def _clauses(
    party: Subject | None, rows: Rows[RecommendationRow], known: Rows[RecommendationRow]
) -> Iterator[SourcedClause]:
    """Say how many by whom, of which P, and which Ps and topics several issuers ask about, and which only one does."""
    counts: Counter[str] = Counter(row.issuer_name or _NOBODY for row in rows)
    years: dict[str, set[int]] = defaultdict(set)
    askers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        years[row.issuer_name or _NOBODY] |= {row.year} if row.issuer and row.year else set()
        for subject in _subjects(row):
            askers[subject.replace("-", " ")].add(row.issuer_name or _NOBODY)
    by_issuer = [{"issuer": name, "number": counts[name], "years": sorted(years[name])} for name in sorted(counts)]
    by_pillar = rows.counts("pillar", (*_PILLARS, ""))
    about = {"party": party and party.name, "number": len(rows), "by_issuer": by_issuer}
    beside = [] if rows else sorted({row.year for row in known if row.year})
    yield clause("headline", **about, pillars=by_pillar if len(counts) == 1 else {}, years=beside)
    if not rows:
        return
    if len(counts) > 1 or by_pillar.get(""):
        yield clause("pillars", by_pillar=by_pillar)
    if len(counts) > 1:
        yield clause("shared", subjects=sorted(subject for subject, of in askers.items() if len(of) > 1))
        for issuer in sorted(counts):
            yield clause("alone", issuer=issuer, subjects=sorted(name for name, of in askers.items() if of == {issuer}))
    if answered := rows.keeping(attrgetter("answered_by")):
        differ = sum(
            bool(row.their_verdict and row.our_verdict) and row.their_verdict != row.our_verdict for row in rows
        )
        by = list(dict.fromkeys(name for row in answered for name in row.answered_by))
        yield clause("answered", number=len(answered), by=by, differ=differ)
    yield clause("replies", last_on=max((day for row in rows for day in row.answered_on), default=None))


def _caveats(
    request: Request[RecommendationsParams], known: Rows[RecommendationRow], asked: Rows[RecommendationRow]
) -> Iterator[UnwordedCaveat]:
    makers, params, to = {row.issuer for row in known}, request.params, request.named("party")["party"]
    for issuer in request.subjects.get("issuer", ()):
        if issuer.id not in makers:
            yield caveat("partial", "none-by-issuer", issuer=issuer.name, party=to)
    if known and not asked and params.year:
        years = sorted({row.year for row in known if row.year})
        yield caveat("partial", "none-of-year", clause="headline", year=params.year, years=years, party=to)
    yield asked.doubt("derived", "own-words", lambda row: row.wording and not row.is_verbatim)
    yield asked.doubt("derived", "own-sorting", attrgetter("pillar_is_ours"))
    yield caveat("partial", "unsorted", number=sum(not row.pillar for row in known if params.pillar))


RECOMMENDATIONS = Question.of(
    recommendations,
    title="What was recommended to this party, by whom, side by side?",
    names={"party": ("Party",), "issuer": ("Party",)},
    example={"party": "Ghana", "year": "2018"},
    any_of=("party", "issuer"),
    columns=("pillar", "issuer_name", "year", "ordinal", "wording", "place", "held", "confidence", "evidence"),
)
