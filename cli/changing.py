"""What commands that write share: who signs, what is named, and the graph brought up to the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from iga.cli.command import Call
from iga.entering.writing import Write, written
from iga.graph.errors import Contradiction
from iga.ingest.officer_entries import Signed

if TYPE_CHECKING:
    from iga.graph.ledger.ledger import Ledger
    from iga.graph.statements import LoadHeader, Word


def signed_by(call: Call, because: str) -> Signed:
    """Return who enters something, today, and why."""
    return Signed(by=call.who, on=call.workspace.today(), because=because)


def change(call: Call, write: Write, what: str, *, words: str = "", is_taken_back: bool = False) -> None:
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


again = click.option("--again", is_flag=True, help="Judge a pair on which somebody has judged otherwise.")
"""Option of commands that enter a verdict."""


def enter_verdict(call: Call, first: str, second: str, word: Word, *, because: str, is_again: bool) -> None:
    """Enter a verdict on two ids and print it; where a person judged otherwise before, ask whether it is to count.

    Raises:
        UsageError: One of them is not an id, or no reason is given.
        Contradiction: Ids would be one although they are judged different, or a person judged otherwise before.
    """
    from iga.entering.pairs import judgement
    from iga.ingest.resolution.judging import judged_before

    before = judged_before(call.workspace.everything(), first, second, word)  # whatever becomes of the graph
    if before and not is_again and not _is_meant_again(call, before):
        raise Contradiction(f"{before}. Nothing was entered; to judge it again, add --again")
    write = judgement(first, second, word, by=call.who, because=because, is_again=bool(before))
    change(call, write, f"{first} and {second}: {word}")


def _is_meant_again(call: Call, before: str) -> bool:
    """Ask somebody at a terminal whether a pair is to be judged again; False where nobody can be asked."""
    if call.console.answer is None or not call.console.is_terminal:
        return False
    call.console.note(f"{before}.")
    call.console.err.write("Judge it again? [y/N]: ")
    return call.console.answer("").strip().lower() in ("y", "yes")


def withdraw_verdict(call: Call, first: str, second: str, *, because: str) -> None:
    """Take back the person's verdict on two ids and print so.

    Raises:
        NotFound: There is none.
    """
    from iga.graph.ledger.judgements import withdraw_judgement

    def write(ledger: Ledger) -> LoadHeader:
        return withdraw_judgement(ledger, first, second, by=call.who, because=because)

    change(call, write, f"the judgement on {first} and {second}", is_taken_back=True)


def changed(call: Call, work: Callable[[Ledger], object], what: str) -> str:
    """Do something with the ledger under its writer lock, bring the graph up to it, and return the graph's hash."""
    with call.workspace.changing(what) as ledger:
        work(ledger)
        return brought_up(call)
