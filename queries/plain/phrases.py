"""The everyday phrasings of each question, declared beside it, and the texts that are learnt from."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from typing import Any, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field

from iga.graph.domain.topics import THESAURUS
from iga.graph.text import folded
from iga.queries.core.names.topics import everyday_topics
from iga.queries.plain.typed import stem

REFUSED = "none"
"""Stands for what no question answers: a greeting, an order, a forecast, what is not held."""

Same: TypeAlias = tuple[tuple[tuple[str, ...], str], ...]
"""Words in a row that mean one, with it; the longest first."""

SLOT = re.compile(r"\{(\w+)\}")


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class SpokenCard(_Declared):
    """What is declared for one question."""

    asks: tuple[str, ...] = Field(
        default=(), min_length=1, description="Phrasings; what varies stands in braces. A new question has none yet."
    )
    cues: str = Field(default="", description="Words and pairs of words that point to it, with commas between.")
    values: dict[str, dict[str, tuple[str, ...]]] = Field(
        default={}, description="By parameter: each value, and the words that mean it."
    )
    prefers: dict[str, str] = Field(default={}, description="By parameter: what rather goes there, body or a class.")
    after: dict[str, tuple[str, ...]] = Field(default={}, description="By parameter: words before its name.")
    us: dict[str, str] = Field(default={}, description="Parameter that we or us stand for: office or government.")
    unless: dict[str, str] = Field(default={}, description="Parameters that are the answer where another is filled.")
    only: dict[str, str] = Field(default={}, description="By parameter: the one class that goes there.")
    passes: tuple[str, ...] = Field(default=(), description="Classes of names that need no place: context of others.")
    loose: bool = Field(default=False, description="Whether words for values may stand apart, in any order.")
    needs: int = Field(default=0, description="How many names it needs at least, where its parameters do not say.")

    def ways(self) -> Iterator[str]:
        """Yield all words for values."""
        for values in self.values.values():
            yield from chain.from_iterable(values.values())


class _Common(_Declared):
    small: str
    same: dict[str, tuple[str, ...]]
    weak: str
    orders: dict[str, str]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """All phrasings.

    Attributes:
        cards: What is declared, by question.
        refused: Phrasings that no question answers.
        orders: What a text that would change something begins with, and the command that does it.
        small: Words that say nothing of the question.
        same: Several words that stand for one, as stems.
        known: Every word of phrasings as it is written, to mend what is mistyped.
        topics: Codes of topics by the stems of what people call them.
        weak: Stems that name a topic only after a word such as on or about.
    """

    cards: Mapping[str, SpokenCard]
    refused: Sequence[str]
    orders: Mapping[str, str]
    small: frozenset[str]
    same: Same
    known: frozenset[str]
    topics: Mapping[tuple[str, ...], str]
    weak: frozenset[str]

    def of(self, question: str) -> SpokenCard:
        """Return what is declared for a question; nothing while it has no phrases yet."""
        return self.cards.get(question) or SpokenCard()

    @cached_property
    def usual(self) -> frozenset[str]:
        """Words of several texts that are learnt from; no text has them with a capital, as names are."""
        words = [word for row in taught() for word in set(re.findall(r"\w+", row["text"]))]
        counts = Counter(word for word in words if word.islower())
        named = {word.lower() for word in words if not word.islower()}
        return frozenset(folded(word) for word, count in counts.items() if count > 1 and word not in named)

    def has(self, word: str) -> bool:
        """Say whether a word is one of phrasings or of the texts that are learnt from."""
        return word in self.small or word in self.known or word in self.usual

    @cached_property
    def mended(self) -> Sequence[str]:
        """The words that a mistyped one may be."""
        return sorted(word for word in self.known if len(word) >= 4)


@cache
def phrases() -> Phrases:
    """Return all phrasings, read once.

    Raises:
        ValueError: A file is malformed.
    """
    cards = dict(_cards())
    common = _Common.model_validate(_loaded((files("iga.queries.plain") / "common.yaml").read_text(encoding="utf-8")))
    means = sorted(
        ((tuple(folded(way).split()), word) for word, ways in common.same.items() for way in ways),
        key=lambda pair: -len(pair[0]),
    )
    same, small = tuple(means), frozenset(folded(common.small).split())
    written = [
        *common.refused,
        *chain.from_iterable((*card.asks, card.cues, *card.ways()) for card in cards.values()),
    ]
    return Phrases(
        cards,
        common.refused,
        {folded(way): command for command, ways in common.orders.items() for way in ways.split(",")},
        small,
        same,
        frozenset(_plain(written)),
        _topics(same),
        frozenset(stems_of(common.weak, same)),
    )


@cache
def taught() -> Sequence[Mapping[str, str]]:
    """Return the texts that are learnt from: text, question and parameters of each."""
    text = (files("iga.queries.plain") / "texts.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _cards() -> Iterator[tuple[str, SpokenCard]]:
    for file in sorted((files("iga.queries.plain") / "phrases").iterdir(), key=lambda file: file.name):
        for name, declared in _loaded(file.read_text(encoding="utf-8")).items():
            yield name, SpokenCard.model_validate(declared)


def _topics(same: Same) -> Mapping[tuple[str, ...], str]:
    spoken = {entry.code: (entry.label, *entry.also, *everyday_topics().get(entry.code, ())) for entry in THESAURUS}
    return {stems: code for code, ways in spoken.items() for way in ways if (stems := stems_of(way, same))}


def _loaded(text: str) -> dict[str, Any]:
    return dict(yaml.load(text, Loader=yaml.CBaseLoader))  # words such as on, no and 2014 stay words


@cache
def words_for_values(name: str) -> Sequence[tuple[tuple[str, ...], str, str]]:
    """Return a question's words for values as stems, with the parameter and the value; the longest first."""
    known = phrases()
    spoken = [
        (stems_of(way, known.same), parameter, value)
        for parameter, values in known.of(name).values.items()
        for value, ways in values.items()
        for way in ways
    ]
    return sorted(spoken, key=lambda way: -len(way[0]))


def joined(words: Sequence[str], same: Same) -> list[tuple[str, int, int]]:
    """Return words with those that mean one written as it, each with the places that it stands for."""
    merged: list[tuple[str, int, int]] = []
    at = 0
    by_first = _by_first(same)
    while at < len(words):
        for way, word in by_first.get(words[at], ()):
            if tuple(words[at : at + len(way)]) == way:
                merged.append((word, at, at + len(way)))
                break
        else:
            merged.append((stem(words[at]), at, at + 1))
        at = merged[-1][2]
    return merged


@cache
def _by_first(same: Same) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    first: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for way, word in same:
        first[way[0]].append((way, word))
    return first


def stems_of(text: str, same: Same) -> tuple[str, ...]:
    """Return the stems of a text, several words that mean one as one."""
    return tuple(word for word, _, _ in joined(folded(text).split(), same))


def _plain(texts: Sequence[str]) -> Iterator[str]:
    """Yield the words of phrasings, without those in capitals: acronyms are names of something."""
    for part in set(SLOT.sub(" ", " ".join(texts)).split()):
        if not part.isupper() or len(part) == 1:
            yield from folded(part).split()
