"""Two at once: one waits for the other, or is told who that is; readers answer from the state before."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from iga.graph.errors import LedgerLocked, StoreUnavailable
from iga.graph.snapshot import Snapshot
from tests.acceptance.forked import FORKED
from tests.acceptance.holder import main
from tests.acceptance.homes import forums, load_and_project, ngo, settled

LONG_S = 60.0


@dataclass(frozen=True)
class Other:
    """Another process, stopped at a point."""

    process: BaseProcess
    telling: Connection

    @property
    def pid(self) -> int | None:
        """Return its number."""
        return self.process.pid

    def go_on(self) -> None:
        """Let it go on; it ends by itself."""
        self.telling.send("on")

    def ended(self) -> None:
        """Wait for its end."""
        self.process.join()
        assert self.process.exitcode == 0


@contextmanager
def other(home: Path, point: str) -> Iterator[Other]:
    """Give a process that stopped at a point; it has ended when the block has."""
    ours, theirs = FORKED.Pipe()
    process = FORKED.Process(target=main, args=(home, point, theirs))
    process.start()
    theirs.close()
    with ours:
        assert ours.recv() == "stopped"
        yield Other(process, ours)
    process.join()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with settled(tmp_path) as workspace:
        load_and_project(workspace, [*forums(), *(ngo(at) for at in range(20))])
    return tmp_path


def held_partner(reading: Snapshot) -> list[str]:
    """Return the name of the partner that the other process loads."""
    return [row["name"] for row in reading.store.look("MATCH (n:Ngo {id: 'ngo:n77'}) RETURN n.name AS name")]


def test_a_second_writer_is_told_who_holds_the_ledger(home: Path) -> None:
    with other(home, "loading") as holder, settled(home, wait_s=0) as workspace:
        with pytest.raises(LedgerLocked, match=r"iga load held\.csv") as told, workspace.changing("iga add contact"):
            pass
        assert f"process {holder.pid} on {socket.gethostname()}" in told.value.message


def test_a_second_writer_waits_for_the_first(home: Path) -> None:
    with other(home, "loading") as holder, settled(home, wait_s=LONG_S) as workspace:
        holder.go_on()
        assert load_and_project(workspace, [ngo(88)]).no == 3
        with workspace.reading() as reading:
            assert reading.is_whole
            found = reading.store.look("MATCH (n:Ngo) WHERE n.id IN ['ngo:n77', 'ngo:n88'] RETURN count(n) AS count")
            assert found == [{"count": 2}]


def test_a_second_thread_is_told_who_holds_the_ledger(home: Path) -> None:
    told: list[LedgerLocked] = []
    with settled(home, wait_s=0) as workspace, workspace.changing("iga load first.csv"):

        def write() -> None:
            try:
                with workspace.changing("iga load second.csv"):
                    pass
            except LedgerLocked as error:
                told.append(error)

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert f"'iga load first.csv' (process {os.getpid()}" in told[0].message


@pytest.mark.parametrize("point", ["loading", "committed"])
def test_a_reader_answers_from_the_state_before_a_load_under_way(home: Path, point: str) -> None:
    with settled(home) as workspace, workspace.reading() as before:
        held = before.meta
    with other(home, point), settled(home, wait_s=0) as workspace, workspace.reading() as reading:
        assert reading.meta == held
        assert reading.is_whole == (point == "loading")
        assert held_partner(reading) == []


def test_what_is_committed_and_not_projected_is_projected_by_the_next_reader(home: Path) -> None:
    with other(home, "committed") as holder:
        holder.go_on()
        holder.ended()
        with settled(home) as workspace, workspace.reading() as reading:
            assert reading.is_whole
            assert held_partner(reading) == ["Held partner"]


def test_a_reader_is_told_who_is_projecting(home: Path) -> None:
    with other(home, "projecting") as holder, settled(home, wait_s=0) as workspace:
        with pytest.raises(StoreUnavailable, match=r"iga load held\.csv") as told, workspace.reading():
            pass
        assert f"held by process {holder.pid} on {socket.gethostname()}" in told.value.message


def test_a_reader_waits_for_the_projection_of_another_process(home: Path) -> None:
    with other(home, "projecting") as holder, settled(home, wait_s=LONG_S) as workspace:
        holder.go_on()
        with workspace.reading() as reading:
            assert reading.is_whole
            assert held_partner(reading) == ["Held partner"]


def test_readers_of_several_processes_read_at_once(home: Path) -> None:
    with (
        other(home, "reading"),
        other(home, "reading"),
        settled(home, wait_s=0) as workspace,
        workspace.reading() as reading,
    ):
        assert reading.is_whole


def test_a_projection_waits_for_readers_and_is_told_when_they_do_not_end(home: Path) -> None:
    refused = pytest.raises(StoreUnavailable, match="being read by another process")
    with other(home, "reading"), settled(home, wait_s=0) as workspace, refused:
        load_and_project(workspace, [ngo(88)])
    with (
        settled(home) as workspace,
        workspace.reading() as reading,
    ):  # the load was committed; the next command projects it
        assert reading.is_whole
        assert reading.meta
        assert reading.meta.through == 2
