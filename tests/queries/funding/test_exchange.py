"""Money of another currency, and what is too much for an answer."""

from decimal import Decimal

import pytest

from iga.queries.core.reading import Entity
from iga.queries.funding import hop, steps
from iga.queries.funding.funding import Converted, Rates
from tests.queries.funding.conftest import AskSample


def rate(currency: str, base: str, value: str, day: str) -> Entity:
    values = {"currency": currency, "base": base, "rate": value, "rate_on": day, "evidence": ['["rates:x","1"]']}
    return Entity(id=f"rate:{day}", cls="ExchangeRate", name=day, values=values)


RATES = Rates(
    "USD",
    {"PEN": (rate("PEN", "USD", "4", "2031-09-30"), rate("PEN", "USD", "5", "2031-06-30")),
     "EUR": (rate("USD", "EUR", "1.25", "2031-09-30"),)},
    {"rates:x": "Example rates"},
)  # fmt: skip


def amount(found: Converted | str) -> Decimal:
    assert isinstance(found, Converted)
    return found.amount


def test_the_latest_rate_up_to_the_day_counts_directly_or_turned_round() -> None:
    assert amount(RATES.converted(Decimal(100), "PEN", "2031-10-15")) == 25
    assert amount(RATES.converted(Decimal(100), "PEN", "2031-08-15")) == 20
    assert amount(RATES.converted(Decimal(100), "EUR", "2031-10-15")) == 125
    assert amount(RATES.converted(Decimal(-100), "PEN", "2031-10-15")) == -25


def test_an_amount_in_the_currency_asked_for_stays_as_it_is() -> None:
    found = RATES.converted(Decimal("1.5"), "USD", "")
    assert isinstance(found, Converted)
    assert (found.amount, found.refs) == (Decimal("1.5"), ())


def test_without_a_day_or_a_rate_near_it_the_reason_is_told() -> None:
    assert RATES.converted(Decimal(1), "PEN", "") == "not converted: its day is not on record, so no rate of PEN fits"
    for day in ("2031-01-01", "2032-05-01"):
        assert "of the 100 days to" in str(RATES.converted(Decimal(1), "PEN", day))
    assert "no rate between GHS and USD" in str(RATES.converted(Decimal(1), "GHS", "2031-10-15"))


_CAPS = {
    "level-cut": "_MOST_OF_LEVEL",
    "too-deep": "DEEPEST",
    "too-many-of-a-kind": "MOST_EACH",
    "too-many": "MOST_EACH",
}


@pytest.mark.parametrize(
    ("question", "party"), [("funding-trace", "Example Treasury"), ("funding-of", "Pretend Community House")]
)
def test_what_is_beyond_a_cap_is_told(
    ask_sample: AskSample, question: str, party: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask_sample(question, party=party)
    assert not _CAPS.keys() & {caveat.macro for caveat in whole.caveats}
    for name, most in (("_MOST_OF_LEVEL", 1), ("DEEPEST", 2), ("MOST_EACH", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(steps, name, most)
            patch.setattr(hop, "MOST_EACH", most)
            capped = ask_sample(question, party=party)
        told = {caveat.macro for caveat in capped.caveats}
        assert told & {macro for macro, cap in _CAPS.items() if cap == name}
        assert len(capped.rows) < len(whole.rows)
