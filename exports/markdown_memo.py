"""A document as GitHub-flavoured Markdown, its endnotes as footnotes."""

import re

from exports.document import (
    Blank,
    Block,
    Bullets,
    Chart,
    Citation,
    Citations,
    Claim,
    Document,
    More,
    Series,
    Table,
    TableRow,
    Unknown,
)
from exports.wording import is_link, long_day, plain

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#$])")
_LIST_START = re.compile(r"^(\d*)([-+=.)])")


def to_markdown(document: Document) -> str:
    """Return the document as Markdown text; equal documents give equal text."""
    parts = [_marking(document), f"# {_escaped(document.title)}", _escaped(document.subtitle)]
    for section in document.sections:
        parts += [f"## {_escaped(section.heading)}", *(_block(block, document) for block in section.blocks)]
    parts += ["## How this paper was made", _making(document)]
    if document.gaps:
        gaps = (f"- {_statement(gap, document)}" for gap in document.gaps)
        parts += ["## What the sources lack", "\n".join(gaps)]
    if document.endnotes:
        parts.append("\n".join(f"[^{number}]: {_note(note)}" for number, note in enumerate(document.endnotes, start=1)))
    return "\n\n".join([*parts, _marking(document)]) + "\n"


def _marking(document: Document) -> str:
    return "  \n".join(f"**{line}**" for line in document.marking_lines)


def _making(document: Document) -> str:
    return (
        f"Facts as of {long_day(document.as_of)}. Data version `{document.data_version}`.  \n"
        f"To make this paper again: `{document.command}`"
    )


def _note(note: Citation) -> str:
    stated = f"stated {long_day(note.stated_on)}" if note.stated_on else "day of statement not known"
    link = f"<{note.url}>" if is_link(note.url) else _escaped(note.url)
    return (
        ", ".join(
            part for part in (_escaped(note.title), link, _escaped(note.locator), stated, f"load {note.load}") if part
        )
        + "."
    )


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is written."""
    return _LIST_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", plain(text)))


def _marks(citations: Citations, document: Document) -> str:
    return "".join(f"[^{number}]" for number in document.numbers(citations))


def _block(block: Block, document: Document) -> str:
    match block:
        case Claim() | Unknown():
            return _statement(block, document)
        case Blank():
            return f"**{_escaped(block.text)}**"
        case Bullets():
            lines = [f"- {_statement(item, document)}" for item in block.items]
            return "\n".join(lines + [f"- {_more(block.more)}"] * bool(block.more))
        case Series():
            items = "; ".join(_statement(item, document) for item in block.items)
            return f"{_lead(block.lead)}{items}{'; ' + _more(block.more) if block.more else ''}."
        case Table():
            return _table(block, document)
        case Chart():
            return _chart(block, document)


def _lead(lead: str) -> str:
    return f"**{_escaped(lead)}** " if lead else ""


def _statement(said: Claim | Unknown, document: Document) -> str:
    text = said.text + (said.credit if isinstance(said, Unknown) else "")
    return f"{_lead(said.lead)}{_escaped(text)}{_marks(said.citations, document)}"


def _more(more: More | None) -> str:
    return f"{more.text} `{more.command}`" if more else ""


def _table(table: Table, document: Document) -> str:
    lines = [_cells(table.header), "|" + " --- |" * len(table.header)]
    lines += [_table_row(row, document) for row in table.rows]
    return "\n".join(lines) + (f"\n\n{_more(table.more)}" if table.more else "")


def _table_row(row: TableRow, document: Document) -> str:
    first, *others = row.cells
    return f"| {_escaped(first)}{_marks(row.citations, document)} {_cells(tuple(others))}"


def _cells(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_escaped(cell) or "–" for cell in cells) + " |"


def _chart(chart: Chart, document: Document) -> str:
    room = max(len(label) for label in (chart.axis, *(line.label for line in chart.lines)))
    wide = max(len(column) for column in chart.columns) + 1
    lines = [chart.axis.ljust(room) + "".join(column.rjust(wide) for column in chart.columns)]
    lines += [
        line.label.ljust(room) + "".join((mark or "·").rjust(wide) for mark in line.marks) for line in chart.lines
    ]
    drawing = "\n".join(["```text", *lines, "```"])
    caption = f"**{_escaped(chart.caption)}**{_marks(chart.citations, document)}"
    return "\n\n".join([caption, drawing, _escaped(chart.key)])
