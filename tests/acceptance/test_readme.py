"""The README is run: each command it shows works on the demo data, and prints what it shows."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "ingest" / "reference" / "sample"
BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


def shown() -> list[tuple[str, str]]:
    """Return the commands of the README's console blocks, each with the output printed below it."""
    pairs: list[tuple[str, str]] = []
    for block in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            pairs.append((command, output))
    return pairs


def iga(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "IGA_STORE": f"embedded:{folder / 'demo' / 'graph'}", "IGA_WHO": "J. Example"}
    environment |= {"PYTHONUTF8": "1", "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *words],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo store that `make quickstart` makes."""
    folder = tmp_path_factory.mktemp("readme")
    assert iga(folder, "load", "--bundled").returncode == 0
    files = (str(SAMPLE / "contacts_fictional.xlsx"), "--mapping", str(SAMPLE / "contacts_fictional.yaml"))
    done = iga(folder, "load", *files)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(("command", "output"), [pair for pair in shown() if pair[0].startswith("iga ")])
def test_a_command_of_the_readme_prints_what_the_readme_shows(demo: Path, command: str, output: str) -> None:
    ran = iga(demo, *shlex.split(command)[1:])
    assert ran.returncode == 0, ran.stderr
    if output.strip():
        head = output.split("…\n")[0]  # a block may stop short of the end with a line of its own
        assert ran.stdout.startswith(head)


def test_the_readme_names_the_two_commands() -> None:
    commands = [command for command, _ in shown()]
    assert "make quickstart" in commands
    assert "make test" in commands


def test_quickstart_twice_changes_nothing(demo: Path) -> None:
    before = iga(demo, "hash").stdout
    assert iga(demo, "load", "--bundled").returncode == 0
    assert iga(demo, "hash").stdout == before
