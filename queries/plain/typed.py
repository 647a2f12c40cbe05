"""A typed text as words: each with where it stands, how it was written, and the stem by which it is compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from iga.graph.names.forms import latin
from iga.graph.text import folded

LONGEST = 500
"""Letters of a text that are read; what is longer is no question."""

_CODE = 4
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ENDINGS = (("ies", "y", 5), ("sses", "ss", 5), ("ches", "ch", 6), ("shes", "sh", 6), ("s", "", 4))
_VERBAL = (("ing", 6), ("ed", 5))


@dataclass(frozen=True, slots=True)
class TypedWord:
    """One word of a text.

    Attributes:
        is_upper: Whether it was written in capitals, as acronyms and codes are.
        is_capital: Whether it begins with a capital though the text does not begin with it.
    """

    text: str
    at: int
    end: int
    is_upper: bool
    is_capital: bool

    @property
    def stem(self) -> str:
        """What it is compared by."""
        return stem(self.text)


def words_of(text: str) -> tuple[TypedWord, ...]:
    """Return the words of a text; a text all in capitals has none that were written so on purpose."""
    shouted = text.upper() == text
    return tuple(
        TypedWord(
            part, match.start(), match.end(), is_upper, match[0][0].isupper() and match.start() > 0 and not shouted
        )
        for match in _WORD.finditer(text[:LONGEST])
        for is_upper in (not shouted and _is_written_as_code(match[0]),)
        for part in _plain(match[0])
    )


def _is_written_as_code(word: str) -> bool:
    """True if a word is in capitals, or a short one has capitals elsewhere than at its beginning: UNODC, BiH."""
    return len(word) > 1 and (word.isupper() or (len(word) <= _CODE and any(map(str.isupper, word[1:]))))


def _plain(written: str) -> Iterator[str]:
    yield from (folded(written) or latin(written)).split()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without the endings of number and tense: ``promises`` and ``promised`` are ``promis``."""
    if word.endswith(("ss", "us", "is")):
        return word
    for ending, instead, least in _ENDINGS:
        if len(word) >= least and word.endswith(ending):
            word = word[: -len(ending)] + instead
            break
    for ending, least in _VERBAL:
        if len(word) >= least and word.endswith(ending):
            word = word[: -len(ending)]
            word = word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word
