"""A name taken apart for comparison: the words that tell it from others, and what may be left out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.names.forms import LONGEST, latin, spelled
from graph.names.known_words import Phrase, concepts, honorifics, legal_forms, number, particles, places, roman

Kind = Literal["organization", "person"]
WordKind = Literal["word", "number", "place", "initial"]

MOST_WORDS = 40
"""Words of a name that are compared; a longer name is a paragraph."""

LONGEST_ACRONYM = 10

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
        small: Articles and prepositions, folded.
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
        return "".join(word.latin for word in self.words)


@lru_cache(maxsize=200_000)
def parts_of(name: str, kind: Kind) -> Parts:
    """Return a name taken apart; one without letters or digits has no words."""
    text = unicodedata.normalize("NFKC", name[:LONGEST])
    if kind == "organization":
        text = _ELIDED.sub("", text).translate(_AND)
    text = text.translate(_APOSTROPHES)
    return _person(text) if kind == "person" else _organization(text)


def _organization(text: str) -> Parts:
    outside = _IN_BRACKETS.sub(" ", text)
    acronym = _own_acronym(text, outside)
    core, legal, printed = _without_legal_forms(_words(_SPACED_INITIAL.sub(r"\1", outside if acronym else text)))
    core = _meant(_numbered(core))
    kept = [word for word in core if word.kind != "word" or word.own not in _SMALL] or core
    return Parts(
        tuple(kept),
        legal=legal,
        legal_printed=printed,
        small=tuple(word.own for word in core if word not in kept),
        full=tuple(core),
        acronym=acronym,
        script=_scripts(text),
    )


def _person(text: str) -> Parts:
    family, comma, given = text.partition(",")
    words = _words(f"{given} {family}" if comma and given.strip() else text)
    titled = [word for word in words if word.latin not in honorifics() or len(words) == 1]
    kept = titled or words
    core = [word for place, word in enumerate(kept) if not _is_particle(kept, place)] or kept
    return Parts(
        tuple(replace(word, kind="initial") if len(word.own) == 1 and word.latin.isascii() else word for word in core),
        titles=tuple(word.printed for word in words if word not in kept),
        small=tuple(word.latin for word in kept if word not in core),
        sons=frozenset(_sons(kept)),
        script=_scripts(text),
    )


def _is_particle(words: Sequence[Word], place: int) -> bool:
    """Say whether a small word is one here: ``Il`` at the end and ``Van`` before one word are names."""
    sort = particles().get(words[place].latin)
    if sort is None or sort == "son":
        return sort is not None
    is_last, is_given = place == len(words) - 1, place == 0 and len(words) == 2
    return not is_last and not (is_given and sort == "of")


def _sons(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    known = particles()
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if known.get(word.latin) == "son" and not {before.latin, after.latin} & known.keys():
            yield before.latin, after.latin


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    is_tail = False
    for piece in _pieces(text):
        if piece == "-":
            is_tail = bool(found)
            continue
        for printed in _segmented(piece):
            own = spelled(printed)
            if own:
                found.append(Word(printed, own.replace(" ", ""), latin(printed).replace(" ", ""), is_tail=is_tail))
            is_tail = False
    return found[:MOST_WORDS]


def _pieces(text: str) -> list[str]:
    """Return runs of letters, digits and their marks, and hyphens between them."""
    if text.isascii():
        return _ASCII_PIECES.findall(text)
    kept = (f" {'-'} " if letter in _HYPHENS else letter if _is_word(letter) else " " for letter in text)
    return "".join(kept).split()


def _is_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc")


def _segmented(piece: str) -> Iterator[str]:
    """Part Chinese and Japanese, which know no spaces, at the words that the lists know."""
    if piece.isascii() or not any("\u3400" <= letter <= "\u9fff" for letter in piece):
        yield piece
        return
    known = _known_han()
    rest, start = "", 0
    while start < len(piece):
        longest = next(
            (piece[start : start + size] for size in range(8, 0, -1) if piece[start : start + size] in known), ""
        )
        if longest:
            yield from filter(None, (rest, longest))
            rest = ""
        else:
            rest += piece[start]
        start += max(1, len(longest))
    if rest:
        yield rest


@lru_cache(maxsize=1)
def _known_han() -> frozenset[str]:
    phrases = {phrase[0] for table in (concepts(), places(), legal_forms()) for phrase in table if len(phrase) == 1}
    return frozenset(word for word in phrases if not word.isascii() and "\u3400" <= word[0] <= "\u9fff")


def _without_legal_forms(words: list[Word]) -> tuple[list[Word], frozenset[str], str]:
    known = legal_forms()
    families: set[str] = set()
    printed: list[str] = []
    found = True
    while found and len(words) > 1:
        found = False
        for size in range(min(_LONGEST_PHRASE, len(words) - 1), 0, -1):
            behind, before = words[-size:], words[:size]
            if form := known.get(_phrase(behind)) or _misspelt_form(behind):
                words, taken, found = words[:-size], behind, True
            elif (form := known.get(_phrase(before))) and form[1]:
                words, taken, found = words[size:], before, True
            if found and form:
                families.add(form[0])
                printed.append(" ".join(word.printed for word in taken))
                break
    return words, frozenset(families), " ".join(printed)


def _misspelt_form(words: Sequence[Word]) -> tuple[str, bool] | None:
    """Return the legal form of several words that these are but for one letter: ``joynt stock company``."""
    text = "".join(word.latin for word in words)
    if len(words) < 2 or len(text) < _LONG_FORM:
        return None
    near = process.extractOne(text, _long_forms(), scorer=OSA.distance, score_cutoff=1)
    return _long_forms_known()[near[0]] if near else None


@cache
def _long_forms_known() -> dict[str, tuple[str, bool]]:
    joined = (("".join(phrase), form) for phrase, form in legal_forms().items() if len(phrase) > 1)
    return {text: form for text, form in joined if len(text) >= _LONG_FORM}


@cache
def _long_forms() -> list[str]:
    return list(_long_forms_known())


def _phrase(words: Iterable[Word]) -> Phrase:
    return tuple(word.latin for word in words)


def _numbered(words: list[Word]) -> list[Word]:
    """Give words that are numbers what they mean; ``forty four`` becomes one word, a last ``IV`` is 4."""
    found: list[Word] = []
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        value = number(word.latin) or (roman(word.latin) if place and (is_last or len(word.latin) > 1) else "")
        if not value:
            found.append(word)
            continue
        before = found[-1] if found else None
        if before and before.kind == "number" and _adds_up(before, value):
            total = str(int(next(iter(before.means))) + int(value))
            found[-1] = replace(before, printed=f"{before.printed} {word.printed}", own=total, means=frozenset({total}))
        else:
            found.append(replace(word, own=value, latin=value, kind="number", means=frozenset({value})))
    return found


def _adds_up(before: Word, value: str) -> bool:
    tens = int(next(iter(before.means)))
    return not before.printed[0].isdigit() and 20 <= tens < 100 and tens % 10 == 0 and 0 < int(value) < 10


def _meant(words: list[Word]) -> list[Word]:
    """Join the words that name a place, and say which words mean something known in several languages."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        size, code = _place_at(words, place)
        if code:
            run = words[place : place + size]
            own, plain = "".join(word.own for word in run), "".join(word.latin for word in run)
            printed = " ".join(word.printed for word in run)
            found.append(Word(printed, own, plain, "place", frozenset({code})))
        else:
            word = words[place]
            found.append(word if word.kind == "number" else replace(word, means=_meaning(word)))
        place += size
    return found


def _place_at(words: list[Word], start: int) -> tuple[int, str]:
    known = places()
    for size in range(min(_LONGEST_PHRASE, len(words) - start), 0, -1):
        run = words[start : start + size]
        if code := known.get(tuple(word.own for word in run)):
            return size, code
    return 1, ""


@lru_cache(maxsize=50_000)
def _meaning(word: Word) -> frozenset[str]:
    known = concepts()
    found = known.get((word.own,))
    for article in _ARABIC_ARTICLES if not found and not word.own.isascii() else ():
        found = found or (known.get((word.own.removeprefix(article),)) if word.own.startswith(article) else None)
    return found or frozenset()


def makes_acronym(acronym: str, words: Sequence[Word]) -> bool:
    """Say whether a short word is made of the first letters of others, in order.

    Each word gives one letter or two, small words and the second part of a hyphened one may give none:
    ``UFPE`` is Universidade Federal de Pernambuco.
    """
    if not 2 <= len(acronym) <= LONGEST_ACRONYM or len(words) < 2:
        return False
    return any(_spells(acronym, words, script) for script in ("own", "latin"))


def _spells(acronym: str, words: Sequence[Word], script: str) -> bool:
    """Follow all ways of taking letters word by word: the places in the acronym that can be reached so."""
    reached = {0}
    for word in words:
        text: str = getattr(word, script)
        skipped = reached if word.is_tail or word.own in _SMALL else set()
        one = {at + 1 for at in reached if acronym[at : at + 1] == text[:1]}
        two = {at + 2 for at in reached if len(text) > 2 and acronym[at : at + 2] == text[:2]}
        reached = skipped | one | two
    return len(acronym) in reached


def _own_acronym(text: str, outside: str) -> str:
    """Return the acronym that a name carries in brackets, if it is one of the words outside them."""
    for inside in _IN_BRACKETS.findall(text):
        if (acronym := spelled(inside)) and makes_acronym(acronym, _words(outside)):
            return acronym
    return ""


def _scripts(text: str) -> frozenset[str]:
    if text.isascii():
        return frozenset({"LATIN"})
    return frozenset(_script(letter) for letter in text if letter.isalpha())


@lru_cache(maxsize=5_000)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]
