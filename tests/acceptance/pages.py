"""What the pages of the manual show: commands with their output, run as a reader would run them."""

import os
import re
import subprocess
import sys
from pathlib import Path

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


def iga(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command on the demo store of a folder."""
    environment = {**os.environ, "IGA_STORE": f"embedded:{folder / 'demo' / 'graph'}", "IGA_WHO": "J. Example"}
    environment |= {"PYTHONUTF8": "1", "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *words],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
