"""Things found by the words of a typed text, in any order: all of them, or words that are spelt almost so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import log
from operator import itemgetter

from iga.graph.grouping import by_key
from iga.graph.names.forms import WHOLE, joined, latin, typed_forms, typed_words
from iga.graph.names.index import NameIndex

# Postings of a word that are read at most: a word in more names tells little.
_MOST_POSTINGS = 3_000
# Words of a text that are looked at, and looked for among words spelt almost so: each of the latter costs milliseconds.
_MOST_WORDS = 24
_MOST_NEAR = 5
# What has a common word is only looked for among so many that have a rarer one.
_AMONG = 400
# A word that goes on after what was typed counts a little less than the word itself.
_OPENING = 0.9
_LONGEST_JOINED = 22
_SHORTEST_COUNTED = 5
_MOST_WAYS = 3
_MOST_CORRECTED = 128


@dataclass(frozen=True)
class _Wanted:
    """One word of a typed text.

    Attributes:
        share: Its part of the text, from 0 to 1.
        ways: The words that count for it, with how much.
        is_whole: Whether it stands for the whole text, written without spaces.
    """

    share: float
    ways: Mapping[str, float]
    is_whole: bool = False


def with_all_words(index: NameIndex, text: str, *, limit: int) -> list[int]:
    """Return the numbers of the things that have every word of a text; at most `limit`, what people look for first.

    A word counts in singular and plural; the last of several may be the opening of one. Short names are also found
    with a space too many or too few.
    """
    typed = typed_words(text)[:_MOST_WORDS]
    wanted = [frozenset({word, *_numbers(word)}) for word in typed]
    if len(typed) > 1:
        wanted[-1] |= frozenset(index.openings(typed[-1]))
    counts = index.counts([word for words in wanted for word in words])
    held = [[word for word in words if word in counts] for words in wanted]
    numbers = set(_having_all(index, held, counts)) if held and all(held) else set()
    whole = joined(latin(text))
    numbers |= {no for no, _ in index.having([whole, f"{WHOLE}{whole}"], limit=limit)}
    return index.soonest(numbers, limit=limit)


def _numbers(word: str) -> tuple[str, ...]:
    """Return an English word in its other number: survivor, survivors."""
    if len(word) < _SHORTEST_COUNTED:
        return ()
    return (word[:-1],) if word.endswith("s") else (f"{word}s",)


def _having_all(index: NameIndex, held: Sequence[Sequence[str]], counts: Mapping[str, int]) -> set[int]:
    rarest, *others = sorted(held, key=lambda words: sum(counts[word] for word in words))
    numbers = {no for no, _ in index.having(rarest, limit=_MOST_POSTINGS)}
    for words in others:
        numbers &= {no for no, _ in index.having_among(words, numbers)}
    return numbers


@dataclass(frozen=True)
class Nearly:
    """What is spelt almost like a typed text.

    Attributes:
        covered: How far things cover the text with words of theirs, from 0 to 1, by their number.
        corrected: The text in Latin letters with its words as names have them, the likeliest first.
    """

    covered: Mapping[int, float]
    corrected: tuple[str, ...]


def with_near_words(index: NameIndex, text: str, *, limit: int, is_whole: bool) -> Nearly:
    """Return the things that have words of a text or words spelt almost so, and the text with such words.

    Args:
        index: The names.
        text: As typed.
        limit: Most things returned: those with most and rarest words.
        is_whole: Whether words that are known are looked for among those spelt so as well, and the text without its
            spaces among names without theirs: for what was not found by its unknown words.
    """
    near = _near_words(index, text, is_whole=is_whole)
    wanted = list(_nearly(index, text, near, is_whole=is_whole))
    counts = index.counts({word for one in wanted for word in one.ways})
    size = index.size()
    rarity = {word: log(1 + size / count) for word, count in counts.items()}
    covered: defaultdict[int, float] = defaultdict(float)
    whole: dict[int, float] = {}
    weight: defaultdict[int, float] = defaultdict(float)
    for one in sorted(wanted, key=lambda one: sum(counts.get(word, 0) for word in one.ways)):
        for no, (worth, word) in _met(index, one.ways, counts, weight).items():
            weight[no] += worth * rarity[word]
            if one.is_whole:
                whole[no] = worth
            else:
                covered[no] += worth * one.share
    reached = {no: min(1.0, max(covered[no], whole.get(no, 0.0))) for no in _heaviest(weight, limit)}
    return Nearly(reached, tuple(_corrected(text, near)))


def _near_words(index: NameIndex, text: str, *, is_whole: bool) -> dict[str, dict[str, float]]:
    """Return the words that are spelt almost like those of a text, with their likeness, by the word typed."""
    typed = typed_words(text)[:_MOST_WORDS]
    unknown = [word for word in typed if is_whole or word not in index.counts(typed)] or typed
    # The longest words are worth most, and most likely misspelt.
    searched = sorted(unknown, key=lambda word: (-len(word), word))[:_MOST_NEAR]
    return {word: dict(index.near(word)) for word in searched}


def _nearly(
    index: NameIndex, text: str, near: Mapping[str, Mapping[str, float]], *, is_whole: bool
) -> Iterator[_Wanted]:
    typed = typed_words(text)[:_MOST_WORDS]
    total = sum(map(len, typed)) or 1
    for place, word in enumerate(typed):
        ways = dict(near.get(word, {}))
        if place == len(typed) - 1 and len(word) > 2:
            ways = {longer: max(_OPENING * len(word) / len(longer), 0.5) for longer in index.openings(word)} | ways
        yield _Wanted(len(word) / total, ways | {word: 1.0})
    whole = joined(latin(text))
    if is_whole and len(whole) <= _LONGEST_JOINED:
        near_whole = index.near(f"{WHOLE}{whole}")
        yield _Wanted(1.0, dict(near_whole) | (dict(index.near(whole)) if len(typed) > 1 else {}), is_whole=True)


def _corrected(text: str, near: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield a text with its words in the ways that names have them."""
    for plain in dict.fromkeys(latin(form) for form in typed_forms(text)):
        ways = [[word, *islice(near.get(word, {}), _MOST_WAYS)] for word in plain.split()[:_MOST_WORDS]]
        yield from (" ".join(words) for words in islice(product(*ways), _MOST_CORRECTED))


def _met(
    index: NameIndex, ways: Mapping[str, float], counts: Mapping[str, int], known: Mapping[int, float]
) -> dict[int, tuple[float, str]]:
    """Return the things that have a word, by the best way in which they do."""
    rare = [word for word in ways if 0 < counts.get(word, 0) <= _MOST_POSTINGS]
    common = [word for word in ways if counts.get(word, 0) > _MOST_POSTINGS]
    met = index.having(rare, limit=_MOST_POSTINGS) if rare else []
    if common and known:
        met += index.having_among(common, _heaviest(known, _AMONG))
    elif common:
        met += index.having(common, limit=_MOST_POSTINGS)
    having = by_key(met, itemgetter(1))
    best: dict[int, tuple[float, str]] = {}
    for way in sorted((ways[word], word) for word in having):
        best |= dict.fromkeys((no for no, _ in having[way[1]]), way)
    return best


def _heaviest(weight: Mapping[int, float], limit: int) -> list[int]:
    """Return the numbers of at most so many things, heaviest first, then by number."""
    least = sorted(weight.values())[-limit] if len(weight) > limit else -1.0
    heavier = sorted((no for no, heavy in weight.items() if heavy > least), key=lambda no: (-weight[no], no))
    return [*heavier, *sorted(no for no, heavy in weight.items() if heavy == least)[: limit - len(heavier)]]
