"""What was recommended to a party, by one issuer or by several side by side."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from pydantic import Field

from graph.domain.records import Pillar
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import Caveat, PartyRow, Subject
from queries.core.days import Passed, passed
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, FullEdgeRow, OfIds, conflicts, grouped, refs
from queries.core.reads import MAKERS_OF, PUBLICATIONS_OF
from queries.core.session import Session
from queries.core.wording import counted, listed, years_listed
from queries.multilateral.reads import ADDRESSEES_OF, MADE_BY, RECOMMENDATIONS_TO
from queries.multilateral.recommended import Recommended

_PILLARS: tuple[str, ...] = get_args(Pillar)
# What has no place in its report comes after what has one.
_LAST = 1_000_000


class RecommendationsParams(Params):
    """What `recommendations` is asked with."""

    party: str | None = Field(default=None, description="To whom they are addressed.", examples=["Ghana"])
    issuer: tuple[str, ...] = Field(
        default=(), description="Who made them; may be given several times.", examples=["TIP Office"]
    )
    topic: str | None = Field(default=None, description="Only on this topic.", examples=["prosecution"])
    pillar: Pillar | None = Field(default=None, description="Only of this P.", examples=["prosecution"])
    year: int | None = Field(default=None, description="Only of reports of this year.", examples=[2018])


class RecommendationRow(PartyRow):
    """One recommendation to one party, named as the party."""

    recommendation: str = Field(description="Id of the recommendation.")
    recommendation_name: str = Field(description="Name of the recommendation.")
    issuer: str | None = Field(default=None, description="Id of who made it.")
    issuer_name: str | None = Field(default=None, description="Name of who made it.")
    pillar: Pillar | None = Field(default=None, description="Which of the Ps it serves; null is not sorted.")
    pillar_is_ours: bool | None = Field(default=None, description="Whether the P is our own sorting.")
    year: int | None = Field(default=None, description="Year of the report.")
    ordinal: int | None = Field(default=None, description="Place in the issuer's own order.")
    place: str | None = Field(default=None, description="Paragraph or section of the report.")
    wording: str | None = Field(default=None, description="What is asked, in short.")
    topics: tuple[str, ...] = Field(default=(), description="What it deals with.")
    report: str | None = Field(default=None, description="Id of the report.")
    report_name: str | None = Field(default=None, description="Title of the report.")
    published_on: str | None = Field(default=None, description="Publication day of the report, from which it is known.")
    answered_on: tuple[str, ...] = Field(default=(), description="Days of the party's replies.")


def recommendations(request: Request[RecommendationsParams]) -> Result:
    """List recommendations known by a day: by P, then issuer, newest report first, in the issuer's order.

    A recommendation is known from the publication of its report; where that day is not held, from its year.

    Raises:
        UsageError: Neither the party nor an issuer is given.
    """
    party, issuers = request.maybe("party"), request.subjects.get("issuer", ())
    if not party and not issuers:
        raise UsageError("recommendations needs party, to whom they are addressed, or issuer, who made them")
    known = [
        (each, held) for each in _found(request.session, party, issuers) if (held := _known(each, request.day)) != "no"
    ]
    asked = sorted((pair for pair in known if _asked(request, pair[0])), key=lambda pair: _order(pair[0]))
    sourced_rows = tuple(_draft(each, held) for each, held in asked)
    return Result(
        sentence=_sentence(party, [each for each, _ in asked]),
        rows=sourced_rows,
        caveats=tuple(_caveats(request, [each for each, _ in known], [each for each, _ in asked])),
    )


def _found(session: Session, party: Subject | None, issuers: Sequence[Subject]) -> list[Recommended]:
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
    return [Recommended(edge, to, maker, reports.get(edge.id)) for edge, to, maker in pairs]


def _as_maker(edge: FullEdgeRow, issuer: Subject) -> EdgeRow:
    return EdgeRow(
        subject=edge.id,
        key=edge.key,
        properties=edge.properties,
        id=issuer.id,
        cls=issuer.cls,
        name=issuer.name,
        iso3=None,
    )


def _ids(edges: Sequence[EdgeRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(edge.id for edge in edges))


def _known(each: Recommended, day: str) -> Passed:
    year = each.said.get("year")
    return passed(each.published_on or (str(year) if year else None), on=day)


def _asked(request: Request[RecommendationsParams], each: Recommended) -> bool:
    given, topics = request.params, each.said.get("topics") or ()
    of_pillar = given.pillar is None or given.pillar == each.said.get("pillar") or given.pillar in topics
    on_topic = request.topic is None or request.topic in topics
    return of_pillar and on_topic and given.year in (None, each.said.get("year"))


def _order(each: Recommended) -> tuple[int, str, int, str, int, str]:
    said = each.said
    pillar = _PILLARS.index(said["pillar"]) if said.get("pillar") else len(_PILLARS)
    issuer = folded(each.maker.name) if each.maker else ""
    newest = -(said.get("year") or 0)
    return pillar, issuer, newest, folded(each.party.name), said.get("ordinal") or _LAST, each.edge.id


def _draft(each: Recommended, held: Passed) -> SourcedRow:
    said, maker, report = each.said, each.maker, each.report
    row = RecommendationRow(
        held="yes" if held == "yes" else "unknown",
        conflicts=conflicts(said),
        id=each.party.id,
        cls=each.party.cls,
        name=each.party.name,
        iso3=each.party.iso3,
        recommendation=each.edge.id,
        recommendation_name=each.edge.name,
        issuer=maker.id if maker else None,
        issuer_name=maker.name if maker else None,
        place=said.get("paragraph"),
        topics=tuple(said.get("topics") or ()),
        report=report.id if report else None,
        report_name=report.name if report else None,
        published_on=each.published_on,
        answered_on=tuple(said.get("answered_on") or ()),
        **{name: said.get(name) for name in ("pillar", "pillar_is_ours", "year", "ordinal", "wording")},
    )
    return SourcedRow(row, refs(said), dated_by=refs(report.values) if report else ())


def _sentence(party: Subject | None, asked: Sequence[Recommended]) -> str:
    to = f" to {party.name}" if party else ""
    if not asked:
        return f"no recommendation{to} is held for what was asked"
    by = Counter(each.maker.name if each.maker else "an issuer not held" for each in asked)
    verb = "is" if len(asked) == 1 else "are"
    issuers = listed([f"{number} by {name}{_years(asked, name)}" for name, number in sorted(by.items())], most=8)
    first = f"{counted(len(asked), 'recommendation')}{to} {verb} held: {issuers}; by P: {_by_pillar(asked)}"
    return first + (_side_by_side(asked) if len(by) > 1 else "") + _replies(asked)


def _side_by_side(asked: Sequence[Recommended]) -> str:
    """Say which Ps and topics several issuers ask about, and which only one does."""
    askers: dict[str, set[str]] = {}
    for each in asked:
        pillar = [each.said["pillar"]] if each.said.get("pillar") else []
        for subject in {*pillar, *(each.said.get("topics") or ())}:
            askers.setdefault(subject, set()).add(each.maker.name if each.maker else "an issuer not held")
    shared = [_plain(subject) for subject in sorted(askers) if len(askers[subject]) > 1]
    said = f"; asked about by several: {listed(shared, most=8)}" if shared else "; no subject is asked about by several"
    alone: dict[str, list[str]] = {}
    for subject in sorted(askers):
        if len(askers[subject]) == 1:
            alone.setdefault(next(iter(askers[subject])), []).append(_plain(subject))
    return said + "".join(f"; only by {issuer}: {listed(alone[issuer], most=6)}" for issuer in sorted(alone))


def _plain(subject: str) -> str:
    return subject.replace("-", " ")


def _replies(asked: Sequence[Recommended]) -> str:
    days = sorted(day for each in asked for day in each.said.get("answered_on") or ())
    return f"; replies held, the last of {days[-1]}" if days else "; no day of a reply is held"


def _years(asked: Sequence[Recommended], issuer: str) -> str:
    years = {each.said["year"] for each in asked if each.maker and each.maker.name == issuer and each.said.get("year")}
    return f" ({years_listed(sorted(years))})" if years else ""


def _by_pillar(asked: Sequence[Recommended]) -> str:
    number = Counter(each.said.get("pillar") for each in asked)
    words = [f"{number[pillar]} on {pillar}" for pillar in _PILLARS if number[pillar]]
    return listed([*words, *([f"{number[None]} not sorted"] if number[None] else [])])


def _caveats(
    request: Request[RecommendationsParams], known: Sequence[Recommended], asked: Sequence[Recommended]
) -> list[Caveat]:
    party, found = request.maybe("party"), {each.maker.id for each in known if each.maker}
    to = f" to {party.name}" if party else ""
    doubts = [
        Caveat(kind="partial", text=f"No recommendation by {issuer.name}{to} is held; it may have made some.")
        for issuer in request.subjects.get("issuer", ())
        if issuer.id not in found
    ]
    if known and not asked and request.params.year:
        years = sorted({each.said["year"] for each in known if each.said.get("year")})
        text = f"None is held for {request.params.year}; there may be some."
        text += f" Recommendations{to} are held for {years_listed(years)}."
        doubts.append(Caveat(kind="partial", text=text))
    if ours := sum(bool(each.said.get("pillar_is_ours")) for each in asked):
        text = f"The sorting by P is ours, not the issuer's, for {counted(ours, 'recommendation')}."
        doubts.append(Caveat(kind="derived", text=text))
    unsorted = sum(not each.said.get("pillar") for each in known)
    if request.params.pillar and unsorted:
        text = f"{counted(unsorted, 'recommendation')} without a P: those whose topics do not name it are left out."
        doubts.append(Caveat(kind="partial", text=text))
    return doubts


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
