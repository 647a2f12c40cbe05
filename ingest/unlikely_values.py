"""Values that can hardly be meant: amounts beyond any budget, currencies that do not exist, days far off."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from iga.graph.domain.catalog import declared
from iga.graph.domain.currencies import CURRENCIES
from iga.graph.statements import Value
from iga.graph.suggestions import did_you_mean
from iga.ingest.numbers import without_currency
from iga.ingest.rejections import short

# No State is older than a few centuries, no plan or treaty runs for more than a few decades.
_EARLIEST, _LATEST = "1600", "2099"
# Above ten trillion of most currencies; the largest budget there is has fewer.
_MOST_MONEY = Decimal(10) ** 14
# 1.500 is one and a half, or fifteen hundred.
_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")


def unlikely(word: str, values: Mapping[str, Value], cells: Sequence[str]) -> Iterator[str]:
    """Yield why values of a class or type, read from cells, can hardly be meant: amounts, currencies, days."""
    for name, value in values.items():
        if not isinstance(value, dict):
            if isinstance(value, str) and _rules(word).get(name) == "day" and _is_far(value):
                yield f"the day {value} of {name} lies far ahead or long ago"
            continue
        amount, currency = value.get("amount", ""), value.get("currency", "")
        for cell in cells if amount else ():
            if _THOUSANDS.fullmatch(bare := without_currency(cell)[0]) and Decimal(bare) == Decimal(amount):
                yield f"{short(cell)!r} was taken as {amount}; if its point parts thousands, write it without"
        if amount and abs(Decimal(amount)) >= _MOST_MONEY:
            yield f"the amount {amount} {currency} is more than any budget"
        if currency and currency not in CURRENCIES:
            yield f"there is no currency {currency}{did_you_mean(currency, CURRENCIES)}"
        for part in ("start", "end", "value_date"):
            if _is_far(value.get(part, "")):
                yield f"the day {value[part]} of {name} lies far ahead or long ago"


def _is_far(day: str) -> bool:
    return bool(day) and not _EARLIEST <= day[:4] <= _LATEST


@cache
def _rules(word: str) -> Mapping[str, str]:
    return {rule.name: rule.shape for rule in declared(word).rules().values()}
