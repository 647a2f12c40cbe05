"""Puts finished files in place: whole or not at all, and never over what somebody worked on."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from iga.graph.errors import SystemRefused, UsageError, reason_of
from iga.graph.private import opener

_SEAL = b"iga-sha256:"
_NO_DIGEST = b"0" * 64


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, replacing a file that is there.

    The bytes go to a file beside it, reach the disk, and take the name in one step: nobody ever sees a half.

    Raises:
        UsageError: The place is a folder, a device or a link, or its folder is missing.
        SystemRefused: There is no room, no right, or the disk fails; what was there is still there.
    """
    with being_written(path) as file:
        file.write(content)


@contextmanager
def being_written(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write into and read from, which takes the name `path` when the block ends.

    It lies beside it until then, and is gone without a trace if the block raises.

    Raises:
        UsageError, SystemRefused: As for `write_file`.
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
        held = " Close it if it is open in another program." if isinstance(error, PermissionError) else ""
        raise SystemRefused(f"{path} cannot be written ({reason_of(error)}).{held}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_new_file(path: Path, content: bytes, *, force: bool) -> Path:
    """Put `content` at `path`, or beside what is there already, unless that is forced; return where it lies.

    Raises:
        UsageError, SystemRefused: As for `write_file`.
    """
    place = free_place(path, is_free=lambda known: not known.exists() or is_unedited(known), force=force)
    write_file(place, content)
    return place


def free_place(path: Path, *, is_free: Callable[[Path], bool], force: bool) -> Path:
    """Return `path`, else the first name like ``ghana-2.docx`` that is free: what somebody worked on is left alone.

    Raises:
        UsageError: What has the name is no file.
    """
    _refuse_what_is_no_file(path.parent.resolve() / path.name, path)
    if force or is_free(path):
        return path
    others = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(other for other in others if is_free(other))


def sealed(content: bytes, *, ending: str) -> bytes:
    """Return a file with the digest of all the rest of it at its end, in a comment of its format.

    A word processor that saves it drops the comment or breaks the digest, so `is_unedited` tells a draft from our own.
    """
    seal = _SEAL + _NO_DIGEST
    if ending in ("docx", "xlsx"):
        blank = content[:-2] + len(seal).to_bytes(2, "little") + seal  # the comment of a zip archive, after its length
    else:
        before, after = (b"\n%", b"\n") if ending == "pdf" else (b"<!-- ", b" -->\n")
        blank = content + before + seal + after
    return blank.replace(seal, _SEAL + _digest_of(blank))


def is_unedited(path: Path) -> bool:
    """True if a file is as this program sealed it."""
    content = path.read_bytes()
    place = content.rfind(_SEAL) + len(_SEAL)
    digest = content[place : place + len(_NO_DIGEST)]
    blank = content[:place] + _NO_DIGEST + content[place + len(digest) :]
    return place >= len(_SEAL) and digest == _digest_of(blank)


def _digest_of(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode("ascii")


def _refuse_what_is_no_file(target: Path, path: Path) -> None:
    if target.is_symlink():
        raise UsageError(f"{path} is a link, which is not followed; name the file itself, or remove the link")
    if target.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it, such as {path / 'memo.docx'}")
    if target.exists() and not target.is_file():
        raise UsageError(f"{path} is not an ordinary file and is left alone; name a file")
    if not target.parent.is_dir():
        raise UsageError(f"{path} cannot be written: there is no folder {path.parent}; make it or choose another place")
