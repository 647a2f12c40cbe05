"""How a command line reaches the ledger and the graph: in this process, or through the server that holds them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from iga.cli.command import Call
from iga.cli.console import Console
from iga.cli.standby import by_standby, is_door, may_stand
from iga.graph.errors import LedgerError, SystemRefused
from iga.graph.settings import Settings, read_settings

if TYPE_CHECKING:
    from iga.graph.workspace import Workspace
    from iga.queries.core.session import Session

# These never go through a server: they start one, examine one, or need neither ledger nor graph.
LOCAL = frozenset({"open", "serve", "doctor", "help", "template", "mapping", "keys", "completion"})


class OwnWorkspaces:
    """Opens workspaces in this process, one for each store and ledger asked for, and closes them at the end."""

    def __init__(self, environ: Mapping[str, str], console: Console) -> None:
        self._environ = environ
        self._console = console
        self._open: dict[tuple[str, str], Workspace] = {}
        self._closing = ExitStack()

    def __call__(self, store: str | None, ledger: str | None) -> Workspace:
        """Return the workspace at a store and a ledger; None means the environment's."""
        from iga.graph.workspace import Workspace

        settings = read_settings(self._environ, store=store, ledger=ledger)
        place = (settings.store, settings.ledger)
        if place not in self._open:
            if settings.password is None and settings.embedded_path is None and self._console.ask:
                settings = replace(settings, password=self._prompted(self._console.ask, settings.store))
            self._open[place] = self._closing.enter_context(Workspace(settings, clock=settings.clock))
        return self._open[place]

    def close(self) -> None:
        """Close every workspace."""
        self._closing.close()

    def _prompted(self, ask: Callable[[str], str], store: str) -> Callable[[], str]:
        return cache(lambda: ask(f"Password of {store}: "))


def elsewhere(arguments: Sequence[str], console: Console) -> int | None:
    """Run a command line in the process that holds the graph; None where none does, or it need not.

    That is a server, or the standby of an earlier read.
    """
    command = next((word for word in arguments if not word.startswith("-")), "help")
    if command in LOCAL or {"-h", "--help"} & set(arguments) or _is_review(arguments) or is_door(arguments):
        return None
    settings = settings_for(arguments)
    if settings.door.exists():
        from iga.cli.remote import forwarded, server_at

        if server := server_at(settings):
            return forwarded(arguments, console, server=server, settings=settings)
    return by_standby(arguments, console, settings) if may_stand(arguments, settings, os.environ) else None


def settings_for(arguments: Sequence[str]) -> Settings:
    """Return the settings that a command line has, before anything of it is parsed."""
    return read_settings(os.environ, store=_option(arguments, "--store"), ledger=_option(arguments, "--ledger"))


def _is_review(arguments: Sequence[str]) -> bool:
    """True if a command line is the review, which reads the keyboard here and sends what it is told there."""
    return list(arguments[:1]) == ["resolve"] and (
        len(arguments) == 1 or arguments[1].startswith("-") or arguments[1] == "review"
    )


def _option(arguments: Sequence[str], name: str) -> str | None:
    """Find an option's value before anything is parsed; the parser will complain about what is malformed."""
    for position, word in enumerate(arguments):
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
        if word == name and position + 1 < len(arguments):
            return arguments[position + 1]
    return None


@contextmanager
def kept_if_possible(call: Call) -> Iterator[None]:
    """Note in the ledger what was looked at; where it cannot be written now, say that it stays new."""
    try:
        yield
    except (LedgerError, SystemRefused) as error:
        call.console.note(f"What is new stays new: {error.message}")


@contextmanager
def session(call: Call, *, known_on: str | None = None, ceiling: str | None = None) -> Iterator[Session]:
    """Open the graph for questions, brought up to date with the ledger first."""
    from iga.graph.domain.marking import Marking
    from iga.queries.core.session import Session

    highest = None if ceiling is None else Marking.named(ceiling)
    workspace = call.workspace
    with workspace.reading(known_on=known_on, ceiling=highest) as reading:
        opened = Session.at(workspace, reading)
        call.acting.sessions.append(opened)
        if call.acting.is_disclosure:
            opened.refuse_unlogged("papers and files are made")
        yield opened
