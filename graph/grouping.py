"""Things by a key, and long lists in parts."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")


def by_key(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Return things by a key, the keys in the order in which they come first, the things in theirs."""
    groups: dict[K, list[T]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def batches(things: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Give things in their order in parts of `size`; the last may be shorter, none is empty."""
    left = iter(things)
    while batch := tuple(islice(left, size)):
        yield batch
