"""The way to a standby: a process that a read left behind, which holds the graph open for the next reads.

It runs one command line at a time and lets go for whoever writes. See docs/decisions/0068-a-read-leaves-a-standby.md.
"""

import json
import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from iga.graph.errors import IgaError
from iga.graph.local_sockets import connected

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
