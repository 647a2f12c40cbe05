"""One row of an answer on funding: amounts of one thing, layer, measure, currency, source and fiscal year together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeAlias

from iga.graph.grouping import by_key
from iga.queries.core.answer import AnswerRow, Ref
from iga.queries.core.columns import column, needed
from iga.queries.core.question import SourcedRow
from iga.queries.core.reading import Entity, refs
from iga.queries.core.session import Session
from iga.queries.funding.amounts import ELSEWHERE, LAYERS, SHARED, Amount, Layer
from iga.queries.funding.reads import EXCHANGE_RATES_OF, OfCurrency
from iga.queries.funding.totals import counts, plain, refs_of, span_of, total_of


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
        amount: To the cent.
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
        to: Currency that amounts are shown in.
        held: Rates of each other currency, latest first.
        titles: Titles of sources, by name.
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
        """Return an amount in the currency asked for; where that cannot be, why, as a sentence without a stop.

        Args:
            amount: As it is held.
            currency: Its currency.
            day: Full day that it is of; blank if it has none.
        """
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


def grouped_amounts(amounts: Iterable[Amount]) -> list[AmountGroup]:
    """Return amounts by thing, layer, measure, currency, source, fiscal year, recipient and reason, in that order."""
    groups = by_key(amounts, _kind)
    in_order = sorted(groups, key=lambda kind: tuple(map(str, kind)))
    return [tuple(sorted(groups[kind], key=lambda one: (one.day, one.name, one.refs))) for kind in in_order]


def _kind(one: Amount) -> tuple[object, ...]:
    single = (str(one.amount), one.stated_on, one.refs) if one.stated_on or not one.preferred else ()
    what = (LAYERS.index(one.layer), one.about.name, one.about.id, one.measure, one.currency, one.sources)
    return (*what, f"{one.fiscal_year or 0:04}", one.receiver, one.giver, bool(one.left_out), one.left_out, *single)


def row_of(
    group: AmountGroup, names: Mapping[str, str], undisclosed: frozenset[str], titles: Mapping[str, str]
) -> SourcedRow[FundingRow]:
    """Return the row of a group.

    Args:
        group: The amounts.
        names: Printed names by id.
        undisclosed: Ids of parties whose names are withheld.
        titles: Titles of sources by name.
    """
    first = group[0]
    years = sorted({day[:4] for amount in group if amount.day for day in amount.days or ()})
    row = FundingRow(
        held="unknown" if first.left_out in (ELSEWHERE, SHARED) else "yes",
        about=first.about.id,
        about_name=first.about.name,
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
