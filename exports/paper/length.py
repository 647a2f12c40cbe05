"""How much room text takes on a page, near enough to choose by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from iga.exports.paper.blocks import Bullets, More, Series, Table
from iga.exports.paper.charts import BarChart, MarkChart
from iga.exports.paper.document import Block, PaperDocument, Section


@dataclass(frozen=True)
class Face:
    """How a kind of text is set: letters of a line between the margins of a letter page, and points of a line."""

    letters: float
    line: float


# Times New Roman 14, 11 and 9, as word processors set it.
_TEXT, _CELL, _NOTE = Face(77, 16.2), Face(103, 12.8), Face(118, 10.6)
_HEADING, _PARAGRAPH, _ROW, _CHART = 24.0, 3.5, 4.0, 200.0
_PAGE = 640.0
"""Points between the margins, less what an estimate may be off."""
WHOLE = 4
"""Most rows of a table that stays on one page: no row of it stands alone."""


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
    while _pages(_strips(document)) > pages and (sections := _shortened(document.sections)):
        document = replace(document, sections=sections)
    return document


def _pages(strips: Iterable[float]) -> int:
    """Return how many pages strips take that do not break, from the top; blank space at the end of a page counts."""
    pages, left = 1, _PAGE
    for strip in strips:
        if strip > left:
            pages, left = pages + 1, _PAGE
        left -= strip
    return pages


def _shortened(sections: tuple[Section, ...]) -> tuple[Section, ...] | None:
    """Return sections with one row or bullet less in the longest list; None where every list has but one."""
    lists = [
        (sum(_block(block)), section, block)
        for section in sections
        for block in section.blocks
        if isinstance(block, (Bullets, Table)) and len(block.parts) > 1
    ]
    if not lists:
        return None
    _, where, longest = max(lists, key=itemgetter(0))
    cut = tuple(_cut(longest) if block is longest else block for block in where.blocks)
    return tuple(replace(section, blocks=cut) if section is where else section for section in sections)


def _cut(block: Bullets | Table) -> Block:
    more = More(1 + (block.more.count if block.more else 0))
    if isinstance(block, Table):
        return replace(block, rows=block.rows[:-1], more=more)
    return replace(block, items=block.items[:-1], more=more)


def _strips(document: PaperDocument) -> Iterator[float]:
    """Give the points that the lines of a paper take from the top, annex and gaps aside; what stays together is one."""
    yield _HEADING  # the title, of two lines at most
    yield from _paragraph(document.title)
    for line in ("TO", "FROM", "THROUGH", f"SUBJECT: {document.subject}; facts as of November 27, 2026"):
        yield from _paragraph(line)
    bottom = Section("Bottom line", (Series(document.bottom_line, is_prose=True),))
    clearance = "".join(f"(SBU) {office.shown} [DRAFTER: ok]; " for office in document.clearing)
    for section in (bottom, *document.sections):
        strips = [strip for block in section.blocks for strip in _block(block)]
        yield (_HEADING if section.heading else 0) + sum(strips[:1])  # a heading stands with what follows
        yield from strips[1:]
    yield _HEADING + sum(sum(_paragraph(line)) for line in ("Drafted", "Approved", f"Cleared: {clearance}"))
    yield _HEADING
    for note in document.endnotes:
        text = f"{note.publisher}, {note.title}, as of November 27, 2026"
        yield lines_of(text, letters=_NOTE.letters) * _NOTE.line
    yield 3 * _NOTE.line


def _block(block: Block) -> Iterator[float]:
    match block:
        case Series():
            texts = (f"{item.lead} {item.shown}" for item in block.items)
            yield from _paragraph(f"(SBU) {block.lead} {block.joint.join(texts)}")
        case Bullets():
            for item in block.items:
                yield from _paragraph(f"(SBU) {item.lead} {item.shown}", indent=6)
        case Table():
            rows = list(_rows(block))
            yield from ([sum(rows)] if len(block.rows) <= WHOLE else [sum(rows[:3]), *rows[3:-2], sum(rows[-2:])])
        case MarkChart() | BarChart():
            yield _CHART
        case _:
            yield from _paragraph(f"(SBU) {block.lead} {block.text}")
    if isinstance(block, (Series, Bullets, Table)) and block.more:
        yield _TEXT.line


def _rows(table: Table) -> Iterator[float]:
    shares = [share / sum(table.widths) for share in table.widths]
    for cells in (table.header, *(row.shown for row in table.rows)):
        columns = zip((f"(SBU) {cells[0]}", *cells[1:]), shares, strict=True)
        yield max(lines_of(text, letters=_CELL.letters * share - 3) for text, share in columns) * _CELL.line + _ROW


def _paragraph(text: str, *, indent: int = 0) -> Iterator[float]:
    """Give the lines of a paragraph; its first two stay together."""
    lines = lines_of(text, letters=_TEXT.letters - indent)
    first = min(2, lines)
    yield first * _TEXT.line + (_PARAGRAPH if lines <= first else 0)
    for number in range(first + 1, lines + 1):
        yield _TEXT.line + (_PARAGRAPH if number == lines else 0)
