"""How much money, through whom and when: of a party, in a country, under a programme or of one award."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pydantic import Field

from queries.core.answer import Caveat, Subject
from queries.core.clauses import SourcedClause, resting_on
from queries.core.printed_names import printed_names
from queries.core.question import Question, Request, Result, SourcedRow
from queries.core.wording import listed, money
from queries.funding.amounts import LAYERS, Amount, lines
from queries.funding.doubles import said_again_later
from queries.funding.exchange import Rates
from queries.funding.figures import is_made_up, wholes
from queries.funding.funding_row import AmountGroup, FundingRow, converted, grouped_amounts, row_of
from queries.funding.holdings import HOLDERS, MoneyHolding
from queries.funding.pool import Pool, TimeParams, gathered, is_asked, not_of
from queries.funding.shares import can_be_shared, is_place, share_of_place, stated_shares
from queries.funding.totals import (
    MADE_UP,
    Sum,
    caveat,
    counts,
    left_out_caveats,
    left_out_clause,
    money_of,
    plain,
    single_clause,
    total_clauses,
    withheld_caveats,
)

_CODE = r"^[A-Z]{3}$"


class FundingParams(TimeParams):
    """What `funding` is asked with."""

    party: str = Field(
        description="A recipient, implementer or funder; a government, for what runs in its country; a programme or"
        " compact; or one award or project.",
        examples=["Ghana"],
    )
    convert_to: str | None = Field(
        default=None,
        description="Currency (ISO 4217) to show amounts in as well, at rates that are held.",
        examples=["USD"],
        pattern=_CODE,
    )


def funding(request: Request[FundingParams]) -> Result[FundingRow]:
    """List amounts by award or project, layer, measure, currency, source and fiscal year; nothing is added across.

    Totals count neither likely duplicates, nor money that two agencies report, nor versions of one total, nor what a
    party passes on; a country gets the share that is stated of it. Rows of what is left out stand beside, with the
    reason.
    """
    session, subject = request.session, request.one("party")
    pool = gathered(session, subject)
    amounts = [*pool.amounts, *lines(pool.holdings)]
    if not request.params.period:
        amounts += [_whole(each, request, pool) for each in wholes(session, pool.holdings)]
    if is_place(subject, pool.holdings):
        amounts = share_of_place(amounts, pool.holdings, subject)
    amounts = [each for each in amounts if is_asked(request, each)]
    groups = grouped_amounts(amounts)
    rows = _sourced_rows(request, groups, pool.undisclosed)
    amounts = [each for group in groups for each in group]
    return Result(
        clauses=tuple(_clauses(request, subject, groups, rows, amounts)),
        rows=rows,
        caveats=tuple(_caveats(request, groups, pool, amounts)),
    )


def _whole(each: Amount, request: Request[FundingParams], pool: Pool) -> Amount:
    """Return a version of a figure of a whole, with the reason why it may be no total of the party's."""
    if each.is_single:
        return each
    reason = MADE_UP if is_made_up(each, pool.amounts) else ""
    return replace(each, left_out=reason or not_of(request.one("party"), pool.holdings[each.about.id], pool))


def _sourced_rows(
    request: Request[FundingParams], groups: Sequence[AmountGroup], undisclosed: frozenset[str]
) -> tuple[SourcedRow[FundingRow], ...]:
    session = request.session
    parties = {id_ for group in groups for id_ in (group[0].giver, group[0].receiver) if id_}
    names = printed_names(session, parties)
    titles = {name: card.title for name, card in session.cards.items()}
    sourced_rows = [row_of(group, names, undisclosed, titles) for group in groups]
    if request.params.convert_to:
        rates = Rates.of(session, request.params.convert_to)
        sourced_rows = [converted(each, group, rates) for each, group in zip(sourced_rows, groups, strict=True)]
    return tuple(sourced_rows)


def _clauses(
    request: Request[FundingParams],
    subject: Subject,
    groups: Sequence[AmountGroup],
    rows: Sequence[SourcedRow[FundingRow]],
    amounts: Sequence[Amount],
) -> Iterator[SourcedClause]:
    """Yield the totals, what stands apart from them, and what no total counts."""
    totals = _totals(groups, [each.row for each in rows])
    said: dict[str, Any] = {"subject": subject.name, "period": request.params.period, "things": _things(groups)}
    if totals:
        first, more = totals[0]
        yield first.clause("headline", **said, **more)
        yield from total_clauses(totals, subject.id, after_first=True)
    else:
        yield resting_on((each.refs for each in rows), "headline", **said)
    yield from single_clause(amounts)
    yield from left_out_clause(amounts)


def _things(groups: Sequence[AmountGroup]) -> dict[str, int]:
    """Return how many things of each class the amounts are of."""
    found: dict[str, set[str]] = {cls: set() for cls in HOLDERS}
    for group in groups:
        found[group[0].about.cls].add(group[0].about.id)
    return {cls: len(ids) for cls, ids in found.items() if ids}


def _totals(groups: Sequence[AmountGroup], rows: Sequence[FundingRow]) -> list[tuple[Sum, dict[str, Any]]]:
    """Return totals by layer, measure, currency and source, each with what its clause says besides."""
    counting: dict[tuple[int, str, str, str], list[tuple[AmountGroup, FundingRow]]] = {}
    for group, row in zip(groups, rows, strict=True):
        if counts(group[0]):
            key = (LAYERS.index(row.layer), row.measure, row.currency, row.source_title)
            counting.setdefault(key, []).append((group, row))
    kinds = [key[:3] for key in counting]
    found = []
    for key, pairs in sorted(counting.items(), key=lambda item: item[0]):
        layer, measure, currency, title = key
        total = Sum(LAYERS[layer], measure, currency, tuple(each for group, _ in pairs for each in group))
        source = title if kinds.count(key[:3]) > 1 else ""
        found.append((total, {"source": source, "converted": _converted([row for _, row in pairs])}))
    return found


def _converted(rows: Sequence[FundingRow]) -> dict[str, Any] | None:
    """Return a total in the currency asked for, as far as rates are held; None where none was asked for."""
    if not any(row.conversion for row in rows):
        return None
    shown = [row for row in rows if row.converted_amount is not None]
    total = sum((Decimal(row.converted_amount or 0) for row in shown), Decimal(0))
    money_shown = money_of(total, shown[0].converted_currency or "") if shown else {}
    return {**money_shown, "missing": len(rows) - len(shown)}


_PAID = frozenset({"outlay", "disbursement", "expenditure"})


def _caveats(
    request: Request[FundingParams], groups: Sequence[AmountGroup], pool: Pool, amounts: Sequence[Amount]
) -> Iterator[Caveat]:
    """Yield what the answer does not know."""
    yield from withheld_caveats(amounts, pool.undisclosed)
    yield from _versions(groups)
    yield from _lacking(groups, pool.holdings)
    off = [
        f"{each.thing.name} ({plain(sum(stated, Decimal(0)))} per cent)"
        for each in pool.holdings.values()
        if (stated := stated_shares(each)) and not can_be_shared(each)
    ]
    if off:
        yield caveat("uncertain", "shares-off", names=listed(off))
    if any(each.is_part for each in amounts):
        yield caveat("derived", "parted")
    yield from left_out_caveats(amounts)
    if again := said_again_later(amounts):
        yield caveat("uncertain", "again-later", number=again)
    parts = ("total_obligated", "total_outlaid", "stated_total")
    stated_wholes = [
        each for each in pool.holdings.values() if any(f"{part}_amount" in each.thing.values for part in parts)
    ]
    if request.params.period and stated_wholes:
        yield caveat("partial", "whole-life", number=len(stated_wholes))


def _versions(groups: Sequence[AmountGroup]) -> Iterator[Caveat]:
    told: dict[tuple[str, str], dict[str, str]] = {}
    for group in sorted(groups, key=lambda group: (group[0].stated_on, group[0].amount, group[0].sources)):
        first = group[0]
        if first.layer in ("stated total", "project list version"):
            amount = money(first.amount, first.currency)
            said = ", ".join(filter(None, (first.stated_on, f"to {first.ends_on}" if first.ends_on else "")))
            told.setdefault((first.about.name, first.name), {}).setdefault(
                amount, f"{amount} ({said})" if said else amount
            )
    for (name, _), versions in sorted(told.items()):
        if len(versions) > 1:
            yield caveat("conflict", "versions", name=name, shown=", then ".join(versions.values()))


def _lacking(groups: Sequence[AmountGroup], holdings: Mapping[str, MoneyHolding]) -> Iterator[Caveat]:
    layers = {group[0].layer for group in groups}
    lacking = {
        "what was paid out": not any(group[0].measure in _PAID for group in groups),
        "what was passed on as sub-awards": "sub-award" not in layers
        and any(each.thing.cls == "Award" for each in holdings.values()),
        "single transactions": not layers & {"prime award", "project activity"},
    }
    if not groups:
        yield caveat("unknown", "nothing")
    elif any(lacking.values()):
        yield caveat("unknown", "lacking", names=listed([name for name, is_so in lacking.items() if is_so]))


FUNDING = Question(
    name="funding",
    title="How much money is held for this party, country, programme or award, through whom and when?",
    params=FundingParams,
    row=FundingRow,
    function=funding,
    names={"party": ("Party", "Programme", "ChildProtectionCompact", *HOLDERS[:2])},
    example={"party": "Ghana"},
    columns=(
        "about_name", "layer", "measure", "amount", "currency", "fiscal_year", "calendar_years", "recipient_name",
        "counted", "evidence",
    ),
)  # fmt: skip
