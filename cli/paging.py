"""Shows a result that is longer than the screen page by page, where somebody watches."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO

import click

from iga.cli.console import Console

_READING = frozenset({"ask", "today", "find", "show", "why", "watch", "log", "sources", "audit"})
"""Commands that only show something."""


@contextmanager
def paged(
    console: Console, words: Sequence[str], *, pager: Callable[[str], None] = click.echo_via_pager
) -> Iterator[Console]:
    """Give the console that a command prints to: what is longer than the screen goes through a pager at the end.

    Args:
        console: The terminal; where nobody watches, it has no height and is given as it is.
        words: The words after `iga`.
        pager: Shows a text page by page: the program that `PAGER` names.
    """
    if not console.height or not _READING & set(words[:1]):
        yield console
        return
    kept = StringIO()
    try:
        yield replace(console, out=kept)
    finally:
        text = kept.getvalue()
        if text.count("\n") < console.height:
            console.out.write(text)
        else:
            pager(text)
