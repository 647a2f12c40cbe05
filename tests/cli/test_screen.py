"""What fits a screen: five columns, twenty rows, words unbroken; what is alike in all rows is said once."""

from typing import Any

import pytest

from iga.cli.columns import in_columns, in_records
from iga.cli.screen import ScreenTable, table_of
from iga.graph.errors import UsageError
from iga.queries.core.answer import Answer, AnswerRow, Total


class Place(AnswerRow):
    name: str = ""
    amount: str | None = None
    currency: str | None = None
    body: str | None = None
    body_name: str | None = None
    remark: str | None = None
    reason: str | None = None


def answered(*rows: dict[str, Any]) -> Answer:
    made = tuple(Place(**{"evidence": (1,), **row}) for row in rows)
    return Answer(
        question="none", parameters={}, as_of="2026-06-01", answer="", rows=made, total=Total(value=len(made)),
        data_version="ab12",
    )  # fmt: skip  # what no test is about


def lines(answer: Answer, width: int = 80, **asked: Any) -> list[str]:
    return table_of(answer, **asked).lines(width)


def test_a_table_shows_columns_that_hold_something() -> None:
    assert lines(answered({"name": "Ghana", "amount": "5"}, {"name": "Peru"})) == [
        "name   amount",
        "-----  ------",
        "Ghana  5       [1]",
        "Peru           [1]",
    ]


def test_one_row_is_told_field_by_field() -> None:
    assert lines(answered({"name": "Ghana", "amount": "1500000"})) == [
        "name    Ghana",
        "amount  1,500,000",
        "notes   [1]",
    ]


def test_what_is_alike_in_all_rows_is_said_once() -> None:
    table = table_of(answered({"name": "Ghana", "amount": "5"}, {"name": "Peru", "amount": "5"}))
    assert table.headings == ("name", "")
    assert table.alike == {"amount": "5"}


def test_fields_are_shown_as_asked() -> None:
    answer = answered({"name": "Ghana", "amount": "5"}, {"name": "Peru", "amount": "5"})
    assert table_of(answer, fields=("amount", "name")).cells == (("5", "Ghana", "[1]"), ("5", "Peru", "[1]"))
    with pytest.raises(UsageError, match="has no 'nmae'; did you mean 'name'"):
        table_of(answer, fields=("nmae",))


def test_rows_beyond_the_limit_are_left_out() -> None:
    answer = answered(*({"name": f"Party {number}"} for number in range(25)))
    assert len(table_of(answer).cells) == 20
    assert len(table_of(answer, limit=3).cells) == 3
    assert len(table_of(answer, limit=None).cells) == 25


def test_at_most_five_columns_are_shown_and_the_others_are_named() -> None:
    names = ("name", "amount", "body", "body_name", "remark", "reason")
    table = table_of(answered(*({name: f"{name} {number}" for name in names} for number in range(2))))
    assert table.headings == ("name", "amount", "body", "body name", "remark", "")
    assert table.others == ("reason",)


def test_made_up_rows_and_doubtful_ones_are_marked() -> None:
    answer = answered({"name": "Ghana", "fictional": True}, {"name": "Peru", "held": "unknown"})
    assert lines(answer)[2:] == ["[practice] Ghana  [1]", "Peru (?)          [1]"]


@pytest.mark.parametrize("width", [20, 30, 45, 80])
def test_no_line_is_wider_than_the_screen_and_no_word_is_broken(width: int) -> None:
    cells = [["Ministry of Gender, Children and Social Protection", "2026-11-25", "child trafficking"]] * 2
    headings = ["name", "day", "topic"]
    shown = in_columns(headings, cells, width=width) or in_records(headings, cells, width=width)
    assert max(len(line) for line in shown) <= width
    words = set(" ".join(shown).split())
    assert {"Children", "Protection", "2026-11-25", "trafficking"} <= words


def test_an_address_is_never_broken() -> None:
    address = f"https://example.org/{'long' * 30}"
    assert in_columns(["page"], [[address]], width=50) == []
    assert in_records(["page"], [[address]], width=50) == [f"page  {address}"]


def test_a_repeated_heading_stays_blank() -> None:
    class Fact(AnswerRow):
        about_name: str
        fact: str

    rows = (Fact(about_name="Ghana", fact="1"), Fact(about_name="Ghana", fact="2"), Fact(about_name="Peru", fact="3"))
    assert [line[0] for line in table_of(answered().model_copy(update={"rows": rows})).cells] == ["Ghana", "", "Peru"]


def test_neighbouring_notes_are_shown_as_a_range() -> None:
    answer = answered({"name": "Ghana", "evidence": (1, 2, 3, 5, 6)}, {"name": "Peru"})
    assert table_of(answer).cells[0][-1] == "[1-3, 5, 6]"


def test_the_name_of_a_thing_stands_under_the_thing() -> None:
    answer = answered({"body": "org:eso", "body_name": "Example Organization"})
    assert table_of(answer, fields=("body_name",)).headings[0] == "body"
    assert table_of(answer, fields=("body", "body_name")).headings[:2] == ("body", "body name")


def test_an_amount_is_told_with_its_currency() -> None:
    table = table_of(answered({"amount": "2730000", "currency": "USD"}, {"amount": "1.50", "currency": "EUR"}))
    assert table.headings == ("amount", "")
    assert [line[0] for line in table.cells] == ["USD 2,730,000", "EUR 1.50"]


def test_wide_characters_take_two_places() -> None:
    first, _, row, *_ = lines(answered({"name": "肯尼亚", "amount": "5"}, {"name": "Ghana"}))
    assert first.index("amount") == row.index("5") + 3


def test_a_cell_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in "".join(lines(answered({"name": "\x1b[31mred\r\nnext"})))


def test_no_rows_give_no_table() -> None:
    assert table_of(answered()) == ScreenTable()
    assert lines(answered()) == []
