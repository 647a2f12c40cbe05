"""Text: folded, as names are searched, sorted and compared; numbers with their nouns."""

import re
import unicodedata
from functools import lru_cache

_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
# letters that Unicode does not decompose, as people without them on the keyboard type them
_TYPED_AS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th"}
)
# what names of made-up things end in, or begin with
_MADE_UP = re.compile(r" \(fictional\)|\bFictional: ")
# What stands before such a word is what is counted: partners for co-operation, letters of intent.
_LINKED = re.compile(r"(.+?)( (?:of|for|with|to|in|on|under|against) .+)")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
# canonical combining classes whose marks make another letter, not an accent: nukta, kana voicing, virama
_LETTER_MARKS = (0, 7, 8, 9)


@lru_cache(maxsize=1_000)  # a name is looked at for several faults, one after another
def folded(text: str) -> str:
    """Return text as people mean it when they type: no accents, no case, no punctuation, single spaces.

    ``Côte d’Ivoire`` becomes ``cote d ivoire``, ``Łódź`` becomes ``lodz``. Letters and digits of every
    script stay, with the vowel signs without which words of Devanagari or Thai would fall apart.
    Folding twice changes nothing. Blank when the text holds no letter or digit.
    """
    if text.isascii():
        return _NOT_ASCII_WORD.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(map(_kept, plain.translate(_TYPED_AS)))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def plural(word: str) -> str:
    """Return an English noun in the plural, as most form it: ``body``, ``bodies``; ``Partners for Co-operation``."""
    linked = _LINKED.match(word)
    noun, rest = linked.groups() if linked else (word, "")
    return (f"{noun[:-1]}ies" if _CONSONANT_Y.search(noun) else f"{noun}s") + rest


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``1 member``, ``3 members``, ``no members``."""
    noun = one if number == 1 else many or plural(one)
    return f"{number:,} {noun}" if number else f"no {noun}"


def unsuffixed(text: str) -> str:
    """Return words that a mark says of already that they are made up, without what says so at each name."""
    return _MADE_UP.sub("", text)


def _kept(letter: str) -> str:
    if letter.isalnum():
        return letter
    if unicodedata.category(letter) not in ("Mn", "Mc"):
        return " "
    return letter if unicodedata.combining(letter) in _LETTER_MARKS else ""
