"""A name taken apart for comparison: the words that tell it from others, and what may be left out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from iga.graph.names.forms import LONGEST, joined, latin, spelled
from iga.graph.names.known_words import Phrase, concepts, honorifics, legal_forms, number, particles, places, roman

Kind = Literal["organization", "person"]
WordKind = Literal["word", "number", "place", "initial"]

LONGEST_ACRONYM = 10
# A name of more words is a paragraph.
_MOST_WORDS = 40
# Small words that carry no difference between organizations: articles, prepositions, "and".
_SMALL_WORDS = """
the of for and in on at to by a an de la le les du des d l et en au aux pour sur del los las el y e o para da do das dos
di il lo della dei der die das und fur im am zu van het voor och i po v w z na nad и по в во на для от о об с
和 及 的 与 在 و في من على
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´ʾʿ′"))
# The French article or preposition before a vowel: ``l'Europe``, ``d'Ivoire``.
_ELIDED = re.compile(r"(?<!\w)[dl]['’](?=\w)", re.IGNORECASE)
_AND = str.maketrans({"&": " and ", "+": " and "})
_HYPHENS = "-‐‑‒–"
_ASCII_PIECES = re.compile(r"[A-Za-z0-9]+|-")
# A letter and a point before another letter: ``U.S.`` is ``US``, ``S.A.R.L.`` is ``SARL``; ``V L.P.`` stays two.
_SPACED_INITIAL = re.compile(r"(?<!\w)(\w)\.(?:\s?(?=\w\.)|(?=\w(?!\w)))")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LONGEST_PHRASE = 7
# In a legal form this long, written out, one wrong letter is a slip.
_LONG_FORM = 12
# An article that Arabic writes on the word, with "and" and "to" before it.
_ARABIC_ARTICLES = ("وال", "ولل", "ال", "لل", "و", "ل")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    Attributes:
        printed: As the name has it, for sentences.
        own, latin: Folded, in its own script and in Latin letters.
        kind: What it is: an initial stands for a longer word.
        means: What it stands for: a number in digits, a place's code, concepts of public bodies; may be empty.
        is_tail: Whether a hyphen joins it to the word before.
    """

    printed: str
    own: str
    latin: str
    kind: WordKind = "word"
    means: frozenset[str] = frozenset()
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart.

    Attributes:
        words: What tells the name from others, in order.
        legal: Families of the legal forms it states, and how it states them.
        titles: Words of address and rank before a person.
        full: Its words with the small ones, as acronyms are made of them.
        acronym: An acronym of itself that it carries in brackets, folded; blank when there is none.
        sons: Pairs (son, father) that a patronymic particle joins, in Latin letters.
        script: Scripts of its letters, such as ``LATIN``.
    """

    words: tuple[Word, ...]
    legal: frozenset[str] = frozenset()
    legal_printed: str = ""
    titles: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    full: tuple[Word, ...] = ()
    acronym: str = ""
    sons: frozenset[tuple[str, str]] = frozenset()
    script: frozenset[str] = frozenset()

    @property
    def joined(self) -> str:
        """All its words as one, in Latin letters."""
        return "".join(_phrase(self.words))


def _phrase(words: Iterable[Word]) -> Phrase:
    return tuple(word.latin for word in words)


@lru_cache(maxsize=200_000)
def parts_of(name: str, kind: Kind) -> Parts:
    """Return a name taken apart; one without letters or digits has no words."""
    text = unicodedata.normalize("NFKC", name[:LONGEST])
    if kind == "person":
        return _person(text.translate(_APOSTROPHES))
    return _organization(_ELIDED.sub("", text).translate(_AND).translate(_APOSTROPHES))


def _organization(text: str) -> Parts:
    outside = _IN_BRACKETS.sub(" ", text)
    acronym = _own_acronym(text, outside)
    core, legal, printed = _without_legal_forms(_words(_SPACED_INITIAL.sub(r"\1", outside if acronym else text)))
    core = list(_meant(_numbered(core)))
    kept = [word for word in core if word.kind != "word" or word.own not in _SMALL] or core
    small = tuple(word.own for word in core if word not in kept)
    return Parts(tuple(kept), legal, printed, small=small, full=tuple(core), acronym=acronym, script=_scripts(text))


def _person(text: str) -> Parts:
    family, _, first = text.partition(",")
    words = _words(f"{first} {family}" if first.strip() else text)
    kept = [word for word in words if word.latin not in honorifics() or len(words) == 1] or words
    core = [word for place, word in enumerate(kept) if not _is_particle(kept, place)] or kept
    return Parts(
        tuple(replace(word, kind="initial") if len(word.own) == 1 and word.latin.isascii() else word for word in core),
        titles=tuple(word.printed for word in words if word not in kept),
        small=tuple(word.latin for word in kept if word not in core),
        sons=frozenset(_sons(kept)),
        script=_scripts(text),
    )


def _is_particle(words: Sequence[Word], place: int) -> bool:
    """True if a small word is one here: ``Il`` at the end and ``Van`` before one word are names."""
    sort = particles().get(words[place].latin)
    if sort in (None, "son"):
        return sort == "son"
    return place < len(words) - 1 and not (place == 0 and len(words) == 2 and sort == "of")


def _sons(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    known, latins = particles(), _phrase(words)
    for before, word, after in zip(latins, latins[1:], latins[2:], strict=False):
        if known.get(word) == "son" and not {before, after} & known.keys():
            yield before, after


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    is_tail = False
    for piece in _pieces(text):
        for printed in _segmented(piece) if piece != "-" else ():
            if own := spelled(printed):
                words.append(Word(printed, joined(own), joined(latin(printed)), is_tail=is_tail))
            is_tail = False
        is_tail = piece == "-" and bool(words)
    return words[:_MOST_WORDS]


def _pieces(text: str) -> list[str]:
    """Return runs of letters, digits and their marks, and hyphens between them."""
    if text.isascii():
        return _ASCII_PIECES.findall(text)
    kept = (" - " if letter in _HYPHENS else letter if _is_word(letter) else " " for letter in text)
    return "".join(kept).split()


def _is_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc")


def _segmented(piece: str) -> Iterable[str]:
    """Part Chinese and Japanese, which know no spaces, at the words that the lists know."""
    return (piece,) if piece.isascii() else filter(None, _han_words().split(piece))


@cache
def _han_words() -> re.Pattern[str]:
    """Return what matches a Chinese word that the lists know, the longest there is; of at most eight letters."""
    phrases = {phrase[0] for table in (concepts(), places(), legal_forms()) for phrase in table if len(phrase) == 1}
    words = {word for word in phrases if "\u3400" <= word[0] <= "\u9fff" and len(word) <= 8}
    return re.compile(f"({'|'.join(sorted(words, key=len, reverse=True))})")


def _without_legal_forms(words: list[Word]) -> tuple[list[Word], frozenset[str], str]:
    families: set[str] = set()
    printed: list[str] = []
    while form := _legal_form(words):
        family, taken, words = form
        families.add(family)
        printed += [word.printed for word in taken]
    return words, frozenset(families), " ".join(printed)


def _legal_form(words: list[Word]) -> tuple[str, list[Word], list[Word]] | None:
    """Return the family of a legal form behind or before other words, the words that it takes, and the others."""
    known = legal_forms()
    for size in range(min(_LONGEST_PHRASE, len(words) - 1), 0, -1):
        behind, before = words[-size:], words[:size]
        if form := known.get(_phrase(behind)) or _misspelt_form(behind):
            return form[0], behind, words[:-size]
        if (form := known.get(_phrase(before))) and form[1]:
            return form[0], before, words[size:]
    return None


def _misspelt_form(words: Sequence[Word]) -> tuple[str, bool] | None:
    """Return the legal form of several words that these are but for one letter: ``joynt stock company``."""
    text = "".join(_phrase(words))
    if len(words) < 2 or len(text) < _LONG_FORM:
        return None
    texts, forms = _long_forms()
    near = process.extractOne(text, texts, scorer=OSA.distance, score_cutoff=1)
    return forms[near[2]] if near else None


@cache
def _long_forms() -> tuple[list[str], list[tuple[str, bool]]]:
    """Return the legal forms of several words that are long enough to be misspelt, as one word, and what they are."""
    written = {"".join(phrase): form for phrase, form in legal_forms().items() if len(phrase) > 1}
    long = {text: form for text, form in written.items() if len(text) >= _LONG_FORM}
    return list(long), list(long.values())


def _numbered(words: list[Word]) -> list[Word]:
    """Give words that are numbers what they mean; ``forty four`` becomes one word, a last ``IV`` is 4."""
    numbered: list[Word] = []
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        value = number(word.latin) or (roman(word.latin) if place and (is_last or len(word.latin) > 1) else "")
        before = numbered[-1] if numbered else word
        if not value:
            numbered.append(word)
        elif before.kind == "number" and _adds_up(before, value):
            both, total = f"{before.printed} {word.printed}", str(int(before.own) + int(value))
            numbered[-1] = replace(before, printed=both, own=total, means=frozenset({total}))
        else:
            numbered.append(replace(word, own=value, latin=value, kind="number", means=frozenset({value})))
    return numbered


def _adds_up(before: Word, value: str) -> bool:
    tens = int(before.own)
    return not before.printed[0].isdigit() and 20 <= tens < 100 and tens % 10 == 0 and 0 < int(value) < 10


def _meant(words: list[Word]) -> Iterator[Word]:
    """Join the words that name a place, and say which words mean something known in several languages."""
    known = places()
    while words:
        longest = min(_LONGEST_PHRASE, len(words))
        size = next((n for n in range(longest, 0, -1) if tuple(word.own for word in words[:n]) in known), 0)
        run, first = words[:size], words[0]
        if run:
            own, printed = tuple(word.own for word in run), " ".join(word.printed for word in run)
            yield Word(printed, "".join(own), "".join(_phrase(run)), "place", frozenset({known[own]}))
        else:
            yield first if first.kind == "number" else replace(first, means=_meaning(first.own))
        words = words[size or 1 :]


@lru_cache(maxsize=50_000)
def _meaning(own: str) -> frozenset[str]:
    bare = (own.removeprefix(article) for article in _ARABIC_ARTICLES if own.startswith(article))
    return next((meaning for word in (own, *bare) if (meaning := concepts().get((word,)))), frozenset())


def makes_acronym(acronym: str, words: Sequence[Word]) -> bool:
    """True if a short word is made of the first letters of others, in order.

    Each word gives one letter or two, small words and the second part of a hyphened one may give none:
    ``UFPE`` is Universidade Federal de Pernambuco.
    """
    if not 2 <= len(acronym) <= LONGEST_ACRONYM or len(words) < 2:
        return False
    return any(_spells(acronym, words, [getattr(word, script) for word in words]) for script in ("own", "latin"))


def _spells(acronym: str, words: Sequence[Word], texts: Sequence[str]) -> bool:
    """Follow all ways of taking letters word by word: the places in the acronym that can be reached so."""
    reached = {0}
    for word, text in zip(words, texts, strict=True):
        skipped = reached if word.is_tail or word.own in _SMALL else set()
        one = {at + 1 for at in reached if acronym[at : at + 1] == text[:1]}
        two = {at + 2 for at in reached if len(text) > 2 and acronym[at : at + 2] == text[:2]}
        reached = skipped | one | two
    return len(acronym) in reached


def _own_acronym(text: str, outside: str) -> str:
    """Return the acronym that a name carries in brackets, if it is one of the words outside them."""
    inside = map(spelled, _IN_BRACKETS.findall(text))
    return next((acronym for acronym in inside if makes_acronym(acronym, _words(outside))), "")


def _scripts(text: str) -> frozenset[str]:
    if text.isascii():
        return frozenset({"LATIN"})
    return frozenset(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
