"""The kind of command that `iga` is made of: common options on each, modules imported only when used."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import click

from iga.cli.console import Console
from iga.graph.errors import Denied, IgaError
from iga.graph.reader import Duty, Reader
from iga.graph.settings import PRACTICE

if TYPE_CHECKING:  # opening a workspace imports the drivers; `--help` must not
    from iga.graph.workspace import Workspace
    from iga.queries.core.session import Session


@dataclass
class Acting:
    """What a command does, as far as it has come.

    Attributes:
        act: Its words, without what was typed behind them.
        workspace: What it opened; None is nothing, of which there is nothing to note.
        recipient: For whom it made a paper or a file.
    """

    act: str = ""
    workspace: Workspace | None = None
    sessions: list[Session] = field(default_factory=list)
    recipient: str = ""
    is_disclosure: bool = False


@dataclass(frozen=True)
class Call:
    """What every command gets besides its own arguments.

    Attributes:
        workspaces: Returns the workspace at the store and ledger asked for; nothing is opened before.
        folder: Folder that relative paths of the caller start from.
        reader: Who called it, and what they are shown.
        store, ledger: As asked for on the command line; None is the environment's.
        as_json: Whether the result is one JSON document.
        acting: What the command does, for the audit log.
    """

    console: Console
    workspaces: Callable[[str | None, str | None], Workspace]
    folder: Path
    reader: Reader
    store: str | None = None
    ledger: str | None = None
    as_json: bool = False
    acting: Acting = field(default_factory=lambda: Acting())

    @property
    def workspace(self) -> Workspace:
        """The workspace at the store and ledger asked for, as its reader sees it."""
        opened = self.workspaces(self.store, self.ledger).under(self.reader)
        if self.acting.workspace is None and opened.settings.is_practice:
            self.console.begin_with(PRACTICE)
        self.acting.workspace = opened
        return opened

    @property
    def who(self) -> str:
        """Name that entries and loads are signed with."""
        return self.reader.who

    def path(self, name: str) -> Path:
        """Return a path as the caller meant it."""
        return self.folder / name

    def tell(self, document: Any, *lines: str) -> None:
        """Print a result: as one JSON document where that is asked for, else line by line."""
        if self.as_json:
            self.console.document(document)
            return
        for line in lines:
            self.console.say(line)

    def note_in_the_log(self, code: int) -> None:
        """Note in the audit log what the command did that opened the ledger or the graph; where that fails, say so."""
        acting = self.acting
        if acting.workspace is None:
            return
        from iga.queries.core import accounting

        try:
            accounting.note(
                acting.workspace,
                acting.sessions,
                act=acting.act,
                outcome="done" if code == 0 else "refused" if code in (2, 3, 4, 6) else "failed",
                recipient=acting.recipient,
                is_disclosure=acting.is_disclosure,
            )
        except IgaError as error:
            self.console.note(f"This is not in the audit log: {error.message}")


pass_call = click.make_pass_decorator(Call)


def _common() -> list[click.Parameter]:
    return [
        click.Option(["--store"], metavar="ADDRESS", help="embedded:PATH or neo4j://HOST; else IGA_STORE."),
        click.Option(["--ledger"], metavar="ADDRESS", help="PATH or postgresql://…; else IGA_LEDGER."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON document; notes go to stderr."),
    ]


DUTIES: Mapping[str, Duty] = {
    **dict.fromkeys(("add", "correct", "verify", "judge", "withdraw", "undo"), "write"),
    **dict.fromkeys(
        ("load", "restrict", "hold", "holds", "erase", "rebuild", "dump", "restore", "verify-ledger", "serve", "keys"),
        "keep",
    ),
    "audit": "audit",
}
"""What a role needs for a command; for those that are not named it is to read."""

_FOR_ALL = ("help", "doctor", "status", "completion")


class IgaCommand(click.Command):
    """A command that also takes --store, --ledger and --json, and finds them in its `Call`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = [*self.params, *_common()]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command with what was asked for in its `Call`."""
        asked = {name: ctx.params.pop(name) for name in ("store", "ledger", "as_json")}
        ctx.obj = replace(ctx.obj, **asked)
        ctx.obj.acting.act = ctx.command_path.partition(" ")[2]
        _refuse_unless_allowed(ctx.obj)
        return super().invoke(ctx)


def _refuse_unless_allowed(call: Call) -> None:
    name = call.acting.act.partition(" ")[0]
    if name in _FOR_ALL:
        return
    try:
        call.reader.refuse_unless(DUTIES.get(name, "read"))
    except Denied:
        call.acting.workspace = call.workspace  # whose audit log notes it
        raise


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called.

    Attributes:
        listed: Command name → (module, attribute, help line), in the order of the help page.
    """

    listed: ClassVar[Mapping[str, tuple[str, str, str]]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands, in the order of the help page."""
        return list(self.listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a command, importing its module; None when there is none of this name."""
        if cmd_name not in self.listed:
            return None
        module, attribute, _ = self.listed[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in self.listed.items()])
