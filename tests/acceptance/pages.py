"""What the pages of the manual show: commands with their output, run as a reader would run them."""

import os
import re
from contextlib import closing
from pathlib import Path

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.reader import Reader
from tests.cli.conftest import Ran

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


def shown(page: str) -> list[tuple[str, str]]:
    """Return the commands of a page's console blocks, each with the output printed below it."""
    pairs: list[tuple[str, str]] = []
    for block in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            pairs.append((command, output))
    return pairs


def iga(folder: Path, *words: str) -> Ran:
    """Run a command on the demo store of a folder, as a terminal would, but in this process."""
    kept, environment = Captured(), _environment(folder)
    if words[0] == "--practice":
        environment["IGA_PRACTICE"] = "yes"
    with closing(OwnWorkspaces(environment, kept.console(100))) as workspaces:
        call = Call(console=kept.console(100), workspaces=workspaces, folder=folder, reader=Reader("J. Example"))
        code = run(words, call)
    return Ran(code, kept.out.getvalue(), kept.err.getvalue())


def _environment(folder: Path) -> dict[str, str]:
    own = {"IGA_STORE": f"embedded:{folder / 'demo' / 'graph'}", "IGA_WHO": "J. Example"}
    return {**os.environ, **own, "PYTHONUTF8": "1", "COLUMNS": "100"}
