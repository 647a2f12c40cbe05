"""A command line on its way to the process that runs it, and what it printed on its way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from iga.cli.console import Captured, Console
from iga.graph.domain.marking import Marking
from iga.graph.reader import Reader
from iga.graph.settings import Settings

if TYPE_CHECKING:
    from iga.graph.workspace import Workspace


@dataclass(frozen=True)
class CommandLine:
    """Words, what these are relative to, who asks, as what, how much, what for."""

    arguments: Sequence[str]
    folder: str
    who: str
    width: int
    has_styles: bool
    ceiling: str
    purpose: str
    role: str

    @classmethod
    def typed(cls, arguments: Sequence[str], console: Console, settings: Settings) -> Self:
        """Return the words that were typed here."""
        reader = (settings.ceiling.word, settings.purpose, settings.role)
        return cls(tuple(arguments), str(Path.cwd()), settings.who, console.width, console.has_styles, *reader)

    def run(self, workspaces: Callable[[str | None, str | None], "Workspace"], *, door: str) -> dict[str, Any]:
        """Run it in this process, and return what it printed (``out``, ``err``) and its exit ``code``."""
        from iga.cli.command import Call
        from iga.cli.commands import run

        kept = Captured()
        call = Call(
            console=kept.console(self.width, has_styles=self.has_styles),
            workspaces=workspaces,
            folder=Path(self.folder),
            reader=Reader(self.who, self.purpose, Marking.named(self.ceiling), door=door, role=self.role),
        )
        code = run(self.arguments, call)
        return {"out": kept.out.getvalue(), "err": kept.err.getvalue(), "code": code}


def printed(reply: dict[str, Any], console: Console) -> int:
    """Print what a command line printed elsewhere, and return its exit code."""
    console.out.write(reply["out"])
    console.err.write(reply["err"])
    return int(reply["code"])
