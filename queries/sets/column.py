"""What a column is: declared once beside the rule it comes from, and read in one go for everybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from iga.graph.domain.topics import THESAURUS
from iga.graph.errors import UsageError
from iga.graph.suggestions import hint
from iga.queries.core.answer import Subject
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.sets.cell import ColumnCells

Kind = Literal["truth", "choice", "text", "number", "day"]
TOPICS = tuple(entry.code for entry in THESAURUS)
"""Codes of topics as words that a column is asked about; what is typed is looked up in the words of any body."""
When = Literal["", "day", "edition", "fiscal year", "year"]


@dataclass(frozen=True)
class SetColumn:
    """One thing that may be asked of, or shown for, every party of a class.

    Attributes:
        name: As it is written in a filter, such as ``member_of``.
        meaning: What it says, in a few words.
        things: Labels of what it is asked about: a body, a treaty; none where it is asked about nothing.
        words: What it may be asked about where that is a word: a tier, a measure.
        choices: The values that it may have, where these are few.
        when: What it is asked for: a day, an edition, a fiscal year; blank where it is of no time.
        years: Returns the years that it is known of by a day, rising; None where any may be asked for.
        adds_up: Whether it adds up a stretch of years; else several years are asked about one by one.
        spans: Whether it may be asked over a stretch of days, or for ever.
        option: Its name on the command line where that is another.
        names_people: Whether its values name people, so that each showing of them is noted.
    """

    name: str
    meaning: str
    read: "Callable[[Session, Asked], ColumnCells]"
    of: tuple[str, ...] = ("governments",)
    kind: Kind = "truth"
    things: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    when: When = "day"
    years: Callable[[Session, str], tuple[int, ...]] | None = None
    adds_up: bool = False
    spans: bool = False
    option: str = ""
    example: str = ""
    names_people: bool = False

    @property
    def is_flag(self) -> bool:
        """Whether it is a yes or no that is asked about nothing more."""
        return self.kind == "truth" and not self.things and not self.words

    @property
    def is_condition(self) -> bool:
        """Whether it may be a condition; else it is only shown."""
        return ":" in self.example

    @property
    def takes_argument(self) -> bool:
        """Whether what it is asked about stands beside its name, since its value is another."""
        return self.kind != "truth" and bool(self.things or self.words)


@dataclass(frozen=True)
class Asked:
    """A column as it is asked for.

    Attributes:
        day: Full day; of a stretch its last.
        year: The edition, fiscal year or year; of a stretch that is added up its last.
        since: First day of the stretch, or its first year; blank asks for the day alone, or from the first year.
        is_given: Whether its time was given for it alone.
        called: What a sentence calls what it is asked about; blank where that is nothing.
    """

    column: SetColumn
    day: str
    thing: Subject | None = None
    word: str = ""
    year: int | None = None
    since: str = ""
    is_given: bool = False
    called: str = ""

    def __call__(self, session: Session) -> ColumnCells:
        """Read it."""
        return self.column.read(session, self)

    def cells(self, session: Session) -> ColumnCells:
        """Return what is known of everybody: kept for as long as the graph stays the same, unless it names people."""
        return self(session) if self.column.names_people else session.once(self)


@dataclass(frozen=True)
class Candidates:
    """A class of parties to choose from.

    Attributes:
        name: As it is asked for, in the plural.
        example: Options of a command that ask for some of them.
        compared: Columns in which they are compared where none are named.
        asked: Examples of what a list of them is asked with, where those of other lists do not fit.
    """

    name: str
    one: str
    read: Callable[[Session], list[Entity]]
    example: str
    labels: tuple[str, ...]
    compared: str

    columns: Mapping[str, SetColumn]
    asked: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> SetColumn:
        """Return a column by its name, or by that of its option.

        Raises:
            UsageError: There is none of this name; the error names the filter and the nearest ones.
        """
        known = {**self.columns, **{column.option: column for column in self.columns.values() if column.option}}
        if name not in known:
            meant, near = hint(name, known, "filters are")
            raise UsageError(f"filter {name!r}: no such filter of {self.name}; {meant}", suggestions=near)
        return known[name]
