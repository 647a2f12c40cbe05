import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def demo(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the demo store that `make quickstart` makes."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(demo_home, folder / "demo")
    return folder
