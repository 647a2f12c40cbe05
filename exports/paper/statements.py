"""The smallest parts of a paper: what is said, what is not known, and what the drafter has to say."""

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from exports.paper.citation import Citations, Cited
from graph.domain.marking import Marking
from graph.errors import DomainError

PROGRAM = "this program"
"""Who says an Unknown that no source says: the program, of its own data."""


@dataclass(frozen=True)
class Claim(Cited):
    """One statement of fact.

    Attributes:
        text: The statement.
        citations: What it rests on, at least one.
        lead: A word or two printed in front of it in bold.
        floor: Least marking, for what is more than its rows: a plan, a check of a channel. Rows can only raise it.
    """

    text: str
    citations: Citations
    lead: str = ""
    floor: Marking = Marking.PUBLIC
    credit: ClassVar[str] = ""  # its citations say who says so


@dataclass(frozen=True)
class Unknown(Cited):
    """What is not known, and who says so: a source of its own gap, or the program of its data."""

    text: str
    said_by: str
    citations: Citations = ()
    lead: str = ""
    floor: Marking = Marking.PUBLIC

    @property
    def credit(self) -> str:
        """Who says so, as printed behind the text: blank for the program, and where `lead` names the source."""
        return "" if self.said_by == PROGRAM or self.said_by in self.lead else f" ({self.said_by})"

    def __post_init__(self) -> None:
        if not self.said_by:
            raise DomainError(f"the gap {self.text!r} is nobody's: name the source, or write PROGRAM")


Statement: TypeAlias = Claim | Unknown

BLANK_START = "[DRAFTER: "


@dataclass(frozen=True)
class Blank:
    """A place that the drafter fills; `prompt` says with what. The program never fills it."""

    prompt: str
    citations: Citations = field(default=(), init=False)
    marking: Marking = field(default=Marking.PUBLIC, init=False)

    @property
    def text(self) -> str:
        """The prompt as printed."""
        return f"{BLANK_START}{self.prompt}]"
