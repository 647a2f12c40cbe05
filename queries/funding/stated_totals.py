"""Stated totals and budget lines, by fiscal year and stage: side by side, and never added across stages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import Field

from graph.domain.funding import FundingLine
from graph.errors import UsageError
from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Ref, Subject
from queries.core.clauses import SourcedClause, resting_on
from queries.core.columns import copied, of
from queries.core.compiled import Everything
from queries.core.printed_names import printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import EdgeRow, Entity, OfIds, conflicts, grouped, refs
from queries.core.reads import WHOLES_UNDER
from queries.core.wording import listed
from queries.funding.reads import FUNDERS_OF, FUNDING_LINES
from queries.funding.totals import caveat

# What a line may belong to that is a budget of its own, not a portfolio.
_NOT_HERE = ("Project", "Award")


class PortfolioParams(Params):
    """What `portfolio` is asked with."""

    party: str | None = Field(
        default=None,
        description="Only lines that this party pays or that are for it, or of this programme.",
        examples=["TIP Office"],
    )
    year: int | None = Field(default=None, description="Only this US fiscal year, or year.", examples=[2017])
    category: str | None = Field(
        default=None, description="Only this stage: announced, requested, budget, enacted …", examples=["requested"]
    )


class PortfolioRow(AnswerRow):
    """One stated total or budget line: one amount of one stage."""

    line: str = Field(description="Id of the line.")
    line_name: str = Field(description="What the amount is of.")
    payer: str | None = Field(default=None, description="Id of who pays.")
    payer_name: str | None = Field(default=None, description="Who pays.")
    place: str | None = Field(default=None, description="Id of the country or body it is for.")
    place_name: str | None = Field(default=None, description="Country or body it is for.")
    part_of: tuple[str, ...] = Field(default=(), description="Programme, list or competition that it belongs to.")
    account: str | None = of(FundingLine, "account")
    fiscal_year: int | None = of(FundingLine, "fiscal_year")
    stage: str | None = Field(
        default=None, description="What the amount measures: announced, requested, budget (stage not stated), enacted …"
    )
    amount: str | None = of(FundingLine, "money", "amount")
    currency: str | None = of(FundingLine, "money", "currency")
    stated_for: str | None = of(FundingLine, "money", "value_date")
    counts: str | None = of(FundingLine, "scope")
    line_kind: str | None = of(FundingLine, "line_kind")
    accounts_total: str | None = Field(
        default=None,
        description="Sum over the accounts of the same table, body, year and stage, where there are several.",
    )


@dataclass(frozen=True)
class _Line:
    """A line with who pays and what it belongs to."""

    entity: Entity
    payer: EdgeRow | None
    wholes: tuple[EdgeRow, ...]

    @property
    def values(self) -> Mapping[str, Any]:
        return self.entity.values

    @property
    def year(self) -> int | None:
        """The fiscal year, else the year the amount is of."""
        stated = self.values.get("fiscal_year")
        day = self.values.get("money_value_date")
        return int(stated) if stated is not None else int(day[:4]) if day else None

    @property
    def stage(self) -> str:
        return self.values.get("money_measure") or ""

    @property
    def account_of(self) -> tuple[Any, ...]:
        """What lines share that are accounts of one table, body, year and stage."""
        said = self.values
        payer = self.payer.id if self.payer else None
        return (payer, said.get("place"), said.get("fiscal_year"), self.stage, said.get("money_currency"), self.kind)

    @property
    def kind(self) -> str:
        return self.values.get("line_kind") or ""

    def is_of(self, whom: Subject) -> bool:
        """Say whether somebody pays it, it is for them, or it belongs to them."""
        theirs = (self.payer.id if self.payer else None, self.values.get("place"), *(edge.id for edge in self.wholes))
        return whom.id in theirs

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What it rests on."""
        return refs(self.values, *([self.payer.properties] if self.payer else []))


def portfolio(request: Request[PortfolioParams]) -> Result[PortfolioRow]:
    """List stated totals and budget lines by year, undated ones last; nothing is added across stages.

    Budgets of single projects and awards are not among them. Without a party, neither are whole accounts of countries.
    """
    lines = [line for line in _lines(request) if line.year is None or line.year <= int(request.day[:4]) + 1]
    whom, given = request.maybe("party"), request.params
    asked = [line for line in lines if (line.is_of(whom) if whom else not _is_of_a_country(line))]
    _check_stage(given.category, asked)
    chosen = [line for line in asked if given.year in (None, line.year) and _is_stage(given.category, line.stage)]
    chosen.sort(key=lambda line: (line.year is None, line.year or 0, line.kind, folded(line.entity.name)))
    totals = _accounts_totals(lines)
    names = printed_names(request.session, {place for line in chosen if (place := line.values.get("place"))})
    return Result(
        clauses=tuple(_clauses(whom.name if whom else None, chosen)),
        rows=tuple(SourcedRow(_row(line, names, totals, day=request.day), line.refs) for line in chosen),
        caveats=tuple(_caveats(chosen)),
    )


def _lines(request: Request[PortfolioParams]) -> list[_Line]:
    entities = request.session.read(FUNDING_LINES, Everything())
    if not entities:
        return []
    ids = tuple(entity.id for entity in entities)
    payers = grouped(request.session.read(FUNDERS_OF, OfIds(ids=ids)))
    wholes = grouped(request.session.read(WHOLES_UNDER, OfIds(ids=ids)))
    lines = (
        _Line(entity, max(payers.get(entity.id, ()), key=_latest, default=None), tuple(wholes.get(entity.id, ())))
        for entity in entities
    )
    return [line for line in lines if not any(edge.cls in _NOT_HERE for edge in line.wholes)]


def _latest(edge: EdgeRow) -> tuple[str, tuple[int, ...]]:
    """Return what is greatest for the edge that began last, then for the first by its key."""
    return edge.properties.get("start_min") or "", tuple(-ord(letter) for letter in edge.key)


def _is_of_a_country(line: _Line) -> bool:
    return str(line.values.get("place") or "").startswith("gov:")


def _is_stage(asked: str | None, stage: str) -> bool:
    return asked is None or folded(asked) == folded(stage.replace("_", " "))


def _check_stage(asked: str | None, lines: Sequence[_Line]) -> None:
    stages = sorted({line.stage for line in lines if line.stage})
    if asked and lines and not any(_is_stage(asked, stage) for stage in stages):
        raise UsageError(f"category: no line is of the stage {asked!r}; stages are {', '.join(stages)}")


def _accounts_totals(lines: Iterable[_Line]) -> dict[tuple[Any, ...], str]:
    """Return the sums over accounts, by what the lines share; of one line alone there is none."""
    found: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for line in lines:
        if line.values.get("account") and line.values.get("money_amount"):
            found[line.account_of].append(Decimal(line.values["money_amount"]))
    return {shared: format(sum(amounts), "f") for shared, amounts in found.items() if len(amounts) > 1}


def _row(line: _Line, names: Mapping[str, str], totals: Mapping[tuple[Any, ...], str], *, day: str) -> PortfolioRow:
    said = line.values
    return PortfolioRow(
        **copied(PortfolioRow, said, day=day),
        conflicts=conflicts(said),
        line=line.entity.id,
        line_name=line.entity.name,
        payer=line.payer.id if line.payer else None,
        payer_name=line.payer.name if line.payer else None,
        place=said.get("place"),
        place_name=names.get(said.get("place") or ""),
        part_of=tuple(sorted(edge.name for edge in line.wholes)),
        stage=_stage_said(line.stage) or None,
        accounts_total=totals.get(line.account_of) if said.get("account") else None,
    )


def _stage_said(stage: str) -> str:
    return "budget (stage not stated)" if stage == "budget" else stage.replace("_", " ")


def _clauses(whom: str | None, lines: Sequence[_Line]) -> Iterator[SourcedClause]:
    years = [line.year for line in lines if line.year is not None]
    span = [min(years), max(years)] if years else []
    yield resting_on((line.refs for line in lines), "headline", subject=whom, lines=len(lines), years=span)
    stages = Counter(_stage_said(line.stage) for line in lines)
    by_stage = [{"stage": stage, "number": number} for stage, number in sorted(stages.items(), key=_most_first)]
    if lines:
        yield resting_on((line.refs for line in lines), "stages", stages=by_stage)
    if len(stages) > 1:
        yield resting_on((line.refs for line in lines), "never-added")


def _most_first(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _caveats(lines: Sequence[_Line]) -> Iterator[Caveat]:
    if kinds := sorted({line.kind for line in lines if line.values.get("scope")}, key=folded):
        yield caveat("partial", "counts-differ", kinds=listed(kinds, most=10))
    if undated := sum(not line.values.get("money_value_date") for line in lines):
        yield caveat("unknown", "undated-pages", number=undated, of=len(lines))
    if unstated := sum(line.stage == "budget" for line in lines):
        yield caveat("unknown", "stage-unstated", number=unstated)


PORTFOLIO = Question(
    name="portfolio",
    title="Which totals and budget lines are stated, by fiscal year and stage?",
    params=PortfolioParams,
    row=PortfolioRow,
    function=portfolio,
    names={"party": ("Party", "Programme")},
    example={"party": "TIP Office"},
    columns=("line_name", "stated_for", "stage", "amount", "currency", "counts", "confidence", "evidence"),
)
