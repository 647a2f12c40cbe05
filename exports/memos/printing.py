"""How rows of an answer become parts of a paper: cells and statements are worded by templates, gaps are stated."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from exports.memos.evidence import R, cited, row_words
from exports.memos.gathering import ask_again
from exports.paper.blocks import Bullets, More, Series, Table, TableRow
from exports.paper.document import Section
from exports.paper.statements import PROGRAM, Blank, Claim, Unknown
from graph.domain.marking import Marking
from queries.core.answer import Answer, AnswerRow
from queries.core.clauses import worded
from queries.core.wording import capitalized

K = TypeVar("K")


def words(macro: str, row: AnswerRow | None = None, /, **values: Any) -> str:
    """Return what a macro says of the fields of a row and of further values, which go before.

    ``promises/due`` is the macro ``due`` of ``sentences/promises.j2``.
    """
    template, _, name = macro.partition("/")
    return worded("exports.memos", template, name, {**dict(row or {}), **values}, in_paper=True)


def nothing_found(text: str, *, lead: str = "") -> Unknown:
    """Return the statement that the data hold nothing; it never says that there is nothing."""
    return Unknown(text, PROGRAM, lead=lead)


def for_the_drafter(*prompts: str) -> Section:
    """Return the marked blanks that the drafter fills: the program never composes a judgement.

    Clearances have a block of their own.
    """
    usual = ("objective of the meeting", "points to make", "watch-outs and sensitivities")
    return Section("For the drafter", tuple(Blank(prompt) for prompt in prompts or usual))


def public(_: object) -> Marking:
    """Return the least marking of rows that are no more than their sources."""
    return Marking.PUBLIC


def internal(_: object) -> Marking:
    """Return the least marking of rows on our own work."""
    return Marking.INTERNAL


def statement(answer: Answer, row: AnswerRow, text: str, *, lead: str = "", floor: Marking = Marking.PUBLIC) -> Claim:
    """Return a row as one statement, its words as they are."""
    return Claim(text, cited(answer, row), lead=lead, floor=floor)


def claim(
    answer: Answer, rows: Sequence[R], macro: str, /, *, lead: str = "", floor: Marking = Marking.PUBLIC, **values: Any
) -> Claim:
    """Return rows as one statement, worded from the fields of the first and from further values."""
    return Claim(words(macro, rows[0], **values), cited(answer, *rows), lead=lead, floor=floor)


def claim_or(
    nothing: str,
    answer: Answer,
    rows: Sequence[R],
    macro: str,
    /,
    *,
    lead: str = "",
    floor: Marking = Marking.PUBLIC,
    **values: Any,
) -> Claim | Unknown:
    """Return rows as one statement; where there are none, that nothing is in the data."""
    if not rows:
        return nothing_found(nothing, lead=lead)
    return claim(answer, rows, macro, lead=lead, floor=floor, **values)


def more(answer: Answer, rows: Sequence[object] | int, most: int) -> More | None:
    """Return what a cap left out of rows, or of their number; None if it left out nothing."""
    left = (rows if isinstance(rows, int) else len(rows)) - most
    return More(left, ask_again(answer)) if left > 0 else None


def series(answer: Answer, rows: Sequence[R], macro: str, *, lead: str, most: int) -> Series:
    """Return the first rows as a paragraph, a few words for each."""
    items = tuple(claim(answer, [row], macro) for row in rows[:most])
    return Series(items, lead=lead, more=more(answer, rows, most))


def bullets(
    answer: Answer,
    rows: Sequence[R],
    macro: str,
    *,
    most: int,
    lead: str = "",
    floor: Callable[[R], Marking] = public,
) -> Bullets:
    """Return the first rows as a list, a statement for each."""
    items = tuple(claim(answer, [row], macro, lead=lead, floor=floor(row)) for row in rows[:most])
    return Bullets(items, more(answer, rows, most))


def grouped(rows: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    """Return rows by a key, keys in the order in which they come first."""
    groups: dict[K, list[R]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


class Cells(NamedTuple):
    """The cells of one column of a table.

    Attributes:
        heading: Heading of the column.
        width: Its share of the text width.
        word: What they say: a field of the row; ``template/macro`` of a paper; a macro of the template of the
            question, such as ``row-held-by``.
        is_capital: Whether they begin with a capital.
    """

    heading: str
    width: int
    word: str
    is_capital: bool = False


@dataclass(frozen=True)
class TableForm(Generic[R]):
    """How rows of one kind are printed as a table.

    Attributes:
        title: What the table holds, told to who cannot see it.
        columns: From the left.
        nothing: What is said where there are no rows.
        lead: What stands before that in bold.
        most: Rows that are printed.
        floor: Least marking of a row.
    """

    title: str
    columns: tuple[Cells, ...]
    nothing: str
    most: int
    lead: str = ""
    floor: Callable[[R], Marking] = public

    def table(
        self,
        answer: Answer,
        rows: Sequence[R],
        /,
        *,
        most: int = 0,
        whole: int = 0,
        of_row: Callable[[R], Mapping[str, Any]] = lambda _: {},
        **values: Any,
    ) -> Table | Unknown:
        """Return rows as a table, or that there are none.

        Args:
            answer: What they are rows of.
            rows: In the order in which they are printed.
            most: Rows that are printed, if not as many as usual.
            whole: How many there are, where the answer has fewer rows.
            of_row: What the cells of a row are worded from besides its fields.
            values: What all cells are worded from besides the fields of their row.
        """
        if not rows:
            return nothing_found(self.nothing, lead=self.lead)
        shown = rows[: most or self.most]
        lines = tuple(self.line(answer, row, **values, **of_row(row)) for row in shown)
        return self.of_lines(lines, more(answer, max(whole, len(rows)), len(shown)))

    def line(self, answer: Answer, row: R, /, **values: Any) -> TableRow:
        """Return one row as a line of the table."""
        cells = tuple(_cell(column, answer, row, values) for column in self.columns)
        return TableRow(cells, cited(answer, row), floor=self.floor(row))

    def of_lines(self, lines: Sequence[TableRow], left: More | None = None) -> Table:
        """Return lines as the table."""
        headings, widths = zip(*((column.heading, column.width) for column in self.columns), strict=True)
        return Table(self.title, headings, tuple(lines), widths, left)

    def section(self, answer: Answer, rows: Sequence[R], *, heading: str = "", **values: Any) -> Section:
        """Return rows as a section of its own, by default under the title of the table."""
        return Section(heading or self.title, (self.table(answer, rows, **values),))


def _cell(column: Cells, answer: Answer, row: R, values: dict[str, Any]) -> str:
    if column.word.startswith("row-"):
        text = row_words(answer, row, column.word)
    elif "/" in column.word:
        text = words(column.word, row, **values)
    else:
        value = values[column.word] if column.word in values else dict(row)[column.word]
        text = f"{value:,}" if isinstance(value, int) else str(value or "")
    return capitalized(text) if column.is_capital else text
