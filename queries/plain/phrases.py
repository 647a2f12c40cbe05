"""The everyday phrasings of each question, declared beside it, and the texts that are learnt from."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from typing import Any, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field

from iga.graph.domain.catalog import NODES, fits
from iga.graph.domain.topics import THESAURUS
from iga.graph.names.forms import begins_alike, latin
from iga.graph.names.index import Found, NameIndex
from iga.graph.names.known_words import peoples
from iga.graph.names.ranking import settled_by
from iga.graph.text import folded
from iga.queries.core.names.everyday_names import everyday_names
from iga.queries.core.names.topics import everyday_topics
from iga.queries.plain.typed import TypedWord, stem

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
    answers: str = Field(default="", description="Telling words that its answer takes up, whatever else is asked.")
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
    colorless: str
    denying: str
    telling: str
    kinds: str
    orders: dict[str, str]
    refused: tuple[str, ...]
    listed: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Phrases:
    """All phrasings.

    Attributes:
        refused: Phrasings that no question answers.
        orders: What a text that would change something begins with, and the command that does it.
        small: Words that say nothing of the question.
        same: Several words that stand for one, as stems.
        known: Every word of phrasings as it is written, to mend what is mistyped.
        topics: Codes of topics by the stems of what people call them.
        weak: Stems that name a topic only after a word such as on or about.
        colorless: Stems that narrow nothing, whichever question is asked with them.
        denying: Stems without which the opposite is asked.
        telling: These and other stems that always narrow or turn what is asked: suspended, former, only.
        kinds: Words that say of what a name is, first or last in it: a statute, a pact, a league.
        listed: By condition of a list, ``not`` behind one that is denied: what says it; and words that say none.
    """

    cards: Mapping[str, SpokenCard]
    refused: Sequence[str]
    orders: Mapping[str, str]
    small: frozenset[str]
    same: Same
    known: frozenset[str]
    topics: Mapping[tuple[str, ...], str]
    weak: frozenset[str]
    colorless: frozenset[str]
    denying: frozenset[str]
    telling: frozenset[str]
    kinds: frozenset[str]
    listed: Mapping[str, Sequence[str]]

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
        """True if a word is one of phrasings or of the texts that are learnt from."""
        return word in self.small or word in self.known or word in self.usual

    @cached_property
    def known_stems(self) -> frozenset[str]:
        """Stems of the words of phrasings, and of the texts that are learnt from."""
        return frozenset(map(stem, self.known | self.usual))

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
    written = [*common.refused, *chain.from_iterable((*card.asks, card.cues, *card.ways()) for card in cards.values())]
    return Phrases(
        cards,
        common.refused,
        {folded(way): command for command, ways in common.orders.items() for way in ways.split(",")},
        small,
        same,
        frozenset(_plain(written)),
        _topics(same),
        frozenset(stems_of(common.weak, same)),
        frozenset(stems_of(common.colorless, same)),
        frozenset(stems_of(common.denying, same)),
        frozenset(stems_of(f"{common.telling} {common.denying}", same)),
        frozenset(folded(common.kinds).split()),
        common.listed,
    )


@cache
def asked_in(question: str) -> frozenset[str]:
    """Return the stems of the words that a question is asked in; of telling ones, those that it answers."""
    known = phrases()
    card = known.of(question)
    learnt = (row["text"] for row in taught() if question in row["card"].split("|"))
    answered = _stems(known, card.asks) - _stems(known, card.ways()) | _stems(known, [card.answers])
    return (_stems(known, (*card.asks, card.cues, *card.ways(), *learnt)) - known.telling) | answered


def _stems(known: Phrases, texts: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(stems_of(SLOT.sub(" ", text), known.same) for text in texts))


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


ASKED_ABOUT = (
    "Party", "Agreement", "Resolution", "Programme", "FundingLine", "Project", "Award", "Engagement", "Post"
)  # fmt: skip  # they are one list
"""What parameters of questions name, apart from those that take anything: to ask the questions imports all of them."""
_LONGEST = 14
_CODE = 3
_SURENESS = {"name": 0, "acronym": 1, "alias": 2}
_SLIP = 0.8
_SHORTEST = 5
_MENDED, _MOST_SLIPS = 8, 4
_SPOKEN_CODES = frozenset({"usa", "uae"})
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class SpokenName:
    """A stretch of a text that names something.

    Attributes:
        text: The name as the index has it, or the id of a country that its people stand for.
        things: What is called so: id and class.
        is_soft: Whether its words may as well be words of a question.
        is_guess: Whether nothing is called what was typed, and this only comes near.
        is_doubted: Whether it may be another that is meant: South Vietnam.
    """

    places: frozenset[int]
    text: str
    things: tuple[tuple[str, str], ...]
    is_soft: bool = False
    is_guess: bool = False
    is_doubted: bool = False

    @property
    def at(self) -> int:
        """Place of its first word."""
        return min(self.places)

    def fitting(self, labels: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of what is called so and carries one of some labels."""
        return tuple(it for it, cls in self.things if fits(cls, tuple(labels)))


@cache
def _wanted() -> frozenset[str]:
    return frozenset(node.label() for node in NODES if fits(node.label(), ASKED_ABOUT))


def names_in(index: NameIndex, words: Sequence[TypedWord], phrases: Phrases) -> list[SpokenName]:
    """Return what a text names, longest names first where two overlap, in the order of the text."""
    windows = _windows(words)
    known = _called(index, windows.values())
    mended = _mended(index, words, known, windows, phrases)
    windows |= mended
    known |= _called(index, mended.values())
    named = [
        replace(name, is_guess=stretch in mended)
        for stretch, text in windows.items()
        if (name := _name(index, words, *stretch, text, known, phrases))
    ]
    chosen: list[SpokenName] = []
    articles = {place for place, word in enumerate(words) if word.text == "the"}
    for name in sorted(named, key=lambda name: (-len(name.places - articles), name.is_soft, name.at)):
        if not any(name.places & other.places for other in chosen):
            chosen.append(name)
    return sorted(chosen, key=lambda name: name.at)


def _windows(words: Sequence[TypedWord]) -> dict[tuple[int, int], str]:
    places = range(len(words))
    return {
        (at, end): latin(" ".join(word.text for word in words[at:end]))
        for at in places
        for end in range(at + 1, min(len(words), at + _LONGEST) + 1)
    }


def _called(index: NameIndex, texts: Iterable[str]) -> dict[str, list[Found]]:
    called: defaultdict[str, list[Found]] = defaultdict(list)
    for found in index.latin_names(sorted(set(filter(None, texts)))):
        if found.cls in _wanted():
            called[found.latin].append(found)
    return dict(called)


def _name(
    index: NameIndex,
    words: Sequence[TypedWord],
    at: int,
    end: int,
    text: str,
    known: Mapping[str, Sequence[Found]],
    phrases: Phrases,
) -> SpokenName | None:
    inside = words[at:end]
    if all(_NUMBER.fullmatch(word.text) for word in inside):
        return None
    found = known.get(text, ())
    if at + 1 == end:
        found = _of_one_word(inside[0], found, phrases)
    if (everyday := everyday_names().get(text)) and (thing := index.printed({everyday})):
        return SpokenName(frozenset(range(at, end)), thing[everyday][1], ((everyday, thing[everyday][0]),))
    if people := peoples().get(text):
        things = tuple((it, "Government") for it in people if index.shows(it))
        return SpokenName(frozenset(range(at, end)), things[0][0], things, is_soft=True) if things else None
    is_small = all(word.text in phrases.small and not word.is_upper for word in inside)
    if not found or is_small:
        return None
    typed = " ".join(word.text for word in inside)
    found = sorted(found, key=lambda one: (*(not it for it in settled_by(typed, one)), _SURENESS.get(one.how, 3)))
    things = tuple(dict.fromkeys((one.id, one.cls) for one in found))
    telling = [word for word in inside if word.text not in phrases.small or word.is_upper]
    is_written_so = all(word.is_upper or word.is_capital for word in telling)  # US, The United States, TIP Office
    soft = not is_written_so and all(word.text in phrases.known or word.text in phrases.small for word in inside)
    # A printed name may say in brackets which of two it is, what was typed does not.
    is_own, _ = settled_by(typed, found[0])
    written = text if len(things) > 1 else found[0].text if is_own else found[0].name
    return SpokenName(frozenset(range(at, end)), written, things, is_soft=soft)  # Gana is Ghana, as Russians write it


def _of_one_word(word: TypedWord, found: Sequence[Found], phrases: Phrases) -> Sequence[Found]:
    """Return what one word may name: short codes, and names that are words of questions too, only in capitals."""
    if word.stem in phrases.weak:
        return ()
    if word.is_upper:
        return found
    is_plain = word.text in phrases.small or (word.text in phrases.known and not word.is_capital)
    return [
        one
        for one in found
        if (one.cls == "Government" or not is_plain)
        and word.text not in phrases.small
        and not (len(word.text) <= _CODE and (one.how == "code" or not settled_by(word.text, one)[0]))
        and (one.id != f"gov:{word.text}" or word.text in _SPOKEN_CODES)
    ]


def _mended(
    index: NameIndex,
    words: Sequence[TypedWord],
    known: Mapping[str, Sequence[Found]],
    windows: Mapping[tuple[int, int], str],
    phrases: Phrases,
) -> dict[tuple[int, int], str]:
    """Return stretches in which a mistyped word, mended, makes a name."""
    covered = {place for (at, end), text in windows.items() if text in known for place in range(at, end)}
    tries: dict[str, tuple[int, int]] = {}
    slips = [n for n, word in enumerate(words) if n not in covered and _may_be_a_slip(word, phrases)]
    for place in slips[:_MOST_SLIPS]:
        for near in _near(index, words[place].text):
            for at, end in windows:
                if at <= place < end <= at + _MENDED:
                    parts = (near if n == place else words[n].text for n in range(at, end))
                    tries.setdefault(latin(" ".join(parts)), (at, end))
    hits = _called(index, tries)
    return {tries[text]: text for text in reversed(tries) if text in hits}


def _may_be_a_slip(typed: TypedWord, phrases: Phrases) -> bool:
    word = typed.text
    is_known = word in phrases.small or word in phrases.known or word in peoples()
    return len(word) >= _SHORTEST and word.isalpha() and not (is_known or typed.is_upper)


def _near(index: NameIndex, word: str) -> list[str]:
    near = index.near(word)
    return (
        []
        if any(other == word for other, _ in near)
        else [other for other, likeness in near if likeness >= _SLIP and begins_alike(word, other)][:3]
    )
