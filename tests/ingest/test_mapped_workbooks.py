"""Workbooks by mapping as offices keep them: several sheets, title rows, struck-through rows, colours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from iga.graph.errors import FileRefused, HeaderError, MappingError, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import NodeStatement
from iga.ingest.formats.table_formats import with_sheets
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping import Mapping
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import a_mapping, clock

BODY = """
row_key: [id]
nodes: {n: {class: Ngo, id: {template: "ngo:{id|slug}"}, fields: {name: name}}}
"""
Sheets = dict[str, list[list[Any]]]


def workbook(path: Path, sheets: Sheets, *, hidden: tuple[str, ...] = ()) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def by(ways: str) -> Mapping:
    return a_mapping(f"format: xlsx\n{ways}{BODY}")


@pytest.fixture
def loaded(ledger: Ledger, tmp_path: Path) -> Callable[..., LoadReport]:
    def one(mapping: Mapping, sheets: Sheets, *, hidden: tuple[str, ...] = ()) -> LoadReport:
        path = workbook(tmp_path / "b.xlsx", sheets, hidden=hidden)
        return load(ledger, mapped_reader(mapping), [path], surroundings=Surroundings(clock), options=LoadOptions())

    return one


TWO: Sheets = {"East": [["id", "name"], ["a", "Alpha"]], "West": [["name", "id"], ["Beta", "b"], ["Gamma", ""]]}


@pytest.mark.parametrize("ways", ["sheets: [East, West]\n", 'sheet: "*"\n'])
def test_several_sheets_are_one_source_whatever_the_order_of_their_columns(
    ways: str, loaded: Callable[..., LoadReport], ledger: Ledger
) -> None:
    report = loaded(by(ways), TWO)
    assert (report.read, report.new, report.rejected) == (3, 2, 1)
    [rejection] = report.rejections
    assert (rejection.file, rejection.line) == ("b.xlsx!West", 3)
    rows = {row[-1].locator: row[-1].content for row in ledger.rows_of("test:partners")}
    assert sorted(rows) == ["b.xlsx!East!2", "b.xlsx!West!2"]
    [west] = rows["b.xlsx!West!2"].statements
    assert isinstance(west, NodeStatement)
    assert west.values == {"name": "Beta"}


def test_rejected_rows_of_several_sheets_say_which_and_can_be_loaded_again(
    loaded: Callable[..., LoadReport], ledger: Ledger
) -> None:
    mapping = by('sheet: "*"\n')
    path = Path(loaded(mapping, TWO).correction_file)
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("West!3,id,")
    path.write_text(text.replace(",,Gamma", ",g,Gamma"), encoding="utf-8")
    again = load(ledger, mapped_reader(mapping), [path], surroundings=Surroundings(clock))
    assert (again.read, again.new) == (1, 1)


def test_rows_of_two_sheets_with_one_key_are_refused_both_naming_each_other(loaded: Callable[..., LoadReport]) -> None:
    sheets = {"East": [["id", "name"], ["a", "Alpha"]], "West": [["id", "name"], ["a", "Omega"]]}
    report = loaded(by('sheet: "*"\n'), sheets)
    assert (report.read, report.rejected) == (2, 2)
    assert {one.file for one in report.rejections} == {"b.xlsx!East", "b.xlsx!West"}
    assert all("b.xlsx!East!2" in one.reason for one in report.rejections)


def test_every_sheet_leaves_out_hidden_and_blank_ones_and_says_so(loaded: Callable[..., LoadReport]) -> None:
    report = loaded(by('sheet: "*"\n'), {**TWO, "OLD": TWO["East"], "Blank": []}, hidden=("OLD",))
    assert report.read == 3
    assert "b.xlsx: sheets 'East', 'West' were read, not 'OLD' (hidden), 'Blank' (blank)" in report.notes


def test_a_sheet_with_other_columns_stops_the_file(loaded: Callable[..., LoadReport]) -> None:
    with pytest.raises(HeaderError, match=r"b\.xlsx!Notes: the columns are not those"):
        loaded(by('sheet: "*"\n'), {**TWO, "Notes": [["id", "remark"], ["a", "x"]]})


def test_the_name_of_a_sheet_can_be_a_cell_of_its_rows(loaded: Callable[..., LoadReport], ledger: Ledger) -> None:
    mapping = a_mapping(
        """
format: xlsx
sheet: "*"
sheet_as: Region
row_key: [id]
nodes: {n: {class: Ngo, id: {template: "ngo:{id|slug}"}, fields: {name: name, roles: Region}}}
"""
    )
    assert loaded(mapping, TWO).new == 2
    said = [row[-1].content.statements[0] for row in ledger.rows_of("test:partners")]
    assert [one.values["roles"] for one in said if isinstance(one, NodeStatement)] == ["East", "West"]


def test_sheets_can_be_named_on_the_command_line(loaded: Callable[..., LoadReport]) -> None:
    mapping = by("")
    assert loaded(with_sheets(mapping, ("OLD",)), {**TWO, "OLD": TWO["East"]}, hidden=("OLD",)).new == 1
    assert with_sheets(mapping, ("A", "B")).sheets == ("A", "B")
    assert with_sheets(mapping, ()) == mapping
    with pytest.raises(UsageError, match="CSV files, which have no sheets"):
        with_sheets(a_mapping(BODY), ("OLD",))


@pytest.mark.parametrize("above", [0, 1, 3, 20])
def test_a_header_is_found_under_title_rows_and_said(above: int, loaded: Callable[..., LoadReport]) -> None:
    rows = [[f"Title {number}", "id"] for number in range(above)]
    report = loaded(by("header_row: auto\n"), {"S": [*rows, ["name", "id"], ["Alpha", "a"]]})
    assert (report.read, report.new) == (1, 1)
    told = f"b.xlsx!S: the header was found in row {above + 1}; the rows above it are not read"
    assert (told in report.notes) == (above > 0)


def test_a_header_that_nothing_holds_is_said_with_its_columns(loaded: Callable[..., LoadReport]) -> None:
    with pytest.raises(HeaderError, match="none of the first 2 rows is a header with the columns 'id', 'name'"):
        loaded(by("header_row: auto\n"), {"S": [["x"], ["y"]]})
    with pytest.raises(HeaderError, match=r"missing 'name'; did you mean 'names'\?"):
        loaded(
            a_mapping(f"format: xlsx\nheader_row: auto\nignore: [remark]{BODY}"),
            {"S": [["T"], ["id", "names", "remark"]]},
        )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_header_is_found_under_the_title_lines_of_a_csv_file(
    delimiter: str, loads: Callable[..., LoadReport]
) -> None:
    text = "Partners, all of them; as of May\n\n" + delimiter.join(["id", '"na\nme"']) + "\n" + delimiter.join("ab")
    report = loads(text, mapping=a_mapping("header_row: auto" + BODY.replace("name: name", 'name: "na me"')))
    assert (report.read, report.new) == (1, 1)
    assert "partners.csv: the header was found in row 3; the rows above it are not read" in report.notes


def looking(path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["id", "name"], ["a", "Alpha"], ["b", "Beta"], ["c", "Gamma"], ["d", "Delta"]):
        sheet.append(row)
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    sheet["B4"].font = Font(strike=True)
    sheet["A5"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF00FF00")  # a header may have any colour
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("ways", "taken", "how"), [("", 4, "was read all the same"), ("struck: skip\n", 3, "left out")]
)
def test_struck_through_rows_are_said_and_left_out_when_asked(
    ways: str, taken: int, how: str, ledger: Ledger, tmp_path: Path
) -> None:
    path = looking(tmp_path / "b.xlsx")
    report = load(ledger, mapped_reader(by(ways)), [path], surroundings=Surroundings(clock))
    assert (report.read, report.new, report.skipped) == (4, taken, 4 - taken)
    [struck] = [note for note in report.notes if "struck through in row 3" in note]
    assert how in struck
    assert any("row 4: some cells are struck through; they were read" in note for note in report.notes)
    assert [note for note in report.notes if "colours" in note] == [
        "b.xlsx!Sheet: row 5: colours were not read; what one means belongs in a column"
    ]


def test_a_sheet_saved_as_csv_is_read_by_the_mapping_of_its_workbook(loads: Callable[..., LoadReport]) -> None:
    assert loads("My list\nid,name\na,Alpha\n", mapping=by("header_row: 3\n")).new == 1


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        ("sheets: [A]\nsheet: B\n", "`sheet` or `sheets`, not both"),
        ("header_row: none\n", "header_row"),
        ("struck: read\ncolumns: {nmae: {about: x}}\n", "did you mean 'name'"),
        ("nodes: {n: {class: Ngo, id: {cell: x}}}\ncells: {y: id}\nrow_key: [id]\n", "there is no cell 'x'"),
    ],
)
def test_a_wrong_way_to_read_a_workbook_is_refused_with_the_mapping(ways: str, told: str) -> None:
    with pytest.raises(MappingError) as caught:
        a_mapping(f"format: xlsx\n{ways}" + ("" if "nodes" in ways else BODY))
    assert told in caught.value.message


def test_sheets_go_with_workbooks_only() -> None:
    with pytest.raises(MappingError, match="go with `format: xlsx` only"):
        a_mapping(f"struck: skip{BODY}")


def test_a_missing_sheet_is_named_with_what_there_is(loaded: Callable[..., LoadReport]) -> None:
    with pytest.raises(FileRefused, match="no sheet 'Wset'; did you mean 'West'"):
        loaded(by("sheets: [East, Wset]\n"), TWO)
