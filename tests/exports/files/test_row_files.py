"""Rows come back the same from each format, in their order; nothing runs, and nothing is cut without a word."""

import csv
import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from iga.exports.files.row_files import WRITERS, RowFile, TitledRows
from iga.exports.files.workbook import SheetOfRows, write_workbook
from iga.exports.tables import cell_text
from tests.exports.exported_world import EVIL

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES = st.one_of(TEXTS, st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.lists(TEXTS, max_size=3))
ROWS = st.lists(
    st.fixed_dictionaries({"id": st.integers(1, 9), "name": VALUES, "=field": VALUES, "third": VALUES}),
    min_size=1,
    max_size=5,
)


def content(rows: list[dict[str, Any]]) -> RowFile:
    return RowFile(TitledRows.of("Rows", rows), {"rows": rows}, (), (("Marking", "INTERNAL"),), "internal")


def written(kind: str, rows: list[dict[str, Any]]) -> bytes:
    file = io.BytesIO()
    WRITERS[kind](file, content(rows))
    return file.getvalue()


def from_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def from_workbook(data: bytes, sheet: str = "Rows") -> list[list[str]]:
    page = load_workbook(io.BytesIO(data))[sheet]
    return [
        [cell_text(unescape(cell) if isinstance(cell, str) else cell) for cell in row]
        for row in page.iter_rows(values_only=True)
    ]


@given(rows=ROWS)
def test_each_format_reads_back_as_the_same_rows(rows: list[dict[str, Any]]) -> None:
    fields = list(rows[0])
    texts = [[cell_text(row[field]) for field in fields] for row in rows]
    assert [json.loads(line) for line in written("jsonl", rows).decode().split("\n") if line] == rows
    assert json.loads(written("json", rows))["rows"] == rows
    table = from_csv(written("csv", rows))
    assert [[cell.removeprefix("'") for cell in row] for row in table[1:]] == [
        [text.removeprefix("'") for text in row] for row in texts
    ]
    assert from_workbook(written("xlsx", rows))[1:] == [[_in_a_workbook(text) for text in row] for row in texts]


def test_no_cell_of_a_workbook_is_a_formula_and_a_number_stays_one() -> None:
    book = load_workbook(io.BytesIO(written("xlsx", [{"name": EVIL, "year": 2024, "amount": "-1.50"}])))
    name, year, amount = book["Rows"][2]
    assert (name.data_type, name.quotePrefix, name.number_format) == ("s", True, "@")
    assert (year.value, year.data_type) == (2024, "n")
    assert (amount.value, amount.data_type) == ("-1.50", "s")
    head = book["Rows"].oddHeader
    assert head is not None
    assert head.center.text == "INTERNAL"
    assert book["Rows"].freeze_panes == "A2"


def test_a_text_longer_than_a_cell_is_cut_and_said() -> None:
    file = io.BytesIO()
    notes = write_workbook(
        file, [SheetOfRows("Rows", ("name",), iter([["x" * 32_767], ["😀" * 20_000]]))], marking="public"
    )
    assert notes == (
        "Rows!A3 would have 40,000 characters, a cell holds 32,767 and is cut there; the other formats have the whole"
        " text",
    )
    [_, [whole], [cut]] = from_workbook(file.getvalue())
    assert whole == "x" * 32_767
    assert cut == "😀" * 16_383 + "…"


def test_many_cells_that_are_cut_are_counted() -> None:
    rows = (["x" * 32_768] for _ in range(7))
    notes = write_workbook(io.BytesIO(), [SheetOfRows("Rows", ("name",), rows)], marking="public")
    assert notes[-1] == "2 further cells are cut for the same reason"


def test_a_full_sheet_goes_on_in_another_and_says_so() -> None:
    file = io.BytesIO()
    rows = ([str(number)] for number in range(7))
    notes = write_workbook(file, [SheetOfRows("Rows", ("name",), rows)], marking="public", most_rows=4)
    assert [note.partition(" is full")[0] for note in notes] == ["sheet 'Rows'", "sheet 'Rows 2'"]
    book = load_workbook(io.BytesIO(file.getvalue()))
    assert book.sheetnames == ["Rows", "Rows 2", "Rows 3"]
    assert [row[0] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)] == list("0123456")
    assert all(sheet["A1"].value == "name" for sheet in book)


def test_control_characters_are_written_out_and_counted() -> None:
    file = io.BytesIO()
    notes = write_workbook(file, [SheetOfRows("Rows", ("name",), iter([["a\x00b\x0bc"]]))], marking="public")
    assert notes == ("2 characters that a workbook cannot hold are written out, such as <U+0001>",)
    assert from_workbook(file.getvalue())[1] == ["a<U+0000>b<U+000B>c"]


def test_a_field_name_cannot_become_a_formula_either() -> None:
    assert from_csv(written("csv", [{"=1+1": "x"}]))[0] == ["'=1+1"]


def _in_a_workbook(text: str) -> str:
    """Return a text as a workbook holds it: one kind of line end, what it cannot hold written out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff") else f"<U+{ord(letter):04X}>"
        for letter in plain
    )
