"""The writer lock: one writer at a time, and whoever waits in vain is told who it is."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from iga.graph.errors import LedgerLocked, refused
from iga.graph.private import FILE, make_file

# Any number will do that no other program takes on the same PostgreSQL database: the letters "iga-grap".
_ADVISORY_KEY = int.from_bytes(b"iga-grap", "big")

LOCK_NOT_AVAILABLE = "55P03"
"""What PostgreSQL says where a lock was waited for in vain."""


class LockHolder(msgspec.Struct, frozen=True):
    """Who holds the lock: process, machine, what it does, since which instant."""

    pid: int
    host: str
    who: str
    since: str


def this_process(who: str, *, since: str) -> LockHolder:
    """Return this process as a holder."""
    return LockHolder(os.getpid(), socket.gethostname(), who, since)


@contextmanager
def held_by_file(ledger: Path, holder: LockHolder, *, wait_s: float) -> Iterator[None]:
    """Hold the lock file beside a SQLite ledger, with a JSON file that names the holder.

    Raises:
        LedgerLocked: Another writer kept it for `wait_s` seconds.
        SystemRefused: The lock file cannot be made.
    """
    note = ledger.with_name(f"{ledger.name}.writer.json")
    # A lock of its own each time: threads of one process then exclude each other as processes do.
    lock = FileLock(ledger.with_name(f"{ledger.name}.lock"), mode=FILE, thread_local=False)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise _locked(str(ledger), _holder_in(note), wait_s) from None
    except OSError as error:
        raise refused(f"the lock {lock.lock_file}, without which the ledger is not written,", error) from error
    try:
        _write_note(note, holder)
        yield
    finally:
        # The note is a courtesy: the lock, not the note, keeps others out.
        with suppress(OSError):
            note.unlink()
        lock.release()


def _write_note(note: Path, holder: LockHolder) -> None:
    fresh = note.with_name(f"{note.name}.new")
    # On Windows the note cannot be replaced while a waiting process reads it.
    with suppress(OSError):
        make_file(fresh)
        fresh.write_bytes(msgspec.json.encode(holder))
        fresh.replace(note)


def _holder_in(note: Path) -> LockHolder | None:
    try:
        return msgspec.json.decode(note.read_bytes(), type=LockHolder)
    except (OSError, msgspec.MsgspecError):
        return None


@contextmanager
def held_by_server(engine: Engine, holder: LockHolder, *, name: str, wait_s: float) -> Iterator[None]:
    """Hold PostgreSQL's advisory lock in a session of its own, which carries the holder's name.

    Raises:
        LedgerLocked: Another session kept it for `wait_s` seconds.
    """
    with engine.connect() as session:
        # Closed for good afterwards instead of pooled: whatever happens, the session's end frees the lock.
        session.detach()
        label = f"{holder.who[:30]} {holder.pid} {holder.host[:20]}"
        session.execute(text("SELECT set_config('application_name', :label, false)"), {"label": label})
        wait_ms = str(max(1, int(wait_s * 1000)))
        session.execute(text("SELECT set_config('lock_timeout', :wait_ms, false)"), {"wait_ms": wait_ms})
        session.commit()
        try:
            session.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_KEY})
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            session.rollback()
            raise _locked(name, _holder_on_server(session), wait_s) from None
        session.commit()
        yield


def _holder_on_server(session: Connection) -> LockHolder | None:
    holder = session.execute(
        text(
            "SELECT a.pid, a.application_name, coalesce(a.client_addr::text, 'the server'),"
            " coalesce(a.backend_start::text, 'a time that only its own account sees')"
            " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
            " WHERE l.locktype = 'advisory' AND l.granted"
            " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND (l.classid::bigint << 32 | l.objid::bigint) = :key"
        ),
        {"key": _ADVISORY_KEY},
    ).first()
    return LockHolder(holder[0], holder[2], holder[1], holder[3]) if holder else None


def _locked(name: str, holder: LockHolder | None, wait_s: float) -> LedgerLocked:
    by = (
        f"{holder.who!r} (process {holder.pid} on {holder.host}, since {holder.since})" if holder else "another program"
    )
    return LedgerLocked(f"the ledger {name} is being written by {by}; waited {wait_s:g} s: try again when it has ended")
