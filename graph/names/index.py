"""The index of names: who is called what, looked up by form, opening, words and spelling; one SQLite file a view."""

import sqlite3
import threading
import weakref
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from iga.graph.domain.parties import Person
from iga.graph.grouping import batches, by_key
from iga.graph.names.forms import WHOLE, latin, spelled, typed_forms, words
from iga.graph.names.kinds import step_of
from iga.graph.names.table import VARIABLES, Called, broken, changed_in, marks, opened, removed, transaction

_MOST_NEAR = 12


# Letters that are about as common together as another group; a letter of another script is in one by its number.
_GROUPS = ("a", "e", "i", "o", "uy", "nm", "rk", "sz", "tdj", "lb", "cgqpx", "hfvw")
_BIT = {letter: 1 << place for place, group in enumerate(_GROUPS) for letter in group}

WordsByShape: TypeAlias = Mapping[int, Sequence[str]]


class Vocabulary:
    """All words of the names at hand, by length and by which letters they have; whole names as one word apart."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: defaultdict[tuple[bool, int], list[str]] = defaultdict(list)
        for word in words:
            self._by_length[word.startswith(WHOLE), len(word)].append(word)
        self._by_shape: dict[tuple[bool, int], WordsByShape] = {}

    def near(self, word: str) -> list[tuple[str, float]]:
        """Return words that are spelt almost so, with their likeness from 0 to 1, most alike first, then by letters.

        The word itself is among them if it is there. A whole name is near whole names, another word near other words.
        A letter too many, too few or wrong is a slip, a swap of two is one as well; words of three letters allow none.
        """
        is_whole, length = word.startswith(WHOLE), len(word)
        letters = length - is_whole
        allowed = 0 if letters < 4 else 1 if letters < 6 else 2
        rated = [
            (near, 1 - slips / max(length, len(near)))
            for size in range(length - allowed, length + allowed + 1)
            for near, slips, _ in process.extract(
                word,
                self._possible(word, (is_whole, size), allowed),
                scorer=OSA.distance,
                score_cutoff=allowed,
                limit=None,
            )
        ]
        return sorted(rated, key=lambda pair: (-pair[1], pair[0]))[:_MOST_NEAR]

    def _possible(self, word: str, place: tuple[bool, int], allowed: int) -> list[str]:
        """Return the words of a length that have nearly the same letters.

        A wrong letter changes two groups at most, one too many or too few changes one, a swap none.
        """
        if place not in self._by_shape:
            self._by_shape[place] = by_key(self._by_length.get(place, ()), _shape)
        shape, most = _shape(word), 2 * allowed - abs(place[1] - len(word))
        fitting = (words for other, words in self._by_shape[place].items() if (shape ^ other).bit_count() <= most)
        return list(chain.from_iterable(fitting))


def _shape(word: str) -> int:
    """Return the groups that a word has letters of, each a bit."""
    shape = 0
    for letter in word:
        shape |= _BIT.get(letter) or 1 << ord(letter) % len(_GROUPS)
    return shape


WITHIN = "within"
"""Facet of a link to what a thing is part of: a post to its body, a body to the one above it."""

_OPENINGS = 20
_FOUND = "e.no, e.id, e.cls, e.name, n.how, n.text, n.own, n.latin"


@dataclass(frozen=True)
class Only:
    """What a look-up is narrowed to.

    Attributes:
        classes: Classes; empty is all.
        links: Facets with the values of which one is asked for: a thing fits that is one of the values, has such a
            link, or is part of one that does.
    """

    classes: frozenset[str] = frozenset()
    links: tuple[tuple[str, frozenset[str]], ...] = ()


ALL = Only()


class Veil(Protocol):
    """What is not to be found, or not in words: whom no consent covers, and texts that name them."""

    def hidden(self, ids: Iterable[str]) -> Collection[str]:
        """Return which of some things are not to be found at all."""

    def unsaid(self, ids: Iterable[str]) -> Collection[str]:
        """Return which of some people are found by their own names alone, and by no tie of theirs."""

    def masked(self, value: str, *about: str) -> str:
        """Return a text about some things, or a remark in place of one that names somebody hidden."""

    def words_naming(self, words: Iterable[str], *, least: int = 2) -> Collection[str]:
        """Return which of the words of one thing are of a name of somebody hidden, of which they hold so many."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that a look-up met: number and id of the thing, its class and printed name, and which of its names."""

    no: int
    id: str
    cls: str
    name: str
    how: str
    text: str
    own: str
    latin: str


@dataclass(eq=False)
class NameIndex:
    """Looks names up in the file at `place`, or in memory where that is None. Threads and processes may share it.

    Every method raises `IndexBroken` when the file turns out to be damaged or cannot be written.
    """

    place: Path | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _vocabulary: tuple[str, Vocabulary] | None = None
    _only: Only = ALL
    _veil: Veil | None = None
    _noted: tuple[object, str] | None = None

    def __post_init__(self) -> None:
        self._db = opened(self.place)
        weakref.finalize(self, self._db.close)

    @property
    def version(self) -> str:
        """The version of the graph that it was last brought up to; blank when it never was."""
        return self._meta("version")

    @property
    def salt(self) -> str:
        """What everything that it holds depends on, as of its version; blank when it was never brought up."""
        return self._meta("salt")

    def digests(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """Return the digest of everything it holds, or of some things, by id."""
        if ids is None:
            return dict(self._read("SELECT id, digest FROM entity"))
        return dict(self._of("SELECT id, digest FROM entity WHERE id IN (:these)", ids))

    def update(
        self, version: str, *, since: str, salt: str = "", changed: Iterable[Called], gone: Collection[str]
    ) -> bool:
        """Take over what changed and drop what is gone, in one transaction.

        Args:
            version: What it is then brought up to.
            since: The version that the change was worked out against.
            salt: What everything depends on, as of the new version.
            changed: What is new or different.
            gone: Ids of what is no more.

        Returns:
            False, and nothing is changed, when another process has brought it to another version meanwhile.
        """
        with self._lock:
            with transaction(self._db):
                if self.version != since:
                    return False
                changed_in(self._db, changed, gone)
                [(size,)] = self._read("SELECT count(*) FROM entity")
                stands = (("version", version), ("salt", salt), ("size", size))
                self._db.executemany("INSERT OR REPLACE INTO meta VALUES(?, ?)", stands)
            self._read("PRAGMA wal_checkpoint(TRUNCATE)")
        return True

    def discard(self) -> None:
        """Close it and remove its file."""
        with self._lock:
            self._db.close()
        if self.place:
            removed(self.place)

    @contextmanager
    def looking(self, only: Only = ALL, *, veil: Veil | None = None) -> Iterator[None]:
        """Look names up in one state of the index, narrowed to what is asked for.

        Within another one, that one's state stays, and its narrowing unless this asks for its own.
        """
        with self._lock, nullcontext() if self._db.in_transaction else transaction(self._db, how="DEFERRED"):
            outer, veiled = self._only, self._veil
            try:
                self._veil = veil or veiled
                self._narrow(outer if only == ALL else only)
                yield
            finally:
                self._veil = veiled
                self._narrow(outer)

    def called(self, text: str) -> list[Found]:
        """Return the names that equal a text, or a shorter form of it, in its own script or in Latin letters."""
        own, plain = (list({way(form) for form in typed_forms(text)} - {""}) for way in (spelled, latin))
        return self._names(f"(n.own IN ({marks(own)}) OR n.latin IN ({marks(plain)}))", (*own, *plain))

    def latin_names(self, texts: Collection[str]) -> list[Found]:
        """Return the names that are one of some texts in Latin letters."""
        parts = batches(texts, VARIABLES)
        return [name for part in parts for name in self._names(f"n.latin IN ({marks(part)})", part)]

    def opening(self, text: str, *, limit: int) -> list[Found]:
        """Return the names that begin like a text, shortest first, at most `limit`."""
        own, plain = spelled(text), latin(text)
        where, order = "((n.own >= ? AND n.own < ?) OR (n.latin >= ? AND n.latin < ?))", "length(n.own), e.id, n.text"
        return self._names(where, (own, own + "\U0010ffff", plain, plain + "\x7f"), order=order, limit=limit)

    def names_of(self, numbers: Collection[int]) -> dict[int, list[Found]]:
        """Return all names of things, by the number of the thing."""
        parts = batches(numbers, VARIABLES)
        names = (name for part in parts for name in self._names(f"n.entity IN ({marks(part)})", part))
        return by_key(names, lambda name: name.no)

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """Return in how many things each of some words stands; words of none are left out."""
        return dict(self._of("SELECT word, count FROM vocabulary WHERE word IN (:these)", words))

    def size(self) -> int:
        """Return the number of things, at least 1."""
        return max(1, int(self._meta("size") or 0))

    def openings(self, word: str) -> list[str]:
        """Return the commonest words that begin like one, itself left out."""
        sql = "SELECT word FROM vocabulary WHERE word > ? AND word < ? ORDER BY count DESC, word LIMIT ?"
        return [longer for (longer,) in self._read(sql, (word, word + "\U0010ffff", _OPENINGS))]

    def near(self, word: str) -> list[tuple[str, float]]:
        """Return the words of all names that are spelt almost like one, with their likeness from 0 to 1.

        Whole names as one word (`iga.graph.names.forms.joined`) are only among them for such a one.
        """
        with self._lock:
            version = self.version
            if self._vocabulary is None or self._vocabulary[0] != version:
                self._vocabulary = version, Vocabulary(word for (word,) in self._read("SELECT word FROM vocabulary"))
            vocabulary = self._vocabulary[1]
        return vocabulary.near(word)

    def having(self, words: Sequence[str], *, limit: int) -> list[tuple[int, str]]:
        """Return the numbers of things that have one of some words, and which, at most `limit`."""
        where, bound = self._narrowed()
        joined = " CROSS JOIN entity e ON e.no = w.entity" if where else ""
        sql = f"SELECT w.entity, w.word FROM word w{joined} WHERE w.word IN ({marks(words)}){where}"
        return self._openly(self._read(f"{sql} ORDER BY w.word, w.entity LIMIT ?", (*words, *bound, limit)))

    def having_among(self, words: Sequence[str], numbers: Collection[int]) -> list[tuple[int, str]]:
        """Return which of some things have which of some words."""
        sql = "SELECT entity, word FROM word INDEXED BY word_entity WHERE entity IN (:these) AND word IN"
        return self._openly(self._of(f"{sql} ({marks(words)})", numbers, *words))

    def shows(self, written: str) -> bool:
        """True if it holds a thing with an id that fits what the look-up is narrowed to."""
        where, bound = self._narrowed()
        return not (self._hidden([written]) or self._untied([written])) and bool(
            self._read(f"SELECT 1 FROM entity e WHERE e.id = ?{where}", (written, *bound))
        )

    def soonest(self, numbers: Collection[int], *, limit: int) -> list[int]:
        """Return the numbers of at most so many things: those of classes that people look for first."""
        if len(numbers) <= limit:
            return sorted(numbers)
        steps = {no: step_of(cls) for no, cls in self._of("SELECT no, cls FROM entity WHERE no IN (:these)", numbers)}
        return sorted(steps, key=lambda no: (steps[no], no))[:limit]

    def links_of(self, ids: Collection[str]) -> list[tuple[str, str, str]]:
        """Return the links of things and of what they are part of: id of the thing, facet and value."""
        sql = f"""
            WITH RECURSIVE above(root, no) AS (
              SELECT no, no FROM entity WHERE id IN (:these)
              UNION SELECT above.root, whole.no FROM above
              JOIN link ON link.entity = above.no AND link.facet = '{WITHIN}' JOIN entity whole ON whole.id = link.value
            )
            SELECT DISTINCT root.id, link.facet, link.value FROM above
            JOIN link ON link.entity = above.no JOIN entity root ON root.no = above.root
            ORDER BY root.id, link.facet, link.value"""
        return self._of(sql, set(ids).difference(self._veil.unsaid(ids) if self._veil else ()))

    def printed(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return class and printed name of things by id; ids of none are left out."""
        things = self._of("SELECT id, cls, name FROM entity WHERE id IN (:these)", ids)
        hidden = self._hidden(written for written, _, _ in things)
        return {it: (cls, self._masked(name, it)) for it, cls, name in things if it not in hidden}

    def _meta(self, name: str) -> str:
        return next((str(value) for (value,) in self._read("SELECT value FROM meta WHERE name = ?", (name,))), "")

    def _narrow(self, only: Only) -> None:
        """Note what the next look-ups are narrowed to, and which things fit every one of its links."""
        self._only = only
        wanted = (only.links, self.version)
        if not only.links or wanted == self._noted:
            return
        self._noted = None
        self._read("DELETE FROM shown")
        for place, (facet, values) in enumerate(only.links):
            wholes = sorted(values)
            fitting = f"""
                WITH RECURSIVE below(no) AS (
                  SELECT no FROM entity WHERE id IN ({marks(wholes)})
                  UNION SELECT entity FROM link WHERE facet = ? AND value IN ({marks(wholes)})
                  UNION SELECT part.entity FROM below JOIN entity whole ON whole.no = below.no
                  JOIN link part ON part.facet = '{WITHIN}' AND part.value = whole.id
                )
                SELECT no FROM below"""
            change = "DELETE FROM shown WHERE no NOT IN" if place else "INSERT INTO shown SELECT no FROM"
            self._read(f"{change} ({fitting})", (*wholes, facet, *wholes))
        self._noted = wanted

    def _narrowed(self) -> tuple[str, tuple[str, ...]]:
        """Return the condition, and its variables, that narrows a statement on entities."""
        # the plus signs keep the engine from starting with what is common
        classes = sorted(self._only.classes)
        where = f" AND +e.cls IN ({marks(classes)})" if classes else ""
        return f"{where} AND +e.no IN (SELECT no FROM shown)" if self._only.links else where, tuple(classes)

    def _names(
        self, where: str, bound: Sequence[object], *, order: str = "e.id, n.text", limit: int = -1
    ) -> list[Found]:
        narrowed, classes = self._narrowed()
        sql = f"SELECT {_FOUND} FROM name n CROSS JOIN entity e ON e.no = n.entity WHERE {where}{narrowed}"
        found = [Found(*row) for row in self._read(f"{sql} ORDER BY {order} LIMIT ?", (*bound, *classes, limit))]
        ids = {one.id for one in found}
        hidden = {*self._hidden(ids), *self._untied(ids)}
        shown = (one for one in found if one.id not in hidden and self._masked(one.text, one.id) == one.text)
        return [replace(one, name=self._masked(one.name, one.id)) for one in shown] if self._veil else found

    def _openly(self, pairs: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Return numbers of things with their words, but for words of hidden names, and of what must not be told."""
        if not self._veil:
            return pairs
        telling = self._veil.words_naming({word for _, word in pairs}, least=1)
        things = {no for no, word in pairs if word in telling}
        spoken = by_key(
            self._of("SELECT entity, word FROM word INDEXED BY word_entity WHERE entity IN (:these)", things),
            itemgetter(0),
        )
        sql = "SELECT id, no FROM entity WHERE no IN (:these) AND cls = ?"
        people = dict(self._of(sql, {no for no, _ in pairs}, Person.label()))
        unsaid = {people[written] for written in self._veil.unsaid(people)}
        named = self.names_of(things | unsaid)
        own = {no: {word for name in names for word in words(name.text)} for no, names in named.items()}
        kept_back = {
            (no, word)
            for no, pairs_of in spoken.items()
            for word in self._veil.words_naming(word for _, word in pairs_of)
            if word not in own.get(no, ())
        }
        kept_back |= {(no, word) for no, word in pairs if no in unsaid and word not in own.get(no, ())}
        return [pair for pair in pairs if pair not in kept_back]

    def _untied(self, ids: Collection[str]) -> Collection[str]:
        """Return which of some things do not count as tied to what the look-up is narrowed to, tied or not."""
        return self._veil.unsaid(ids) if self._veil and self._only.links else ()

    def _hidden(self, ids: Iterable[str]) -> Collection[str]:
        return self._veil.hidden(set(ids)) if self._veil else ()

    def _masked(self, text: str, of: str) -> str:
        return self._veil.masked(text, of) if self._veil else text

    def _of(self, sql: str, these: Collection[object], *bound: object) -> list[Any]:
        """Return the rows of a statement about ``:these``, which are asked about in parts."""
        parts = batches(these, VARIABLES)
        return [row for part in parts for row in self._read(sql.replace(":these", marks(part)), (*part, *bound))]

    def _read(self, sql: str, bound: Sequence[object] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._db.execute(sql, tuple(bound)).fetchall()
        except sqlite3.Error as error:
            raise broken(error) from error
