"""`iga log` and `iga undo`: what one entered, newest first, and the last of it taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from iga.cli.changing import change, signed_by
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.opening import session
from iga.entering.entry_words import ids_in, tellable, words_of
from iga.entering.naming import names_of
from iga.graph.errors import UsageError
from iga.graph.text import counted

if TYPE_CHECKING:
    from iga.ingest.entry_log import LoggedEntry

_SHOWN = 20


@click.command("log", cls=IgaCommand)
@click.option("--all", "everybody", is_flag=True, help="Everybody's entries, not only one's own.")
@click.option("--limit", default=_SHOWN, show_default=True, type=click.IntRange(1), help="The most to list.")
@pass_call
def log(call: Call, *, everybody: bool, limit: int) -> None:
    """List what you entered, newest first: in words, with its key and what became of it.

    Example: iga log
    """
    from iga.ingest.entry_log import entries_of

    with session(call) as context:
        made = entries_of(context.ledger, by=None if everybody else call.who)
        every = tellable(context, made)
        shown = every[:limit]
        names = names_of(context, {id_ for entry in shown for id_ in ids_in(entry.content)})
    if call.as_json:
        call.console.document({"entries": [_document(entry, names) for entry in shown], "total": len(every)})
        return
    if not made:
        whose = "No entries" if everybody else f"No entries by {call.who}"
        call.console.say(f"{whose} are on record yet; see iga add --help.")
    for entry in shown:
        by = f", {entry.header.by}" if everybody else ""
        standing = "" if entry.standing == "stands" else f" [{entry.standing}]"
        call.console.say(f"{entry.header.at[:10]}{by}{standing}  {words_of(entry.content, names)}  ({entry.row_key})")
    if len(every) > len(shown):
        call.console.say(f"and {len(every) - len(shown)} more (--limit)")
    if held_back := len(made) - len(every):
        call.console.say(f"Left out, naming somebody without consent: {counted(held_back, 'entry')}.")


@click.command("undo", cls=IgaCommand)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--because", default="", metavar="TEXT", help="Why; it stays with the entry.")
@pass_call
def undo(call: Call, *, yes: bool, because: str) -> None:
    """Take back what you entered last; said once more, it takes back what you entered before that.

    What the same entry said before stands again. To take back another entry, see iga withdraw.

    Example: iga undo --yes
    """
    from iga.ingest.entry_log import last_of, take_back

    with session(call) as context:
        last = last_of(context.ledger, call.who)
        told = tellable(context, last)
        names = names_of(context, {id_ for entry in last for id_ in ids_in(entry.content)})
    words = (
        "; ".join(words_of(entry.content, names) for entry in told) or "an entry that names somebody without consent"
    )
    if not yes:
        _confirm(call, f"{words} (entered {last[0].header.at[:10]})")
    signed = signed_by(call, because)
    keys = ", ".join(entry.row_key for entry in last)
    change(call, lambda ledger: take_back(ledger, last, signed=signed), keys, words=words, is_taken_back=True)


def _confirm(call: Call, words: str) -> None:
    """Ask whether to take something back."""
    if call.console.answer is None:
        raise UsageError(f"this would take back: {words}; say so with --yes")
    if call.console.answer(f"Take back: {words}? [y/N] ").strip().casefold() not in ("y", "yes"):
        raise UsageError("nothing was taken back")


def _document(entry: LoggedEntry, names: Mapping[str, str]) -> dict[str, Any]:
    header = entry.header
    return {
        "entry": entry.row_key,
        "words": words_of(entry.content, names),
        "on": header.at[:10],
        "load": header.no,
        "by": header.by,
        "because": header.because,
        "standing": entry.standing,
    }
