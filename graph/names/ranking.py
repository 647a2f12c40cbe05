"""The one ranking of names: from an exact code down to nearly the spelling, alike on both engines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from graph.names.forms import latin, spelled
from graph.names.index import Found, NameIndex
from graph.names.spelling import slips_allowed
from graph.text import folded

How = Literal["id", "code", "name", "alias", "prefix", "text", "fuzzy"]

KINDS: dict[How, int] = {"id": 0, "name": 1, "code": 2, "alias": 3, "prefix": 4, "text": 5, "fuzzy": 6}
"""How far each kind of match settles what is meant, the surest first."""

_EXACT: dict[str, float] = {"code": 99.0, "name": 98.0, "alias": 95.0}
_TRANSLITERATED = 2.0
_OPENING, _WORDS, _NEAR = 80.0, 60.0, 50.0
_MOST = 200
# A near spelling below this likeness is a far match: it may be suggested, never offered as what was meant.
_IS_MEANT = 0.75
_IS_SUGGESTED = 0.45
LONGEST = 300
"""Letters of a text that are looked at; nobody types a longer name."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One thing that a text may mean.

    Attributes:
        id, cls, name: The thing, with its printed name.
        how: How it matched.
        matched: The name, code or text that matched.
        score: From 0 to 100; only good for comparing what one text brought up.
        is_far: Whether it is too unlike to be meant; it may be suggested.
    """

    id: str
    cls: str
    name: str
    how: How
    matched: str
    score: float
    is_far: bool = False


def ranked(index: NameIndex, text: str) -> list[Ranked]:
    """Return what a text may mean, best first, each by its best name.

    What is only spelt almost so comes where nothing has the words themselves, and what is far where nothing is near.
    """
    typed = text[:LONGEST]
    found: dict[str, Ranked] = {}
    for one in (*_exact(index, typed), *_opening(index, typed), *_with_words(index, typed)):
        if one.id not in found or one.score > found[one.id].score:
            found[one.id] = one
    said = [one for one in found.values() if one.how != "fuzzy"]
    likely = said or [one for one in found.values() if not one.is_far] or list(found.values())
    return sorted(likely, key=lambda one: (-one.score, folded(one.name), one.id))


def exactly(index: NameIndex, text: str) -> list[Ranked]:
    """Return what is called exactly so, in its own script or in Latin letters, best first."""
    return sorted(_exact(index, text[:LONGEST]), key=lambda one: (-one.score, folded(one.name), one.id))


def _exact(index: NameIndex, text: str) -> Iterator[Ranked]:
    own = spelled(text)
    for found in index.called(text):
        score = _EXACT[found.how] - (0 if found.own == own else _TRANSLITERATED)
        yield _ranked(found, found.how, score)


def _opening(index: NameIndex, text: str) -> Iterator[Ranked]:
    wanted = latin(text)
    for found in index.opening(text, limit=_MOST):
        yield _ranked(found, "prefix", _OPENING + 10 * fuzz.ratio(wanted, found.latin) / 100)


def _with_words(index: NameIndex, text: str) -> Iterator[Ranked]:
    typed = latin(text).split() or spelled(text).split()
    things = index.having(text, limit=_MOST, is_near=True)
    told = index.words_of([names[0].no for names in things])
    for names in things:
        covers = _coverage(typed, told[names[0].no])
        wanted = latin(text)
        best = max(names, key=lambda found: (_likeness(wanted, found.latin), found.text))
        likeness = _likeness(wanted, best.latin)
        if covers == 1.0:
            yield _ranked(best, "text", _WORDS + 15 * likeness)
        else:
            total = max(likeness, covers * (0.6 + 0.4 * likeness))
            yield _ranked(best, "fuzzy", _NEAR * total, is_far=total < _IS_MEANT)


def _likeness(wanted: str, name: str) -> float:
    return max(fuzz.ratio(wanted, name), fuzz.token_sort_ratio(wanted, name)) / 100


def _coverage(typed: Iterable[str], words: frozenset[str]) -> float:
    """Return how far the typed words stand among others, from 0 to 1; the last one may be the opening of a word."""
    typed = list(typed)
    worth = [_best(word, words, is_last=place == len(typed) - 1) for place, word in enumerate(typed)]
    return sum(each * len(word) for each, word in zip(worth, typed, strict=True)) / max(1, sum(map(len, typed)))


def _best(word: str, words: frozenset[str], *, is_last: bool) -> float:
    if word in words or (is_last and any(other.startswith(word) for other in words)):
        return 1.0
    allowed = slips_allowed(word)
    slips = min((OSA.distance(word, other, score_cutoff=allowed) for other in words), default=allowed + 1)
    return 1 - slips / len(word) if slips <= allowed else 0.0


def _ranked(found: Found, how: str, score: float, *, is_far: bool = False) -> Ranked:
    return Ranked(found.id, found.cls, found.name, how, found.text, round(score, 1), is_far)  # type: ignore[arg-type]
