"""Charts: what is drawn, said in words for who cannot see it, and given as a table beside the drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.statements import Citations, Cited, Composed
from iga.graph.domain.marking import Marking
from iga.graph.errors import DomainError

FIRM, FAINT = "●", "○"
"""The marks of a chart: as published, and less sure. Two signs, so nobody needs colour to tell them."""


def _must_say(caption: str, alt: str) -> None:
    if not alt:
        raise DomainError(f"the chart {caption!r} says nothing to who cannot see it: write its alt text")


@dataclass(frozen=True)
class ChartLine:
    """One line of a chart of marks: a mark (`FIRM`, `FAINT` or blank) for each column."""

    label: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class MarkChart(Cited):
    """A grid of marks: what held (`lines`, top to bottom) at which time (`columns`, left to right).

    Attributes:
        axis: What the columns are, in a word.
        columns: Headings of the columns in full, such as ``2024``; where room is short their last two letters are
            printed.
        lines: What can be read off, from the top.
        alt: The whole content of the chart in words, for who cannot see it.
    """

    caption: str
    axis: str
    columns: tuple[str, ...]
    lines: tuple[ChartLine, ...]
    alt: str
    key: str
    citations: Citations
    floor: Marking = Marking.PUBLIC

    def __post_init__(self) -> None:
        super().__post_init__()
        _must_say(self.caption, self.alt)
        for line in self.lines:
            if len(line.marks) != len(self.columns):
                have = f"{line.label!r} has {len(line.marks)} marks"
                raise DomainError(f"the chart {self.caption!r} has {len(self.columns)} columns; {have}")

    @property
    def short_columns(self) -> tuple[str, ...]:
        """The headings where room is short: the last two letters of each."""
        return tuple(column[-2:] for column in self.columns)

    @property
    def twin(self) -> Table:
        """The same as a table: one row for each line, with the columns that are marked; less sure ones as such."""
        rows = (
            TableRow((line.label, "; ".join(self._runs(line))), self.citations, floor=self.floor) for line in self.lines
        )
        return Table(self.caption, ("What", self.axis), tuple(rows), (28, 72))

    def _runs(self, line: ChartLine) -> Iterator[str]:
        """Return runs of columns with the same mark: ``2001 to 2002``, ``2022 ○``."""
        for mark, run in groupby(zip(self.columns, line.marks, strict=True), key=lambda pair: pair[1]):
            names = [column for column, _ in run]
            span = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
            if mark:
                yield span if mark == FIRM else f"{span} {FAINT}"


@dataclass(frozen=True)
class Bar(Cited):
    """One bar.

    Attributes:
        label: What stands beside it, such as a fiscal year.
        value: How long it is; None where that is not known, and no bar is drawn.
        printed: The value as printed, such as ``USD 1.2 million``; blank is printed as not known.
    """

    label: str
    value: Decimal | None
    printed: str
    citations: Citations
    floor: Marking = Marking.PUBLIC


@dataclass(frozen=True)
class BarChart(Composed):
    """Amounts of one measure side by side, from the top.

    Attributes:
        caption: One line above the chart; it names measure and layer.
        axis: What the bars are, in a word: ``Fiscal year``.
        measure: What their length is, with its unit: ``Obligated, USD``.
        alt: What can be read off, in words: how many, from what to what, the longest.
        note: One line below it; blank is none.
    """

    caption: str
    axis: str
    measure: str
    bars: tuple[Bar, ...]
    alt: str
    note: str = ""

    def __post_init__(self) -> None:
        if not self.bars:
            raise DomainError(f"the chart {self.caption!r} has no bars: write an Unknown instead")
        _must_say(self.caption, self.alt)

    @property
    def parts(self) -> tuple[Bar, ...]:
        """The bars."""
        return self.bars

    @property
    def twin(self) -> Table:
        """The same as a table: one row for each bar."""
        rows = tuple(TableRow((bar.label, bar.printed), bar.citations, floor=bar.floor) for bar in self.bars)
        return Table(self.caption, (self.axis, self.measure), rows, (40, 60))
