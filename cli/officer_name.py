"""The name that entries are signed with: asked for once, when somebody first enters something, and kept."""

from collections.abc import Mapping, Sequence

from iga.cli.command import DUTIES
from iga.cli.console import Console
from iga.graph.private import make_folder, opener
from iga.graph.settings import kept_name_in, name_file


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
