"""Puts what things are called into the tables of an index, and takes it out again."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from graph.names.forms import forms, latin, spelled, words

# SQLite takes only so many variables in one statement.
_VARIABLES = 500
# From so many changed words on, counting all of them anew is quicker.
_MANY = 20_000


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


def removed_from(db: sqlite3.Connection, gone: Collection[str]) -> None:
    """Take things out by their ids. The caller holds a transaction and counts the words afterwards, see `put`."""
    for chunk in chunks(gone):
        found = db.execute(f"SELECT no FROM entity WHERE id IN ({marks(chunk)})", chunk).fetchall()
        _forget(db, [no for (no,) in found])
        db.executemany("DELETE FROM entity WHERE no = ?", found)


def put(db: sqlite3.Connection, changed: Iterable[Called]) -> None:
    """Put things in, each in place of what it was called before, and count the words anew.

    The caller holds a transaction.
    """
    for each in changed:
        no = _numbered(db, each)
        _forget(db, [no])
        names = {(no, how, text, spelled(form), latin(form)) for how, text in each.names for form in forms(text)}
        db.executemany("INSERT INTO name VALUES(?, ?, ?, ?, ?)", sorted(names))
        told = {word for text in (*(text for _, text in each.names), *each.context) for word in words(text)}
        _insert_words(db, no, sorted(told))
        db.executemany("INSERT OR IGNORE INTO link VALUES(?, ?, ?)", [(*link, no) for link in each.links])
    _count(db)


def _numbered(db: sqlite3.Connection, each: Called) -> int:
    """Enter a thing under a number that follows from its id alone: so no order depends on when it came."""
    no = int.from_bytes(blake2b(each.id.encode(), digest_size=8).digest()) >> 1
    row = (no, each.id, each.digest, each.cls, each.name)
    db.execute("INSERT OR REPLACE INTO entity(no, id, digest, cls, name) VALUES(?, ?, ?, ?, ?)", row)
    return no


def _insert_words(db: sqlite3.Connection, no: int, told: Sequence[str]) -> None:
    db.executemany("INSERT INTO word VALUES(?, ?)", [(word, no) for word in told])
    db.executemany("INSERT OR IGNORE INTO touched VALUES(?)", [(word,) for word in told])


def _forget(db: sqlite3.Connection, numbers: Sequence[int]) -> None:
    these = [(no,) for no in numbers]
    db.executemany("INSERT OR IGNORE INTO touched SELECT word FROM word WHERE entity = ?", these)
    for table in ("name", "word", "link"):
        db.executemany(f"DELETE FROM {table} WHERE entity = ?", these)


def _count(db: sqlite3.Connection) -> None:
    [(touched,)] = db.execute("SELECT count(*) FROM touched").fetchall()
    if touched > _MANY:
        db.execute("DELETE FROM vocabulary")
        db.execute("INSERT INTO vocabulary SELECT word, count(*) FROM word GROUP BY word")
    else:
        db.execute("DELETE FROM vocabulary WHERE word IN (SELECT word FROM touched)")
        db.execute(
            "INSERT INTO vocabulary SELECT word, count(*) FROM word WHERE word IN (SELECT word FROM touched)"
            " GROUP BY word"
        )
    db.execute("DELETE FROM touched")


def chunks(these: Iterable[Any]) -> Iterator[list[Any]]:
    """Give parts of what a statement is asked about."""
    given = list(these)
    for start in range(0, len(given), _VARIABLES):
        yield given[start : start + _VARIABLES]


def marks(these: Sequence[object]) -> str:
    """Return a question mark for each variable."""
    return ",".join("?" * len(these))
