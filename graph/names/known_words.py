"""Words that names are made of: legal forms, honorifics, particles, nicknames, numbers, places, words of public bodies.

The lists are data in ``graph/names/facts``, with their sources in the README there.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias, TypeVar

from iga.graph.names.forms import latin, spelled

Phrase: TypeAlias = tuple[str, ...]
K = TypeVar("K")

_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "other")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_REAL_ROMAN = re.compile("(?:x?l|l?x{0,3})(?:i[xv]|v?i{0,3})")
_ORDINAL = re.compile("([0-9]+)(?:st|nd|rd|th|er?|o|a)")


@cache
def legal_forms() -> Mapping[Phrase, tuple[str, bool]]:
    """Return the family of each legal form, and whether it may stand before the name as well as behind it."""
    return {
        form: (line["family"], line["at"] == "both") for line in _lines("legal_forms") for form in _forms(line["form"])
    }


@cache
def honorifics() -> frozenset[str]:
    """Return the words of address and rank that stand before a person's name."""
    return frozenset(latin(line["word"]) for line in _lines("honorifics"))


@cache
def particles() -> Mapping[str, str]:
    """Return the small words inside a person's name: ``son`` (bin, ibn), ``article`` (al), ``of`` (de, van)."""
    return {line["word"]: line["kind"] for line in _lines("particles")}


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Return the given names that each short form stands for; every full name stands for itself."""
    return _all_of((word, line["name"]) for line in _lines("nicknames") for word in (line["nickname"], line["name"]))


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """Return the same with many a short form more, for finding who must not be missed: of these some are rare."""
    lines = (*_lines("nicknames"), *_lines("short_forms"))
    return _all_of((word, line["name"]) for line in lines for word in (line["nickname"], line["name"]))


@cache
def concepts() -> Mapping[Phrase, frozenset[str]]:
    """Return what words in the names of public bodies mean, whichever of the languages they are of."""
    lines = [(" ".join(line[language] for language in _LANGUAGES), line["concept"]) for line in _lines("concepts")]
    return _all_of((form, concept) for words, concept in lines for word in words.split() for form in _forms(word))


@cache
def places() -> Mapping[Phrase, str]:
    """Return the ISO 3166 alpha-3 code of each name of a government in six languages, in its own script.

    Russian names stand in the genitive as well, as names of ministries have them.
    """
    places = {tuple(spelled(line["place"]).split()): line["iso3"] for line in _lines("places")}
    genitives = {(_genitive(place[0]),): code for place, code in places.items() if len(place) == 1}
    return genitives | places


def _genitive(word: str) -> str:
    """Return the genitive of a Russian name of a country; the word itself where it has none of its own."""
    if not _is_cyrillic(word) or word[-1] in "иоуеэы":
        return word
    if word[-1] in "йь":
        return word[:-1] + "я"
    if word[-1] == "я":
        return word[:-1] + "и"
    if word[-1] == "а":
        return word[:-1] + ("и" if word[-2] in "гкхжчшщ" else "ы")
    return word + "а"


def _is_cyrillic(text: str) -> bool:
    return all("\u0400" <= letter <= "\u04ff" for letter in text.replace(" ", ""))


def number(word: str) -> str:
    """Return the number that a word of Latin letters or digits means, in digits; blank when it means none."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    ordinal = _ORDINAL.fullmatch(word)
    return ordinal[1] if ordinal else _numbers().get(word, "")


def roman(word: str) -> str:
    """Return the number that a Roman numeral up to 89 means, in digits; blank when the word is none."""
    if not word or not _REAL_ROMAN.fullmatch(word):
        return ""
    values = [_ROMAN[letter] for letter in word]
    return str(sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)))


@cache
def _numbers() -> Mapping[str, str]:
    return {line["word"]: line["number"] for line in _lines("numbers")}


def _forms(text: str) -> set[Phrase]:
    """A phrase in its own script; a Russian one also in Latin letters, as people write it abroad."""
    own = spelled(text)
    return {tuple(form.split()) for form in ({own, latin(text)} if _is_cyrillic(own) else {own}) if form}


def _all_of(pairs: Iterable[tuple[K, str]]) -> Mapping[K, frozenset[str]]:
    """Return all that stands beside each word or phrase."""
    beside: defaultdict[K, set[str]] = defaultdict(set)
    for word, meaning in pairs:
        beside[word].add(meaning)
    return {word: frozenset(meanings) for word, meanings in beside.items()}


def _lines(name: str) -> Iterator[dict[str, str]]:
    text = (files("iga.graph") / "names" / "facts" / f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@cache
def peoples() -> Mapping[str, tuple[str, ...]]:
    """Return ids of governments by what their people are called, in small letters; Guineans are of several."""
    ids: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in _lines("demonyms"):
        for word in row["words"].split():
            plain = word.replace("-", " ")
            for form in (plain, f"{plain}s"):
                ids[form] += (f"gov:{row['iso3'].lower()}",)
    return ids
