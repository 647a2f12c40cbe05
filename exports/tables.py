"""The rows of an answer as a text table, CSV and JSON lines: same rows, same order in each."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from iga.exports.paper.document import raised
from iga.queries.core.answer import Answer, AnswerRow

BYTE_ORDER_MARK = "\ufeff"
"""Stands at the head of a CSV file: without it Excel reads accents as something else."""

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run a cell as a formula (OWASP, CSV injection), in both widths."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def records(answer: Answer, fields: Sequence[str] = ()) -> tuple[dict[str, Any], ...]:
    """Return the rows as JSON objects with the same keys each: the fields named, or all, the question's own first."""
    dumped = [row.model_dump(mode="json", by_alias=True, exclude=set(row.in_documents_alone)) for row in answer.rows]
    known = dict.fromkeys(field for row in dumped for field in row)
    for common in AnswerRow.model_fields:
        if common in known:
            known[common] = known.pop(common)
    return tuple({field: row.get(field) for field in fields or known} for row in dumped)


def with_notes(answer: Answer, fields: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the rows as JSON objects, each with its notes in the place of their numbers."""
    notes = {number: note.model_dump(mode="json") for number, note in answer.evidence.items()}
    rows = records(answer, fields)
    for row in rows:
        if "evidence" in row:
            row["evidence"] = [notes[number] for number in row["evidence"] or () if number in notes]
    return list(rows)


def as_json_lines(answer: Answer, fields: Sequence[str] = ()) -> str:
    """Return one JSON object to a line; `evidence` holds the notes themselves instead of their numbers."""
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in with_notes(answer, fields))


def as_csv(answer: Answer, fields: Sequence[str] = ()) -> str:
    """Return the rows as CSV with a header (RFC 4180); no rows give an empty text.

    A list is written with semicolons, evidence as ``source, locator``. A cell that a spreadsheet would run as
    a formula is written with an apostrophe in front; negative numbers are left as they are.
    """
    rows = with_notes(answer, fields)
    out = io.StringIO(newline="")
    if rows:
        write_csv_lines(out, list(rows[0]), (map(cell_text, record.values()) for record in rows))
    return out.getvalue()


def write_csv_lines(file: TextIO, header: Sequence[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a header and rows as CSV (RFC 4180); no cell can become a formula."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(map(inert, header))
    writer.writerows(map(inert, row) for row in rows)


def cell_text(value: object) -> str:
    """Return a JSON value as the text of one cell: lists with semicolons, notes as ``source, locator``, yes or no."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(cell_text(part) for part in value)
        case {"source": source, "locator": locator}:
            return f"{source}, {locator}"
        case dict():
            return ", ".join(f"{name} {cell_text(part)}" for name, part in value.items() if part not in (None, "", []))
    return str(value)


def ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers with three or more neighbours as a range: ``1-3, 7``."""
    separators = {"": "", ",": ", ", "–": "-"}
    return "".join(f"{separators[separator]}{number}" for separator, number in raised(numbers))


def inert(text: str) -> str:
    """Return text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_FORMULA_START) and not _NUMBER.fullmatch(text) else text
