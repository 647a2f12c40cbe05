"""Progress on a terminal: a line that is drawn over itself, and nothing where nobody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cli.console import Console


@contextmanager
def drawn(console: Console, what: str) -> Iterator[Callable[[int], None]]:
    """Draw how many items were done within the block; the callable is told how many more are."""
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        if console.is_terminal:
            console.err.write(f"\r{what} … {done:,}")
            console.err.flush()

    try:
        yield told
    finally:
        _wipe(console)


@contextmanager
def bar(console: Console, what: str) -> Iterator[Callable[[int, int], None]]:
    """Draw a bar within the block; the callable is told how far it is and how far it goes."""

    def told(done: int, whole: int) -> None:
        if console.is_terminal and whole:
            filled = round(30 * min(done, whole) / whole)
            console.err.write(f"\r{what} [{'#' * filled}{'.' * (30 - filled)}] {100 * done // whole:3d}%")
            console.err.flush()

    try:
        yield told
    finally:
        _wipe(console)


def _wipe(console: Console) -> None:
    if console.is_terminal:
        console.err.write(f"\r{'':<{min(console.width, 100) - 1}}\r")
        console.err.flush()
