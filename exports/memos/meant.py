"""What a memo is asked about: a name that is not held as it was typed, but that only one thing can be meant by."""

from collections.abc import Sequence

from exports.memos.gathering import Gathering
from graph.errors import NotFound
from graph.text import folded
from queries.core.answer import Answer


def ask_about(
    gathering: Gathering, question: str, *, word: str, parameter: str, text: str, **others: str | Sequence[str] | None
) -> Answer:
    """Answer a question about a name, or about the one suggestion that holds every word of it.

    ``compact with Peru`` is the compact of which the whole title is longer. The paper prints the whole name.

    Args:
        gathering: Where the answer is kept.
        question: Its name.
        word: What heads its doubts.
        parameter: The parameter that the name fills.
        text: The name as typed.
        others: Further parameters.

    Raises:
        NotFound: Nothing is called so, and none or several of what is like it hold all its words.
    """
    try:
        return gathering.ask(question, word=word, **{**others, parameter: text})
    except NotFound as error:
        wanted = set(folded(text).split())
        likely = [name for name in error.suggestions if wanted and wanted <= set(folded(name).split())]
        if len(likely) != 1:
            raise
        return gathering.ask(question, word=word, **{**others, parameter: likely[0]})
