"""The rows of an answer as the table of a page: sorted, filtered, some of the columns, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from iga.exports.row_words import Row, heading, telling, text_in
from iga.exports.tables import records
from iga.graph.errors import UsageError
from iga.graph.suggestions import did_you_mean
from iga.graph.text import folded
from iga.queries.core.answer import Answer
from iga.queries.core.names.resolve import is_id

ROWS = 50
_COLUMNS = 7
"""Columns that are shown where nobody chooses: more do not fit beside one another."""


class TableParams(BaseModel):
    """What of the rows is shown, and in which order."""

    model_config = ConfigDict(extra="forbid")

    sort: str = Field(default="", max_length=100, description="Column to sort by; with a minus before it, downwards.")
    containing: str = Field(default="", max_length=200, description="Only rows that hold these words.")
    columns: list[str] = Field(default=[], max_length=100, description="Columns shown; the telling ones if left out.")
    page: int = Field(default=1, ge=1, le=10_000, description="Which page of the rows.")


@dataclass(frozen=True)
class TableCell:
    """What a field of a row says, and the id of the thing that it names; blank is none."""

    text: str
    leads_to: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row as a page shows it."""

    cells: tuple[TableCell, ...]
    notes: tuple[int, ...]
    conflicts: tuple[str, ...]
    is_lapsed: bool
    is_fictional: bool


@dataclass(frozen=True)
class TableColumn:
    """A column, and whether it is shown."""

    name: str
    heading: str
    is_shown: bool


@dataclass(frozen=True)
class AnswerTable:
    """The rows of an answer as they are asked for."""

    answer: Answer
    asked: TableParams

    @cached_property
    def _records(self) -> tuple[Row, ...]:
        return records(self.answer)

    @cached_property
    def _texts(self) -> dict[str, list[str]]:
        names = self._records[0] if self._records else ()
        return {name: [text_in(name, row) for row in self._records] for name in names}

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The fields that are shown: those asked for, or the first that tell.

        Raises:
            UsageError: The rows have no field of a name.
        """
        for name in (*self.asked.columns, *([self.asked.sort.removeprefix("-")] if self.asked.sort else ())):
            if self._texts and name not in self._texts:
                raise UsageError(f"a row of {self.answer.question} has no {name!r}{did_you_mean(name, self._texts)}")
        chosen = [name for name in self._texts if name in self.asked.columns]
        return tuple(chosen or list(telling(self.answer, self._texts))[:_COLUMNS])

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """Every field that says something, those shown first."""
        said = [name for name, texts in self._texts.items() if any(texts) and name not in (*self.shown, "evidence")]
        names = (*self.shown, *said)
        return tuple(TableColumn(name, heading(name, names), name in self.shown) for name in names)

    @cached_property
    def _chosen(self) -> Sequence[int]:
        """Numbers of the rows that hold the words, in the order asked for."""
        words = folded(self.asked.containing).split()
        numbers = [number for number in range(len(self._records)) if all(word in self._said(number) for word in words)]
        by = self.asked.sort.removeprefix("-")
        if not by or by not in self._texts:
            return numbers
        filled = [number for number in numbers if self._texts[by][number]]
        ordered = sorted(
            filled, key=lambda number: _order(self._records[number][by]), reverse=self.asked.sort[0] == "-"
        )
        return [*ordered, *(number for number in numbers if not self._texts[by][number])]

    def _said(self, number: int) -> str:
        return folded(" ".join(texts[number] for texts in self._texts.values()))

    @property
    def count(self) -> int:
        """How many rows hold the words."""
        return len(self._chosen)

    @property
    def pages(self) -> int:
        """How many pages there are; one where there are no rows."""
        return max(1, -(-self.count // ROWS))

    @property
    def _on_page(self) -> Sequence[int]:
        return self._chosen[(self.asked.page - 1) * ROWS : self.asked.page * ROWS]

    @property
    def rows(self) -> tuple[ShownRow, ...]:
        """The rows of the page."""
        return tuple(self._row(number) for number in self._on_page)

    @property
    def part(self) -> Answer:
        """The answer with the rows of the page alone, and the notes that these and its sentences rest on."""
        rows = tuple(self.answer.rows[number] for number in self._on_page)
        return self.answer.model_copy(update={"rows": rows}).first_rows(None)

    def _row(self, number: int) -> ShownRow:
        row = self._records[number]
        return ShownRow(
            cells=tuple(TableCell(self._texts[name][number], thing_in(name, row)) for name in self.shown),
            notes=tuple(row.get("evidence") or ()),
            conflicts=tuple(row.get("conflicts") or ()),
            is_lapsed=row.get("held") == "unknown",
            is_fictional=bool(row.get("fictional")),
        )


def thing_in(name: str, row: Mapping[str, Any]) -> str:
    """Return the id of the thing that a field names, is or speaks of; blank where it is none."""
    id_ = row.get({"name": "id", "says": "subject"}.get(name, name.removesuffix("_name")))
    return id_ if isinstance(id_, str) and is_id(id_) else ""


def _order(value: object) -> tuple[int, float, str]:
    """Return what a value is sorted by: numbers as such, before words."""
    try:
        return 0, float(str(value)), ""
    except ValueError:
        return 1, 0.0, folded(str(value))
