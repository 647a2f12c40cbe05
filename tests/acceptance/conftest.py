from pathlib import Path

import pytest

from tests.acceptance.pages import iga


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the demo store that `make quickstart` makes."""
    folder = tmp_path_factory.mktemp("demo")
    assert iga(folder, "load", "--bundled").returncode == 0
    done = iga(folder, "load", "--sample")
    assert done.returncode == 0, done.stderr
    return folder
