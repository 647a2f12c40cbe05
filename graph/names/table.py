"""The file an index of names is kept in: made, opened, found damaged and made anew. It can always be thrown away."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.private import make_file, make_folder

FORMAT = "8"
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
# Lives as long as the connection: what a look-up is narrowed to, and words whose count changes.
_PASSING = """
CREATE TEMP TABLE shown(no INTEGER PRIMARY KEY);
CREATE TEMP TABLE touched(word TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_WAIT_S = 30


_NAMES = frozenset({"meta", "entity", "name", "word", "vocabulary", "link"})


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
        if format_of(db) != FORMAT:
            _made(db)
        db.executescript(_PASSING)
    except sqlite3.Error:
        db.close()
        raise
    return db


def read_only(place: Path) -> sqlite3.Connection | None:
    """Return a connection that never writes; None when there is no whole index of this format."""
    if not place.is_file() or _has_waiting(place):
        return None
    try:
        db = _connected(f"{place.absolute().as_uri()}?mode=ro&immutable=1")
        if format_of(db) == FORMAT:
            db.executescript(_PASSING)
            return db
        db.close()
    except sqlite3.Error:
        return None
    return None


def _has_waiting(place: Path) -> bool:
    """Say whether changes wait beside the file, which a reader that may not write does not see."""
    waiting = place.with_name(f"{place.name}-wal")
    return waiting.exists() and waiting.stat().st_size > 0


def _connected(target: str) -> sqlite3.Connection:
    return sqlite3.connect(
        target, check_same_thread=False, isolation_level=None, timeout=_WAIT_S, uri=target.startswith("file:")
    )


def format_of(db: sqlite3.Connection) -> str:
    """Return the format of the tables; blank when they are not all there."""
    if not {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} >= _NAMES:
        return ""
    found = db.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    return str(found[0]) if found else ""


def _made(db: sqlite3.Connection) -> None:
    """Make the tables; what else is there is no index of this format.

    Raises:
        sqlite3.DatabaseError: There are other tables.
    """
    with _begun(db, "IMMEDIATE"):
        if format_of(db) == FORMAT:
            return  # another process was faster
        if db.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise sqlite3.DatabaseError("an index of another format")
        for statement in _TABLES.strip().split(";\n"):
            db.execute(statement)
        indexed(db)
        db.execute("INSERT INTO meta VALUES('format', ?)", (FORMAT,))


def indexed(db: sqlite3.Connection) -> None:
    """Make the indexes of the tables that are missing."""
    for name, columns in _INDEXES.items():
        db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


def unindexed(db: sqlite3.Connection) -> None:
    """Drop the indexes of the tables: filling empty ones is quicker without. The caller makes them again."""
    for name in _INDEXES:
        db.execute(f"DROP INDEX IF EXISTS {name}")


@contextmanager
def _begun(db: sqlite3.Connection, how: str) -> Iterator[None]:
    db.execute(f"BEGIN {how}")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
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
