"""What the program writes, nobody but its owner reads, whatever the account's umask is."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, files_in, typed
from tests.clock import NOW

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files have no modes on Windows")


def iga(folder: Path, *arguments: str) -> Ran:
    own = {"IGA_STORE": f"embedded:{folder / 'kept' / 'graph'}", "IGA_WHO": "J. Example", "IGA_NOW": NOW}
    return typed(folder, *arguments, environ=own, umask=0o022)


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a graph, to be copied with its modes."""
    folder = files_in(tmp_path_factory.mktemp("filled"))
    loaded = iga(folder, "load", "partners.csv", "--mapping", "partners.yaml")
    assert loaded.code == 0, loaded.err
    return folder


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled_once, tmp_path, dirs_exist_ok=True)


def made_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.name not in ("partners.csv", "partners.yaml"))


def open_in(folder: Path) -> list[str]:
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in made_in(folder)}
    return [f"{path} {mode:04o}" for path, mode in modes.items() if mode & 0o077]


def test_all_that_the_commands_write_is_the_owners_alone(filled: Path) -> None:
    for words in (
        ("find", "acme"),
        ("ask", "neighbourhood", "--party", "Acme Relief", "--ceiling", "public"),
        ("export", "graph", "--to", "graphml", "--ceiling", "public", "-o", "all.graphml"),
        ("export", "rows", "neighbourhood", "--party", "Acme Relief", "--to", "csv", "-o", "rows.csv"),
        ("template", "contacts", "-o", "contacts.xlsx"),
        ("dump", "backup"),
        ("rebuild",),
    ):
        iga(filled, *words)
    names = {path.name for path in made_in(filled)}
    written = {"ledger.sqlite", "graph", "graph.views", "all.graphml", "rows.csv", "contacts.xlsx", "manifest.json"}
    assert written <= names, names
    assert not open_in(filled)


def test_the_doctor_names_what_others_can_read_and_closes_it(filled: Path) -> None:
    assert "only their owner reads them" in iga(filled, "doctor").out
    for path in (filled / "kept" / "graph", *(filled / "kept" / "graph").iterdir()):
        path.chmod(path.stat().st_mode | 0o055)
    (filled / "kept" / "ledger.sqlite").chmod(0o644)
    examined = iga(filled, "doctor")
    assert examined.code == 3
    for said in ("graph (0755)", "ledger.sqlite (0644)", "iga doctor --fix"):
        assert said in examined.out
    assert iga(filled, "doctor", "--fix").code == 0
    assert not open_in(filled / "kept")


def test_a_file_is_not_written_through_a_link(filled: Path) -> None:
    (filled / "out.graphml").symlink_to(filled / "victim")
    ran = iga(filled, "export", "graph", "--to", "graphml", "-o", "out.graphml")
    assert ran.code == 2
    assert "is a link" in ran.err
    assert not (filled / "victim").exists()
