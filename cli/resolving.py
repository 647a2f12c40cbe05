"""Judgements as commands enter them: what `iga judge` and `iga resolve same` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cli.changing import brought_up, change
from cli.command import Call

if TYPE_CHECKING:
    from graph.ledger.ledger import Ledger
    from graph.statements import LoadHeader, Word


def enter_verdict(call: Call, first: str, second: str, word: Word, *, because: str) -> None:
    """Enter a verdict on two ids and print it.

    Raises:
        UsageError: One of them is not an id, or no reason is given.
        Contradiction: Ids would be one although they are judged different.
    """
    from entering.pairs import judgement

    change(call, judgement(first, second, word, by=call.who, because=because), f"{first} and {second}: {word}")


def withdraw_verdict(call: Call, first: str, second: str, *, because: str) -> None:
    """Take back the person's verdict on two ids and print so.

    Raises:
        NotFound: There is none.
    """
    from graph.ledger.judgements import withdraw_judgement

    def write(ledger: Ledger) -> LoadHeader:
        return withdraw_judgement(ledger, first, second, by=call.who, because=because)

    change(call, write, f"the judgement on {first} and {second}", is_taken_back=True)


def changed(call: Call, work: Callable[[Ledger], object], what: str) -> str:
    """Do something with the ledger under its writer lock, bring the graph up to it, and return the graph's hash."""
    with call.workspace.changing(what) as ledger:
        work(ledger)
        return brought_up(call)
