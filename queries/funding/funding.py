"""How much money, through whom and when: of a party, in a country, under a programme or of one award."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, TypeAlias

from pydantic import Field

from iga.graph.grouping import by_key
from iga.queries.core.answer import AnswerRow, Ref, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat
from iga.queries.core.columns import column, named, needed
from iga.queries.core.printed_names import printed_names
from iga.queries.core.question import Question, Request, Result
from iga.queries.core.reading import Entity, refs
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from iga.queries.core.wording import listed
from iga.queries.funding.amounts import ELSEWHERE, HOLDERS, LAYERS, SHARED, Amount, Layer, lines, said_again_later
from iga.queries.funding.one_measure import can_be_shared, is_place, rank, share_of_place, stated_shares
from iga.queries.funding.pool import (
    Pool,
    TimeParams,
    counted_once,
    gathered,
    is_asked,
    is_in_movements,
    not_of,
    wholes,
    with_parts,
)
from iga.queries.funding.reads import EXCHANGE_RATES_OF, OfCurrency
from iga.queries.funding.totals import (
    IN_MOVEMENTS,
    Sum,
    counts,
    left_out_caveats,
    left_out_clause,
    money_of,
    overlapping,
    plain,
    refs_of,
    single_clause,
    span_of,
    total_clauses,
    total_of,
    withheld_caveats,
    years_by_kind,
)
from iga.queries.funding.undisclosed import silent_in

_PAID = frozenset({"outlay", "disbursement", "expenditure"})
_OF_A_WHOLE_LIFE = ("total_obligated_amount", "total_outlaid_amount", "stated_total_amount")


class FundingRow(AnswerRow):
    """Amounts of one award, project, budget line or contribution that are of one kind, added up."""

    about: str = needed("Id of the award, project, budget line or contribution.")
    about_name: str = needed("Its name.")
    about_class: str = needed("Its class.")
    layer: Layer = needed("Which layer of money: rows of two layers may tell the same money.")
    measure: str = needed("What the amount measures: obligation, disbursement, announced …")
    amount: str = needed("Sum of the amounts of this row, as a decimal number; negative ones included.")
    currency: str = needed("ISO 4217 code.")
    amount_count: int = needed("How many amounts the row adds up.")
    fiscal_year: int | None = column("US fiscal year, from October to September.")
    calendar_years: str | None = column("Calendar years of its days; null if no day is held.")
    giver: str | None = column("Id of who gave.")
    giver_name: str | None = column("Name of who gave.")
    recipient: str | None = column("Id of who received.")
    recipient_name: str | None = column("Name of who received.")
    is_undisclosed: bool = column("Whether the recipient's name is withheld.", False)
    counted: bool = column("Whether the totals of the answer count it.", True)
    left_out: str | None = column("Why no total counts it.")
    is_derived: bool = column("Whether it is worked out as the share that a source states for the country.", False)
    stated_on: str | None = column("Day that a stated total or a list version is of.")
    ends_on: str | None = column("End of the period that the same source states with it.")
    preferred: bool = column("Whether the graph goes by this version, where there are several.", True)
    source_title: str = needed("Title of the source.")
    converted_amount: str | None = column("The amount in the currency asked for.")
    converted_currency: str | None = column("That currency.")
    conversion: str | None = column("Rate, day and source of the conversion, or why none fits.")


# The Treasury Reporting Rates of Exchange are of the last day of each quarter; a quarter has at most 92 days, and a
# release may come a few days late.
_OLDEST_DAYS = 100
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Converted:
    """An amount in another currency.

    Attributes:
        how: The rate, its day and its source in words.
        refs: Source rows of the rate; none where no rate was needed.
    """

    amount: Decimal
    how: str
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Rates:
    """The rates between one currency and others.

    Attributes:
        held: Rates of each other currency, latest first.
    """

    to: str
    held: Mapping[str, tuple[Entity, ...]]
    titles: Mapping[str, str]

    @classmethod
    def of(cls, session: Session, to: str) -> "Rates":
        """Return the rates that are held for a currency."""
        whole = filter(_is_whole, session.read(EXCHANGE_RATES_OF, OfCurrency(code=to)))
        by_code = by_key(whole, lambda rate: rate.values["base" if rate.values["currency"] == to else "currency"])
        latest = {code: tuple(sorted(rates, key=_day, reverse=True)) for code, rates in by_code.items()}
        return cls(to, latest, {name: card.title for name, card in session.cards.items()})

    def converted(self, amount: Decimal, currency: str, day: str) -> Converted | str:
        """Return an amount in the currency asked for; where that cannot be, why, as a sentence without a stop."""
        if currency == self.to:
            return Converted(amount, f"stated in {currency}")
        if not day:
            return f"not converted: its day is not on record, so no rate of {currency} fits"
        rate = next((rate for rate in self.held.get(currency, ()) if _day(rate) <= day), None)
        if rate is None or (date.fromisoformat(day) - date.fromisoformat(_day(rate))).days > _OLDEST_DAYS:
            between = f"between {currency} and {self.to} of the {_OLDEST_DAYS} days to {day}"
            return f"not converted: no rate {between} is on record"
        per_base = Decimal(rate.values["rate"])
        shown = amount * per_base if rate.values["currency"] == self.to else amount / per_base
        return Converted(shown.quantize(_CENT, ROUND_HALF_EVEN), self._how(rate), refs(rate.values))

    def _how(self, rate: Entity) -> str:
        values = rate.values
        sources = "; ".join(dict.fromkeys(self.titles.get(source, source) for source, _ in refs(values)))
        return f"{values['rate']} {values['currency']} for 1 {values['base']}, {values['rate_on']}, {sources}"


def _is_whole(rate: Entity) -> bool:
    values = rate.values
    days = len(values.get("rate_on", "")) == len("2031-01-01")
    return days and all(values.get(part) for part in ("currency", "base", "rate")) and Decimal(values["rate"]) > 0


def _day(rate: Entity) -> str:
    return str(rate.values["rate_on"])


def told_once(ways: Iterable[str], *, most: int = 3) -> str:
    """Return how amounts were converted, each way once; beyond `most` the rest is counted."""
    known = list(dict.fromkeys(ways))
    more = f"; and {len(known) - most} more rates" if len(known) > most else ""
    return "; ".join(known[:most]) + more


AmountGroup: TypeAlias = tuple[Amount, ...]
"""Amounts that one row adds up; they agree in everything but the amount and the day. The first speaks for all."""


def _grouped_amounts(amounts: Iterable[Amount]) -> list[AmountGroup]:
    """Return amounts by thing, layer, measure, currency, source, fiscal year, recipient and reason, in that order."""
    groups = by_key(amounts, _kind)
    in_order = sorted(groups, key=lambda kind: tuple(map(str, kind)))
    return [tuple(sorted(groups[kind], key=lambda one: (one.day, one.name, one.refs))) for kind in in_order]


def _kind(one: Amount) -> tuple[object, ...]:
    single = (str(one.amount), one.stated_on, one.refs) if one.stated_on or not one.preferred else ()
    what = (LAYERS.index(one.layer), one.about.name, one.about.id, one.measure, one.currency, one.sources)
    return (*what, f"{one.fiscal_year or 0:04}", one.receiver, one.giver, bool(one.left_out), one.left_out, *single)


def _row_of(
    group: AmountGroup, names: Mapping[str, str], undisclosed: frozenset[str], titles: Mapping[str, str]
) -> SourcedRow[FundingRow]:
    first = group[0]
    years = sorted({day[:4] for amount in group if amount.day for day in amount.days or ()})
    row = FundingRow(
        held="unknown" if first.left_out in (ELSEWHERE, SHARED) else "yes",
        **named("about", first.about),
        about_class=first.about.cls,
        layer=first.layer,
        measure=first.measure,
        amount=plain(total_of(group)),
        currency=first.currency,
        amount_count=len(group),
        fiscal_year=first.fiscal_year,
        calendar_years=span_of(years),
        giver=first.giver or None,
        giver_name=names.get(first.giver),
        recipient=first.receiver or None,
        recipient_name=names.get(first.receiver),
        is_undisclosed=first.receiver in undisclosed,
        counted=counts(first),
        left_out=first.left_out or None,
        is_derived=any(amount.is_part for amount in group),
        stated_on=first.stated_on or None,
        ends_on=first.ends_on or None,
        preferred=first.preferred,
        source_title="; ".join(titles.get(source, source) for source in first.sources),
    )
    return SourcedRow(row, refs_of(group), parts=tuple(amount.refs for amount in group))


def converted(known: SourcedRow[FundingRow], group: AmountGroup, rates: Rates) -> SourcedRow[FundingRow]:
    """Return a row with its amount in another currency beside it: each amount at the rate of its own day."""
    shown = [rates.converted(one.amount, one.currency, one.day if len(one.day) == _FULL else "") for one in group]
    if missing := [why for why in shown if isinstance(why, str)]:
        return replace(known, row=known.row.model_copy(update={"conversion": told_once(missing)}))
    whole = [one for one in shown if isinstance(one, Converted)]
    columns = {
        "converted_amount": plain(sum((one.amount for one in whole), Decimal(0))),
        "converted_currency": rates.to,
        "conversion": told_once(one.how for one in whole),
    }
    rested = tuple(dict.fromkeys(ref for one in whole for ref in one.refs))
    return replace(known, row=known.row.model_copy(update=columns), dated_by=(*known.dated_by, *rested))


_FULL = len("2031-01-01")


class FundingParams(TimeParams):
    """What `funding` is asked with."""

    party: str = needed(
        "A recipient, implementer or funder; a government, for what runs in its country; a programme or"
        " compact; or one award or project.",
        "Ghana",
    )
    convert_to: str | None = Field(
        default=None,
        description="Currency (ISO 4217) to show amounts in as well, at rates that are held.",
        examples=["USD"],
        pattern=r"^[A-Z]{3}$",
    )


_WITHHELD = "a recipient whose name is withheld"


def funding(request: Request[FundingParams]) -> Result[FundingRow]:
    """List amounts by award or project, layer, measure, currency, source and fiscal year; nothing is added across.

    Totals count neither likely duplicates, nor money that two agencies report, nor versions of one total, nor what a
    party passes on; a country gets the share that is stated of it. Rows of what is left out stand beside, with the
    reason.
    """
    session, subject = request.session, request.one("party")
    pool = gathered(request, subject)
    amounts = [*pool.amounts, *lines(pool.holdings)]
    if not request.params.period:
        amounts += _wholes(session, subject, pool)
    if is_place(subject, pool.holdings):
        amounts = share_of_place(amounts, pool.holdings, subject)
    groups = _grouped_amounts(amount for amount in amounts if is_asked(request, amount))
    rows = _rows(request, groups, pool.undisclosed)
    amounts = [amount for group in groups for amount in group]
    clauses = _clauses(request, groups, rows, amounts, pool)
    if not is_place(subject, pool.holdings):
        clauses = with_parts(request, clauses, pool.holdings, *HOLDERS)
    return Result.of(clauses, rows, _caveats(request, groups, pool, amounts))


def _wholes(session: Session, subject: Subject, pool: Pool) -> list[Amount]:
    """Return each version of the figures of wholes; that two sources state one amount of an award counts once."""
    figures = [_whole(figure, subject, pool) for figure in wholes(session, pool.holdings)]
    return [*(one for one in figures if not counts(one)), *counted_once(filter(counts, figures))]


def _whole(figure: Amount, subject: Subject, pool: Pool) -> Amount:
    """Return a version of a figure of a whole, with the reason why it may be no total of the party's."""
    if figure.is_single:
        return figure
    reason = (
        IN_MOVEMENTS if is_in_movements(figure, pool.amounts) else not_of(subject, pool.holdings[figure.about.id], pool)
    )
    return replace(figure, left_out=reason)


def _rows(
    request: Request[FundingParams], groups: Sequence[AmountGroup], undisclosed: frozenset[str]
) -> Rows[FundingRow]:
    session = request.session
    names = printed_names(session, {id_ for group in groups for id_ in (group[0].giver, group[0].receiver) if id_})
    titles = {name: card.title for name, card in session.cards.items()}
    rows = [_row_of(group, names, undisclosed, titles) for group in groups]
    if request.params.convert_to:
        rates = Rates.of(session, request.params.convert_to)
        rows = [converted(row, group, rates) for row, group in zip(rows, groups, strict=True)]
    return Rows.of(rows)


def _clauses(
    request: Request[FundingParams],
    groups: Sequence[AmountGroup],
    rows: Rows[FundingRow],
    amounts: Sequence[Amount],
    pool: Pool,
) -> Iterator[SourcedClause]:
    """Yield the totals, what stands apart from them, and what no total counts."""
    subject, totals = request.one("party"), _totals(groups, rows)
    things = Counter({group[0].about.id: group[0].about.cls for group in groups}.values())
    values: dict[str, Any] = {
        "subject": subject.name,
        "period": request.params.period,
        "things": {cls: things[cls] for cls in (*HOLDERS, "Transaction") if things[cls]},
        "is_place": is_place(subject, pool.holdings),
        "other_years": {} if rows else years_by_kind(pool.amounts),
        "silent": None if rows else silent_in(request, pool),
    }
    if totals:
        first, more = totals[0]
        yield first.clause("headline", **values, **more)
        yield from total_clauses(totals, subject.id, after_first=True)
    else:
        own = _own(subject, pool, amounts)
        yield rows.clause("headline", **values, **overlapping(own, pool.holdings))
        told = {amount.about.id for amount in own}
        amounts = [amount for amount in amounts if not amount.is_single or amount.about.id not in told]
    yield from single_clause(amounts, pool.holdings)
    yield from left_out_clause(amounts)


def _totals(groups: Sequence[AmountGroup], rows: Rows[FundingRow]) -> list[tuple[Sum, dict[str, Any]]]:
    """Return totals by layer, measure, currency and source, each with what its clause says besides."""
    counting: dict[tuple[int, str, str, str, str], list[tuple[AmountGroup, FundingRow]]] = {}
    for group, row in zip(groups, rows, strict=True):
        if counts(group[0]):
            # Two files may have one title: their names, which are unlike, keep them apart.
            names = "; ".join(group[0].sources)
            kind = (LAYERS.index(row.layer), row.measure, row.currency, row.source_title, names)
            counting.setdefault(kind, []).append((group, row))
    titled = Counter(kind[:4] for kind in counting)
    alike = Counter(kind[:3] for kind in counting)
    totals = []
    for kind, pairs in sorted(counting.items(), key=lambda pair: (rank((LAYERS[pair[0][0]], pair[0][1])), pair[0])):
        layer, measure, currency, title, names = kind
        total = Sum(LAYERS[layer], measure, currency, tuple(amount for group, _ in pairs for amount in group))
        known_as = title if titled[kind[:4]] == 1 else f"{title} ({names})"
        source = known_as if alike[kind[:3]] > 1 else ""
        hands = _hands([row for _, row in pairs])
        totals.append((total, {"source": source, "converted": _converted([row for _, row in pairs]), **hands}))
    return totals


def _hands(rows: Sequence[FundingRow]) -> dict[str, list[str]]:
    """Return who gave and who received, each once, as far as their names are told."""
    names = {
        "givers": [row.giver_name for row in rows],
        "receivers": [_WITHHELD if row.is_undisclosed else row.recipient_name for row in rows],
    }
    once = {hand: dict.fromkeys(filter(None, known)) for hand, known in names.items()}
    return {hand: sorted(known, key=_WITHHELD.__eq__) for hand, known in once.items()}


def _own(subject: Subject, pool: Pool, amounts: Sequence[Amount]) -> list[Amount]:
    """Return the amounts of things that are the party's own."""
    things = pool.holdings
    return [one for one in amounts if one.about.id not in things or not not_of(subject, things[one.about.id], pool)]


def _converted(rows: Sequence[FundingRow]) -> dict[str, Any] | None:
    """Return a total in the currency asked for, as far as rates are held; None where none was asked for."""
    if not any(row.conversion for row in rows):
        return None
    shown = [row for row in rows if row.converted_amount is not None]
    total = sum((Decimal(row.converted_amount or 0) for row in shown), Decimal(0))
    money_shown = money_of(total, shown[0].converted_currency or "") if shown else {}
    return {**money_shown, "missing": len(rows) - len(shown)}


def _caveats(
    request: Request[FundingParams], groups: Sequence[AmountGroup], pool: Pool, amounts: Sequence[Amount]
) -> Iterator[UnwordedCaveat]:
    """Yield what the answer does not know."""
    yield from withheld_caveats(amounts, pool.undisclosed)
    yield from pool.apart
    yield from _versions(groups)
    yield from _lacking(groups, pool)
    shares = [(one.thing.name, stated_shares(one)) for one in pool.holdings.values() if not can_be_shared(one)]
    if off := [f"{name} ({plain(sum(stated, Decimal(0)))} per cent)" for name, stated in shares if stated]:
        yield caveat("uncertain", "shares-off", names=listed(off))
    if any(amount.is_part for amount in amounts):
        yield caveat("derived", "parted")
    yield from left_out_caveats(amounts)
    if again := said_again_later(amounts):
        yield caveat("uncertain", "again-later", number=again)
    of_a_life = sum(any(map(one.thing.values.get, _OF_A_WHOLE_LIFE)) for one in pool.holdings.values())
    if request.params.period and of_a_life:
        yield caveat("partial", "whole-life", number=of_a_life)


def _versions(groups: Sequence[AmountGroup]) -> Iterator[UnwordedCaveat]:
    """Yield the versions of each figure that is stated in several amounts, each amount by its first day."""
    figures: dict[tuple[str, str], dict[tuple[str, str], dict[str, Any]]] = {}
    for first in sorted((group[0] for group in groups), key=lambda one: (one.stated_on, one.amount, one.sources)):
        if first.layer in ("stated total", "project list version"):
            money = money_of(first.amount, first.currency)
            versions = figures.setdefault((first.about.name, first.name), {})
            days = {"stated_on": first.stated_on, "ends_on": first.ends_on}
            versions.setdefault((money["amount"], money["currency"]), {**money, **days})
    for (name, _), versions in sorted(figures.items(), key=lambda pair: pair[0]):
        if len(versions) > 1:
            yield caveat("conflict", "versions", name=name, versions=list(versions.values()))


def _lacking(groups: Sequence[AmountGroup], pool: Pool) -> Iterator[UnwordedCaveat]:
    layers = {group[0].layer for group in groups}
    has_awards = any(holding.thing.cls == "Award" for holding in pool.holdings.values())
    lacking = {
        "what was paid out": not any(group[0].measure in _PAID for group in groups),
        "what was passed on as sub-awards": "sub-award" not in layers and has_awards,
        "single transactions": not layers & {"prime award", "project activity", "transaction"},
    }
    if not groups:
        yield caveat("unknown", "nothing")
    elif any(lacking.values()):
        yield caveat("unknown", "lacking", names=listed([name for name, is_so in lacking.items() if is_so]))


FUNDING = Question.of(
    funding,
    title="How much money is held for this party, country, programme or award, through whom and when?",
    names={"party": ("Party", "Programme", "ChildProtectionCompact", *HOLDERS[:2])},
    example={"party": "Ghana"},
    columns=(
        "about_name", "layer", "measure", "amount", "currency", "fiscal_year", "calendar_years", "recipient_name",
        "counted", "evidence",
    ),
)  # fmt: skip  # in the order of the table
