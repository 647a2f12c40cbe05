"""The one ranking of names: from an exact code down to nearly the spelling, alike on both engines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, cast

from rapidfuzz import fuzz

from iga.graph.names.by_words import with_all_words, with_near_words
from iga.graph.names.forms import LONGEST, joined, latin, spelled, typed_forms, typed_words, words
from iga.graph.names.index import ALL, Found, NameIndex, Only
from iga.graph.names.kinds import LAST_STEP, step_of
from iga.graph.names.look_alikes import is_suspicious, seen_as
from iga.graph.text import folded

How = Literal["id", "code", "name", "acronym", "alias", "prefix", "text", "fuzzy"]

KINDS: dict[How, int] = {"id": 0, "code": 1, "name": 2, "acronym": 2, "alias": 2, "prefix": 3, "text": 4, "fuzzy": 5}
"""How far each kind of match settles what is meant, the surest first: an id, a code or identifier; a name, alias or
acronym; the beginning of one; all words in any order; nearly the spelling. What matches in two ways has the surer."""

_EXACT: tuple[How, ...] = ("name", "acronym", "alias")
# Scores only mirror the order: each kind has its own stretch from 0 to 100, and each step of a class a third of it.
_STRETCH = {0: (100.0, 100.0), 1: (99.0, 99.0), 2: (83.0, 98.0), 3: (70.0, 82.0), 4: (50.0, 68.0), 5: (0.0, 48.0)}
_MOST = 500
_MOST_NEAR = 60
# A near spelling below this likeness is a far match: it may be suggested, never offered as what was meant.
_IS_MEANT = 0.75
_SOUNDS_ALIKE = 0.8
# Likeness from 0 to 100: of whole names that differ by a slip or two, and of words that have hardly a letter in common.
_IS_ONE = 90
_IS_STRANGE = 50


@dataclass(frozen=True, slots=True)
class Ranked:
    """One thing that a text may mean.

    Attributes:
        score: From 0 to 100; only good for comparing what one text brought up.
        is_far: Whether it is too unlike to be meant; it may be suggested.
        is_own: Whether an exact match is one in the script typed, not only in Latin letters.
        is_whole: Whether it is one of the whole name, nothing taken off.
    """

    id: str
    cls: str
    name: str
    how: How
    matched: str
    score: float
    is_far: bool = False
    is_own: bool = False
    is_whole: bool = False
    is_printed: bool = False


class Ranking(NamedTuple):
    """What a text may mean, best first, and whether that is all: there may be more than is looked at."""

    found: list[Ranked]
    is_whole: bool


def ranked(index: NameIndex, text: str, only: Only = ALL) -> list[Ranked]:
    """Return what a text may mean, best first, see `ranking`."""
    return ranking(index, text, only).found


def ranking(index: NameIndex, text: str, only: Only = ALL) -> Ranking:
    """Return what a text may mean, best first, each by its best name.

    The order is that of `KINDS`; within a kind what people look for by name comes before what is derived from it
    (`iga.graph.names.kinds`), then the likelier, then by name and id. What is only spelt almost so comes where nothing
    has the words themselves, and what is far where nothing is near.
    """
    typed = text[:LONGEST]
    with index.looking(only):
        if is_suspicious(typed) and not is_suspicious(seen := seen_as(typed)):
            return _as_seen(index, typed, seen)
        return _ranking(index, typed)


def _as_seen(index: NameIndex, typed: str, seen: str) -> Ranking:
    """Return what a text that is not what it looks like may mean: names spelt so to the letter, then as it is seen."""
    same = exactly(index, typed)
    like, is_whole = _ranking(index, seen)
    known = {one.id for one in same}
    low, high = _STRETCH[KINDS["fuzzy"]]
    near = [
        replace(one, how="fuzzy", score=round(low + (high - low) * one.score / 100, 2))
        for one in like
        if one.id not in known
    ]
    return Ranking([*same, *near], is_whole)


def _ranking(index: NameIndex, typed: str) -> Ranking:
    best: dict[str, Ranked] = {}
    opening = index.opening(typed, limit=_MOST)
    having = with_all_words(index, typed, limit=_MOST)
    for one in (*_exact(index, typed), *_opening(opening, typed), *_with_words(index, having, typed)):
        _keep(best, one)
    is_sure = any(one.how != "fuzzy" for one in best.values())
    for is_whole in () if is_sure else (False, True):
        if all(one.is_far for one in best.values()):
            for one in _nearly(index, typed, is_whole=is_whole):
                _keep(best, one)
    sure = [one for one in best.values() if one.how != "fuzzy"]
    near = sure or [one for one in best.values() if not one.is_far]
    return Ranking(_in_order(near or best.values()), max(len(opening), len(having)) < _MOST)


def exactly(index: NameIndex, text: str, only: Only = ALL) -> list[Ranked]:
    """Return what is called exactly so, in its own script or in Latin letters, best first, each by its best name."""
    best: dict[str, Ranked] = {}
    with index.looking(only):
        for one in _exact(index, text[:LONGEST]):
            if one.how != "fuzzy":
                _keep(best, one)
    return _in_order(best.values())


def meant(index: NameIndex, text: str, only: Only = ALL) -> list[Ranked]:
    """Return what an exact text stands for; several things if it does not settle which.

    A printed name as it stands settles it; else everything called so in the script typed counts, whether by a code, a
    name, an acronym or an alias, as it stands or in a shorter form; else everything called so in Latin letters.
    """
    exact = exactly(index, text, only)
    ways: tuple[Callable[[Ranked], bool], ...] = (
        lambda one: one.is_own and one.is_whole and one.is_printed,
        lambda one: one.is_own and one.is_whole,
        lambda one: one.is_own,
        lambda one: one.is_whole,
        lambda _: True,
    )
    return next((these for way in ways if (these := [one for one in exact if way(one)])), [])


def _keep(best_of: dict[str, Ranked], one: Ranked) -> None:
    """Keep the best match of a thing; how far an exact one settles it is judged by all of them."""
    known = best_of.get(one.id)
    if known is None:
        best_of[one.id] = one
        return
    best = min(known, one, key=_rank)
    best_of[one.id] = replace(
        best,
        is_own=known.is_own or one.is_own,
        is_whole=known.is_whole or one.is_whole,
        is_printed=known.is_printed or one.is_printed,
    )


def _in_order(these: Iterable[Ranked]) -> list[Ranked]:
    return sorted(these, key=lambda one: (*_rank(one), folded(one.name), one.id))


def _rank(one: Ranked) -> tuple[int, float]:
    return KINDS[one.how], -one.score


def _exact(index: NameIndex, text: str) -> Iterator[Ranked]:
    for match in index.called(text):
        how = cast(How, match.how)
        is_own, is_whole = settled_by(text, match)
        if _only_looks(text, match.text) or (not is_own and (how == "code" or not spelled(text).isascii())):
            # Letters that look alike, or that happen to sound like a code or a name of a third script, settle nothing.
            yield _ranked(match, "fuzzy", _SOUNDS_ALIKE)
            continue
        grade = 0.0 if how == "code" else 1 - _EXACT.index(how) / 3
        yield Ranked(
            *(match.id, match.cls, match.name, how, match.text),
            score=_score(how, match.cls, grade) - (0 if is_own else 9) - (0 if is_whole else 0.1),
            is_own=is_own,
            is_whole=is_whole,
            is_printed=how == "name" and match.text == match.name,
        )
    yield from _seen(index, text)


def settled_by(text: str, name: Found) -> tuple[bool, bool]:
    """Return whether a name that equals a text is one in the script typed, and whether it is the whole of it.

    Nothing is taken off a whole one: ``Taiwan`` is no whole name of *Taiwan (in the seat of China, 1953)*. An article
    before the text changes neither.
    """
    own = spelled(text)
    is_own = (own.isascii() and name.own.isascii()) or name.own in map(spelled, typed_forms(text))
    is_whole = name.latin == latin(name.text) and name.latin in (latin(text), latin(own.removeprefix("the ")))
    return is_own, is_whole


def _only_looks(text: str, name: str) -> bool:
    """True if a text and a name may be alike only to the eye: one of them is not what it looks like."""
    return text.strip() != name and (is_suspicious(text) or is_suspicious(name))


def _seen(index: NameIndex, text: str) -> Iterator[Ranked]:
    """Yield what is called as a text looks in Latin letters, though it is written in others."""
    seen = "" if text.isascii() else seen_as(text)
    if seen.isascii() and seen != text:
        for match in index.called(seen):
            yield _ranked(match, "fuzzy", _SOUNDS_ALIKE)


def _opening(names: Iterable[Found], text: str) -> Iterator[Ranked]:
    wanted = latin(text)
    for match in names:
        yield _ranked(match, "prefix", fuzz.ratio(wanted, match.latin) / 100)


def _with_words(index: NameIndex, having: Sequence[int], text: str) -> Iterator[Ranked]:
    wanted, typed = latin(text), typed_words(text)
    for names in index.names_of(having).values():
        own = [match for match in names if _holds(match, typed)]
        best, likeness = _likest(wanted, own or names)
        # Who has the words in a name of its own comes before whom its body or topic is called so.
        yield _ranked(best, "text", (1 + likeness) / 2 if own else likeness / 2)


def _holds(name: Found, typed: Sequence[str]) -> bool:
    """True if one name has all typed words; the last of several may be the opening of one."""
    *before, last = typed
    own = words(name.text)
    return all(word in own for word in before) and (
        last in own or (bool(before) and any(word.startswith(last) for word in own))
    )


def _nearly(index: NameIndex, text: str, *, is_whole: bool) -> Iterator[Ranked]:
    wanted = latin(text)
    near = with_near_words(index, text, limit=_MOST_NEAR, is_whole=is_whole)
    for match in index.latin_names(near.corrected):
        likeness = _likeness(wanted, match.latin)
        yield _ranked(match, "fuzzy", likeness, is_far=likeness < _IS_MEANT)
    for no, names in index.names_of(near.covered).items():
        best, likeness = _likest(wanted, names)
        total = max(likeness, near.covered[no] * (0.6 + 0.4 * likeness))
        is_far = total < _IS_MEANT or (near.covered[no] < 1 and _has_a_stranger(wanted, best.latin))
        yield _ranked(best, "fuzzy", total, is_far=is_far)


def _has_a_stranger(wanted: str, name: str) -> bool:
    """True if some typed word is like no word of a name: "kids trafficking" is not HEAL Trafficking."""
    if fuzz.ratio(joined(wanted), joined(name)) >= _IS_ONE:
        return False
    return any(max(fuzz.ratio(word, other) for other in name.split()) < _IS_STRANGE for word in wanted.split())


def _likest(wanted: str, names: Iterable[Found]) -> tuple[Found, float]:
    rated = ((_likeness(wanted, match.latin), match) for match in names)
    likeness, best = max(rated, key=lambda pair: (pair[0], pair[1].text))
    return best, likeness


def _likeness(wanted: str, name: str) -> float:
    return max(fuzz.ratio(wanted, name), fuzz.token_sort_ratio(wanted, name)) / 100


def _ranked(match: Found, how: How, grade: float, *, is_far: bool = False) -> Ranked:
    return Ranked(match.id, match.cls, match.name, how, match.text, _score(how, match.cls, grade), is_far)


def _score(how: How, cls: str, grade: float) -> float:
    """Return the score of a match."""
    low, high = _STRETCH[KINDS[how]]
    if how in ("id", "code"):
        return high - 0.4 * step_of(cls)
    steps = LAST_STEP + 1
    third = (high - low) / steps
    return round(low + third * (steps - 1 - step_of(cls)) + (third - 0.1) * grade, 2)
