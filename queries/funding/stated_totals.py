"""Stated totals and budget lines, by fiscal year and stage: side by side, and never added across stages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from iga.graph.domain.funding import WHOLE_ACCOUNT, FundingLine
from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat
from iga.queries.core.columns import column, named, needed, of, option, sourced
from iga.queries.core.compiled import Everything
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import EdgeRow, Entity, OfIds, conflicts, grouped
from iga.queries.core.reads import WHOLES_UNDER
from iga.queries.core.rows import Rows
from iga.queries.core.wording import listed
from iga.queries.funding.amounts import HOLDERS
from iga.queries.funding.pool import with_parts
from iga.queries.funding.reads import FUNDERS_OF, FUNDING_LINES

# What a line may belong to that is a budget of its own, not a portfolio.
_NOT_HERE = ("Project", "Award")
_UNSTATED = "budget (stage not stated)"
_STAGES = {"budget": _UNSTATED}


class PortfolioParams(Params):
    """What `portfolio` is asked with."""

    party: str | None = option("Only lines that this party pays, that are for it, or of this programme.", "TIP Office")
    year: int | None = option("Only this US fiscal year, or year.", 2017)
    category: str | None = option("Only this stage: announced, requested, budget, enacted …", "requested")


class PortfolioRow(AnswerRow):
    """One stated total or budget line: one amount of one stage."""

    line: str = needed("Id of the line.")
    line_name: str = needed("What the amount is of.")
    payer: str | None = column("Id of who pays.")
    payer_name: str | None = column("Who pays.")
    place: str | None = column("Id of the country or body it is for.")
    place_name: str | None = column("Country or body it is for.")
    part_of: tuple[str, ...] = column("Programme, list or competition that it belongs to.", ())
    account: str | None = of(FundingLine, "account")
    fiscal_year: int | None = of(FundingLine, "fiscal_year")
    stage: str | None = column("What the amount measures: announced, requested, budget (stage not stated), enacted …")
    amount: str | None = of(FundingLine, "money", "amount")
    currency: str | None = of(FundingLine, "money", "currency")
    stated_for: str | None = of(FundingLine, "money", "value_date")
    counts: str | None = of(FundingLine, "scope")
    line_kind: str | None = of(FundingLine, "line_kind")
    accounts_total: str | None = column("Sum over the accounts of one table, body, year and stage, if several.")


@dataclass(frozen=True)
class _Line:
    """A line with who pays and what it belongs to."""

    entity: Entity
    payer: EdgeRow | None
    wholes: Sequence[EdgeRow]

    @property
    def values(self) -> Mapping[str, Any]:
        return self.entity.values

    @property
    def year(self) -> int | None:
        """The fiscal year, else the year the amount is of."""
        return _first_year(self.values.get("fiscal_year"), self.values.get("money_value_date"))

    @property
    def measure(self) -> str:
        return self.values.get("money_measure") or ""

    @property
    def account_of(self) -> tuple[Any, ...]:
        """What lines share that are accounts of one table, body, year and stage."""
        stated = map(self.values.get, ("place", "fiscal_year", "money_currency"))
        return (self.payer.id if self.payer else None, *stated, self.measure, self.values.get("line_kind") or "")

    def is_of(self, whom: Subject | None) -> bool:
        """True if somebody pays it, it is for them, or it belongs to them; of everybody, whether of no country."""
        place = self.values.get("place")
        if whom is None:
            return not (place or "").startswith("gov:")
        return whom.id in (self.payer.id if self.payer else None, place, *(edge.id for edge in self.wholes))

    def is_of_stage(self, asked: str | None) -> bool:
        return asked is None or (bool(self.measure) and folded(asked) == folded(self.measure.replace("_", " ")))


def _first_year(stated: int | str | None, day: str | None) -> int | None:
    return int(stated) if stated is not None else int(day[:4]) if day else None


def _year(row: PortfolioRow) -> int | None:
    return _first_year(row.fiscal_year, row.stated_for)


def portfolio(request: Request[PortfolioParams]) -> Result[PortfolioRow]:
    """List stated totals and budget lines by year, undated ones last; nothing is added across stages.

    Budgets of single projects and awards are not among them. Without a party, neither are whole accounts of countries.

    Raises:
        UsageError: No line of anybody is of the stage that is asked for.
    """
    lines = [line for line in _lines(request) if line.year is None or line.year <= int(request.day[:4]) + 1]
    whom, params = request.maybe("party"), request.params
    asked = [line for line in lines if line.is_of(whom)]
    of_stage = {line.entity.id for line in asked if line.is_of_stage(params.category)}
    if params.category and not any(line.is_of_stage(params.category) for line in lines):
        stages = ", ".join(sorted({line.measure.replace("_", " ") for line in lines if line.measure}))
        raise UsageError(f"category: no line of anybody is of the stage {params.category!r}; stages are {stages}")
    names = printed_names(request.session, {place for line in asked if (place := line.values.get("place"))})
    every = Rows.of(
        _rows(asked, names, _accounts_totals(lines), day=request.day),
        lambda row: (_year(row) is None, _year(row) or 0, row.line_kind or "", folded(row.line_name)),
    )
    rows = every.keeping(lambda row: params.year in (None, _year(row)) and row.line in of_stage)
    clauses = _clauses(request.named("party")["party"], params, rows, every)
    if not (params.year or params.category):
        clauses = with_parts(request, clauses, {line.entity.id for line in asked}, *HOLDERS)
    return Result.of(clauses, rows, _caveats(rows))


def _lines(request: Request[PortfolioParams]) -> Iterator[_Line]:
    entities = request.session.read(FUNDING_LINES, Everything())
    ids = OfIds(ids=tuple(entity.id for entity in entities))
    payers = grouped(request.session.read(FUNDERS_OF, ids)) if entities else {}
    wholes = grouped(request.session.read(WHOLES_UNDER, ids)) if entities else {}
    for entity in entities:
        of_line = wholes.get(entity.id, [])
        if not any(edge.cls in _NOT_HERE for edge in of_line):
            yield _Line(entity, max(payers.get(entity.id, ()), key=_latest, default=None), of_line)


def _latest(edge: EdgeRow) -> tuple[str, tuple[int, ...]]:
    """Return what is greatest for the edge that began last, then for the first by its key."""
    return edge.properties.get("start_min") or "", tuple(-ord(letter) for letter in edge.key)


def _accounts_totals(lines: Iterable[_Line]) -> dict[tuple[Any, ...], str]:
    """Return the sums over accounts, by what the lines share; of one line alone there is none."""
    amounts: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for line in lines:
        if line.values.get("account") and line.values.get("money_amount"):
            amounts[line.account_of].append(Decimal(line.values["money_amount"]))
    return {shared: format(sum(those), "f") for shared, those in amounts.items() if len(those) > 1}


def _rows(
    lines: Iterable[_Line], names: Mapping[str, str], totals: Mapping[tuple[Any, ...], str], *, day: str
) -> Iterator[SourcedRow[PortfolioRow]]:
    for line in lines:
        yield sourced(
            PortfolioRow,
            line.values,
            *([line.payer.properties] if line.payer else ()),
            day=day,
            **named("payer", line.payer),
            conflicts=conflicts(line.values),
            line=line.entity,
            place=line.values.get("place"),
            place_name=names.get(line.values.get("place") or ""),
            part_of=tuple(sorted(edge.name for edge in line.wholes)),
            stage=_STAGES.get(line.measure, line.measure.replace("_", " ")) or None,
            accounts_total=totals.get(line.account_of) if line.values.get("account") else None,
        )


def _clauses(
    whom: str | None, params: PortfolioParams, rows: Rows[PortfolioRow], asked: Rows[PortfolioRow]
) -> Iterator[SourcedClause]:
    years = [year for row in rows if (year := _year(row)) is not None]
    span = [min(years), max(years)] if years else []
    dated = (rows or asked).keeping(lambda row: _year(row) is not None)
    # The most that one award may have is no total of anything.
    newest = max(dated.keeping(lambda row: row.stage != "ceiling") or dated, key=_age, default=None)
    narrowed: dict[str, Any] = {"year": params.year, "stage": params.category}
    of_year = (rows or asked).keeping(lambda row: params.year and params.year == _year(row) and bool(row.amount))
    narrowed["of_year"] = [_told(row) for row in of_year]
    yield rows.clause("headline", subject=whom, lines=len(rows), **narrowed, newest=newest and _told(newest))
    yield rows.clause("in-all", lines=len(rows), years=span)
    stages = sorted(rows.counts("stage").items(), key=lambda pair: (-pair[1], pair[0]))
    if rows:
        yield rows.clause("stages", stages=[{"stage": stage, "number": number} for stage, number in stages])
    if len(stages) > 1:
        yield rows.clause("never-added")
    # Totals since the beginning count different things and stand side by side; those of one programme are apart.
    so_far = rows.keeping(lambda row: (row.line_kind or "").endswith("so far") and not row.part_of)
    if len(so_far) > 1:
        yield so_far.clause("so-far", told=[{**_told(row), "scope": row.counts} for row in so_far])


def _age(row: PortfolioRow) -> tuple[int, str, Decimal]:
    """Return what is greatest for the newest line, and of these for the largest amount."""
    return _year(row) or 0, row.stated_for or "", Decimal(row.amount or 0)


def _told(row: PortfolioRow) -> dict[str, Any]:
    """Return what a sentence says of a line."""
    stated = {"amount": row.amount, "currency": row.currency, "stage": row.stage or ""}
    return {**stated, "name": row.line_name, "on": row.stated_for}


def _caveats(rows: Rows[PortfolioRow]) -> Iterator[UnwordedCaveat]:
    yield rows.doubt("partial", "of-whole-accounts", lambda row: row.line_kind == WHOLE_ACCOUNT, clause="headline")
    if kinds := sorted({row.line_kind or "" for row in rows if row.counts}, key=folded):
        yield caveat("partial", "counts-differ", kinds=listed(kinds, most=10))
    if undated := sum(not row.stated_for for row in rows):
        yield caveat("unknown", "undated-pages", number=undated, of=len(rows))
    if unstated := rows.where(stage=_UNSTATED):
        yield caveat("unknown", "stage-unstated", number=len(unstated))


PORTFOLIO = Question.of(
    portfolio,
    title="Which totals and budget lines are stated, by fiscal year and stage?",
    names={"party": ("Party", "Programme")},
    example={"party": "TIP Office"},
    columns=("line_name", "stated_for", "stage", "amount", "currency", "counts", "confidence", "evidence"),
)
