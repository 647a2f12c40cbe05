"""Amounts shown in another currency: a view that names rate, day and source, and changes nothing that is held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from iga.graph.grouping import by_key
from iga.queries.core.answer import Ref
from iga.queries.core.reading import Entity, refs
from iga.queries.core.session import Session
from iga.queries.funding.reads import EXCHANGE_RATES_OF, OfCurrency

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
