"""A ledger on PostgreSQL does what one in a file does: the same commands say the same, and a dump goes both ways."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, closing
from pathlib import Path

import pytest

from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from tests.cli.conftest import Iga, commands_at, files_in
from tests.clock import NOW
from tests.postgresql_server import PostgresqlAddress

pytestmark = pytest.mark.postgresql

_DIFFERENT = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|person:[0-9a-f]{16}|\b(Graph|version|graph) [0-9a-f]{16,}…?"
    r"|\n  PostgreSQL keeps its write-ahead log.*"
)
"""Ids given by chance, versions keyed with a ledger's own secret, what an erasure does not reach on a server alone."""
_ENTRY = ("add", "contact", "--party", "Acme Relief", "--person", "Ada Example", "--email", "ada@example.org")
_WORDS: tuple[Sequence[str], ...] = (
    ("load", "partners.csv", "--mapping", "partners.yaml"),
    ("load", "partners.csv", "--mapping", "partners.yaml"),  # nothing is new
    (*_ENTRY, "--role", "coordinator", "--because", "her card"),
    ("watch", "add", "acme", "contact", "--party", "Acme Relief"),
    ("correct", "ngo:acme", "website", "https://acme.example.org", "--because", "their letter"),
    ("why", "ngo:acme"),
    ("log",),
    ("undo", "--yes", "--because", "a slip"),
    ("correct", "ngo:beta", "website", "https://beta.example.org", "--because", "their letter"),
    ("judge", "ngo:acme", "ngo:beta", "--same", "--because", "their letter"),
    ("show", "ngo:beta"),
    ("judge", "ngo:acme", "ngo:beta", "--different", "--again", "--because", "another letter"),
    ("watch", "acme"),
    ("ask", "contact", "acme", "--known-on", "load:1"),
    ("ask", "what-changed", "--since", "load:1"),
    ("sources",),
    ("restrict", "Ada Example", "--because", "a letter"),
    ("ask", "contact", "--party", "ngo:acme"),
    ("erase", "Ada Example", "--authority", "decision 1"),
    ("verify-ledger",),
    ("dump", "dump"),
    ("rebuild",),
    ("hash",),
)


def _commands(folder: Path, ledger: str) -> Iterator[Iga]:
    """Give what runs commands in a folder with a graph of its own."""
    environ = {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_NOW": NOW, "IGA_LEDGER": ledger}
    with chdir(folder), closing(OwnWorkspaces(environ, Captured().console(100))) as workspaces:
        yield commands_at(workspaces, folder)


def _spoken(folder: Path, ledger: str) -> list[str]:
    folder.mkdir()
    for iga in _commands(files_in(folder), ledger):
        runs = [(words, iga(*words)) for words in _WORDS]
    assert [(words, ran.err) for words, ran in runs if ran.code] == []
    return [_DIFFERENT.sub("", f"{' '.join(words)}\n{ran.out}") for words, ran in runs]


def test_the_same_commands_say_the_same(tmp_path: Path, postgresql: PostgresqlAddress) -> None:
    address = postgresql.fresh("one")
    on_a_server, in_a_file = _spoken(tmp_path / "a", address), _spoken(tmp_path / "b", str(tmp_path / "b.sqlite"))
    assert on_a_server == in_a_file
    for dumped, into in (("a", str(tmp_path / "c.sqlite")), ("b", postgresql.fresh("other"))):
        folder = tmp_path / f"restored-{dumped}"
        folder.mkdir()
        for iga in _commands(folder, into):
            assert iga("restore", str(tmp_path / dumped / "dump")).code == 0
            assert f"hash\n{iga('hash').out}" == in_a_file[-1]
            assert iga("verify-ledger").code == 0


def test_the_program_itself_reads_and_writes_one(tmp_path: Path, postgresql: PostgresqlAddress) -> None:
    """What is typed runs with a start of its own, which once took the driver's means to send numbers away."""
    files_in(tmp_path)
    environ = {**os.environ, "IGA_STORE": str(tmp_path / "graph"), "IGA_LEDGER": postgresql.fresh()}
    environ |= {"PYTHONPATH": str(Path(__file__).parents[2])}
    for words in (_WORDS[0], ("verify-ledger",)):
        command = [sys.executable, "-m", "iga", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
