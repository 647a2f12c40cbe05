"""No text of the domain is without a limit; a fiscal year has its days."""

import typing

import pytest
from pydantic import TypeAdapter, ValidationError

from iga.graph.domain.catalog import EDGES, NODES
from iga.graph.domain.model import Declared
from iga.graph.domain.values import Channel, Interval, Money, fiscal_year_days, fiscal_year_of
from iga.graph.fold.shapes import FoldedNode
from iga.graph.projection.properties import LONGEST_SORT_NAME, node_properties

FIELDS = [(cls, name) for cls in (*NODES, *EDGES) for name in cls.model_fields]
PARTS = [(cls, name) for cls in (Channel, Interval, Money) for name in cls.model_fields]
ENDLESS = "x" * 1_000_000


@pytest.mark.parametrize(("cls", "name"), FIELDS, ids=[f"{cls.__name__}.{name}" for cls, name in FIELDS])
def test_a_text_of_a_million_characters_fits_no_field(cls: type[Declared], name: str) -> None:
    check = TypeAdapter(cls).validate_python
    shape = cls.rules()[name].shape
    value: typing.Any = [ENDLESS] if shape == "list" else ENDLESS
    with pytest.raises(ValidationError):
        check({name: value})


@pytest.mark.parametrize(("cls", "name"), PARTS, ids=[f"{cls.__name__}.{name}" for cls, name in PARTS])
def test_a_text_of_a_million_characters_fits_no_part_of_a_value(cls: type, name: str) -> None:
    whole = {
        "Channel": {"kind": "address", "value": "a"},
        "Interval": {"start": "2021"},
        "Money": {"amount": "1", "currency": "USD", "measure": "budget"},
    }[cls.__name__]
    with pytest.raises(ValidationError):
        cls(**{**whole, name: ENDLESS})


def test_a_name_whose_letters_unfold_stays_short_enough_to_be_indexed() -> None:
    node = FoldedNode("ngo:a", "Ngo", {"name": "\ufdfa" * 1_000}, (), ("ngo:a",), (), 0)
    properties = node_properties(node)
    assert len(properties["sort_name"]) == LONGEST_SORT_NAME
    assert len(properties["sort_name"].encode()) < 8_000


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2031-09-30", 2031), ("2026-01-01", 2026), ("2031-10-01", 2032), ("2031-10", 2032), ("2031-03", 2031),
        ("2031", None), ("1975-07-01", 1976), ("1976-06-30", 1976), ("1976-08-15", None), ("1976-10-01", 1977),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_day_lies_in_the_fiscal_year_that_ends_after_it(day: str, year: int | None) -> None:
    assert fiscal_year_of(day) == year


@pytest.mark.parametrize("year", [1950, 1976, 1977, 2031])
def test_the_days_of_a_fiscal_year_lie_in_it(year: int) -> None:
    first, last = fiscal_year_days(year)
    assert (fiscal_year_of(first), fiscal_year_of(last)) == (year, year)


def test_the_fiscal_year_began_in_july_until_1976() -> None:
    assert fiscal_year_days(1976) == ("1975-07-01", "1976-06-30")
    assert fiscal_year_days(1977) == ("1976-10-01", "1977-09-30")
