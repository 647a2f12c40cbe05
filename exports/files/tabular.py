"""Rows as CSV, JSON lines, JSON and workbooks: the same rows, fields and order in each."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from exports.files.workbook import Sheet, write_workbook
from exports.tables import BYTE_ORDER_MARK, cell_text, inert

Record = dict[str, Any]
"""One row as a JSON object; each row of a table has the same fields."""


@dataclass(frozen=True)
class Table:
    """Rows under a title.

    Attributes:
        title: Name of the sheet.
        fields: The header.
        rows: Each with these fields.
    """

    title: str
    fields: tuple[str, ...]
    rows: Sequence[Record]

    @classmethod
    def of(cls, title: str, rows: Sequence[Record], fields: Sequence[str] = ()) -> "Table":
        """Return rows under a title; without fields, those that rows have, in their order."""
        return cls(title, tuple(fields or dict.fromkeys(field for row in rows for field in row)), rows)


@dataclass(frozen=True)
class Tabular:
    """What a file of rows holds.

    Attributes:
        main: Its rows; CSV and JSON lines hold nothing else, their manifest holds the rest.
        document: The whole as one JSON document.
        beside: Further sheets of a workbook.
        about: What the last sheet of a workbook tells of it: name and text.
        marking: How far the file may travel, in a word.
    """

    main: Table
    document: Mapping[str, Any]
    beside: tuple[Table, ...]
    about: tuple[tuple[str, str], ...]
    marking: str


def write_csv(file: BinaryIO, content: Tabular) -> tuple[str, ...]:
    """Write CSV (RFC 4180, UTF-8 with a byte order mark); no cell can become a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(inert, content.main.fields))
    for row in content.main.rows:
        writer.writerow([inert(cell_of(row.get(field))) for field in content.main.fields])
    text.detach()
    return ()


def write_json_lines(file: BinaryIO, content: Tabular) -> tuple[str, ...]:
    """Write one JSON object to a line."""
    for row in content.main.rows:
        file.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode())
    return ()


def write_json(file: BinaryIO, content: Tabular) -> tuple[str, ...]:
    """Write one JSON document."""
    file.write(f"{json.dumps(content.document, ensure_ascii=False, indent=2)}\n".encode())
    return ()


def write_xlsx(file: BinaryIO, content: Tabular) -> tuple[str, ...]:
    """Write a workbook, and return what it could not hold as it is."""
    tables = (content.main, *(table for table in content.beside if table.rows))
    sheets = [Sheet(table.title, table.fields, _cells(table)) for table in tables]
    sheets.append(Sheet("About", ("What", "Text"), iter(content.about)))
    return write_workbook(file, sheets, marking=content.marking)


def cell_of(value: Any) -> Any:
    """Return a JSON value as one cell holds it: text, lists with semicolons, notes as ``source, locator``."""
    if isinstance(value, list) and value and all(isinstance(part, dict) and "locator" in part for part in value):
        return "; ".join(f"{part['source']}, {part['locator']}" for part in value)
    return cell_text(value)


def _cells(table: Table) -> Iterable[list[Any]]:
    for row in table.rows:
        values = (row.get(field) for field in table.fields)
        yield [value if type(value) is int else cell_of(value) for value in values]


WRITERS: Mapping[str, Callable[[BinaryIO, Tabular], tuple[str, ...]]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "json": write_json,
    "jsonl": write_json_lines,
}
"""By format; each returns sentences on what it could not hold as it is."""
