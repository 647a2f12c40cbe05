"""What was begun is undone where it does not end well."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def undone_by(undo: Callable[[], object]) -> Iterator[None]:
    """Undo what was begun if the block raises: a file, a lock or a transaction is left open by no failure.

    Whatever is raised counts, an interrupt too, and goes on to whoever waits for it.
    """
    with ExitStack() as begun:
        begun.callback(undo)
        yield
        begun.pop_all()
