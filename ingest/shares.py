"""State a block once for each part of a cell, with its share of the whole beside it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.cells import Row, parted, pieces
from ingest.mapping import Each
from ingest.rejections import SHAPE, Refusal
from ingest.values import number

# Shares are printed rounded: three thirds are 33.3 or 33.33 each.
_ROUNDING = Decimal("0.1")


def variants(row: Row, each: Each) -> Iterator[Row]:
    """Give the row once for each part of the cell that `each` names, the columns beside it parted likewise.

    Raises:
        Refusal: A column beside has another number of parts, or a share is no number.
    """
    if not each.beside:
        for part in parted(row.cells[each.column], each.split):
            yield replace(row, cells={**row.cells, each.column: part}, part=part)
        return
    columns = {name: _pieces(row, name, each) for name in (each.column, *each.beside)}
    _check_counts(each, columns)
    if each.adds_up:
        _remark(row, each.adds_up, columns[each.adds_up])
    for place, part in enumerate(columns[each.column]):
        if part:
            beside = {name: parts[place] if parts else "" for name, parts in columns.items()}
            yield replace(row, cells={**row.cells, **beside}, part=part)


def _pieces(row: Row, column: str, each: Each) -> list[str]:
    found = pieces(row.cells[column], each.split)
    return [piece.removesuffix("%").strip() for piece in found] if column == each.adds_up else found


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


def _remark(row: Row, column: str, parts: list[str]) -> None:
    if not any(parts):
        return
    whole = sum((Decimal(number(part)) for part in parts if part), Decimal(0))
    if abs(whole - 100) > _ROUNDING:
        row.remarks.append(f"the shares in {column!r} add up to {whole.normalize():f}, not to 100")
