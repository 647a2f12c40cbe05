"""What a statement rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.domain.marking import Marking
from graph.errors import DomainError


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


class Cited:
    """What rests on rows of sources by itself, and is marked at least as they are."""

    citations: Citations
    floor: Marking

    def __post_init__(self) -> None:
        if not self.citations:
            what = f"the {type(self).__name__} {next(iter(vars(self).values()))!r}"
            raise DomainError(
                f"{what} rests on no evidence: give it its answer's citations, or write an Unknown or a Blank"
            )

    @property
    def marking(self) -> Marking:
        """How far it may travel."""
        return max((self.floor, *(citation.marking for citation in self.citations)))


class Composed:
    """What rests on what its parts rest on."""

    @property
    def parts(self) -> Sequence[Cited]:
        """What it consists of, in order."""
        raise NotImplementedError

    @property
    def citations(self) -> Citations:
        """The citations of its parts, in their order."""
        return tuple(citation for part in self.parts for citation in part.citations)

    @property
    def marking(self) -> Marking:
        """The strictest of its parts."""
        return max((part.marking for part in self.parts), default=Marking.PUBLIC)
