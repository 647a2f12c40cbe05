"""Whether an address is made of a person's name, in the ways in which offices and people make addresses."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations

from iga.graph.names.forms import latin

_NO_LETTERS = re.compile(r"[^a-z]+")
# Parts of names that are no name by themselves, fewer than `known_words.particles`: Ben, Le and Das are names, too.
_PARTICLES = frozenset(
    (
        *("al", "ap", "bin", "bint", "da", "dal", "de", "del", "den", "der", "di", "du", "el", "ibn", "la", "van"),
        *("von", "y"),
    )
)
# Words of mailboxes that some people are called as well.
_OF_OFFICES = frozenset(
    (
        *("admin", "ambassador", "bureau", "contact", "court", "desk", "embassy", "focal", "head", "help", "info"),
        *("justice", "law", "mail", "media", "minister", "mission", "office", "post", "press", "secretary", "service"),
        *("state", "support", "team", "trade", "unit"),
    )
)
# How German and Scandinavian letters are typed where there are none.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss"})
# Sounds that are written in Latin letters in several ways: Yusuf, Youssouf; Tarasenko, Tarassenko.
_SOUNDS = (
    *(("kh", "h"), ("gh", "g"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("sch", "sh"), ("tch", "ch")),
    *(("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("iy", "i"), ("yi", "i"), ("y", "i"), ("j", "i")),
)
_TWICE = re.compile(r"(?<=.)(.)\1+")
# Letters that a word needs to be told by, alone and beside others, and so do words that are run together.
_LEAST_ALONE, _LEAST_BESIDE, _LEAST_JOINED = 3, 4, 4


def is_made_of(address: str, name: str) -> bool:
    """Return whether an e-mail address, or the path of a page, is made of a name of a person.

    Its words in any order, with or without a middle one; a word with the initials of the others, before or behind it;
    a word of the name alone, unless mailboxes of offices are called so. Digits and separators count for nothing, and
    neither does the script, nor how it is written in Latin letters.
    """
    if not made_of(name).isdisjoint(runs_of(address)):
        return True
    parts, alone = _parts(address), _words_alone(name)
    least = _LEAST_ALONE if len(parts) == 1 else _LEAST_BESIDE
    return any(len(part) >= least and part not in _OF_OFFICES and _sound(part) in alone for part in parts)


def runs_of(address: str) -> set[str]:
    """Return the words of an address, and runs of them written together, as they are written and as they sound."""
    parts = _parts(address)
    runs = {"".join(parts[at:end]) for at in range(len(parts)) for end in range(at + 1, len(parts) + 1)}
    return runs.union(map(_sound, runs))


def _parts(address: str) -> list[str]:
    """Return the words of the part of an address that its owner chose: before the sign, or behind the host."""
    text = address.partition("://")[2].partition("/")[2] if "://" in address else address.rpartition("@")[0]
    return [part for part in _NO_LETTERS.split(latin(text)) if part]


def _spellings(name: str) -> Iterator[list[str]]:
    for text in dict.fromkeys((name, name.casefold().translate(_SPELLED_OUT))):
        if words := [word for word in _NO_LETTERS.split(latin(text)) if word]:
            yield words


@lru_cache(maxsize=10_000)
def made_of(name: str) -> frozenset[str]:
    """Return what addresses are made of that hold more than one word of a name, or one with initials."""
    made: set[str] = set()
    for words in _spellings(name):
        # As it is written, and as it sounds: by word, since two words may make a sound that neither has.
        for written in (words, [_sound(word) for word in words]):
            made |= _joined(written)
    return frozenset(text for text in made if len(text) >= _LEAST_JOINED)


def _joined(words: list[str]) -> set[str]:
    own = [word for word in words if word not in _PARTICLES]
    made = {"".join(words), "".join(reversed(words))} if len(words) > 1 else set()
    for at, word in enumerate(own):
        others = [other[0] for other in (*own[:at], *own[at + 1 :])]
        initials = {"".join(others), *others[:1], *others[-1:]} - {""}
        made |= {text for initial in initials for text in (f"{initial}{word}", f"{word}{initial}")}
    return made | {f"{one}{other}" for one, other in permutations([word for word in own if len(word) > 1], 2)}


@lru_cache(maxsize=10_000)
def _words_alone(name: str) -> frozenset[str]:
    words = (word for words in _spellings(name) for word in words if word not in _PARTICLES)
    return frozenset(_sound(word) for word in words if len(word) >= _LEAST_ALONE and word not in _OF_OFFICES)


def _sound(text: str) -> str:
    for written, sound in _SOUNDS:
        text = text.replace(written, sound)
    return _TWICE.sub(r"\1", text)
