"""The `iga` program: a command line runs in the process that holds the graph, or in this one."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from iga.cli.command import Call
from iga.cli.commands import INTERRUPTED, STOPPED, by_system, iga, refusal, run
from iga.cli.completion import completed
from iga.cli.console import Console, flushed, make_streams_sound, terminal
from iga.cli.officer_name import ask_for_name
from iga.cli.opening import OwnWorkspaces, elsewhere, settings_for
from iga.cli.paging import paged
from iga.cli.progress import waiting
from iga.cli.standard_input import spooled
from iga.cli.standby import leave, may_stand
from iga.graph.collector import seldom_collected
from iga.graph.errors import IgaError, SystemRefused
from iga.graph.private import keep_to_the_owner


class WithoutUnused:
    """Does not find what the engine, openpyxl and the driver of Neo4j look for, for uses that nobody has here.

    Where they are installed, loading them took up to 0.7 s, and where memory is little, numpy ended the process. None
    in `sys.modules`, which says the same, is taken for numpy itself by the driver of PostgreSQL.
    """

    def find_spec(self, name: str, _path: object, _target: object = None) -> None:
        """Say that one of them is missing, and leave all else to others."""
        if name in ("numpy", "pandas"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def main() -> None:
    """Run `iga` in this process, or inside the server that holds the graph."""
    sys.meta_path.insert(0, WithoutUnused())
    keep_to_the_owner()
    make_streams_sound()
    console = terminal()
    if sys.argv[1:2] == ["--practice"]:
        os.environ["IGA_PRACTICE"] = sys.argv.pop(1)
    code = 0
    try:
        code = _typed(console)
        flushed(sys.stdout)
    except BrokenPipeError:
        pass  # whoever reads has enough
    except (OSError, MemoryError) as error:
        if code != SystemRefused.exit_code:  # else that is said already
            code = refusal(by_system(error), console, as_json=False)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            flushed(stream)
    gc.freeze()  # the system takes all of it back: looking for what refers to what took a seventh of a short command
    sys.exit(code)


def _typed(console: Console) -> int:
    with seldom_collected(), spooled(sys.argv[1:]) as words:
        code = completed(iga, carry_out)
        if code is None:
            with paged(console, words) as page, waiting(page) as watched:
                code = carry_out(words, watched)
    return code


def carry_out(words: Sequence[str], console: Console) -> int:
    """Run a command line in the process that holds the graph, or in this one, and return its exit code."""
    try:
        ask_for_name(words, console, os.environ)
        code = elsewhere(words, console)
        if code is not None:
            return code
        settings = settings_for(words)
        with closing(OwnWorkspaces(os.environ, console)) as workspaces:
            code = run(words, Call(console=console, workspaces=workspaces, folder=Path.cwd(), reader=settings.reader))
        if code == 0 and may_stand(words, settings, os.environ):
            leave(settings)
        return code
    except IgaError as error:
        return refusal(error, console, as_json="--json" in words)
    except KeyboardInterrupt:
        console.note(STOPPED)
        return INTERRUPTED


if __name__ == "__main__":
    main()
