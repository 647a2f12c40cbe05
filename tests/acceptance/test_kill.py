"""A process is killed while it loads or projects: what it acknowledged is whole, the rest never was."""

import os
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from iga.graph.errors import LedgerRefused
from iga.graph.projection.audit import audit
from tests.acceptance.forked import FORKED
from tests.acceptance.homes import settled
from tests.acceptance.killable import LOADS, load, main

KILLS = int(os.environ.get("IGA_TEST_KILLS", "5"))
"""Each phase of each load is cut off once; `python dev.py soak` does it many times."""

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows"), pytest.mark.slow]


@dataclass(frozen=True)
class Clean:
    """A run that nobody killed.

    Attributes:
        homes: The home folder as it was after each load; the first is after none.
        hashes: The graph hash after each load.
        moments: How many moments each phase of each load has.
    """

    homes: list[Path]
    hashes: list[str]
    moments: dict[tuple[int, str], int]


@dataclass(frozen=True)
class Told:
    """What a process said before it ended: whether it was killed, what it acknowledged, its moments by phase."""

    was_killed: bool
    acknowledged: str
    moments: dict[str, int]


def run(home: Path, number: int, phase: str = "none", moment: int = 0) -> Told:
    """Run the program, and kill it when it says that the chosen moment has come."""
    listening, saying = FORKED.Pipe(duplex=False)
    child = FORKED.Process(target=main, args=(home, number, phase, moment, saying))
    child.start()
    saying.close()
    lines = []
    with listening, suppress(EOFError):
        while True:
            lines.append(listening.recv().split())
            if lines[-1] == ["now"]:
                child.kill()
    child.join()
    told = dict(line for line in lines if len(line) == 2)
    was_killed = ["now"] in lines
    assert was_killed or child.exitcode == 0
    acknowledged = told.pop("acknowledged", "")
    return Told(was_killed, acknowledged, {name: int(count) for name, count in told.items()})


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clean]:
    folder = tmp_path_factory.mktemp("clean")
    run_through = Clean([folder / "after-0"], [f"{0:064x}"], {})
    run_through.homes[0].mkdir()
    for number in range(1, LOADS + 1):
        home = folder / f"after-{number}"
        shutil.copytree(run_through.homes[-1], home)
        told = run(home, number)
        run_through.homes.append(home)
        run_through.hashes.append(told.acknowledged)
        run_through.moments.update({(number, phase): count for phase, count in told.moments.items()})
    yield run_through
    shutil.rmtree(folder)


def is_whole(home: Path, clean: Clean, *, acknowledged: int) -> int:
    """Read the graph as the next command would and compare it with the clean run; return its last load."""
    with settled(home) as workspace:
        try:
            with workspace.reading() as reading:
                assert reading.is_whole
                assert reading.meta
                through = reading.meta.through
                assert acknowledged <= through <= acknowledged + 1
                assert through == reading.ledger.through()
                assert reading.meta.hash == audit(reading.store).tally.hex == clean.hashes[through]
        except LedgerRefused:  # killed before there was a ledger
            assert acknowledged == 0
            return 0
    assert not list(home.glob("graph.being-*"))
    return through


def go_on(home: Path, clean: Clean, number: int) -> None:
    """Make a load once more, as the user whose load was cut off does."""
    with settled(home) as workspace, workspace.changing("again") as ledger:
        load(ledger, number)
        assert workspace.project().meta.hash == clean.hashes[number]


@pytest.mark.parametrize("phase", ["load", "projection"])
def test_all_acknowledged_loads_are_whole_and_none_is_half_visible_after_a_kill(
    phase: str, clean: Clean, tmp_path: Path
) -> None:
    chance = random.Random(f"kill while in {phase}")
    for kill in range(KILLS):
        number = 1 + kill % LOADS
        home = tmp_path / str(kill)
        shutil.copytree(clean.homes[number - 1], home)
        told = run(home, number, phase, chance.randint(1, clean.moments[number, phase]))
        assert told.was_killed
        through = is_whole(home, clean, acknowledged=number if told.acknowledged else number - 1)
        if through < number and kill % 2:  # not each time: it takes as long as all the rest
            go_on(home, clean, number)
        shutil.rmtree(home)


def test_a_graph_is_whole_though_the_process_that_completes_it_is_killed_too(clean: Clean, tmp_path: Path) -> None:
    chance = random.Random("kill while it recovers")
    for kill, number in enumerate([1, 3, 4, 5]):
        home = tmp_path / str(kill)
        shutil.copytree(clean.homes[number - 1], home)
        moments = clean.moments[number, "projection"]
        assert run(home, number, "projection", chance.randint(1, moments)).was_killed
        for _ in range(2):
            run(home, 0, "reading", chance.randint(1, moments))
        assert is_whole(home, clean, acknowledged=number - 1) == number
