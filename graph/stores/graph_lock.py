"""Who holds an embedded graph: one writer alone, or any number of readers, over all processes."""

import json
import os
import socket
import sqlite3
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from iga.graph.errors import StoreUnavailable, SystemRefused, refused
from iga.graph.private import make_file


class Holding:
    """The hold of this process on a folder, let go at `release` or with the process, however it ends.

    SQLite's own file lock stands for it: shared among readers, exclusive for a writer, the same on every
    system, and it waits. The engine itself would let a writer in beside readers.
    """

    def __init__(self, folder: Path, *, shared: bool, wait_s: float) -> None:
        """Wait for the hold.

        Raises:
            StoreUnavailable: Another process holds the folder and did not let go in time.
            SystemRefused: The lock cannot be made or used.
        """
        self._card = _card_of(folder)
        self._shared = shared
        try:
            self._lock = self._taken(folder, wait_s)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise SystemRefused(
                    f"the lock {_lock_of(folder)} cannot be used ({error}): it has to be an ordinary file that you may"
                    " read, and for what writes the graph write to; one that is in the way may be removed"
                ) from error
            raise StoreUnavailable(
                f"the graph at {folder} is {self._held_by()}; waited {wait_s:g} s for it. "
                "Wait until that is done, or end it, then try again"
            ) from error
        if not shared:
            with suppress(OSError):  # the lock keeps others out; the card only says who
                make_file(self._card)
                self._card.write_text(json.dumps(_own()), encoding="utf-8", newline="")

    def release(self) -> None:
        """Let others in."""
        if not self._shared:
            with suppress(OSError):
                self._card.unlink(missing_ok=True)
        self._lock.close()

    def _taken(self, folder: Path, wait_s: float) -> sqlite3.Connection:
        lock = _lock_of(folder)
        try:
            make_file(lock)
        except OSError as error:
            if not self._shared:
                raise refused(f"the lock {lock}, without which the graph is not written,", error) from error
            if not lock.exists():  # nobody here may make one
                return sqlite3.connect(":memory:", check_same_thread=False)
        connection = sqlite3.connect(lock, timeout=wait_s, isolation_level=None, check_same_thread=False)
        try:
            self._take(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
                raise
            os.truncate(lock, 0)  # nothing is kept in it
            return self._taken(folder, wait_s)
        return connection

    def _take(self, connection: sqlite3.Connection) -> None:
        if self._shared:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # reading takes the shared lock
        else:
            connection.execute("BEGIN EXCLUSIVE")

    def _held_by(self) -> str:
        try:
            card = json.loads(self._card.read_text(encoding="utf-8"))
            since = datetime.fromtimestamp(self._card.stat().st_mtime, UTC)
            who = f"process {card['pid']} on {card['host']} ({card['command']})"
        except (OSError, ValueError, KeyError, TypeError):  # readers leave no card
            return "being read by another process"
        return f"held by {who} since {since:%Y-%m-%d %H:%M:%S} UTC"


def writer_of(folder: Path) -> tuple[int, str] | None:
    """Return the process that holds a folder alone at this moment, and its command; None when nobody does."""
    try:
        Holding(folder, shared=True, wait_s=0).release()
    except StoreUnavailable:
        with suppress(OSError, ValueError, KeyError, TypeError):
            card = json.loads(_card_of(folder).read_text(encoding="utf-8"))
            return int(card["pid"]), str(card["command"])
    return None


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _card_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.holder.json")


def _own() -> dict[str, str]:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return {"pid": str(os.getpid()), "host": socket.gethostname(), "command": command[:200]}
