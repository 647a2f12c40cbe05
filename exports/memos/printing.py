"""How rows of an answer become parts of a paper: cells and statements are worded by templates, gaps are stated."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from iga.exports.memos.evidence import R, cited, row_words
from iga.exports.memos.gathering import ask_again
from iga.exports.paper.blocks import Bullets, More, Series, Table, TableRow
from iga.exports.paper.document import Section
from iga.exports.paper.statements import PROGRAM, Claim, Unknown
from iga.graph.domain.marking import Marking
from iga.queries.core.answer import Answer, AnswerRow
from iga.queries.core.clauses import worded
from iga.queries.core.wording import capitalized, long_day

K = TypeVar("K")


def words(macro: str, row: AnswerRow | None = None, /, **values: Any) -> str:
    """Return what a macro says of the fields of a row and of further values, which go before.

    ``promises/due`` is the macro ``due`` of ``sentences/promises.j2``.
    """
    template, _, name = macro.partition("/")
    return worded("iga.exports.memos", template, name, {**dict(row or {}), **values}, in_paper=True)


def lacking(what: str, nearest: str = "", *, lead: str = "") -> Unknown:
    """Return the statement that we have nothing of a kind on file; what is known nearest goes on from it."""
    return nothing_found(words("shared/lacking", what=what, nearest=nearest), lead=lead)


def nothing_found(text: str, *, lead: str = "") -> Unknown:
    """Return the statement that the data hold nothing; it never says that there is nothing."""
    return Unknown(text, PROGRAM, lead=lead)


def statement(answer: Answer, row: AnswerRow, text: str, *, lead: str = "", floor: Marking = Marking.PUBLIC) -> Claim:
    """Return a row as one statement, its words as they are."""
    return Claim(text, cited(answer, row), lead=lead, floor=floor)


def claim(
    answer: Answer, rows: Sequence[R], macro: str, /, *, lead: str = "", floor: Marking = Marking.PUBLIC, **values: Any
) -> Claim:
    """Return rows as one statement, worded from the fields of the first and from further values."""
    return Claim(words(macro, rows[0], **values), cited(answer, *rows), lead=lead, floor=floor)


def claim_or(
    nothing: str, answer: Answer, rows: Sequence[R], macro: str, /, *, lead: str = "", **values: Any
) -> Claim | Unknown:
    """Return rows as one statement, as of `claim`; where there are none, that nothing is in the data."""
    return claim(answer, rows, macro, lead=lead, **values) if rows else nothing_found(nothing, lead=lead)


def more(answer: Answer, rows: Sequence[object] | int, most: int) -> More | None:
    """Return what a cap left out of rows, or of their number; None if it left out nothing."""
    left = (rows if isinstance(rows, int) else len(rows)) - most
    return More(left, ask_again(answer)) if left > 0 else None


def series(answer: Answer, rows: Sequence[R], macro: str, *, lead: str, most: int) -> Series:
    """Return the first rows as a paragraph, a few words for each."""
    return Series(tuple(claim(answer, [row], macro) for row in rows[:most]), lead=lead, more=more(answer, rows, most))


def bullets(
    answer: Answer, rows: Sequence[R], macro: str, *, most: int, lead: str = "", floor: Callable[[R], Marking]
) -> Bullets:
    """Return the first rows as a list, a statement for each."""
    items = tuple(claim(answer, [row], macro, lead=lead, floor=floor(row)) for row in rows[:most])
    return Bullets(items, more(answer, rows, most))


def days_written_out(text: str) -> str:
    """Return a text with its days as a paper prints them: ``yes (since August 15, 2014)``."""
    return _DAY.sub(lambda found: long_day(found[0]), text)


_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


class Cells(NamedTuple):
    """The cells of one column: heading, share of the text width, what they say, whether they begin with a capital."""

    heading: str
    width: int
    word: str
    style: Literal["", "capital"] = ""


class TableForm(BaseModel):
    """How rows of one kind are printed as a table, as ``tables.yaml`` declares it.

    Attributes:
        title: What the table holds, told to who cannot see it.
        lacking, nearest: What we have none of on file where there are no rows, and what goes on from that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    lacking: str
    nearest: str = ""
    columns: tuple[Cells, ...]
    lead: str = ""
    most: int = 100
    marking: Literal["public", "internal"] = "public"

    def table(
        self,
        answer: Answer,
        rows: Sequence[R],
        /,
        *,
        most: int = 0,
        whole: int = 0,
        of_row: Callable[[R], Mapping[str, Any]] = lambda _: {},
        floor: Callable[[R], Marking] | None = None,
        **values: Any,
    ) -> Table | Unknown:
        """Return rows as a table, or that there are none.

        Args:
            answer: What they are rows of.
            rows: In the order in which they are printed.
            most: Rows that are printed, if not as many as usual.
            whole: How many there are, where the answer has fewer rows.
            of_row: What the cells of a row are worded from besides its fields.
            floor: Least marking of a row, if not the same for all.
            values: What all cells are worded from besides the fields of their row.
        """
        shown = rows[: most or self.most]
        lines = [self.line(answer, row, floor=floor and floor(row), **values, **of_row(row)) for row in shown]
        return self.of_lines(lines, more(answer, max(whole, len(rows)), len(shown)))

    def line(self, answer: Answer, row: AnswerRow, /, *, floor: Marking | None = None, **values: Any) -> TableRow:
        """Return one row as a line of the table."""
        cells = tuple(_cell(column, answer, row, values) for column in self.columns)
        return TableRow(cells, cited(answer, row), Marking.named(self.marking) if floor is None else floor)

    def of_lines(self, lines: Sequence[TableRow], left: More | None = None) -> Table | Unknown:
        """Return lines as the table, or that there are none."""
        if not lines:
            return lacking(self.lacking, self.nearest, lead=self.lead)
        headings, widths, *_ = zip(*self.columns, strict=True)
        return Table(self.title, headings, tuple(lines), widths, left)

    def section(self, answer: Answer, rows: Sequence[R], *, heading: str = "", **values: Any) -> Section:
        """Return rows as a section of its own, by default under the title of the table."""
        return Section(heading or self.title, (self.table(answer, rows, **values),))


def form(name: str, /, **texts: str) -> TableForm:
    """Return the form of a table; texts take the places in its title, its lead and its headings."""
    declared = forms()[name]
    if not texts:
        return declared
    columns = tuple(column._replace(heading=column.heading.format(**texts)) for column in declared.columns)
    filled = {"title": declared.title.format(**texts), "lead": declared.lead.format(**texts), "columns": columns}
    return declared.model_copy(update=filled)


@cache
def forms() -> dict[str, TableForm]:
    """Return the forms of all tables by name."""
    text = files("iga.exports.memos").joinpath("tables.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, TableForm]).validate_python(yaml.load(text, yaml.CSafeLoader))


def _cell(column: Cells, answer: Answer, row: AnswerRow, values: dict[str, Any]) -> str:
    if column.word.startswith("row-"):
        text = row_words(answer, row, column.word)
    elif "/" in column.word:
        text = words(column.word, row, **values)
    else:
        value = values[column.word] if column.word in values else dict(row)[column.word]
        text = f"{value:,}" if isinstance(value, int) else str(value or "")
    return capitalized(text) if column.style else text
