from collections.abc import Callable

import pytest

from exports.tables import as_table
from queries.core.answer import Answer, AnswerRow

Answered = Callable[..., Answer]


def test_a_table_shows_columns_that_hold_something(answered: Answered) -> None:
    assert as_table(answered({"name": "Ghana", "amount": "5"}, {"name": "Peru"}), width=80) == (
        "name   amount  held  fictional  evidence\n"
        "-----  ------  ----  ---------  --------\n"
        "Ghana  5       yes   no         [1]\n"
        "Peru           yes   no         [1]\n"
    )


def test_columns_are_shown_as_asked(answered: Answered) -> None:
    assert as_table(answered({"name": "Ghana", "amount": "5"}), width=80, columns=("amount", "name")) == (
        "amount  name\n------  -----\n5       Ghana\n"
    )


@pytest.mark.parametrize("width", [20, 30, 45, 80])
def test_no_line_is_wider_than_the_screen(answered: Answered, width: int) -> None:
    answer = answered(
        {"name": "Ministry of Gender, Children and Social Protection", "topics": ("child-trafficking",) * 3}
    )
    lines = as_table(answer, width=width).splitlines()
    assert max(len(line) for line in lines) <= width
    assert "Gender," in " ".join(lines)


def test_words_are_broken_only_where_there_is_no_room_for_whole_ones(answered: Answered) -> None:
    address = "ada.example.of.a.long.name@example.org"
    answer = answered({"name": "Ministry of Gender, Children and Social Protection", "phone": address, "amount": "5"})
    columns = ("name", "phone", "amount", "held", "evidence")
    assert address in as_table(answer, width=80, columns=columns)
    assert address not in as_table(answer, width=50, columns=columns)


def test_a_repeated_heading_stays_blank(answered: Answered) -> None:
    answer = answered({"name": "Ghana", "amount": "1"}, {"name": "Ghana", "amount": "2"}, {"name": "Peru"})
    assert as_table(answer, width=80, columns=("name", "amount"), grouped="name") == (
        "name   amount\n-----  ------\nGhana  1\n       2\nPeru\n"
    )


def test_neighbouring_notes_are_shown_as_a_range(answered: Answered) -> None:
    assert "[1-3, 5, 6]" in as_table(answered({"name": "Ghana", "evidence": (1, 2, 3, 5, 6)}), width=80)


def test_the_name_of_a_thing_stands_under_the_thing(answered: Answered) -> None:
    class Row(AnswerRow):
        body: str
        body_name: str

    answer = answered().model_copy(update={"rows": (Row(body="org:eso", body_name="Example Organization"),)})
    assert as_table(answer, width=80, columns=("body_name",)).startswith("body\n")
    assert as_table(answer, width=80, columns=("body", "body_name")).startswith("body     body name\n")


def test_wide_characters_take_two_places(answered: Answered) -> None:
    first, _, row, *_ = as_table(answered({"name": "肯尼亚", "amount": "5"}), width=80).splitlines()
    assert first.index("amount") == row.index("5") + 3


def test_a_cell_cannot_steer_the_terminal(answered: Answered) -> None:
    assert "\x1b" not in as_table(answered({"name": "\x1b[31mred\r\nnext"}), width=80)


def test_no_rows_give_no_table(answered: Answered) -> None:
    assert as_table(answered(), width=80) == ""
