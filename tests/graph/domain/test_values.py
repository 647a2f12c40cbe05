import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from iga.graph.domain.values import Amount, Channel, Day, Id, Interval, Money, Percentage, first_day, last_day, refines

DAY: TypeAdapter[str] = TypeAdapter(Day)
AMOUNT: TypeAdapter[str] = TypeAdapter(Amount)
ID: TypeAdapter[str] = TypeAdapter(Id)


@pytest.mark.parametrize("text", ["2021", "2021-03", "2021-03-09", "2024-02-29", "0001"])
def test_partial_dates_are_kept_as_written(text: str) -> None:
    assert DAY.validate_python(text) == text


@pytest.mark.parametrize("text", ["2021-13", "2021-00", "2023-02-29", "2021-3", "21", "2021-03-09T00:00", "0000", ""])
def test_dates_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(text)


def test_a_partial_date_spans_its_days() -> None:
    assert (first_day("2024-02"), last_day("2024-02")) == ("2024-02-01", "2024-02-29")
    assert (first_day("2021"), last_day("2021")) == ("2021-01-01", "2021-12-31")


def test_only_a_more_precise_date_refines() -> None:
    assert refines("2021-03", "2021")
    assert refines("2021", "")
    assert not refines("2021", "2021-03")
    assert not refines("2022-03", "2021")
    assert not refines("2021", "2021")


def test_a_blank_end_is_unknown_never_open() -> None:
    assert Interval.model_validate({"start": "1973"}).end_kind == "unknown"
    assert Interval.model_validate({"start": "1973", "end": "1990"}).end_kind == "dated"


@pytest.mark.parametrize(
    "parts",
    [
        {"start": "2021-05", "end": "2021-04"},
        {"start": "2021", "end_kind": "dated"},
        {"end": "2021", "end_kind": "open"},
    ],
)
def test_intervals_that_contradict_themselves_are_refused(parts: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Interval.model_validate(parts)


def test_an_end_within_a_partial_start_is_no_contradiction() -> None:
    assert Interval.model_validate({"start": "2021", "end": "2021-04"}).end == "2021-04"


@pytest.mark.parametrize(("given_as", "kept"), [("1250.50", "1250.5"), ("-0.00", "0"), (3, "3"), ("1E3", "1000")])
def test_amounts_are_signed_decimal_text(given_as: object, kept: str) -> None:
    assert AMOUNT.validate_python(given_as) == kept


@pytest.mark.parametrize("value", [0.1, "NaN", "Infinity", "12,5", "$5", "1e999999"])
def test_amounts_that_lost_or_hide_their_number_are_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        AMOUNT.validate_python(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4))
def test_an_amount_validated_twice_is_the_same(number: object) -> None:
    once = AMOUNT.validate_python(str(number))
    assert AMOUNT.validate_python(once) == once


def test_money_needs_currency_and_measure() -> None:
    with pytest.raises(ValidationError):
        Money.model_validate({"amount": "5"})


@pytest.mark.parametrize("text", ["-1", "100.5", "1e3"])
def test_a_share_is_one_of_a_hundred(text: str) -> None:
    with pytest.raises(ValidationError, match="must lie between 0 and 100"):
        TypeAdapter(Percentage).validate_python(text)


@pytest.mark.parametrize("value", ["a@example.org; b@example.org", "nobody", "a@b"])
def test_one_channel_holds_one_address(value: str) -> None:
    with pytest.raises(ValidationError, match="one address to a cell"):
        Channel.model_validate({"kind": "email", "value": value})


@pytest.mark.parametrize("text", ["gov:ken", "named:ngo:acme", "treaty:cets-197", "body:us-state-tip.peia"])
def test_ids_are_kind_and_slug(text: str) -> None:
    assert ID.validate_python(text) == text


@pytest.mark.parametrize("text", ["Gov:KEN", "ken", "gov:", "gov:côte", "gov:a b", ":x"])
def test_other_ids_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        ID.validate_python(text)
