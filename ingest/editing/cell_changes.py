"""Which changes of an editable workbook can be taken: compared with what the graph holds now, as corrections."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from iga.graph.domain.catalog import EDGE, declared
from iga.graph.errors import UsageError
from iga.graph.statements import OFFICERS, Value, Values
from iga.ingest.editing.edited_workbook import EditedCell
from iga.ingest.editing.form import NONE
from iga.ingest.officer_entries import EdgeAt, OfficerEntry, Signed, correction
from iga.ingest.typed_values import typed, typed_values

CellState = Literal["change", "take back", "conflict", "same", "cannot"]


@dataclass(frozen=True)
class GraphValues:
    """What the graph holds of a thing now.

    Attributes:
        of: Id of the node, or the relationship as corrections name it.
    """

    of: str | EdgeAt
    values: Values


@dataclass(frozen=True)
class ValueSource:
    """One row that states a value.

    Attributes:
        told: Who said it, where and when, in words.
    """

    source: str
    row_key: str
    value: Value
    won: bool
    told: str


@dataclass(frozen=True)
class CellChange:
    """One changed cell, and what becomes of it.

    Attributes:
        state: change and take back can be taken; a conflict only when it is said; same and cannot are not.
        current: What the graph holds now, as text; blank for nothing.
        why: Why it cannot be taken, or what to know when it is; blank for nothing.
        entry: The correction; None where there is none.
        withdrawn: Key of the entry that is taken back; blank where none is.
    """

    cell: EditedCell
    state: CellState
    current: str = ""
    said_by: tuple[str, ...] = ()
    why: str = ""
    entry: OfficerEntry | None = None
    withdrawn: str = ""

    @property
    def can_be_taken(self) -> bool:
        """Whether it changes something once it is accepted."""
        return self.entry is not None or bool(self.withdrawn)


def changes(
    cells: Iterable[EditedCell],
    *,
    held: Mapping[str, GraphValues],
    stating: Callable[[EditedCell], tuple[ValueSource, ...]],
    signed: Signed,
) -> list[CellChange]:
    """Return what becomes of each changed cell, in order."""
    return [_change(cell, held.get(cell.key), stating, signed) for cell in cells]


def _change(
    cell: EditedCell, now: GraphValues | None, stating: Callable[[EditedCell], tuple[ValueSource, ...]], signed: Signed
) -> CellChange:
    if now is None:
        return CellChange(cell, "cannot", why=f"{cell.key} is no longer in the graph; export it again")
    current = typed(now.values[cell.field]) if cell.field in now.values else ""
    sources = stating(cell)
    becomes = partial(CellChange, cell, current=current, said_by=tuple(source.told for source in sources if source.won))
    if cell.now == NONE:
        return _taken_back(cell, now, current, becomes, sources, signed)
    try:
        entry = correction(now.of, cell.field, cell.now, signed=signed)
        wanted = typed_values(declared(cell.cls), {cell.field: cell.now})[cell.field]
    except UsageError as error:
        return becomes(state="cannot", why=error.message)
    if wanted == now.values.get(cell.field):
        return becomes(state="same", why="the graph says so already")
    if reason := _tells_apart(cell, now, wanted):
        return becomes(state="cannot", why=reason)
    remark = _stays(now.values.get(cell.field), wanted, sources, entry.row_key)
    if current != cell.was:
        why = f"since the export it became {current!r}" if current else "since the export it was taken away"
        return becomes(state="conflict", why="; ".join(filter(None, (why, remark))), entry=entry)
    return becomes(state="change", why=remark, entry=entry)


def _taken_back(
    cell: EditedCell,
    held: GraphValues,
    current: str,
    becomes: Callable[..., CellChange],
    sources: tuple[ValueSource, ...],
    signed: Signed,
) -> CellChange:
    """Return the change that takes back the office's own correction of a cell."""
    sample = cell.was or current
    if not sample:
        return becomes(state="same", why="there is nothing to take back")
    try:
        key = correction(held.of, cell.field, sample, signed=signed).row_key
    except UsageError:
        key = ""
    if any(source.source == OFFICERS and source.row_key == key for source in sources):
        others = [source.told for source in sources if source.row_key != key]
        why = f"then it is what others say: {others[0]}" if others else "then nothing is known of it"
        return becomes(state="take back", why=why, withdrawn=key)
    return becomes(
        state="cannot", why="a source says it, and only the source can take it away; write what is true instead"
    )


def _tells_apart(cell: EditedCell, held: GraphValues, wanted: Value) -> str:
    """Return why a field cannot be changed because it tells one relationship from another; blank where it can."""
    if isinstance(held.of, str):
        return ""
    shape = EDGE[held.of.type]
    if cell.field in shape.identity:
        return f"{cell.field} tells this relationship from others; withdraw it where it is stated, and state the other"
    was = held.values.get(cell.field)
    if not shape.start_is_identity or not isinstance(was, dict) or not isinstance(wanted, dict):
        return ""
    if cell.field != "period" or was.get("start", "") in ("", wanted.get("start", "")):
        return ""
    return "the first day tells this term from others; withdraw it where it is stated, and state the other"


def _stays(was: Value | None, wanted: Value, sources: tuple[ValueSource, ...], row_key: str) -> str:
    """Return which parts of a list stay though they were deleted, because others say them; blank for none."""
    if not isinstance(was, list) or not isinstance(wanted, list):
        return ""
    gone = [part for part in was if part not in wanted]
    others = [source for source in sources if source.row_key != row_key and isinstance(source.value, list)]
    staying = {part: other.told for part in gone for other in reversed(others) if part in other.value}  # type: ignore[operator]
    return "; ".join(f"{part!r} stays, because {who} says it" for part, who in staying.items())
