"""A contact list as a grid of cells: what each holds, what is struck through, and what is said of its looks."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from iga.graph.errors import FileRefused
from iga.ingest.contact_list import grid
from iga.ingest.contact_list.grid import Grid, GridCell, grids
from iga.ingest.readers.file_table import LONGEST_CELL

TOO_LONG = GridCell(fault="the cell is longer than any cell, or holds a NUL character")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give a workbook with whatever a cell may be besides a text."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("Ghana", "Ada", "=A1"), (None, "Kofi", "#REF!"), (None, "x" * (LONGEST_CELL - 1), None)):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet["B1"].comment = Comment("likes tea", "somebody")
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "x.xlsx")
    return tmp_path / "x.xlsx"


def only(path: Path) -> Grid:
    [found], _ = grids(path)
    return found


def test_a_merged_cell_shows_in_each_of_its_rows(book: Path) -> None:
    assert [row.cell(0).text for row in only(book).rows] == ["Ghana", "Ghana", ""]


def test_a_cell_that_shows_no_value_cannot_be_read(book: Path) -> None:
    uncalculated, error, _ = (row.cell(2).fault for row in only(book).rows)
    assert uncalculated == "the cell holds a formula without a calculated value"
    assert error == "the cell shows the error #REF!"


def test_comments_and_hidden_rows_are_told(book: Path) -> None:
    notes = only(book).notes
    assert notes == [
        "x.xlsx!Sheet: 1 comment on a cell was not read",
        "x.xlsx!Sheet: row 2: hidden or filtered out in the workbook, and read all the same",
    ]


def test_a_sheet_that_is_not_there_is_refused_with_the_nearest(book: Path, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"x\.xlsx: has no sheet 'Sheat'; did you mean 'Sheet'"):
        grids(book, ["Sheat"])
    (tmp_path / "x.csv").write_text("Name,Phone\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="a text file, which has no sheet 'Sheet'"):
        grids(tmp_path / "x.csv", ["Sheet"])


def test_a_list_beyond_what_is_held_in_memory_is_sent_to_a_mapping(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "MAX_CELLS", 3)
    (tmp_path / "x.csv").write_text("Name,Phone\nAda,1\n", encoding="utf-8")
    for path in (book, tmp_path / "x.csv"):
        with pytest.raises(
            FileRefused, match=r"more than 3 cells, too many for a contact list\. Describe it in a mapping: iga"
        ):
            grids(path)


def test_a_cell_beyond_any_cell_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f"Name,Phone\n{'x' * (LONGEST_CELL + 1)},1\n", encoding="utf-8")
    assert [row.cell(0) for row in only(tmp_path / "x.csv").rows] == [GridCell("Name"), TOO_LONG]


def test_quotes_that_hold_half_the_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('Name,Phone\n"' + "x" * 200_000, encoding="utf-8")
    with pytest.raises(FileRefused, match=r"x\.csv: no table \(field larger than field limit .*\); check its quotes"):
        grids(tmp_path / "x.csv")
