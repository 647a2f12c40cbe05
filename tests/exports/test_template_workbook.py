"""The templates: what an officer sees in them, and that they load back as they are."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from iga.exports.template_workbook import template_workbook
from iga.graph.domain.topics import THESAURUS
from iga.graph.errors import UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Content, EdgeStatement, NodeStatement
from iga.ingest.column_meanings import columns
from iga.ingest.formats.format_registry import CardWords, format_named, sniffed
from iga.ingest.formats.office_workbooks import TEMPLATES
from iga.ingest.formats.table_formats import format_mapping
from iga.ingest.loading import Surroundings, load
from iga.ingest.mapping import columns_read
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import clock
from tests.reading import some

Cells = dict[str, str]


@cache
def template(name: str, source: str) -> bytes:
    return template_workbook(name, source=source)


def book_of(name: str, source: str = "office:test") -> Workbook:
    return load_workbook(BytesIO(template(name, source)))


def filled(book: Workbook, rows: list[Cells]) -> Workbook:
    """Return a template with rows typed below the example."""
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, 3):
        for name, text in row.items():
            sheet.cell(row=number, column=header.index(name) + 1).value = text
    return book


@pytest.fixture
def loads_template(tmp_path: Path) -> Any:
    """Give a function that fills a template, loads it as a user would, and returns the report and what was said."""

    def loaded(name: str, *rows: Cells) -> tuple[LoadReport, list[Content]]:
        path = tmp_path / f"{name}.xlsx"
        filled(book_of(name), list(rows)).save(path)
        with Ledger.open(tmp_path / f"{name}.sqlite", clock=clock) as ledger:
            found = sniffed(path)
            feed = found.feed([path], CardWords())
            report = load(ledger, feed, [path], surroundings=Surroundings(clock))
            return report, [row[-1].content for row in ledger.rows_of(feed.card.source)]

    return loaded


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_recognized_and_loads_as_it_is_with_its_example_skipped(name: str, loads_template: Any) -> None:
    report, _ = loads_template(name)
    assert (report.read, report.skipped, report.rejected) == (1, 1, 0)
    assert report.source == "office:test"
    assert any("'Lists' (hidden)" in note for note in report.notes)


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_example_row_of_a_template_would_load_if_it_were_not_marked(name: str, loads_template: Any) -> None:
    example = {column.name: column.words.example for column in columns(format_mapping(name))}
    report, [content] = loads_template(name, example | {"Skip": ""})
    assert (report.new, report.rejected) == (1, 0)
    assert content.statements


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_column_is_explained_and_stays_text_and_the_header_stays_in_view(name: str) -> None:
    mapping = format_mapping(name)
    book = book_of(name)
    sheet, instructions, lists = book.worksheets
    header = [cell.value for cell in sheet[1]]
    assert set(header) == columns_read(mapping)
    explained = {row[0].value: row[1].value for row in instructions.iter_rows(min_row=2) if row[0].value in header}
    assert all(explained[column] for column in header)
    assert sheet.freeze_panes == "D2"
    assert {dimension.number_format for dimension in sheet.column_dimensions.values()} == {"@"}
    assert lists.sheet_state == "hidden"
    prompts = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert all(len(rule.prompt) <= 255 and rule.showInputMessage for rule in some(prompts.values()))
    assert len(prompts) == len(header)


def test_drop_downs_hold_the_words_of_the_domain_and_closed_ones_refuse_others() -> None:
    book = book_of("contacts")
    sheet, _, lists = book.worksheets
    header = [str(cell.value) for cell in sheet[1]]
    rules = dict(zip(header, sheet.data_validations.dataValidation, strict=True))
    shown = {str(column[0].value): [cell.value for cell in column[1:] if cell.value] for column in lists.iter_cols()}
    assert shown["Topics"] == [topic.label for topic in THESAURUS]
    assert shown["Standing"] == ["substantive", "acting", "designate", "charge d'affaires"]
    assert "Ghana" in shown["Government"]
    assert len(shown["Government"]) > 190
    assert rules["Standing"].showErrorMessage
    assert not rules["Topics"].showErrorMessage
    assert rules["Person"].type is None


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_example_is_fictional(name: str) -> None:
    example = {column.name: column.words.example for column in columns(format_mapping(name))}
    assert example["Skip"] == "EXAMPLE"
    assert "Made up" in example["Remarks"]
    assert all(text.endswith("example.org") for text in some(example.get("E-mails", "").split("; ")) if text)


def test_contacts_say_who_holds_which_post_and_how_it_is_reached(loads_template: Any) -> None:
    row = {
        "No.": "1", "Person": "Ada Example", "Title or post": "Director", "Body": "Ministry of Examples",
        "Kind of body": "public body", "Government": "Ghana", "E-mails": "a@example.org; b@example.org",
        "Phones": "+1 555 0100", "Topics": "TIP; child labor", "Standing": "acting",
        "Seen in office on": "2026-05; 2026-06-01", "Our owner": "IGA",
    }  # fmt: skip  # read across, like the rows of a table
    report, [content] = loads_template("contacts", row)
    assert (report.new, report.rejected) == (1, 0)
    nodes = {one.cls: one for one in content.statements if isinstance(one, NodeStatement) and one.values}
    edges = {(one.type, one.target): one for one in content.statements if isinstance(one, EdgeStatement)}
    post = "post:gha-ministry-of-examples-director"
    assert nodes["Post"].id == post
    assert nodes["Post"].values["topics"] == ["trafficking-in-persons", "child-labor"]
    assert edges["HOLDS", post].values == {"capacity": "acting", "attested_on": ["2026-05", "2026-06-01"]}
    assert len([kind for kind, _ in edges if kind == "REACHED_AT"]) == 3
    assert edges["OWNS_RELATIONSHIP", "named:body:gha-ministry-of-examples"].source == "body:us-state-tip-iga"


def test_ids_of_persons_hold_no_name_and_are_the_same_the_next_time(loads_template: Any) -> None:
    row = {"No.": "1", "Person": "Ada Example", "Title or post": "Director", "Body": "OSCE"}
    found = []
    for number in ("1", "2"):
        _, contents = loads_template("contacts", row | {"No.": number})
        found += [one.id for one in contents[-1].statements if isinstance(one, NodeStatement) and one.cls == "Person"]
    assert len(set(found)) == 1
    assert not {"ada", "example"} & set(found[0].replace(":", "-").split("-"))


@pytest.mark.parametrize(
    ("name", "row", "column", "told"),
    [
        ("contacts", {"No.": "1", "Person": "Ada"}, "Title or post", "it goes with 'Person'"),
        ("contacts", {"No.": "1", "Title or post": "Director"}, "Title or post, Body, Kind of body", "is blank"),
        ("contacts", {"Title or post": "Director", "Body": "OSCE"}, "No.", "part of the row key and blank"),
        ("contacts", {"No.": "1", "Body": "OSCE", "E-mails": "x"}, "E-mails", "is not an e-mail address"),
        ("contacts", {"No.": "1", "Body": "X", "Kind of body": "N.G.O."}, "Kind of body", "did you mean 'NGO'"),
        ("engagements", {"No.": "1", "Name": "Talk", "First day": "3/4/2026"}, "First day", "in the order ymd"),
        ("agreements", {"No.": "1", "Title": "Pact", "Kind": "law"}, "Kind", "none of the words for 'Kind'"),
        ("awards", {"No.": "1", "Award number": "A", "Amount": "5"}, "Currency", "it goes with 'Amount'"),
        ("awards", {"No.": "1", "Award number": "A", "Countries": "Ghana (60); Kenya (50)"}, "", "110 percent"),
        ("members", {"No.": "1", "Body": "OSCE"}, "Member", "every row needs it"),
    ],
)
def test_a_row_that_cannot_be_taken_says_which_column_and_why(
    name: str, row: Cells, column: str, told: str, loads_template: Any
) -> None:
    report, _ = loads_template(name, row)
    [rejection] = report.rejections
    assert rejection.line == 3
    assert rejection.column.startswith(column)
    assert told in rejection.reason
    assert rejection.fix


def test_shares_that_do_not_add_up_are_said_in_the_row(loads_template: Any) -> None:
    row = {"No.": "1", "Award number": "A", "Countries": "Ghana (60); Kenya (30%)"}
    _, [content] = loads_template("awards", row)
    assert content.note == "The stated shares add up to 90 percent."


def test_a_row_that_is_struck_through_or_marked_to_be_skipped_is_left_out(tmp_path: Path) -> None:
    from openpyxl.styles import Font

    rows = [{"No.": "1", "Body": "OSCE", "Member": "Ghana"}, {"No.": "2", "Body": "OSCE", "Member": "Peru"}]
    book = filled(book_of("members"), [*rows, {"Skip": "x", "No.": "3", "Body": "OSCE", "Member": "Chad"}])
    for cell in book.worksheets[0][4]:
        cell.font = Font(strike=True)
    path = tmp_path / "members.xlsx"
    book.save(path)
    with Ledger.open(tmp_path / "ledger.sqlite", clock=clock) as ledger:
        feed = format_named("members").feed([path], CardWords())
        report = load(ledger, feed, [path], surroundings=Surroundings(clock))
    assert (report.read, report.new, report.skipped) == (4, 1, 3)
    assert any("struck through in row 4 was left out" in note for note in report.notes)


def test_workbooks_of_two_keepers_are_two_sources(tmp_path: Path) -> None:
    paths = []
    for keeper in ("a", "b"):
        path = tmp_path / f"{keeper}.xlsx"
        path.write_bytes(template_workbook("members", source=f"office:members-{keeper}"))
        paths.append(path)
    found = format_named("members")
    assert [found.feed([path], CardWords()).card.source for path in paths] == ["office:members-a", "office:members-b"]
    with pytest.raises(UsageError, match="several keepers"):
        found.feed(paths, CardWords())
    assert found.feed(paths, CardWords(source="office:all")).card.source == "office:all"


def test_a_file_without_a_stamp_is_of_the_usual_source(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text("No.,Body,Member\n", encoding="utf-8")
    for path in tmp_path.iterdir():
        assert format_named("members").feed([path], CardWords()).card.source == "office:members"


def test_markings_start_with_the_safer_one(loads_template: Any) -> None:
    row = {"No.": "1", "Body": "OSCE", "Member": "Ghana"}
    markings = [loads_template("members", row | {"Marking": word})[1][-1].marking for word in ("", "public")]
    assert markings == [1, 0]
    assert format_named("contacts").feed([], CardWords(source="office:x")).card.marking == 1
