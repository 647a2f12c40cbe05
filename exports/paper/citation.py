"""What a statement rests on."""

from collections.abc import Iterable
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


def must_cite(what: str, citations: Citations) -> None:
    """Refuse what rests on nothing.

    Raises:
        DomainError: There is no citation.
    """
    if not citations:
        raise DomainError(
            f"{what} rests on no evidence: give it its answer's citations, or write an Unknown or a Blank"
        )


def strictest(floor: Marking, citations: Iterable[Citation]) -> Marking:
    """Return the strictest marking of a floor and of what is cited."""
    return max((floor, *(citation.marking for citation in citations)))
