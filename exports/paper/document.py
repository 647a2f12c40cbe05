"""A paper: sections under headings, what they rest on, and how it is made again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from exports.paper.blocks import Bullets, Series, Table
from exports.paper.charts import BarChart, MarkChart
from exports.paper.statements import Blank, Citation, Citations, Cited, Claim, Unknown
from graph.domain.marking import Marking
from graph.errors import DomainError

Block: TypeAlias = Claim | Unknown | Blank | Bullets | Series | Table | MarkChart | BarChart

BOTTOM_LINES = 4
"""Most statements of a bottom line, which is to fit four printed lines."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        heading: The heading.
        blocks: From the top.
        level: 1, or 2 for a part of the section of level 1 before it.
        starts_page: Whether it begins a page of its own, as one meeting of several does.
    """

    heading: str
    blocks: tuple[Block, ...]
    level: int = 1
    starts_page: bool = False

    def __post_init__(self) -> None:
        if self.level not in (1, 2):
            raise DomainError(f"the section {self.heading!r} is of level {self.level}; write 1 or 2")


@dataclass(frozen=True)
class Clearer(Cited):
    """An office that has to clear the paper.

    Attributes:
        office: The office, with who holds its post where that is known.
        reason: Why it has to.
        citations: What says so.
        floor: Least marking, as of a claim.
    """

    office: str
    reason: str
    citations: Citations
    floor: Marking = Marking.PUBLIC


@dataclass(frozen=True)
class Making:
    """How a paper was made, so that it can be made and checked again.

    Attributes:
        kind: Kind of memo.
        parameters: What it was asked with, names as ids or codes; `as_of` and `known_on` are kept apart.
        as_of: Day its facts are for, ISO 8601.
        data_version: Graph hash of the projection it was made from.
        known_on: Day or load that the ledger counted up to; blank is everything loaded.
    """

    kind: str
    parameters: Mapping[str, str | tuple[str, ...]]
    as_of: str
    data_version: str
    known_on: str = ""


@dataclass(frozen=True)
class PaperDocument:
    """A paper: the same content for every format.

    Attributes:
        title: What it is on.
        subtitle: One line under the title.
        subject: What it is, for the properties of the file.
        making: How it was made.
        command: What to type to make it again, without the file to write to.
        file_stem: Name of its file without the ending.
        bottom_line: What a reader in a hurry takes away, at most four statements.
        sections: Its content.
        gaps: What the sources it rests on say that they lack, printed behind the endnotes.
        clearers: Offices that have to clear it; more are added by hand.
        floor: Least marking of the whole; what it cites can only raise it.
        longest: Most pages of the body; None is no limit.
    """

    title: str
    subtitle: str
    subject: str
    making: Making
    command: str
    file_stem: str
    sections: tuple[Section, ...]
    bottom_line: tuple[Claim | Unknown, ...] = ()
    gaps: tuple[Unknown, ...] = ()
    clearers: tuple[Clearer, ...] = ()
    floor: Marking = Marking.PUBLIC
    longest: int | None = field(default=None)

    def __post_init__(self) -> None:
        if len(self.bottom_line) > BOTTOM_LINES:
            raise DomainError(f"the bottom line of {self.title!r} has {len(self.bottom_line)} statements; write four")
        if self.sections and self.sections[0].level != 1:
            raise DomainError(f"{self.sections[0].heading!r} is a part of no section: write one of level 1 before it")

    @property
    def _parts(self) -> Iterator[Block | Clearer]:
        yield from self.bottom_line
        for section in self.sections:
            yield from section.blocks
        yield from self.clearers

    @cached_property
    def endnotes(self) -> Citations:
        """What the paper rests on, one citation for each place in a source, in order of first use."""
        first: dict[tuple[str, str], Citation] = {}
        for part in self._parts:
            for citation in part.citations:
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
        return max((self.floor, *(part.marking for part in self._parts)))

    @property
    def is_fictional(self) -> bool:
        """Whether a source it rests on is made up for demonstration."""
        return any(citation.is_fictional for citation in self.endnotes)


def sources_of(sections: Iterable[Section]) -> frozenset[str]:
    """Return the sources that sections rest on."""
    return frozenset(
        citation.source for section in sections for block in section.blocks for citation in block.citations
    )


def raised(numbers: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Return the numbers that are printed of ascending ones, each with what parts it from the one before.

    Of three neighbours and more the first and the last are printed: ``1, 2, 3, 5, 6`` is ``1–3,5,6``.
    """
    known = set(numbers)
    for number in numbers:
        if not {number - 1, number + 1} <= known:
            ends_run = {number - 2, number - 1} <= known
            yield ("–" if ends_run else "," if number > numbers[0] else ""), number
