import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def demo(bundled_home: Path, demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the demo store that `make quickstart` makes, and the practice store in it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(bundled_home, folder / "demo")
    shutil.copytree(demo_home, folder / "demo" / demo_home.name)
    return folder
