"""The soak in short: each fault once. `python dev.py soak --minutes 60` tries them over and over."""

import random
import sys
from pathlib import Path

import pytest

from tests.soak.faults import FAULTS, Fault
from tests.soak.home import World, made

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows"), pytest.mark.slow]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return made(tmp_path_factory.mktemp("soak") / "world")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_told_or_makes_no_difference(world: World, fault: Fault, tmp_path: Path) -> None:
    assert fault(world, tmp_path / "home", random.Random(fault.__name__)) in ("told", "held", "killed")
