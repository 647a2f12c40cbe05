import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.cli.main import main
from iga.cli.opening import OwnWorkspaces
from iga.graph.reader import Reader
from tests.clock import NOW
from tests.conftest import made_once

MAPPING = """
card: {source: "test:partners", title: Partners of a test, as_of: 2026-01-01, rank: 20, complete: true}
row_key: [id]
nodes:
  partner: {class: Ngo, id: {template: "ngo:{id}"}, fields: {name: name, country: {column: country, read: government}}}
  country: {class: Government, id: {column: country, read: government}, fields: {name: country}}
"""
PARTNERS = "id,name,country\nacme,Acme Relief,Ghana\nbeta,Beta House,Kenya\n"


@dataclass(frozen=True)
class Ran:
    """What one run of a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Iga = Callable[..., Ran]


def files_in(folder: Path) -> Path:
    """Put the mapping and the partners of a test into a folder."""
    (folder / "partners.yaml").write_text(MAPPING, encoding="utf-8", newline="\n")
    (folder / "partners.csv").write_text(PARTNERS, encoding="utf-8", newline="\n")
    return folder


@contextmanager
def workspaces_in(folder: Path) -> Iterator[OwnWorkspaces]:
    """Give the desks of a folder."""
    nowhere = Captured().console(100)
    environ = {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_NOW": NOW}
    with closing(OwnWorkspaces(environ, nowhere)) as workspaces, workspaces(None, None).kept_open():
        yield workspaces


def commands_at(workspaces: OwnWorkspaces, folder: Path) -> Iga:
    """Return what runs commands in a folder, as a terminal would, but in this process."""

    def command(*arguments: str) -> Ran:
        kept = Captured()
        call = Call(console=kept.console(100), workspaces=workspaces, folder=folder, reader=Reader("J. Example"))
        code = run(arguments, call)
        return Ran(code, kept.out.getvalue(), kept.err.getvalue())

    return command


@contextmanager
def commands_in(folder: Path) -> Iterator[Iga]:
    """Give what runs commands in a folder of its own."""
    with workspaces_in(folder) as workspaces:
        yield commands_at(workspaces, folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return files_in(tmp_path)


@pytest.fixture
def workspaces(folder: Path) -> Iterator[OwnWorkspaces]:
    """Give the desks of a folder of its own."""
    with workspaces_in(folder) as opened:
        yield opened


@pytest.fixture
def iga(folder: Path, workspaces: OwnWorkspaces) -> Iga:
    """Run commands in a folder of their own."""
    return commands_at(workspaces, folder)


@pytest.fixture(scope="session")
def loaded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the partners loaded, to be copied."""

    def fill(folder: Path) -> None:
        folder.mkdir()
        with commands_in(files_in(folder)) as iga:
            ran = iga("load", "partners.csv", "--mapping", "partners.yaml")
            assert ran.code == 0, ran.err

    return made_once(tmp_path_factory, "partners", fill)


@pytest.fixture
def loaded(iga: Iga, folder: Path, loaded_folder: Path) -> Iga:
    shutil.copytree(loaded_folder, folder, dirs_exist_ok=True)
    return iga


def typed(folder: Path, *arguments: str, environ: Mapping[str, str], umask: int = 0o077) -> Ran:
    """Run a command line in a folder as whoever types it does, by the server that holds the graph where there is one.

    It is this process that runs it: for what a process of its own makes no difference to.
    """
    out, err, mask = StringIO(), StringIO(), os.umask(umask)
    with pytest.MonkeyPatch.context() as patch, chdir(folder), redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["iga", *arguments])
        for name, value in environ.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            main()
    os.umask(mask)
    assert isinstance(end.value.code, int)
    return Ran(end.value.code, out.getvalue(), err.getvalue())


def words(ran: Ran) -> Sequence[str]:
    return (ran.out + ran.err).split()
