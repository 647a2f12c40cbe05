"""The stores that a server keeps open for its threads: no more at once than it may have files for."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from iga.graph.errors import StoreUnavailable
from iga.graph.stores.door import Store
from iga.graph.stores.embedded_engine import files_allowed

FILES_OF_A_GRAPH = 800
"""Most descriptors that an embedded graph takes; the bundled data take 700."""

OTHER_FILES = 200
"""Descriptors for connections, the ledger and what is written."""

_WAIT_S = 25.0
"""Longest that a thread waits for its turn; a request is given up after 30 s."""


def graphs_that_fit() -> int:
    """Let this process have as many files as its account allows, and return how many graphs that is; at least one."""
    return max(1, (files_allowed() - OTHER_FILES) // FILES_OF_A_GRAPH)


@dataclass
class OpenStores:
    """Stores by their place, at most so many awake; of those that nobody uses, the one longest left alone rests.

    Where all are in use, threads take turns in the order in which they came, so that two graphs serve each other's
    readers by and by.
    """

    most: int
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stores: dict[str, Store] = field(default_factory=dict)
    _awake: dict[str, Store] = field(default_factory=dict)
    _users: Counter[str] = field(default_factory=Counter)
    _uses_of: Counter[int] = field(default_factory=Counter)
    _waiting: deque[object] = field(default_factory=deque)

    @contextmanager
    def using(self, place: str, opened: Callable[[], Store]) -> Iterator[Store]:
        """Give the store at a place, opened if it never was.

        Raises:
            StoreUnavailable: Others are in use for long, or by this very thread, and there is no room beside them.
        """
        thread = threading.get_ident()
        with self._changed:
            self._wait_for_room(place, own=self._uses_of[thread])
            if place not in self._stores:
                self._stores[place] = opened()
            elif place not in self._awake:
                self._stores[place].wake()
            self._awake.pop(place, None)
            store = self._awake[place] = self._stores[place]
            self._users[place] += 1
            self._uses_of[thread] += 1
        try:
            yield store
        finally:
            with self._changed:
                self._users[place] -= 1
                self._uses_of[thread] -= 1
                self._uses_of = +self._uses_of
                if store.is_replaced and not self._users[place]:  # nothing was made in its place
                    self.drop(place)
                self._changed.notify_all()

    def places(self) -> list[str]:
        """Return the places of those that were opened."""
        return list(self._stores)

    def drop(self, place: str) -> None:
        """Close the store at a place, if there is one; whoever reads it is told to ask again."""
        with self._changed:
            self._awake.pop(place, None)
            if store := self._stores.pop(place, None):
                store.close()

    def close(self) -> None:
        """Close all."""
        for place in list(self._stores):
            self.drop(place)

    def _wait_for_room(self, place: str, *, own: int) -> None:
        """Wait for a turn and for room; whoever has one open already goes first, as others may wait for just that."""
        turn, until = object(), monotonic() + _WAIT_S
        self._waiting.append(turn)
        try:
            while not ((own or self._waiting[0] is turn) and self._has_room(place)):
                left_s = until - monotonic()
                if own == self._users.total() > 0 or left_s <= 0:
                    raise StoreUnavailable(
                        f"this account may have files for {self.most} of the graphs at once, and others are in use: ask"
                        " again, or start the server with a higher limit (ulimit -n 4096)"
                    )
                self._changed.wait(left_s)
        finally:
            self._waiting.remove(turn)
            self._changed.notify_all()

    def _has_room(self, place: str) -> bool:
        """True if a store is awake or may be; one that nobody uses rests for it."""
        if place in self._awake or len(self._awake) < self.most:
            return True
        idle = next((other for other in self._awake if not self._users[other]), None)
        if idle is not None:
            self._awake.pop(idle).rest()
        return idle is not None
