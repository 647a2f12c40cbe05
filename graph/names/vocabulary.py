"""The words of all names, looked up by how they are spelt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from iga.graph.grouping import by_key
from iga.graph.names.forms import WHOLE

_MOST_NEAR = 12


# Letters that are about as common together as another group; a letter of another script is in one by its number.
_GROUPS = ("a", "e", "i", "o", "uy", "nm", "rk", "sz", "tdj", "lb", "cgqpx", "hfvw")
_BIT = {letter: 1 << place for place, group in enumerate(_GROUPS) for letter in group}

WordsByShape: TypeAlias = Mapping[int, Sequence[str]]


class Vocabulary:
    """All words of the names at hand, by length and by which letters they have; whole names as one word apart."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: defaultdict[tuple[bool, int], list[str]] = defaultdict(list)
        for word in words:
            self._by_length[word.startswith(WHOLE), len(word)].append(word)
        self._by_shape: dict[tuple[bool, int], WordsByShape] = {}

    def near(self, word: str) -> list[tuple[str, float]]:
        """Return words that are spelt almost so, with their likeness from 0 to 1, most alike first, then by letters.

        The word itself is among them if it is there. A whole name is near whole names, another word near other words.
        A letter too many, too few or wrong is a slip, a swap of two is one as well; words of three letters allow none.
        """
        is_whole, length = word.startswith(WHOLE), len(word)
        letters = length - is_whole
        allowed = 0 if letters < 4 else 1 if letters < 6 else 2
        rated = [
            (near, 1 - slips / max(length, len(near)))
            for size in range(length - allowed, length + allowed + 1)
            for near, slips, _ in process.extract(
                word,
                self._possible(word, (is_whole, size), allowed),
                scorer=OSA.distance,
                score_cutoff=allowed,
                limit=None,
            )
        ]
        return sorted(rated, key=lambda pair: (-pair[1], pair[0]))[:_MOST_NEAR]

    def _possible(self, word: str, place: tuple[bool, int], allowed: int) -> list[str]:
        """Return the words of a length that have nearly the same letters.

        A wrong letter changes two groups at most, one too many or too few changes one, a swap none.
        """
        if place not in self._by_shape:
            self._by_shape[place] = by_key(self._by_length.get(place, ()), _shape)
        shape, most = _shape(word), 2 * allowed - abs(place[1] - len(word))
        fitting = (words for other, words in self._by_shape[place].items() if (shape ^ other).bit_count() <= most)
        return list(chain.from_iterable(fitting))


def _shape(word: str) -> int:
    """Return the groups that a word has letters of, each a bit."""
    shape = 0
    for letter in word:
        shape |= _BIT.get(letter) or 1 << ord(letter) % len(_GROUPS)
    return shape
