"""What tests say of things that they read."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def some(read: Iterable[T]) -> list[T]:
    """Return what was read, which is not nothing: of nothing, everything is true."""
    found = list(read)
    assert found, "nothing was read"
    return found
