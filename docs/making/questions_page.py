"""Renders docs/questions.md: every question with its example, answered from bundled data or else from the sample."""

from collections.abc import Collection

from docs.making.answer_in_short import in_short
from docs.making.questions_manual import manual
from docs.making.reference_workspace import DAY, practice_beside
from docs.making.situations import situations_table
from graph.errors import NotFound
from graph.workspace import Workspace
from queries.ask import ask
from queries.core.answer import Answer
from queries.core.question import Question
from queries.core.session import Session
from queries.registry import QUESTIONS

_FICTIONAL = "No public data answer this; the answer is from the fictional sample (`iga --practice`).\n\n"


def questions_page(workspace: Workspace) -> str:
    """Return the whole text of docs/questions.md.

    Args:
        workspace: A store that holds the bundled data and nothing else; the sample is loaded into a copy of it.

    Raises:
        AssertionError: The example of a question is answered without a row.
    """
    return manual(situations_table(), answers_shown(workspace))


def answers_shown(workspace: Workspace) -> dict[str, str]:
    """Return the answers of the page, of a store as for `questions_page`, by the question's name."""
    from ingest.committing import load_sample

    with workspace.reading() as reading:
        shown = public_answers(Session.of(reading.store, reading.ledger, today=DAY))
    with practice_beside(workspace) as practice:
        load_sample(practice)
        with practice.reading() as reading:
            return shown | fictional_answers(Session.at(practice, reading), beside=shown)


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
