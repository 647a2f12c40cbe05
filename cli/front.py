"""What `iga` and `iga ask` show alone: one screen, how to begin and what there is."""

from collections.abc import Iterable, Mapping, Sequence

from iga.cli.columns import in_columns
from iga.cli.console import Console

WAYS_IN = (
    ('iga ask "contact at ODIHR on child trafficking"', "in plain words"),
    ("iga ask contact ODIHR", "by the name of a question; iga ask lists them"),
    ("iga memo government Ghana -o ghana.docx", "a paper with its sources"),
    ("iga open", "the pages in a browser, signed in as yourself"),
    ("iga load --bundled", "to begin with: the bundled reference data"),
)
"""What a new user types first, and what it is."""


def say_on_one_screen(
    console: Console, ways: Sequence[tuple[str, str]], names: Mapping[str, Iterable[str]], last: str
) -> None:
    """Print how to begin, then names by subject, on as few lines as a small window has."""
    rows = [(subject, ", ".join(listed)) for subject, listed in names.items()]
    for lines in (ways, rows):
        console.say("\n".join(in_columns(("", ""), lines, width=console.width)[2:]))
        console.say()
    console.say(last)
