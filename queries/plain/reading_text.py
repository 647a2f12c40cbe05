"""A text as read: its words, what they name, the days and topics in it, whether we are in it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from iga.queries.core.days_said import SaidDays, days_in
from iga.queries.core.names.qualified import FORMS, KINDS, PLACES, is_called_otherwise, is_of_any_country
from iga.queries.core.names.resolve import entities_in_order
from iga.queries.core.session import Session
from iga.queries.plain.phrases import Phrases, SpokenName, joined, names_in, phrases
from iga.queries.plain.typed import TypedWord, words_of

_BETWEEN = frozenset(("of", "the", "s", "d", "de"))
_GOVERNMENT, _BODY = ("Government",), ("PublicBody",)


def whole_names(session: Session, words: Sequence[TypedWord], names: Sequence[SpokenName]) -> list[SpokenName]:
    """Return the names of a text, in its order.

    A government right before one of its bodies, or behind it after *of*, belongs to the name of the body. A name of a
    state with a word before it that none of its names has is doubted: it may be another, or none.
    """
    parted = [_with_words_before(session, words, names, name) for name in names]
    whole: list[SpokenName] = []
    for name in parted:
        body = _body_of(session, words, whole[-1], name) if whole else None
        whole = [*whole[:-1], body] if body else [*whole, name]
    return whole


def _with_words_before(
    session: Session, words: Sequence[TypedWord], names: Sequence[SpokenName], name: SpokenName
) -> SpokenName:
    if not (governments := name.fitting(_GOVERNMENT)):
        return name
    taken = frozenset().union(*(other.places for other in names))
    begin = min(_qualifying(words, name.at, taken), default=name.at)
    if begin == name.at:
        return name
    end = max(name.places) + 1
    said = " ".join(word.text for word in words[begin:end])
    whole = replace(name, places=name.places | frozenset(range(begin, end)), is_soft=False)
    called_so = [it for it in entities_in_order(session, governments) if not is_called_otherwise(said, it)]
    if not called_so:
        return replace(whole, text=said, is_doubted=True)
    return replace(whole, things=tuple((it.id, it.cls) for it in called_so))


def _qualifying(words: Sequence[TypedWord], at: int, taken: frozenset[int]) -> Iterator[int]:
    """Yield the places of words before a name that make another state of it, the nearest first."""
    place = at - 1
    has_form, is_after_of = words[at].text in FORMS, False
    while place >= 0 and place not in taken:
        text = words[place].text
        if text in _BETWEEN:
            is_after_of = True
        elif (text in PLACES and not is_after_of and (text != "new" or words[place].is_capital)) or (
            text in KINDS and has_form
        ):
            yield place
        elif text in FORMS and is_after_of and (text != "state" or words[place].is_capital):
            has_form, is_after_of = True, False
            yield place
        else:
            return
        place -= 1


def _body_of(session: Session, words: Sequence[TypedWord], first: SpokenName, second: SpokenName) -> SpokenName | None:
    """Return the body that two names make: U.S. Department of Labor, Department of Labor of the United States.

    A ministry of another government is not the one that is named after it.
    """
    between = [words[place].text for place in range(max(first.places) + 1, second.at)]
    if not _BETWEEN.issuperset(between):
        return None
    is_behind = "of" in between or "de" in between or bool(first.fitting(_BODY) and not between)
    body, owner = (first, second) if is_behind else (second, first)
    governments = set(owner.fitting(_GOVERNMENT))
    bodies = entities_in_order(session, body.fitting(_BODY)) if governments else []
    whole = replace(body, places=frozenset(range(first.at, max(second.places) + 1)), is_soft=False)
    if own := tuple((it.id, it.cls) for it in bodies if it.values.get("government") in governments):
        return replace(whole, things=own, text=own[0][0] if len(own) == 1 else whole.text)
    said = " ".join(words[place].text for place in sorted(whole.places))
    is_another = is_behind and any(
        between or is_of_any_country(body.text, it, session.home.government) for it in bodies
    )
    return replace(whole, text=said, is_doubted=True) if is_another else None


_WE = frozenset((
    "we", "us", "our", "ours", "nosotros", "nosotras", "nuestro", "nuestra", "nuestros", "nuestras", "nous",
    "notre", "nos"
))  # fmt: skip  # they are one list
_ABOUT = frozenset((
    "on", "about", "regarding", "concerning", "re", "for", "against", "sobre", "sur", "de", "contre", "contra",
    "dealing", "with"
))  # fmt: skip  # they are one list
_ARTICLES = frozenset(
    ("the", "a", "an", "le", "la", "les", "el", "los", "las", "un", "una", "une", "l", "d", "all", "any")
)
_BEFORE_ORDERS = frozenset(
    ("please", "pls", "can", "could", "you", "kindly", "hey", "ok", "now", "just", "por", "favor")
)
_NO_ORDER = frozenset(("on", "of", "in", "me", "us", "since", "for", "about", "from", "between", "up"))
_MOST_TOPIC = 6
_IN_NAMES = frozenset((
    "of", "the", "on", "and", "for", "to", "in", "de", "del", "la", "du", "des", "et", "y", "against", "s", "d",
    "l"
))  # fmt: skip  # they are one list
_BEFORE_NOUNS = frozenset((
    "the", "a", "an", "of", "in", "to", "from", "by", "at", "for", "with", "de", "la", "el", "le", "les", "en"
))  # fmt: skip  # they are one list
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
    slips: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()

    @classmethod
    def of(cls, session: Session, text: str) -> "TextRead":
        """Return what can be read of a text."""
        known, words = phrases(), words_of(text)
        names = whole_names(session, words, session.looked_up(lambda index: names_in(index, words, known)))
        typed, words = words, _mended(words, frozenset().union(*(name.places for name in names)), known)
        slips = frozenset(place for place, (old, new) in enumerate(zip(typed, words, strict=True)) if old != new)
        in_names = {place for name in names if not name.is_soft for place in name.places}
        days = [(said, _places(words, said)) for said in days_in(text, session.today)]
        days = [(said, places) for said, places in days if places and not places & in_names]
        taken = in_names.union(*(places for _, places in days))
        return cls(text, session.today, words, names, days, list(_topics(words, taken, known)), known, slips)

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

    def unused(self, taken: Collection[int], means: Collection[str], *, is_yes_or_no: bool) -> tuple[str, ...]:
        """Return the names and nouns, as typed, that nothing took: Rome Statute, League of Nations.

        Of what was mended, and of nouns where Yes or No is said, only what speaks for the question is passed over.
        """
        free = self._unexplained - frozenset(taken)
        left = {place for place in free if self._is_of_a_name(place, free)}
        idle = set(self._idle(free, means, is_yes_or_no=is_yes_or_no))
        spans: list[range] = []
        for place in sorted(left | idle):
            if not any(place in span for span in spans):
                spans.append(self._whole_name(place, free) if place in left else range(place, place + 1))
        return tuple(self.text[self.words[span[0]].at : self.words[span[-1]].end] for span in spans)

    def left_over(self, taken: Collection[int], asked_in: Collection[str]) -> tuple[str, ...]:
        """Return what narrows or turns a question, as typed, and was not taken for that: suspended, only, in 2013.

        Args:
            taken: Places of the words that became parameters.
            asked_in: Stems of the words that the question is asked in, or that its answer takes up.
        """
        meant = {place for stem, places in self.stems for place in places if stem != self.words[place].stem}  # a CPC
        named = [name.places for name in self.names if not (name.is_soft or name.places & {*taken, *meant})]
        said = [*named, *(places for _, places in self.days if not places & set(taken))]
        known = {*asked_in, *self.phrases.colorless}
        hidden = set(taken).union(*said)
        for stem, places in self.stems:
            words = [self.words[place].text for place in places]
            is_asked = stem in self.phrases.telling and self.before(min(places)) != "or"  # is it a member or not
            tells = is_asked or stem.isdigit()
            is_small = all(word in self.phrases.small or len(word) <= 2 for word in words)
            if not places & hidden and stem not in known and (tells or not is_small):
                said.append(places)
        return self.as_typed(said)

    def as_typed(self, said: Sequence[frozenset[int]]) -> tuple[str, ...]:
        """Return the words at some places as typed, those that follow each other together."""
        places = sorted(frozenset().union(*said))
        begins = [place for place in places if place - 1 not in places]
        ends = [place for place in places if place + 1 not in places]
        return tuple(
            self.text[self.words[first].at : self.words[last].end] for first, last in zip(begins, ends, strict=True)
        )

    def _is_of_a_name(self, place: int, free: Collection[int]) -> bool:
        """True if a word is no form of one of phrasings, or is written with capitals beside a word for a kind."""
        if self._is_foreign(place) or self.words[place].text in _IN_NAMES:
            return self.words[place].text not in _IN_NAMES
        span = [self.words[at] for at in self._whole_name(place, free) if self.words[at].text not in _IN_NAMES]
        kinds = [word for word in (span[0], span[-1]) if word.text in self.phrases.kinds] if len(span) > 1 else []
        return bool(kinds) and all(word.is_capital or word.is_upper for word in span[1:])

    def _is_foreign(self, place: int) -> bool:
        word = self.words[place]
        is_known = self.phrases.has(word.text) or word.stem in self.phrases.known_stems | self.phrases.telling
        return not (is_known or word.text.isdigit()) and (len(word.text) > 2 or not word.text.isascii())

    def _idle(self, free: frozenset[int], means: Collection[str], *, is_yes_or_no: bool) -> Iterator[int]:
        """Yield the places of words that speak for other questions alone."""
        for stem, places in self.stems:
            before = self.words[min(places) - 1].text if is_yes_or_no and min(places) else ""
            words = [self.words[place].text for place in places]
            is_small = all(len(word) <= 2 or word.isdigit() or word in self.phrases.small | _ABOUT for word in words)
            if (before in _BEFORE_NOUNS or places & self.slips) and places <= free and not is_small | (stem in means):
                yield from places

    def _whole_name(self, place: int, free: Collection[int]) -> range:
        """Return the places of the name that a word is of: those written with capitals, and a word for a kind."""
        return range(self._end(place, free, -1), self._end(place, free, 1) + 1)

    def _end(self, place: int, free: Collection[int], step: int) -> int:
        end = at = place
        while (at := at + step) in free:
            is_next, is_kind = at == end + step, {self.words[end].text, self.words[at].text} & self.phrases.kinds
            is_named = self._is_written_capital(at) or self.words[at].text in self.phrases.kinds
            if (is_named and (is_next or is_kind or self._is_written_capital(end))) or (
                self._is_foreign(at) and (is_next or is_kind)
            ):
                end = at
            elif self.words[at].text not in _IN_NAMES:
                break
        return end

    def _is_written_capital(self, place: int) -> bool:
        word = self.words[place]
        is_first = place == 0 and self.text[word.at].isupper() and word.text not in self.phrases.small
        return word.is_upper or word.is_capital or is_first

    def is_torn(self, name: SpokenName) -> bool:
        """True if a word for a kind beside words of a party makes another name of them: Warsaw Pact, Treaty of Oslo."""
        at, end = name.at, max(name.places) + 1
        while at > 0 and self.words[at - 1].text in _BETWEEN:
            at -= 1
        beside = (place for place in (at - 1, end) if 0 <= place < len(self.words) and place not in name.places)
        is_kind = any(self.words[place].text in self.phrases.kinds for place in beside)
        return is_kind and bool(name.fitting(("Party", "Person")))

    @cached_property
    def strange(self) -> frozenset[int]:
        """Places of words that neither name anything nor stand in any phrasing."""
        return frozenset(
            place
            for place in self._unexplained
            if len(self.words[place].text) > 2 and not self.phrases.has(self.words[place].text)
        )

    @cached_property
    def _unexplained(self) -> frozenset[int]:
        """Places of words that are no part of a name, a day or a topic."""
        explained = frozenset().union(
            *(name.places for name in self.names),
            *(places for _, places in self.days),
            *(range(said.at, said.end) for said in self.topics),
        )
        return frozenset(range(len(self.words))) - explained

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
    """Return words, those with a slip of the keyboard as phrasings have them; no name is one: Summit is not submit."""
    before_kinds = {place - 1 for place, word in enumerate(words) if word.text in known.kinds}
    named = {place for place, word in enumerate(words) if word.is_capital or word.is_upper}
    free = set(range(len(words))) - before_kinds - named - in_names
    return tuple(
        replace(word, text=near) if place in free and (near := _near(word.text, known)) else word
        for place, word in enumerate(words)
    )


def _near(word: str, known: Phrases) -> str:
    if len(word) == _SHORTEST - 1:
        return _swapped(word, known)
    if len(word) < _SHORTEST or not word.isalpha() or word in known.small | known.known | known.kinds:
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
