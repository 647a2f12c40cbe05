"""What a paper says, for programs: kept inside the file, so that it can be checked whatever the drafter edits."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import TypeAdapter

from iga.exports.paper.blocks import Bullets, Series, Table
from iga.exports.paper.charts import BarChart, MarkChart
from iga.exports.paper.document import Block, Making, PaperDocument
from iga.exports.paper.statements import Cited, Claim, Unknown
from iga.exports.wording import plain

FORM = "iga-paper-1"
"""Name of the record's form; it changes when an older program could not read it."""


@dataclass(frozen=True)
class RecordedStatement:
    """One thing that a paper says.

    Attributes:
        key: What tells it from others there: its lead, or the first cell of its row; blank is nothing.
        told_by: What of which answers says it, such as ``tier-history/headline``; papers of versions that did not
            record it have none.
    """

    section: str
    key: str
    text: str
    told_by: tuple[str, ...] = field(default=(), compare=False)

    @property
    def place(self) -> tuple[str, str]:
        """What tells it from others of the paper, where its key is not blank."""
        return self.section, self.key


@dataclass(frozen=True)
class PaperRecord:
    """How a paper was made and all that it says.

    Attributes:
        longest: Most pages of its body; None is no limit.
    """

    title: str
    making: Making
    longest: int | None
    said: tuple[RecordedStatement, ...]


def record_of(document: PaperDocument) -> PaperRecord:
    """Return the record of a paper."""
    return PaperRecord(document.title, document.making, document.longest, tuple(_all(document)))


def record_text(document: PaperDocument) -> str:
    """Return the record of a paper as JSON, ASCII only, the same text for the same paper."""
    return json.dumps({"form": FORM, **asdict(record_of(document))}, separators=(",", ":"))


def read_record(text: str) -> PaperRecord:
    """Return the record that a text holds.

    Raises:
        ValueError: It is no such record.
    """
    stored: Any = json.loads(text)
    if not isinstance(stored, dict) or stored.pop("form", None) != FORM:
        raise ValueError(f"its form is not {FORM}")
    return TypeAdapter(PaperRecord).validate_python(stored)


def _all(document: PaperDocument) -> Iterator[RecordedStatement]:
    yield from _statements_of("Bottom line", Bullets(document.bottom_line))
    for section in (*document.sections, *document.annex):
        for block in section.blocks:
            yield from _statements_of(section.heading, block)
    for clearer in document.clearing:
        yield _statement("Clearance", clearer.short, clearer.shown)


def _statements_of(section: str, block: Block) -> Iterator[RecordedStatement]:
    match block:
        case Claim() | Unknown():
            yield _statement(section, block.lead, f"{block.lead} {block.shown}", block)
        case Bullets():
            for item in block.items:
                yield from _statements_of(section, item)
        case Series():
            for item in block.items:
                yield _statement(section, item.lead, f"{block.lead} {item.lead} {item.shown}", item)
        case Table():
            for row in block.rows:
                yield _statement(section, row.cells[0], " | ".join(row.shown), row)
        case MarkChart() | BarChart():
            yield from _statements_of(section, block.twin)


def _statement(section: str, key: str, text: str, of: Cited | None = None) -> RecordedStatement:
    told_by = {*(of.told_by if isinstance(of, Unknown) else ()), *_told_by_citations(of)}
    return RecordedStatement(plain(section), plain(key), plain(text), tuple(sorted(told_by)))


def _told_by_citations(of: Cited | None) -> Iterator[str]:
    for citation in of.citations if of else ():
        yield from citation.told_by
