"""How papers and tables put days, counts and amounts into words."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.exports.tables import as_csv, as_json_lines, records
from iga.exports.wording import is_link, plain
from iga.graph.text import counted
from iga.queries.core.answer import Answer
from iga.queries.core.wording import long_day, money


@pytest.mark.parametrize(
    ("day", "printed"),
    [("2015-06-23", "June 23, 2015"), ("2015-06", "June 2015"), ("2015", "2015"), ("2020-01-01", "January 1, 2020")],
)
def test_a_day_is_printed_as_precisely_as_it_is_known(day: str, printed: str) -> None:
    assert long_day(day) == printed


def test_text_stays_on_one_line_without_control_characters() -> None:
    assert plain(" a\x00b\n\tc\u2028d\ud800 ") == "a b c d"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a.org; https://b.org", "https://a.org (copy)", "", "ftp://a.org"]
)
def test_only_one_plain_web_address_is_a_link(address: str) -> None:
    assert not is_link(address)
    assert is_link("https://www.state.gov/child-protection-compact-partnerships-ghana/?a=1&b=2#c")


def test_a_count_agrees_with_its_noun() -> None:
    assert (counted(1, "entry", "entries"), counted(1200, "entry", "entries"), counted(0, "row")) == (
        "1 entry",
        "1,200 entries",
        "no rows",
    )


@pytest.mark.parametrize(("value", "printed"), [("1E+6", "EUR 1,000,000"), ("0.50", "EUR 0.5"), ("-12", "EUR -12")])
def test_amounts_are_printed_in_full(value: str, printed: str) -> None:
    assert money(value, "EUR") == printed


Answered = Callable[..., Answer]


def test_csv_has_one_line_a_row_with_its_evidence(answered: Answered) -> None:
    answer = answered({"name": "Ghana, Republic of", "topics": ("a", "b")}, {"name": "Türkiye", "held": "unknown"})
    assert as_csv(answer) == (
        "name,phone,amount,topics,held,conflicts,confidence,fictional,evidence\r\n"
        '"Ghana, Republic of",,,a; b,yes,,,no,"ref:parties, parties.csv:2"\r\n'
        'Türkiye,,,,unknown,,,no,"ref:parties, parties.csv:2"\r\n'
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_cannot_become_a_formula(answered: Answered, start: str) -> None:
    text = f'{start}HYPERLINK("http://example.org")'
    [_, row] = csv.reader(io.StringIO(as_csv(answered({"name": text})), newline=""))
    assert row[0] == f"'{text}"


def test_a_phone_number_gets_the_apostrophe_but_a_negative_amount_does_not(answered: Answered) -> None:
    [_, row] = csv.reader(
        io.StringIO(as_csv(answered({"name": "x", "phone": "+1 555 0100", "amount": "-1250.5"})), newline="")
    )
    assert row[1:3] == ["'+1 555 0100", "-1250.5"]


def test_json_lines_carry_the_notes_themselves(answered: Answered) -> None:
    line = as_json_lines(answered({"name": "Côte d'Ivoire"}))
    assert json.loads(line)["evidence"][0]["locator"] == "parties.csv:2"


@given(names=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_every_format_has_the_same_rows_in_the_same_order(answered: Answered, names: list[str]) -> None:
    answer = answered(*({"name": name} for name in names))
    lines = [json.loads(line) for line in as_json_lines(answer).split("\n") if line]
    table = list(csv.reader(io.StringIO(as_csv(answer), newline="")))[1:]
    assert [line["name"] for line in lines] == [record["name"] for record in records(answer)] == names
    assert [row[0].removeprefix("'") for row in table] == [name.removeprefix("'") for name in names]
