import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.exports.tables import as_csv, as_json_lines, records
from iga.queries.core.answer import Answer

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
