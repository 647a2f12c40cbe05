"""How much room text takes on a page, near enough to choose by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from exports.paper.blocks import Bullets, More, Series, Table
from exports.paper.charts import BarChart, MarkChart
from exports.paper.document import Block, PaperDocument, Section


@dataclass(frozen=True)
class Face:
    """How a kind of text is set: letters of a line between the margins of a letter page, and points of a line."""

    letters: float
    line: float


# Times New Roman 14, 11 and 9, as word processors set it.
_TEXT, _CELL, _NOTE = Face(77, 16.2), Face(103, 12.8), Face(118, 10.6)
_HEADING, _PARAGRAPH, _ROW, _CHART = 24.0, 3.5, 4.0, 200.0
_PAGE = 648.0
"""Points between the margins."""


def lines_of(text: str, *, letters: float = _TEXT.letters) -> int:
    """Return how many printed lines text takes, at least one."""
    return max(1, -(-len(text) // max(1, int(letters))))


def pages_of(paragraphs: Sequence[str], *, rows: Sequence[str] = ()) -> int:
    """Return about how many pages paragraphs take.

    Args:
        paragraphs: All of them, the rows of tables too.
        rows: Those that are rows of tables, set smaller.
    """
    rest = list(paragraphs)
    for row in rows:
        rest.remove(row)
    text = sum(lines_of(text) * _TEXT.line + _PARAGRAPH for text in rest)
    cells = sum(lines_of(row, letters=_CELL.letters * 0.8) * _CELL.line + _ROW for row in rows)
    return max(1, -(-round(text + cells) // round(_PAGE)))


def fitted(document: PaperDocument, pages: int) -> PaperDocument:
    """Return a paper whose lists are cut, the longest first, until it takes no more than some pages.

    What stands before the annex counts, with the sources. No list is left out; each says how much was.
    """
    while sum(_heights(document)) > pages * _PAGE and (sections := _shortened(document.sections)):
        document = replace(document, sections=sections)
    return document


def _shortened(sections: tuple[Section, ...]) -> tuple[Section, ...] | None:
    """Return sections with one row or bullet less in the longest list; None where every list has but one."""
    lists = [
        (sum(_block(block)), section, block) for section in sections for block in section.blocks if _can_be_cut(block)
    ]
    if not lists:
        return None
    _, where, longest = max(lists, key=itemgetter(0))
    cut = tuple(_cut(block) if block is longest else block for block in where.blocks)
    return tuple(replace(section, blocks=cut) if section is where else section for section in sections)


def _can_be_cut(block: Block) -> bool:
    return isinstance(block, (Bullets, Table)) and len(block.parts) > 1


def _cut(block: Block) -> Block:
    left = More(1 + (block.more.count if isinstance(block, (Bullets, Table)) and block.more else 0))
    match block:
        case Bullets():
            return replace(block, items=block.items[:-1], more=left)
        case Table():
            return replace(block, rows=block.rows[:-1], more=left)
    return block


def _heights(document: PaperDocument) -> Iterator[float]:
    """Give the points that each part of a paper takes, annex and gaps aside."""
    yield 2 * _HEADING  # the title
    for line in (f"SUBJECT: {document.subject}; facts as of November 27, 2026", "TO", "FROM", "THROUGH"):
        yield _paragraph(line)
    for section in (Section("Bottom line", (Series(document.bottom_line, is_prose=True),)), *document.sections):
        yield _HEADING if section.heading else 0
        for block in section.blocks:
            yield from _block(block)
    yield _HEADING + 2 * _paragraph("Drafted")
    yield _paragraph("Cleared: " + "".join(f"(SBU) {office.shown} [DRAFTER: ok]; " for office in document.clearing))
    yield _HEADING
    for note in document.endnotes:
        text = f"{note.publisher}, {note.title}, as of November 27, 2026"
        yield lines_of(text, letters=_NOTE.letters) * _NOTE.line
    yield 3 * _NOTE.line


def _block(block: Block) -> Iterator[float]:
    match block:
        case Series():
            texts = (f"{item.lead} {item.shown}" for item in block.items)
            yield _paragraph(f"(SBU) {block.lead} {block.joint.join(texts)}")
        case Bullets():
            yield from (_paragraph(f"(SBU) {item.lead} {item.shown}", indent=6) for item in block.items)
        case Table():
            shares = [share / sum(block.widths) for share in block.widths]
            for cells in (block.header, *(row.shown for row in block.rows)):
                marked = (f"(SBU) {cells[0]}", *cells[1:])
                columns = zip(marked, shares, strict=True)
                lines = max(lines_of(text, letters=_CELL.letters * share - 3) for text, share in columns)
                yield lines * _CELL.line + _ROW
        case MarkChart() | BarChart():
            yield _CHART
        case _:
            yield _paragraph(f"(SBU) {block.lead} {block.text}")
    if isinstance(block, (Series, Bullets, Table)) and block.more:
        yield _TEXT.line


def _paragraph(text: str, *, indent: int = 0) -> float:
    return lines_of(text, letters=_TEXT.letters - indent) * _TEXT.line + _PARAGRAPH
