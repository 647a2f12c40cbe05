"""What a process makes that set no umask of its own is its owner's all the same."""

import os
import stat
from pathlib import Path

import pytest

from iga.graph.private import make_folder
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from tests.clock import clock

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files have no modes on Windows")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_ledger_graph_and_views_are_private_without_an_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        place = tmp_path / "new" / "graph"
        with Workspace(read_settings({}, store=str(place)), clock=clock) as workspace:
            workspace.catch_up()
            with workspace.reading(ceiling=None):
                made = {path.name: mode_of(path) for path in place.parent.iterdir()}
    finally:
        os.umask(before)
    assert mode_of(place.parent) == 0o700
    assert made["ledger.sqlite"] == made["ledger.sqlite-wal"] == made["graph.lock"] == 0o600
    assert made["graph"] == 0o700


def test_folders_above_are_made_private_and_those_that_are_there_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "one" / "two")
    assert [mode_of(path) for path in (tmp_path, tmp_path / "one", tmp_path / "one" / "two")] == [0o755, 0o700, 0o700]
