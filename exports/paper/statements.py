"""What is said, what it rests on, what is not known, and what the drafter has to say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from iga.graph.domain.marking import Marking
from iga.graph.errors import DomainError
from iga.graph.settings import PRACTICE
from iga.graph.text import unsuffixed

PROGRAM = "this program"
"""Who says an Unknown that no source says: the program, of its own data."""


@dataclass(frozen=True)
class Citation:
    """The row of a source that a statement rests on.

    Attributes:
        locator: Place in its file, such as ``parties.csv:12``.
        url: Page the row rests on; blank is none.
        stated_on: Day it was stated for, possibly partial; blank is unknown.
        load: Number of the load in which it was first said.
        is_fictional: Whether the source is made up for demonstration.
        told_by: What of which answer says what rests on it, such as ``tier-history/headline``; ``…/rows`` is a row.
    """

    source: str
    locator: str
    title: str
    url: str = ""
    stated_on: str = ""
    load: int = 0
    marking: Marking = Marking.PUBLIC
    is_fictional: bool = False
    told_by: tuple[str, ...] = field(default=(), compare=False)


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

    @property
    def is_practice(self) -> bool:
        """Whether any of it is made up for demonstration."""
        return any(citation.is_fictional for citation in self.citations)

    def marked(self, text: str) -> str:
        """Return words of it as printed: what is made up says so at its beginning, and not again behind each name."""
        if not self.is_practice:
            return text
        return f"{PRACTICE} {unsuffixed(text.removeprefix(PRACTICE).strip())}"


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


@dataclass(frozen=True)
class Claim(Cited):
    """One statement of fact.

    Attributes:
        citations: What it rests on, at least one.
        lead: A word or two printed in front of it in bold.
        floor: Least marking, for what is more than its rows: a plan, a check of a channel. Rows can only raise it.
    """

    text: str
    citations: Citations
    lead: str = ""
    floor: Marking = Marking.PUBLIC

    @property
    def shown(self) -> str:
        """The text as printed behind the lead."""
        return self.marked(self.text)


@dataclass(frozen=True)
class Unknown(Cited):
    """What is not known, and who says so: a source of its own gap, or the program of its data.

    `told_by` is what of which answer says so, as of a citation.
    """

    text: str
    said_by: str
    citations: Citations = ()
    lead: str = ""
    floor: Marking = Marking.PUBLIC
    told_by: tuple[str, ...] = field(default=(), compare=False)

    @property
    def shown(self) -> str:
        """The text as printed behind the lead, with who says so unless it is the program or `lead` names the source."""
        credit = "" if self.said_by == PROGRAM or self.said_by in self.lead else f" ({self.said_by})"
        return self.marked(self.text + credit)

    def __post_init__(self) -> None:
        if not self.said_by:
            raise DomainError(f"the gap {self.text!r} is nobody's: name the source, or write PROGRAM")


Statement: TypeAlias = Claim | Unknown

BLANK_START = "[DRAFTER: "
OWN_WORDS = "(drafter)"
"""What stands behind the drafter's own words."""


@dataclass(frozen=True)
class Blank:
    """A place that the drafter fills; `prompt` says with what, `words` what they wrote. The program never fills it."""

    prompt: str
    lead: str = ""
    words: str = ""
    citations: Citations = field(default=(), init=False)
    marking: Marking = field(default=Marking.PUBLIC, init=False)

    @property
    def text(self) -> str:
        """The prompt as printed; once it is filled, the drafter's words, marked as theirs."""
        return f"{self.words} {OWN_WORDS}" if self.words else f"{BLANK_START}{self.prompt}]"
