"""Judgements as commands enter them: what `iga judge` and `iga resolve same` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from iga.cli.changing import brought_up, change
from iga.cli.command import Call
from iga.graph.errors import Contradiction

if TYPE_CHECKING:
    from iga.graph.ledger.ledger import Ledger
    from iga.graph.statements import LoadHeader, Word


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
