"""What is held on a government that bears on each of the minimum standards."""

from typing import Any

from tests.queries.conftest import Ask
from tests.reading import some


def bearing(answer: Any) -> dict[str, list[tuple[str, str | None]]]:
    standards: dict[str, list[tuple[str, str | None]]] = {}
    for row in answer.rows:
        standards.setdefault(row.citation.removeprefix("22 USC 7106"), []).append((row.part, row.what_name))
    return standards


def test_advice_laws_treaties_and_placements_stand_under_the_standards_they_bear_on(answer_to: Ask) -> None:
    standards = bearing(answer_to("minimum-standards", party="Peru"))
    assert [part for part, _ in standards[""]] == ["assessment", "assessment", "assessment"]
    assert standards["(a)(1)"] == [("law", "Law of Peru"), ("treaty", "Pact of Specimens")]
    assert standards["(b)(1)"] == [("recommendation", "Advice on courts")]
    assert standards["(b)(7)"] == [("recommendation", "Advice on officials")]


def test_where_nothing_is_held_a_row_says_so_and_it_is_unknown(answer_to: Ask) -> None:
    answer = answer_to("minimum-standards", party="Peru")
    [row] = [row for row in answer.rows if row.citation == "22 USC 7106(b)(8)"]
    assert (row.part, row.what, row.held) == ("nothing held", None, "unknown")
    assert "We have no entry for 22 USC 7106 (b)(8) on file." in answer.answer
    assert any("may be met all the same" in doubt.text for doubt in answer.caveats)


def test_advice_on_child_labor_alone_is_not_taken_for_advice_on_trafficking(answer_to: Ask) -> None:
    assert "Advice on children" not in [
        row.what_name for row in some(answer_to("minimum-standards", party="Peru").rows)
    ]


def test_only_standards_on_a_topic_may_be_asked_for(answer_to: Ask) -> None:
    assert set(bearing(answer_to("minimum-standards", party="Peru", topic="prosecution"))) == {"(b)(1)"}


def test_what_is_later_than_the_day_does_not_bear(answer_to: Ask) -> None:
    standards = bearing(answer_to("minimum-standards", party="Peru", as_of="2023-12-31"))
    assert standards["(b)(1)"] == [("nothing held", None)]
    assert [part for part, _ in standards[""]] == ["assessment"]


def test_the_sorting_is_said_to_be_ours(answer_to: Ask) -> None:
    assert any(doubt.kind == "derived" and "our own sorting" in doubt.text
               for doubt in answer_to("minimum-standards", party="Peru").caveats)  # fmt: skip


def test_a_topic_that_no_standard_is_on_is_said(answer_to: Ask) -> None:
    answer = answer_to("minimum-standards", party="Peru", topic="survivor engagement")
    assert answer.rows == ()
    assert answer.headline.endswith("Not confirmed: none of the minimum standards on file is sorted under that topic.")
