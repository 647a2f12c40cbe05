"""Which kind of table a file is, and which part each of its columns plays in it: votes, people, agreements and more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pydantic import BaseModel, ConfigDict

from iga.graph.text import folded
from iga.ingest.address_words import is_private
from iga.ingest.drafting.column_guesses import ColumnGuess, Kind
from iga.ingest.drafting.field_guesses import quoted
from iga.ingest.mapping_file import bundled_yaml

_SHARE = 0.8


class _Role(BaseModel):
    """Which column plays a part; see ``table_kinds.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    kinds: tuple[Kind, ...]
    values: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    alone: bool = False


class _TableKind(BaseModel):
    """One kind of table; see ``table_kinds.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    needs: tuple[tuple[str, ...], ...]
    roles: dict[str, _Role]
    told_by: tuple[str, ...] = ()
    sure: dict[str, tuple[Kind, ...]] = {}


@dataclass(frozen=True)
class RecognizedTable:
    """A table whose kind is recognized.

    Attributes:
        kind: Its name in ``table_kinds.yaml``.
        title: What it is, in words.
        columns: The column that plays each part.
        several: All columns that play the part of `value`, which a wide table has several of.
        cells: The filled cells of the columns that play a part, by the part.
    """

    kind: str
    title: str
    columns: Mapping[str, ColumnGuess]
    several: tuple[ColumnGuess, ...] = ()
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names_in(self, blocks: str) -> set[str]:
        """Return the headings of the columns that play a part in blocks that were written."""
        names = {column.name for column in (*self.columns.values(), *self.several)}
        return {name for name in names if f"{{{name}" in blocks or quoted(name) in blocks}


def recognized(
    guesses: Sequence[ColumnGuess], cells: Mapping[str, Sequence[str]], texts: Sequence[str]
) -> RecognizedTable | None:
    """Return which kind of table columns make; None where they make none that is known.

    Args:
        guesses: The columns that may be read.
        cells: The filled cells of each.
        texts: Title rows and the file's name, which tell what it is as headings do.
    """
    usable = [guess for guess in guesses if not is_private(guess.name) and not guess.undecided]
    told = " ".join(f" {folded(text)} " for text in (*texts, *(guess.name for guess in guesses)))
    for name, kind in _kinds().items():
        columns = _assigned(kind, usable, cells)
        is_sure = bool(kind.sure) and all(columns[it].kind in kinds for it, kinds in kind.sure.items() if it in columns)
        is_told = not kind.told_by or any(f" {word} " in told for word in kind.told_by) or is_sure
        if is_told and all(any(role in columns for role in group) for group in kind.needs):
            by_part = {role: tuple(cells[column.name]) for role, column in columns.items()}
            return RecognizedTable(name, kind.title, columns, _several(kind, columns, usable), by_part)
    return None


def roles_of(kind: str) -> tuple[str, ...]:
    """Return the parts that columns may play in a kind of table."""
    return tuple(_kinds()[kind].roles)


@cache
def _kinds() -> dict[str, _TableKind]:
    written = bundled_yaml("iga.ingest.drafting", "table_kinds.yaml")
    return {name: _TableKind.model_validate(kind) for name, kind in written.items()}


def _assigned(
    kind: _TableKind, usable: Sequence[ColumnGuess], cells: Mapping[str, Sequence[str]]
) -> dict[str, ColumnGuess]:
    """Return the column of each role that has one: by its heading first, then by what it holds alone."""
    free, columns = list(usable), dict[str, ColumnGuess]()
    for by_heading in (True, False):
        for name, role in kind.roles.items():
            if name in columns:
                continue
            fitting = [guess for guess in free if guess.kind in role.kinds and _has_values(role, cells[guess.name])]
            found = _by_heading(role, fitting) if by_heading else fitting[:1] if role.alone else []
            if found:
                columns[name] = found[0]
                free.remove(found[0])
    return columns


def _by_heading(role: _Role, fitting: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    free = [guess for guess in fitting if not set(role.none) & set(folded(guess.name).split())]
    named = ((word, guess) for word in role.words for guess in free)
    return [guess for word, guess in named if f" {word} " in f" {folded(guess.name)} "][:1]


def _has_values(role: _Role, cells: Sequence[str]) -> bool:
    distinct = set(map(folded, cells))
    return not role.values or len(distinct & set(role.values)) >= _SHARE * len(distinct)


def _several(
    kind: _TableKind, columns: Mapping[str, ColumnGuess], usable: Sequence[ColumnGuess]
) -> tuple[ColumnGuess, ...]:
    """Return all columns of figures of a table that is wide: none is called its indicator."""
    if "value" not in columns or "indicator" in columns:
        return (columns["value"],) if "value" in columns else ()
    taken = {guess.name for role, guess in columns.items() if role != "value"}
    role = kind.roles["value"]
    figures = (guess for guess in usable if guess.name not in taken and guess.kind in role.kinds)
    return tuple(guess for guess in figures if _by_heading(role, [guess]) or guess == columns["value"])
