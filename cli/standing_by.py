"""The standby: runs the reads of its own account with the graph open, one at a time, until it is idle or in the way."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from iga.cli.command_line import CommandLine
from iga.cli.standby import stands_for
from iga.graph.errors import IgaError
from iga.graph.garbage_collection import seldom_collected
from iga.graph.local_sockets import listening
from iga.graph.private import account_at_the_other_end, keep_to_the_owner, make_folder
from iga.graph.settings import Settings, read_settings
from iga.graph.stores.opening import open_in_little_memory
from iga.graph.workspace import Workspace

IDLE_S = 600.0
"""How long it stands by without a read."""

_LOOK_S = 5.0
_REQUEST_S = 1.0
_BRIEFLY_S = 0.3


class Standby:
    """Takes requests in this thread and runs command lines in another, so that it can say at once that it is busy."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._settings = workspace.settings
        self._stands_for = stands_for(self._settings)
        self._ledger = _file(Path(self._settings.ledger))
        self._busy = threading.Lock()
        self._used_at = time.monotonic()
        self._is_wanted = True
        self.leaver: socket.socket | None = None
        make_folder(self._settings.standby)
        self._listening = listening(self._settings.standby)
        self._socket = _file(self._settings.standby / "socket")

    def stand(self) -> None:
        """Take requests until told to leave, idle for long, or the graph or the ledger is no longer what it was.

        Whoever told us keeps a connection, `leaver`, to be closed when the graph is let go of.
        """
        self._begin(self._warm)
        self._listening.settimeout(_LOOK_S)
        while self._is_wanted and self._is_needed():
            with suppress(TimeoutError):
                self._take(self._listening.accept()[0])
        self._listening.close()
        if _file(self._settings.standby / "socket") == self._socket:
            (self._settings.standby / "socket").unlink(missing_ok=True)
        self._busy.acquire()  # what runs is finished

    def _is_needed(self) -> bool:
        is_ours = _file(self._settings.standby / "socket") == self._socket
        return is_ours and self._is_as_it_was() and time.monotonic() - self._used_at < IDLE_S

    def _is_as_it_was(self) -> bool:
        return _file(Path(self._settings.ledger)) == self._ledger and self._workspace.views.are_whole()

    def _take(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            if self._is_taken(connection):
                return
        connection.close()

    def _is_taken(self, connection: socket.socket) -> bool:
        """Do what a connection asks for; say whether it is kept open.

        Raises:
            OSError, ValueError, KeyError, TypeError: It says nothing, or nothing that is a request.
        """
        connection.settimeout(_REQUEST_S)
        if account_at_the_other_end(connection) != os.getuid():
            return False
        with connection.makefile("rb") as lines:
            request = json.loads(lines.readline())
        if "leave" in request:
            self._is_wanted, self.leaver = False, connection
            return True
        line = CommandLine(**request["line"])
        if request["stands_for"] != self._stands_for or not self._is_as_it_was():
            self._is_wanted = False
            return False
        return self._begin(lambda: self._reply(connection, line))

    def _begin(self, work: Callable[[], None]) -> bool:
        """Begin to work in another thread; say whether nothing else is running."""
        if not self._busy.acquire(timeout=_BRIEFLY_S):
            return False

        def worked() -> None:
            try:
                work()
            finally:
                self._used_at = time.monotonic()
                self._busy.release()

        threading.Thread(target=worked, daemon=True).start()
        return True

    def _reply(self, connection: socket.socket, line: CommandLine) -> None:
        with connection, suppress(OSError):  # whoever asked may be gone
            connection.sendall(b"taken\n")
            connection.settimeout(None)
            reply: dict[str, Any] = line.run(lambda *_: self._workspace, door="command line")
            connection.sendall(json.dumps(reply).encode() + b"\n")

    def _warm(self) -> None:
        """Import what answers need and open the graph, before somebody waits for it."""
        import iga.cli.ask  # noqa: F401
        from iga.queries.registry import QUESTIONS

        with suppress(IgaError), self._workspace.reading():
            for _ in QUESTIONS.values():
                pass


def _file(path: Path) -> tuple[int, int] | None:
    """Return which file is at a path, by its device and number; None where there is none."""
    with suppress(OSError):
        there = path.stat()
        return there.st_dev, there.st_ino
    return None


def stand_by(settings: Settings) -> None:
    """Stand by for some settings until it is time to leave; whoever asked for that is told when nothing is held."""
    open_in_little_memory(to_answer=True)
    with seldom_collected(), Workspace(settings, clock=settings.clock) as workspace:
        standby = Standby(workspace)
        with workspace.kept_open(for_reads=True):
            standby.stand()
    if standby.leaver:
        standby.leaver.close()


if __name__ == "__main__":
    keep_to_the_owner()
    stand_by(replace(read_settings(os.environ), role="", purpose=""))
