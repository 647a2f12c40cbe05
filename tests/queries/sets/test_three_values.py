"""Yes, no and not known combine by the laws of Kleene, and a span of numbers compares as all that it may be does."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.queries.sets.cell import Cell, CellReason, Comparison, Extent
from iga.queries.sets.three_values import Truth, all_of_them, any_of_them, opposite

ALL: tuple[Truth, ...] = ("no", "unknown", "yes")
PAIRS = list(product(ALL, ALL))
TRIPLES = list(product(ALL, ALL, ALL))
COMPARISONS: tuple[Comparison, ...] = ("is", ">", ">=", "<", "<=")
truths = st.lists(st.sampled_from(ALL), max_size=6)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_and_is_the_least_and_or_the_greatest(one: Truth, other: Truth) -> None:
    assert all_of_them((one, other)) == min(one, other, key=ALL.index)
    assert any_of_them((one, other)) == max(one, other, key=ALL.index)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_what_is_denied_of_both_is_denied_of_one(one: Truth, other: Truth) -> None:
    assert opposite(all_of_them((one, other))) == any_of_them((opposite(one), opposite(other)))
    assert opposite(any_of_them((one, other))) == all_of_them((opposite(one), opposite(other)))
    assert opposite(opposite(one)) == one
    assert all_of_them((one, any_of_them((one, other)))) == one
    assert any_of_them((one, all_of_them((one, other)))) == one


@pytest.mark.parametrize(("one", "other", "third"), TRIPLES)
def test_and_spreads_over_or(one: Truth, other: Truth, third: Truth) -> None:
    either = any_of_them((other, third))
    assert all_of_them((one, either)) == any_of_them((all_of_them((one, other)), all_of_them((one, third))))


@given(truths, truths)
def test_one_more_condition_makes_nothing_truer(some: list[Truth], more: list[Truth]) -> None:
    assert ALL.index(all_of_them([*some, *more])) <= ALL.index(all_of_them(some))
    assert ALL.index(any_of_them([*some, *more])) >= ALL.index(any_of_them(some))
    assert all_of_them(reversed(some)) == all_of_them(some)


@given(truths, st.data())
def test_who_learns_more_overturns_no_yes_and_no_no(some: list[Truth], data: st.DataObject) -> None:
    learnt = [truth if truth != "unknown" else data.draw(st.sampled_from(ALL)) for truth in some]
    for combined in (all_of_them, any_of_them):
        if combined(some) != "unknown":
            assert combined(learnt) == combined(some)


spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda ends: Extent.of_number(min(ends), max(ends)))


@given(spans, st.integers(0, 9), st.sampled_from(COMPARISONS))
def test_a_span_compares_as_all_or_none_or_some_of_its_numbers_do(
    span: Extent, wanted: int, comparison: Comparison
) -> None:
    numbers = range(int(span.least or 0), int(span.most or 0) + 1)
    held = {
        {"is": it == wanted, ">": it > wanted, ">=": it >= wanted, "<": it < wanted, "<=": it <= wanted}[comparison]
        for it in numbers
    }
    expected = "unknown" if len(held) > 1 else "yes" if held == {True} else "no"
    assert span.is_so(comparison, Extent.of_number(wanted)) == expected


def test_a_number_without_an_end_is_never_surely_less() -> None:
    many = Extent.of_number(3, is_open=True)
    assert [many.is_so(comparison, Extent.of_number(5)) for comparison in COMPARISONS] == ["unknown"] * 5
    assert many.is_so(">=", Extent.of_number(3)) == "yes"
    assert many.is_so("<", Extent.of_number(3)) == "no"


@pytest.mark.parametrize(
    ("day", "comparison", "wanted", "truth"),
    [
        ("2015", ">", "2015", "no"), ("2016-01-01", ">", "2015", "yes"), ("2015", "<", "2015-07", "unknown"),
        ("2015-03", "is", "2015", "yes"), ("2015", "is", "2015-03", "unknown"), ("2014", ">=", "2015-03", "no"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_day_compares_by_all_days_that_it_may_be(day: str, comparison: Comparison, wanted: str, truth: Truth) -> None:
    assert Extent.of_day(day).is_so(comparison, Extent.of_day(wanted)) == truth


def test_a_cell_that_is_not_known_says_neither_yes_nor_no_of_any_value() -> None:
    perhaps = Cell("unknown", ("Tier 3",), reason=CellReason("unpublished", {"year": 2025}))
    assert [perhaps.is_so("is", tier) for tier in ("Tier 3", "Tier 1")] == ["unknown", "unknown"]
    assert Cell("no").is_so("is", "Tier 3") == "no"
    assert Cell("yes", ("Tier 1", "Tier 3")).is_so("is", "Tier 3") == "yes"
