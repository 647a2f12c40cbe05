"""What commands that write share: who signs, what is named, and the graph brought up to the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cli.command import Call
from cli.opening import session
from graph.ledger.ledger import Ledger
from graph.statements import LoadHeader
from ingest import officer_entries as entries
from ingest.officer_entries import EdgeAt, OfficerEntry, Signed

if TYPE_CHECKING:
    from queries.core.reads import Relationship


def signed_by(call: Call, because: str) -> Signed:
    """Return who enters something, today, and why."""
    return Signed(by=call.who, on=call.workspace.today(), because=because)


def change_all(call: Call, entered: Sequence[OfficerEntry], signed: Signed) -> None:
    """Enter several things as one load and print them.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    place = f"entry by {signed.by} on {signed.on}"
    placed = [(place, entry) for entry in entered]
    change(
        call,
        lambda ledger: entries.enter_all(ledger, placed, signed=signed),
        ", ".join(entry.row_key for entry in entered),
    )


def change(call: Call, write: Callable[[Ledger], LoadHeader], what: str) -> None:
    """Enter something by `write`, bring the graph up to it, and print what was entered.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with call.workspace.changing("an officer's entry") as ledger:
        header = write(ledger)
        version = brought_up(call)
    if call.as_json:
        call.console.document({"entry": what, "load": header.no, "source": header.source, "data_version": version})
    else:
        call.console.say(f"{what} (load {header.no}, signed {call.who})")


def brought_up(call: Call) -> str:
    """Bring the graph up to what was just committed and return its hash; blank where that failed, which is noted.

    The exit code stays 0: 3 would say of an entry that it was refused, and whoever reads next brings the graph up.
    """
    from ingest.following import bring_up

    left: list[str] = []
    held = bring_up(call.workspace, left)
    for sentence in left:
        call.console.note(sentence)
    return held.hash if held else ""


def id_of(call: Call, text: str, *, parameter: str, labels: Sequence[str]) -> str:
    """Return the id of what a typed text means.

    Raises:
        NotFound, Ambiguous: Nothing, or more than one thing, is called so.
    """
    from queries.core.names.resolve import subject_of

    with session(call) as context:
        return subject_of(context, text, parameter=parameter, labels=labels).id


def kept_of(tie: Relationship) -> EdgeAt:
    """Return a relationship as corrections name it: type, ends, and the values that make it this one."""
    from graph.domain.catalog import EDGE
    from graph.projection.properties import unflatten

    declared, values = EDGE[tie.type], unflatten(tie.type, tie.values)
    kept = (*declared.identity, *(("period",) if declared.start_is_identity else ()))
    return EdgeAt(tie.type, tie.source, tie.target, {name: values[name] for name in kept if name in values})
