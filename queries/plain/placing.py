"""Words typed behind the name of a question, each put where the question has a place for it."""

from collections.abc import Mapping, Sequence

from graph.errors import Ambiguous, NotFound, UsageError
from queries.ask import takes_many
from queries.core.names.likely import likely_subject_of
from queries.core.session import Session
from queries.plain.choosing import read_text
from queries.plain.filling import filled
from queries.registry import QUESTIONS


def parameters_in(session: Session, name: str, text: str) -> Mapping[str, str | Sequence[str]]:
    """Return the parameters of a question that words state: ``palermo osce`` for gaps.

    Args:
        session: The graph and the day.
        name: Name of the question.
        text: What was typed behind it, names, days, topics and words for values in any order.

    Raises:
        UsageError: The question has no place for some words that no question knows; the message names them.
        NotFound: It has no place for words that another question may have one for.
    """
    card = QUESTIONS[name]
    text = " ".join(word for word in text.split() if word not in card.parameters())  # impact award AID-…
    read = read_text(session, text)
    home = {"government": session.home.government, "office": session.home.office}
    filling = filled(card, read.phrases.cards[name], read, home)
    placed = filling.places | filling.value_places
    left = {
        place: word.text
        for place, word in enumerate(read.words)
        if place not in placed and word.text not in read.phrases.small
    }
    if not left and filling.parameters and filling.unused <= 0:
        return filling.parameters
    for parameter, labels in card.names.items():
        try:
            likely_subject_of(session.used_for(None), text, parameter=parameter, labels=labels)
        except Ambiguous:
            pass  # asking says so, and which there are
        except (NotFound, UsageError):
            continue
        return {parameter: (text,) if takes_many(card.params, parameter) else text}
    rest = " ".join(left.values()) or text
    refused = UsageError if left.keys() & read.strange else NotFound
    raise refused(f"{name} has no place for {rest!r}; it takes {', '.join(card.parameters())}")
