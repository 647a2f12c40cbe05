"""What a kind of memo is made of: its card, what it is asked with, and what its function writes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iga.exports.memos.brief import Part
from iga.exports.memos.gathering import Gathering
from iga.exports.paper.document import Clearer, Section
from iga.exports.paper.statements import Statement
from iga.queries.core.question import Params, meaning_of, parameters_of


@dataclass(frozen=True)
class Written:
    """What the function of a kind wrote; the rest of the paper is added to it.

    Added are: what nothing on record tells, the sources, the clearances, how it was made; to the annex the doubts of
    every answer that was asked ("What is not known"), the reasons of the clearances, and the gaps of the sources.

    Attributes:
        title: What it is on, such as ``Ghana``.
        subject: What it is, as the line SUBJECT says it: ``Combating trafficking in persons: Ghana``.
        bottom_line: Who they are, how they stand, what is owed, what is new: four sentences at most, None is no
            sentence.
        annex: Gives what else there is; called where it was asked for.
        again: Parameters with ids or codes in place of names, where they were given as names.
        pages: How many pages it may have before the annex.
    """

    title: str
    subject: str
    bottom_line: tuple[Statement | None, ...]
    parts: tuple[Part, ...]
    annex: Callable[[], Iterable[Section]]
    again: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    clearers: tuple[Clearer, ...] = ()
    pages: int = 2


@dataclass(frozen=True)
class MemoKind:
    """The card of a kind: the same card makes the command and the HTTP route.

    Attributes:
        name: How it is asked for: ``iga memo NAME``.
        title: What it is for, in one sentence.
        params: Model of its parameters; a field whose type is a tuple may be given several times.
        example: Parameters of an example that the bundled or the sample data answer.
        named: The parameter that the words after the name fill; blank if it takes none.
        any_of: Parameters of which at least one is needed, though none by itself; blank is that there are none such.
    """

    name: str
    title: str
    params: type[Params]
    function: Callable[[Gathering, Any], Written]
    example: Mapping[str, str | tuple[str, ...]]
    named: str = "party"
    any_of: tuple[str, ...] = ()

    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters in the order of their declaration, ``as_of`` last."""
        return parameters_of(self.params)

    def summary(self) -> dict[str, Any]:
        """Return name, title, parameters with their meaning, and the example, as JSON."""
        return {"name": self.name, "title": self.title, **meaning_of(self.params), "example": dict(self.example)}
