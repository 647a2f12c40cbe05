"""What a kind of memo is made of: its card, what it is asked with, and what its function writes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exports.memos.gathering import Gathering
from exports.paper.document import Clearer, Section
from exports.paper.statements import Claim, Unknown
from graph.domain.marking import Marking
from queries.core.question import Params, meaning_of, parameters_of


@dataclass(frozen=True)
class Written:
    """What the function of a kind wrote; the rest of the paper is added to it.

    Added are: the doubts of every answer that was asked ("What is not known"), the gaps of the sources, the endnotes,
    the block of clearances, and how it was made.

    Attributes:
        title: What it is on, such as ``Ghana``.
        subtitle: One line under the title.
        subject: What it is, for the properties of the file: ``Briefing memo on …``.
        bottom_line: What a reader in a hurry takes away, weightiest first: those that fit four printed lines are
            printed. All of it must be said in the sections too.
        sections: Its content.
        again: Parameters with ids or codes in place of names, where they were given as names.
        clearers: Offices that have to clear it.
        floor: Least marking of the whole, where it is more than its parts.
    """

    title: str
    subtitle: str
    subject: str
    bottom_line: tuple[Claim | Unknown, ...]
    sections: tuple[Section, ...]
    again: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    clearers: tuple[Clearer, ...] = ()
    floor: Marking = Marking.PUBLIC


@dataclass(frozen=True)
class MemoKind:
    """The card of a kind: the same card makes the command and the HTTP route.

    Attributes:
        name: How it is asked for: ``iga memo NAME``.
        title: What it is for, in one sentence.
        params: Model of its parameters; a field whose type is a tuple may be given several times.
        function: What writes it.
        example: Parameters of an example that the bundled or the sample data answer.
        named: The parameter that the words after the name fill; blank if it takes none.
        longest: Most pages of its body; None is no limit.
    """

    name: str
    title: str
    params: type[Params]
    function: Callable[[Gathering, Any], Written]
    example: Mapping[str, str | tuple[str, ...]]
    named: str = "party"
    longest: int | None = None

    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters in the order of their declaration, ``as_of`` last."""
        return parameters_of(self.params)

    def summary(self) -> dict[str, Any]:
        """Return name, title, parameters with their meaning, and the example, as JSON."""
        return {"name": self.name, "title": self.title, **meaning_of(self.params), "example": dict(self.example)}
