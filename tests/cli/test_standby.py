"""A read leaves a standby behind: the next reads are the same by it, it lets writers in, and shows nobody more."""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from iga.cli import standing_by
from iga.cli.command_line import CommandLine
from iga.cli.console import Captured
from iga.cli.standby import READS, by_standby, leave, may_stand
from iga.cli.standing_by import stand_by
from iga.graph.domain.marking import Marking
from iga.graph.local_sockets import answered, dismissed
from iga.graph.settings import Settings, read_settings
from iga.graph.stores.embedded_engine import environ_given
from tests.cli.conftest import MAPPING, files_in, typed
from tests.clock import NOW

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such socket")
QUIET = "id,name,country\nquiet,Quiet House,Kenya\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, loaded_folder: Path) -> Path:
    """Give a folder with public partners and one that is internal, to be copied."""
    folder = tmp_path_factory.mktemp("standby") / "filled"
    shutil.copytree(loaded_folder, folder)
    (folder / "quiet.csv").write_text(QUIET, encoding="utf-8")
    internal = MAPPING.replace('"test:partners"', '"test:quiet", marking: internal')
    (folder / "quiet.yaml").write_text(internal, encoding="utf-8")
    environ = {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_NOW": NOW, "IGA_STANDBY": "off"}
    assert typed(folder, "load", "quiet.csv", "--mapping", "quiet.yaml", environ={**os.environ, **environ}).code == 0
    return folder


@pytest.fixture
def settings(filled: Path, tmp_path: Path) -> Settings:
    folder = tmp_path / "own"
    shutil.copytree(filled, folder)
    return read_settings({"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_HOME": str(folder), "IGA_NOW": NOW})


@contextmanager
def standing(settings: Settings) -> Iterator[threading.Thread]:
    """Give the thread of a standby that is warm; it is made to leave in the end."""
    thread = threading.Thread(target=stand_by, args=(settings,))
    thread.start()
    while asked(settings, "sources")[0] is None:
        assert thread.is_alive()
    try:
        yield thread
    finally:
        dismissed(settings.standby, wait_s=10)
        thread.join()


def asked(settings: Settings, *words: str) -> tuple[int | None, str]:
    kept = Captured()
    return by_standby(words, kept.console(100), settings), kept.out.getvalue()


def here(settings: Settings, *words: str) -> tuple[int, str]:
    environ = {"IGA_STORE": settings.store, "IGA_HOME": str(settings.folder), "IGA_NOW": NOW, "IGA_STANDBY": "off"}
    ran = typed(settings.folder, *words, environ={**os.environ, **environ})
    return ran.code, ran.out


def test_a_read_says_the_same_by_the_standby(settings: Settings) -> None:
    lines = [("find", "acme"), ("show", "ngo:acme"), ("ask", "where", "acme"), ("why", "ngo:acme", "--json")]
    before = [here(settings, *line) for line in lines]
    with standing(settings):
        assert [asked(settings, *line) for line in lines] == before


def test_it_shows_a_reader_no_more_than_their_ceiling(settings: Settings) -> None:
    with standing(settings):
        assert "Quiet House" in asked(settings, "find", "quiet")[1]
        assert "Quiet House" not in asked(replace(settings, ceiling=Marking.PUBLIC), "find", "quiet")[1]
        assert "Quiet House" in asked(settings, "find", "quiet")[1]


def test_it_lets_a_writer_in_and_what_was_written_is_there(settings: Settings) -> None:
    more = settings.folder / "more.csv"
    more.write_text("id,name,country\nacme,Acme Relief,Ghana\ngamma,Gamma House,Kenya\n", encoding="utf-8")
    with standing(settings) as thread:
        assert asked(settings, "find", "gamma")[0] is not None
        assert here(settings, "load", str(more), "--mapping", "partners.yaml")[0] == 0
        thread.join()
        assert asked(settings, "find", "gamma") == (None, "")
    assert "Gamma House" in here(settings, "find", "gamma")[1]


@pytest.mark.parametrize("lost", ["graph", "ledger.sqlite"])
def test_it_ends_where_the_graph_or_the_ledger_is_no_longer_what_it_was(settings: Settings, lost: str) -> None:
    with standing(settings) as thread:
        assert asked(settings, "find", "acme")[0] == 0
        path = settings.folder / lost
        other = next(path.glob("Entity*.bucket")) if path.is_dir() else path
        content = other.read_bytes()
        other.unlink()
        other.write_bytes(content + b"\0")
        assert asked(settings, "find", "acme") == (None, "")
        thread.join()


def test_it_runs_no_command_line_of_another_version_or_place(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing(settings) as thread:
        monkeypatch.setattr(sys, "version", "another")
        assert asked(settings, "find", "acme") == (None, "")
        thread.join()


def test_while_it_is_busy_others_run_their_own(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def run(*_: object, **__: object) -> dict[str, object]:
        begun.set()
        may_end.wait()
        return {"out": "", "err": "", "code": 0}

    with standing(settings):
        monkeypatch.setattr(CommandLine, "run", run)
        first = threading.Thread(target=asked, args=(settings, "find", "acme"))
        first.start()
        begun.wait()
        assert asked(settings, "find", "acme") == (None, "")
        may_end.set()
        first.join()
        assert asked(settings, "find", "acme")[0] == 0


@pytest.mark.parametrize("request_", [{}, {"line": 1}, {"stands_for": [], "line": {}}, ["leave"]])
def test_words_that_are_none_harm_nobody(settings: Settings, request_: dict[str, object]) -> None:
    with standing(settings):
        assert answered(settings.standby, request_) is None


def test_a_place_that_others_may_enter_is_not_asked(settings: Settings) -> None:
    with standing(settings):
        settings.standby.chmod(0o755)
        assert asked(settings, "find", "acme") == (None, "")
        settings.standby.chmod(0o700)
        assert asked(settings, "find", "acme")[0] == 0


def test_it_ends_after_some_idle_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with standing(settings) as thread:
        monkeypatch.setattr(standing_by, "IDLE_S", -1.0)
        asked(settings, "find", "acme")
        thread.join()
        assert asked(settings, "find", "acme") == (None, "")


def test_what_a_standby_may_run() -> None:
    settings = read_settings({"IGA_STORE": "embedded:/nowhere/graph"})
    assert all(may_stand([command, "osce"], settings, {}) for command in READS - {"mcp"})
    assert may_stand(["mcp", "--call", "find", "{}"], settings, {})
    assert not may_stand(["mcp"], settings, {})
    assert not may_stand(["load", "osce.csv"], settings, {})
    assert not may_stand(["find", "osce"], settings, {"IGA_STANDBY": "off"})
    assert not may_stand(["find", "osce"], replace(settings, store="neo4j://localhost"), {})
    assert not may_stand(["memo", "trip", "-o", "/dev/stdout"], settings, {})
    assert not may_stand(["find", "--help"], settings, {})
    assert not may_stand(["find", "osce"], read_settings({"IGA_NOW": NOW}), {})


@pytest.mark.slow
def test_a_process_is_left_behind_and_ends_when_it_is_asked_to(settings: Settings) -> None:
    process = leave(replace(settings, fixed_at=None))
    assert process is not None
    while not (settings.standby / "socket").exists():
        assert process.poll() is None
    dismissed(settings.standby, wait_s=60)
    assert process.wait() == 0
    assert not (settings.standby / "socket").exists()


def test_a_process_left_behind_has_the_memory_of_a_standby_not_that_of_the_command_before() -> None:
    before = {name for name in os.environ if "Xmx" in os.environ[name]}
    assert before
    assert not before & environ_given().keys()


def test_it_says_nothing_where_a_graph_is_missing(tmp_path: Path) -> None:
    files_in(tmp_path)
    nothing = read_settings({"IGA_STORE": f"embedded:{tmp_path / 'graph'}", "IGA_HOME": str(tmp_path)})
    assert asked(nothing, "find", "acme") == (None, "")
    dismissed(nothing.standby, wait_s=0)
