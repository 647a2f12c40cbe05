"""Puts finished files in place: whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from graph.errors import UsageError
from graph.private import opener


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, replacing a file that is there.

    The bytes go to a file beside it, reach the disk, and take the name in one step: nobody ever sees a half.

    Raises:
        UsageError: The place is a folder, a device or a link, its folder is missing, or the system refuses.
    """
    with being_written(path) as file:
        file.write(content)


@contextmanager
def being_written(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write into and read from, which takes the name `path` when the block ends.

    It lies beside it until then, and is gone without a trace if the block raises.

    Raises:
        UsageError: As for `write_file`.
    """
    target = path.parent.resolve() / path.name
    _refuse_what_is_no_file(target, path)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "x+b", opener=opener) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror or error}. "
            "Close it if it is open in another program, free some space, or choose another place with -o."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_new_file(path: Path, content: bytes, *, replaces: bool) -> None:
    """Put `content` at `path`, where no file is unless it may be replaced.

    Raises:
        UsageError: There is a file, or as for `write_file`.
    """
    refuse_what_is_there(path, replaces=replaces)
    write_file(path, content)


def refuse_what_is_there(path: Path, *, replaces: bool) -> None:
    """Refuse a name that a file has, unless it may be replaced.

    Raises:
        UsageError: There is a file.
    """
    if path.exists() and not replaces:
        raise UsageError(f"{path} is there already and is left alone; choose another name with -o, or say --replace")


def _refuse_what_is_no_file(target: Path, path: Path) -> None:
    if target.is_symlink():
        raise UsageError(f"{path} is a link, which is not followed; name the file itself, or remove the link")
    if target.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it, such as {path / 'memo.docx'}")
    if target.exists() and not target.is_file():
        raise UsageError(f"{path} is not an ordinary file and is left alone; name a file")
    if not target.parent.is_dir():
        raise UsageError(f"{path} cannot be written: there is no folder {path.parent}; make it or choose another place")
