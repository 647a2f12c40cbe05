"""Files and folders that only their owner reads; on Windows the rights of the folder above hold instead."""

import os
import socket
import stat
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
_OTHERS = 0o077


def keep_to_the_owner() -> None:
    """Let nobody else read what this process makes from now on, whatever library makes it."""
    os.umask(_OTHERS)


def make_folder(path: Path) -> None:
    """Make a folder where there is none, with those above it.

    Raises:
        OSError: The system refuses.
    """
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=FOLDER, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file where there is none: what opens it next would make one for everybody to read.

    SQLite gives the files beside a database the rights of the database itself. A file that is there is not opened:
    closing it would let go of every lock that this process has on it.

    Raises:
        OSError: The system refuses.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))


def opener(path: str, flags: int) -> int:
    """Open a file for `open(…, opener=…)`: a new one is made, its owner's; a link in its place is not followed."""
    return os.open(path, flags | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), FILE)


def keep_on_disk(path: Path) -> None:
    """Wait until what was written into a file, or which files were made in a folder, would outlast a loss of power.

    Raises:
        OSError: The disk refuses.
    """
    if path.is_dir() and os.name != "posix":  # Windows has no such thing for folders
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def account_at_the_other_end(connection: socket.socket) -> int:
    """Return whose process is at the other end of a Unix socket: its account's number, as the system knows it.

    Raises:
        OSError: The other end is gone.
    """
    if by_linux := getattr(socket, "SO_PEERCRED", 0):
        return int(struct.unpack("iII", connection.getsockopt(socket.SOL_SOCKET, by_linux, 12))[1])
    return int(struct.unpack("II", connection.getsockopt(0, 1, 8))[1])  # LOCAL_PEERCRED of macOS and the BSDs


def open_to_others(paths: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    """Give those files and folders that others may read, write or enter, each with its mode."""
    for path in paths if os.name == "posix" else ():
        if path.exists() and (mode := stat.S_IMODE(path.stat().st_mode)) & _OTHERS:
            yield path, mode


def close_to_others(path: Path) -> None:
    """Take from everybody but the owner what rights they have to a file, or to a folder and all in it.

    Raises:
        OSError: It belongs to somebody else.
    """
    inside = path.rglob("*") if path.is_dir() else ()
    for part in (path, *inside):
        if not part.is_symlink():
            part.chmod(stat.S_IMODE(part.stat().st_mode) & ~_OTHERS)
