from collections.abc import Callable

import pytest

from exports.tables import as_table
from queries.answer import Answer

Answered = Callable[..., Answer]


def test_a_table_shows_columns_that_hold_something(answered: Answered) -> None:
    assert as_table(answered({"name": "Ghana", "amount": "5"}, {"name": "Peru"}), width=80) == (
        "name   amount  held  evidence\n"
        "-----  ------  ----  --------\n"
        "Ghana  5       yes   [1]\n"
        "Peru           yes   [1]\n"
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


def test_wide_characters_take_two_places(answered: Answered) -> None:
    first, _, row, *_ = as_table(answered({"name": "肯尼亚", "amount": "5"}), width=80).splitlines()
    assert first.index("amount") == row.index("5") + 3


def test_a_cell_cannot_steer_the_terminal(answered: Answered) -> None:
    assert "\x1b" not in as_table(answered({"name": "\x1b[31mred\r\nnext"}), width=80)


def test_no_rows_give_no_table(answered: Answered) -> None:
    assert as_table(answered(), width=80) == ""
