"""What of an answer's rows fits a screen: five columns, twenty rows, and what is alike in all of them said once."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedWriter, RawIOBase, StringIO, TextIOWrapper
from itertools import pairwise
from typing import Any, Protocol, TextIO

from iga.cli.columns import in_columns, in_records
from iga.exports.row_words import Row, heading, telling, text_in
from iga.exports.tables import ranges, records
from iga.graph.errors import UsageError
from iga.graph.settings import PRACTICE
from iga.graph.suggestions import did_you_mean
from iga.queries.core.answer import Answer
from iga.queries.registry import QUESTIONS

# Control characters but tab and line ends, and those that turn the direction of text (UTR #36, section 2.9).
BOLD, DIM, PLAIN = "1", "2", ""
"""How a line is shown where colours are: parameters of SGR (ECMA-48, 8.3.117)."""

_COMMANDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")


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
        out: Results.
        err: Notes, progress and errors.
        width: Columns of the terminal; 100 where there is none.
        height: Lines of the terminal; 0 where there is none.
        is_terminal: Whether somebody is watching, so that progress may be drawn.
        has_styles: Whether bold and dim are shown.
        ask: Returns what the user types at a prompt without echo; None when nobody can be asked.
        answer: The same with echo.
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
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        raise


def terminal() -> Console:
    """Return the console of this process; text is UTF-8 whatever the platform's code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    can_ask = sys.stdin is not None and sys.stdin.isatty()
    watched = sys.stderr.isatty() and sys.stdout.isatty()
    size = shutil.get_terminal_size((100, 24))
    return Console(
        out=sys.stdout,
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


COLUMNS = 5
ROWS = 20

LAPSED = "(?)"
_TIED = "\N{NO-BREAK SPACE}"  # keeps a mark beside its word until the lines are laid out

# First columns that head the rows below them.
_HEADS = ("section", "about_name", "who", "path", "kind", "owner_name", "rule")


@dataclass(frozen=True)
class ScreenTable:
    """The rows of an answer as a screen shows them.

    Attributes:
        headings, cells: The columns, the numbers of the notes last.
        alike: What all rows of the answer have in common, by heading.
        others: Fields that hold something and have no column.
    """

    headings: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    alike: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def lines(self, width: int) -> list[str]:
        """Return the rows as lines of at most `width` places: in columns if these fit, else row by row."""
        laid_out = in_columns(self.headings, self.cells, width=width) if len(self.cells) > 1 else []
        lines = laid_out or in_records(self.headings, self.cells, width=width)
        return [plain_marks(line) for line in lines]


def table_of(answer: Answer, *, limit: int | None = ROWS, fields: Sequence[str] = ()) -> ScreenTable:
    """Return the rows of an answer as a table for a screen.

    Args:
        answer: The answer.
        limit: Rows shown; None is all.
        fields: The fields of a row to show; none is the first few of those that the card names and that differ.

    Raises:
        UsageError: No row has such a field.
    """
    rows = records(answer)
    if not rows:
        return ScreenTable()
    texts = {name: [text_in(name, row) for row in rows] for name in rows[0]}
    known = fields_known(answer, fields) if fields else tuple(telling(answer, texts))
    alike = {name for name in known if len(rows) > 1 and len(set(texts[name])) == 1} if not fields else set()
    differing = [name for name in known if name not in alike] or list(known[:1])
    shown = differing if fields or len(rows) == 1 else differing[:COLUMNS]
    cells = [[texts[name][number] for name in shown] for number in range(len(rows))]
    if shown:
        for row, line in zip(rows, cells, strict=True):
            line[0] = marked(line[0], row)
        if shown[0] in _HEADS and len(shown) > 1:
            _blank_repeated(cells)
    notes = [f"[{ranges(row['evidence'])}]" if row.get("evidence") else "" for row in rows]
    return ScreenTable(
        headings=(*(heading(name, shown) for name in shown), "" if len(rows) > 1 else "notes"),
        cells=tuple((*line, note) for line, note in zip(cells[:limit], notes[:limit], strict=True)),
        alike={heading(name, known): texts[name][0] for name in known if name in alike and name not in shown},
        others=tuple(differing[len(shown) :]),
    )


def fields_known(answer: Answer, fields: Sequence[str]) -> tuple[str, ...]:
    """Return fields asked for as the rows call them, ``due on`` as ``due_on`` and ``body`` as ``body_name``.

    Raises:
        UsageError: No row has one of them.
    """
    card = QUESTIONS.get(answer.question)
    declared = card.row.model_fields.items() if card else ()
    known = {*(field.alias or name for name, field in declared), *(name for row in records(answer) for name in row)}
    named = tuple(name.strip().lower().replace(" ", "_").replace("-", "_") for name in fields)
    for name in named:
        if name not in known:
            raise UsageError(f"--fields: a row of {answer.question} has no {name!r}{did_you_mean(name, known)}")
    return named


def marked(text: str, row: Row) -> str:
    """Return what a row begins with: made-up rows, and those of which no date tells whether they hold, are marked."""
    made_up = f"{PRACTICE}{_TIED}" if row.get("fictional") and not text.startswith(PRACTICE) else ""
    return f"{made_up}{text}{f'{_TIED}{LAPSED}' if row.get('held') == 'unknown' else ''}".strip()


def plain_marks(line: str) -> str:
    """Return a line that is laid out with the marks of its rows apart from their words by a plain space."""
    return line.replace(_TIED, " ")


def _blank_repeated(cells: list[list[str]]) -> None:
    for above, row in reversed(list(pairwise(cells))):
        if above[0] == row[0]:
            row[0] = ""
