"""Puts what things are called into the tables of an index, and takes it out again."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

from graph.names.forms import forms, latin, spelled, words
from graph.names.table import indexed, unindexed

# SQLite takes only so many variables in one statement.
_VARIABLES = 500
# From so many changed words on, counting all of them anew is quicker.
_MANY = 20_000
_BATCH = 1_000

T = TypeVar("T")


@dataclass(frozen=True)
class Called:
    """One thing with all that it is called.

    Attributes:
        id: Canonical id.
        digest: Changes with anything of it.
        cls: Class.
        name: As printed.
        names: How it is called (``name``, ``code``, ``acronym``, ``alias``) and the text, as often as it has names.
        context: Words that people add to its name without their being part of it: the body of a post, its topics.
        links: What it can be narrowed by: facet and value.
    """

    id: str
    digest: str
    cls: str
    name: str
    names: tuple[tuple[str, str], ...]
    context: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def changed_in(db: sqlite3.Connection, changed: Iterable[Called], gone: Iterable[str]) -> None:
    """Put things in, each in place of what it was called before, and take out what is gone, by id.

    The caller holds a transaction.
    """
    is_new = db.execute("SELECT 1 FROM entity LIMIT 1").fetchone() is None
    if is_new:
        unindexed(db)
    for ids in parts(gone, _VARIABLES):
        _forget(db, ids)
    for each in parts(changed, _BATCH):
        if not is_new:
            for ids in parts((thing.id for thing in each), _VARIABLES):
                _forget(db, ids)
        _insert(db, each, is_new=is_new)
    _count(db, is_new=is_new)
    indexed(db)


def number_of(written: str) -> int:
    """Return the number of a thing, which follows from its id alone: so no order depends on when it came."""
    return int.from_bytes(blake2b(written.encode(), digest_size=8).digest()) >> 1


def _insert(db: sqlite3.Connection, things: Sequence[Called], *, is_new: bool) -> None:
    numbers = {each.id: number_of(each.id) for each in things}
    entities = [(numbers[each.id], each.id, each.digest, each.cls, each.name) for each in things]
    db.executemany("INSERT INTO entity VALUES(?, ?, ?, ?, ?)", entities)
    names: set[tuple[int, str, str, str, str]] = set()
    told: set[tuple[str, int]] = set()
    for each in things:
        no = numbers[each.id]
        for how, text in each.names:
            for form in {spelled(form) for form in forms(text)}:
                names.add((no, how, text, form, latin(form)))
                told.update((word, no) for word in words(form))
        for text in each.context:
            told.update((word, no) for word in words(text, is_own=False))
    db.executemany("INSERT INTO name VALUES(?, ?, ?, ?, ?)", sorted(names))
    db.executemany("INSERT INTO word VALUES(?, ?)", sorted(told))
    if not is_new:
        db.executemany("INSERT OR IGNORE INTO touched VALUES(?)", {(word,) for word, _ in told})
    links = {(*link, numbers[each.id]) for each in things for link in each.links}
    db.executemany("INSERT INTO link VALUES(?, ?, ?)", sorted(links))


def _forget(db: sqlite3.Connection, ids: Sequence[str]) -> None:
    these = [(number_of(written),) for written in ids]
    db.executemany("INSERT OR IGNORE INTO touched SELECT word FROM word WHERE entity = ?", these)
    for table in ("name", "word", "link"):
        db.executemany(f"DELETE FROM {table} WHERE entity = ?", these)
    db.executemany("DELETE FROM entity WHERE no = ?", these)


def _count(db: sqlite3.Connection, *, is_new: bool) -> None:
    [(touched,)] = db.execute("SELECT count(*) FROM touched").fetchall()
    if is_new or touched > _MANY:
        db.execute("DELETE FROM vocabulary")
        db.execute("INSERT INTO vocabulary SELECT word, count(*) FROM word GROUP BY word")
    else:
        db.execute("DELETE FROM vocabulary WHERE word IN (SELECT word FROM touched)")
        db.execute(
            "INSERT INTO vocabulary SELECT word, count(*) FROM word WHERE word IN (SELECT word FROM touched)"
            " GROUP BY word"
        )
    db.execute("DELETE FROM touched")


def chunks(these: Iterable[T]) -> Iterator[list[T]]:
    """Give parts of what a statement is asked about."""
    return parts(these, _VARIABLES)


def parts(these: Iterable[T], length: int) -> Iterator[list[T]]:
    """Give lists of at most so many of these."""
    left = iter(these)
    while part := list(islice(left, length)):
        yield part


def marks(these: Sequence[object]) -> str:
    """Return a question mark for each variable."""
    return ",".join("?" * len(these))
