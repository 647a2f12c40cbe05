"""One field of many statements."""

from iga.graph.fold.live import Said
from iga.graph.fold.nodes import fold_day, fold_first, fold_interval, fold_list, fold_values, in_order, interval_refines
from iga.graph.fold.recipes import recipe
from iga.graph.statements import Values


def said(values: Values, *, rank: int = 50, stated_on: str = "", row: tuple[str, str] = ("list:a", "1")) -> Said:
    return Said(rank, stated_on, row, "Ngo", values, 0)


def term(start: str, end: str = "", kind: str = "") -> dict[str, str]:
    return {"start": start, "end_kind": kind or ("dated" if end else "unknown"), "end": end}


def test_rank_then_day_then_source_then_row_then_value_decide() -> None:
    pool = [
        said({"name": "f"}), said({"name": "e"}), said({"name": "d"}, row=("list:a", "0")),
        said({"name": "c"}, stated_on="2021"), said({"name": "b"}, stated_on="2021-03"), said({"name": "a"}, rank=10),
    ]  # fmt: skip  # read across, like the rows of a table
    assert [one.values["name"] for one in in_order(pool)] == ["a", "b", "c", "d", "e", "f"]


def test_another_value_is_a_conflict() -> None:
    assert fold_first(["x", "x"]) == ("x", False)
    assert fold_first(["x", "y"]) == ("x", True)


def test_the_most_precise_date_that_refines_the_first_stands() -> None:
    assert fold_day(["2021", "2021-03", "2021-03-04"]) == ("2021-03-04", False)
    assert fold_day(["2021-03", "2021"]) == ("2021-03", False)
    assert fold_day(["2021", "2022-01"]) == ("2021", True)


def test_two_dates_that_refine_the_first_differently_are_a_conflict() -> None:
    assert fold_day(["2021", "2021-03", "2021-04"]) == ("2021", True)


def test_an_interval_is_never_mixed_from_two() -> None:
    assert fold_interval([term("2021"), term("2015", "2019")]) == (term("2021"), True)


def test_an_interval_that_refines_both_parts_is_taken_in_its_place() -> None:
    assert fold_interval([term("2021"), term("2021-03", "2023")]) == (term("2021-03", "2023"), False)
    assert fold_interval([term("2021", "2023"), term("2021-03")]) == (term("2021", "2023"), True)


def test_open_refines_unknown_but_not_a_date() -> None:
    assert interval_refines(term("2021", kind="open"), term("2021"))
    assert not interval_refines(term("2021", kind="open"), term("2021", "2023"))
    assert not interval_refines(term("2021"), term("2021", kind="open"))


def test_lists_are_united_sorted_and_never_in_conflict() -> None:
    assert fold_list([["b", "a"], ["a", "c"]]) == (["a", "b", "c"], False)


def test_fields_that_the_class_does_not_declare_are_left_out() -> None:
    assert fold_values([said({"name": "x", "position": "y"})], recipe("Ngo"), {}) == ({"name": "x"}, [])


def test_a_ref_is_mapped_before_it_is_compared() -> None:
    pool = [said({"sovereignty": "gov:a"}), said({"sovereignty": "gov:b"})]
    assert fold_values(pool, recipe("Government"), {"gov:b": "gov:a"}) == ({"sovereignty": "gov:a"}, [])
