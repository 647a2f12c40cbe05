"""The document model: sections of claims, each of which rests on evidence, rendered elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from graph.domain.marking import Marking
from graph.errors import DomainError

PROGRAM = "this program"
"""Who says an Unknown that no source says: the program, of its own data."""

MARKING_LINES = {
    Marking.PUBLIC: "UNCLASSIFIED",
    Marking.INTERNAL: "SENSITIVE BUT UNCLASSIFIED",
    Marking.SENSITIVE: "SENSITIVE BUT UNCLASSIFIED",
}
"""How a paper of the Department is marked; the program never holds anything classified."""

FICTIONAL_LINE = "FICTIONAL SAMPLE DATA"


@dataclass(frozen=True)
class Citation:
    """The row of a source that a statement rests on.

    Attributes:
        source: Name of the source.
        locator: Place in its file, such as ``parties.csv:12``.
        title: Title of the source as an endnote prints it.
        url: Page the row rests on; blank is none.
        stated_on: Day it was stated for, possibly partial; blank is unknown.
        load: Number of the load in which it was first said.
        marking: Marking of the row.
        is_fictional: Whether the source is made up for demonstration.
    """

    source: str
    locator: str
    title: str
    url: str = ""
    stated_on: str = ""
    load: int = 0
    marking: Marking = Marking.PUBLIC
    is_fictional: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """What makes two citations one endnote."""
        return self.source, self.locator


Citations: TypeAlias = tuple[Citation, ...]


def _must_cite(what: str, citations: Citations) -> None:
    if not citations:
        raise DomainError(
            f"{what} rests on no evidence: give it its answer's citations, or write an Unknown or a Blank"
        )


@dataclass(frozen=True)
class Claim:
    """One statement of fact. `lead` is a word or two printed in front of it in bold."""

    text: str
    citations: Citations
    lead: str = ""

    def __post_init__(self) -> None:
        _must_cite(f"the claim {self.text!r}", self.citations)


@dataclass(frozen=True)
class Unknown:
    """What is not known, and who says so: a source of its own gap, or the program of its data."""

    text: str
    said_by: str
    citations: Citations = ()
    lead: str = ""

    @property
    def credit(self) -> str:
        """Who says so, as printed behind the text: blank for the program, and where `lead` names the source."""
        return "" if self.said_by == PROGRAM or self.said_by in self.lead else f" ({self.said_by})"

    def __post_init__(self) -> None:
        if not self.said_by:
            raise DomainError(f"the gap {self.text!r} is nobody's: name the source, or write PROGRAM")


@dataclass(frozen=True)
class Blank:
    """A place that the drafter fills; `prompt` says with what. The program never fills it."""

    prompt: str
    citations: Citations = field(default=(), init=False)

    @property
    def text(self) -> str:
        """The prompt as printed."""
        return f"[DRAFTER: {self.prompt}]"


@dataclass(frozen=True)
class More:
    """What a cap left out: how many, and the command that shows all."""

    count: int
    command: str

    @property
    def text(self) -> str:
        """The words before the command."""
        return f"and {self.count:,} more:"


@dataclass(frozen=True)
class Bullets:
    """A list of statements, and what a cap left out."""

    items: tuple[Claim | Unknown, ...]
    more: More | None = None

    @property
    def citations(self) -> Citations:
        """The citations of the items, in their order."""
        return tuple(citation for item in self.items for citation in item.citations)


@dataclass(frozen=True)
class Series:
    """Short statements in one paragraph, set apart by semicolons."""

    items: tuple[Claim, ...]
    lead: str = ""
    more: More | None = None

    @property
    def citations(self) -> Citations:
        """The citations of the items, in their order."""
        return tuple(citation for item in self.items for citation in item.citations)


@dataclass(frozen=True)
class TableRow:
    """One row of a table; a blank cell is printed as not known."""

    cells: tuple[str, ...]
    citations: Citations

    def __post_init__(self) -> None:
        _must_cite(f"the table row {self.cells!r}", self.citations)


@dataclass(frozen=True)
class Table:
    """Rows under a header.

    Attributes:
        title: What the table holds, told to who cannot see it; not printed.
        header: A heading for each column.
        rows: From the top.
        widths: Shares of the text width, one for each column.
        more: What a cap left out.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    widths: tuple[int, ...]
    more: More | None = None

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.header):
                raise DomainError(f"{self._columns}; write as many cells: {row.cells!r}")
        if len(self.widths) != len(self.header):
            raise DomainError(f"{self._columns}; write as many widths: {self.widths!r}")

    @property
    def _columns(self) -> str:
        return f"the table {self.title!r} has {len(self.header)} columns"

    @property
    def citations(self) -> Citations:
        """The citations of the rows, in their order."""
        return tuple(citation for row in self.rows for citation in row.citations)


FIRM, FAINT = "●", "○"
"""The marks of a chart: as published, and less sure. Two signs, so nobody needs colour to tell them."""


@dataclass(frozen=True)
class ChartLine:
    """One line of a chart: a mark (`FIRM`, `FAINT` or blank) for each column."""

    label: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """A grid of marks: what held (`lines`, top to bottom) at which time (`columns`, left to right).

    Attributes:
        caption: One line above the chart.
        axis: What the columns are, in a word.
        columns: Headings of the columns, short enough for two or three letters' room.
        lines: What can be read off, from the top.
        alt: The whole content of the chart in words, for who cannot see it.
        key: What the marks mean.
        citations: The rows the marks rest on.
    """

    caption: str
    axis: str
    columns: tuple[str, ...]
    lines: tuple[ChartLine, ...]
    alt: str
    key: str
    citations: Citations

    def __post_init__(self) -> None:
        _must_cite(f"the chart {self.caption!r}", self.citations)
        if not self.alt:
            raise DomainError(f"the chart {self.caption!r} says nothing to who cannot see it: write its alt text")
        for line in self.lines:
            if len(line.marks) != len(self.columns):
                have = f"{line.label!r} has {len(line.marks)} marks"
                raise DomainError(f"the chart {self.caption!r} has {len(self.columns)} columns; {have}")


Block: TypeAlias = Claim | Unknown | Blank | Bullets | Series | Table | Chart


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A paper: the same content for every format.

    Attributes:
        title: What it is on.
        subtitle: One line under the title.
        subject: What it is, for the properties of the file.
        as_of: Day its facts are for, ISO 8601.
        data_version: Graph hash of the projection it was made from.
        command: What to type to make it again.
        sections: Its content.
        gaps: What the sources it rests on say that they lack, printed behind the endnotes.
        floor: Least marking; what it cites can only raise it.
    """

    title: str
    subtitle: str
    subject: str
    as_of: str
    data_version: str
    command: str
    sections: tuple[Section, ...]
    gaps: tuple[Unknown, ...] = ()
    floor: Marking = Marking.PUBLIC

    @cached_property
    def endnotes(self) -> Citations:
        """What the paper rests on, one citation for each place in a source, in order of first use."""
        first: dict[tuple[str, str], Citation] = {}
        for section in self.sections:
            for block in section.blocks:
                for citation in block.citations:
                    first.setdefault(citation.place, citation)
        return tuple(first.values())

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {citation.place: number for number, citation in enumerate(self.endnotes, start=1)}

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of the endnotes of `citations`, ascending, each once."""
        return tuple(sorted({self._numbers[citation.place] for citation in citations}))

    @property
    def marking(self) -> Marking:
        """The strictest marking of what the paper uses."""
        used = (
            citation.marking for section in self.sections for block in section.blocks for citation in block.citations
        )
        return max((self.floor, *used))

    @property
    def marking_lines(self) -> tuple[str, ...]:
        """The lines that stand at the head of every page."""
        fictional = any(citation.is_fictional for citation in self.endnotes)
        return (MARKING_LINES[self.marking], *((FICTIONAL_LINE,) if fictional else ()))


def sources_of(sections: Iterable[Section]) -> frozenset[str]:
    """Return the sources that sections rest on."""
    return frozenset(
        citation.source for section in sections for block in section.blocks for citation in block.citations
    )


def spans(numbers: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Return ascending numbers as runs of neighbours: ``(1, 2, 3, 5)`` is ``((1, 3), (5, 5))``."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return tuple(runs)
