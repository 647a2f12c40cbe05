"""Lays text out in columns on a terminal: as wide as the screen, never wider."""

import unicodedata

_NARROWEST = 8  # places below which a cell is no longer readable
_GAP = "  "


def in_columns(headings: list[str], cells: list[list[str]], *, width: int) -> str:
    """Return headings and rows of cells as lines of at most `width` places, long cells wrapped.

    Where the columns do not fit beside each other, each row is written as lines of ``heading  cell``.
    """
    widths = _widths([headings, *cells], width)
    return _grid(headings, cells, widths) if widths else _records(headings, cells, width)


def _widths(lines: list[list[str]], width: int) -> list[int]:
    """Return a width for each column that fit together, the widest shortened first; empty if they cannot.

    Words are only broken where there is no room for whole ones.
    """
    columns = list(zip(*lines, strict=True))
    widths = [max(_places(cell) for cell in column) for column in columns]
    room = width - len(_GAP) * (len(widths) - 1)
    if sum(min(natural, _NARROWEST) for natural in widths) > room:
        return []
    words = [max(_places(word) for cell in column for word in cell.split(" ")) for column in columns]
    least = [max(min(natural, _NARROWEST), word) for natural, word in zip(widths, words, strict=True)]
    while sum(widths) > room:
        spare = [natural if natural > kept else 0 for natural, kept in zip(widths, least, strict=True)]
        widest = spare if any(spare) else widths
        widths[widest.index(max(widest))] -= 1
    return widths


def _grid(headings: list[str], cells: list[list[str]], widths: list[int]) -> str:
    lines = [*_wrapped_row(headings, widths), _GAP.join("-" * width for width in widths)]
    for row in cells:
        lines += _wrapped_row(row, widths)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _wrapped_row(row: list[str], widths: list[int]) -> list[str]:
    columns = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(len(column) for column in columns)
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [
        _GAP.join(_padded(part, width) for part, width in zip(line, widths, strict=True))
        for line in zip(*padded, strict=True)
    ]


def _records(headings: list[str], cells: list[list[str]], width: int) -> str:
    label = min(max(_places(heading) for heading in headings), width // 3)
    lines: list[str] = []
    for row in cells:
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                lines += _wrapped_row([heading, cell], [label, max(width - label - len(_GAP), 1)])
        lines.append("")
    return "".join(f"{line.rstrip()}\n" for line in lines[:-1])


def _wrapped(text: str, width: int) -> list[str]:
    """Return text on lines of at most `width` places, broken between words where it can be."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and _places(line) + 1 + _places(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while _places(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line]


def _head(text: str, width: int) -> str:
    """Return as much of the start of `text` as `width` places hold, at least one character."""
    for end in range(1, len(text)):
        if _places(text[: end + 1]) > width:
            return text[:end]
    return text


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _places(text))


def _places(text: str) -> int:
    """Count the places a terminal gives to text: two for wide characters, none for accents that combine."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text
    )
