"""Rows as CSV, JSON lines, JSON and workbooks: the same rows, fields and order in each, doubts beside them."""

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from iga.exports.files.manifest import Contents, Origin, source_notes
from iga.exports.files.workbook import SheetOfRows, write_workbook
from iga.exports.tables import BYTE_ORDER_MARK, cell_text, records, with_notes, write_csv_lines
from iga.graph.domain.marking import Marking
from iga.queries.core.answer import Answer, AnswerRow, EvidenceNote
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS

JsonRow = dict[str, Any]
"""One row as a JSON object; each row of a table has the same fields."""

_NOTE_FIELDS = ("number", *EvidenceNote.model_fields)


@dataclass(frozen=True)
class TitledRows:
    """Rows under a title."""

    title: str
    fields: tuple[str, ...]
    rows: Sequence[JsonRow]

    @classmethod
    def of(cls, title: str, rows: Sequence[JsonRow], fields: Sequence[str] = ()) -> "TitledRows":
        """Return rows under a title; without fields, those that rows have, in their order."""
        return cls(title, tuple(fields or dict.fromkeys(field for row in rows for field in row)), rows)


@dataclass(frozen=True)
class RowFile:
    """What a file of rows holds.

    Attributes:
        main: Its rows; CSV and JSON lines hold nothing else, their manifest holds the rest.
        about: What the last sheet of a workbook tells of it: name and text.
        marking: How far the file may travel, in a word.
    """

    main: TitledRows
    document: Mapping[str, Any]
    beside: tuple[TitledRows, ...]
    about: tuple[tuple[str, str], ...]
    marking: str


def write_csv(file: BinaryIO, content: RowFile) -> tuple[str, ...]:
    """Write CSV (RFC 4180, UTF-8 with a byte order mark); no cell can become a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(BYTE_ORDER_MARK)
    main = content.main
    write_csv_lines(text, main.fields, ([cell_text(row.get(field)) for field in main.fields] for row in main.rows))
    text.detach()
    return ()


def write_json_lines(file: BinaryIO, content: RowFile) -> tuple[str, ...]:
    """Write one JSON object to a line."""
    for row in content.main.rows:
        file.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode())
    return ()


def write_json(file: BinaryIO, content: RowFile) -> tuple[str, ...]:
    """Write one JSON document."""
    file.write(f"{json.dumps(content.document, ensure_ascii=False, indent=2)}\n".encode())
    return ()


def write_xlsx(file: BinaryIO, content: RowFile) -> tuple[str, ...]:
    """Write a workbook, and return what it could not hold as it is."""
    tables = (content.main, *(table for table in content.beside if table.rows))
    sheets = [SheetOfRows(table.title, table.fields, _cells(table)) for table in tables]
    sheets.append(SheetOfRows("About", ("What", "Text"), iter(content.about)))
    return write_workbook(file, sheets, marking=content.marking)


WRITERS: Mapping[str, Callable[[BinaryIO, RowFile], tuple[str, ...]]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "json": write_json,
    "jsonl": write_json_lines,
}
"""By format; each returns sentences on what it could not hold as it is."""


def _cells(table: TitledRows) -> Iterable[list[Any]]:
    for row in table.rows:
        values = (row.get(field) for field in table.fields)
        yield [value if type(value) is int else cell_text(value) for value in values]


def write_rows(file: BinaryIO, answer: Answer, *, kind: str, origin: Origin, session: Session) -> Contents:
    """Write the rows of an answer, and return what its manifest tells."""
    notes = WRITERS[kind](file, row_file(answer, origin))
    counts = {"rows": len(answer.rows), "rows_before_cap": answer.total.value}
    return contents_of(answer, session, counts=counts, notes=notes)


def contents_of(answer: Answer, session: Session, *, counts: dict[str, int], notes: Iterable[str] = ()) -> Contents:
    """Return what the manifest of a file tells of the answer in it."""
    more = answer.total.value - len(answer.rows)
    capped = (f"{more} further rows lie beyond the most that one answer lists; ask more narrowly",) if more > 0 else ()
    return Contents(
        counts=counts,
        marking=marking_of(answer.evidence.values()),
        sources=source_notes(session, (note.source for note in answer.evidence.values())),
        notes=(*notes, *capped),
        answer=answer.answer,
        caveats=answer.caveats,
        evidence=answer.evidence,
    )


class Marked(Protocol):
    """What says its marking in a word."""

    @property
    def marking(self) -> str:
        """The word."""


def marking_of(notes: Iterable[Marked]) -> str:
    """Return the highest marking of source rows or statements."""
    return _highest(Marking.named(note.marking) for note in notes)


def _highest(markings: Iterable[Marking]) -> str:
    return max(markings, default=Marking.PUBLIC).word


def row_file(answer: Answer, origin: Origin) -> RowFile:
    """Return an answer as what a file of rows holds; each row carries its notes and its marking."""
    notes = {number: Marking.named(note.marking) for number, note in answer.evidence.items()}
    markings = [_highest(notes[number] for number in row.evidence if number in notes) for row in answer.rows]
    rows = [{**record, "marking": word} for record, word in zip(with_notes(answer), markings, strict=True)]
    marking = marking_of(answer.evidence.values())
    document = {
        "marking": marking,
        "made_by": origin.made_by,
        "made_at": origin.made_at,
        **answer.model_dump(mode="json"),
        "rows": [{**record, "marking": word} for record, word in zip(records(answer), markings, strict=True)],
    }
    evidence = [{"number": number, **note.model_dump(mode="json")} for number, note in answer.evidence.items()]
    return RowFile(
        main=TitledRows.of("Rows", rows, () if rows else _header(answer)),
        document=document,
        beside=(
            TitledRows.of("Caveats", [caveat.model_dump(mode="json") for caveat in answer.caveats]),
            TitledRows.of("Evidence", evidence, _NOTE_FIELDS),
        ),
        about=about_file(origin, marking, answer.answer),
        marking=marking,
    )


def about_file(origin: Origin, marking: str, sentence: str = "") -> tuple[tuple[str, str], ...]:
    """Return what a workbook tells of itself."""
    texts = {
        "Marking": marking.upper(),
        "What": origin.what,
        "Answer": sentence,
        "As of": origin.as_of or "every day",
        "Known on": origin.known_on or "everything loaded",
        "Made by": origin.made_by,
        "Made at": origin.made_at,
        "Highest marking that could be seen": origin.ceiling,
        "Data version": origin.data_version,
        **{f"Parameter {name}": _shown(value) for name, value in origin.parameters.items()},
    }
    return tuple((name, text) for name, text in texts.items() if text)


def _shown(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _header(answer: Answer) -> tuple[str, ...]:
    """Return the header of a table without rows: that of the question's own."""
    known = QUESTIONS.get(answer.question)
    fields = known.row.model_fields if known else AnswerRow.model_fields
    own = [field.serialization_alias or field.alias or name for name, field in fields.items() if not field.exclude]
    common = [name for name in own if name in AnswerRow.model_fields]
    return (*(name for name in own if name not in common), *common, "marking")
