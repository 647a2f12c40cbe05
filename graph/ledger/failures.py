"""The ledger's own errors in place of the database's."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as WaitedInVain

from iga.graph.errors import LedgerDamaged, LedgerError, LedgerLocked, LedgerRefused

RESTORED = "iga restore DUMP --mend puts it back from a dump (on a server: iga restore DUMP into an empty database)"
REMEDY = f"iga verify-ledger names all that is damaged, and {RESTORED}"
PASSWORD_FILE = "IGA_LEDGER_PASSWORD_FILE"
_NO_RIGHT = "42501"
_SENTENCES: dict[str, tuple[type[LedgerError], str]] = {
    "SQLITE_BUSY": (LedgerLocked, "is being written by another program: run the command again when it has ended"),
    "SQLITE_LOCKED": (LedgerLocked, "is being written by another program: run the command again when it has ended"),
    "SQLITE_NOTADB": (LedgerRefused, "is not a ledger: name another file with --ledger or IGA_LEDGER"),
    "SQLITE_CANTOPEN": (
        LedgerRefused,
        "cannot be opened: check that its folder exists, that you may read and write there, that its path is short",
    ),
    "SQLITE_PERM": (LedgerError, "may not be read: ask for access to the file"),
    "SQLITE_READONLY": (LedgerError, "may not be written to: ask for write access to the file and its folder"),
    "SQLITE_FULL": (LedgerError, "has no room left on its disk: free some space and run the command again"),
    "SQLITE_IOERR": (  # also what SQLite says where no file may be that large
        LedgerError,
        "could not be read from or written to its disk: check the disk or network share, its room, and what files may"
        " hold at most (ulimit -f), then run the command again",
    ),
    "SQLITE_CORRUPT": (LedgerDamaged, f"is damaged: {REMEDY}"),
}

_FULL = "allows no more connections: ask again, or raise its limit (max_connections)"
_AT_THE_DOOR: dict[str, tuple[type[LedgerError], str]] = {
    "no password supplied": (
        LedgerError,
        f"asks for a password: write it into a file, and its path into {PASSWORD_FILE}",
    ),
    "authentication failed": (LedgerError, f"refuses the user or the password: check both ({PASSWORD_FILE})"),
    "does not support SSL": (LedgerError, "speaks no TLS: turn it on there (ssl = on), or ask for none (sslmode)"),
    "root certificate": (
        LedgerError,
        "is not trusted without the file of who signed its certificate: sslrootcert=FILE",
    ),
    "certificate verify failed": (
        LedgerError,
        "is not trusted: name the file of who signed its certificate, sslrootcert=FILE",
    ),
    "does not match host name": (LedgerError, "shows the certificate of another name: write that name as its host"),
    "no pg_hba.conf entry": (
        LedgerError,
        "lets nobody in like this: ask for TLS (sslmode=verify-full), or see its pg_hba.conf",
    ),
    "too many": (LedgerLocked, _FULL),
    "slots": (LedgerLocked, _FULL),
    "does not exist": (LedgerRefused, "is not there: make it (CREATE DATABASE), or name another"),
}
"""What PostgreSQL says to who is not let in, which carries no code."""


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn errors of the database that happen in the block into ours.

    Raises:
        LedgerError: The database failed; the message says how and what to do.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _ours(name, error) from error
    except UnicodeDecodeError as error:  # SQLite's own words for it hold bytes of the damaged page
        raise LedgerDamaged(f"the ledger {name} is damaged: {REMEDY}") from error


def _ours(name: str, error: SQLAlchemyError | sqlite3.Error) -> LedgerError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = str(getattr(cause, "sqlite_errorname", ""))
    if "decode to UTF-8" in str(cause):  # the driver's own, without a code: a text is none any more
        code = "SQLITE_CORRUPT"
    for start, (kind, sentence) in _SENTENCES.items():
        if code.startswith(start):
            return kind(f"the ledger {name} {sentence}")
    reason = (str(cause).strip().splitlines() or [type(cause).__name__])[0]
    if isinstance(error, WaitedInVain):
        return LedgerLocked(f"the ledger {name} is asked as much at once as it may be: ask again in a moment")
    state = getattr(cause, "sqlstate", None)
    if state == _NO_RIGHT:
        return LedgerError(
            f"the ledger {name} allows this account less than that ({reason}): docs/postgresql-rights.sql"
        )
    # Without a state of its own, the error is not the server's but that of the way to it.
    if isinstance(error, OperationalError) and not (code or state):
        words = reason.rpartition("failed: ")[2]
        for part, (kind, sentence) in _AT_THE_DOOR.items():
            if part in words:
                return kind(f"the ledger {name} {sentence}; it says: {words}")
        remedy = "check the address, that its server runs and that it does not hang"
        return LedgerError(f"the ledger {name} cannot be reached ({reason}): {remedy}")
    return LedgerError(f"the ledger {name} failed: {reason}; nothing of this run was kept, run it again")
