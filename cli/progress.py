"""Progress on a terminal: a line that is drawn over itself, and nothing where nobody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Event, Thread

from iga.cli.console import Console, Stream

PATIENCE_S = 2.0
"""How long a command may take without a word."""


@contextmanager
def drawn(console: Console, what: str) -> Iterator[Callable[[int], None]]:
    """Draw how many items were done within the block; the callable is told how many more are."""
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        if console.is_terminal:
            _draw(console.err, f"{what} … {done:,}")

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
            _draw(console.err, f"{what} [{'#' * filled}{'.' * (30 - filled)}] {100 * done // whole:3d}%")

    try:
        yield told
    finally:
        _wipe(console)


@contextmanager
def waiting(console: Console, *, patience: float = PATIENCE_S) -> Iterator[Console]:
    """Give the console of a command, and count the seconds on it while nothing was printed or asked for long.

    Args:
        console: The terminal; where nobody watches, nothing is drawn.
        patience: Seconds after which the line is drawn, and then again each time.
    """
    if not console.is_terminal:
        yield console
        return
    stopped = Event()
    clock = Thread(target=_count, args=(console.err, stopped, patience), daemon=True)

    def stop() -> None:
        if not stopped.is_set():
            stopped.set()
            clock.join()
            _wipe(console)

    def quietly(prompt: Callable[[str], str] | None) -> Callable[[str], str] | None:
        def asked(question: str) -> str:
            stop()
            assert prompt is not None
            return prompt(question)

        return asked if prompt else None

    clock.start()
    try:
        yield replace(
            console,
            out=_Announced(console.out, stop),
            err=_Announced(console.err, stop),
            ask=quietly(console.ask),
            answer=quietly(console.answer),
        )
    finally:
        stop()


@dataclass(frozen=True)
class _Announced:
    """A stream that says so before it is first written to."""

    stream: Stream
    before: Callable[[], None]

    def write(self, text: str, /) -> int:
        self.before()
        return self.stream.write(text)

    def flush(self) -> None:
        self.stream.flush()


def _count(err: Stream, stopped: Event, patience: float) -> None:
    seconds = 0.0
    while not stopped.wait(patience):
        seconds += patience
        _draw(err, f"Working … {seconds:.0f} s")


def _draw(err: Stream, line: str) -> None:
    with suppress(OSError):  # whoever watched is gone
        err.write(f"\r{line}")
        err.flush()


def _wipe(console: Console) -> None:
    if console.is_terminal:
        _draw(console.err, f"{'':<{min(console.width, 100) - 1}}\r")
