"""Rows and marks of a table that are for the eye: sums, headings again, notes below it, “idem”, marks of footnotes."""

import re
from collections.abc import Collection, Iterator, Sequence

from iga.ingest.name_faults import is_sum
from iga.ingest.readers.file_table import FileRow
from iga.ingest.rejections import SHAPE, Refusal, short

_NOTE = re.compile(
    r"[*†‡§¹²³]|\[\w{1,3}\]|\(\d{1,2}\)"
    r"|(?:sources?|notes?|n\.?b\.?|quelle|fuente|nota|remarque|anmerkung|источник)\b *[:.]",
    re.I,
)
_ABOVE = frozenset({'"', "''", "″", "〃", "”", "“", ",,", "do", "do.", "dto", "dto.", "idem", "ditto", "ibid", "ibid."})
# Behind a letter, a point or a bracket; m² and km² are none.
_MARK = re.compile(
    r"(?:(?<=[\w.)\]])\s*[*†‡]+|(?<![mM])(?<=[^\W\d_¹²³⁰-⁹])[¹²³⁴-⁹⁰]+|(?<=[\w.)])\s*\[(?:\d{1,2}|[a-z])\])$"
)
_SUM = re.compile("tot|sum|all|gesamt", re.I)
_LONGEST_MARKED = 300
_MAILTO = re.compile("^mailto:", re.I)


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
        if _may_be_marked("".join(cells)):  # most rows hold none, and a look at each cell takes long
            cells = list(cells)
            for place in places:
                bare = _unmarked(cells[place])
                if bare != cells[place]:
                    count, example = count + 1, example or f"{short(cells[place])!r} under {header[place]!r}"
                cells[place] = bare
        fault = _stray(cells, header, places)
        yield row._replace(cells=cells, fault=fault) if fault or cells is not row.cells else row
    if count:
        more = f" and {count - 1:,} more" if count > 1 else ""
        notes.append(f"marks of footnotes were taken off: {example}{more}")


def _may_be_marked(texts: str) -> bool:
    return not texts.isascii() or "*" in texts or "]" in texts or "ailto:" in texts


def _unmarked(text: str) -> str:
    if len(text) > _LONGEST_MARKED:
        return text
    return _MARK.sub("", _MAILTO.sub("", text))


def _stray(cells: Sequence[str], header: Sequence[str], places: Sequence[int]) -> Refusal | None:
    """Return why a row is none of the table's; None where it is one."""
    first = next((place for place, cell in enumerate(cells) if cell.strip()), None)
    if first is None or first >= len(header):
        return None
    text = cells[first].strip()
    if first in places and text.casefold() == header[first].casefold():
        return _refused(f"{text!r} is a heading, which stands here again", "take the row out, or load the tables apart")
    if _SUM.search(text) and is_sum(text):  # most begin otherwise, and to fold a text takes long
        return _refused(f"{short(text)!r} begins a row of sums", "take the row of sums out of the file")
    if len(header) > 2 and _NOTE.match(text) and _is_alone(cells, first):
        return _refused(f"{short(text)!r} is a note on the table", "take the note out of the file")
    if _ABOVE.isdisjoint(cells):
        return None
    for place in places:
        if (text := cells[place]) in _ABOVE:
            reason = f"{text!r} under {header[place]!r} stands for what is written above it"
            return _refused(reason, "write in each row what it says", column=header[place], value=text)
    return None


def _is_alone(cells: Sequence[str], place: int) -> bool:
    return not any(cell.strip() for cell in cells[place + 1 :])


def _refused(reason: str, fix: str, *, column: str = "", value: str = "") -> Refusal:
    return Refusal(reason, fix=fix, code=SHAPE, column=column, value=value)
