"""Standard input as a file: a load reads its files twice, and may run inside a server that has no such input."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

MARK = "-"
OPTION = "--standard-input"
_NAME = "standard-input"
_ZIP = b"PK\x03\x04"


@contextmanager
def spooled(arguments: Sequence[str], stream: BinaryIO | None = None) -> Iterator[list[str]]:
    """Give the words of a command line with standard input, where `load -` asks for it, in a temporary file.

    Args:
        arguments: The words after `iga`.
        stream: Where it is read from; None is this process's own.
    """
    words = list(arguments)
    if words[:1] != ["load"] or MARK not in words:
        yield words
        return
    with TemporaryDirectory(prefix="iga-") as folder:
        path = _written(stream or sys.stdin.buffer, Path(folder))
        yield [word for word in words if word != MARK] + [OPTION, str(path)]


def _written(stream: BinaryIO, folder: Path) -> Path:
    start = stream.read(len(_ZIP))
    path = folder / (f"{_NAME}.xlsx" if start == _ZIP else _NAME)
    with path.open("wb") as file:
        file.write(start)
        shutil.copyfileobj(stream, file)
    return path
