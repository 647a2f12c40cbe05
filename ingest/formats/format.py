"""What a standard format is: a name, how a file of it is recognized, and how it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ingest.feed import Feed


@dataclass(frozen=True)
class CardWords:
    """What the person who loads files says of their source; what is blank or None, the format decides.

    Attributes:
        source: Id of the source: later loads of the same source replace what it said.
        title, publisher, url, licence, as_of: As on a source card.
        marking: public, internal or sensitive.
        complete: Whether rows that are no longer there are withdrawn.
        sheets: Names of the sheets of a workbook to read, hidden ones too; none lets the format decide.
    """

    source: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    as_of: str = ""
    marking: str = ""
    complete: bool | None = None
    sheets: tuple[str, ...] = ()

    def given(self) -> dict[str, str | bool]:
        """Return what is said of the card, by name."""
        return {name: value for name, value in vars(self).items() if value not in ("", None) and name != "sheets"}


@dataclass(frozen=True)
class Head:
    """The beginning of a file, by which its format is recognized.

    Attributes:
        path: The file.
        text: Its first 64 kB as text, without a byte order mark; blank for a binary file such as a workbook.
        rows: Its first 20 rows as trimmed cells, when it reads as a table; of a workbook, those of each sheet.
    """

    path: Path
    text: str
    rows: tuple[tuple[str, ...], ...]

    def has_columns(self, *names: str) -> bool:
        """Say whether one of the first rows holds all of these cells; case does not count."""
        wanted = {name.casefold() for name in names}
        return any(wanted <= {cell.casefold() for cell in row} for row in self.rows)


MakesFeed: TypeAlias = Callable[[Sequence[Path], CardWords], Feed]
"""Gives the feed that reads some files of one source; it may look into the files for the source's card.

Raises FileRefused or UsageError where the files do not tell what the card needs.
"""


@dataclass(frozen=True)
class Format:
    """A standard format.

    Attributes:
        name: As `--format` takes it.
        title: As reports print it.
        suffixes: Endings of file names that a folder is searched for, in lower case, such as ``.xml``.
        fits: Whether a file is of this format; cheap, never raises.
        feed: Gives the feed; imports what it needs only when called.
        page: Its page in docs/formats/, without the ending; blank is its name.
        example: Content of a small file of it; blank where only its page has one.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    fits: Callable[[Head], bool]
    feed: MakesFeed
    page: str = ""
    example: str = ""
