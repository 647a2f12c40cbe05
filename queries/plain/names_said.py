"""The things that a text names: by the index of names, by people of a country, with slips of the keyboard mended."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from iga.graph.domain.catalog import NODES, fits
from iga.graph.names.forms import latin
from iga.graph.names.index import Found, NameIndex
from iga.graph.names.peoples import peoples
from iga.graph.names.ranking import settled_by
from iga.queries.core.names.everyday_names import everyday_names
from iga.queries.plain.phrases import Phrases
from iga.queries.plain.typed import TypedWord

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
        places: Places of its words.
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
        [] if any(other == word for other, _ in near) else [other for other, likeness in near if likeness >= _SLIP][:3]
    )
