"""Words typed behind the name of a question, each put where the question has a place for it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from iga.graph.errors import Ambiguous, Denied, NotFound, UsageError
from iga.queries.core.answer import NameTaken
from iga.queries.core.names.likely import likely_subject_of
from iga.queries.core.question import Question, takes_many
from iga.queries.core.session import Session
from iga.queries.plain.choosing import read_text, shared_names
from iga.queries.plain.filling import FilledParameters, filled
from iga.queries.plain.reading_text import TextRead
from iga.queries.registry import QUESTIONS


class PlacedWords(NamedTuple):
    """The parameters of a question that words state, and the names among them that were only taken for something."""

    parameters: Mapping[str, str | Sequence[str]]
    taken: tuple[NameTaken, ...] = ()


def placed(session: Session, name: str, text: str) -> PlacedWords:
    """Return the parameters of a question that words state: ``palermo osce`` for gaps.

    Raises:
        UsageError: The question has no place for some words that no question knows; the message names them.
        NotFound: It has no place for words that another question may have one for.
    """
    card = QUESTIONS[name]
    session = session.on_duty() if card.is_duty else session
    text = " ".join(word for word in text.split() if word not in card.parameters())  # impact award AID-…
    read = read_text(session, text)
    home = {"government": session.home.government, "office": session.home.office}
    filling = filled(card, read.phrases.of(name), read, home)
    used = filling.places | filling.value_places
    left = {
        place: word.text
        for place, word in enumerate(read.words)
        if place not in used and word.text not in read.phrases.small
    }
    if not left and filling.parameters and filling.unused <= 0:
        return PlacedWords(_with_shared_names(session, card, filling), tuple(_taken(session, filling, read)))
    for parameter, labels in card.names.items():
        try:
            likely_subject_of(session, text, parameter=parameter, labels=labels)
        except (Ambiguous, Denied):
            pass  # asking says so, and which there are
        except (NotFound, UsageError):
            continue
        return PlacedWords({parameter: (text,) if takes_many(card.params, parameter) else text})
    rest = " ".join(left.values()) or text
    refused = UsageError if left.keys() & read.strange else NotFound
    raise refused(f"{name} has no place for {rest!r}; it takes {', '.join(card.parameters())}")


def _with_shared_names(
    session: Session, card: Question, filling: FilledParameters
) -> Mapping[str, str | tuple[str, ...]]:
    """Return the parameters with a name that several share as it was typed: asking lists these."""
    typed = {thing: text for thing, text, _ in shared_names(session, card, filling)}
    return {
        name: typed.get(value, value) if isinstance(value, str) else tuple(typed.get(one, one) for one in value)
        for name, value in filling.parameters.items()
    }


def _taken(session: Session, filling: FilledParameters, read: TextRead) -> Iterator[NameTaken]:
    """Yield the names that nothing has, with what each was taken for."""
    guesses = [name for name in read.names if name.is_guess and name.places <= filling.places]
    printed = session.looked_up(lambda index: index.printed({it for name in guesses for it, _ in name.things}))
    for parameter, value in filling.parameters.items():
        for name in guesses:
            for thing in {it for it, _ in name.things} & {*((value,) if isinstance(value, str) else value)}:
                typed = " ".join(read.words[place].text for place in sorted(name.places))
                yield NameTaken(parameter=parameter, typed=typed, id=thing, name=printed[thing][1])
