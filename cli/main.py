"""The `iga` program: a command line runs in the process that holds the graph, or in this one."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import click

from iga.cli.command import DUTIES, Call
from iga.cli.commands import INTERRUPTED, STOPPED, by_system, iga, refusal, run
from iga.cli.completion import completed
from iga.cli.console import Console, flushed, make_streams_sound, terminal
from iga.cli.opening import OwnWorkspaces, elsewhere, settings_for
from iga.cli.progress import waiting
from iga.cli.standby import leave, may_stand
from iga.graph.errors import IgaError, SystemRefused
from iga.graph.garbage_collection import seldom_collected
from iga.graph.private import keep_to_the_owner, make_folder, opener
from iga.graph.settings import kept_name_in, name_file

STANDARD_INPUT = "-"
INPUT_OPTION = "--standard-input"
_INPUT_NAME = "standard-input"
_ZIP = b"PK\x03\x04"


@contextmanager
def spooled(arguments: Sequence[str], stream: BinaryIO | None = None) -> Iterator[list[str]]:
    """Give the words of a command line with standard input, where `load -` asks for it, in a temporary file."""
    words = list(arguments)
    if words[:1] != ["load"] or STANDARD_INPUT not in words:
        yield words
        return
    with TemporaryDirectory(prefix="iga-") as folder:
        path = _put_in(stream or sys.stdin.buffer, Path(folder))
        yield [word for word in words if word != STANDARD_INPUT] + [INPUT_OPTION, str(path)]


def _put_in(stream: BinaryIO, folder: Path) -> Path:
    start = stream.read(len(_ZIP))
    path = folder / (f"{_INPUT_NAME}.xlsx" if start == _ZIP else _INPUT_NAME)
    with path.open("wb") as file:
        file.write(start)
        shutil.copyfileobj(stream, file)
    return path


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


def ask_for_name(words: Sequence[str], console: Console, environ: Mapping[str, str]) -> None:
    """Ask for the officer's name before a command that signs, where it is not known and somebody can be asked.

    It is kept in the folder of the program; IGA_WHO goes before it. A blank answer keeps nothing.

    Raises:
        OSError: The folder cannot be written.
    """
    command = next((word for word in words if not word.startswith("-")), "help")
    asks = console.answer if DUTIES.get(command) == "write" and not {"-h", "--help"} & set(words) else None
    if asks is None or environ.get("IGA_WHO") or kept_name_in(environ):
        return
    name = " ".join(asks("Your name, as your entries are signed (kept for the next time): ").split())
    if not name:
        return
    path = name_file(environ)
    make_folder(path.parent)
    with open(path, "w", encoding="utf-8", opener=opener) as file:
        file.write(f"{name}\n")
    console.note(f"Kept in {path}; IGA_WHO goes before it.")


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
