"""State a block once for each part of a cell, with what stands beside the part or in brackets after it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.cells import Row, parted, pieces
from ingest.mapping import Each
from ingest.rejections import SHAPE, Refusal

_BRACKETS = re.compile(r"([^()]*)\(([^()]*)\)")


def variants(row: Row, each: Each) -> Iterator[Row]:
    """Give the row once for each part of the cell that `each` names, the columns beside it parted likewise.

    Raises:
        Refusal: A column beside has another number of parts.
    """
    if not each.beside:
        for part in parted(row.cells[each.column], each.split):
            yield replace(row, cells={**row.cells, **_bracketed(part, each)}, part=part)
        return
    columns = {name: pieces(row.cells[name], each.split) for name in (each.column, *each.beside)}
    _check_counts(each, columns)
    for place, part in enumerate(columns[each.column]):
        if part:
            beside = {name: parts[place] if parts else "" for name, parts in columns.items()}
            yield replace(row, cells={**row.cells, **beside, **_bracketed(part, each)}, part=part)


def _bracketed(part: str, each: Each) -> dict[str, str]:
    """Return a part under its column, and what stands in brackets after it under the name that is asked for."""
    if not each.brackets:
        return {each.column: part}
    found = _BRACKETS.fullmatch(part)
    if found is None:
        return {each.column: part, each.brackets: ""}
    return {each.column: found[1].strip(), each.brackets: found[2].strip()}


def _check_counts(each: Each, columns: dict[str, list[str]]) -> None:
    count = len(columns[each.column])
    for name in each.beside:
        if columns[name] and len(columns[name]) != count:
            raise Refusal(
                f"{name!r} has {len(columns[name])} parts where {each.column!r} has {count}",
                fix="give each of them a part, or leave the cell blank",
                code=SHAPE,
                column=name,
                value=each.split[0].join(columns[name]),
            )
