"""What was recommended to a party, by one issuer or by several side by side."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from graph.domain.records import Pillar, Recommendation
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import PartyRow, Subject
from queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause
from queries.core.columns import column, needed, of, option, sourced
from queries.core.days import Passed, passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, grouped
from queries.core.reads import MAKERS_OF, PUBLICATIONS_OF
from queries.core.session import Session
from queries.multilateral.reads import ADDRESSEES_OF, MADE_BY, RECOMMENDATIONS_TO

_PILLARS: tuple[str, ...] = get_args(Pillar)
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
    topics: tuple[str, ...] = column("What it deals with.", ())
    report: str | None = column("Id of the report.")
    report_name: str | None = column("Title of the report.")
    published_on: str | None = column("Publication day of the report, from which it is known.")
    answered_on: tuple[str, ...] = column("Days of the party's replies.", ())


@dataclass(frozen=True)
class _Recommended:
    """A recommendation to one party by one maker.

    Attributes:
        edge: Leads to the recommendation.
        party: To whom it is addressed.
        maker: Who made it; None if nobody says.
        report: The publication it stands in; None if there is none on record.
    """

    edge: FullEdgeRow
    party: Subject
    maker: Subject | None
    report: FullEdgeRow | None

    @property
    def values(self) -> Mapping[str, Any]:
        return self.edge.values

    @property
    def issuer(self) -> str:
        return self.maker.name if self.maker else "an issuer not on record"

    @property
    def published_on(self) -> str | None:
        return self.report.values.get("published_on") if self.report else None

    @property
    def subjects(self) -> set[str]:
        """Its P and its topics."""
        return {*filter(None, [self.values.get("pillar")]), *(self.values.get("topics") or ())}

    def known(self, day: str) -> Passed:
        year = self.values.get("year")
        return passed(self.published_on or (str(year) if year else None), on=day)

    @property
    def order(self) -> tuple[int, str, int, str, int, str]:
        values, pillar = self.values, self.values.get("pillar")
        place = _PILLARS.index(pillar) if pillar else len(_PILLARS)
        issuer = folded(self.issuer) if self.maker else ""
        newest = -(values.get("year") or 0)
        return place, issuer, newest, folded(self.party.name), values.get("ordinal") or _LAST, self.edge.id


def recommendations(request: Request[RecommendationsParams]) -> Result[RecommendationRow]:
    """List recommendations known by a day: by P, then issuer, newest report first, in the issuer's order.

    A recommendation is known from the publication of its report; where that has no day on record, from its year.

    Raises:
        UsageError: Neither the party nor an issuer is given.
    """
    party, issuers, params = request.maybe("party"), request.subjects.get("issuer", ()), request.params
    if not party and not issuers:
        raise UsageError("recommendations needs party, to whom they are addressed, or issuer, who made them")
    known = [one for one in _recommended(request.session, party, issuers) if one.known(request.day) != "no"]
    asked = [
        one
        for one in known
        if request.is_on_topic(one.values)
        and (params.pillar is None or params.pillar in one.subjects)
        and params.year in (None, one.values.get("year"))
    ]
    asked.sort(key=lambda one: one.order)
    return Result(
        clauses=tuple(_clauses(party, asked)),
        rows=tuple(_row(one, one.known(request.day)) for one in asked),
        caveats=tuple(_caveats(request, known, asked)),
    )


def _recommended(session: Session, party: Subject | None, issuers: Sequence[Subject]) -> list[_Recommended]:
    """Return recommendations to a party, or by issuers, or both, once for each party and issuer."""
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
    return [_Recommended(edge, to, maker, reports.get(edge.id)) for edge, to, maker in pairs]


def _ends(edges: Sequence[EdgeRow]) -> OfIds:
    return OfIds(ids=tuple(dict.fromkeys(edge.id for edge in edges)))


def _row(one: _Recommended, known: Passed) -> SourcedRow[RecommendationRow]:
    return sourced(
        RecommendationRow,
        one.values,
        about=one.party,
        held=known,
        dated_by=[one.report.values] if one.report else (),
        recommendation=one.edge,
        issuer=one.maker,
        report=one.report,
        topics=tuple(one.values.get("topics") or ()),
        published_on=one.published_on,
        answered_on=tuple(one.values.get("answered_on") or ()),
    )


def _clauses(party: Subject | None, asked: Sequence[_Recommended]) -> Iterator[SourcedClause]:
    """Say how many by whom, of which P, and which Ps and topics several issuers ask about, and which only one does."""
    numbers = sorted(Counter(one.issuer for one in asked).items())
    years: dict[str, set[int]] = defaultdict(set)
    askers: dict[str, set[str]] = defaultdict(set)
    for one in asked:
        years[one.issuer] |= {one.values["year"]} if one.maker and one.values.get("year") else set()
        for subject in one.subjects:
            askers[subject.replace("-", " ")].add(one.issuer)
    by_issuer = [{"issuer": name, "number": number, "years": sorted(years[name])} for name, number in numbers]
    yield clause("headline", party=party and party.name, number=len(asked), by_issuer=by_issuer)
    if not asked:
        return
    by_pillar = Counter(one.values.get("pillar") or "" for one in asked)
    yield clause("pillars", by_pillar={pillar: by_pillar[pillar] for pillar in (*_PILLARS, "") if by_pillar[pillar]})
    if len(numbers) > 1:
        yield clause("shared", subjects=sorted(subject for subject, of in askers.items() if len(of) > 1))
        for issuer, _ in numbers:
            yield clause("alone", issuer=issuer, subjects=sorted(name for name, of in askers.items() if of == {issuer}))
    days = [day for one in asked for day in one.values.get("answered_on") or ()]
    yield clause("replies", last_on=max(days, default=None))


def _caveats(
    request: Request[RecommendationsParams], known: Sequence[_Recommended], asked: Sequence[_Recommended]
) -> Iterator[UnwordedCaveat]:
    party, makers, params = request.maybe("party"), {one.maker.id for one in known if one.maker}, request.params
    to = party and party.name
    for issuer in request.subjects.get("issuer", ()):
        if issuer.id not in makers:
            yield caveat("partial", "none-by-issuer", issuer=issuer.name, party=to)
    if known and not asked and params.year:
        years = sorted({one.values["year"] for one in known if one.values.get("year")})
        yield caveat("partial", "none-of-year", clause="headline", year=params.year, years=years, party=to)
    ours = [bool(one.values.get("pillar_is_ours")) for one in asked]
    yield caveat("derived", "own-sorting", rows=ours, number=sum(ours))
    yield caveat("partial", "unsorted", number=sum(not one.values.get("pillar") for one in known if params.pillar))


RECOMMENDATIONS = Question.of(
    recommendations,
    title="What was recommended to this party, by whom, side by side?",
    names={"party": ("Party",), "issuer": ("Party",)},
    example={"party": "Ghana", "year": "2018"},
    columns=("pillar", "issuer_name", "year", "ordinal", "wording", "place", "held", "confidence", "evidence"),
)
