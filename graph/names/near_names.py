"""Names of people, found again however they are written: misspelt, turned round, in another script, shortened.

Few names are looked for among very many: a look at their words sets nearly all aside, and what is left is compared.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import chain, pairwise, permutations
from operator import le

from rapidfuzz.distance import OSA

from iga.graph.names.comparison import POSSIBLE, compared
from iga.graph.names.forms import WHOLE, joined, latin
from iga.graph.names.near_words import (
    INITIALS,
    LEAST_ACROSS,
    LEAST_CUT,
    across,
    are_short,
    cuts_of,
    initialed_in,
    is_latin,
    latin_words,
    readings,
    short_of,
    spoken,
    without_a_letter,
)
from iga.graph.names.own_addresses import HOST_SIGN, beginnings_of, made_of, runs_of, runs_of_host
from iga.graph.names.pairing import sound
from iga.graph.names.parts import parts_of
from iga.graph.text import folded

_MOST_SLIPS = 2
"""Wrong letters of two names that are slips, whatever is turned round; both in one word only where it is long."""

_FEW = 3
"""Words of what is taken for a name alone, and for no running text."""

_CUT_OFF = re.compile(r"([^\W\d_]{2,})\.")
_LONG = 6
_MOST_WORDS = 5


class NearNames:
    """Names of people, each with an id, to be found by names that are near them. Threads may share it."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        """Take in names: each after the id of whose it is."""
        read = {(person, reading) for person, name in named for reading in readings(name)}
        self._named = [(person, name, latin_words(name)) for person, name in sorted(read)]
        self._places: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._places_across: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._places_elsewhere: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._exactly: dict[str, set[int]] = defaultdict(set)
        self._made: dict[str, set[str]] = defaultdict(set)
        for number, (person, name, words) in enumerate(self._named):
            for place, word in enumerate(words):
                if len(words) > 1:
                    self._exactly[word].add(number)
                for form in _forms(word):
                    self._places[form].add((number, place))
                for form in across(word):
                    self._places_across[form].add((number, place))
                    if not is_latin(name):
                        self._places_elsewhere[form].add((number, place))
            for place, (word, after) in enumerate(pairwise(words)):
                for form in without_a_letter(word + after):
                    self._places[form] |= {(number, place), (number, place + 1)}
            for made in made_of(name) if len(words) > 1 else ():
                self._made[made].add(person)
        self._addresses = beginnings_of(self._made)
        self._met = lru_cache(maxsize=50_000)(self._met_by)
        self._held = lru_cache(maxsize=50_000)(self._held_in)

    def like(self, name: str) -> set[str]:
        """Return the ids of those of whom one name or another may be this one: the comparison calls them *possible*.

        So are names that differ by slips, or by script, alone. A word in common is not enough where both have two,
        initials aside.
        """
        near = set[str]()
        for reading in readings(name) if self._named else ():
            self._add_like(reading, near)
        return near

    def _add_like(self, name: str, near: set[str]) -> None:
        words = latin_words(name)
        in_latin = is_latin(name)
        met: dict[int, set[int]] = defaultdict(set)
        together = (self._places.get(word + after, ()) for word, after in pairwise(words))
        for number, place in chain(*(self._met(word, in_latin=in_latin) for word in words), *together):
            met[number].add(place)
        for number, places in met.items():
            person, known, known_words = self._named[number]
            is_met = len(places) >= min(_telling(words), _telling(known_words))
            if is_met and person not in near and _is_near(name, known):
                near.add(person)
        if min(map(len, words), default=0) == 1:
            near |= self._made.get("".join(words), set())

    def held_in(self, text: str) -> Set[str]:
        """Return the ids of those whose name a text holds, one word of it letter by letter, or an address made of it.

        Names of one word are not looked for: they are words of many a text, and of many an address.
        """
        return self._held(text) if self._named else frozenset()

    def among(self, words: Iterable[str], *, least: int = 2) -> dict[str, set[str]]:
        """Return the ids of those of whom words in Latin letters, in any order, hold so many of a name, with these."""
        places: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        found: dict[str, set[str]] = defaultdict(set)
        for word in words if self._named else ():
            for number, place in self._met(word, in_latin=True):
                places[number][word].add(place)
            for person in self._made.get(word.lstrip(WHOLE), ()):
                found[person].add(word)
        for number, met in places.items():
            person, _, known_words = self._named[number]
            if len(known_words) > 1 and len(set().union(*met.values())) >= least:
                found[person].update(met)
        return dict(found)

    def _held_in(self, text: str) -> Set[str]:
        if text.isalnum():
            return frozenset[str]().union(
                *(self._made.get(it, ()) for it in runs_of_host(latin(text), self._addresses))
            )
        if " " not in text:
            return frozenset[str]().union(*(self._made.get(run, ()) for run in runs_of(text, self._addresses)))
        words = [word if word.isascii() else joined(latin(word)) for word in folded(text).split()]
        held = {person for name in initialed_in(text) for person in self._made.get(name, ())}
        for at, word in enumerate(words):
            held |= self._made.get(f"{HOST_SIGN}{word}", set())
            for number in self._exactly.get(word, ()):
                if (person := self._named[number][0]) not in held and self._is_named(number, words, at, text):
                    held.add(person)
        return held

    def _is_named(self, number: int, words: Sequence[str], at: int, text: str) -> bool:
        """True if words in a row of a text, of which one is a word of a name, are that name."""
        pointed = None if len(words) <= _FEW else _pointed(text)
        _, known, known_words = self._named[number]
        own = {place for its, place in self._met(words[at], in_latin=True) if its == number}
        reach = len(known_words)
        for other in range(max(0, at - reach), min(len(words), at + reach + 1)):
            is_of_it = any(its == number and place not in own for its, place in self._met(words[other], in_latin=True))
            first, last = sorted((at, other))
            if is_of_it and other != at and _is_near(" ".join(words[first : last + 1]), known, pointed):
                return True
        return False

    def _met_by(self, word: str, *, in_latin: bool) -> Set[tuple[int, int]]:
        """Return number and place of the words that one may be, by a form that both have."""
        elsewhere = self._places_elsewhere if in_latin else self._places_across
        met = [self._places[form] for form in _forms(word) if form in self._places]
        met += [elsewhere[form] for form in (across(word) if elsewhere else ()) if form in elsewhere]
        return frozenset[tuple[int, int]]().union(*met)


def _pointed(text: str) -> Set[str]:
    """Return the words of a text that are cut off by a point: Os. Unreal, Osman Unr."""
    return {joined(latin(word)) for word in _CUT_OFF.findall(text)}


def _is_near(name: str, other: str, pointed: Set[str] | None = None) -> bool:
    """True if a name is near another; in a running text the words that are cut off by a point are given (In, Ines)."""
    if compared(name, other, "person").points <= POSSIBLE:
        return True
    # With every word, and without titles and particles: where these are turned round, they are taken for names.
    every = latin_words(name), latin_words(other)
    telling = tuple([word.latin for word in parts_of(text, "person").words] for text in (name, other))
    is_across = is_latin(name) != is_latin(other)
    if any(_are_one(*both, is_across=is_across) for both in (every, telling)):
        return True
    return not is_across and _are_one_but_short(*telling, pointed=pointed, cut=_pointed(name) | (pointed or set()))


def _are_one(words: Sequence[str], others: Sequence[str], *, is_across: bool) -> bool:
    """True if words are others, in whatever order, but for slips, for how they are transliterated, or their script."""
    if len(words) != len(others) or len(words) > _MOST_WORDS:
        return False
    orders = [list(zip(words, order, strict=True)) for order in permutations(others)]
    is_one = _are_one_across if is_across else _are_one_spoken
    if any(map(is_one, orders)):
        return True
    return any(_are_slips([OSA.distance(*pair) for pair in order], order) for order in orders)


def _are_slips(distances: Sequence[int], pairs: Iterable[tuple[str, str]]) -> bool:
    most = (1 if max(map(len, pair)) < _LONG else _MOST_SLIPS for pair in pairs)
    return sum(distances) <= _MOST_SLIPS and all(map(le, distances, most))


def _are_one_spoken(pairs: Iterable[tuple[str, str]]) -> bool:
    return all(word == other or not spoken(word).isdisjoint(spoken(other)) for word, other in pairs)


def _are_one_but_short(words: Sequence[str], others: Sequence[str], *, pointed: Set[str] | None, cut: Set[str]) -> bool:
    """True if one name has no other words, initials aside, than another, but one that is short for a given name."""
    few, many = sorted(([word for word in name if len(word) > 1] for name in (words, others)), key=len)
    if not 1 < len(few) <= len(many) <= _MOST_WORDS:
        return False
    for places in permutations(range(len(many)), len(few)):
        pairs = [(word, many[place]) for word, place in zip(few, places, strict=True)]
        apart = [at for at, (word, other) in enumerate(pairs) if sound(word) != sound(other)]
        if len(apart) != 1:
            continue
        short, long = sorted(pairs[apart[0]], key=len)
        if (apart[0], places[apart[0]]) == (len(few) - 1, len(many) - 1):  # of family names the point tells
            is_short = short in cut and long.startswith(short)
        else:
            is_short = are_short(short, long, least=INITIALS if pointed is None or short in pointed else LEAST_CUT)
        if is_short:
            return True
    return False


def _are_one_across(pairs: Iterable[tuple[str, str]]) -> bool:
    common = [across(word) & across(other) for word, other in pairs]
    return all(common) and sum(max(map(len, bones)) for bones in common) >= LEAST_ACROSS


def _telling(words: Iterable[str]) -> int:
    """Return how many words of a name must be met at least: two, where it has so many that are no initials."""
    return min(2, max(1, sum(len(word) > INITIALS for word in words)))


def _forms(word: str) -> Iterator[str]:
    """Give forms of a word: two words that the comparison takes for one, or but for a letter, have one in common."""
    yield from without_a_letter(word)
    yield f"~{sound(word)}"
    yield from (f"-{bones}" for bones in spoken(word))
    yield from (f"={name}" for name in short_of(word))
    yield from (f"^{cut}" for cut in cuts_of(word))
