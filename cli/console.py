"""Where a command prints: results to one stream, notes to the other, or both into a reply over HTTP."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedWriter, RawIOBase, StringIO, TextIOWrapper
from typing import Any, Protocol, TextIO, TypeVar

# Control characters but tab and line ends, and those that turn the direction of text (UTR #36, section 2.9).
BOLD, DIM, PLAIN = "1", "2", ""
"""How a line is shown where colours are: parameters of SGR (ECMA-48, 8.3.117)."""

_COMMANDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")


T = TypeVar("T")


class Stream(Protocol):
    """What is printed to."""

    def write(self, text: str, /) -> int:
        """Print a text."""

    def flush(self) -> None:
        """Show what was printed."""


@dataclass(frozen=True)
class Console:
    """The streams of one run of a command.

    Attributes:
        width: Columns of the terminal; 100 where there is none.
        height: Lines of the terminal; 0 where there is none.
        is_terminal: Whether somebody is watching, so that progress may be drawn.
        ask: Returns what the user types at a prompt without echo; None when nobody can be asked.
        opening: A mark that the next result begins with; none is left afterwards.
    """

    out: Stream
    err: Stream
    width: int = 100
    height: int = 0
    is_terminal: bool = False
    has_styles: bool = False
    ask: Callable[[str], str] | None = None
    answer: Callable[[str], str] | None = None
    opening: list[str] = field(default_factory=list)

    def begin_with(self, mark: str) -> None:
        """Let the next result begin with a mark, unless it does by itself."""
        self.opening.append(mark)

    def say(self, text: str = "", style: str = PLAIN) -> None:
        """Print a result, in a style where there are any."""
        shown = inert(text)
        if self.opening:
            mark = self.opening.pop()
            shown = shown if shown.startswith(mark) else f"{mark} {shown}"
        self.out.write(f"\x1b[{style}m{shown}\x1b[0m\n" if style and self.has_styles else f"{shown}\n")

    def note(self, text: str) -> None:
        """Print a note, out of the way of results; one that cannot be printed stops nothing."""
        with suppress(OSError):
            self.err.write(f"{inert(text)}\n")

    def document(self, value: Any) -> None:
        """Print one JSON document, the whole of a command's result under ``--json``."""
        self.out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def inert(text: str) -> str:
    """Return text that a terminal shows as it is: what would colour, turn or move it is written out, ``<U+001B>``."""
    return _COMMANDS.sub(lambda letter: f"<U+{ord(letter[0]):04X}>", text)


def make_streams_sound() -> None:
    """Let what was closed by whoever started this process lead nowhere: else the next file opened takes its number.

    An output without a buffer (PYTHONUNBUFFERED) gets one: it would lose what a full disk did not take, without a word.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - as long as we run
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, RawIOBase):
        sys.stdout = TextIOWrapper(BufferedWriter(raw), line_buffering=True)


def flushed(stream: TextIO) -> None:
    """Flush an output of this process; where that fails, the interpreter does not try again at its end.

    Raises:
        OSError: It cannot be written.
    """
    try:
        stream.flush()
    except OSError:
        _lead_nowhere(stream)
        raise


def _lead_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@dataclass(frozen=True)
class ReadUntilEnough:
    """An output whose reader may have enough: the rest leads nowhere, and the command goes on to its own exit code."""

    stream: TextIO

    def write(self, text: str) -> int:
        """Print a text."""
        return self._done(self.stream.write, text) or 0

    def flush(self) -> None:
        """Show what was printed."""
        self._done(self.stream.flush)

    def _done(self, act: Callable[..., T], *given: str) -> T | None:
        try:
            return act(*given)
        except BrokenPipeError:
            _lead_nowhere(self.stream)
            return None


def terminal() -> Console:
    """Return the console of this process; text is UTF-8 whatever the platform's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    can_ask = sys.stdin is not None and sys.stdin.isatty()
    watched = sys.stderr.isatty() and sys.stdout.isatty()
    size = shutil.get_terminal_size((100, 24))
    return Console(
        out=ReadUntilEnough(sys.stdout),
        err=sys.stderr,
        width=size.columns,
        height=size.lines if watched else 0,
        is_terminal=watched,
        has_styles=sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
        ask=_prompt if can_ask else None,
        answer=input if can_ask else None,
    )


def _prompt(question: str) -> str:
    from getpass import getpass

    return getpass(question)


@dataclass(frozen=True)
class Captured:
    """A console that keeps what is printed, for a run inside the server."""

    out: StringIO = field(default_factory=StringIO)
    err: StringIO = field(default_factory=StringIO)

    def console(self, width: int, *, has_styles: bool = False) -> Console:
        """Return the console that prints here."""
        return Console(out=self.out, err=self.err, width=width, has_styles=has_styles)
