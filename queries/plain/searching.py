"""What a text means by a few words of a name: a meeting, a text, a project or an award that nobody calls in full."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from iga.graph.domain.topics import in_words
from iga.graph.names.forms import latin
from iga.graph.names.index import Found, NameIndex
from iga.graph.names.known_words import concepts
from iga.queries.core.names.resolve import narrowed_to
from iga.queries.plain.names_said import SpokenName
from iga.queries.plain.reading_text import TextRead

_MOST = 400
_LEAST = 0.5
_FEWEST_SPECIAL = 2
_RARE = 4
_CLOSE = 0.02
_LIKELY = 40
_CALLED_BY_A_WORD = (("Project",), ("Award",), ("Resolution",))
_SHORTEST_WORD, _SHORTEST_FREE = 2, 4
_NOT_OF_A_NAME = frozenset(("fictional", "sample"))
_SMALL = frozenset(
    ("of", "the", "on", "and", "in", "to", "for", "de", "la", "against", "at", "by", "with", "un", "united", "nations")
)
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third"} | {
    f"{number}th": word
    for number, word in enumerate(
        ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), start=4
    )
}


def searched(
    index: NameIndex, text: TextRead, labels: Sequence[str], *, about: frozenset[int] = frozenset()
) -> SpokenName | None:
    """Return the one thing that some words of a text are likely a name of; None where none stands out.

    Args:
        index: The index of names.
        text: The text as read.
        labels: Classes or groups that the thing may be of.
        about: Places of words of which it must have most; empty asks for nothing of the kind.
    """
    words = dict(_words(text, is_free=bool(about)))
    if not labels or not words:
        return None
    with index.looking(narrowed_to(labels)):
        having: defaultdict[int, set[str]] = defaultdict(set)
        for no, word in index.having(sorted(words), limit=_MOST * len(words)):
            having[no].add(word)
        counts, size = index.counts(sorted(words)), index.size()
        weight = {word: math.log(1 + size / counts[word]) for word in words if counts.get(word)}
        likely = sorted(having, key=lambda no: (-sum(weight[word] for word in having[no]), no))[:_LIKELY]
        named = index.names_of(likely)
    rated = [
        _Rated(sum(word.isdigit() for word in having[no]), round(_rating(having[no], name.latin, weight), 4), name)
        for no, names in named.items()
        for name in names
    ]
    special = _special(text, words)
    is_rare = any(counts.get(word, 0) <= _RARE for word in special)
    fewest = 1 if tuple(labels) in _CALLED_BY_A_WORD and is_rare else _FEWEST_SPECIAL
    best = [one for one in rated if one.rating >= _LEAST]
    best = best or (_only(rated, having, special) if len(special) >= fewest else [])
    top = max(best, key=lambda one: (one.numbers, one.rating, one.name.id), default=None)
    if top is None or any(_is_as_good(other, top) for other in best):
        return None
    used = having[top.name.no]
    places = frozenset(place for word in used for place in words[word])
    is_telling = _is_telling(text, words, used, counts) if about else True
    if not is_telling or 2 * len(places & about) < len(about):
        return None
    return SpokenName(places, top.name.id, ((top.name.id, top.name.cls),), is_guess=True)


class _Rated(NamedTuple):
    """A name, how many numbers of the text its thing has, and how well they meet."""

    numbers: int
    rating: float
    name: Found


def _is_as_good(other: _Rated, top: _Rated) -> bool:
    return other.numbers == top.numbers and other.rating > top.rating - _CLOSE and other.name.id != top.name.id


def _is_telling(text: TextRead, words: Mapping[str, frozenset[int]], used: set[str], counts: Mapping[str, int]) -> bool:
    """Say whether more than one common word led to a thing; one with a capital is taken for a name."""
    (first, *others) = used
    is_capital = any(text.words[place].is_capital for place in words[first])
    return bool(others) or counts.get(first, 0) <= _RARE or is_capital


def _special(text: TextRead, words: Mapping[str, frozenset[int]]) -> set[str]:
    """Return the words that are of this name or of none: numbers, words of names, what no phrasing has."""
    named = {place for name in text.names for place in name.places}
    known = text.phrases.known
    return {word for word, places in words.items() if word.isdigit() or places & named or word not in known}


def _only(rated: Sequence[_Rated], having: Mapping[int, set[str]], special: set[str]) -> list[_Rated]:
    """Return the one thing that has every special word; empty where several or none have them."""
    met = [one for one in rated if special <= having[one.name.no]]
    return met[:1] if len({one.name.id for one in met}) == 1 else []


def _words(text: TextRead, *, is_free: bool) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield the words that may be of a name, with their places: what was typed, and days as names write them."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    named = {place for name in text.names for place in name.places} if is_free else set()
    for place, word in enumerate(text.words):
        if place in named or place in text.left_out or (word.text in text.phrases.small and not word.text.isdigit()):
            continue
        plain = latin(word.text)
        for form in {plain, _ORDINALS.get(word.text, ""), *concepts().get((plain,), ())} - {""}:
            least = _SHORTEST_FREE if is_free and not word.is_upper else _SHORTEST_WORD
            if len(form) >= least or form.isdigit():
                places[form].add(place)
    for topic in text.topics:
        for part in latin(in_words(topic.code)).split():
            if part not in _SMALL and not is_free:
                places[part] |= set(range(topic.at, topic.end))
    for said, where in text.days:
        if said.since:
            for part in re.split("-", said.since):
                places[part] |= where
    yield from ((word, frozenset(where)) for word, where in places.items())


def _rating(had: set[str], name: str, weight: dict[str, float]) -> float:
    """Return how well a name and the words that its thing is found by meet, from 0 to 1."""
    own = [word for word in dict.fromkeys(name.split()) if word not in _NOT_OF_A_NAME and len(word) >= _SHORTEST_WORD]
    whole = sum(weight.get(word, 4.0) if word not in _SMALL else 0.2 for word in own)
    met = sum(weight[word] if word not in _SMALL else 0.2 for word in own if word in had)
    beside = sum(weight[word] for word in had if word not in own)
    return (met + beside) / (whole + beside) if whole and met else 0.0
