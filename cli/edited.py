"""`iga load` of an editable workbook: show each changed cell, ask, and write the corrections as one load."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from iga.cli.changing import brought_up
from iga.cli.command import Call
from iga.cli.console import Console
from iga.cli.opening import session
from iga.cli.printing import wrapped
from iga.entering.naming import kept_of
from iga.graph.errors import NotFound, UsageError

if TYPE_CHECKING:
    from iga.ingest.editing.cell_changes import CellChange, GraphValues, ValueSource
    from iga.ingest.editing.edited_workbook import EditedCell, EditedWorkbook
    from iga.queries.core.session import Session

_STATES = {
    "change": "changed",
    "take back": "taken back",
    "conflict": "CONFLICT",
    "same": "already so",
    "cannot": "cannot be taken",
}


def load_edited(call: Call, paths: Sequence[Path], options: Mapping[str, Any]) -> None:
    """Load an editable workbook; exit code 3 when a change was not taken.

    Raises:
        UsageError: There are several, no reason is given, or nobody can be asked.
        FileRefused, ClassifiedText: The workbook cannot be read, or must not be.
    """
    from iga.ingest.editing.edited_workbook import edited_workbook

    if len(paths) > 1:
        raise UsageError("load one editable workbook at a time: each of its changes is looked at")
    book = edited_workbook(paths[0])
    changes = _changes(call, book, options["because"])
    if not call.as_json:
        _print(call.console, book, changes)
    taken = [] if options["dry_run"] else _accepted(call, changes, options)
    because = _reason(call, options) if taken else ""
    if taken and because != options["because"]:  # the reason stays with each correction
        cells = {one.cell for one in taken}
        changes = _changes(call, book, because)
        taken = [one for one in changes if one.cell in cells and one.can_be_taken]
    load = _written(call, paths[0], taken, because) if taken else 0
    left = [one for one in changes if one not in taken and one.state != "same"]
    if call.as_json:
        call.console.document(_document(book, changes, taken, load))
    elif taken:
        call.console.say(f"{len(taken)} of {len(changes)} changes taken (load {load}, signed {call.who}).")
    elif options["dry_run"]:
        call.console.say("Nothing was written.")
    if left and not options["dry_run"]:
        click.get_current_context().exit(3)


def _changes(call: Call, book: EditedWorkbook, because: str) -> list[CellChange]:
    from iga.ingest.editing.cell_changes import changes
    from iga.ingest.officer_entries import Signed

    # a dry run needs no reason, and writes none
    signed = Signed(call.who, call.workspace.today(), because or "to be given")
    with session(call) as context:
        held = {cell.key: it for cell in book.cells if (it := _held(context, cell)) is not None}
        return changes(book.cells, held=held, stating=_stating(context), signed=signed)


def _held(context: Session, cell: EditedCell) -> GraphValues | None:
    from iga.graph.projection.properties import unflatten
    from iga.ingest.editing.cell_changes import GraphValues
    from iga.queries.core.names.resolve import entity_of, relationship_of

    try:
        if cell.key.startswith("rel:"):
            tie = relationship_of(context, cell.key)
            return GraphValues(kept_of(tie), unflatten(tie.type, tie.values))
        entity = entity_of(context, cell.key)
    except NotFound:
        return None
    return GraphValues(entity.id, unflatten(entity.cls, entity.values)) if entity.cls == cell.cls else None


def _stating(context: Session) -> Callable[[EditedCell], tuple[ValueSource, ...]]:
    from iga.ingest.editing.cell_changes import ValueSource
    from iga.queries.whole.why import why

    def stating(cell: EditedCell) -> tuple[ValueSource, ...]:
        fields = why(context, cell.key, cell.field).fields
        return tuple(
            ValueSource(it.source, it.row_key, it.value, it.won, _who(it.title, it.locator, it.by, it.load))
            for field in fields
            for it in field.statements
        )

    return stating


def _who(title: str, locator: str, by: str | None, load: int) -> str:
    return f"{title}, {locator}{f', by {by}' if by else ''}, load {load}"


def _accepted(call: Call, changes: Sequence[CellChange], options: Mapping[str, Any]) -> list[CellChange]:
    """Return the changes that are taken: all that were said on the command line, or those that are agreed to."""
    open_ = [one for one in changes if one.can_be_taken]
    plain = [one for one in open_ if one.state != "conflict"]
    if not open_:
        return []
    if options["yes"]:
        chosen = [*plain, *(one for one in open_ if one.state == "conflict" and options["take_conflicts"])]
    elif call.console.answer is None:
        raise UsageError(
            "nobody can be asked here, so nothing was written: look at the changes with --dry-run, then say --yes"
            ' --because "why"'
        )
    else:
        chosen = _agreed(call.console.answer, open_)
    return [one for one in open_ if one in chosen]


def _reason(call: Call, options: Mapping[str, Any]) -> str:
    """Return why the changes are made, asking where it was not said."""
    because: str = options["because"].strip()
    if not because and call.console.answer:
        because = call.console.answer("Why? The reason stays with each correction: ").strip()
    if not because:
        raise UsageError("corrections need their reason: say --because TEXT; nothing was written")
    return because


def _agreed(answer: Callable[[str], str], open_: Sequence[CellChange]) -> list[CellChange]:
    plain = [one for one in open_ if one.state != "conflict"]
    reply = answer(f"Take {len(plain)} changes? [y]es, [n]o, [e]ach: ").strip().lower()[:1] if plain else "y"
    chosen = plain if reply == "y" else []
    if reply == "e":
        chosen = [one for one in plain if answer(f"{_head(one)}: {one.cell.now!r}? [y/N] ").strip().lower()[:1] == "y"]
    for one in (one for one in open_ if one.state == "conflict" and reply in ("y", "e")):
        asked = f"{_head(one)} is {one.current!r} now; make it {one.cell.now!r} all the same? [y/N] "
        if answer(asked).strip().lower()[:1] == "y":
            chosen.append(one)
    return chosen


def _written(call: Call, path: Path, taken: Sequence[CellChange], because: str) -> int:
    from iga.ingest.officer_entries import Signed, enter_all
    from iga.ingest.readers.text_file import sha256_of

    signed = Signed(call.who, call.workspace.today(), because)
    placed = [(f"{one.cell.place}, by {call.who}", one.entry) for one in taken if one.entry]
    with call.workspace.changing(f"iga load {path.name}") as ledger:
        header = enter_all(
            ledger,
            placed,
            withdrawn=[one.withdrawn for one in taken if one.withdrawn],
            files=[(path.name, sha256_of(path))],
            signed=signed,
        )
        brought_up(call)
    return header.no


def _print(console: Console, book: EditedWorkbook, changes: Sequence[CellChange]) -> None:
    for note in book.notes:
        console.note(f"  {note}")
    if not changes:
        console.say(f"No cell was changed since it was exported on {book.exported_at[:10]}.")
        return
    console.say(f"Cells changed since the export on {book.exported_at[:10]}: {len(changes)}")
    for one in changes:
        console.say(f"\n{_head(one)}  [{_STATES[one.state]}]  {one.cell.place}")
        console.say(wrapped(f"  was  {one.cell.was or '(blank)'}", console.width, indent=7))
        if one.state == "conflict":
            console.say(wrapped(f"  now  {one.current or '(nothing)'}", console.width, indent=7))
        console.say(wrapped(f"  to   {one.cell.now}", console.width, indent=7))
        for who in one.said_by:
            console.say(wrapped(f"       said by {who}", console.width, indent=7))
        if one.why:
            console.say(wrapped(f"       {one.why}", console.width, indent=7))
    console.say()


def _head(one: CellChange) -> str:
    return f"{one.cell.name} ({one.cell.key}) {one.cell.field}"


def _document(
    book: EditedWorkbook, changes: Sequence[CellChange], taken: Sequence[CellChange], load: int
) -> dict[str, Any]:
    shown = [
        {
            "id": one.cell.key,
            "name": one.cell.name,
            "class": one.cell.cls,
            "field": one.cell.field,
            "place": one.cell.place,
            "was": one.cell.was,
            "current": one.current,
            "to": one.cell.now,
            "said_by": list(one.said_by),
            "state": one.state,
            "why": one.why,
            "taken": one in taken,
        }
        for one in changes
    ]
    return {
        "data_version": book.data_version,
        "exported_at": book.exported_at,
        "changes": shown,
        "load": load or None,
        "notes": list(book.notes),
    }
