"""A workbook that asks the service: what is asked stands in cells, and its queries fetch answer, rows and evidence."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl.utils import absolute_coordinate, get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from iga.exports.power_query import with_queries
from iga.exports.sheets import head, new_book, put, saved
from iga.graph.keys import VERSION

QUERIES = Path(__file__).with_name("service_queries.m")
"""The queries, in M."""

_ASK = (
    (
        "address",
        f"http://127.0.0.1:8750{VERSION}",
        "Where the service answers: iga serve prints it; /v1 is the version.",
    ),
    (
        "key",
        "",
        "A key, from whoever runs the service; blank on your own machine. Whoever gets this file gets the key.",
    ),
    ("question", "contact", "Name of a question: docs/questions.md lists them."),
    ("party", "OSCE", "This row and those below are its parameters; change them, add more, or leave them blank."),
    ("topic", "child trafficking", ""),
    ("as_of", "", "A day such as 2026-11-25; blank is today."),
)
_FETCHED = {
    "Answer": ("Part", "Text"),
    "Rows": ("Rows",),
    "Evidence": ("number", "title", "stated_on", "locator", "url"),
}
"""Columns of what the queries fetch, as they stand before the first time."""


def service_workbook() -> bytes:
    """Return the workbook as the bytes of its file."""
    book, sheet = new_book("Questions to IGA Graph")
    sheet.title = "Ask"
    head(sheet, ("Name", "Value", "What it is"), widths=(16, 44, 90))
    for row, texts in enumerate(_ASK, 2):
        for column, text in enumerate(texts, 1):
            put(sheet, row, column, text)
    put(sheet, len(_ASK) + 3, 1, "Then: Data > Refresh All. docs/spreadsheets.md says what Excel asks the first time.")
    sheet.add_table(_table("Ask", 1, ("Name", "Value", "What it is"), rows=len(_ASK)))
    for number, (name, columns) in enumerate(_FETCHED.items(), 2):
        fetched = book.create_sheet(name)
        head(fetched, columns, widths=[30] * len(columns))
        _make_fetched(fetched, _table(name, number, columns, rows=1), place=number - 1)
    tables = {"Reply": 0, **{name: number for number, name in enumerate(_FETCHED, 2)}}
    return with_queries(saved(book), QUERIES.read_text(encoding="utf-8"), tables, _FETCHED)


def _table(name: str, number: int, columns: Sequence[str], *, rows: int) -> Table:
    ref = f"A1:{get_column_letter(len(columns))}{rows + 1}"
    made = Table(id=number, name=name, displayName=name, ref=ref, autoFilter=AutoFilter(ref=ref))
    made.tableColumns = [TableColumn(id=place, name=column) for place, column in enumerate(columns, 1)]
    return made


def _make_fetched(sheet: Worksheet, table: Table, *, place: int) -> None:
    """Put a table on a sheet that a query fills."""
    table.tableType = "queryTable"
    for column in table.tableColumns:
        column.queryTableFieldId, column.uniqueName = column.id, str(column.id)
    sheet.add_table(table)
    named = DefinedName(
        f"ExternalData_{place}", attr_text=f"{sheet.title}!{absolute_coordinate(table.ref)}", hidden=True
    )
    sheet.defined_names.add(named)
