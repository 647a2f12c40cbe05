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


def coverage_rows() -> list[CoverageRow]:
    """Return the rows, in the order of coverage.yaml."""
    declared = yaml.safe_load(Path(__file__).with_name("coverage.yaml").read_text(encoding="utf-8"))
    return [
        CoverageRow(
            subject,
            tuple(of["loads"]),
            tuple(tuple(shlex.split(line)) for line in of["asks"]),
            tuple(of.get("sources", "").split()),
        )
        for subject, of in declared.items()
    ]


def command_line(words: tuple[str, ...]) -> str:
    """Return words as they are typed in a shell."""
    quoted = (f'"{word}"' if " " in word or not word.isascii() else word for word in words)
    return f"iga {' '.join(quoted)}"
