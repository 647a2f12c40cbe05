"""The words of all names, looked up by how they are spelt."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.names.forms import WHOLE

_MOST_NEAR = 12


class Vocabulary:
    """All words of the names at hand, by length; whole names as one word apart."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: defaultdict[tuple[bool, int], list[str]] = defaultdict(list)
        for word in words:
            self._by_length[word.startswith(WHOLE), len(word)].append(word)

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
                word, self._by_length.get((is_whole, size), ()), scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
        ]
        return sorted(rated, key=lambda pair: (-pair[1], pair[0]))[:_MOST_NEAR]
