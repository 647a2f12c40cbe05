"""The file of rejected rows: their cells as they stood, with the reasons in front; corrected, it is loaded again."""

import csv
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from ingest.header import CORRECTION_COLUMNS
from ingest.rejections import Rejection

_NAME = re.compile(r"\.rejected(?:-\d+)?\.csv$", re.IGNORECASE)
# What a spreadsheet program would run as a formula (OWASP, CSV injection), with the quotes put before it earlier.
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


class CorrectionFile:
    """The rejected rows of one file, written as they come; the file appears when it is `finished`."""

    def __init__(self, source: Path, header: tuple[str, ...]) -> None:
        self.count = 0
        self._source = source
        self._header = header
        self._temporary: Path | None = None

    @contextmanager
    def open(self) -> Iterator["CorrectionFile"]:
        """Keep a temporary file beside the source for the block; nothing is left of it afterwards."""
        with NamedTemporaryFile(
            "w", dir=self._source.parent, prefix=".rejected-", suffix=".tmp", encoding="utf-8-sig", newline="", delete=False
        ) as stream:
            self._temporary = Path(stream.name)
            self._stream = stream
            self._writer = csv.writer(stream)
            self._writer.writerow([*CORRECTION_COLUMNS, *self._header])
            try:
                yield self
            finally:
                stream.close()
                self._temporary.unlink(missing_ok=True)

    def add(self, cells: Sequence[str], rejection: Rejection) -> None:
        """Write one row with the reason why it was not taken."""
        told = (str(rejection.line), rejection.column, rejection.reason, rejection.fix)
        self._writer.writerow([harmless(cell) for cell in (*told, *cells)])
        self.count += 1

    def finished(self) -> Path:
        """Put the file in its place and return where: beside the source, over no other file."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        assert self._temporary is not None, "a correction file is finished while it is open"
        written = self._temporary.read_bytes()
        for place in _places(self._source):
            if not place.exists() or place.read_bytes() == written:
                self._temporary.replace(place)
                return place
        raise AssertionError("there is always another name")


def _places(source: Path) -> Iterator[Path]:
    stem = _NAME.sub("", source.name)
    yield source.with_name(f"{stem}.rejected.csv")
    number = 2
    while True:
        yield source.with_name(f"{stem}.rejected-{number}.csv")
        number += 1
