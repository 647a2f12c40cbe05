"""What two names differ in: each difference with its sort, its amount and a plain sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from graph.names.pairing import Pair, Pairing, paired
from graph.names.parts import Kind, Parts, Word, WordKind, makes_acronym

# A word this short holds too few letters for one of them to be a slip: Mali and Bali, BP and BD.
_SHORT_WORD = 4
# Up to this likeness letters are slips; below it the words are hardly one: Sancho and Sanchez, Castillo and Castro.
_MANY_LETTERS = 0.7


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two names differ.

    Attributes:
        feature: What sort of difference; ``facts/costs.csv`` lists them.
        sentence: In plain words.
        amount: How often.
    """

    feature: str
    sentence: str
    amount: int = 1


Homes: TypeAlias = tuple[str, str]
"""Country of each of two, as ISO 3166 alpha-3; blank when it is not known."""


def differences(first: Parts, second: Parts, kind: Kind, *, homes: Homes = ("", "")) -> list[Difference]:
    """Return all differences of two names that have words; an empty list when they say the same.

    A country in one name is none where the other is known to be at home there.
    """
    if short := _acronym(first, second) or _acronym(second, first):
        return [Difference("acronym", f"{short!r} is the acronym of the other")]
    found = _away(paired(first, second, kind), homes)
    if not found.pairs:
        return [Difference("nothing", "no word in common")]
    return [
        *(difference for pair in found.pairs for difference in _in_words(pair)),
        *_alone(found),
        *_order(found, first, second),
        *_forms(first, second),
        *_thin(found, kind),
    ]


def _acronym(one: Parts, other: Parts) -> str:
    """Return the one word of a name that is the acronym of the other; blank when it is not."""
    if len(one.words) != 1 or other.acronym == one.words[0].own:
        return one.words[0].printed if len(one.words) == 1 else ""
    word = one.words[0]
    return word.printed if makes_acronym(word.own, other.full) or makes_acronym(word.latin, other.full) else ""


def _in_words(pair: Pair) -> Iterator[Difference]:
    one, other = sorted((_printed(pair.first), _printed(pair.second)))
    if pair.how == "meaning":
        yield Difference("translated", f"{one!r} and {other!r} mean the same")
    elif pair.how == "sound" and not _is_spelt_alike(pair):
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


def _is_spelt_alike(pair: Pair) -> bool:
    return [word.own for word in pair.first] == [word.own for word in pair.second]


def _size(pair: Pair) -> str:
    longest = max(sum(len(word.own) for word in words) for words in (pair.first, pair.second))
    if pair.slips == 1:
        return "letter" if longest > _SHORT_WORD else "short_letter"
    return "letters" if pair.likeness >= _MANY_LETTERS else "many_letters"


def _away(found: Pairing, homes: Homes) -> Pairing:
    """Leave out of the words that stand alone the country where the other is at home."""
    first = [word for word in found.first_alone if word.kind != "place" or homes[1] not in word.means]
    second = [word for word in found.second_alone if word.kind != "place" or homes[0] not in word.means]
    return replace(found, first_alone=first, second_alone=second)


def _alone(found: Pairing) -> Iterator[Difference]:
    """Tell of the words that have no answer: numbers and places apart from the rest."""
    sorts: tuple[WordKind, ...] = ("number", "place")
    for sort in sorts:
        yield from _known_alone(_of_kind(found.first_alone, sort), _of_kind(found.second_alone, sort), sort)
    first = [word for word in found.first_alone if word.kind not in ("number", "place")]
    second = [word for word in found.second_alone if word.kind not in ("number", "place")]
    if common := min(len(first), len(second)):
        one, other = sorted((_printed(first), _printed(second)))
        yield Difference("other_word", f"different words: {one!r}, {other!r}", common)
    elif more := first or second:
        yield Difference("word_left_out", f"a word stands in one name only: {more[0].printed!r}")
        if rest := more[1:]:
            yield Difference("words_left_out", f"and so does: {_printed(rest)!r}", len(rest))


def _known_alone(first: Sequence[Word], second: Sequence[Word], sort: WordKind) -> Iterator[Difference]:
    if first and second:
        one, other = sorted((_printed(first), _printed(second)))
        yield Difference(f"other_{sort}", f"different {sort}s: {one}, {other}")
    elif first or second:
        yield Difference(f"{sort}_left_out", f"a {sort} stands in one name only: {_printed(first or second)}")


def _of_kind(words: Iterable[Word], kind: WordKind) -> list[Word]:
    return [word for word in words if word.kind == kind]


def _order(found: Pairing, first: Parts, second: Parts) -> Iterator[Difference]:
    if any(son != father and (father, son) in second.sons for son, father in first.sons):
        yield Difference("father_and_son", "son and father change places")
    elif not found.is_same_order and not any(pair.how == "meaning" for pair in found.pairs):  # grammars differ
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
    is_other_sort = bool((first.legal ^ second.legal) & {"nonprofit", "state"})
    yield Difference(
        "other_sort" if is_other_sort else "other_legal_form", f"different legal forms: {one!r}, {other!r}"
    )


def _thin(found: Pairing, kind: Kind) -> Iterator[Difference]:
    """Tell when the likeness rests on little."""
    slips = sum(1 for pair in found.pairs if pair.slips)
    if slips > 1:
        yield Difference("several_words", f"letters differ in {slips} words", slips - 1)
    if len(found.pairs) == 1 and not _is_whole_name(found.pairs[0], kind):
        yield Difference("one_word", f"the likeness rests on one word: {_printed(found.pairs[0].first)!r}")
    is_whole = not (found.first_alone or found.second_alone)
    if not is_whole and all(word.means and word.kind == "word" for pair in found.pairs for word in pair.first):
        yield Difference("common_words", "what they share is words that many names have")


def _is_whole_name(pair: Pair, kind: Kind) -> bool:
    """Say whether one word is a person's whole name, as in Chinese and Korean, or several were joined."""
    words = (*pair.first, *pair.second)
    return len(words) > 2 or (kind == "person" and all("\u3400" <= word.own[0] <= "\ud7a3" for word in words))


def _printed(words: Iterable[Word]) -> str:
    return " ".join(word.printed for word in words)
