"""The files that a load leaves: rejected rows, to be corrected and loaded again; and cells that were not read."""

import csv
import filecmp
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Self

from iga.graph.errors import FileRefused
from iga.ingest.readers.file_table import with_letters
from iga.ingest.rejections import Rejection

CORRECTION_COLUMNS = ("_line", "_column", "_reason", "_fix")
"""The first columns of a correction file: they tell about the row and are not part of it."""

OWN_COLUMNS = (*CORRECTION_COLUMNS, "_source")
"""The same with the source that the rows are of, which files of earlier versions do not have."""

_HEADER_AND_ONE = 2
_NAME = re.compile(r"\.rejected(?:-\d+)?\.csv$", re.IGNORECASE)
_UNREAD_NAME = re.compile(r"\.could-not(?:-\d+)?\.csv$", re.IGNORECASE)
_UNREAD_COLUMNS = ("file", "row", "column", "value", "why it was not read", "what to write")
# What a spreadsheet program would run as a formula (OWASP, CSV injection), after quotes put before it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+", re.ASCII)


def is_correction(header: tuple[str, ...]) -> bool:
    """True if a file holds rows that were rejected, with the reasons in front."""
    return header[: len(CORRECTION_COLUMNS)] == CORRECTION_COLUMNS


def without_correction(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a file itself, where a correction file has its own in front."""
    if not is_correction(header):
        return header
    return header[len(OWN_COLUMNS if header[: len(OWN_COLUMNS)] == OWN_COLUMNS else CORRECTION_COLUMNS) :]


def source_of_rows(rows: Sequence[Sequence[str]]) -> str:
    """Return the source that the first rows of a correction file are of; blank for another file, or an old one."""
    if len(rows) < _HEADER_AND_ONE or tuple(rows[0][: len(OWN_COLUMNS)]) != OWN_COLUMNS:
        return ""
    return rows[1][len(CORRECTION_COLUMNS)]


def is_correction_name(name: str) -> bool:
    """True if a file is named as correction files are."""
    return _NAME.search(name) is not None


def is_written_by_loads(name: str) -> bool:
    """True if a file is named as those that a load leaves behind: they are no sources themselves."""
    return is_correction_name(name) or _UNREAD_NAME.search(name) is not None


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula; `as_it_was` undoes it."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def as_it_was(cell: str) -> str:
    """Return the cell that `harmless` was given."""
    return cell[1:] if _QUOTED.match(cell) else cell


class CorrectionFiles:
    """The rejected rows of the files of one load, written as they come; gone unless finished."""

    def __init__(self, folder: Path | None = None, *, source: str = "") -> None:
        """Write nothing yet; `folder` is where the files go, None puts each beside the file that it is of."""
        self._folder, self._source = folder, source
        self._open: dict[Path, tuple[IO[str], Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream, _writer in self._open.values():
            stream.close()
            Path(stream.name).unlink(missing_ok=True)

    def add(self, source: Path, header: Sequence[str], cells: Sequence[str], rejection: Rejection) -> None:
        """Write a rejected row with its reason; raises FileRefused where nothing can be written beside the file."""
        if source not in self._open:
            header = [*OWN_COLUMNS, *header]
            self._open[source] = _started(self._place(source), header, what=f"the rejected rows of {source.name}")
        # of a workbook of which several sheets are read, the sheet is told as well
        sheet = rejection.file.rpartition("!")[2] if "!" in rejection.file else ""
        line = f"{sheet}!{rejection.line}" if sheet else str(rejection.line)
        about = (line, rejection.column, rejection.reason, rejection.fix, self._source)
        self._open[source][1].writerow(_as_written((*about, *cells)))

    def finished(self) -> tuple[Path, ...]:
        """Put each file in its place and return where: beside its source, over no other file."""
        return tuple(_placed(self._place(source), stream) for source, (stream, _writer) in self._open.items())

    def listed(self, source: Path, unread: Sequence[Rejection]) -> Path:
        """Write the cells that were not read beside a file, as ``FILE.could-not.csv``, and return where.

        Raises:
            FileRefused: Nothing can be written beside the file.
        """
        stream, writer = _started(self._place(source), _UNREAD_COLUMNS, what="the cells that were not read")
        for cell in unread:
            about = (cell.file, str(cell.line), cell.column, cell.value, cell.reason, cell.fix)
            writer.writerow(_as_written(about))
        return _placed(self._place(source), stream, ending="could-not")

    def _place(self, source: Path) -> Path:
        return self._folder / source.name if self._folder else source


def _started(source: Path, header: Sequence[str], *, what: str) -> tuple[IO[str], Any]:
    try:
        stream = NamedTemporaryFile(  # noqa: SIM115  (closed by the block of the load)
            "w", dir=source.parent, prefix=".rejected-", suffix=".tmp", encoding="utf-8-sig", newline="", delete=False
        )
    except OSError as error:
        raise FileRefused(
            f"{source.parent}: {what} cannot be written there ({error.strerror});"
            " copy the file to a folder of yours and load it from there"
        ) from error
    writer = csv.writer(stream)
    writer.writerow(map(with_letters, header))
    return stream, writer


def _as_written(cells: Iterable[str]) -> list[str]:
    """Return cells as a file of corrections has them: no formula, and a letter for every byte that was none."""
    return [harmless(with_letters(cell)) for cell in cells]


def _placed(source: Path, stream: IO[str], *, ending: str = "rejected") -> Path:
    stream.flush()
    os.fsync(stream.fileno())
    stream.close()
    written = Path(stream.name)
    for place in _places(source, ending):
        if not place.exists():
            written.replace(place)
            return place
        if filecmp.cmp(place, written, shallow=False):
            written.unlink()
            return place
    raise AssertionError("there is always another name")


def _places(source: Path, ending: str) -> Iterator[Path]:
    stem = _NAME.sub("", source.name)
    yield source.with_name(f"{stem}.{ending}.csv")
    yield from (source.with_name(f"{stem}.{ending}-{number}.csv") for number in count(2))


def left_in(folder: Path, names: Iterable[str]) -> list[Path]:
    """Return the files that loads of files of some names left in a folder, or where these are below it, sorted."""
    places = {folder / _NAME.sub("", name) for name in names} | {
        folder / _NAME.sub("", Path(name).name) for name in names
    }
    beside = {parent: list(parent.iterdir()) for parent in {place.parent for place in places} if parent.is_dir()}
    return sorted(
        path
        for parent, paths in beside.items()
        for path in paths
        if is_written_by_loads(path.name) and parent / _UNREAD_NAME.sub("", _NAME.sub("", path.name)) in places
    )


def take_rows_out(path: Path, is_theirs: Callable[[Sequence[str]], bool]) -> int:
    """Take rows out of a file that a load left, and remove it where no row stays; return how many went.

    Raises:
        FileRefused: It is a link or is not as a load left it, or cannot be written.
    """
    try:
        if path.is_symlink():
            raise FileRefused(f"{path}: it is a link; nothing was taken out of it")
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        if not (is_correction(tuple(header)) or tuple(header) == _UNREAD_COLUMNS):
            raise FileRefused(f"{path}: it is not as a load left it; nothing was taken out of it")
        kept = [row for row in rows if not is_theirs(list(map(as_it_was, row)))]
        if not kept:
            path.unlink()
        elif len(kept) < len(rows):
            stream, writer = _started(path, header, what="the rows that stay")
            try:
                with stream:
                    writer.writerows(kept)
                Path(stream.name).replace(path)
            finally:
                Path(stream.name).unlink(missing_ok=True)
    except (OSError, ValueError, csv.Error) as error:
        raise FileRefused(f"{path}: nothing was taken out of it: {error}") from error
    return len(rows) - len(kept)
