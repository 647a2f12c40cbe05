"""What every file reader gives: a header, notes on how it was read, and rows with the place of each."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from iga.graph.errors import HeaderError
from iga.ingest.rejections import SHAPE, Refusal

Progress: TypeAlias = Callable[[int, int], None]
"""Called now and then with how much is done and the total, both in bytes; a total of 0 is not known."""

# Excel's own limit is 32,767; anything longer than this is no cell of a table.
LONGEST_CELL = 100_000

# a byte that did not decode, as Python's surrogateescape keeps it
_BYTE = re.compile("[\udc80-\udcff]")
# What no text can be written with; workbooks and JSON may hold it.
_HALF = re.compile("[\ud800-\udfff]")


class FileRow(NamedTuple):
    """One row below the header.

    Attributes:
        line: Physical line at which it starts, or row of the sheet, from 1.
        cells: Texts as they stand; as many as the header unless the row is at fault.
        fault: Why the row cannot be taken; None when it can.
        is_left_out: Whether it is known and not to be read, such as a row that is struck through.
        place: What its locator begins with, where that is not the table's: another sheet.
    """

    line: int
    cells: list[str]
    fault: Refusal | None = None
    is_left_out: bool = False
    place: str = ""


@dataclass(frozen=True)
class FileTable:
    """A table that is open for reading, once.

    Attributes:
        place: What a locator begins with; the line follows: ``file.csv:`` or ``file.xlsx!Sheet!``.
        header: Names of the columns, in order.
        rows: The rows below the header, in order; wholly empty lines are left out.
        notes: Sentences on how the file was read: encoding, delimiter, hidden sheet; may grow while it is read.
    """

    name: str
    place: str
    header: tuple[str, ...]
    rows: Iterator[FileRow]
    above: tuple[str, ...] = ()
    notes: Sequence[str] = ()


def header_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns as mappings write them: on one line, without blank ones at the end."""
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def fault_of(cells: list[str], width: int) -> Refusal | None:
    """Return why the cells of a row cannot be taken as they are; None when they can."""
    if len(cells) < width or any(cells[width:]):
        return Refusal(
            f"the row has {len(cells)} cells where the header has {width}",
            fix="a cell that holds the delimiter or a line break belongs in double quotes",
            code=SHAPE,
        )
    together = "".join(cells)
    if len(together) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
        return Refusal(f"a cell is longer than {LONGEST_CELL:,} characters", fix="shorten it", code=SHAPE)
    if "\0" in together:
        return Refusal("a cell holds a NUL character", fix="take it out, or export the file again", code=SHAPE)
    return None if together.isascii() else _undecodable(cells, together)


def _undecodable(cells: list[str], together: str) -> Refusal | None:
    """Return why a row with bytes of another encoding or a byte order mark is not taken; its bytes become letters."""
    if cells[0].startswith("\ufeff"):
        fix = "take it out; it is not seen, and stands where files were joined"
        return Refusal("the row begins with a byte order mark", fix=fix, code=SHAPE)
    if not (match := _BYTE.search(together)):
        return None
    place = next(number for number, cell in enumerate(cells, 1) if _BYTE.search(cell))
    cells[:] = map(with_letters, cells)
    return Refusal(
        f"cell {place} holds a byte ({ord(match[0]) - 0xDC00:02X}) that is not of the encoding of the file",
        fix="check the letters, which were read as cp1252 for this row, and load the corrected row",
        code=SHAPE,
        value=cells[place - 1],
    )


def with_letters(text: str) -> str:
    """Return a text with what its bytes of another encoding most likely are, so that it can be written."""
    # such bytes come from cp1252 most often
    if text.isascii():
        return text
    decoded = _BYTE.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", errors="replace"), text)
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", decoded)


SEARCHED_ROWS = 50
"""How far down a header is looked for."""

_NAMED_IN_MESSAGE = 5


def header_place(rows: Sequence[Sequence[str]], columns: Collection[str], *, where: str) -> int:
    """Return which of the first rows is the header, from 0: the first with all columns, else that with the most.

    Raises:
        HeaderError: No row holds two of the columns, or the only one.
    """
    wanted = set(columns)
    counts = [len(wanted & set(row)) for row in rows]
    most = max(counts, default=0)
    if most < min(2, len(wanted)):
        names = ", ".join(repr(name) for name in sorted(wanted)[:_NAMED_IN_MESSAGE])
        raise HeaderError(
            f"{where}: none of the first {len(rows)} rows is a header with the columns {names}; correct the header,"
            " or state its row with `header_row`"
        )
    return counts.index(most)


def header_told(place: str, row: int) -> list[str]:
    """Return the sentence that says where a header was found; none where it stands first, as usual."""
    return [f"{place}: the header was found in row {row}; the rows above it are not read"] if row > 1 else []
