"""The pages on mappings and on officers' own files: their examples load, and say what the pages say."""

import re
from pathlib import Path
from typing import get_args

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from iga.exports.template_workbook import template_workbook
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import NodeStatement
from iga.ingest.formats.format_registry import CardWords, format_named, sniffed
from iga.ingest.formats.office_workbooks import TEMPLATES
from iga.ingest.loading import Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping import ColumnWords, Mapping
from iga.ingest.mapping_cells import ReaderName
from iga.ingest.mapping_file import mapping_from
from iga.ingest.templates import FILTERS
from tests.ingest.conftest import clock

PAGE = Path(__file__).parents[2] / "docs" / "mappings.md"


def test_the_example_of_the_page_loads_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    mapping = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0]
    [table] = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "partners.csv"
    path.write_text(table, encoding="utf-8")
    report = load(
        ledger, mapped_reader(mapping_from(mapping, name="example")), [path], surroundings=Surroundings(clock)
    )
    assert (report.read, report.new, report.skipped, report.rejected) == (3, 2, 1, 0)
    [example] = [row for row in ledger.rows_of("office:partners") if row[0].row_key == "Example Relief"]
    kinds = [getattr(one, "cls", getattr(one, "type", "")) for one in example[0].content.statements]
    assert kinds == [
        "Ngo", "ContactPoint", "ContactPoint", "Award", "REACHED_AT", "REACHED_AT", "AWARDED_TO", "MEMBER_OF",
    ]  # fmt: skip  # read across, like the rows of a table


def test_the_workbook_of_the_page_loads_from_every_sheet_under_its_title_rows(ledger: Ledger, tmp_path: Path) -> None:
    mapping = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
    book = Workbook()
    for title in ("East", "West"):
        sheet = book.create_sheet(title)
        for row in (["Shelters"], [], ["Country", "Name"], ["Ghana", f"House {title}"], ["Peru", "Struck"]):
            sheet.append(row)
        for cell in sheet[5]:
            cell.font = Font(strike=True)
    path = tmp_path / "shelters.xlsx"
    book.save(path)
    report = load(
        ledger, mapped_reader(mapping_from(mapping, name="example")), [path], surroundings=Surroundings(clock)
    )
    assert (report.read, report.new, report.skipped, report.rejected) == (4, 2, 2, 0)
    said = [row[-1].content.statements[0] for row in ledger.rows_of("office:shelters")]
    assert sorted(str(one.values["roles"]) for one in said if isinstance(one, NodeStatement)) == [
        "shelter in East",
        "shelter in West",
    ]


def test_the_page_names_every_key_of_a_mapping_and_every_reader() -> None:
    text = PAGE.read_text(encoding="utf-8")
    words = {*Mapping.model_fields, *get_args(ReaderName), *ColumnWords.model_fields, *FILTERS} - {"text"}
    assert [word for word in sorted(words) if f"`{word}" not in text and f"{word}:" not in text] == []


PAGES = Path(__file__).parents[2] / "docs" / "formats"


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def test_the_contact_list_of_its_page_loads_and_lists_what_the_page_says(ledger: Ledger, tmp_path: Path) -> None:
    [table] = re.findall(r"```csv\n(.*?)```", page("contact-list"), re.DOTALL)
    path = tmp_path / "contacts.csv"
    path.write_text(table, encoding="utf-8")
    assert sniffed(path).name == "contact-list"
    feed = format_named("contact-list").feed([path], CardWords())
    report = load(ledger, feed, [path], surroundings=Surroundings(clock, trusts_names=True))
    assert (report.read, report.new, report.rejected) == (2, 2, 0)
    assert {cell.line for cell in report.unread} == {5}
    assert [cell.column for cell in report.unread] == ["Last contact", "Title/Org", "POC in office", "Notes"]
    assert "Geneva" not in report.model_dump_json()


def test_the_row_of_the_page_on_templates_states_what_the_page_says(ledger: Ledger, tmp_path: Path) -> None:
    lines = [line.strip("| ").split(" | ") for line in page("templates").splitlines() if line.startswith("|")]
    [place] = [number for number, cells in enumerate(lines) if cells[0] == "No."]
    row = dict(zip(lines[place], lines[place + 2], strict=True))
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(template_workbook("contacts", source="office:test"))
    book = load_workbook(path)
    header = [cell.value for cell in book["Contacts"][1]]
    for name, text in row.items():
        book["Contacts"].cell(3, header.index(name) + 1).value = text
    book.save(path)
    report = load(
        ledger, sniffed(path).feed([path], CardWords()), [path], surroundings=Surroundings(clock, trusts_names=True)
    )
    assert (report.new, report.skipped, report.rejected) == (1, 1, 0)
    [said] = ledger.rows_of("office:test")
    ids = [one.id for one in said[-1].content.statements if isinstance(one, NodeStatement)]
    assert "post:gha-ministry-of-examples-director" in ids
    assert "post:gha-ministry-of-examples-director" in page("templates")


def test_the_page_on_templates_names_every_template() -> None:
    assert [name for name in TEMPLATES if f"`{name}`" not in page("templates")] == []
