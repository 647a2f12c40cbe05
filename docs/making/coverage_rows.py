"""The rows of docs/coverage.md: what the office works with, and the commands that show that it is there."""

import shlex
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class CoverageRow:
    """One subject of the office's work.

    Attributes:
        subject: As the office calls it.
        loads: Command lines that bring a file of the office's own in: templates and formats.
        asks: Command lines, without ``iga``, that show the bundled data; each is run when the page is made.
        sources: Sources that it is on record from, without ``ref:``; each source stands under one subject.
    """

    subject: str
    loads: tuple[str, ...]
    asks: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...] = ()


def _rows() -> tuple[CoverageRow, ...]:
    table = yaml.safe_load(Path(__file__).with_name("coverage_rows.yaml").read_text(encoding="utf-8"))
    return tuple(
        CoverageRow(
            row["subject"],
            tuple(row.get("loads", ())),
            tuple(tuple(shlex.split(words)) for words in row.get("asks", ())),
            tuple(row.get("sources", ())),
        )
        for row in table
    )


ROWS = _rows()


def command_line(words: tuple[str, ...]) -> str:
    """Return words as they are typed in a shell."""
    quoted = (f'"{word}"' if " " in word or not word.isascii() else word for word in words)
    return f"iga {' '.join(quoted)}"
