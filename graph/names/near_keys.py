"""Texts that near names of a person have in common, for a register that keeps digests of them and no name.

One letter may be another, missing or too many in one word, the others may be spelled as they sound; words may be in any
order, some may be left out, and all may be in another script. What is further off is not met: no
digest is near another.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product

from iga.graph.names.near_words import LEAST_ACROSS, across, is_latin, readings, spoken, without_a_letter
from iga.graph.names.pairing import sound
from iga.graph.names.parts import parts_of

_FEWEST, _MOST = 2, 4
"""Words of a name: one word is the name of many, and of many words few tell."""

_MOST_WAYS = 64


def keys_of(name: str) -> set[str]:
    """Return what is kept of a name: keys of all its words, and of some of them."""
    return set().union(*map(_keys_of, readings(name)))


def _keys_of(name: str) -> set[str]:
    words = _words(name)
    script = "latin" if is_latin(name) else "other"
    kept = {f"whole {key}" for key in _keys(words, script)}
    parts = (part for size in range(_FEWEST, len(words)) for part in combinations(words, size))
    return kept.union(f"part {key}" for part in parts for key in _keys(part, script))


def keys_like(name: str) -> set[str]:
    """Return the keys of which a name has one in common with those that are kept of a name that it is near to."""
    return set().union(*map(_keys_like, readings(name)))


def _keys_like(name: str) -> set[str]:
    words = _words(name)
    scripts = ("other",) if is_latin(name) else ("latin", "other")  # of the name that is kept
    sets: list[tuple[str, Sequence[str]]] = [("whole", words), ("part", words)]
    sets += [("whole", part) for size in range(_FEWEST, len(words)) for part in combinations(words, size)]
    return {f"{sort} {key}" for sort, part in sets for script in scripts for key in _keys(part, script)}


def _words(name: str) -> list[str]:
    return [word.latin for word in parts_of(name, "person").words][:_MOST]


def _keys(words: Sequence[str], script: str) -> Iterator[str]:
    """Give keys of words in any order: by sound but for a letter of one of them; across scripts by what is left."""
    if len(words) < _FEWEST:
        return
    yield from _but_for_a_letter(words, [sound(word) for word in words], "sound")
    ways = product(*(sorted(spoken(word)) or (word,) for word in words))
    yield from (f"spoken {' '.join(sorted(way))}" for way in islice(ways, _MOST_WAYS))
    for bones in islice(product(*map(sorted, map(across, words))), _MOST_WAYS):
        if sum(map(len, bones)) >= LEAST_ACROSS:
            yield f"{script} {' '.join(sorted(bones))}"


def _but_for_a_letter(words: Sequence[str], others: Sequence[str], how: str) -> Iterator[str]:
    for place, word in enumerate(words):
        rest = [*others[:place], *others[place + 1 :]]
        yield from (f"{how} {' '.join(sorted([f'~{form}', *rest]))}" for form in without_a_letter(word))
    yield f"{how} {' '.join(sorted(others))}"
