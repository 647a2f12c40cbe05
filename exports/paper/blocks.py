"""Lists, series and tables of statements."""

from collections.abc import Iterable
from dataclasses import dataclass

from exports.paper.citation import Citation, Citations, must_cite, strictest
from exports.paper.statements import Claim, Unknown
from graph.domain.marking import Marking
from graph.errors import DomainError


def _all(parts: Iterable["Claim | Unknown | TableRow"]) -> tuple[Citation, ...]:
    return tuple(citation for part in parts for citation in part.citations)


def _highest(parts: Iterable["Claim | Unknown | TableRow"]) -> Marking:
    return max((part.marking for part in parts), default=Marking.PUBLIC)


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
        return _all(self.items)

    @property
    def marking(self) -> Marking:
        """The strictest of its items."""
        return _highest(self.items)


@dataclass(frozen=True)
class Series:
    """Short statements in one paragraph, set apart by semicolons."""

    items: tuple[Claim, ...]
    lead: str = ""
    more: More | None = None

    @property
    def citations(self) -> Citations:
        """The citations of the items, in their order."""
        return _all(self.items)

    @property
    def marking(self) -> Marking:
        """The strictest of its items."""
        return _highest(self.items)


@dataclass(frozen=True)
class TableRow:
    """One row of a table; a blank cell is printed as not known. `floor` is the least marking, as of a claim."""

    cells: tuple[str, ...]
    citations: Citations
    floor: Marking = Marking.PUBLIC

    def __post_init__(self) -> None:
        must_cite(f"the table row {self.cells!r}", self.citations)

    @property
    def marking(self) -> Marking:
        """How far it may travel."""
        return strictest(self.floor, self.citations)


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
        return _all(self.rows)

    @property
    def marking(self) -> Marking:
        """The strictest of its rows."""
        return _highest(self.rows)
