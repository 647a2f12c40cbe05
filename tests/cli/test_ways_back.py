"""Going back to an earlier state of a ledger: who was erased stays so, and what is lost is named."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.restore import restore
from tests.cli.conftest import PARTNERS, Iga, Ran, commands_at, files_in
from tests.cli.test_left_undone import LOAD
from tests.cli.test_people import AUTHORITY, CANARIES, NAME, load_book
from tests.clock import NOW, clock
from tests.conftest import EACH_LEDGER


class Home:
    """A folder with a graph and its ledger: loads 1 and 2 were dumped, load 3 erased somebody, load 4 came after it."""

    def __init__(self, folder: Path, ledger: str) -> None:
        self.folder, self.ledger = folder, ledger

    def fill(self) -> None:
        with self.commands() as iga:
            assert iga(*LOAD).code == 0
            load_book(self.workspaces)
            assert iga("dump", "first").code == 0
            assert iga("erase", NAME, *AUTHORITY).code == 0
            (self.folder / "partners.csv").write_text(PARTNERS.replace("Acme Relief", "Acme Aid"), encoding="utf-8")
            assert iga(*LOAD).code == 0

    @contextmanager
    def commands(self) -> Iterator[Iga]:
        environ = {"IGA_STORE": f"embedded:{self.folder / 'graph'}", "IGA_NOW": NOW, "IGA_LEDGER": self.ledger}
        with closing(OwnWorkspaces(environ, Captured().console(100))) as self.workspaces:
            yield commands_at(self.workspaces, self.folder)

    def run(self, *command: str) -> Ran:
        with self.commands() as iga:
            return iga(*command)

    def put_back(self, request: pytest.FixtureRequest, *, is_empty: bool = False) -> None:
        """Put the ledger back to what was dumped, or to nothing, with all that lies beside its file."""
        for path in self.folder.glob("ledger.sqlite*"):
            path.unlink() if path.is_file() and "audit" not in path.name else None
        if "://" in self.ledger:
            request.getfixturevalue("postgresql").fresh()
        if not is_empty:
            with Ledger.open(self.ledger, clock=clock) as ledger:
                restore(ledger, self.folder / "first")

    def lose_graph(self) -> None:
        for place in self.folder.glob("graph*"):
            shutil.rmtree(place) if place.is_dir() else place.unlink() if "audit" not in place.name else None

    def through(self) -> int:
        with Ledger.open(self.ledger, clock=clock) as ledger:
            return ledger.through()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = files_in(tmp_path_factory.mktemp("filled"))
    Home(folder, str(folder / "ledger.sqlite")).fill()
    return folder


@pytest.fixture(params=EACH_LEDGER)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("filled"), tmp_path / "home")
        return Home(tmp_path / "home", str(tmp_path / "home" / "ledger.sqlite"))
    home = Home(files_in(tmp_path), request.getfixturevalue("postgresql").fresh())
    home.fill()
    return home


MEND, ACCEPT, FILL = ("restore", "first", "--mend"), ("rebuild", "--accept-loss"), ("restore", "first")


def names_nobody(ran: Ran) -> bool:
    return not any(canary.casefold() in (ran.out + ran.err).casefold() for canary in (*CANARIES, "person:z"))


@pytest.mark.parametrize("has_graph", [True, False])
@pytest.mark.parametrize("way", [MEND, ACCEPT, FILL])
def test_no_way_back_brings_back_who_was_erased(
    home: Home, request: pytest.FixtureRequest, way: tuple[str, ...], has_graph: bool
) -> None:
    if way == MEND and "://" in home.ledger:
        pytest.skip("a server mends its own ledger")
    home.put_back(request, is_empty=way == FILL)
    if not has_graph:
        home.lose_graph()
    before = home.through()
    ran = home.run(*way)
    assert (ran.code, "bring back who was erased: load 3 on " in ran.err, "--erase-again" in ran.err) == (5, True, True)
    assert names_nobody(ran)
    assert home.through() == before
    assert not list(home.folder.glob("*.damaged-*"))
    ran = home.run(*way, "--erase-again")
    assert (ran.code, "Erased again: load 3 on " in ran.err) == (3, True), ran
    assert "Not in the ledger any more: load 3 (erase, " in ran.err
    assert "; load 4 (load, " in ran.err
    assert names_nobody(ran)
    assert home.run("show", "person:z").code == 4
    assert home.run("show", "body:z").code == 0
    assert home.run("verify-ledger").code == 0
    assert home.run(*ACCEPT).code == 0  # what is accepted once is told once


def test_a_dump_alone_goes_on_and_who_is_back_is_told_until_erased_again(
    home: Home, request: pytest.FixtureRequest
) -> None:
    home.put_back(request)
    if "://" in home.ledger:
        pytest.skip("a server has no file to put aside")
    ran = home.run(*MEND, "--dump-alone")
    assert (ran.code, "Who was erased is back: load 3 on " in ran.err) == (3, True)
    for command in ("verify-ledger", "doctor"):
        ran = home.run(command)
        assert (ran.code, "Who was erased is back: load 3 on " in ran.out, names_nobody(ran)) == (3, True, True)
    assert home.run(*ACCEPT, "--erase-again").code == 0
    assert home.run("verify-ledger").code == 0
    assert home.run("show", "person:z").code == 4


WRITERS = (
    LOAD,
    ("correct", "ngo:acme", "name", "Acme", "--because", "asked"),
    ("withdraw", "ngo:acme", "--because", "asked"),
    ("judge", "ngo:acme", "ngo:beta", "--same", "--because", "asked"),
    ("restrict", NAME, "--because", "asked"),
    ("hold", NAME, "--authority", "asked"),
    ("erase", NAME, "--authority", "asked"),
    ("watch", "add", "mine", "profile", "--party", "ngo:acme"),
    ("load", "--bundled"),
)
READERS = (("status",), ("find", "Acme"), ("show", "ngo:acme"), ("dump", "second"), ("rebuild",))


@pytest.mark.parametrize("has_graph", [True, False])
def test_nothing_is_read_from_or_written_to_a_ledger_that_lacks_loads(
    home: Home, request: pytest.FixtureRequest, has_graph: bool
) -> None:
    home.put_back(request)
    if not has_graph:
        home.lose_graph()
    for command in (*WRITERS, *READERS):
        ran = home.run(*command)
        assert (ran.code, "loads are missing from the ledger: it had a load 4 once" in ran.err) == (5, True), command
        assert ("-wal" in ran.err) == ("://" not in home.ledger)
        assert home.through() == 2
