"""Lays text out in columns on a terminal: as wide as the screen, and no word or day broken."""

import unicodedata
from collections.abc import Sequence

_NARROWEST = 8  # places that a cell with much to say has at least
_GAP = "  "


def in_columns(headings: Sequence[str], cells: Sequence[Sequence[str]], *, width: int) -> list[str]:
    """Return the headings, a rule and the rows as lines of at most `width` places, long cells wrapped between words.

    None where the columns do not fit beside each other: an empty list.
    """
    widths = _widths([headings, *cells], width)
    if not widths:
        return []
    ruled = ["-" * column if heading else "" for column, heading in zip(widths, headings, strict=True)]
    rows = [headings, ruled, *cells]
    return [line for row in rows for line in _wrapped_row(row, widths)]


def in_records(headings: Sequence[str], cells: Sequence[Sequence[str]], *, width: int) -> list[str]:
    """Return each row as lines of ``heading  cell``, with a blank line between rows; what is empty has no line."""
    label = min(max(map(_places, headings), default=0), width // 3)
    lines: list[str] = []
    for row in cells:
        lines += [""] if lines else []
        for heading, cell in zip(headings, row, strict=True):
            lines += _wrapped_row([heading, cell], [label, max(width - label - len(_GAP), 1)]) if cell else []
    return lines


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return a width for each column that fit together, the widest shortened first; empty if they cannot."""
    columns = list(zip(*rows, strict=True))
    widths = [max(_places(cell) for cell in column) for column in columns]
    words = [max(_places(word) for cell in column for word in cell.split(" ")) for column in columns]
    least = [max(min(natural, _NARROWEST), word) for natural, word in zip(widths, words, strict=True)]
    room = width - len(_GAP) * (len(widths) - 1)
    if sum(least) > room:
        return []
    while sum(widths) > room:
        spare = [natural if natural > kept else 0 for natural, kept in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def _wrapped_row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(len(column) for column in columns)
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [
        _GAP.join(_padded(part, width) for part, width in zip(line, widths, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    ]


def _wrapped(text: str, width: int) -> list[str]:
    """Return text on lines of at most `width` places, broken between words; a longer word has a line of its own."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and _places(line) + 1 + _places(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _places(text))


def _places(text: str) -> int:
    """Count the places a terminal gives to text: two for wide characters, none for accents that combine."""
    wide = (unicodedata.east_asian_width(letter) in "WF" for letter in text if not unicodedata.combining(letter))
    return len(text) if text.isascii() else sum(1 + is_wide for is_wide in wide)
