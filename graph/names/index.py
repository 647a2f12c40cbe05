"""The index of names: who is called what, looked up by form, opening, words and spelling; one SQLite file a view."""

import sqlite3
import threading
import weakref
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import nlargest
from math import log
from pathlib import Path
from typing import Any

from graph.names.forms import forms, latin, spelled, words
from graph.names.spelling import Vocabulary

_FORMAT = 1
"""Raised when the tables or the forms of names change; an index of another format is made anew."""

_TABLES = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS entity(no INTEGER PRIMARY KEY, id TEXT UNIQUE, digest TEXT, cls TEXT, name TEXT);
CREATE TABLE IF NOT EXISTS name(entity INTEGER, how TEXT, text TEXT, own TEXT, latin TEXT);
CREATE INDEX IF NOT EXISTS name_own ON name(own);
CREATE INDEX IF NOT EXISTS name_latin ON name(latin);
CREATE INDEX IF NOT EXISTS name_entity ON name(entity);
CREATE TABLE IF NOT EXISTS word(word TEXT, entity INTEGER, PRIMARY KEY(word, entity)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS word_entity ON word(entity);
CREATE TABLE IF NOT EXISTS vocabulary(word TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
"""
# Postings of a word that are read at most: a word in more names tells little.
_MOST_POSTINGS = 3_000
_VARIABLES = 500


@dataclass(frozen=True)
class Called:
    """One thing with all that it is called.

    Attributes:
        id: Canonical id.
        digest: Changes with anything of it.
        cls: Class.
        name: As printed.
        names: How it is called (``name``, ``code``, ``alias``) and the text, as often as it has names.
        context: Words that people add to its name without their being part of it: the body of a post, its topics.
    """

    id: str
    digest: str
    cls: str
    name: str
    names: tuple[tuple[str, str], ...]
    context: tuple[str, ...] = ()


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


def open_index(place: Path | None) -> "NameIndex":
    """Return the index at a place; one in memory where nothing can be written."""
    try:
        if place:
            place.parent.mkdir(parents=True, exist_ok=True)
        return NameIndex(place)
    except (OSError, sqlite3.OperationalError):
        return NameIndex(None)


@dataclass(eq=False)
class NameIndex:
    """Looks names up. Threads may share it.

    Attributes:
        place: Its file; None keeps it in memory.
    """

    place: Path | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _vocabulary: Vocabulary | None = None

    def __post_init__(self) -> None:
        target = str(self.place) if self.place else ":memory:"
        self._db = sqlite3.connect(target, check_same_thread=False, isolation_level=None, timeout=30)
        weakref.finalize(self, self._db.close)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")  # it can always be made anew
        self._db.executescript(_TABLES)
        if self._meta("format") != str(_FORMAT):
            with self._writing():
                self._clear()
                self._note("format", str(_FORMAT))

    @property
    def version(self) -> str:
        """The version of the graph that it was last brought up to; blank when it never was."""
        return self._meta("version")

    def digests(self) -> dict[str, str]:
        """Return the digest of everything it holds, by id."""
        with self._lock:
            return dict(self._db.execute("SELECT id, digest FROM entity"))

    def update(self, version: str, *, changed: Iterable[Called], gone: Collection[str]) -> None:
        """Take over what changed and drop what is gone, in one transaction."""
        with self._writing():
            self._drop(gone)
            self._put(changed)
            self._db.execute("DELETE FROM vocabulary")
            self._db.execute("INSERT INTO vocabulary SELECT word, count(*) FROM word GROUP BY word")
            self._note("version", version)
        self._vocabulary = None

    def called(self, text: str) -> list[Found]:
        """Return the names that equal a text, or a shorter form of it, in its own script or in Latin letters."""
        own = tuple({spelled(form) for form in forms(text)} - {""})
        plain = tuple({latin(form) for form in forms(text)} - {""})
        where = f"(n.own IN ({','.join('?' * len(own))}) OR n.latin IN ({','.join('?' * len(plain))}))"
        return self._names(where, (*own, *plain))

    def opening(self, text: str, *, limit: int) -> list[Found]:
        """Return the names that begin like a text, shortest first, at most `limit`."""
        own, plain = spelled(text), latin(text)
        where = "((n.own >= ? AND n.own < ?) OR (n.latin >= ? AND n.latin < ?))"
        bounds = (own, own + "\U0010ffff", plain, plain + "\x7f")
        return self._names(where, bounds, order="length(n.own), e.id, n.text", limit=limit)

    def having(self, text: str, *, limit: int, is_near: bool) -> list[tuple[Found, ...]]:
        """Return things with the words of a text among their names and context, those with most and rarest words first.

        Args:
            text: As typed; its last word may be the opening of one.
            limit: Most things returned.
            is_near: Whether words that are spelt almost so count as well.
        """
        wanted = latin(text).split() or spelled(text).split()
        scores: defaultdict[int, float] = defaultdict(float)
        total = self._count()
        for place, word in enumerate(dict.fromkeys(wanted)):
            ways = self._ways(word, is_last=place == len(wanted) - 1, is_near=is_near)
            for no, worth in self._rated(ways, total).items():
                scores[no] += worth
        best = nlargest(limit, scores, key=lambda no: (scores[no], -no))
        return self._things(best)

    def words_of(self, numbers: Collection[int]) -> dict[int, frozenset[str]]:
        """Return every word of things, context included, by the number of the thing."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for chunk in _chunks(numbers):
            marks = ",".join("?" * len(chunk))
            for no, word in self._read(f"SELECT entity, word FROM word WHERE entity IN ({marks})", chunk):
                found[no].add(word)
        return {no: frozenset(each) for no, each in found.items()}

    def near(self, word: str) -> list[tuple[str, float]]:
        """Return the words of all names that are spelt almost like one, with their likeness from 0 to 1."""
        with self._lock:
            if self._vocabulary is None:
                self._vocabulary = Vocabulary(word for (word,) in self._db.execute("SELECT word FROM vocabulary"))
            vocabulary = self._vocabulary
        return vocabulary.near(word)

    def knows(self, word: str) -> bool:
        """Say whether some name has exactly this word."""
        return bool(self._read("SELECT 1 FROM vocabulary WHERE word = ?", (word,)))

    def _ways(self, word: str, *, is_last: bool, is_near: bool) -> dict[str, float]:
        """Return the words that count for a typed one, with how much."""
        ways = {word: 1.0}
        if is_last and len(word) > 1:
            sql = "SELECT word FROM vocabulary WHERE word >= ? AND word < ? ORDER BY count DESC, word LIMIT 20"
            ways = {longer: 0.9 for (longer,) in self._read(sql, (word, word + "\U0010ffff"))} | ways
        if is_near and not self.knows(word):
            ways = dict(self.near(word)) | ways
        return ways

    def _rated(self, ways: dict[str, float], total: int) -> dict[int, float]:
        worth: dict[int, float] = {}
        for word, likeness in ways.items():
            count = next((c for (c,) in self._read("SELECT count FROM vocabulary WHERE word = ?", (word,))), 0)
            if not count:
                continue
            weight = likeness * log(1 + total / count)
            for (no,) in self._read("SELECT entity FROM word WHERE word = ? LIMIT ?", (word, _MOST_POSTINGS)):
                worth[no] = max(worth.get(no, 0.0), weight)
        return worth

    def _things(self, numbers: Sequence[int]) -> list[tuple[Found, ...]]:
        names: defaultdict[int, list[Found]] = defaultdict(list)
        for chunk in _chunks(numbers):
            marks = ",".join("?" * len(chunk))
            for found in self._names(f"n.entity IN ({marks})", chunk):
                names[found.no].append(found)
        return [tuple(names[no]) for no in numbers if no in names]

    def _names(
        self, where: str, bound: Sequence[object], *, order: str = "e.id, n.text", limit: int = -1
    ) -> list[Found]:
        sql = (
            "SELECT e.no, e.id, e.cls, e.name, n.how, n.text, n.own, n.latin FROM name n"
            f" JOIN entity e ON e.no = n.entity WHERE {where} ORDER BY {order} LIMIT ?"
        )
        return [Found(*row) for row in self._read(sql, (*bound, limit))]

    def _count(self) -> int:
        return max(1, int(self._read("SELECT count(*) FROM entity")[0][0]))

    def _read(self, sql: str, bound: Sequence[object] = ()) -> list[Any]:
        with self._lock:
            return self._db.execute(sql, tuple(bound)).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _drop(self, gone: Collection[str]) -> None:
        for chunk in _chunks(gone):
            marks = ",".join("?" * len(chunk))
            numbers = [no for (no,) in self._db.execute(f"SELECT no FROM entity WHERE id IN ({marks})", chunk)]
            self._forget(numbers)
            self._db.executemany("DELETE FROM entity WHERE no = ?", [(no,) for no in numbers])

    def _forget(self, numbers: Iterable[int]) -> None:
        these = [(no,) for no in numbers]
        self._db.executemany("DELETE FROM name WHERE entity = ?", these)
        self._db.executemany("DELETE FROM word WHERE entity = ?", these)

    def _put(self, changed: Iterable[Called]) -> None:
        for each in changed:
            row = (each.id, each.digest, each.cls, each.name)
            sql = (
                "INSERT INTO entity(id, digest, cls, name) VALUES(?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET"
                " digest = excluded.digest, cls = excluded.cls, name = excluded.name RETURNING no"
            )
            [(no,)] = self._db.execute(sql, row).fetchall()
            self._forget((no,))
            names = {(no, how, text, spelled(form), latin(form)) for how, text in each.names for form in forms(text)}
            self._db.executemany("INSERT INTO name VALUES(?, ?, ?, ?, ?)", sorted(names))
            told = {word for text in (*(text for _, text in each.names), *each.context) for word in words(text)}
            self._db.executemany("INSERT INTO word VALUES(?, ?)", [(word, no) for word in sorted(told)])

    def _clear(self) -> None:
        for table in ("meta", "entity", "name", "word", "vocabulary"):
            self._db.execute(f"DELETE FROM {table}")

    def _meta(self, name: str) -> str:
        return next((value for (value,) in self._read("SELECT value FROM meta WHERE name = ?", (name,))), "")

    def _note(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))


def _chunks(these: Iterable[Any]) -> Iterator[list[Any]]:
    """Give parts of what a statement is asked about: SQLite takes only so many variables."""
    given = list(these)
    for start in range(0, len(given), _VARIABLES):
        yield given[start : start + _VARIABLES]
