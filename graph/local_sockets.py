"""Unix sockets in a folder that only its owner enters; each side asks the system whose process the other is."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from iga.graph.errors import Denied, IgaError, StoreUnavailable
from iga.graph.private import account_at_the_other_end, open_to_others
from iga.graph.rollback import undone_by

HAS_SOCKETS = os.name == "posix"
_NAME = "socket"
_AT_DESCRIPTOR = Path("/proc/self/fd")


@contextmanager
def socket_of(folder: Path) -> Iterator[str]:
    """Give the address of the socket in a folder, while it is looked at or connected to; it may be deep in folders.

    Raises:
        Denied: Others may enter the folder, or it is not ours.
        OSError: There is no such folder.
    """
    if not HAS_SOCKETS:
        yield ""
        return
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(held).st_uid != os.getuid() or list(open_to_others([folder])):
            raise Denied(f"{folder} is open to other accounts of this machine: iga doctor --fix closes it")
        # The name of a socket has some 100 characters at most; that of an open folder is always short.
        yield str((_AT_DESCRIPTOR / str(held) if _AT_DESCRIPTOR.exists() else folder) / _NAME)
    finally:
        os.close(held)


def listening(folder: Path) -> socket.socket:
    """Return a socket in a folder, listening, in the place of one that was left there.

    Raises:
        Denied: Others may enter the folder, or it is not ours.
        OSError: There can be none.
    """
    made = socket.socket(socket.AF_UNIX)
    with undone_by(made.close):
        with socket_of(folder) as address:
            Path(address).unlink(missing_ok=True)
            made.bind(address)
            Path(address).chmod(0o600)
        made.listen()
    return made


def connected(folder: Path) -> socket.socket:
    """Return a connection to whoever listens in a folder.

    Raises:
        StoreUnavailable: It is another account's process.
        Denied: Others may enter the folder, or it is not ours.
        OSError: Nobody listens.
    """
    made = socket.socket(socket.AF_UNIX)
    with undone_by(made.close):
        with socket_of(folder) as address:
            made.connect(address)
        if account_at_the_other_end(made) != os.getuid():
            raise StoreUnavailable(f"what listens at {folder} is another account's: nothing was sent to it")
    return made


_AT_ONCE_S = 1.0


def answered(folder: Path, request: dict[str, Any]) -> dict[str, Any] | None:
    """Return the reply of the standby that listens in a folder; None where none takes the request at once."""
    with suppress(OSError, ValueError, IgaError), closing(connected(folder)) as connection:
        connection.settimeout(_AT_ONCE_S)
        connection.sendall(json.dumps(request).encode() + b"\n")
        with connection.makefile("rb") as replies:
            if replies.readline() == b"taken\n":
                connection.settimeout(None)
                reply: dict[str, Any] = json.loads(replies.readline())
                return reply
    return None


def dismissed(folder: Path, *, wait_s: float) -> None:
    """Have the standby that listens in a folder let go of the graph and end, if there is one; wait that long for it."""
    if not folder.exists():
        return
    with suppress(OSError, IgaError), closing(connected(folder)) as connection:
        connection.settimeout(wait_s)
        connection.sendall(json.dumps({"leave": os.getpid()}).encode() + b"\n")
        connection.recv(1)  # nothing comes: its end closes the connection
