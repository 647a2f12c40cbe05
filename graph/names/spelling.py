"""Words that are spelt almost like a typed one, found among all words of the names at hand."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.names.forms import WHOLE

# a swap of two letters counts as one slip, like a letter too many, too few or wrong
_MOST_NEAR = 12


def slips_allowed(word: str) -> int:
    """Return how many slips a word of this length may hold and still be meant: none in three letters."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 6 else 2


class Vocabulary:
    """All words of the names at hand, by length; whole names as one word apart."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words over; each should come once."""
        self._by_length: defaultdict[tuple[bool, int], list[str]] = defaultdict(list)
        for word in words:
            self._by_length[word.startswith(WHOLE), len(word)].append(word)

    def near(self, word: str) -> list[tuple[str, float]]:
        """Return words that are spelt almost so, with their likeness from 0 to 1, most alike first, then by letters.

        The word itself is among them if it is there. A whole name is near whole names, another word near other words.
        """
        is_whole, length = word.startswith(WHOLE), len(word)
        allowed = slips_allowed(word.removeprefix(WHOLE))
        lengths = range(length - allowed, length + allowed + 1)
        rated = [
            (near, 1 - distance / max(length, len(near)))
            for each in lengths
            for near, distance, _ in process.extract(
                word, self._by_length.get((is_whole, each), ()), scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
        ]
        return sorted(rated, key=lambda pair: (-pair[1], pair[0]))[:_MOST_NEAR]
