"""Names of organizations that are near a known one: a slip in a word, a word cut short, a place behind the name."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from iga.graph.domain.catalog import NODES, fits
from iga.graph.names.forms import joined, latin
from iga.graph.names.naming import called
from iga.graph.names.near_words import without_a_letter
from iga.graph.names.parts import Word, parts_of
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session

_ADDED = frozenset({"international", "global", "worldwide"})
"""Words that people put behind the name of an organization where two others tell whose it is."""
_TAILS = _ADDED | {"foundation", "group", "organization", "association", "network"}
"""Words that they cut short, or leave out there."""

_CLASSES = [node.label() for node in NODES if fits(node.label(), ("Party",))]
_CLASSES = [cls for cls in _CLASSES if cls not in ("Person", "Government")]
_CALLED = ("name", "acronym", "aliases", "former_names", "location")
_FEWEST = 2
# In a word this short a letter is no slip: Mali and Bali, IOM and ILO.
_SHORT = 4
_SHORTEST_CUT = 2
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True)
class _Known:
    id: str
    words: tuple[str, ...]
    is_acronym: bool


class NearBodies:
    """Names of organizations, to be found by names near them. Threads may share it."""

    def __init__(self, named: Iterable[tuple[str, str, bool]], cities: Collection[str]) -> None:
        """Take in names, each after the id of whose it is, and whether it is an acronym; and what is called a city."""
        read = {(id_, _words(name), is_acronym) for id_, name, is_acronym in named}
        self._known = [_Known(*one) for one in sorted(read) if one[1]]
        self._cities = frozenset(cities)
        self._having: dict[str, set[int]] = defaultdict(set)
        for number, one in enumerate(self._known):
            for word in one.words:
                self._having[word].add(number)
        self._words: dict[str, set[str]] = defaultdict(set)
        for word in self._having:
            for form in without_a_letter(word):
                self._words[form].add(word)

    def like(self, text: str) -> set[str]:
        """Return the ids of those that a name may be a slip for, also without a place behind it."""
        before, _, last = text.rpartition(" ")
        return self._like(text) | (self._like(before) if before and self._is_place(last) else set())

    def _is_place(self, text: str) -> bool:
        words = parts_of(text, "organization").words
        return bool(words) and all(word.kind == "place" or word.latin in self._cities for word in words)

    def _like(self, text: str) -> set[str]:
        asked = [(piece, word) for word in parts_of(text, "organization").words for piece in word.latin.split()]
        words = tuple(piece for piece, _ in asked)
        alike = {one for word in words for form in without_a_letter(word) for one in self._words.get(form, ())}
        alike |= {one for word in words if _is_bare(word) for one in self._having if _is_bare_of(word, one)}
        met = Counter(number for word in alike for number in self._having[word])
        near = (self._known[number] for number, count in met.items() if count >= _core(self._known[number].words))
        return {one.id for one in near if self._is_near([word for _, word in asked], words, one)}

    def _is_near(self, asked: Sequence[Word], words: Sequence[str], known: _Known) -> bool:
        if joined(" ".join(words)) == "".join(known.words):
            return True
        if len(known.words) < _FEWEST and not known.is_acronym and any(map(_is_bare, words)):
            return False  # NRC is no Norec
        left, missing = list(range(len(words))), []
        for word in known.words:
            at = next((it for it in left if _may_be(words[it], word, is_acronym=known.is_acronym)), None)
            if at is None:
                missing.append(word)
            else:
                left.remove(at)
        matched = len(known.words) - len(missing)
        behind = [asked[it] for it in left]
        is_placed = all(word.kind == "place" or word.latin in self._cities for word in behind)
        is_tail = matched >= _FEWEST and all(word.latin in _ADDED or word.latin in self._cities for word in behind)
        is_short = all(word in (_TAILS if matched >= _FEWEST else _ADDED) for word in missing)  # Winrock
        return (is_placed or is_tail) and (not missing or is_short)


def _words(name: str) -> tuple[str, ...]:
    return tuple(piece for word in parts_of(name, "organization").words for piece in word.latin.split())


def _core(words: Sequence[str]) -> int:
    """Return how many words of a name must be met at least, those that may be cut short or left out aside."""
    return max(1, len({*words} - _TAILS))


def _may_be(word: str, known: str, *, is_acronym: bool) -> bool:
    """True if a word is another, but for a letter, or that one cut short: Grp, Intl, Assn."""
    if word == known or is_acronym:
        return word == known
    if min(len(word), len(known)) >= _SHORT and max(len(word), len(known)) > _SHORT and OSA.distance(word, known) <= 1:
        return True
    is_cut = known in _TAILS and _SHORTEST_CUT < len(word) < len(known) and word[0] == known[0]
    return _is_bare_of(word, known) or (is_cut and _are_in(word, known))


def _is_bare(word: str) -> bool:
    """True if a word is written without its vowels, as words are cut short: Cncl, Fnd, Ctr."""
    return len(word) > _SHORTEST_CUT and not _VOWELS.intersection(word[1:])


def _is_bare_of(word: str, known: str) -> bool:
    is_other = len(word) >= len(known) or not _VOWELS.intersection(known[1:-1])
    return not is_other and word[0] == known[0] and word[-1] == known[-1] and _is_bare(word) and _are_in(word, known)


def _are_in(letters: str, word: str) -> bool:
    left = iter(word)
    return all(letter in left for letter in letters)


def bodies_near(session: Session, text: str, government: str) -> list[Entity]:
    """Return the organizations that a name may be a slip for, by id; public bodies of one government alone.

    That is the one that is stated, else whichever the name has a word of: Finland's ministry is none of Colombia's.
    """
    known = entities(session, session.once(_near_bodies).like(text))
    places = (word.means for word in parts_of(text, "organization").words if word.kind == "place")
    told = {government} if government else {f"gov:{code.lower()}" for codes in places for code in codes}
    bodies = (it for _, it in sorted(known.items()))
    return [it for it in bodies if it.cls != "PublicBody" or not told or it.values.get("government") in (None, *told)]


def _near_bodies(session: Session) -> NearBodies:
    every = [it for cls in _CLASSES for it in session.read(all_of(cls, fields=_CALLED), Everything())]
    governments = session.read(all_of("Government", fields=("capital",)), Everything())
    cities = {str(it.values.get(field) or "") for it in (*every, *governments) for field in ("capital", "location")}
    named = (
        (it.id, match.matched, match.how == "acronym" or match.matched.isupper())
        for it in every
        for match in called(it.cls, it.values)
        if match.how != "code"
    )
    return NearBodies(named, {word for city in cities for word in latin(city).split() if len(word) >= _SHORT})
