"""Answers that docs/questions.md shows: to the example of every question, from bundled data or else from the sample."""

from collections.abc import Collection

from docs.making.answer_in_short import in_short
from iga.graph.errors import NotFound
from iga.queries.ask import ask
from iga.queries.core.answer import Answer
from iga.queries.core.question import Question
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS

_FICTIONAL = "No public data answer this; the answer is from the fictional sample (`iga --practice`).\n\n"


def public_answers(bundled: Session) -> dict[str, str]:
    """Return the answer to the example of each question that bundled data answer, in short, as Markdown."""
    answers = ((card.name, _answered(bundled, card)) for card in QUESTIONS.values())
    return {name: in_short(answer) for name, answer in answers if answer and answer.rows}


def fictional_answers(demo: Session, *, beside: Collection[str]) -> dict[str, str]:
    """Return the answers of the other questions, from the sample that is loaded beside the bundled data."""
    shown = {}
    for card in QUESTIONS.values():
        if card.name not in beside:
            answer = ask(demo, card.name, card.example)
            assert answer.rows, f"the example of {card.name} is answered without a row"
            shown[card.name] = _FICTIONAL + in_short(answer)
    return shown


def _answered(session: Session, card: Question) -> Answer | None:
    """Return the answer to a question's example; None if what it names is not held."""
    try:
        return ask(session, card.name, card.example)
    except NotFound:
        return None
