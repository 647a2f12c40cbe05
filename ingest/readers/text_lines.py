"""Read a text line by line, however long a line is: memory stays flat, and each line keeps its number."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from graph.errors import FileRefused
from ingest.readers.table import Progress
from ingest.readers.text_file import opened, text_file

_LINES_BETWEEN_REPORTS = 2_000


class TextLine(NamedTuple):
    """One physical line.

    Attributes:
        number: From 1.
        text: Without its line end; only its beginning when it is cut.
        is_cut: Whether it is longer than the reader keeps.
    """

    number: int
    text: str
    is_cut: bool = False


@contextmanager
def text_lines(
    path: Path, *, longest: int, progress: Progress | None = None
) -> Iterator[tuple[Iterator[TextLine], str]]:
    """Open a text and give its lines, with a sentence on its encoding.

    Args:
        path: The file.
        longest: Most characters of a line that are kept.
        progress: Is told how much is read.

    Raises:
        FileRefused: There is no such file, or it is no text.
    """
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file; check the name")
    encoding = text_file(path, encoding=None).encoding
    with opened(path) as raw, TextIOWrapper(raw, encoding=encoding, newline=None) as stream:
        size = path.stat().st_size
        report = (lambda: progress(raw.tell(), size)) if progress else None
        yield _lines(stream, longest, report), f"{path.name}: read as {encoding} (detected)"


def _lines(stream: TextIOWrapper, longest: int, report: Callable[[], None] | None) -> Iterator[TextLine]:
    number = 0
    while text := stream.readline(longest + 1):
        number += 1
        is_cut = len(text) > longest and not text.endswith("\n")
        rest = text
        while is_cut and rest and not rest.endswith("\n"):
            rest = stream.readline(longest + 1)
        yield TextLine(number, text.removesuffix("\n")[:longest], is_cut)
        if report and number % _LINES_BETWEEN_REPORTS == 0:
            report()
