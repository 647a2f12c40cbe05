import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from iga.graph.errors import FileRefused, HeaderError
from iga.ingest.readers.file_table import FileRow, FileTable
from iga.ingest.readers.xlsx_table import SheetForm, cell_text, xlsx_tables


def written(path: Path, rows: list[list[Any]], *, title: str = "Contacts") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def read(path: Path, form: SheetForm | None = None) -> tuple[FileTable, list[FileRow]]:
    with xlsx_tables(path, form or SheetForm()) as (table,):
        return table, list(table.rows)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.xlsx"


def test_a_header_below_title_rows_and_locators_by_sheet_and_row(path: Path) -> None:
    written(
        path,
        [["IGA contacts"], ["as of May"], [], ["Name", " Title/\nOrg "], ["Ada", "Min."], [None, None], ["Bo", None]],
    )
    table, rows = read(path, SheetForm(("Contacts",), header_row=4))
    assert table.place == "x.xlsx!Contacts!"
    assert table.header == ("Name", "Title/ Org")
    assert "IGA contacts" in table.above[0]
    assert [(row.line, row.cells) for row in rows] == [(5, ["Ada", "Min."]), (7, ["Bo", ""])]


def test_cells_of_every_kind_become_text(path: Path) -> None:
    values = [5, 5.0, 0.1, 1e-7, True, date(2021, 3, 4), datetime(2021, 3, 4), datetime(2021, 3, 4, 5, 6), " x "]
    written(path, [[f"c{n}" for n in range(len(values))], values])
    _, [row] = read(path)
    assert row.cells == ["5", "5", "0.1", "0.0000001", "yes", "2021-03-04", "2021-03-04", "2021-03-04 05:06:00", " x "]


def test_a_percentage_is_read_as_it_is_seen(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["share"])
    sheet.append([0.4])
    sheet["A2"].number_format = "0%"
    book.save(path)
    assert read(path)[1][0].cells == ["40%"]


def test_a_formula_without_a_calculated_value_rejects_its_row_alone(path: Path) -> None:
    written(path, [["a", "b"], ["x", "=1+1"], ["y", 2]])
    _, rows = read(path)
    assert rows[0].fault is not None
    assert "B2 holds a formula" in rows[0].fault.reason
    assert (rows[1].fault, rows[1].cells) == (None, ["y", "2"])


def test_a_formula_is_read_as_the_value_it_was_saved_with(path: Path) -> None:
    written(path, [["a"], ["=1+1"]])
    _replaced(path, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>2</v>", b"<v />", b"<v>2</v>", b"<v/>", b"<v>2</v>")
    _, [row] = read(path)
    assert (row.fault, row.cells) == (None, ["2"])


def test_an_error_value_rejects_its_row(path: Path) -> None:
    written(path, [["a", "b"], ["x", "#REF!"]])
    _, [row] = read(path)
    assert row.fault is not None
    assert "#REF!" in row.fault.reason


def test_merged_header_cells_are_refused_and_merged_rows_are_told(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["a", "b"], [1, 2], [3, 4]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(path)
    table, _ = read(path)
    assert any("merged cells begin in the rows 2" in note for note in table.notes)
    sheet.merge_cells("A1:B1")
    book.save(path)
    with pytest.raises(FileRefused, match="merged cells; unmerge it"):
        read(path)


def test_the_sheet_must_be_named_where_several_show(path: Path) -> None:
    book = Workbook()
    book.create_sheet("OLD").append(["a"])
    book.save(path)
    with pytest.raises(FileRefused, match="holds the sheets Sheet, OLD"):
        read(path)
    with pytest.raises(FileRefused, match="no sheet 'OLDE'; did you mean 'OLD'"):
        read(path, SheetForm(("OLDE",)))
    book["OLD"].sheet_state = "hidden"
    book.save(path)
    table, _ = read(path, SheetForm(("OLD",)))
    assert any("is hidden" in note for note in table.notes)


def test_a_row_far_down_and_a_stated_size_that_lies_cost_nothing(path: Path) -> None:
    written(path, [["a"], ["x"]])
    _replaced(
        path, "xl/worksheets/sheet1.xml", b'ref="A1:A2"', b'ref="A1:XFC1048576"', b'<row r="2">', b'<row r="1000000">',
        b'r="A2"', b'r="A1000000"',
    )  # fmt: skip  # read across, like the rows of a table
    _, rows = read(path)
    assert [(row.line, row.cells) for row in rows] == [(1_000_000, ["x"])]


def test_a_blank_header_row_and_a_damaged_sheet_are_refused(path: Path) -> None:
    written(path, [[], ["a"]])
    with pytest.raises(HeaderError, match="row 1 is blank"):
        read(path)
    written(path, [["a"], ["x"]])
    _replaced(path, "xl/worksheets/sheet1.xml", b"</sheetData>", b"")
    with pytest.raises(FileRefused, match="damaged"):
        read(path)


def test_a_shared_text_that_is_not_there_is_refused(path: Path) -> None:
    written(path, [["a"], ["x"]])
    _replaced(path, "xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>x</t></is>', b't="s"><v>99</v>')
    with pytest.raises(FileRefused, match="damaged"):
        read(path)


def _replaced(path: Path, part: str, *changes: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_sheet_that_is_not_there_is_refused_with_the_nearest(path: Path) -> None:
    written(path, [["Name"]])
    with pytest.raises(FileRefused, match="has no sheet 'Contact'; did you mean 'Contacts'"):
        read(path, SheetForm(("Contact",)))


def test_a_day_and_a_time_are_text() -> None:
    sheet = Workbook().worksheets[0]
    sheet.append([date(2026, 5, 1), time(10, 30)])
    assert [cell_text(cell) for cell in sheet[1]] == ["2026-05-01", "10:30:00"]
