"""A desk: the ledger and the graph of one place, kept in step, opened for reading or for a change."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.domain.marking import Marking
from graph.errors import LedgerLocked, StoreUnavailable
from graph.fold.shapes import View
from graph.known_on import load_on
from graph.ledger.ledger import Ledger
from graph.projection.filling import Progress
from graph.projection.meta import Meta, check_ours, meta
from graph.projection.project import Projection, is_current, project, rebuild
from graph.settings import EMBEDDED, Settings
from graph.stores.door import Store
from graph.stores.opening import open_store

KEPT_VIEWS = 8
"""Most views of past days that are kept; the one least recently made is removed for a new one."""

_PATIENCE_S = 0.2
"""How long a reader waits for whoever is writing before it reads what is there."""


@dataclass(frozen=True)
class Reading:
    """The graph and the ledger, open for reading.

    Attributes:
        store: The graph as the view shows it.
        ledger: The ledger behind it.
        meta: How far the graph is; None when nothing was ever projected.
        is_whole: Whether it holds all that the ledger has; answers say so when it does not.
        known_on: The day, instant or load asked for; None is everything.
    """

    store: Store
    ledger: Ledger
    meta: Meta | None
    is_whole: bool
    known_on: str | None = None


@dataclass(frozen=True)
class State:
    """Where the ledger and the graph stand."""

    is_current: bool
    projecting: bool
    through: int
    ledger_through: int
    data_version: str


class Desk:
    """Opens, keeps in step and closes. A desk that is kept open holds the engine; another only while it works."""

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self._clock = clock
        self._closing = ExitStack()
        self._ledgers: dict[bool, Ledger] = {}
        self._kept: dict[str, Store] | None = None
        self._opening = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    @contextmanager
    def kept_open(self) -> Iterator[Self]:
        """Keep every store open that is used within the block: for a server, whose threads share them."""
        self._kept = {}
        try:
            yield self
        finally:
            for store in self._kept.values():
                store.close()
            self._kept = None

    def ledger(self, *, for_writing: bool) -> Ledger:
        """Return the ledger; for reading it must be there already.

        Raises:
            LedgerRefused: It is missing, not a ledger, or newer than this program.
        """
        with self._opening:
            if for_writing not in self._ledgers:
                ledger = Ledger.open(self.settings.ledger, clock=self._clock, read_only=not for_writing)
                self._ledgers[for_writing] = self._closing.enter_context(ledger)
            return self._ledgers[for_writing]

    @contextmanager
    def reading(self, *, known_on: str | None = None, ceiling: Marking | None = None) -> Iterator[Reading]:
        """Open the graph for reading, brought up to date first unless somebody else is writing.

        Args:
            known_on: A day, instant or ``load:N``: show only what was loaded by then. None shows everything.
            ceiling: Highest marking shown; the setting's own is never exceeded. None is the setting's own.

        Raises:
            LedgerError, StoreError: One of them cannot be opened or is not ours.
            UsageError: `known_on` is no day.
        """
        ledger = self.ledger(for_writing=False)
        upto = load_on(ledger.headers(), known_on) if known_on else None
        view = View(ceiling=min(ceiling or self.settings.ceiling, self.settings.ceiling), upto=upto)
        place = self._place(view)
        self._bring_up(ledger, place, view)
        with self._opened(place, read_only=True) as store:
            held = meta(store)
            if held is not None:
                check_ours(held, ledger=ledger.id, store=store.name)
            yield Reading(store, ledger, held, is_current(held, ledger, now=self.now()), known_on)

    @contextmanager
    def changing(self, what: str) -> Iterator[Ledger]:
        """Hold the writer lock of the ledger for the block.

        Args:
            what: What the holder does, as others are told.

        Raises:
            LedgerLocked: Another writer holds it; the message says who.
        """
        ledger = self.ledger(for_writing=True)
        with ledger.writing(what):
            yield ledger

    def project(self, progress: Progress | None = None) -> Projection:
        """Bring the graph, and the views under a ceiling that exist, up to the ledger. The caller is `changing`."""
        done = self._projected(View(), progress)
        for ceiling in (Marking.PUBLIC, Marking.INTERNAL):
            view = View(ceiling=ceiling)
            if self._place(view) != self.settings.store and self._path(view).exists():
                self._projected(view, None)
        return done

    def rebuild(self, progress: Progress | None = None) -> Projection:
        """Make the graph anew from the ledger, and drop every view. The caller is `changing`."""
        shutil.rmtree(self.settings.views, ignore_errors=True)
        with self._opened(self.settings.store, read_only=False) as store:
            return rebuild(self.ledger(for_writing=True), store, now=self.now(), progress=progress)

    def catch_up(self) -> None:
        """Bring the graph up to the ledger, making an empty ledger where there is none."""
        with self.changing("iga serve"):
            self.project()

    def state(self) -> State:
        """Return where the ledger and the graph stand, changing neither."""
        ledger = self.ledger(for_writing=False)
        try:
            with self._opened(self.settings.store, read_only=True) as store:
                held = meta(store)
        except StoreUnavailable:
            if (path := self.settings.embedded_path) is None or path.exists():
                raise
            held = None
        return State(
            is_current=is_current(held, ledger, now=self.now()),
            projecting=bool(held and held.projecting),
            through=held.through if held else 0,
            ledger_through=ledger.through(),
            data_version=held.hash if held else "",
        )

    def now(self) -> str:
        """Return the present instant as text, UTC."""
        return self._clock().strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def _bring_up(self, ledger: Ledger, place: str, view: View) -> None:
        """Project what is missing; leave it to whoever is writing now, and read what is there meanwhile."""
        if self._is_up(ledger, place):
            return
        try:
            with ledger.writing("bringing the graph up to date", wait_s=_PATIENCE_S):
                self._projected(view, None)
        except LedgerLocked:
            if place.startswith(EMBEDDED) and not Path(place.removeprefix(EMBEDDED)).exists():
                raise

    def _is_up(self, ledger: Ledger, place: str) -> bool:
        if place.startswith(EMBEDDED) and not Path(place.removeprefix(EMBEDDED)).exists():
            return False
        with self._opened(place, read_only=True) as store:
            held = meta(store)
            if held is not None:
                check_ours(held, ledger=ledger.id, store=store.name)
            return is_current(held, ledger, now=self.now())

    def _projected(self, view: View, progress: Progress | None) -> Projection:
        ledger = self._ledgers.get(True) or self.ledger(for_writing=False)
        if view.upto is not None:
            self._make_room(self._path(view))
        with self._opened(self._place(view), read_only=False) as store:
            return project(ledger, store, view=view, now=self.now(), progress=progress)

    def _place(self, view: View) -> str:
        if view.upto is None and view.ceiling is Marking.SENSITIVE:
            return self.settings.store
        return f"{EMBEDDED}{self._path(view)}"

    def _path(self, view: View) -> Path:
        until = "now" if view.upto is None else f"load-{view.upto}"
        return self.settings.views / f"{view.ceiling.word}-{until}"

    def _make_room(self, path: Path) -> None:
        past = sorted(self.settings.views.glob("*-load-*/"), key=lambda folder: folder.stat().st_mtime)
        others = [folder for folder in past if folder != path]
        for folder in others[: max(0, len(others) - KEPT_VIEWS + 1)]:
            shutil.rmtree(folder, ignore_errors=True)

    def _opened(self, place: str, *, read_only: bool) -> AbstractContextManager[Store]:
        if self._kept is None:
            return _closed_after(self._open(place, read_only=read_only))
        with self._opening:
            if place not in self._kept:
                self._kept[place] = self._open(place, read_only=False)
            return nullcontext(self._kept[place])

    def _open(self, place: str, *, read_only: bool) -> Store:
        return open_store(place, password=self.settings.password or _no_password, read_only=read_only)


def _no_password() -> None:
    """Some servers ask for none."""


@contextmanager
def _closed_after(store: Store) -> Iterator[Store]:
    try:
        yield store
    finally:
        store.close()
