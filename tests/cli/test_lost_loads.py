"""No copy is made of a ledger that lost loads, and none is called whole: its head, or its graph, knows of them."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.restore import restore
from tests.cli.conftest import PARTNERS, Iga, commands_at, commands_in, files_in
from tests.cli.test_left_undone import LOAD
from tests.clock import NOW, clock
from tests.conftest import ON_POSTGRESQL

LOST = "loads are missing from the ledger: it had a load 2 once"


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home whose second load lies in the log of its ledger alone, and a dump of its first."""
    folder, left = (tmp_path_factory.mktemp("logged") / name for name in ("home", "left"))
    folder.mkdir()
    with commands_in(files_in(folder)) as iga:
        assert iga(*LOAD).code == 0
        assert iga("dump", "first").code == 0
    with commands_in(folder) as iga, closing(sqlite3.connect(folder / "ledger.sqlite")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM load").fetchone()  # who reads keeps the log from being written back
        (folder / "partners.csv").write_text(PARTNERS.replace("Acme Relief", "Acme Aid"), encoding="utf-8")
        assert iga(*LOAD).code == 0
        shutil.copytree(folder, left)
    assert (left / "ledger.sqlite-wal").stat().st_size
    return left


@pytest.fixture
def folder(logged: Path, tmp_path: Path) -> Path:
    shutil.copytree(logged, tmp_path / "home")
    return tmp_path / "home"


def lose(folder: Path, *endings: str) -> None:
    for ending in endings:
        if ending == "graph":
            for place in folder.glob("graph*"):
                shutil.rmtree(place) if place.is_dir() else place.unlink()
            continue
        path = folder / f"ledger.sqlite{ending.removesuffix(' cut')}"
        path.write_bytes(path.read_bytes()[:4_000]) if ending.endswith("cut") else path.unlink()


def says_so(iga: Iga, folder: Path) -> None:
    ran = iga("dump", "copy")
    assert (ran.code, LOST in ran.err, (folder / "copy").exists()) == (5, True, False)
    ran = iga("verify-ledger")
    assert (ran.code, LOST in ran.out, "is what was written" in ran.out) == (3, True, False)
    assert LOST in iga("verify-ledger", "--json").document["damaged"][0]["says"]
    ran = iga("doctor")
    assert (ran.code, LOST in ran.out) == (3, True)
    assert iga("rebuild").code == 5


@pytest.mark.parametrize(
    "lost",
    [
        *(("-wal", "-shm"), ("-wal cut", "-shm"), ("-wal", "-shm", ".head"), ("-wal cut", "-shm", ".head", ".left")),
        ("-wal", "-shm", ".head", ".left", "graph"),
    ],
)
def test_a_lost_log_is_told_and_the_loss_can_be_accepted(folder: Path, lost: tuple[str, ...]) -> None:
    lose(folder, *lost)
    with commands_in(folder) as iga:
        says_so(iga, folder)
    with commands_in(folder) as iga:
        ran = iga("rebuild", "--accept-loss")
        assert (ran.code, "Not in the ledger any more: load 2 (" in ran.err) == (3, True)
        assert iga("dump", "copy").out.startswith("copy: 1 loads")
        assert iga("verify-ledger").code == 0
        assert iga("rebuild").code == 0


@pytest.mark.parametrize("lost", [("-shm",), (".head",), ("-shm", ".head", ".left")])
def test_what_can_be_lost_without_harm_is_no_damage(folder: Path, lost: tuple[str, ...]) -> None:
    lose(folder, *lost)
    with commands_in(folder) as iga:
        assert iga("dump", "copy").out.startswith("copy: 2 loads")
        ran = iga("verify-ledger")
        assert (ran.code, "ledger.sqlite.head is missing" in ran.err) == (0, ".head" in lost)


def test_a_graph_that_cannot_tell_is_named(folder: Path) -> None:
    lose(folder, ".head")
    (folder / "graph.holds.json").unlink()
    (folder / "graph.seal").unlink(missing_ok=True)
    (folder / "graph" / "configuration.json").write_bytes(b"")
    with commands_in(folder) as iga:
        for command in (("dump", "copy"), ("verify-ledger",)):
            ran = iga(*command)
            assert ran.code == 0
            assert "The ledger was not compared with the graph" in ran.err


@pytest.mark.parametrize("address", ["sqlite", ON_POSTGRESQL])
def test_a_ledger_put_back_to_an_older_state_is_told_by_its_graph(
    folder: Path, address: str, request: pytest.FixtureRequest
) -> None:
    older = str(folder / "older.sqlite") if address == "sqlite" else request.getfixturevalue("postgresql").fresh()
    with Ledger.open(older, clock=clock) as ledger:
        restore(ledger, folder / "first")
    for iga in commands_on(older, folder):
        says_so(iga, folder)


def commands_on(ledger: str, folder: Path) -> Iterator[Iga]:
    environ = {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_NOW": NOW, "IGA_LEDGER": ledger}
    with closing(OwnWorkspaces(environ, Captured().console(100))) as workspaces:
        yield commands_at(workspaces, folder)
