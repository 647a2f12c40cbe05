"""The README is run: each command it shows works on the demo data, and prints what it shows."""

import shlex
import shutil
from pathlib import Path

import pytest

from tests.acceptance.pages import iga, iga_apart, shown

README = shown("README.md")


@pytest.mark.parametrize(("command", "output"), [pair for pair in README if pair[0].startswith("iga ")])
def test_a_command_of_the_readme_prints_what_the_readme_shows(demo: Path, command: str, output: str) -> None:
    ran = iga(demo, *shlex.split(command)[1:])
    assert ran.code == 0, ran.err
    if output.strip():
        head = output.split("…\n")[0]  # a block may stop short of the end with a line of its own
        assert ran.out.startswith(head)


def test_the_readme_names_the_two_commands() -> None:
    commands = [command for command, _ in README]
    assert "make quickstart" in commands
    assert "make test" in commands


def test_the_commands_of_quickstart_make_the_demo_store(demo: Path, tmp_path: Path) -> None:
    made, practice = tmp_path / "demo", tmp_path / "demo" / "practice"
    ran = iga_apart(tmp_path, "load", "--bundled")
    assert ran.code == 0, ran.err
    shutil.copytree(made / "graph", practice / "graph")
    shutil.copy(made / "ledger.sqlite", practice)
    ran = iga_apart(tmp_path, "--practice", "load", "--sample")
    assert ran.code == 0, ran.err
    for which in ((), ("--practice",)):
        printed = iga(tmp_path, *which, "hash").out
        assert printed
        assert printed == iga(demo, *which, "hash").out
