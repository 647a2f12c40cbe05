"""A document as GitHub-flavoured Markdown, its endnotes as footnotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exports.paper.blocks import Bullets, More, Series, Table, TableRow
from exports.paper.charts import BarChart, MarkChart
from exports.paper.citation import Citation, Citations
from exports.paper.document import Block, Document
from exports.paper.record import record_text
from exports.paper.scheme import head_lines
from exports.paper.statements import Blank, Claim, Statement, Unknown
from exports.render.frame import (
    APPROVED,
    BOTTOM_LINE,
    CLEARANCE,
    CLEARANCE_HEADER,
    CONTROLLED,
    DRAFTED,
    FURTHER,
    GAPS,
    MAKING,
    TO_CLEAR,
    made,
    note_parts,
)
from exports.render.markdown_record import packed
from exports.render.style import STANDARD, Style
from exports.wording import plain
from graph.domain.marking import Marking

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#$])")
_LIST_START = re.compile(r"^(\d*)([-+=.)])")


def to_markdown(document: Document, *, style: Style = STANDARD) -> str:
    """Return the document as Markdown text; equal documents give equal text."""
    sheet = _Sheet(document, style)
    head = "  \n".join(f"**{line}**" for line in head_lines(document, style.scheme, is_final=style.is_final))
    parts = [head, f"# {_escaped(document.title)}", _escaped(document.subtitle)]
    if style.scheme.controls(document):
        parts.append("  \n".join(f"**{_escaped(line)}**" for line in CONTROLLED))
    if document.bottom_line:
        parts += [f"## {BOTTOM_LINE}", _block(Bullets(document.bottom_line), sheet)]
    for section in document.sections:
        parts.append(f"{'#' * (section.level + 1)} {_escaped(section.heading)}")
        parts += [_block(block, sheet) for block in section.blocks]
    parts += [f"## {CLEARANCE}", *_clearances(sheet)]
    parts += [f"## {MAKING}", _making(document)]
    if document.gaps:
        gaps = (f"- {_statement(gap, sheet)}" for gap in document.gaps)
        parts += [f"## {GAPS}", "\n".join(gaps)]
    if document.endnotes:
        parts.append("\n".join(f"[^{number}]: {_note(note)}" for number, note in enumerate(document.endnotes, start=1)))
    return "\n\n".join(part for part in (*parts, head, packed(record_text(document))) if part) + "\n"


@dataclass(frozen=True)
class _Sheet:
    document: Document
    style: Style

    def portion(self, marking: Marking) -> str:
        return self.style.scheme.portion(marking, self.document)


def _clearances(sheet: _Sheet) -> Iterator[str]:
    yield "  \n".join(f"**{role}:** {_escaped(blank)}" for role, blank in (DRAFTED, APPROVED))
    lines = [_cells(CLEARANCE_HEADER), "|" + " --- |" * len(CLEARANCE_HEADER)]
    for clearer in sheet.document.clearers:
        marks = _marks(clearer.citations, sheet.document)
        office = f"{sheet.portion(clearer.marking)}{_escaped(clearer.office)}{marks}"
        lines.append(f"| {office} {_cells((clearer.reason, TO_CLEAR))}")
    yield "\n".join((*lines, _cells(FURTHER)))


def _making(document: Document) -> str:
    day, version, command = made(document, "md")
    words, _, typed = command.partition(": ")
    return f"{day} {version}.  \n{words}: {_typed(typed)}"


def _note(note: Citation) -> str:
    title, link, rest = note_parts(note)
    return ", ".join(part for part in (_escaped(title), f"<{link}>" if link else "", _escaped(rest)) if part)


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is written."""
    return _LIST_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", plain(text)))


def _marks(citations: Citations, document: Document) -> str:
    return "".join(f"[^{number}]" for number in document.numbers(citations))


def _block(block: Block, sheet: _Sheet) -> str:
    match block:
        case Claim() | Unknown():
            return _statement(block, sheet)
        case Blank():
            return f"**{_escaped(block.text)}**"
        case Bullets():
            lines = [f"- {_statement(item, sheet)}" for item in block.items]
            return "\n".join(lines + [f"- {_more(block.more)}"] * bool(block.more))
        case Series():
            items = "; ".join(_said(item, sheet) for item in block.items)
            more = f"; {_more(block.more)}" if block.more else ""
            return f"{sheet.portion(block.marking)}{_lead(block.lead)}{items}{more}."
        case Table():
            return _table(block, sheet)
        case MarkChart():
            return _chart(block, sheet)
        case BarChart():
            return _bars(block, sheet)


def _lead(lead: str) -> str:
    return f"**{_escaped(lead)}** " if lead else ""


def _statement(said: Statement, sheet: _Sheet) -> str:
    return f"{sheet.portion(said.marking)}{_said(said, sheet)}"


def _said(said: Statement, sheet: _Sheet) -> str:
    text = said.text + (said.credit if isinstance(said, Unknown) else "")
    return f"{_lead(said.lead)}{_escaped(text)}{_marks(said.citations, sheet.document)}"


def _more(more: More | None) -> str:
    return f"{more.text} {_typed(more.command)}" if more else ""


def _typed(command: str) -> str:
    """Return a command as code; a backtick would end it."""
    return f"`{plain(command).replace('`', chr(39))}`"


def _table(table: Table, sheet: _Sheet) -> str:
    lines = [_cells(table.header), "|" + " --- |" * len(table.header)]
    lines += [_table_row(row, sheet) for row in table.rows]
    return "\n".join(lines) + (f"\n\n{_more(table.more)}" if table.more else "")


def _table_row(row: TableRow, sheet: _Sheet) -> str:
    first, *others = row.cells
    marks = _marks(row.citations, sheet.document)
    return f"| {sheet.portion(row.marking)}{_escaped(first)}{marks} {_cells(tuple(others))}"


def _cells(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_escaped(cell) or "–" for cell in cells) + " |"


def _chart(chart: MarkChart, sheet: _Sheet) -> str:
    room = max(len(label) for label in (chart.axis, *(line.label for line in chart.lines)))
    wide = max(len(column) for column in chart.short_columns) + 1
    lines = [chart.axis.ljust(room) + "".join(column.rjust(wide) for column in chart.short_columns)]
    lines += [
        line.label.ljust(room) + "".join((mark or "·").rjust(wide) for mark in line.marks) for line in chart.lines
    ]
    drawing = "\n".join(["```text", *lines, "```"])
    caption = _caption(chart, sheet, _marks(chart.citations, sheet.document))
    return "\n\n".join([caption, drawing, _escaped(chart.key)])


def _bars(chart: BarChart, sheet: _Sheet) -> str:
    parts = (_caption(chart, sheet, ""), _table(chart.twin, sheet), _escaped(chart.note))
    return "\n\n".join(part for part in parts if part)


def _caption(chart: MarkChart | BarChart, sheet: _Sheet, marks: str) -> str:
    mark = sheet.portion(chart.marking)
    return f"{mark}**{_escaped(chart.caption)}**{marks}"
