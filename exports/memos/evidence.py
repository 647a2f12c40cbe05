"""From the numbered notes of an answer to the citations of a document."""

from typing import TypeVar

from exports.paper.citation import Citation, Citations
from graph.domain.marking import Marking
from queries.core.answer import Answer, AnswerRow, EvidenceNote

R = TypeVar("R", bound=AnswerRow)


def supported(answer: Answer, kind: type[R]) -> tuple[R, ...]:
    """Return the rows of a kind that rest on something, in order; a paper leaves out the others, aloud."""
    return tuple(row for row in answer.rows if isinstance(row, kind) and row.evidence)


def unsupported_count(answer: Answer) -> int:
    """Count the rows that rest on nothing the ledger knows."""
    return sum(not row.evidence for row in answer.rows)


def cited(answer: Answer, *rows: AnswerRow) -> Citations:
    """Return what rows of an answer rest on, in the order of its notes; empty if on nothing."""
    numbers = sorted({number for row in rows for number in row.evidence})
    return tuple(_citation(answer.evidence[number]) for number in numbers)


def everything(answer: Answer) -> Citations:
    """Return all that an answer rests on, in the order of its notes."""
    return tuple(_citation(note) for _, note in sorted(answer.evidence.items()))


def _citation(note: EvidenceNote) -> Citation:
    return Citation(
        source=note.source,
        locator=note.locator,
        title=note.title,
        url=note.url or "",
        stated_on=note.stated_on or "",
        load=note.load,
        marking=Marking.named(note.marking),
        is_fictional=note.fictional,
    )
