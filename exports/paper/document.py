"""A paper: sections under headings, what they rest on, and how it is made again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from iga.exports.paper.blocks import Bullets, Series, Table
from iga.exports.paper.charts import BarChart, MarkChart
from iga.exports.paper.statements import Blank, Citation, Citations, Cited, Claim, Unknown
from iga.graph.domain.marking import Marking
from iga.graph.errors import DomainError
from iga.graph.grouping import by_key
from iga.graph.settings import PRACTICE

Block: TypeAlias = Claim | Unknown | Blank | Bullets | Series | Table | MarkChart | BarChart

BOTTOM_SENTENCES = 4
"""Most sentences of a bottom line: who they are, how they stand, what is owed, what is new."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        heading: The heading; blank where what stands there needs none.
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
        short: What it is called in the line of clearances; blank where it is not on record, and has no place there.
    """

    office: str
    reason: str
    citations: Citations
    short: str = ""
    floor: Marking = Marking.PUBLIC

    @property
    def shown(self) -> str:
        """The office as the line of clearances names it."""
        return self.marked(self.short)


@dataclass(frozen=True)
class Endnote:
    """A source that a paper rests on, as a reader finds it; which row says what `iga why` tells.

    Attributes:
        title, publisher: Of the source; a publisher may be blank.
        stated_on: Latest day for which what is used was stated, possibly partial; blank is unknown.
    """

    title: str
    publisher: str
    stated_on: str


@dataclass(frozen=True)
class Making:
    """How a paper was made, so that it can be made and checked again.

    Attributes:
        parameters: What it was asked with, names as ids or codes; `as_of` and `known_on` are kept apart.
        as_of: Day its facts are for, ISO 8601.
        data_version: Version of the graph it was made from, as it is shown.
        known_on: Day or load that the ledger counted up to; blank is everything loaded.
        version: Of the program that wrote it; blank is one that did not say.
    """

    kind: str
    parameters: Mapping[str, str | tuple[str, ...]]
    as_of: str
    data_version: str
    known_on: str = ""
    is_full: bool = False
    version: str = ""


@dataclass(frozen=True)
class PaperDocument:
    """A paper: the same content for every format.

    Attributes:
        subject: What it is: the line behind SUBJECT, and in the properties of the file.
        command: What to type to make it again, without the file to write to.
        file_stem: Name of its file without the ending.
        bottom_line: What a reader in a hurry takes away, at most four sentences.
        annex: What else there is, where it was asked for: its sections of level 1 are numbered.
        gaps: What the sources it rests on say that they lack; printed behind the annex.
        clearers: Offices that have to clear it; more are added by hand.
        publishers: Who publishes each source, by its name.
        longest: Most pages before the annex; None is no limit.
        own_lines: What the drafter wrote into lines around the sections, by what stands before each: ``TO``.
    """

    title: str
    subject: str
    making: Making
    command: str
    file_stem: str
    sections: tuple[Section, ...]
    bottom_line: tuple[Claim | Unknown, ...] = ()
    annex: tuple[Section, ...] = ()
    gaps: tuple[Unknown, ...] = ()
    clearers: tuple[Clearer, ...] = ()
    publishers: Mapping[str, str] = field(default_factory=dict)
    longest: int | None = None
    own_lines: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.bottom_line) > BOTTOM_SENTENCES:
            raise DomainError(f"the bottom line of {self.title!r} has {len(self.bottom_line)} sentences; write four")
        for sections in (self.sections, self.annex):
            if sections and sections[0].level != 1:
                raise DomainError(f"{sections[0].heading!r} is a part of no section: write one of level 1 before it")

    @property
    def _parts(self) -> Iterator[Block | Clearer]:
        yield from self.bottom_line
        for section in self.sections:
            yield from section.blocks
        yield from self.clearing
        for section in self.annex:
            yield from section.blocks

    @property
    def clearing(self) -> tuple[Clearer, ...]:
        """The clearing offices that are on record."""
        return tuple(clearer for clearer in self.clearers if clearer.short)

    @cached_property
    def _cited(self) -> dict[str, list[Citation]]:
        """The citations by source, sources in order of first use."""
        return by_key((citation for part in self._parts for citation in part.citations), lambda it: it.source)

    @property
    def endnotes(self) -> tuple[Endnote, ...]:
        """The sources that the paper rests on, in order of first use."""
        return tuple(
            Endnote(
                title=f"{PRACTICE} {of[0].title}" if of[0].is_fictional else of[0].title,
                publisher="" if of[0].is_fictional else self.publishers.get(source, ""),
                stated_on=max(citation.stated_on for citation in of),
            )
            for source, of in self._cited.items()
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {source: number for number, source in enumerate(self._cited, start=1)}

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of the endnotes of `citations`, ascending, each once."""
        return tuple(sorted({self._numbers[citation.source] for citation in citations}))

    @property
    def marking(self) -> Marking:
        """The strictest marking of what the paper says."""
        return max((part.marking for part in self._parts), default=Marking.PUBLIC)

    @property
    def is_fictional(self) -> bool:
        """Whether a source it rests on is made up for demonstration."""
        return any(of[0].is_fictional for of in self._cited.values())


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
