"""What of an answer's rows fits a screen: five columns, twenty rows, and what is alike in all of them said once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from iga.cli.columns import in_columns, in_records
from iga.exports.row_words import Row, heading, telling, text_in
from iga.exports.tables import ranges, records
from iga.graph.errors import UsageError
from iga.graph.settings import PRACTICE
from iga.graph.suggestions import did_you_mean
from iga.queries.core.answer import Answer
from iga.queries.registry import QUESTIONS

COLUMNS = 5
ROWS = 20

LAPSED = "(?)"
_TIED = "\N{NO-BREAK SPACE}"  # keeps a mark beside its word until the lines are laid out

# First columns that head the rows below them.
_HEADS = ("section", "about_name", "who", "path", "kind", "owner_name", "rule")


@dataclass(frozen=True)
class ScreenTable:
    """The rows of an answer as a screen shows them.

    Attributes:
        headings, cells: The columns, the numbers of the notes last.
        others: Fields that hold something and have no column.
    """

    headings: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    alike: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def lines(self, width: int) -> list[str]:
        """Return the rows as lines of at most `width` places: in columns if these fit, else row by row."""
        laid_out = in_columns(self.headings, self.cells, width=width) if len(self.cells) > 1 else []
        lines = laid_out or in_records(self.headings, self.cells, width=width)
        return [plain_marks(line) for line in lines]


def table_of(answer: Answer, *, limit: int | None = ROWS, fields: Sequence[str] = ()) -> ScreenTable:
    """Return the rows of an answer as a table for a screen.

    Raises:
        UsageError: No row has such a field.
    """
    rows = records(answer)
    if not rows:
        return ScreenTable()
    texts = {name: [text_in(name, row) for row in rows] for name in rows[0]}
    known = fields_known(answer, fields) if fields else tuple(telling(answer, texts))
    alike = {name for name in known if len(rows) > 1 and len(set(texts[name])) == 1} if not fields else set()
    differing = [name for name in known if name not in alike] or list(known[:1])
    shown = differing if fields or len(rows) == 1 else differing[:COLUMNS]
    cells = [[texts[name][number] for name in shown] for number in range(len(rows))]
    if shown:
        for row, line in zip(rows, cells, strict=True):
            line[0] = marked(line[0], row)
        if shown[0] in _HEADS and len(shown) > 1:
            _blank_repeated(cells)
    notes = [f"[{ranges(row['evidence'])}]" if row.get("evidence") else "" for row in rows]
    return ScreenTable(
        headings=(*(heading(name, shown) for name in shown), "" if len(rows) > 1 else "notes"),
        cells=tuple((*line, note) for line, note in zip(cells[:limit], notes[:limit], strict=True)),
        alike={heading(name, known): texts[name][0] for name in known if name in alike and name not in shown},
        others=tuple(differing[len(shown) :]),
    )


def fields_known(answer: Answer, fields: Sequence[str]) -> tuple[str, ...]:
    """Return fields asked for as the rows call them, ``due on`` as ``due_on`` and ``body`` as ``body_name``.

    Raises:
        UsageError: No row has one of them.
    """
    card = QUESTIONS.get(answer.question)
    declared = card.row.model_fields.items() if card else ()
    known = {*(field.alias or name for name, field in declared), *(name for row in records(answer) for name in row)}
    named = tuple(name.strip().lower().replace(" ", "_").replace("-", "_") for name in fields)
    for name in named:
        if name not in known:
            raise UsageError(f"--fields: a row of {answer.question} has no {name!r}{did_you_mean(name, known)}")
    return named


def marked(text: str, row: Row) -> str:
    """Return what a row begins with: made-up rows, and those of which no date tells whether they hold, are marked."""
    made_up = f"{PRACTICE}{_TIED}" if row.get("fictional") and not text.startswith(PRACTICE) else ""
    return f"{made_up}{text}{f'{_TIED}{LAPSED}' if row.get('held') == 'unknown' else ''}".strip()


def plain_marks(line: str) -> str:
    """Return a line that is laid out with the marks of its rows apart from their words by a plain space."""
    return line.replace(_TIED, " ")


def _blank_repeated(cells: list[list[str]]) -> None:
    for above, row in reversed(list(pairwise(cells))):
        if above[0] == row[0]:
            row[0] = ""
