from pathlib import Path

import pytest

from iga.graph.errors import FileRefused, HeaderError
from iga.ingest.readers.csv_table import LONGEST_ROW, CsvForm, csv_table
from iga.ingest.readers.file_table import LONGEST_CELL, FileRow, FileTable


def read(path: Path, content: bytes | str, form: CsvForm | None = None) -> tuple[FileTable, list[FileRow]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with csv_table(path, form or CsvForm()) as table:
        return table, list(table.rows)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.csv"


def test_rows_carry_the_physical_line_they_start_on(path: Path) -> None:
    _, rows = read(path, 'a,b\r\n1,"two\r\nlines"\r\n\r\n3,4\r\n')
    assert [(row.line, row.cells) for row in rows] == [(2, ["1", "two\r\nlines"]), (5, ["3", "4"])]


def test_a_header_may_start_below_title_lines_that_are_kept_for_the_look_over(path: Path) -> None:
    table, rows = read(path, "Title\nas of May\na,b\n1,2\n", CsvForm(header_row=3))
    assert (table.above, table.header, rows[0].line) == (("Title", "as of May"), ("a", "b"), 4)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"),
     ("utf-16-be", "utf-16-be"), ("utf-32", "utf-32")],
)  # fmt: skip  # read across, like the rows of a table
def test_an_encoding_is_detected_and_told(path: Path, encoding: str, told: str) -> None:
    table, rows = read(path, "name,town\nAda,Zürich\nBo,Łódź\n".encode(encoding))
    assert rows[1].cells == ["Bo", "Łódź"]
    assert table.header == ("name", "town")
    assert any(f"read as {told} (detected)" in note for note in table.notes)


@pytest.mark.parametrize(
    ("encoding", "name", "town"),
    [("cp1252", "Jürgen Müller", "Besançon"), ("cp1251", "Иван Петров", "Москва"), ("cp932", "山田太郎", "東京"),
     ("cp1256", "محمد", "القاهرة")],
)  # fmt: skip  # read across, like the rows of a table
def test_what_is_not_unicode_is_read_as_the_likely_code_page_and_told(
    path: Path, encoding: str, name: str, town: str
) -> None:
    table, rows = read(path, f"name,town\n{f'{name},{town}{chr(10)}' * 5}".encode(encoding))
    assert rows[0].cells == [name, town]
    assert any(f"read as {encoding} (detected)" in note for note in table.notes)


def test_a_stated_encoding_is_used_and_refused_where_it_is_wrong(path: Path) -> None:
    form = CsvForm(encoding="cp1250")
    table, rows = read(path, "a\nŁódź\n".encode("cp1250"), form)
    assert rows[0].cells == ["Łódź"]
    assert "as the mapping states" in table.notes[0]
    with pytest.raises(FileRefused, match="line 3 is not utf-8"):
        read(path, b"a\nb\n\xff\n", CsvForm(encoding="utf-8"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_delimiter_is_detected_and_told(path: Path, delimiter: str) -> None:
    table, rows = read(path, f"a{delimiter}b\n1{delimiter}2\n")
    assert rows[0].cells == ["1", "2"]
    assert any(repr(delimiter) in note and "detected" in note for note in table.notes)


def test_the_delimiter_is_the_one_that_yields_the_known_columns(path: Path) -> None:
    table, _ = read(path, "name, first; of a, b, c;town\n1;2;3\n", CsvForm(columns=["name, first", "town"]))
    assert table.header == ("name, first", "of a, b, c", "town")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1,2,3", "3 cells where the header has 2"),
        ("1", "1 cells where the header has 2"),
        ('1,"a"b', "the quotes of the row do not fit"),
        ("1,a\0b", "a NUL character"),
        (f"1,{'x' * (LONGEST_CELL + 1)}", "a cell is longer"),
    ],
)
def test_a_bad_row_is_faulty_and_the_rows_after_it_are_read(path: Path, line: str, reason: str) -> None:
    _, rows = read(path, f"a,b\n{line}\n3,4\n")
    assert rows[0].fault is not None
    assert reason in rows[0].fault.reason
    assert (rows[1].fault, rows[1].cells, rows[1].line) == (None, ["3", "4"], 3)


def test_blank_cells_beyond_the_header_are_no_fault(path: Path) -> None:
    table, rows = read(path, "a,b,,\n1,2,,\n1,2,,x\n")
    assert table.header == ("a", "b")
    assert [row.fault is None for row in rows] == [True, False]


def test_a_quote_that_is_never_closed_is_told_with_its_line(path: Path) -> None:
    _, rows = read(path, 'a,b\n1,2\n"3,4\n5,6\n')
    assert rows[1].line == 3
    assert rows[1].fault is not None
    assert "never closed" in rows[1].fault.reason
    assert rows[1].cells == ['"3,4\n5,6']


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04rest", "workbook or zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old .xls"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"  <!DOCTYPE html><html>", "web page"),
        (b"\xff\xfea\x00\x00\xd8", "goes on otherwise"),
    ],
)
def test_what_is_no_text_is_refused_by_name(path: Path, content: bytes, told: str) -> None:
    with pytest.raises(FileRefused, match=told):
        read(path, content)


@pytest.mark.parametrize("content", ["", "\n1,2\n", ",,\n1,2,3\n", '"a\n'])
def test_a_file_without_a_header_is_refused(path: Path, content: str) -> None:
    with pytest.raises(HeaderError):
        read(path, content)


def test_an_endless_line_is_one_bad_row_and_the_rows_after_it_are_read(path: Path) -> None:
    _, rows = read(path, "a,b\n" + "x," * LONGEST_ROW + "\n3,4\n")
    assert [(row.line, row.fault is None) for row in rows] == [(2, False), (3, True)]
    assert rows[0].fault is not None
    assert "2,000,000 characters without the end of a row" in rows[0].fault.reason
    assert len(rows[0].cells[0]) <= LONGEST_CELL


def test_a_file_that_begins_with_an_endless_line_is_refused(path: Path) -> None:
    with pytest.raises(FileRefused, match="this is no table"):
        read(path, "x," * LONGEST_ROW)


def test_an_overlong_cell_of_many_lines_is_one_bad_row_and_none_of_its_lines_is_taken(path: Path) -> None:
    _, rows = read(path, "a,b\n1," + '"' + "x,y\n" * 100_000 + '"\n3,4\n')
    assert [(row.line, row.fault is None) for row in rows] == [(2, False), (100_003, True)]
    assert rows[0].fault is not None
    assert "the lines 2 to 100002 are one row that is not taken" in rows[0].fault.reason


def test_a_quote_that_swallows_the_rest_of_a_long_file_takes_no_row_of_it(path: Path) -> None:
    _, rows = read(path, 'a,b\n1,2\n3,"4\n' + "5,6\n" * 100_000)
    assert [(row.line, row.fault is None) for row in rows] == [(2, True), (3, False)]
    assert rows[1].fault is not None
    assert "a quote is opened and not closed; so the lines 3 to 100003" in rows[1].fault.reason


def test_bytes_of_another_encoding_reject_their_rows_alone(path: Path) -> None:
    good = "Côte,Łódź\n".encode()
    table, rows = read(path, b"a,b\n" + good + "Besançon,x\n".encode("cp1252") + good)
    assert [row.fault is None for row in rows] == [True, False, True]
    assert rows[1].cells == ["Besançon", "x"]
    assert rows[1].fault is not None
    assert "cell 1 holds a byte (E7) that is not of the encoding of the file" in rows[1].fault.reason
    assert any("1 bytes are of another encoding" in note for note in table.notes)


def test_where_files_were_joined_the_second_header_and_its_mark_are_not_taken_as_rows(path: Path) -> None:
    _, rows = read(path, "a,b\n1,2\n\ufeffa,b\n\ufeff3,4\n5,6\n")
    reasons = [row.fault.reason if row.fault else "" for row in rows]
    assert [reason == "" for reason in reasons] == [True, False, False, True]
    assert "the header stands here again" in reasons[1]
    assert "byte order mark" in reasons[2]


def test_line_ends_of_every_sort_end_a_line_and_other_breaks_belong_to_the_text(path: Path) -> None:
    _, rows = read(path, "a,b\r1,2\n3,4\r\n5,x\u2028y\x0b\x0cz\x85\n")
    assert [(row.line, row.cells) for row in rows] == [
        (2, ["1", "2"]),
        (3, ["3", "4"]),
        (4, ["5", "x\u2028y\x0b\x0cz\x85"]),
    ]


def test_a_file_that_is_not_there_is_refused(path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read"), csv_table(path, CsvForm()):
        pass


def test_progress_is_told_in_bytes_up_to_the_size(path: Path) -> None:
    told: list[tuple[int, int]] = []
    path.write_text("a,b\n" + "1,2\n" * 10_000, encoding="utf-8", newline="")
    with csv_table(path, CsvForm(), progress=lambda done, total: told.append((done, total))) as table:
        assert len(list(table.rows)) == 10_000
    assert told
    assert all(done <= total == path.stat().st_size for done, total in told)
