"""Puts finished files in place: whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from graph.errors import UsageError


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, replacing a file that is there.

    The bytes go to a file beside it, reach the disk, and take the name in one step: nobody ever sees a half.

    Raises:
        UsageError: The place is a folder or a device, its folder is missing, or the system refuses.
    """
    target = path.resolve()
    _refuse_what_is_no_file(target, path)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        _write_through(part, content)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UsageError(
            f"{path} cannot be written: {error.strerror or error}. "
            "Close it if it is open in another program, free some space, or choose another place with -o."
        ) from error


def write_new_file(path: Path, content: bytes, *, replaces: bool) -> None:
    """Put `content` at `path`, where no file is unless it may be replaced.

    Raises:
        UsageError: There is a file, or as for `write_file`.
    """
    if path.exists() and not replaces:
        raise UsageError(f"{path} is there already and is left alone; choose another name with -o, or say --replace")
    write_file(path, content)


def _refuse_what_is_no_file(target: Path, path: Path) -> None:
    if target.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it, such as {path / 'memo.docx'}")
    if target.exists() and not target.is_file():
        raise UsageError(f"{path} is not an ordinary file and is left alone; name a file")
    if not target.parent.is_dir():
        raise UsageError(f"{path} cannot be written: there is no folder {path.parent}; make it or choose another place")


def _write_through(part: Path, content: bytes) -> None:
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
