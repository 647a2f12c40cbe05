"""Forms of the words of people's names: however one was transliterated, misread or misspelt, it has one in common."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, islice, product

from iga.graph.names.forms import joined, latin, spelled
from iga.graph.names.known_words import short_forms
from iga.graph.names.look_alikes import is_suspicious, seen_as

INITIALS = 2
"""Letters of a word that may be the initials of others."""

LEAST_ACROSS = 4
"""Consonants of a name by which it is told in another script."""

# What digits and signs in a word pass for.
_PASSES_FOR = str.maketrans("0134578@$|", "oleastbasl")
_WITH_SIGNS = re.compile(r"(?=[^\s._-]*[0134578@$|])[^\s._-]*[^\W\d_][^\s._-]*")
# Consonants as languages write them in Latin letters, and what each may stand for; the first that fits is taken.
_WRITTEN = """
shch=s tsch=s tch=s sch=s dzh=j sh=s zh=j,s dj=j th=s,t dh=t,s kh=k, ch=s,k gh=k, ph=f ts=s tz=s ck=k j=j,
c=k,s x=ks w=f, h=,k s=s z=s q=k k=k g=k d=t t=t f=f v=f p=p b=b l=l m=m n=n r=r
"""
_STANDS_FOR = {written: spoken.split(",") for written, spoken in (pair.split("=") for pair in _WRITTEN.split())}
# Scripts write one sound with letters that stand for others elsewhere, and Arabic and Hebrew vowels with consonants.
_ACROSS = {
    written: list(dict.fromkeys(way.translate(str.maketrans("pfvl", "bbbr")) for way in ways))
    for written, ways in (
        _STANDS_FOR
        | {written: ["k", "s", ""] for written in ("j", "zh", "dj", "dzh")}
        | {"v": ["f", ""], "h": [""], "ch": ["s", "k", ""]}
    ).items()
}
_SPOKEN = re.compile("|".join(_STANDS_FOR) + "|[aeiouy]+")
# One letter alone is an initial with a point behind it, or in capitals before a word that begins so; A may be a word.
_INITIAL, _WORD = r"\b(?:[^\W\d_]\.[\s-]?)+", r"[^\W\d_][\w'\u2019-]+"
_ALONE = re.compile(r"\b[^\W\d_][.\s]")
_INITIALED = (re.compile(rf"({_INITIAL}|\b[B-HJ-Z]\s(?=[A-Z]))\s*({_WORD})"), re.compile(rf"({_WORD}),?\s({_INITIAL})"))

LEAST_CUT, _LEAST_BEGUN = 4, 2
"""Letters of a given name that is the end of another one, or its beginning: Lena of Magdalena, Os. of Osman."""

_MOST_WAYS = 32
_LONG_ENOUGH = 5
"""Letters of a word that are told from others though one of them alone is a consonant: Aisha, Aicha."""


def readings(name: str) -> tuple[str, ...]:
    """Return a name as printed, and as it is read where digits or letters of another script pass for its own."""
    seen = seen_as(name) if is_suspicious(name) else name
    seen = _WITH_SIGNS.sub(lambda word: word[0].translate(_PASSES_FOR), seen)
    return (name,) if seen == name else (name, seen)


def initialed_in(text: str) -> Iterator[str]:
    """Give names with initials in a running text, as addresses are made of them: O. Unreal; Unreal, O."""
    patterns = _INITIALED if _ALONE.search(text) else ()
    for match in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        yield "".join(map(joined, map(latin, match.groups())))


def latin_words(name: str) -> list[str]:
    """Return the words of a name in Latin letters; what stands for no sound there parts none."""
    return [word for own in spelled(name).split() if (word := joined(latin(own)))]


def is_latin(name: str) -> bool:
    """True if a name is in Latin letters, with accents or without."""
    return name.isascii() or spelled(name).isascii()


@lru_cache(maxsize=50_000)
def across(word: str) -> frozenset[str]:
    """Return what may be left of a word in whatever script it was written: its consonants, the like ones as one."""
    return frozenset(map("".join, _ways(_tokens(word), _ACROSS)))


def _tokens(word: str) -> list[str]:
    return _SPOKEN.findall("".join(letter for letter, _ in groupby(word)))


def _ways(tokens: Sequence[str], stands_for: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    return islice(product(*(stands_for.get(token, ("",)) for token in tokens)), _MOST_WAYS)


@lru_cache(maxsize=50_000)
def spoken(word: str) -> frozenset[str]:
    """Return what a word in Latin letters may stand for: where it begins, how its first vowel does, its consonants."""
    tokens = _tokens(word)
    vowel = next((at for at, token in enumerate(tokens) if token[0] in "aeiouy"), len(tokens))
    around = "".join(token for token in tokens[max(0, vowel - 1) : vowel + 1] if token[0] in "aeiouywj")
    found = set[str]()
    for way in _ways(tokens, _STANDS_FOR):
        bones = "".join(way)
        if len(bones) > 1 or (bones and len(word) >= _LONG_ENOUGH):
            begins = "" if way[0] else "-"
            found |= {f"{begins}{opening}{bones}" for opening in _openings(around)}
    return frozenset(found)


def _openings(vowels: str) -> str:
    """Return what a first vowel counts as: round, open or narrow; e is either of the last two."""
    if set(vowels) & {*"ouw"}:
        return "o"
    return "a" if "a" in vowels else "ai" if "e" in vowels else "i"


@lru_cache(maxsize=50_000)
def short_of(word: str) -> frozenset[str]:
    """Return the given names that a word may be short for, itself and those that end otherwise among them, by lists."""
    bases = (word[:size] for size in range(max(_LONG_ENOUGH, len(word) - 2), len(word)))
    near = (it for it in (*bases, f"{word}a", f"{word}e") if len(word) >= _LONG_ENOUGH and it in short_forms())
    return short_forms().get(word, frozenset()).union({word}, *(short_forms()[it] for it in near))


def cuts_of(word: str) -> Iterator[str]:
    """Give a given name, and what it may be cut to: its beginnings and its ends."""
    yield word
    yield from (word[:size] for size in range(_LEAST_BEGUN, len(word)))
    yield from (word[-size:] for size in range(LEAST_CUT, len(word)))


def are_short(word: str, other: str, *, least: int = _LEAST_BEGUN) -> bool:
    """True if one of two given names may be short for the other, as lists have it or by its beginning or end."""
    short, long = sorted((word, other), key=len)
    is_begun = len(short) >= least and long.startswith(short)
    is_end = len(short) >= LEAST_CUT and long.endswith(short)
    return is_begun or is_end or not short_of(word).isdisjoint(short_of(other))


def without_a_letter(word: str) -> Iterator[str]:
    """Give a word, and it without each of its letters where it has more than initials."""
    yield word
    if len(word) > INITIALS:
        yield from (word[:place] + word[place + 1 :] for place in range(len(word)))
