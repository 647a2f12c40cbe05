"""From the numbered notes of an answer to the citations of a document."""

from collections.abc import Mapping
from typing import Any, TypeVar

from iga.exports.paper.statements import PROGRAM, Citation, Citations, Claim, Unknown
from iga.graph.domain.marking import Marking
from iga.queries.core.answer import Answer, AnswerRow, Caveat, EvidenceNote
from iga.queries.core.clauses import worded
from iga.queries.registry import LISTS, QUESTIONS

R = TypeVar("R", bound=AnswerRow)


def supported(answer: Answer, kind: type[R]) -> tuple[R, ...]:
    """Return the rows of a kind that rest on something, in order; a paper leaves out the others, aloud."""
    return tuple(row for row in answer.rows if isinstance(row, kind) and row.evidence)


def cited(answer: Answer, *rows: AnswerRow) -> Citations:
    """Return what rows of an answer rest on, in the order of its notes; empty if on nothing."""
    numbers = sorted({number for row in rows for number in row.evidence})
    return tuple(_citation(answer, number, "rows") for number in numbers)


def claim_of(
    answer: Answer, *clauses: str, lead: str = "", floor: Marking = Marking.PUBLIC, macro: str = ""
) -> Claim | Unknown | None:
    """Return clauses of an answer as one statement of a paper, days written out; None if the answer has none of them.

    A clause that rests on nothing says what is not known: the program says so of its data.

    Args:
        answer: The answer.
        clauses: Ids of the clauses, in the order in which they are printed.
        lead: What is printed in front of it in bold.
        floor: Least marking, for what is more than its rows.
        macro: What of the template says it; blank is that of the clause.
    """
    chosen = [known for id_ in clauses for known in answer.clauses if known.id == id_]
    if not chosen:
        return None
    text = " ".join(_in_paper(answer, macro or known.id, known.values) for known in chosen)
    numbers = sorted({number for known in chosen for number in known.evidence})
    ids = tuple(dict.fromkeys(known.id for known in chosen))
    citations = tuple(_citation(answer, number, *ids) for number in numbers)
    if not citations:
        return Unknown(text, PROGRAM, lead=lead, floor=floor, told_by=_told_by(answer, *ids))
    return Claim(text, citations, lead=lead, floor=floor)


def row_words(answer: Answer, row: AnswerRow, macro: str, **values: Any) -> str:
    """Return a cell in words, its days written out: a macro of the question's template, made from the row."""
    return _in_paper(answer, macro, {**dict(row), **row.values, **values})


def doubt(answer: Answer, caveat: Caveat, *, word: str = "") -> Unknown:
    """Return what an answer does not know, its days written out; in the words of its source if it comes from one.

    Args:
        answer: The answer.
        caveat: What it does not know.
        word: What heads its doubts; blank is nothing.
    """
    text = _in_paper(answer, caveat.macro, caveat.values, is_caveat=True) if caveat.macro else caveat.text
    return Unknown(text, PROGRAM, lead=f"{word}:" if word else "", told_by=_told_by(answer, caveat.macro or "rows"))


def _in_paper(answer: Answer, macro: str, values: Mapping[str, Any], *, is_caveat: bool = False) -> str:
    cards = LISTS if answer.question in LISTS else QUESTIONS
    package = cards[answer.question].package
    return worded(package, answer.question, macro, values, in_paper=True, is_caveat=is_caveat)


def _told_by(answer: Answer, *ids: str) -> tuple[str, ...]:
    return tuple(f"{answer.question}/{id_}" for id_ in ids)


def _citation(answer: Answer, number: int, *ids: str) -> Citation:
    """Return a note of an answer, with what of the answer rests on it: clauses by id, or ``rows``."""
    note: EvidenceNote = answer.evidence[number]
    return Citation(
        source=note.source,
        locator=note.locator,
        title=note.title,
        url=note.url or "",
        stated_on=note.stated_on or "",
        load=note.load,
        marking=Marking.named(note.marking),
        is_fictional=note.fictional,
        told_by=_told_by(answer, *ids),
    )
