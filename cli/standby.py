"""A read by the standby that an earlier one left behind; and leaving one."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import iga
from iga.cli.command_line import CommandLine, printed
from iga.cli.console import Console
from iga.graph.domain.marking import Marking
from iga.graph.local_sockets import HAS_SOCKETS, answered
from iga.graph.settings import EMBEDDED, Settings

if TYPE_CHECKING:
    import subprocess

READS = frozenset({"ask", "find", "show", "why", "today", "memo", "sources", "status", "mcp"})
"""Commands that a standby runs."""

_ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = tuple(_ROOT / room for room in ("graph", "queries", "exports", "cli"))
_THIS_PROCESS = ("/dev/", "/proc/")  # paths that mean something else in another process


def may_stand(arguments: Sequence[str], settings: Settings, environ: Mapping[str, str]) -> bool:
    """True if a standby may run a command line, and be left behind by it."""
    command = next((word for word in arguments if not word.startswith("-")), "")
    return (
        HAS_SOCKETS
        and command in READS
        and not is_door(arguments)
        and environ.get("IGA_STANDBY") != "off"
        and settings.embedded_path is not None
        and "://" not in settings.ledger
        and settings.fixed_at is None
        and not {"-h", "--help"} & set(arguments)
        and not any(sign in word for word in arguments for sign in _THIS_PROCESS)
    )


def is_door(arguments: Sequence[str]) -> bool:
    """True if a command line is the door for assistants itself, which reads our standard input, and no call."""
    return list(arguments[:1]) == ["mcp"] and "--call" not in arguments


def by_standby(arguments: Sequence[str], console: Console, settings: Settings) -> int | None:
    """Run a command line in the standby, print what it printed, and return its exit code; None where none takes it."""
    if not settings.standby.exists():
        return None
    line = CommandLine.typed(arguments, console, settings)
    reply = answered(settings.standby, {"stands_for": stands_for(settings), "line": asdict(line)})
    return printed(reply, console) if reply else None


def leave(settings: Settings) -> "subprocess.Popen[bytes] | None":
    """Leave a standby behind, and return its process; None where the system refuses. It ends after ten idle minutes."""
    settings = absolute(settings)
    import subprocess  # here, because what a standby runs needs none

    from iga.graph.stores.embedded_engine import environ_given

    places = {"IGA_STORE": settings.store, "IGA_LEDGER": settings.ledger, "IGA_HOME": str(settings.folder)}
    none = subprocess.DEVNULL
    with suppress(OSError):
        return subprocess.Popen(
            [sys.executable, "-m", "iga.cli.standing_by"],
            env={**environ_given(), **places, "IGA_CEILING": Marking.SENSITIVE.word},
            cwd=Path(iga.__file__).resolve().parent.parent,
            stdin=none,
            stdout=none,
            stderr=none,
            start_new_session=True,
        )
    return None


def absolute(settings: Settings) -> Settings:
    """Return settings whose places are the same from any folder."""
    path = settings.embedded_path
    assert path is not None
    ledger, folder = Path(settings.ledger).absolute(), settings.folder.absolute()
    return replace(settings, store=f"{EMBEDDED}{path.absolute()}", ledger=str(ledger), folder=folder)


def stands_for(settings: Settings) -> list[str]:
    """Return all but the reader that an answer depends on: the places, whose program it is, its version."""
    here = absolute(settings)
    return [here.store, here.ledger, str(here.folder), repr(here.home), sys.prefix, sys.version, *_stamps()]


def _stamps() -> Iterator[str]:
    """Give the newest instant in each folder of the program: an answer is never that of another version."""
    folders = list(_PROGRAM)
    while folders:
        folder = folders.pop()
        newest = 0
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders += [Path(entry)] if entry.name != "__pycache__" else []
                else:
                    newest = max(newest, entry.stat().st_mtime_ns)
        yield f"{folder} {newest}"
