"""Lists, series and tables of statements."""

from dataclasses import dataclass

from iga.exports.paper.statements import Citations, Cited, Claim, Composed, Unknown
from iga.graph.domain.marking import Marking
from iga.graph.errors import DomainError
from iga.graph.text import unsuffixed


@dataclass(frozen=True)
class More:
    """What a cap left out: how many, and the command that shows all; blank where no command is to stand."""

    count: int
    command: str = ""

    @property
    def text(self) -> str:
        """The words before the command."""
        return f"and {self.count:,} more{':' if self.command else ''}"


@dataclass(frozen=True)
class Bullets(Composed):
    """A list of statements, and what a cap left out."""

    items: tuple[Claim | Unknown, ...]
    more: More | None = None

    @property
    def parts(self) -> tuple[Claim | Unknown, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True)
class Series(Composed):
    """Short statements in one paragraph, set apart by semicolons; or sentences, by nothing but a space."""

    items: tuple[Claim | Unknown, ...]
    lead: str = ""
    more: More | None = None
    is_prose: bool = False

    @property
    def joint(self) -> str:
        """What stands between two of them."""
        return " " if self.is_prose else "; "

    @property
    def end(self) -> str:
        """What stands behind the last of them."""
        return "" if self.is_prose else "."

    @property
    def parts(self) -> tuple[Claim | Unknown, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True)
class TableRow(Cited):
    """One row of a table; a blank cell is printed as not known. `floor` is the least marking, as of a claim."""

    cells: tuple[str, ...]
    citations: Citations
    floor: Marking = Marking.PUBLIC

    @property
    def shown(self) -> tuple[str, ...]:
        """The cells as printed: a blank one is a dash, and what is made up says so."""
        first, *others = (cell or "–" for cell in self.cells)
        return (self.marked(first), *(map(unsuffixed, others) if self.is_practice else others))


@dataclass(frozen=True)
class Table(Composed):
    """Rows under a header.

    Attributes:
        title: What the table holds, told to who cannot see it; not printed.
        widths: Shares of the text width, one for each column.
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
    def parts(self) -> tuple[TableRow, ...]:
        """The rows."""
        return self.rows
