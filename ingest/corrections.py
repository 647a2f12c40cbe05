"""The file of rejected rows: their cells as they stood, the reasons in front; corrected, it is loaded again."""

import csv
import filecmp
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Self

from graph.errors import FileRefused
from ingest.header import CORRECTION_COLUMNS
from ingest.rejections import Rejection

_NAME = re.compile(r"\.rejected(?:-\d+)?\.csv$", re.IGNORECASE)
# What a spreadsheet program would run as a formula (OWASP, CSV injection), after quotes put before it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+", re.ASCII)


def is_correction_name(name: str) -> bool:
    """Say whether a file is named as correction files are."""
    return _NAME.search(name) is not None


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula; `as_it_was` undoes it."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def as_it_was(cell: str) -> str:
    """Return the cell that `harmless` was given."""
    return cell[1:] if _QUOTED.match(cell) else cell


class CorrectionFiles:
    """The rejected rows of the files of one load, written as they come; gone unless finished."""

    def __init__(self, folder: Path | None = None) -> None:
        """Write nothing yet; `folder` is where the files go, None puts each beside its source."""
        self._folder = folder
        self._open: dict[Path, tuple[IO[str], Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream, _writer in self._open.values():
            stream.close()
            Path(stream.name).unlink(missing_ok=True)

    def add(self, source: Path, header: Sequence[str], cells: Sequence[str], rejection: Rejection) -> None:
        """Write one row of a file with the reason why it was not taken.

        Raises:
            FileRefused: Nothing can be written beside the file.
        """
        if source not in self._open:
            self._open[source] = _started(self._place(source), header)
        told = (str(rejection.line), rejection.column, rejection.reason, rejection.fix)
        self._open[source][1].writerow([harmless(cell) for cell in (*told, *cells)])

    def finished(self) -> tuple[Path, ...]:
        """Put each file in its place and return where: beside its source, over no other file."""
        return tuple(_placed(self._place(source), stream) for source, (stream, _writer) in self._open.items())

    def _place(self, source: Path) -> Path:
        return self._folder / source.name if self._folder else source


def _started(source: Path, header: Sequence[str]) -> tuple[IO[str], Any]:
    try:
        stream = NamedTemporaryFile(  # noqa: SIM115  (closed by the block of the load)
            "w",
            dir=source.parent,
            prefix=".rejected-",
            suffix=".tmp",
            encoding="utf-8-sig",
            newline="",
            delete=False,
        )
    except OSError as error:
        raise FileRefused(
            f"{source.parent}: the rejected rows of {source.name} cannot be written there ({error.strerror});"
            " copy the file to a folder of yours and load it from there"
        ) from error
    writer = csv.writer(stream)
    writer.writerow([*CORRECTION_COLUMNS, *header])
    return stream, writer


def _placed(source: Path, stream: IO[str]) -> Path:
    stream.flush()
    os.fsync(stream.fileno())
    stream.close()
    written = Path(stream.name)
    for place in _places(source):
        if not place.exists():
            written.replace(place)
            return place
        if filecmp.cmp(place, written, shallow=False):
            return place
    raise AssertionError("there is always another name")


def _places(source: Path) -> Iterator[Path]:
    stem = _NAME.sub("", source.name)
    yield source.with_name(f"{stem}.rejected.csv")
    number = 2
    while True:
        yield source.with_name(f"{stem}.rejected-{number}.csv")
        number += 1
