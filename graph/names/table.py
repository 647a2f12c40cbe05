"""The file an index of names is kept in: made, opened, filled, found damaged. It can always be thrown away."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from iga.graph.grouping import batches
from iga.graph.names.forms import forms, latin, spelled, words
from iga.graph.private import make_file, make_folder
from iga.graph.rollback import undone_by

FORMAT = "10"
"""Raised when the tables or the forms of names change; an index of another format is made anew."""

_TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE entity(no INTEGER PRIMARY KEY, id TEXT UNIQUE, digest TEXT, cls TEXT, name TEXT);
CREATE TABLE name(entity INTEGER, how TEXT, text TEXT, own TEXT, latin TEXT);
CREATE TABLE word(word TEXT, entity INTEGER, PRIMARY KEY(word, entity)) WITHOUT ROWID;
CREATE TABLE vocabulary(word TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE link(facet TEXT, value TEXT, entity INTEGER, PRIMARY KEY(facet, value, entity)) WITHOUT ROWID;
"""
_INDEXES = {
    "entity_cls": "entity(cls)",
    "name_own": "name(own)",
    "name_latin": "name(latin)",
    "name_entity": "name(entity)",
    "word_entity": "word(entity)",
    "link_entity": "link(entity)",
}
# Lives as long as the connection: what a look-up is narrowed to, words whose count changes, words to be sorted.
_PASSING = """
CREATE TEMP TABLE shown(no INTEGER PRIMARY KEY);
CREATE TEMP TABLE touched(word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE spoken(word TEXT, entity INTEGER);
"""
_WAIT_S = 30
# SQLite takes only so many variables in one statement.
VARIABLES = 500
# From so many changed words on, counting all of them anew is quicker.
_MANY = 20_000
_BATCH = 1_000

T = TypeVar("T")

_NAMES = frozenset({"meta", "entity", "name", "word", "vocabulary", "link"})


@dataclass(frozen=True)
class Called:
    """One thing with all that it is called.

    Attributes:
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


class IndexBroken(Exception):
    """The file of an index cannot be read or written now."""


class IndexDamaged(IndexBroken):
    """The file of an index holds something else than an index: it has to be made anew."""


def broken(error: sqlite3.Error) -> IndexBroken:
    """Return what an error of the engine means."""
    return (IndexBroken if isinstance(error, sqlite3.OperationalError) else IndexDamaged)(str(error))


def opened(place: Path | None) -> sqlite3.Connection:
    """Return a connection to the tables at a place, made if need be; what is damaged or of another format is made anew.

    Where nothing can be written, a file that is there is read as it stands; else the tables are in memory.
    """
    if place is None:
        return _ready(":memory:")
    with suppress(OSError):
        make_folder(place.parent)
        make_file(place)
    for _ in range(2):
        try:
            return _ready(str(place))
        except sqlite3.OperationalError:
            break
        except sqlite3.DatabaseError:
            removed(place)
    return read_only(place) or _ready(":memory:")


def removed(place: Path) -> None:
    """Remove the file of an index with its companions, as far as that can be done."""
    for file in place.parent.glob(f"{place.name}*"):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _ready(target: str) -> sqlite3.Connection:
    db = _connected(target)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        # What is no longer to be seen is overwritten, not only unlinked.
        db.execute("PRAGMA secure_delete=ON")
        if _format_of(db) != FORMAT:
            _made(db)
        db.executescript(_PASSING)
    except sqlite3.Error:
        db.close()
        raise
    return db


def read_only(place: Path) -> sqlite3.Connection | None:
    """Return a connection that never writes; None when there is no whole index of this format."""
    waiting = place.with_name(f"{place.name}-wal")  # changes beside the file, which who may not write does not see
    if not place.is_file() or (waiting.exists() and waiting.stat().st_size > 0):
        return None
    try:
        db = _connected(f"{place.absolute().as_uri()}?mode=ro&immutable=1")
        if _format_of(db) == FORMAT:
            db.executescript(_PASSING)
            return db
        db.close()
    except sqlite3.Error:
        return None
    return None


def is_index(place: Path) -> bool:
    """True if the pages of an index's file are whole."""
    with suppress(sqlite3.Error), closing(_connected(str(place))) as db:
        return [row for (row,) in db.execute("PRAGMA integrity_check(1)")] == ["ok"]
    return False


def _connected(target: str) -> sqlite3.Connection:
    is_uri = target.startswith("file:")
    return sqlite3.connect(target, check_same_thread=False, isolation_level=None, timeout=_WAIT_S, uri=is_uri)


def _format_of(db: sqlite3.Connection) -> str:
    """Return the format of the tables; blank when they are not all there."""
    if not {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} >= _NAMES:
        return ""
    written = db.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    return str(written[0]) if written else ""


def _made(db: sqlite3.Connection) -> None:
    """Make the tables; what else is there is no index of this format."""
    with _begun(db, "IMMEDIATE"):
        if _format_of(db) == FORMAT:
            return  # another process was faster
        if db.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise sqlite3.DatabaseError("an index of another format")
        for statement in _TABLES.strip().split(";\n"):
            db.execute(statement)
        _indexed(db)
        db.execute("INSERT INTO meta VALUES('format', ?)", (FORMAT,))


def _indexed(db: sqlite3.Connection) -> None:
    for name, columns in _INDEXES.items():
        db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


@contextmanager
def _begun(db: sqlite3.Connection, how: str) -> Iterator[None]:
    def roll_back() -> None:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")

    db.execute(f"BEGIN {how}")
    with undone_by(roll_back):
        yield
    db.execute("COMMIT")


@contextmanager
def transaction(db: sqlite3.Connection, *, how: str = "IMMEDIATE") -> Iterator[None]:
    """Do what is in the block as one change, or read one state of the tables throughout it.

    Raises:
        IndexBroken: The file cannot be read or written.
    """
    try:
        with _begun(db, how):
            yield
    except sqlite3.Error as error:
        raise broken(error) from error


def changed_in(db: sqlite3.Connection, changed: Iterable[Called], gone: Iterable[str]) -> None:
    """Put things in, each in place of what it was called before, and take out what is gone, by id.

    The caller holds a transaction.
    """
    is_new = db.execute("SELECT 1 FROM entity LIMIT 1").fetchone() is None
    if is_new:  # filling is quicker without indexes
        for name in _INDEXES:
            db.execute(f"DROP INDEX IF EXISTS {name}")
    _forget(db, gone)
    for things in batches(changed, _BATCH):
        if not is_new:
            _forget(db, (thing.id for thing in things))
        _insert(db, things, is_new=is_new)
    if is_new:  # in order, which a tree of words takes far quicker
        db.execute("INSERT INTO word SELECT word, entity FROM spoken ORDER BY word, entity")
        db.execute("DELETE FROM spoken")
    _count(db, is_new=is_new)
    _indexed(db)


def number_of(written: str) -> int:
    """Return the number of a thing, which follows from its id alone: so no order depends on when it came."""
    return int.from_bytes(blake2b(written.encode(), digest_size=8).digest()) >> 1


def _insert(db: sqlite3.Connection, things: Sequence[Called], *, is_new: bool) -> None:
    names: set[tuple[int, str, str, str, str]] = set()
    spoken: set[tuple[str, int]] = set()
    numbered = [(number_of(thing.id), thing) for thing in things]
    for no, thing in numbered:
        for how, text in thing.names:
            for form in {spelled(form) for form in forms(text)}:
                names.add((no, how, text, form, latin(form)))
                spoken.update((word, no) for word in words(form))
        spoken.update((word, no) for text in thing.context for word in words(text, is_own=False))
    entities = [(no, thing.id, thing.digest, thing.cls, thing.name) for no, thing in numbered]
    links = {(*link, no) for no, thing in numbered for link in thing.links}
    db.executemany("INSERT INTO entity VALUES(?, ?, ?, ?, ?)", entities)
    db.executemany("INSERT INTO name VALUES(?, ?, ?, ?, ?)", sorted(names))
    db.executemany(f"INSERT INTO {'spoken' if is_new else 'word'} VALUES(?, ?)", sorted(spoken))
    db.executemany("INSERT INTO link VALUES(?, ?, ?)", sorted(links))
    if not is_new:
        db.executemany("INSERT OR IGNORE INTO touched VALUES(?)", {(word,) for word, _ in spoken})


def _forget(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    these = [(number_of(written),) for written in ids]
    db.executemany("INSERT OR IGNORE INTO touched SELECT word FROM word WHERE entity = ?", these)
    for table in ("name", "word", "link"):
        db.executemany(f"DELETE FROM {table} WHERE entity = ?", these)
    db.executemany("DELETE FROM entity WHERE no = ?", these)


def _count(db: sqlite3.Connection, *, is_new: bool) -> None:
    [(touched,)] = db.execute("SELECT count(*) FROM touched").fetchall()
    where = "" if is_new or touched > _MANY else " WHERE word IN (SELECT word FROM touched)"
    db.execute(f"DELETE FROM vocabulary{where}")
    db.execute(f"INSERT INTO vocabulary SELECT word, count(*) FROM word{where} GROUP BY word")
    db.execute("DELETE FROM touched")


def marks(these: Sequence[object]) -> str:
    """Return a question mark for each variable."""
    return ",".join("?" * len(these))
