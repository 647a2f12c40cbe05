"""What commands that write share: who signs, what is named, and the graph brought up to the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from cli.command import Call
from cli.entry_words import ids_in, words_of
from cli.opening import session
from graph.ledger.ledger import Ledger
from graph.statements import Content, LoadHeader
from ingest import officer_entries as entries
from ingest.officer_entries import EdgeAt, OfficerEntry, Signed

if TYPE_CHECKING:
    from queries.core.reads import Relationship
    from queries.core.session import Session


def signed_by(call: Call, because: str) -> Signed:
    """Return who enters something, today, and why."""
    return Signed(by=call.who, on=call.workspace.today(), because=because)


def change_all(call: Call, entered: Sequence[OfficerEntry], signed: Signed, *, words: str = "") -> None:
    """Enter several things as one load, saying them in words before and after.

    Args:
        call: What the command is called with.
        entered: What is entered.
        signed: Who enters it.
        words: The same in words, where its own would not do.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    place = f"entry by {signed.by} on {signed.on}"
    placed = [(place, entry) for entry in entered]
    change(
        call,
        lambda ledger: entries.enter_all(ledger, placed, signed=signed),
        ", ".join(entry.row_key for entry in entered),
        words=words or words_for(call, [entry.content for entry in entered]),
    )


def words_for(call: Call, contents: Sequence[Content]) -> str:
    """Return entries in words, with the printed names of what they speak of."""
    with session(call) as context:
        names = named(context, {id_ for content in contents for id_ in ids_in(content)})
    return "; ".join(words_of(content, names) for content in contents)


def named(context: Session, ids: Iterable[str]) -> dict[str, str]:
    """Return the printed names of things by id; those that are not in the graph are left out."""
    from queries.core.printed_names import printed_names

    return printed_names(context, ids)


def change(
    call: Call,
    write: Callable[[Ledger], LoadHeader],
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
    with call.workspace.changing("an officer's entry") as ledger:
        header = write(ledger)
        version = brought_up(call)
    if call.as_json:
        stands = {"words": words, "load": header.no, "source": header.source, "data_version": version}
        call.console.document({"entry": what, **stands})
        return
    way_back = "" if is_taken_back or not words else "; iga undo takes it back"
    call.console.say(f"{did}: {what} (load {header.no}, signed {call.who}){way_back}.")


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
