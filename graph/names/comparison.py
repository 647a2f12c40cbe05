"""Whether two names may be of one and the same: a tier, and the reasons for and against it as sentences.

Each sort of difference has a cost in points (``facts/costs.csv``); a tier is a limit on their sum. A name alone is
never *certain*: every country has a ministry of justice.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

from iga.graph.names.pairing import Pair, Pairing, paired
from iga.graph.names.parts import Kind, Parts, Word, WordKind, makes_acronym, parts_of

Tier = Literal["certain", "likely", "possible", "unlike"]

TIERS: tuple[Tier, ...] = ("certain", "likely", "possible", "unlike")
"""From the surest down."""

LIKELY, POSSIBLE = 3, 10
"""Most points of a pair of names in these tiers; docs/decisions/0020-tiers-of-likeness.md says how they were found."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for or against two being the same, with its points; more points speak more against it."""

    feature: str
    sentence: str
    points: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison of two names comes to.

    Attributes:
        tier: How sure it is that both name one.
        points: Sum of the costs; 0 is the same name.
        reasons: What speaks for it, then each difference, the gravest first.
    """

    tier: Tier
    points: int
    reasons: tuple[Reason, ...]


# More than any limit: a name without letters is like none.
_BLANK = 100
# A word this short holds too few letters for one of them to be a slip: Mali and Bali, BP and BD.
_SHORT_WORD = 4
# Up to this likeness letters are slips; below it the words are hardly one: Sancho and Sanchez, Castillo and Castro.
_MANY_LETTERS = 0.7
# Three letters, or two of which one is the first, are hardly slips of one hand: Sigma and Cigna.
_MOST_SLIPS = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two names differ.

    Attributes:
        feature: What sort of difference; ``facts/costs.csv`` lists them.
    """

    feature: str
    sentence: str
    amount: int = 1


Homes: TypeAlias = tuple[str, str]
"""Country of each of two, as ISO 3166 alpha-3; blank when it is not known."""


def compared(first: str, second: str, kind: Kind, *, homes: Homes = ("", "")) -> Comparison:
    """Return how two names compare, whichever is named first."""
    (one, home), (other, other_home) = sorted(zip((first, second), homes, strict=True))
    return _compared(parts_of(one, kind), parts_of(other, kind), kind, (home, other_home))


def tier_of(points: int) -> Tier:
    """Return the tier of so many points; by name alone the surest is *likely*."""
    return "likely" if points <= LIKELY else "possible" if points <= POSSIBLE else "unlike"


def _compared(first: Parts, second: Parts, kind: Kind, homes: Homes) -> Comparison:
    if not (first.words and second.words):
        return Comparison("unlike", _BLANK, (Reason("blank", "a name without letters or digits says nothing", _BLANK),))
    differing, costs = differences(first, second, kind, homes=homes), _costs(kind)
    if not differing:
        sentence = "the same name in two scripts" if first.script != second.script else "the same name"
        return Comparison(tier_of(0), 0, (Reason("same", sentence),))
    reasons = [Reason(one.feature, one.sentence, costs[one.feature] * one.amount) for one in differing]
    points = sum(reason.points for reason in reasons)
    order = sorted(reasons, key=lambda reason: (-reason.points, reason.feature, reason.sentence))
    return Comparison(tier_of(points), points, tuple(order))


@cache
def _costs(kind: Kind) -> Mapping[str, int]:
    text = (files("iga.graph") / "names" / "facts" / "costs.csv").read_text(encoding="utf-8")
    return {line["feature"]: int(line[kind]) for line in csv.DictReader(text.splitlines())}


def differences(first: Parts, second: Parts, kind: Kind, *, homes: Homes = ("", "")) -> list[Difference]:
    """Return all differences of two names that have words; an empty list when they say the same.

    A country in one name is none where the other is known to be at home there.
    """
    if short := _acronym(first, second) or _acronym(second, first):
        return [Difference("acronym", f"{short!r} is the acronym of the other")]
    if _words_of(first) != _words_of(second) and "".join(_words_of(first)) == "".join(_words_of(second)):
        one, other = sorted((_printed(first.full or first.words), _printed(second.full or second.words)))
        return [Difference("spaces", f"{one!r} and {other!r} are spaced in other ways"), *_forms(first, second)]
    pairing = _away(paired(first, second, kind), homes)
    if not pairing.pairs:
        return [Difference("nothing", "no word in common")]
    return [
        *(difference for pair in pairing.pairs for difference in _in_words(pair)),
        *_alone(pairing),
        *_order(pairing, first, second),
        *_forms(first, second),
        *_thin(pairing, kind),
    ]


def _words_of(parts: Parts) -> list[str]:
    return [word.latin for word in parts.full or parts.words]


def _acronym(one: Parts, other: Parts) -> str:
    """Return the one word of a name that is the acronym of the other; blank when it is not."""
    if len(one.words) != 1:
        return ""
    word = one.words[0]
    is_acronym = word.own == other.acronym or any(makes_acronym(text, other.full) for text in (word.own, word.latin))
    return word.printed if is_acronym else ""


def _in_words(pair: Pair) -> Iterator[Difference]:
    one, other = sorted((_printed(pair.first), _printed(pair.second)))
    if pair.how == "meaning":
        yield Difference("translated", f"{one!r} and {other!r} mean the same")
    elif pair.how == "sound" and [word.own for word in pair.first] != [word.own for word in pair.second]:
        yield Difference("sound", f"{one!r} and {other!r} are two spellings of one sound")
    elif pair.how == "joined":
        yield Difference("spaces", f"{one!r} and {other!r} are spaced in other ways")
    elif pair.how == "initial":
        yield Difference("short_for", f"{min(one, other, key=len)!r} is short for {max(one, other, key=len)!r}")
    elif pair.how == "nickname":
        yield Difference("nickname", f"{one!r} and {other!r} are forms of one given name")
    if pair.slips:
        letters = "one letter differs" if pair.slips == 1 else f"{pair.slips} letters differ"
        yield Difference(_size(pair), f"{letters} in {one!r} and {other!r}")


def _size(pair: Pair) -> str:
    longest = max(sum(len(word.own) for word in words) for words in (pair.first, pair.second))
    if pair.slips == 1:
        return "letter" if longest > _SHORT_WORD else "short_letter"
    is_slip = pair.likeness >= _MANY_LETTERS and pair.slips <= _MOST_SLIPS and _begin_alike(pair)
    return "letters" if is_slip else "many_letters"


def _begin_alike(pair: Pair) -> bool:
    """True if the words of a pair begin with one letter; of other scripts nothing is told."""
    one, other = pair.first[0].own, pair.second[0].own
    return one[0] == other[0] or not (one.isascii() and other.isascii())


def _away(pairing: Pairing, homes: Homes) -> Pairing:
    """Leave out of the words that stand alone the country where the other is at home."""
    first = [word for word in pairing.first_alone if word.kind != "place" or homes[1] not in word.means]
    second = [word for word in pairing.second_alone if word.kind != "place" or homes[0] not in word.means]
    return replace(pairing, first_alone=first, second_alone=second)


def _alone(pairing: Pairing) -> Iterator[Difference]:
    """Tell of the words that have no answer: numbers and places apart from the rest."""
    alone = pairing.first_alone, pairing.second_alone
    sorts: tuple[WordKind, ...] = ("number", "place")
    for sort in sorts:
        yield from _known_alone(*([word for word in words if word.kind == sort] for words in alone), sort=sort)
    first, second = ([word for word in words if word.kind not in sorts] for words in alone)
    if common := min(len(first), len(second)):
        one, other = sorted((_printed(first), _printed(second)))
        yield Difference("other_word", f"different words: {one!r}, {other!r}", common)
    elif more := first or second:
        yield Difference("word_left_out", f"a word stands in one name only: {more[0].printed!r}")
        if rest := more[1:]:
            yield Difference("words_left_out", f"and so does: {_printed(rest)!r}", len(rest))


def _known_alone(first: Sequence[Word], second: Sequence[Word], *, sort: WordKind) -> Iterator[Difference]:
    if first and second:
        one, other = sorted((_printed(first), _printed(second)))
        yield Difference(f"other_{sort}", f"different {sort}s: {one}, {other}")
    elif first or second:
        yield Difference(f"{sort}_left_out", f"a {sort} stands in one name only: {_printed(first or second)}")


def _order(pairing: Pairing, first: Parts, second: Parts) -> Iterator[Difference]:
    if any((father, son) in second.sons - first.sons for son, father in first.sons - second.sons):
        yield Difference("father_and_son", "son and father change places")
    elif not pairing.is_same_order and not any(pair.how == "meaning" for pair in pairing.pairs):  # grammars differ
        yield Difference("order", "the same words in another order")


def _forms(first: Parts, second: Parts) -> Iterator[Difference]:
    if first.titles != second.titles:
        titles = " ".join(sorted({*first.titles} ^ {*second.titles})) or " ".join(sorted(first.titles))
        yield Difference("title_left_out", f"words of address or rank differ: {titles!r}")
    if not (first.legal and second.legal):
        if form := first.legal_printed or second.legal_printed:
            yield Difference("legal_form_left_out", f"legal form left out: {form!r}")
        return
    if first.legal == second.legal or "company" in first.legal | second.legal:
        return
    one, other = sorted((first.legal_printed, second.legal_printed))
    feature = "other_sort" if (first.legal ^ second.legal) & {"nonprofit", "state"} else "other_legal_form"
    yield Difference(feature, f"different legal forms: {one!r}, {other!r}")


def _thin(pairing: Pairing, kind: Kind) -> Iterator[Difference]:
    """Tell when the likeness rests on little."""
    slips = sum(1 for pair in pairing.pairs if pair.slips)
    if slips > 1:
        yield Difference("several_words", f"letters differ in {slips} words", slips - 1)
    if len(pairing.pairs) == 1 and not _is_whole_name(pairing.pairs[0], kind):
        yield Difference("one_word", f"the likeness rests on one word: {_printed(pairing.pairs[0].first)!r}")
    is_whole = not (pairing.first_alone or pairing.second_alone)
    if not is_whole and all(word.means and word.kind == "word" for pair in pairing.pairs for word in pair.first):
        yield Difference("common_words", "what they share is words that many names have")


def _is_whole_name(pair: Pair, kind: Kind) -> bool:
    """True if one word is a person's whole name, as in Chinese and Korean, or several were joined."""
    words = (*pair.first, *pair.second)
    return len(words) > 2 or (kind == "person" and all("\u3400" <= word.own[0] <= "\ud7a3" for word in words))


def _printed(words: Iterable[Word]) -> str:
    return " ".join(word.printed for word in words)
