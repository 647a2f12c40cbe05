"""What commands that write share: who signs, what is named, and the graph brought up to the ledger."""

from __future__ import annotations

from iga.cli.command import Call
from iga.entering.writing import Write, written
from iga.ingest.officer_entries import Signed


def signed_by(call: Call, because: str) -> Signed:
    """Return who enters something, today, and why."""
    return Signed(by=call.who, on=call.workspace.today(), because=because)


def change(
    call: Call,
    write: Write,
    what: str,
    *,
    words: str = "",
    is_taken_back: bool = False,
) -> None:
    """Enter something by `write`, bring the graph up to it, and say in words what was entered, before and after.

    Args:
        call: What the command is called with.
        write: Writes it into the ledger.
        what: Keys of the entries.
        words: The entries in words; blank says the keys alone.
        is_taken_back: Whether they are taken back instead.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    doing, did = ("Taking back", "Taken back") if is_taken_back else ("Entering", "Entered")
    if words and not call.as_json:
        call.console.say(f"{doing}: {words}.")
    entered = written(call.workspace, write)
    header = entered.header
    for sentence in (*entered.left, *entered.held):
        call.console.note(sentence)
    if call.as_json:
        stands = {"words": words, "load": header.no, "source": header.source, "data_version": entered.data_version}
        stands |= {"held": list(entered.held)}
        call.console.document({"entry": what, **stands})
        return
    way_back = "" if is_taken_back or not words else "; iga undo takes it back"
    call.console.say(f"{did}: {what} (load {header.no}, signed {call.who}){way_back}.")


def brought_up(call: Call) -> str:
    """Bring the graph up to what was just committed and return its version; blank where that failed, which is noted.

    The exit code stays 0: 3 would say of an entry that it was refused, and whoever reads next brings the graph up.
    """
    from iga.ingest.following import bring_up

    left: list[str] = []
    held = bring_up(call.workspace, left)
    for sentence in left:
        call.console.note(sentence)
    return call.workspace.everything().version_of(held.hash) if held else ""
