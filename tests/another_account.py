"""Another account of this machine, for tests of what it is refused."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

as_root = pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root may act as another account")

NOBODY = 65534


@contextmanager
def another_account() -> Iterator[None]:
    """Act as another account within the block: what is opened there is its own."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
