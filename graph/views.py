"""Where the graph and its views lie, and what is open of them; under a ceiling or as of a day each is its own graph."""

import re
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path

from graph.domain.marking import Marking
from graph.errors import StoreUnavailable
from graph.fold.shapes import View
from graph.settings import EMBEDDED, Settings
from graph.stores.door import Store
from graph.stores.folder import is_vacant
from graph.stores.open_stores import OpenStores, graphs_that_fit
from graph.stores.opening import open_store, remove_embedded

KEPT_VIEWS = 8
"""Most views of past days that are kept; for a new one, the one that was longest left alone is removed."""

_PAST_VIEW = re.compile(r"[a-z]+-load-\d+")


class Views:
    """Opens the graph and its views, and removes views. Threads may share it."""

    def __init__(self, settings: Settings, *, wait_s: float) -> None:
        """Open nothing yet; wait so many seconds for another process that holds one of them."""
        self._settings = settings
        self._wait_s = wait_s
        self._kept: OpenStores | None = None
        self._dropping = threading.Lock()

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep every store open that is used within the block."""
        self._kept = OpenStores(graphs_that_fit())
        try:
            yield
        finally:
            self._kept.close()
            self._kept = None

    def opened(self, view: View, *, read_only: bool) -> AbstractContextManager[Store]:
        """Open a view; for writing, room is made for one of a past day.

        Raises:
            StoreError: It cannot be opened, or is not ours.
        """
        place = self._place(view)
        if view.upto is not None and not read_only:
            self._make_room(self._path(view))
        if self._kept is None:
            return _closed_after(self._open(place, read_only=read_only))
        return self._kept.using(place, partial(self._open, place, read_only=False))

    def is_there(self, view: View) -> bool:
        """Say whether something was ever put there; of a server only opening tells."""
        place = self._place(view)
        return not (place.startswith(EMBEDDED) and is_vacant(Path(place.removeprefix(EMBEDDED))))

    def under_ceilings(self) -> list[View]:
        """Return the views under a ceiling that were ever asked for."""
        views = (View(ceiling=ceiling) for ceiling in (Marking.PUBLIC, Marking.INTERNAL))
        return [view for view in views if self.is_there(view)]

    def names_at(self, view: View) -> Path:
        """Return the file of the index of the names that a view shows."""
        path = self._path(view)
        return path.with_name(f"{path.name}.names.sqlite")

    def drop_past(self) -> None:
        """Remove the views of past days."""
        for path in self._past():
            self._drop(path)

    def drop_indexes(self) -> None:
        """Remove what was made of names: their indexes, and likely duplicates."""
        for file in self._settings.views.glob("*.sqlite*"):
            file.unlink(missing_ok=True)

    def _place(self, view: View) -> str:
        if view.upto is None and view.ceiling is Marking.SENSITIVE:
            return self._settings.store
        return f"{EMBEDDED}{self._path(view)}"

    def _path(self, view: View) -> Path:
        until = "now" if view.upto is None else f"load-{view.upto}"
        return self._settings.views / f"{view.ceiling.word}-{until}"

    def _past(self) -> list[Path]:
        """Return the folders of the views of past days, the one longest left alone first."""
        past = [folder for folder in self._settings.views.glob("*/") if _PAST_VIEW.fullmatch(folder.name)]
        return sorted(past, key=lambda folder: folder.stat().st_mtime)

    def _make_room(self, path: Path) -> None:
        others = [folder for folder in self._past() if folder != path]
        for folder in others[: max(0, len(others) - KEPT_VIEWS + 1)]:
            with suppress(StoreUnavailable):  # somebody reads it: it goes next time
                self._drop(folder)

    def _drop(self, path: Path) -> None:
        """Remove a view; a thread that reads it meanwhile is told to ask again."""
        with self._dropping:
            if self._kept:
                self._kept.drop(f"{EMBEDDED}{path}")
            remove_embedded(path, wait_s=self._wait_s)
        for file in path.parent.glob(f"{path.name}.names.sqlite*"):
            file.unlink(missing_ok=True)

    def _open(self, place: str, *, read_only: bool) -> Store:
        password = self._settings.password or _no_password
        return open_store(place, password=password, read_only=read_only, wait_s=self._wait_s)


def _no_password() -> None:
    """Some servers ask for none."""


@contextmanager
def _closed_after(store: Store) -> Iterator[Store]:
    try:
        yield store
    finally:
        store.close()
