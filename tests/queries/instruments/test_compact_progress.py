"""How far a compact is: targets and actuals, contributions pledged and delivered, dialogues and promises."""

from typing import Any

import pytest

from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.reading import Entity, FullEdgeRow, edge_to
from iga.queries.core.session import Session
from iga.queries.instruments.compact_progress import IndicatorReading
from tests.queries.conftest import Ask


def of_part(answer: Any, part: str) -> list[Any]:
    return [row for row in answer.rows if row.part == part]


def test_each_reading_stands_beside_its_target_and_a_missing_target_is_an_answer(answer_to: Ask) -> None:
    rows = of_part(answer_to("compact-progress", party="Peru"), "indicator")
    assert [(row.what_name, row.period, row.target, row.actual, row.standing) for row in rows] == [
        ("Cases in court", "2025", None, "3", "target not set"),
        ("Children found", "2025", "15", "20", "target reached"),
        ("Children found", "2026-03", "30", "5", "short of the target"),
        ("Children found", "2026-03", None, "3", "target not set for the period; as a whole: 50 by 2027"),
        ("Days to shelter", "2025", "5", "4", "target reached"),
        ("Officials trained", None, None, None, "a measurement is not on file; target: 40"),
    ]


def test_what_was_not_measured_is_unknown_and_stays_null(answer_to: Ask) -> None:
    [row] = [row for row in answer_to("compact-progress", party="Peru").rows if row.what_name == "Officials trained"]
    assert (row.actual, row.held) == (None, "unknown")


def test_a_pledge_says_what_of_it_was_delivered_and_whether_anything_shows_it(answer_to: Ask) -> None:
    rows = {row.what_name: row for row in of_part(answer_to("compact-progress", party="Peru"), "contribution")}
    assert {name: row.standing for name, row in rows.items()} == {
        "Contribution paid": "delivered, with evidence",
        "Contribution pledge": "pledged; some of it delivered, with evidence",
        "Contribution shelters": "pledged; its delivery is not on file",
        "Contribution staff": "delivered, without evidence",
        "Contribution usa": "obligated",
    }
    assert rows["Contribution paid"].against_name == "Contribution pledge"
    assert rows["Contribution shelters"].held == "unknown"


def test_the_sentence_counts_and_never_adds_amounts(answer_to: Ask) -> None:
    answer = answer_to("compact-progress", party="Peru")
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        (
            "headline",
            "1 of 4 indicators of Compact with Peru reached the latest target; 1 short, 1 without a target and 1 not "
            "measured.",
        ),
        ("pledges", "Peru made 2 pledges; something was delivered on 1, with evidence on 1."),
        ("other-contributions", "The United States gave 1 amount or contribution."),
        ("dialogues", "The last dialogue was 2026-02-10; the next is 2027-02."),
        ("promises", "3 promises were made under it; 2 are open, none known overdue."),
    ]
    assert answer.clauses[0].values["by_reach"]["reached"] == 1


def test_a_promise_is_overdue_once_its_day_has_passed(answer_to: Ask) -> None:
    on = {row.what_name: row.standing for row in answer_to("compact-progress", party="Peru", as_of="2030-05-15").rows}
    assert on["Promise of register"] == "overdue"
    assert on["Promise of trainers"] == "open"
    assert on["Promise of team"] == "fulfilled"


def test_what_came_after_the_day_is_left_out(answer_to: Ask) -> None:
    answer = answer_to("compact-progress", party="Peru", as_of="2025-06-30")
    assert [row.period for row in of_part(answer, "indicator") if row.what_name == "Children found"] == ["2025"]
    assert of_part(answer, "promise") == []


def test_a_compact_is_found_by_its_title_with_its_partner(answer_to: Ask) -> None:
    rows = answer_to("compact-progress", agreement="Compact with Peru").rows
    assert {(row.name, row.compact_name) for row in rows} == {("Peru", "Compact with Peru")}


def test_without_partner_or_compact_it_is_refused(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="needs party"):
        answer_to("compact-progress")


def test_a_government_without_a_compact_is_told_so(answer_to: Ask) -> None:
    assert (
        "Not confirmed: no Child Protection Compact with Chile is on file"
        in answer_to("compact-progress", party="Chile").answer
    )


def test_of_a_real_compact_nulls_are_kept(demo: Session) -> None:
    rows: list[Any] = list(ask(demo, "compact-progress", {"party": "Ghana"}).rows)
    real = [row for row in rows if row.part == "indicator"]
    assert [(row.target, row.actual) for row in real] == [(None, None), (None, None)]


def test_the_fictional_compact_is_marked_as_such(demo: Session) -> None:
    answer = ask(demo, "compact-progress", {"party": "Malawi"})
    rows: list[Any] = list(answer.rows)
    assert rows
    assert all(row.fictional for row in rows)
    assert all("fictional" in row.compact_name.casefold() for row in rows)
    assert any(doubt.kind == "uncertain" and "made up" in doubt.text for doubt in answer.caveats)


@pytest.mark.parametrize(
    ("is_ascending", "value", "target", "reach"),
    [
        (True, "12", "10", "reached"), (False, "12", "10", "short"), (True, "many", "10", "not judged"),
        (True, "12", "most", "not judged"), (None, "12", "10", "not judged"), (True, None, "10", "not measured"),
        (True, "12", None, "no target"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_reading_that_is_no_number_is_not_judged(
    is_ascending: bool | None, value: str | None, target: str | None, reach: str
) -> None:
    def thing(cls: str, **values: Any) -> FullEdgeRow:
        return edge_to(Entity(id=f"{cls.lower()}:x", cls=cls, name="x", values=values))

    indicator, reading = thing("Indicator", is_ascending=is_ascending), thing("Measurement", value=value, target=target)
    assert IndicatorReading(indicator, reading).reach == reach
