"""What was recommended to a party, by one issuer or by several side by side."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import Field

from graph.domain.records import Pillar, Recommendation
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import column, copied, named, of, option
from queries.core.days import Passed, passed
from queries.core.endnotes import row_numbers
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, conflicts, grouped, refs
from queries.core.reads import MAKERS_OF, PUBLICATIONS_OF
from queries.core.session import Session
from queries.core.wording import counted, years_listed
from queries.multilateral.reads import ADDRESSEES_OF, MADE_BY, RECOMMENDATIONS_TO

_PILLARS: tuple[str, ...] = get_args(Pillar)
_NOBODY = "an issuer not on record"
# What has no place in its report comes after what has one.
_LAST = 1_000_000


class RecommendationsParams(Params):
    """What `recommendations` is asked with."""

    party: str | None = option("To whom they are addressed.", "Ghana")
    issuer: tuple[str, ...] = Field(
        default=(), description="Who made them; may be given several times.", examples=["TIP Office"]
    )
    topic: str | None = option("Only on this topic.", "prosecution")
    pillar: Pillar | None = option("Only of this P.", "prosecution")
    year: int | None = option("Only of reports of this year.", 2018)


class RecommendationRow(PartyRow):
    """One recommendation to one party, named as the party."""

    recommendation: str = Field(description="Id of the recommendation.")
    recommendation_name: str = Field(description="Name of the recommendation.")
    issuer: str | None = column("Id of who made it.")
    issuer_name: str | None = column("Name of who made it.")
    pillar: Pillar | None = of(Recommendation, "pillar")
    pillar_is_ours: bool | None = of(Recommendation, "pillar_is_ours")
    year: int | None = of(Recommendation, "year")
    ordinal: int | None = of(Recommendation, "ordinal")
    place: str | None = of(Recommendation, "paragraph")
    wording: str | None = of(Recommendation, "wording")
    topics: tuple[str, ...] = Field(default=(), description="What it deals with.")
    report: str | None = column("Id of the report.")
    report_name: str | None = column("Title of the report.")
    published_on: str | None = column("Publication day of the report, from which it is known.")
    answered_on: tuple[str, ...] = Field(default=(), description="Days of the party's replies.")


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
    maker: EdgeRow | None
    report: FullEdgeRow | None

    @property
    def values(self) -> Mapping[str, Any]:
        return self.edge.values

    @property
    def issuer(self) -> str:
        return self.maker.name if self.maker else _NOBODY

    @property
    def published_on(self) -> str | None:
        return self.report.values.get("published_on") if self.report else None

    @property
    def subjects(self) -> set[str]:
        """Its P and its topics."""
        pillar = self.values.get("pillar")
        return {*([pillar] if pillar else []), *(self.values.get("topics") or ())}

    def known(self, day: str) -> Passed:
        year = self.values.get("year")
        return passed(self.published_on or (str(year) if year else None), on=day)

    @property
    def order(self) -> tuple[int, str, int, str, int, str]:
        said, pillar = self.values, self.values.get("pillar")
        place = _PILLARS.index(pillar) if pillar else len(_PILLARS)
        issuer = folded(self.issuer) if self.maker else ""
        newest = -(said.get("year") or 0)
        return place, issuer, newest, folded(self.party.name), said.get("ordinal") or _LAST, self.edge.id


def recommendations(request: Request[RecommendationsParams]) -> Result[RecommendationRow]:
    """List recommendations known by a day: by P, then issuer, newest report first, in the issuer's order.

    A recommendation is known from the publication of its report; where that has no day on record, from its year.

    Raises:
        UsageError: Neither the party nor an issuer is given.
    """
    party, issuers = request.maybe("party"), request.subjects.get("issuer", ())
    if not party and not issuers:
        raise UsageError("recommendations needs party, to whom they are addressed, or issuer, who made them")
    known = [one for one in _found(request.session, party, issuers) if one.known(request.day) != "no"]
    asked = sorted((one for one in known if _is_asked(request, one)), key=lambda one: one.order)
    return Result(
        clauses=tuple(_clauses(party, asked)),
        rows=tuple(_row(one, one.known(request.day)) for one in asked),
        caveats=tuple(_caveats(request, known, asked)),
    )


def _found(session: Session, party: Subject | None, issuers: Sequence[Subject]) -> list[_Recommended]:
    """Return recommendations to a party, or by issuers, or both, once for each party and issuer."""
    if party:
        edges = session.read(RECOMMENDATIONS_TO, OfIds(ids=(party.id,)))
        makers = grouped(session.read(MAKERS_OF, OfIds(ids=_ids(edges))))
        wanted = {issuer.id for issuer in issuers}
        pairs = [(edge, party, maker) for edge in edges for maker in makers.get(edge.id) or (None,)]
        pairs = [pair for pair in pairs if not wanted or (pair[2] and pair[2].id in wanted)]
    else:
        of_issuers = session.read(MADE_BY, OfIds(ids=tuple(issuer.id for issuer in issuers)))
        edges = [edge for edge in of_issuers if edge.cls == "Recommendation"]
        named = {issuer.id: issuer for issuer in issuers}
        addressed = grouped(session.read(ADDRESSEES_OF, OfIds(ids=_ids(edges))))
        pairs = [
            (edge, to.other, _as_maker(edge, named[edge.subject]))
            for edge in edges
            for to in addressed.get(edge.id, ())
        ]
    reports = {edge.subject: edge for edge in session.read(PUBLICATIONS_OF, OfIds(ids=_ids(edges)))}
    return [_Recommended(edge, to, maker, reports.get(edge.id)) for edge, to, maker in pairs]


def _as_maker(edge: FullEdgeRow, issuer: Subject) -> EdgeRow:
    ends = issuer.model_dump(by_alias=False) | {"subject": edge.id, "iso3": None}
    return EdgeRow(key=edge.key, properties=edge.properties, **ends)


def _ids(edges: Sequence[EdgeRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(edge.id for edge in edges))


def _is_asked(request: Request[RecommendationsParams], one: _Recommended) -> bool:
    given, topics = request.params, one.values.get("topics") or ()
    of_pillar = given.pillar is None or given.pillar in one.subjects
    on_topic = request.topic is None or request.topic in topics
    return of_pillar and on_topic and given.year in (None, one.values.get("year"))


def _row(one: _Recommended, known: Passed) -> SourcedRow[RecommendationRow]:
    said, report = one.values, one.report
    row = RecommendationRow(
        **one.party.model_dump(),
        **copied(RecommendationRow, said, day=""),
        held="yes" if known == "yes" else "unknown",
        conflicts=conflicts(said),
        **named("recommendation", one.edge),
        **named("issuer", one.maker),
        **named("report", report),
        topics=tuple(said.get("topics") or ()),
        published_on=one.published_on,
        answered_on=tuple(said.get("answered_on") or ()),
    )
    return SourcedRow(row, refs(said), dated_by=refs(report.values) if report else ())


def _clauses(party: Subject | None, asked: Sequence[_Recommended]) -> Iterator[SourcedClause]:
    """Say how many by whom, of which P, and which Ps and topics several issuers ask about, and which only one does."""
    numbers = sorted(Counter(one.issuer for one in asked).items())
    by_issuer = [{"issuer": issuer, "number": number, "years": _years(asked, issuer)} for issuer, number in numbers]
    yield clause("headline", party=party and party.name, number=len(asked), by_issuer=by_issuer)
    if not asked:
        return
    by_pillar = Counter(one.values.get("pillar") or "" for one in asked)
    yield clause("pillars", by_pillar={pillar: by_pillar[pillar] for pillar in (*_PILLARS, "") if by_pillar[pillar]})
    if len(by_issuer) > 1:
        askers: dict[str, set[str]] = {}
        for one in asked:
            for subject in one.subjects:
                askers.setdefault(subject.replace("-", " "), set()).add(one.issuer)
        yield clause("shared", subjects=sorted(subject for subject, of in askers.items() if len(of) > 1))
        for issuer, _ in numbers:
            if alone := sorted(subject for subject, of in askers.items() if of == {issuer}):
                yield clause("alone", issuer=issuer, subjects=alone)
    days = [day for one in asked for day in one.values.get("answered_on") or ()]
    yield clause("replies", last_on=max(days, default=None))


def _years(asked: Sequence[_Recommended], issuer: str) -> list[int]:
    return sorted(
        {one.values["year"] for one in asked if one.issuer == issuer and one.maker and one.values.get("year")}
    )


def _caveats(
    request: Request[RecommendationsParams], known: Sequence[_Recommended], asked: Sequence[_Recommended]
) -> Iterator[Caveat]:
    party, makers = request.maybe("party"), {one.maker.id for one in known if one.maker}
    to = f" to {party.name}" if party else ""
    for issuer in request.subjects.get("issuer", ()):
        if issuer.id not in makers:
            text = f"No recommendation by {issuer.name}{to} is on record; it may have made some."
            yield Caveat(kind="partial", text=text)
    if known and not asked and request.params.year:
        years = years_listed(sorted({one.values["year"] for one in known if one.values.get("year")}))
        text = f"None is on record for {request.params.year}; there may be some. Recommendations{to} are on record for"
        yield Caveat(kind="partial", text=f"{text} {years}.", clause="headline")
    ours = [bool(one.values.get("pillar_is_ours")) for one in asked]
    if any(ours):
        text = f"The sorting by P is ours, not the issuer's, for {counted(sum(ours), 'recommendation')}."
        yield Caveat(kind="derived", text=text, rows=row_numbers(ours))
    unsorted = sum(not one.values.get("pillar") for one in known)
    if request.params.pillar and unsorted:
        text = f"{counted(unsorted, 'recommendation')} without a P: those whose topics do not name it are left out."
        yield Caveat(kind="partial", text=text)


RECOMMENDATIONS = Question(
    name="recommendations",
    title="What was recommended to this party, by whom, side by side?",
    params=RecommendationsParams,
    row=RecommendationRow,
    function=recommendations,
    names={"party": ("Party",), "issuer": ("Party",)},
    example={"party": "Ghana", "year": "2018"},
    columns=("pillar", "issuer_name", "year", "ordinal", "wording", "place", "held", "confidence", "evidence"),
)
