"""Which words of two names answer each other, and how: the same, spelt almost so, joined, shortened, translated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Literal, TypeAlias

from rapidfuzz.distance import OSA

from iga.graph.names.known_words import nicknames
from iga.graph.names.parts import Kind, Parts, Word

_Place: TypeAlias = tuple[int, Word]

How = Literal["same", "meaning", "joined", "sound", "near", "initial", "nickname"]

# Scripts that leave vowels out, or put them in: across them names are compared by their consonants.
_CONSONANTAL = frozenset({"ARABIC", "HEBREW", "KATAKANA", "HANGUL"})
# Below this likeness two words are two words: a third of the letters may differ, as in Merkur and Merkel.
_LEAST_ALIKE = 0.6
_MOST_JOINED = 3
# Written together and misspelt as well: two letters, a fifth of the word.
_MOST_SLIPS_JOINED = 2
_JOINED_ALIKE = 0.8
_FAR = (99, 0.0)
_VOWELS = str.maketrans("", "", "aeiouwyh")
# Consonants that these scripts, and those who write them in Latin letters, put for one another.
_CLASSES = str.maketrans("pvfqgcjzdxl", "bbbkkksstkr")
_SOUNDS = """
tsch=č sch=s tch=č dj=j dzh=j zh=j kh=h ch=č sh=s gh=g ph=f th=t dh=d ck=k cs=x ks=x ou=u ow=u oo=u ee=i ie=i ei=i
ey=i ai=i ay=i yy=i iy=i ij=i c=k q=k w=v y=i j=i z=s e=a o=u
"""
_SPELLINGS = [pair.split("=") for pair in _SOUNDS.split()]
"""Ways of writing one sound in Latin letters, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of one name and of the other that answer each other.

    Attributes:
        first, second: One word each, or several where they are written as one elsewhere.
    """

    first: tuple[Word, ...]
    second: tuple[Word, ...]
    how: How
    slips: int = 0
    likeness: float = 1.0


@dataclass
class Pairing:
    """All pairs of two names, and the words that none answers."""

    pairs: list[Pair] = field(default_factory=list)
    first_alone: list[Word] = field(default_factory=list)
    second_alone: list[Word] = field(default_factory=list)
    is_same_order: bool = True


def paired(first: Parts, second: Parts, kind: Kind) -> Pairing:
    """Return which words of two names answer each other; the surest pairs are made first."""
    own, by_consonants = first.script == second.script, bool((first.script ^ second.script) & _CONSONANTAL)

    def near(one: Word, other: Word) -> tuple[int, float]:
        if by_consonants:
            return _FAR if one.means or other.means else _nearness(consonants(one.latin), consonants(other.latin))
        return _nearness(one.own, other.own) if own else _nearness(one.latin, other.latin)

    left = _Left(list(enumerate(first.words)), list(enumerate(second.words)))
    left.match(_is_same, "same")
    left.match(_means_same, "meaning")
    left.join(slips=0)
    if kind == "person":
        left.match(lambda a, b: sound(a.latin) == sound(b.latin) and len(a.latin) > 2, "sound")
    if by_consonants:
        left.match(_has_same_consonants, "sound")
    left.match_nearest(near)
    left.join(slips=_MOST_SLIPS_JOINED)
    left.match_initials()
    left.shorten()
    if kind == "person":
        left.match(_is_nickname, "nickname")
    return left.pairing()


class _Left:
    """The words of two names that still have no answer, with their places, and the pairs so far."""

    def __init__(self, first: list[_Place], second: list[_Place]) -> None:
        self.first, self.second = first, second
        self._pairs: list[tuple[int, int, Pair]] = []
        self._last = len(first) - 1, len(second) - 1

    def match(self, answers: Callable[[Word, Word], bool], how: How) -> None:
        """Pair words that answer each other, in order."""
        for place, word in list(self.first):
            for other_place, other in self.second:
                if answers(word, other):
                    self._take([(place, word)], [(other_place, other)], how)
                    break

    def match_nearest(self, near: Callable[[Word, Word], tuple[int, float]]) -> None:
        """Pair words that are spelt almost alike, the most alike first."""
        rated = []
        for place, word in self.first:
            for other_place, other in self.second:
                if _may_be_misspelt(word, other):
                    slips, likeness = near(word, other)
                    if likeness >= _LEAST_ALIKE:
                        rated.append((-likeness, abs(place - other_place), place, other_place, slips, word, other))
        for negative, _, place, other_place, slips, word, other in sorted(rated, key=lambda row: row[:4]):
            if (place, word) in self.first and (other_place, other) in self.second:
                self._take([(place, word)], [(other_place, other)], "near", slips, -negative)

    def join(self, *, slips: int) -> None:
        """Pair words in a row with one word that writes them together, but for so many wrong letters."""
        for is_turned in (False, True):
            many, one = (self.second, self.first) if is_turned else (self.first, self.second)
            if len(many) < 2 or not one:
                continue
            for run in list(_runs(many)):
                text = "".join(word.latin for _, word in run)
                if len(text) > 3 and all(place in many for place in run):
                    self._join(run, text, one, slips, is_turned=is_turned)

    def _join(
        self, run: Sequence[_Place], text: str, among: Sequence[_Place], most_slips: int, *, is_turned: bool
    ) -> None:
        for single in among:
            word = single[1].latin
            if abs(len(word) - len(text)) > most_slips or (most_slips == 0 and word != text):
                continue
            slips, likeness = _nearness(text, word)
            if slips <= most_slips and likeness >= _JOINED_ALIKE:
                self._take_run(run, single, "joined", slips, likeness, is_turned=is_turned)
                return

    def match_initials(self) -> None:
        """Pair a letter with a word that begins so; the last word of a name is never the one shortened."""
        for place, word in list(self.first):
            for other_place, other in self.second:
                is_inside = other_place < self._last[1] if len(word.own) == 1 else place < self._last[0]
                if is_inside and _is_initial(word, other):
                    self._take([(place, word)], [(other_place, other)], "initial")
                    break

    def shorten(self) -> None:
        """Pair the last word left with the others left if it is their first letters: ``JC`` and ``Jean-Claude``."""
        for is_turned in (False, True):
            many, one = (self.second, self.first) if is_turned else (self.first, self.second)
            for run in list(_runs(many)):
                text = "".join(word.latin[:1] for _, word in run)
                if len(one) == 1 and len(many) == len(run) and one[0][1].latin == text:
                    self._take_run(run, one[0], "initial", is_turned=is_turned)

    def pairing(self) -> Pairing:
        """Return what answers what; pairs in the order of the first name."""
        pairs = sorted(self._pairs, key=lambda row: row[:2])
        order = [other for _, other, _ in pairs]
        alone = [word for _, word in self.first], [word for _, word in self.second]
        return Pairing([pair for _, _, pair in pairs], *alone, is_same_order=order == sorted(order))

    def _take_run(
        self, run: Sequence[_Place], single: _Place, how: How, slips: int = 0, likeness: float = 1.0, *, is_turned: bool
    ) -> None:
        first, second = ([single], list(run)) if is_turned else (list(run), [single])
        self._take(first, second, how, slips, likeness)

    def _take(self, first: list[_Place], second: list[_Place], how: How, slips: int = 0, likeness: float = 1.0) -> None:
        for places, taken in ((self.first, first), (self.second, second)):
            for place in taken:
                places.remove(place)
        words = tuple(word for _, word in first), tuple(word for _, word in second)
        self._pairs.append((first[0][0], second[0][0], Pair(*words, how, slips, likeness)))


def _runs(words: Sequence[_Place]) -> Iterator[tuple[_Place, ...]]:
    """Give two or three words that stand in a row."""
    for size in range(2, _MOST_JOINED + 1):
        for start in range(len(words) - size + 1):
            run = tuple(words[start : start + size])
            if run[-1][0] - run[0][0] == size - 1:
                yield run


def _is_same(one: Word, other: Word) -> bool:
    if one.kind in ("number", "place") and one.kind == other.kind:
        return one.means == other.means
    return one.own == other.own or one.latin == other.latin


def _means_same(one: Word, other: Word) -> bool:
    return one.kind == other.kind == "word" and not one.means.isdisjoint(other.means)


def _may_be_misspelt(one: Word, other: Word) -> bool:
    """Numbers are never misspelt; nor is a word that the lists know another one that they know."""
    return "number" not in (one.kind, other.kind) and not (one.means and other.means)


def _has_same_consonants(one: Word, other: Word) -> bool:
    """Compare words of two scripts; what the lists know in one language they would know in the other."""
    bones = consonants(one.latin)
    return len(bones) > 1 and bones == consonants(other.latin) and not (one.means or other.means)


def _is_initial(one: Word, other: Word) -> bool:
    short, long = (one, other) if len(one.latin) < len(other.latin) else (other, one)
    return len(short.own) == 1 and len(long.latin) > 1 and long.latin.startswith(short.latin)


def _is_nickname(one: Word, other: Word) -> bool:
    known = nicknames()
    return not known.get(one.latin, frozenset()).isdisjoint(known.get(other.latin, ()))


def _nearness(one: str, other: str) -> tuple[int, float]:
    """Return letters that differ and likeness; words of one or two letters are alike only when equal."""
    longest = max(len(one), len(other))
    if min(len(one), len(other)) < 3 and one != other:
        return longest, 0.0
    slips = OSA.distance(one, other, score_cutoff=max(1, int(longest * (1 - _LEAST_ALIKE))))
    return slips, 1 - slips / longest if longest else 0.0


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Return roughly how a word sounds, whoever wrote it in Latin letters: Qaddafi and Kadafi are one."""
    for written, spoken in _SPELLINGS:
        word = word.replace(written, spoken)
    return _single(word)


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """Return the consonants of a word, those that are written for one another as one."""
    return _single(word.translate(_VOWELS).translate(_CLASSES))


def _single(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))
