"""Which question a text asks: by its words, by what fits its parameters, and by what would be left unexplained."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from queries.core.session import Session
from queries.plain.filling import FilledParameters, filled
from queries.plain.names_said import SpokenName
from queries.plain.phrases import REFUSED, Phrase
from queries.plain.reading_text import TextRead
from queries.plain.searching import searched as searched_name
from queries.registry import QUESTIONS

_MISSING, _MISSING_REFUSED, _OTHER_WORD, _UNEXPLAINED, _NAMED = 0.55, 1.1, 0.25, 0.6, 0.6
_NOTHING_SHARED = -1.0
_BARE = 0.8
_SLOT, _NO_SLOT = 0.4, 1.0
_IN_ORDER = 0.4
_LACKING = 7.0
_GAINED = 6.0
_SEARCHED = 0.5
_MORE_NAMES = 2
_ANYTHING = ("Party", "Agreement", "Programme", "Project", "Award")
_OPTIONAL = {"impact": ("agreement", "award"), "delegation": ("engagement",)}
_RARELY_IN_FULL = frozenset({"Engagement", "Resolution", "Project", "Award", "Agreement", "Person"})


@dataclass(frozen=True)
class LikelyQuestion:
    """A question that a text may ask.

    Attributes:
        name: The question; `REFUSED` stands for none.
        filling: Its parameters.
        score: How well it fits; only good for comparing candidates of one text.
        share: How much of what the text says it explains, from 0 to 1.
        whole_score: How well it would fit if nothing were lacking that people rarely call in full, such as a meeting.
    """

    name: str
    filling: FilledParameters
    score: float
    share: float
    whole_score: float


def candidates(session: Session, text: TextRead) -> list[LikelyQuestion]:
    """Return every question with how well it fits a text, best first."""
    text = _with_more_names(session, text)
    home = {"government": session.home.government, "office": session.home.office}
    made = [_filled(text, name, home) for name in QUESTIONS]
    made.append(_candidate(text, REFUSED, _nothing(text)))
    made = _with_searched(session, text, made, home)
    return sorted(made, key=lambda candidate: (-candidate.score, candidate.name))


def _with_more_names(session: Session, text: TextRead) -> TextRead:
    """Return a text with what its words that nothing explains are likely names of."""
    for _ in range(_MORE_NAMES):
        strange = text.strange
        if not strange:
            break
        name = session.looked_up(lambda index, text=text: searched_name(index, text, _ANYTHING, about=text.strange))  # type: ignore[misc]
        if name is None:
            break
        text = text.naming(name)
    return text


def _filled(text: TextRead, name: str, home: Mapping[str, str]) -> LikelyQuestion:
    return _candidate(text, name, filled(QUESTIONS[name], text.phrases.cards[name], text, home))


def _with_searched(
    session: Session, text: TextRead, made: Sequence[LikelyQuestion], home: Mapping[str, str]
) -> list[LikelyQuestion]:
    """Return candidates, those that only lack a thing that is rarely called in full with the one that words lead to."""
    found: dict[tuple[tuple[str, ...], bool], SpokenName | None] = {}
    best = max(candidate.score for candidate in made)
    searched = []
    for candidate in made:
        is_near = candidate.score + _LACKING * len(candidate.filling.lacking) + _GAINED >= best
        for parameter in _wished(candidate) if is_near else ():
            labels = tuple(label for label in QUESTIONS[candidate.name].names[parameter] if label in _RARELY_IN_FULL)
            for is_whole in (True, False):
                if (labels, is_whole) not in found:
                    found[labels, is_whole] = _searched(session, text, labels, is_whole=is_whole)
                if name := found[labels, is_whole]:
                    other = _filled(text.naming(name), candidate.name, home)
                    other = replace(other, score=other.score - (0.0 if name.is_whole else _SEARCHED))
                    candidate = max(candidate, other, key=lambda one: one.score)
        searched.append(candidate)
    return searched


def _wished(candidate: LikelyQuestion) -> tuple[str, ...]:
    """Return the parameters of a candidate that are worth a search: one that it lacks, or that its words ask for."""
    if candidate.name == REFUSED:
        return ()
    names, lacking = QUESTIONS[candidate.name].names, candidate.filling.lacking
    if len(lacking) == 1:
        return lacking if lacking[0] in names else ()
    if lacking:
        return ()
    is_bare = not any(parameter in candidate.filling.parameters for parameter in names)
    return _OPTIONAL.get(candidate.name, ()) if is_bare or candidate.name == "delegation" else ()


def _searched(session: Session, text: TextRead, labels: Sequence[str], *, is_whole: bool) -> SpokenName | None:
    if not labels:
        return None
    without = () if is_whole else [name for name in text.names if name.fitting(("Government",))]
    if not is_whole and not without:
        return None
    kept = text.without(without)
    return session.looked_up(lambda index: searched_name(index, kept, labels))


def _nothing(text: TextRead) -> FilledParameters:
    places = {place for name in text.names if not name.is_soft for place in name.places}
    named = {"party": "x"} if text.names else {}
    if any(name.fitting(("Government",)) for name in text.names):
        named["government"] = "x"
    return FilledParameters(named, frozenset(places).union(*(places for _, places in text.days)))


def _candidate(text: TextRead, name: str, filling: FilledParameters) -> LikelyQuestion:
    stems = [stem for stem, places in text.stems if not places <= filling.places]
    named = text.stems_at(filling.places - filling.value_places) & text.phrases.words[name]
    named = named if stems or len(text.names) > 1 or any(one.is_searched for one in text.names) else frozenset()
    bag = _Bag(frozenset(stems), frozenset(pairwise(stems)), frozenset(named))
    missing = _MISSING_REFUSED if name == REFUSED else _MISSING
    sharing = text.phrases.sharing(name, bag.stems | bag.named)
    best = max((_of_phrase(text, phrase, bag, filling, missing) for phrase in sharing), default=_NOTHING_SHARED)
    rest = sum(_of_word(text, name, stem) for stem in bag.stems)
    explained, all_of = _share(text, name, stems)
    whole = round(rest + best - filling.unused, 4)
    score = whole - _LACKING * len(filling.lacking)
    is_named_otherwise = any(_RARELY_IN_FULL & set(QUESTIONS[name].names.get(one, ())) for one in filling.lacking)
    whole = whole if is_named_otherwise else score
    return LikelyQuestion(name, filling, score, explained / all_of if all_of else 1.0, whole)


@dataclass(frozen=True)
class _Bag:
    """The stems of a text, those that follow one another, and those in names that a question has words of as well."""

    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    named: frozenset[str]


def _of_word(text: TextRead, name: str, stem: str) -> float:
    """Return what a word speaks for a question that has it anywhere, or against one that has it nowhere."""
    if name != REFUSED and stem in text.phrases.words[name]:
        return _OTHER_WORD * text.phrases.weight(stem)
    return 0.0 if stem in text.phrases.small else -_UNEXPLAINED * text.phrases.weight(stem)


def _of_phrase(text: TextRead, phrase: Phrase, bag: _Bag, filling: FilledParameters, missing: float) -> float:
    """Return what a phrasing adds: words of it that are there and in order, less those that are missing."""
    weight, met, named = text.phrases.weight, phrase.asked & bag.stems, phrase.asked & bag.named
    score = sum(
        (_UNEXPLAINED if missing == _MISSING_REFUSED else 0) * weight(stem) for stem in met - text.phrases.small
    )
    score += sum((1 if missing == _MISSING_REFUSED else 1 - _OTHER_WORD) * weight(stem) for stem in met)
    score += sum(_NAMED * weight(stem) for stem in named - met)
    score -= missing * sum(weight(stem) for stem in phrase.asked - met - named)
    score += sum(_IN_ORDER * math.sqrt(weight(a) * weight(b)) for a, b in phrase.pairs & bag.pairs)
    score += _BARE if text.says_only_a_name and not phrase.stems else 0.0
    return score + sum(_SLOT if slot in filling.parameters else -_NO_SLOT for slot in phrase.slots)


def _share(text: TextRead, name: str, stems: Sequence[str]) -> tuple[float, float]:
    own = text.phrases.words[name]
    telling = [(stem, text.phrases.weight(stem)) for stem in set(stems) if stem not in text.phrases.small]
    return sum(weight for stem, weight in telling if stem in own), sum(weight for _, weight in telling)
