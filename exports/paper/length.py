"""How much room text takes on a page, near enough to choose by."""

from exports.paper.statements import Statement

# Letters of Times New Roman 14 between the margins of a letter page, less the indent of a list.
LETTERS_PER_LINE = 72


def line_count(said: Statement) -> int:
    """Return how many printed lines a statement takes."""
    return lines_of(" ".join(part for part in (said.lead, said.text) if part))


def lines_of(text: str) -> int:
    """Return how many printed lines text takes, at least one."""
    return max(1, -(-len(text) // LETTERS_PER_LINE))
