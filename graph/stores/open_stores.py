"""The stores that a server keeps open for its threads: no more at once than it may have files for."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from iga.graph.errors import StoreUnavailable
from iga.graph.stores.door import Store
from iga.graph.stores.embedded_engine import files_allowed

FILES_OF_A_GRAPH = 800
"""Most descriptors that an embedded graph takes; the bundled data take 700."""

OTHER_FILES = 200
"""Descriptors for connections, the ledger and what is written."""

_WAIT_S = 3.0


def graphs_that_fit() -> int:
    """Let this process have as many files as its account allows, and return how many graphs that is; at least one."""
    return max(1, (files_allowed() - OTHER_FILES) // FILES_OF_A_GRAPH)


@dataclass
class OpenStores:
    """Stores by their place, at most so many awake; of those that nobody uses, the one longest left alone rests."""

    most: int
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stores: dict[str, Store] = field(default_factory=dict)
    _awake: dict[str, Store] = field(default_factory=dict)
    _users: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def using(self, place: str, opened: Callable[[], Store]) -> Iterator[Store]:
        """Give the store at a place, opened if it never was.

        Raises:
            StoreUnavailable: Others are in use, and there is no room beside them.
        """
        with self._changed:
            self._make_room(place)
            if place not in self._stores:
                self._stores[place] = opened()
            elif place not in self._awake:
                self._stores[place].wake()
            self._awake.pop(place, None)
            store = self._awake[place] = self._stores[place]
            self._users[place] += 1
        try:
            yield store
        finally:
            with self._changed:
                self._users[place] -= 1
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

    def _make_room(self, place: str) -> None:
        while place not in self._awake and len(self._awake) >= self.most:
            idle = next((other for other in self._awake if not self._users[other]), None)
            if idle is not None:
                self._awake.pop(idle).rest()
            elif not self._changed.wait(_WAIT_S):
                raise StoreUnavailable(
                    "as many graphs are in use as this account may have files for: ask again, or start the server with"
                    " a higher limit (ulimit -n 4096)"
                )
