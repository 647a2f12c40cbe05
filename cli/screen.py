"""What of an answer's rows fits a screen: five columns, twenty rows, and what is alike in all of them said once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from cli.columns import in_columns, in_records
from exports.tables import cell_text, ranges, records
from exports.wording import plain
from graph.errors import UsageError
from graph.settings import PRACTICE
from graph.suggestions import did_you_mean
from queries.core.answer import Answer
from queries.registry import QUESTIONS

COLUMNS = 5
ROWS = 20

LAPSED = "(?)"
_TIED = "\N{NO-BREAK SPACE}"  # keeps a mark beside its word until the lines are laid out

# What needs no column when it is so in every row.
_UNREMARKABLE = {"status": "active", "disputed": "no", "preferred": "yes", "unverified": "no", "superseded": "no"}

# Told of a row by a mark, by a caveat or by the numbers of its notes, not by a column.
_TOLD_OTHERWISE = ("held", "fictional", "confidence", "evidence")

# First columns that head the rows below them.
_HEADS = ("section", "about_name", "who", "path", "kind", "owner_name", "rule")

_AMOUNTS = ("amount", "whole", "ceiling", "cost_share", "stated_total", "total_obligated", "total_outlaid")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ScreenTable:
    """The rows of an answer as a screen shows them.

    Attributes:
        headings, cells: The columns, the numbers of the notes last.
        alike: What all rows of the answer have in common, by heading.
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

    Args:
        answer: The answer.
        limit: Rows shown; None is all.
        fields: The fields of a row to show; none is the first few of those that the card names and that differ.

    Raises:
        UsageError: No row has such a field.
    """
    rows = records(answer)
    if not rows:
        return ScreenTable()
    texts = {name: [_cell(name, row) for row in rows] for name in rows[0]}
    known = fields_known(answer, fields) if fields else tuple(_telling(answer, texts))
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


def heading(name: str, shown: Sequence[str]) -> str:
    """Return the heading of a field; the name of a thing stands for the thing where its id is not shown too."""
    thing = name.removesuffix("_name")
    return (name if thing in shown else thing).replace("_", " ")


def _telling(answer: Answer, texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the fields of a card that say something, in its order; the party that was asked about is none."""
    card = QUESTIONS.get(answer.question)
    alone = answer.subjects[0].name if len(answer.subjects) == 1 else ""
    for name in card.columns if card and card.columns else tuple(texts):
        says = set(texts[name]) - {_UNREMARKABLE.get(name), ""}
        with_amount = name == "currency" and "amount" in texts
        if says and name not in _TOLD_OTHERWISE and not with_amount and (name != "name" or says != {alone}):
            yield name


def _cell(name: str, row: Row) -> str:
    value = row[name]
    if name in _AMOUNTS or name.endswith("_amount"):
        return _money(value, row.get("currency"))
    return plain(cell_text(value))


def _money(value: object, currency: object) -> str:
    """Return an amount as it is said: ``USD 17,994,000``."""
    try:
        return f"{currency or ''} {Decimal(str(value)):,}".strip()
    except InvalidOperation:
        return plain(cell_text(value))


def _blank_repeated(cells: list[list[str]]) -> None:
    for above, row in reversed(list(pairwise(cells))):
        if above[0] == row[0]:
            row[0] = ""
