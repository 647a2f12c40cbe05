"""How much room text takes on a page, near enough to choose by."""

from collections.abc import Sequence

from exports.paper.statements import Statement

# Letters of Times New Roman 14 between the margins of a letter page, less the indent of a list.
LETTERS_PER_LINE = 80
# Lines of Times New Roman 14 on a letter page, less its headings.
_LINES_PER_PAGE = 38
_GAP = 0.3
# Rows are set in 11 points, in cells that are seldom full.
_ROW, _ROW_LETTERS = 0.9, 80


def line_count(statement: Statement) -> int:
    """Return how many printed lines a statement takes."""
    return lines_of(" ".join(part for part in (statement.lead, statement.text) if part))


def lines_of(text: str) -> int:
    """Return how many printed lines text takes, at least one."""
    return max(1, -(-len(text) // LETTERS_PER_LINE))


def pages_of(paragraphs: Sequence[str], *, rows: Sequence[str] = ()) -> int:
    """Return about how many pages paragraphs take.

    Args:
        paragraphs: All of them, the rows of tables too.
        rows: Those that are rows of tables, set smaller.
    """
    rest = list(paragraphs)
    for row in rows:
        rest.remove(row)
    lines = sum(lines_of(text) + _GAP for text in rest) + sum(_ROW * -(-len(row) // _ROW_LETTERS) for row in rows)
    return max(1, -(-round(lines) // _LINES_PER_PAGE))
