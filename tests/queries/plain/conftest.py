"""The demo store, as whoever asks in plain words sees it on the day from which the labelled sample counts."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.words import TYPED_ON
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.queries.core.session import Session


@pytest.fixture(scope="session")
def officer(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    home = tmp_path_factory.mktemp("plain") / demo_home.name
    shutil.copytree(demo_home, home)
    settings = read_settings({"IGA_HOME": str(home)})
    noon = datetime.fromisoformat(f"{TYPED_ON}T12:00:00").replace(tzinfo=UTC)
    with Workspace(settings, clock=lambda: noon) as workspace, workspace.reading() as reading:
        yield Session.at(workspace, reading)
