"""Texts that near names of a person have in common, for a register that keeps digests of them and no name.

One letter may be another, missing or too many in one word, the others may be spelled as they sound; words may be in any
order, some may be left out, one but the last may be short for another, and all may be in another script. What is
further off is not met: no digest is near another.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, product

from iga.graph.names.forms import joined, latin
from iga.graph.names.known_words import particles
from iga.graph.names.near_words import (
    LEAST_ACROSS,
    across,
    cuts_of,
    is_latin,
    readings,
    short_of,
    spoken,
    without_a_letter,
)
from iga.graph.names.pairing import sound
from iga.graph.names.parts import parts_of

_FEWEST, _MOST = 2, 4
"""Words of a name: one word is the name of many, and of many words few tell."""

_MOST_WAYS = 64
_WORD = re.compile(r"[^\W\d_][\w'\u2019]*")
_WITHIN = frozenset(" ,.-/'\u2010\u2011\u2013\u2019")


def keys_of(name: str) -> set[str]:
    """Return what is kept of a name: keys of all its words, and of some of them."""
    return set().union(*map(_keys_of, readings(name)))


def _keys_of(name: str) -> set[str]:
    words = _words(name)
    script = "latin" if is_latin(name) else "other"
    sets = [
        ("whole", words),
        *(("part", part) for size in range(_FEWEST, len(words)) for part in combinations(words, size)),
    ]
    keys = {f"{sort} {key}" for sort, part in sets for key in _keys(part, script)}
    # Family names are not cut.
    return keys | {
        f"{sort} {key}" for sort, part in sets for key in _short(part, part[:-1], long="long", short="short")
    }


def keys_like(name: str) -> set[str]:
    """Return the keys of which a name has one in common with those that are kept of a name that it is near to."""
    return set().union(*map(_keys_like, readings(name)))


def _keys_like(name: str) -> set[str]:
    words = _words(name)
    scripts = ("other",) if is_latin(name) else ("latin", "other")  # of the name that is kept
    sets: list[tuple[str, Sequence[str]]] = [("whole", words), ("part", words)]
    sets += [("whole", part) for size in range(_FEWEST, len(words)) for part in combinations(words, size)]
    keys = {f"{sort} {key}" for sort, part in sets for script in scripts for key in _keys(part, script)}
    return keys | {f"{sort} {key}" for sort, part in sets for key in _short(part, part, long="short", short="long")}


def names_within(text: str) -> Iterator[str]:
    """Give what may be a name in a running text: two to four words in a row that begin with no small letter."""
    run: list[str] = []
    end = 0
    for word in _WORD.finditer(text):
        if not set(text[end : word.start()]) <= _WITHIN:
            yield from _windows(run)
            run = []
        end = word.end()
        if not word[0][0].islower():
            run.append(word[0])
        elif word[0] not in particles():
            yield from _windows(run)
            run = []
    yield from _windows(run)


def _windows(run: Sequence[str]) -> Iterator[str]:
    words = [word for word in run if len(word) > 1]
    for size in range(_FEWEST, _MOST + 1):
        yield from (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


@lru_cache(maxsize=50_000)
def keys_in(name: str) -> tuple[str, ...]:
    """Return the keys by which a name in a running text is met: by sound, and across scripts where it is in another."""
    words = [joined(latin(word)) for word in name.split()]
    keys = [f"sound {' '.join(sorted(map(sound, words)))}", *_spoken(words)]
    keys += [] if is_latin(name) else [key for script in ("latin", "other") for key in _across(words, script)]
    return tuple(f"{sort} {key}" for sort in ("whole", "part") for key in keys)


def _words(name: str) -> list[str]:
    return [word.latin for word in parts_of(name, "person").words][:_MOST]


def _keys(words: Sequence[str], script: str) -> Iterator[str]:
    """Give keys of words in any order: by sound but for a letter of one of them; across scripts by what is left."""
    if len(words) < _FEWEST:
        return
    yield from _but_for_a_letter(words, [sound(word) for word in words], "sound")
    yield from _spoken(words)
    yield from _across(words, script)


def _spoken(words: Sequence[str]) -> Iterator[str]:
    ways = product(*(sorted(spoken(word)) or (word,) for word in words))
    yield from (f"spoken {' '.join(sorted(way))}" for way in islice(ways, _MOST_WAYS))


def _across(words: Sequence[str], script: str) -> Iterator[str]:
    for bones in islice(product(*map(sorted, map(across, words))), _MOST_WAYS):
        if sum(map(len, bones)) >= LEAST_ACROSS:
            yield f"{script} {' '.join(sorted(bones))}"


def _short(words: Sequence[str], given: Sequence[str], *, long: str, short: str) -> Iterator[str]:
    """Give keys of words by sound with what one of the given names may be short for, and be cut to."""
    for place, word in enumerate(given if len(words) >= _FEWEST else ()):
        rest = sorted(map(sound, (*words[:place], *words[place + 1 :])))
        forms = (f"given {name}" for name in short_of(word))
        cuts = (f"{long} {cut}" for cut in cuts_of(word))
        yield from (" ".join((form, *rest)) for form in (*forms, *cuts, f"{short} {word}"))


def _but_for_a_letter(words: Sequence[str], others: Sequence[str], how: str) -> Iterator[str]:
    for place, word in enumerate(words):
        rest = [*others[:place], *others[place + 1 :]]
        yield from (f"{how} {' '.join(sorted([f'~{form}', *rest]))}" for form in without_a_letter(word))
    yield f"{how} {' '.join(sorted(others))}"
