"""Who holds an embedded graph: one writer alone, or any number of readers, over all processes."""

import json
import os
import socket
import sqlite3
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.private import make_file


class Holding:
    """The hold of this process on a folder, let go at `release` or with the process, however it ends.

    SQLite's own file lock stands for it: shared among readers, exclusive for a writer, the same on every
    system, and it waits. The engine itself would let a writer in beside readers.
    """

    def __init__(self, folder: Path, *, shared: bool, wait_s: float) -> None:
        """Wait for the hold.

        Raises:
            StoreUnavailable: Another process holds the folder and did not let go in time.
        """
        self._card = _card_of(folder)
        self._shared = shared
        lock = folder.with_name(f"{folder.name}.lock")
        with suppress(OSError):  # SQLite says better what is wrong there
            make_file(lock)
        self._lock = sqlite3.connect(lock, timeout=wait_s, isolation_level=None, check_same_thread=False)
        try:
            self._take()
        except sqlite3.OperationalError as error:
            self._lock.close()
            raise StoreUnavailable(
                f"the graph at {folder} is {self._held_by()}; waited {wait_s:g} s for it. "
                "Wait until that is done, or end it, then try again"
            ) from error
        if not shared:
            make_file(self._card)
            self._card.write_text(json.dumps(_own()), encoding="utf-8", newline="")

    def release(self) -> None:
        """Let others in."""
        if not self._shared:
            self._card.unlink(missing_ok=True)
        self._lock.close()

    def _take(self) -> None:
        if not self._shared:
            self._lock.execute("BEGIN EXCLUSIVE")
            return
        self._lock.execute("BEGIN")
        self._lock.execute("SELECT count(*) FROM sqlite_master").fetchone()  # reading takes the shared lock

    def _held_by(self) -> str:
        try:
            card = json.loads(self._card.read_text(encoding="utf-8"))
            since = datetime.fromtimestamp(self._card.stat().st_mtime, UTC)
        except (OSError, ValueError):  # readers leave no card
            return "being read by another process"
        return (
            f"held by process {card['pid']} on {card['host']} ({card['command']}) since {since:%Y-%m-%d %H:%M:%S} UTC"
        )


def writer_of(folder: Path) -> int | None:
    """Return the process that holds a folder alone at this moment; None when nobody does."""
    try:
        Holding(folder, shared=True, wait_s=0).release()
    except StoreUnavailable:
        with suppress(OSError, ValueError, KeyError):
            return int(json.loads(_card_of(folder).read_text(encoding="utf-8"))["pid"])
    return None


def _card_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.holder.json")


def _own() -> dict[str, str]:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return {"pid": str(os.getpid()), "host": socket.gethostname(), "command": command[:200]}
