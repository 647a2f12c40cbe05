"""A gate before something that many threads read and one of them now and then replaces."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets any number of readers through at once, or one thread that replaces what they read, alone.

    A thread that is inside may pass again, even while another waits to close the gate.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: dict[int, int] = {}
        self._is_closing = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Read within the block; wait for whoever replaces what is read."""
        me = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: not self._is_closing or me in self._inside)
            self._inside[me] = self._inside.get(me, 0) + 1
        try:
            yield
        finally:
            with self._changed:
                self._inside[me] -= 1
                if not self._inside[me]:
                    del self._inside[me]
                    self._changed.notify_all()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Be alone within the block: those inside end first, those who come later wait."""
        me = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: not self._is_closing)
            self._is_closing = True
            self._changed.wait_for(lambda: not self._inside.keys() - {me})
        try:
            yield
        finally:
            with self._changed:
                self._is_closing = False
                self._changed.notify_all()
