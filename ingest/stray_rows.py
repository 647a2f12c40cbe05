"""Rows and marks of a table that are for the eye: sums, headings again, notes below it, “idem”, marks of footnotes."""

import re
from collections.abc import Collection, Iterator, Sequence

from ingest.name_faults import is_sum
from ingest.readers.file_table import FileRow
from ingest.rejections import SHAPE, Refusal, short

_NOTE = re.compile(
    r"[*†‡§¹²³]|\[\w{1,3}\]|\(\d{1,2}\)"
    r"|(?:sources?|notes?|n\.?b\.?|quelle|fuente|nota|remarque|anmerkung|источник)\b *[:.]",
    re.I,
)
_ABOVE = frozenset({'"', "''", "″", "〃", "”", "“", ",,", "do", "do.", "dto", "dto.", "idem", "ditto", "ibid", "ibid."})
_LONGEST_ABOVE = max(map(len, _ABOVE))
# Behind a letter, a point or a bracket; m² and km² are none.
_MARK = re.compile(r"(?:(?<=[\w.)\]])\s*[*†‡]+|(?<![mM])(?<=[^\W\d_])[¹²³⁴-⁹⁰]+|(?<=[\w.)])\s*\[(?:\d{1,2}|[a-z])\])$")
_ENDS = frozenset("*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]")
_LONGEST_MARKED = 300
_MAILTO = "mailto:"


def without_strays(
    rows: Iterator[FileRow], header: Sequence[str], read: Collection[str], notes: list[str]
) -> Iterator[FileRow]:
    """Give the rows of a table, those that are none with why, and texts without the marks of footnotes.

    Args:
        rows: The rows.
        header: The columns.
        read: Those that are read.
        notes: Is told at the end what was taken off.
    """
    places = [place for place, name in enumerate(header) if name in read]
    count, example = 0, ""
    for row in rows:
        if row.fault or row.is_left_out:
            yield row
            continue
        cells = row.cells
        for place in places:
            text = cells[place]
            if text[:7].casefold() == _MAILTO:
                cells = [*cells[:place], text[7:], *cells[place + 1 :]]
            elif text and text[-1] in _ENDS and (bare := _unmarked(text)) != text:
                if cells is row.cells:
                    cells = list(cells)
                cells[place] = bare
                count, example = count + 1, example or f"{short(text)!r} under {header[place]!r}"
        yield row._replace(cells=cells, fault=_stray(cells, header, places))
    if count:
        more = f" and {count - 1:,} more" if count > 1 else ""
        notes.append(f"marks of footnotes were taken off: {example}{more}")


def _unmarked(text: str) -> str:
    return _MARK.sub("", text) if len(text) <= _LONGEST_MARKED else text


def _stray(cells: Sequence[str], header: Sequence[str], places: Sequence[int]) -> Refusal | None:
    """Return why a row is none of the table's; None where it is one."""
    first = next((place for place, cell in enumerate(cells) if cell.strip()), None)
    if first is None or first >= len(header):
        return None
    text = cells[first].strip()
    if first in places and text.casefold() == header[first].casefold():
        return _refused(f"{text!r} is a heading, which stands here again", "take the row out, or load the tables apart")
    if is_sum(text):
        return _refused(f"{short(text)!r} begins a row of sums", "take the row of sums out of the file")
    if len(header) > 2 and _NOTE.match(text) and _is_alone(cells, first):
        return _refused(f"{short(text)!r} is a note on the table", "take the note out of the file")
    for place in places:
        if _is_as_above(text := cells[place].strip()):
            reason = f"{text!r} under {header[place]!r} stands for what is written above it"
            return _refused(reason, "write in each row what it says", column=header[place], value=text)
    return None


def _is_as_above(text: str) -> bool:
    return bool(text) and len(text) <= _LONGEST_ABOVE and text in _ABOVE


def _is_alone(cells: Sequence[str], place: int) -> bool:
    return not any(cell.strip() for cell in cells[place + 1 :])


def _refused(reason: str, fix: str, *, column: str = "", value: str = "") -> Refusal:
    return Refusal(reason, fix=fix, code=SHAPE, column=column, value=value)
