"""Which question a text asks: by what was learnt of its signs, and by what its names and days leave without a place."""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from iga.graph.domain.topics import in_words
from iga.graph.names.forms import latin
from iga.graph.names.index import Found, NameIndex
from iga.graph.names.known_words import concepts
from iga.queries.core.names.qualified import is_family_name_alone, is_of_any_country, is_part_of_other_name
from iga.queries.core.names.resolve import choices, entities_in_order, narrowed_to
from iga.queries.core.question import Question
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.plain.filling import FilledParameters, filled
from iga.queries.plain.phrases import REFUSED, SpokenName
from iga.queries.plain.reading_text import TextRead
from iga.queries.registry import QUESTIONS

_MOST = 400
_LEAST_RATED = 0.5
_FEWEST_SPECIAL = 2
_RARE = 4
_CLOSE = 0.02
_LIKELY = 40
_CALLED_BY_A_WORD = (("Project",), ("Award",), ("Resolution",))
_SHORTEST_WORD, _SHORTEST_FREE = 2, 4
_NOT_OF_A_NAME = frozenset(("fictional", "sample"))
_SMALL = frozenset(
    ("of", "the", "on", "and", "in", "to", "for", "de", "la", "against", "at", "by", "with", "un", "united", "nations")
)
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third"} | {
    f"{number}th": word
    for number, word in enumerate(
        ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), start=4
    )
}


def searched(
    index: NameIndex, text: TextRead, labels: Sequence[str], *, about: frozenset[int] = frozenset()
) -> SpokenName | None:
    """Return the one thing that some words of a text are likely a name of; None where none stands out.

    Args:
        index: The index of names.
        text: The text as read.
        labels: Classes or groups that the thing may be of.
        about: Places of words of which it must have most; empty asks for nothing of the kind.
    """
    words = dict(_words(text, is_free=bool(about)))
    if not labels or not words:
        return None
    with index.looking(narrowed_to(labels)):
        having: defaultdict[int, set[str]] = defaultdict(set)
        for no, word in index.having(sorted(words), limit=_MOST * len(words)):
            having[no].add(word)
        counts, size = index.counts(sorted(words)), index.size()
        weight = {word: math.log(1 + size / counts[word]) for word in words if counts.get(word)}
        likely = sorted(having, key=lambda no: (-sum(weight[word] for word in having[no]), no))[:_LIKELY]
        for no, word in index.having_among(sorted(words), likely):  # a common word is of more than are read
            having[no].add(word)
        named = index.names_of(likely)
    rated = [
        _Rated(sum(word.isdigit() for word in having[no]), round(_rating(having[no], name.latin, weight), 4), name)
        for no, names in named.items()
        for name in names
    ]
    special = _special(text, words)
    is_rare = any(counts.get(word, 0) <= _RARE for word in special)
    fewest = 1 if tuple(labels) in _CALLED_BY_A_WORD and is_rare else _FEWEST_SPECIAL
    best = [one for one in rated if one.rating >= _LEAST_RATED]
    best = best or (_only(rated, having, special) if len(special) >= fewest else [])
    top = max(best, key=lambda one: (one.numbers, one.rating, one.name.id), default=None)
    if top is None or any(_is_as_good(other, top) for other in best):
        return None
    used = having[top.name.no]
    places = frozenset(place for word in used for place in words[word])
    is_telling = top.name.latin.split()[0] in used or _is_telling(text, words, used, counts) if about else True
    if not is_telling or 2 * len(places & about) < len(about):
        return None
    return SpokenName(places, top.name.id, ((top.name.id, top.name.cls),), is_guess=True)


class _Rated(NamedTuple):
    """A name, how many numbers of the text its thing has, and how well they meet."""

    numbers: int
    rating: float
    name: Found


def _is_as_good(other: _Rated, top: _Rated) -> bool:
    return other.numbers == top.numbers and other.rating > top.rating - _CLOSE and other.name.id != top.name.id


def _is_telling(text: TextRead, words: Mapping[str, frozenset[int]], used: set[str], counts: Mapping[str, int]) -> bool:
    """True if more than one common word led to a thing; one with a capital is taken for a name."""
    (first, *others) = used
    is_capital = any(text.words[place].is_capital for place in words[first])
    return bool(others) or counts.get(first, 0) <= _RARE or is_capital


def _special(text: TextRead, words: Mapping[str, frozenset[int]]) -> set[str]:
    """Return the words that are of this name or of none: numbers, words of names, what no phrasing has."""
    named = {place for name in text.names for place in name.places}
    known = text.phrases.known
    return {word for word, places in words.items() if word.isdigit() or places & named or word not in known}


def _only(rated: Sequence[_Rated], having: Mapping[int, set[str]], special: set[str]) -> list[_Rated]:
    """Return the one thing that has every special word; empty where several or none have them."""
    met = [one for one in rated if special <= having[one.name.no]]
    return met[:1] if len({one.name.id for one in met}) == 1 else []


def _words(text: TextRead, *, is_free: bool) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield the words that may be of a name, with their places: what was typed, and days as names write them."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    named = {place for name in text.names for place in name.places} if is_free else set()
    for place, word in enumerate(text.words):
        if place in named or place in text.left_out or (word.text in text.phrases.small and not word.text.isdigit()):
            continue
        plain = latin(word.text)
        for form in {plain, _ORDINALS.get(word.text, ""), *concepts().get((plain,), ())} - {""}:
            least = _SHORTEST_FREE if is_free and not word.is_upper else _SHORTEST_WORD
            if len(form) >= least or form.isdigit():
                places[form].add(place)
    for topic in text.topics:
        for part in latin(in_words(topic.code)).split():
            if part not in _SMALL and not is_free:
                places[part] |= set(range(topic.at, topic.end))
    for said, where in text.days:
        if said.since:
            for part in re.split("-", said.since):
                places[part] |= where
    yield from ((word, frozenset(where)) for word, where in places.items())


def _rating(had: set[str], name: str, weight: dict[str, float]) -> float:
    """Return how well a name and the words that its thing is found by meet, from 0 to 1."""
    own = [word for word in dict.fromkeys(name.split()) if word not in _NOT_OF_A_NAME and len(word) >= _SHORTEST_WORD]
    whole = sum(weight.get(word, 4.0) if word not in _SMALL else 0.2 for word in own)
    met = sum(weight[word] if word not in _SMALL else 0.2 for word in own if word in had)
    beside = sum(weight[word] for word in had if word not in own)
    return (met + beside) / (whole + beside) if whole and met else 0.0


def learnt_from() -> str:
    """Return the seal of what the table was learnt from."""
    return _lines()[0][1]


@cache
def _lines() -> list[list[str]]:
    text = (files("iga.queries.plain") / "weights.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return by sign what it adds for each question, read once; `bench.learning_words` makes the table."""
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for sign, *weighed in _lines()[1:]:
        for question, weight in zip(weighed[::2], weighed[1::2], strict=True):
            table[sign][question] = float(weight)
    return table


@cache
def means_of(question: str) -> frozenset[str]:
    """Return the signs that speak for a question."""
    return frozenset(sign for sign, weighed in weights().items() if weighed.get(question, 0.0) > 0.0)


def likelihoods(signs: Iterable[str], questions: Iterable[str]) -> dict[str, float]:
    """Return how likely a text with some signs asks each question, from 0 to 1; together they make 1."""
    table = weights()
    scores = dict.fromkeys(questions, 0.0)
    for sign in set(signs):
        for question, weight in table.get(sign, {}).items():
            scores[question] += weight
    most = max(scores.values())
    shares = {question: math.exp(score - most) for question, score in scores.items()}
    whole = sum(shares.values())
    return {question: share / whole for question, share in shares.items()}


_KINDS = {
    "government": ("Government",),
    "body": ("InternationalOrganization", "Forum", "SurvivorCouncil", "PublicBody"),
    "partner": ("Ngo", "Organization", "Company", "AcademicInstitution"),
    "person": ("Person",),
    "post": ("Post",),
    "agreement": ("Agreement",),
    "compact": ("ChildProtectionCompact",),
    "award": ("Award",),
    "project": ("Project",),
    "resolution": ("Resolution",),
    "engagement": ("Engagement",),
    "programme": ("Programme",),
}
_NAME, _DAYS, _EDGE = "<name>", "<days>", "<edge>"
_MOST_NAMES = 3


def signs_of(text: TextRead) -> Iterator[str]:
    """Yield the signs in a text; names and days stand for their kind, so that all of a kind are alike."""
    names = {name.at: name for name in text.names}
    days = {min(places): said for said, places in text.days}
    hidden = frozenset().union(*(name.places for name in text.names), *(places for _, places in text.days))
    words = [_EDGE]
    for stem, places in text.stems:
        at = min(places)
        if name := names.get(at):
            yield from _kinds_of(name)
            words += [_NAME, stem] if name.is_soft else [_NAME]
        elif said := days.get(at):
            yield f"<days {said.how}>"
            begins = said.until or said.since
            yield "<days ahead>" if begins > text.today[: len(begins)] else "<days past>"
            words.append(_DAYS)
        elif not places <= hidden:
            words.append(stem)
    if any(said.is_sure for said in text.topics):
        yield "<topic>"
    yield f"<{min(len(text.names), _MOST_NAMES)} names>"
    yield from words[1:]
    yield from (f"{first} {second}" for first, second in pairwise((*words, _EDGE)))


def _kinds_of(name: SpokenName) -> list[str]:
    kinds = [f"<{kind}>" for kind, labels in _KINDS.items() if name.fitting(labels)]
    return kinds or ["<other name>"]


_LOOKED_AT, _LEAST = 10, 0.002
_UNUSED, _LACKING = 0.8, 3.0
_LEAVING = frozenset(("leav", "left", "quit", "exit", "withdraw"))
_MORE_NAMES = 2
_ANYTHING = ("Party", "Agreement", "Programme", "Project", "Award")
_OF_A_NAME = {
    "Party": "profile",
    "Agreement": "agreement",
    "ChildProtectionCompact": "compact-progress",
    "Project": "project",
    "Award": "award",
    "Resolution": "resolution",
    "Engagement": "participants",
    "Programme": "funding",
    "Post": "contact",
}
"""What is asked of a thing that is named and nothing else."""
_RARELY_IN_FULL = frozenset({"Engagement", "Resolution", "Project", "Award", "Agreement", "Person"})


@dataclass(frozen=True)
class LikelyQuestion:
    """A question that a text may ask.

    Attributes:
        name: The question; `REFUSED` stands for none.
        likelihood: How likely it is meant, from 0 to 1; together those of a text make 1.
        by_signs: The same by the signs of the text alone, whether or not anything is lacking.
    """

    name: str
    filling: FilledParameters
    likelihood: float
    by_signs: float


def read_text(session: Session, text: str) -> TextRead:
    """Return what can be read of a text, with what words that nothing explains are likely names of."""
    read = TextRead.of(session.on_duty(), text)  # of whom it speaks; what is asked says whether they agreed
    for _ in range(_MORE_NAMES):
        if not read.strange:
            break
        name = session.looked_up(lambda index, read=read: searched(index, read, _ANYTHING, about=read.strange))
        if name is None or read.is_torn(name) or _is_part_of_other_name(session, read, name):
            break
        if _is_of_another_government(session, read, name):
            break
        read = read.naming(name)
    return read


def _is_of_another_government(session: Session, read: TextRead, name: SpokenName) -> bool:
    """True if words are found in a body of ours or of others, and a government is named that has no part in it.

    The French Embassy in Accra is not the one embassy in Accra that is on record.
    """
    named = {it for other in read.names for it in other.fitting(("Government",))}
    bodies = entities_in_order(session, name.fitting(("PublicBody",)))
    return bool(named) and any(named.isdisjoint(map(it.values.get, ("government", "host"))) for it in bodies)


def _is_part_of_other_name(session: Session, read: TextRead, name: SpokenName) -> bool:
    """True if words are only a part of another name of a government, and so no name of it."""
    said = " ".join(read.words[place].text for place in sorted(name.places))
    governments = entities_in_order(session, name.fitting(("Government",)))
    return any(is_part_of_other_name(said, it) for it in governments)


def shared_names(
    session: Session, card: Question, filling: FilledParameters
) -> Iterator[tuple[str, str, Sequence[Entity]]]:
    """Yield what was taken for one party though others may be meant: its id, the name, all called so.

    A government is called so too, a word before the name makes another state of it, or many countries have such a body.
    """
    for parameter, labels in card.names.items():
        value = filling.parameters.get(parameter, ())
        for thing in (value,) if isinstance(value, str) else value:
            text = filling.names.get(thing, "")
            meant = choices(session, text, labels=labels) if text else []
            if thing in filling.doubted:
                yield thing, text, entities_in_order(session, [thing])
            elif (len(meant) > 1 and any(entity.cls == "Government" for entity in meant)) or any(
                is_of_any_country(text, entity, session.home.government) or is_family_name_alone(text, entity)
                for entity in meant
            ):
                yield thing, text, meant


def candidates(session: Session, text: TextRead) -> list[LikelyQuestion]:
    """Return the likeliest questions, best first."""
    likely = likelihoods(signs_of(text), (*QUESTIONS, REFUSED))
    if own := _of_a_name(text):
        likely[own] = 1.0
    if len(text.names) > 1 and _LEAVING & {stem for stem, _ in text.stems}:
        # A Yes or No to whether somebody is in a body or bound would deny what is asked.
        likely["withdrawals"] += likely.pop("memberships") + likely.pop("treaty-status")
    best = sorted(likely, key=lambda name: (-likely[name], name))[:_LOOKED_AT]
    home = {"government": session.home.government, "office": session.home.office}
    made = [_candidate(session, text, name, home) for name in best if likely[name] >= _LEAST]
    shares = {
        name: likely[name] * math.exp(-_UNUSED * filling.unused - _LACKING * len(filling.lacking))
        for name, filling in made
    }
    whole = sum(shares.values())
    named = [LikelyQuestion(name, filling, shares[name] / whole, likely[name]) for name, filling in made]
    return sorted(named, key=lambda candidate: (-candidate.likelihood, candidate.name))


def _of_a_name(text: TextRead) -> str:
    """Return what is asked of the one thing that a text names if it says nothing else; blank otherwise."""
    if not text.says_only_a_name or len(text.names) != 1:
        return ""
    return next((question for label, question in _OF_A_NAME.items() if text.names[0].fitting((label,))), "")


def _candidate(session: Session, text: TextRead, name: str, home: Mapping[str, str]) -> tuple[str, FilledParameters]:
    """Return a question with its parameters; one that lacks a thing people rarely call in full is searched for it."""
    if name == REFUSED:
        return name, FilledParameters({}, frozenset())
    own = _filled(text, name, home)
    for parameter in own.lacking if len(own.lacking) == 1 and own.lacking[0] in QUESTIONS[name].names else ():
        labels = tuple(label for label in QUESTIONS[name].names[parameter] if label in _RARELY_IN_FULL)
        ways = [_filled(text.naming(found), name, home) for found in _searched(session, text, labels)]
        own = min((own, *ways), key=_cost)
    return name, own


def _filled(text: TextRead, name: str, home: Mapping[str, str]) -> FilledParameters:
    return filled(QUESTIONS[name], text.phrases.of(name), text, home)


def _cost(filling: FilledParameters) -> float:
    return filling.unused + _LACKING * 2 * len(filling.lacking)


def _searched(session: Session, text: TextRead, labels: Sequence[str]) -> Iterator[SpokenName]:
    """Yield what some words of a text lead to, with and without those that name a government."""
    if not labels:
        return
    governments = [name for name in text.names if name.fitting(("Government",))]
    for kept in (text, text.without(governments)) if governments else (text,):
        name = session.looked_up(lambda index, kept=kept: searched(index, kept, labels))
        if name and not text.is_torn(name):
            yield name
