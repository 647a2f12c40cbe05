"""The rows of docs/coverage.md: what the office works with, and the commands that show that it is there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CoverageRow:
    """One subject of the office's work.

    Attributes:
        subject: As the office calls it.
        loads: Command lines that bring a file of the office's own in: templates and formats.
        asks: Command lines, without ``iga``, that show the bundled data; each is run when the page is made.
    """

    subject: str
    loads: tuple[str, ...]
    asks: tuple[tuple[str, ...], ...]


ROWS: tuple[CoverageRow, ...] = (
    CoverageRow(
        "UN",
        ("iga template members -o members.xlsx", "iga load votes.csv --format un-votes"),
        (("ask", "members", "--party", "ICAT"), ("ask", "members", "--party", "Human Rights Council")),
    ),
)


def command_line(words: tuple[str, ...]) -> str:
    """Return words as they are typed in a shell."""
    quoted = (f'"{word}"' if " " in word or not word.isascii() else word for word in words)
    return f"iga {' '.join(quoted)}"
