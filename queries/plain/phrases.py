"""The everyday phrasings of each question, declared beside it, and how much each of their words tells."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain, pairwise
from typing import Any, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field

from graph.domain.topics import THESAURUS
from graph.text import folded
from queries.core.question import Question
from queries.plain.typed import stem
from queries.registry import QUESTIONS

REFUSED = "none"
"""Stands for what no question answers: a greeting, an order, a forecast, what is not held."""

Same: TypeAlias = tuple[tuple[tuple[str, ...], str], ...]
"""Words in a row that mean one, with it; the longest first."""

_SLOT = re.compile(r"\{(\w+)\}")
_SMALL, _UNKNOWN = 0.4, 2.0


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SpokenCard(_Declared):
    """What is declared for one question."""

    asks: tuple[str, ...] = Field(min_length=1, description="Phrasings; what varies stands in braces.")
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
    crowd: bool = Field(default=False, description="Whether it is rather for several things or a body than for one.")
    needs: int = Field(default=0, description="How many names it needs at least, where its parameters do not say.")

    def ways(self) -> Iterator[str]:
        """Yield all words for values."""
        for values in self.values.values():
            yield from chain.from_iterable(values.values())


class _Common(_Declared):
    small: str
    same: dict[str, tuple[str, ...]]
    topics: dict[str, tuple[str, ...]]
    weak: str
    refused: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """One phrasing: the stems of its words, in order, and the parameters that stand in it."""

    stems: tuple[str, ...]
    slots: frozenset[str]

    @cached_property
    def asked(self) -> frozenset[str]:
        """Its stems without order."""
        return frozenset(self.stems)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Its stems that follow one another."""
        return frozenset(pairwise(self.stems))


@dataclass(frozen=True)
class Phrases:
    """All phrasings.

    Attributes:
        cards: What is declared, by question.
        phrases: The phrasings of each question, and of what is refused.
        words: Every stem in the phrasings of each.
        weights: How much a stem tells; what stands with many questions tells little.
        small: Words that say nothing of the question unless a phrasing has them beside others.
        same: Several words that stand for one, as stems.
        known: Every word of all phrasings as it is written, to mend what is mistyped.
        topics: Codes of topics by the stems of what people call them.
        weak: Stems that name a topic only after a word such as on or about.
    """

    cards: Mapping[str, SpokenCard]
    phrases: Mapping[str, tuple[Phrase, ...]]
    words: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    small: frozenset[str]
    same: Same
    known: frozenset[str]
    topics: Mapping[tuple[str, ...], str]
    weak: frozenset[str]

    @cached_property
    def ways(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]:
        """By question, the words for values as stems, with the parameter and the value; the longest first."""
        spoken = {
            name: [
                (stems_of(way, self.same), parameter, value)
                for parameter, values in card.values.items()
                for value, ways in values.items()
                for way in ways
            ]
            for name, card in self.cards.items()
        }
        return {name: sorted(ways, key=lambda way: -len(way[0])) for name, ways in spoken.items()}

    @cached_property
    def by_stem(self) -> Mapping[str, Mapping[str, Sequence[Phrase]]]:
        """The phrasings of each question by each of their stems; by a blank those of none."""
        found: dict[str, defaultdict[str, list[Phrase]]] = {name: defaultdict(list) for name in self.phrases}
        for name, of in self.phrases.items():
            for phrase in of:
                for word in phrase.asked or ("",):
                    found[name][word].append(phrase)
        return found

    def sharing(self, name: str, stems: Iterable[str]) -> Iterable[Phrase]:
        """Return the phrasings of a question that have one of some stems, and those of none."""
        by_stem = self.by_stem[name]
        return dict.fromkeys(phrase for stem in ("", *stems) for phrase in by_stem.get(stem, ()))

    @cached_property
    def mended(self) -> Sequence[str]:
        """The words that a mistyped one may be."""
        return sorted(word for word in self.known if len(word) >= 4)

    def weight(self, word: str) -> float:
        """Return how much a stem tells; one that no phrasing has is what the text is about and nothing answers."""
        return self.weights.get(word, _UNKNOWN)


@cache
def phrases() -> Phrases:
    """Return all phrasings, read once.

    Raises:
        ValueError: A file is malformed, or names a question or parameter that does not exist.
    """
    cards = dict(_cards())
    common = _Common.model_validate(_loaded((files("queries.plain") / "common.yaml").read_text(encoding="utf-8")))
    means = sorted(
        ((tuple(folded(way).split()), word) for word, ways in common.same.items() for way in ways),
        key=lambda pair: -len(pair[0]),
    )
    same, small = tuple(means), frozenset(folded(common.small).split())
    asked = {name: (*card.asks, *filter(None, re.split(r",\s*", card.cues))) for name, card in cards.items()}
    asked[REFUSED] = common.refused
    made = {name: tuple(dict.fromkeys(_phrase(text, same) for text in texts)) for name, texts in asked.items()}
    words = {name: {word for phrase in of for word in phrase.stems} for name, of in made.items()}
    for name, card in cards.items():
        words[name] |= {stem for way in card.ways() for stem in stems_of(way, same)}
    written = [*chain.from_iterable(asked.values()), *chain.from_iterable(card.ways() for card in cards.values())]
    return Phrases(
        cards,
        made,
        {name: frozenset(stems) for name, stems in words.items()},
        _weights(made, small),
        small,
        same,
        frozenset(word for text in written for word in _plain(text)),
        _topics(common, same),
        frozenset(stems_of(common.weak, same)),
    )


def _cards() -> Iterator[tuple[str, SpokenCard]]:
    for file in sorted((files("queries.plain") / "phrases").iterdir(), key=lambda file: file.name):
        for name, declared in _loaded(file.read_text(encoding="utf-8")).items():
            card = SpokenCard.model_validate(declared)
            _check(name, card)
            yield name, card


def _topics(common: _Common, same: Same) -> Mapping[tuple[str, ...], str]:
    spoken = {entry.code: (entry.label, *entry.also, *common.topics.get(entry.code, ())) for entry in THESAURUS}
    return {stems: code for code, ways in spoken.items() for way in ways if (stems := stems_of(way, same))}


def _loaded(text: str) -> dict[str, Any]:
    return dict(yaml.load(text, Loader=yaml.BaseLoader))  # words such as on, no and 2014 stay words


def _check(name: str, declared: SpokenCard) -> None:
    card: Question = QUESTIONS[name]
    slots = {slot for text in declared.asks for slot in _SLOT.findall(text)}
    named = (
        *slots,
        *declared.values,
        *declared.prefers,
        *declared.after,
        *declared.us,
        *declared.unless,
        *declared.only,
    )
    if unknown := set(named) - {*card.parameters(), "topic"}:
        raise ValueError(f"phrases of {name}: it takes no parameter {min(unknown)!r}")


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


def _plain(text: str) -> Iterator[str]:
    """Yield the words of a phrasing, without those in capitals: acronyms are names of something."""
    for part in _SLOT.sub(" ", text).split():
        if not part.isupper() or len(part) == 1:
            yield from folded(part).split()


def _phrase(text: str, same: Same) -> Phrase:
    slots = frozenset(_SLOT.findall(text))
    return Phrase(stems_of(_SLOT.sub(" ", text), same), slots)


def _weights(made: Mapping[str, Sequence[Phrase]], small: frozenset[str]) -> Mapping[str, float]:
    """Return how much each stem tells: what share of the questions that have it uses it how often."""
    shares: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name, of in made.items():
        for phrase in of:
            for word in set(phrase.stems):
                shares[word][name] += 1 / len(of)
    stop = {stem(word) for word in small} | small
    weights: dict[str, float] = {}
    for word, by_card in shares.items():
        total = sum(by_card.values())
        spread = math.exp(-sum(share / total * math.log(share / total) for share in by_card.values()))
        weight = math.log(len(made) / spread)
        weights[word] = round(weight * (_SMALL if word in stop else 1.0), 3)
    return weights
