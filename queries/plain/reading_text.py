"""A text as read: its words, what they name, the days and topics in it, whether we are in it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from iga.queries.core.days_said import SaidDays, days_in
from iga.queries.core.session import Session
from iga.queries.plain.names_said import SpokenName, names_in
from iga.queries.plain.phrases import Phrases, joined, phrases
from iga.queries.plain.typed import TypedWord, words_of
from iga.queries.plain.whole_names import whole_names

_WE = frozenset(
    (
        "we",
        "us",
        "our",
        "ours",
        "nosotros",
        "nosotras",
        "nuestro",
        "nuestra",
        "nuestros",
        "nuestras",
        "nous",
        "notre",
        "nos",
    )
)
_ABOUT = frozenset(
    (
        "on",
        "about",
        "regarding",
        "concerning",
        "re",
        "for",
        "against",
        "sobre",
        "sur",
        "de",
        "contre",
        "contra",
        "dealing",
        "with",
    )
)
_ARTICLES = frozenset(
    ("the", "a", "an", "le", "la", "les", "el", "los", "las", "un", "una", "une", "l", "d", "all", "any")
)
_BEFORE_ORDERS = frozenset(
    ("please", "pls", "can", "could", "you", "kindly", "hey", "ok", "now", "just", "por", "favor")
)
_NO_ORDER = frozenset(("on", "of", "in", "me", "us", "since", "for", "about", "from", "between", "up"))
_MOST_TOPIC = 6
_SHORTEST, _LONG = 5, 8


@dataclass(frozen=True, slots=True)
class TopicSaid:
    """A topic in a text: its code, the places of its words, and whether they mean nothing else."""

    code: str
    at: int
    end: int
    is_sure: bool


@dataclass(frozen=True)
class TextRead:
    """A text with all that can be read of it before a question is chosen."""

    text: str
    today: str
    words: Sequence[TypedWord]
    names: Sequence[SpokenName]
    days: Sequence[tuple[SaidDays, frozenset[int]]]
    topics: Sequence[TopicSaid]
    phrases: Phrases
    left_out: frozenset[int] = frozenset()

    @classmethod
    def of(cls, session: Session, text: str) -> "TextRead":
        """Return what can be read of a text."""
        known, words = phrases(), words_of(text)
        names = whole_names(session, words, session.looked_up(lambda index: names_in(index, words, known)))
        words = _mended(words, frozenset().union(*(name.places for name in names)), known)
        in_names = {place for name in names if not name.is_soft for place in name.places}
        days = [(said, _places(words, said)) for said in days_in(text, session.today)]
        days = [(said, places) for said, places in days if places and not places & in_names]
        taken = in_names.union(*(places for _, places in days))
        return cls(text, session.today, words, names, days, list(_topics(words, taken, known)), known)

    @cached_property
    def stems(self) -> Sequence[tuple[str, frozenset[int]]]:
        """The stems of its words, several words that mean one as one, each with the places it stands for."""
        merged = joined([word.text for word in self.words], self.phrases.same)
        return [(word, frozenset(range(at, end))) for word, at, end in merged]

    @cached_property
    def says_only_a_name(self) -> bool:
        """Whether it names something and says nothing else."""
        named = frozenset().union(*(name.places for name in self.names))
        return all(place in named or word.text in _ARTICLES for place, word in enumerate(self.words))

    @cached_property
    def strange(self) -> frozenset[int]:
        """Places of words that neither name anything nor stand in any phrasing."""
        explained = frozenset().union(
            *(name.places for name in self.names),
            *(places for _, places in self.days),
            *(range(said.at, said.end) for said in self.topics),
        )
        return frozenset(
            place
            for place, word in enumerate(self.words)
            if place not in explained and len(word.text) > 2 and not self.phrases.has(word.text)
        )

    @cached_property
    def is_of_us(self) -> bool:
        """Whether we, us or our is in it."""
        return any(word.text in _WE and not word.is_upper for word in self.words)

    def naming(self, name: SpokenName) -> "TextRead":
        """Return the text with some of its words understood as one more name, and as nothing else."""
        return replace(
            self,
            names=[other for other in self.names if not other.places & name.places] + [name],
            days=[(said, places) for said, places in self.days if not places & name.places],
            topics=[said for said in self.topics if not name.places & set(range(said.at, said.end))],
        )

    def without(self, names: Collection[SpokenName]) -> "TextRead":
        """Return the text without the words of some names."""
        gone = frozenset().union(*(name.places for name in names))
        return replace(self, left_out=gone) if gone else self

    @cached_property
    def order(self) -> str:
        """The command that does what it orders to change; blank where it orders nothing."""
        words = [word.text for word in self.words]
        while words and words[0] in _BEFORE_ORDERS:
            del words[0]
        if len(words) < 2 or words[1] in _NO_ORDER:
            return ""
        ways = (" ".join(words[:length]) for length in (3, 2, 1))
        return next((self.phrases.orders[way] for way in ways if way in self.phrases.orders), "")

    def before(self, place: int) -> str:
        """Return the word before a place, articles passed over; blank at the beginning."""
        while place > 0 and self.words[place - 1].text in _ARTICLES:
            place -= 1
        return self.words[place - 1].text if place else ""


def _mended(words: Sequence[TypedWord], in_names: frozenset[int], known: Phrases) -> tuple[TypedWord, ...]:
    """Return words, those with a slip of the keyboard as phrasings have them."""
    return tuple(
        replace(word, text=near) if place not in in_names and (near := _near(word.text, known)) else word
        for place, word in enumerate(words)
    )


def _near(word: str, known: Phrases) -> str:
    if len(word) == _SHORTEST - 1:
        return _swapped(word, known)
    if len(word) < _SHORTEST or not word.isalpha() or word in known.small or word in known.known:
        return ""
    slips = 1 if len(word) < _LONG else 2
    near = process.extractOne(word, known.mended, scorer=OSA.distance, score_cutoff=slips)
    return near[0] if near and near[0][0] == word[0] else ""


def _swapped(word: str, known: Phrases) -> str:
    """Return the word of which two letters next to each other were swapped: teir is tier."""
    swaps = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    return "" if known.has(word) else next((swap for swap in swaps if swap in known.known), "")


def _places(words: Sequence[TypedWord], said: SaidDays) -> frozenset[int]:
    return frozenset(n for n, word in enumerate(words) if word.at >= said.at and word.end <= said.end)


def _topics(words: Sequence[TypedWord], taken: Collection[int], known: Phrases) -> Iterator[TopicSaid]:
    stems = [word.stem for word in words]
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _MOST_TOPIC), at, -1):
            code = known.topics.get(tuple(stems[at:end]))
            if code and not any(place in taken for place in range(at, end)):
                place = at
                while place > 0 and words[place - 1].text in _ARTICLES:
                    place -= 1
                is_after = place > 0 and words[place - 1].text in _ABOUT
                is_weak = all(stem in known.weak for stem in stems[at:end])
                yield TopicSaid(code, at, end, is_after or not is_weak)
                at = end
                break
        else:
            at += 1
