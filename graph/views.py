"""Where the graph and its views lie, and what is open of them; under a ceiling or as of a day each is its own graph."""

import glob
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from iga.graph.domain.marking import Marking
from iga.graph.errors import QueryFailed, StoreDamaged, StoreError, StoreUnavailable, refused
from iga.graph.fold.shapes import View
from iga.graph.local_sockets import dismissed
from iga.graph.names.table import is_index
from iga.graph.private import FILE, make_folder
from iga.graph.projection.audit import audit
from iga.graph.projection.meta import Meta, meta, meta_beside
from iga.graph.rollback import undone_by
from iga.graph.settings import EMBEDDED, Settings
from iga.graph.stores.checksums import sealed
from iga.graph.stores.door import Store, damaged
from iga.graph.stores.folder import is_ours, is_vacant
from iga.graph.stores.open_stores import OpenStores, graphs_that_fit
from iga.graph.stores.opening import open_store, remove_embedded


@dataclass
class Slot:
    """The lowest number that no other process has beside a folder, taken when it is first asked for; threads share it.

    It is kept until it is let go of or the process ends, however that happens; whoever starts later goes on with what
    lies there. See docs/decisions/0069-a-slot-for-each-process.md.
    """

    folder: Path
    _taking: Lock = field(default_factory=Lock, repr=False)
    _lock: FileLock | None = None
    _number: int = 0

    def of(self, path: Path) -> Path:
        """Return what stands for a path in this slot; in the first slot that is the path itself.

        Raises:
            SystemRefused: No lock can be made there.
        """
        with self._taking:
            numbers = count(1)
            while self._lock is None:
                self._number = next(numbers)
                self._lock = self._taken(self._number)
        return _numbered(path, self._number)

    def idle(self) -> Iterator[Path]:
        """Give the folders of the other slots that were used and nobody has; each is held while it is looked at."""
        own = self.of(self.folder)
        for number in count(1):
            if not self._lock_at(number).exists():
                return
            folder = _numbered(self.folder, number)
            if folder != own and (lock := self._taken(number)):
                try:
                    yield folder
                finally:
                    lock.release()

    def close(self) -> None:
        """Let go of it."""
        with self._taking:
            if self._lock:
                self._lock.release()
            self._lock = None

    def _taken(self, number: int) -> FileLock | None:
        """Return the lock of a slot, held; None where another process has it."""
        path = self._lock_at(number)
        lock = FileLock(path, mode=FILE, thread_local=False)
        try:
            make_folder(path.parent)
            lock.acquire(timeout=0)
        except Timeout:
            return None
        except OSError as error:
            raise refused(f"the lock {path}, without which a process has no views of its own,", error) from error
        return lock

    def _lock_at(self, number: int) -> Path:
        return self.folder.with_name(f"{self.folder.name}.slot-{number}")


def _numbered(path: Path, number: int) -> Path:
    return path if number == 1 else path.with_name(f"{path.name}-{number}")


KEPT_VIEWS = 8
"""Most views of past days that are kept; for a new one, the one that was longest left alone is removed."""

_PAST_VIEW = re.compile(r"[a-z]+-load-\d+")


class Views:
    """Opens the graph and its views, and removes views. Threads may share it."""

    def __init__(self, settings: Settings, *, wait_s: float) -> None:
        """Open nothing yet; wait so many seconds for another process that holds one of them."""
        self._settings = settings
        self._wait_s = wait_s
        self._slot = Slot(settings.views)
        self._kept: OpenStores | None = None
        self._keeps_for_reads = False
        self._dropping = threading.Lock()

    @contextmanager
    def kept_open(self, *, for_reads: bool = False) -> Iterator[None]:
        """Keep every store open that is used within the block; for reads alone, others may read them meanwhile."""
        self._kept, self._keeps_for_reads = OpenStores(graphs_that_fit()), for_reads
        try:
            yield
        finally:
            self._kept.close()
            self._kept = None

    def close(self) -> None:
        """Let others have what only one process may write."""
        self._slot.close()

    @property
    def door(self) -> Path:
        """Folder where this process leaves its card and listens, if it is a server."""
        return self._own(self._settings.door)

    @property
    def uploads(self) -> Path:
        """Folder where this process keeps files that were sent to it, if it is a server."""
        return self._own(self._settings.uploads)

    def forget_own_uploads(self) -> None:
        """Remove the files that were sent to this process's place before, and to processes that have ended."""
        shutil.rmtree(self.uploads, ignore_errors=True)
        for folder in self._slot.idle() if self._is_on_a_server else ():
            number = folder.name.removeprefix(self._settings.views.name)
            shutil.rmtree(f"{self._settings.uploads}{number}", ignore_errors=True)

    def forget_uploads(self) -> None:
        """Remove the files that were sent to any process of this machine: they have to be sent again."""
        place = self._settings.uploads
        for folder in place.parent.glob(f"{glob.escape(place.name)}*"):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def are_kept_open(self) -> bool:
        """Whether stores stay open when nobody uses them."""
        return self._kept is not None

    def opened(self, view: View, *, read_only: bool, replaces: bool = False) -> AbstractContextManager[Store]:
        """Open a view; for writing, room is made for one of a past day. One that is replaced is not looked at.

        Raises:
            StoreError: It cannot be opened, or is not ours.
        """
        place = self._place(view)
        if view.upto is not None and not read_only:
            self._make_room(self._path(view))
        if self._kept and (read_only or not self._keeps_for_reads):
            how = {"read_only": self._keeps_for_reads, "replaces": replaces}
            return self._kept.using(place, partial(self._open, place, **how))
        if self._kept:
            self._kept.drop(place)
        return _closed_after(self._open(place, read_only=read_only, replaces=replaces))

    def is_there(self, view: View) -> bool:
        """True if something was ever put there; of a server only opening tells."""
        place = self._place(view)
        return not ((folder := _folder_at(place)) and is_vacant(folder))

    def kept_of(self, view: View) -> Meta | None:
        """Return what is kept beside a view of what it holds; None where nothing is, on a server, or with no view."""
        return meta_beside(_folder_at(self._place(view))) if self.is_there(view) else None

    def under_ceilings(self) -> list[View]:
        """Return the views under a ceiling that were ever asked for."""
        views = (View(ceiling=ceiling) for ceiling in (Marking.PUBLIC, Marking.INTERNAL))
        return [view for view in views if self.is_there(view)]

    def names_at(self, view: View) -> Path:
        """Return the file of the index of the names that a view shows; the processes of a machine share it."""
        return self._settings.views / f"{_name(view)}.names.sqlite"

    def are_whole(self) -> bool:
        """True if no file of the graphs that are kept open was changed, by size and time."""
        folders = map(_folder_at, self._kept.places() if self._kept else ())
        return not any(_is_damaged(folder, reads_all=False) for folder in filter(None, folders))

    def damaged(self) -> list[Path]:
        """Return the folders of the graph and its views, and the indexes, that are not what was written.

        All of their files are read. A graph without a seal is compared with its digests when it is next opened.
        """
        places = [self._place(view) for view in (View(), *self.under_ceilings())]
        folders = filter(None, map(_folder_at, places))
        damaged = [folder for folder in (*folders, *self._past()) if folder.is_dir() and _is_damaged(folder)]
        return damaged + [index for index in self._settings.views.glob("*.sqlite") if not is_index(index)]

    def drop_idle(self) -> None:
        """Remove the views of processes that have ended: they hold what is no more until somebody goes on with them."""
        if self._is_on_a_server:
            for folder in self._slot.idle():
                shutil.rmtree(folder, ignore_errors=True)

    def drop_past(self) -> None:
        """Remove the views of past days."""
        for path in self._past():
            self._drop(path)

    def drop_indexes(self) -> None:
        """Remove what was made of the graph: indexes of names, likely duplicates, relationships as arrays."""
        for pattern in ("*.sqlite*", "*.names.*"):
            for file in self._settings.views.glob(pattern):
                file.unlink(missing_ok=True)

    def _place(self, view: View) -> str:
        if view.upto is None and view.ceiling is Marking.SENSITIVE:
            return self._settings.store
        return f"{EMBEDDED}{self._path(view)}"

    def _path(self, view: View) -> Path:
        return self._own(self._settings.views) / _name(view)

    @property
    def _is_on_a_server(self) -> bool:
        return self._settings.embedded_path is None

    def _own(self, path: Path) -> Path:
        """Return what stands for a path in this process; beside an embedded graph there is one of each."""
        return self._slot.of(path) if self._is_on_a_server else path

    def _past(self) -> list[Path]:
        """Return the folders of the views of past days, the one longest left alone first."""
        past = [folder for folder in self._own(self._settings.views).glob("*/") if _PAST_VIEW.fullmatch(folder.name)]
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
            self._dismiss_standby()
            remove_embedded(path, wait_s=self._wait_s)
        for file in self._settings.views.glob(f"{path.name}.names.*"):
            file.unlink(missing_ok=True)

    def _open(self, place: str, *, read_only: bool, replaces: bool = False) -> Store:
        password = self._settings.password or _no_password
        if replaces and (folder := _folder_at(place)) and meta_beside(folder) is None:
            try:  # an older program kept nothing beside it: it is asked itself whose it is
                return self._open(place, read_only=False)
            except StoreError:
                if not is_ours(folder):
                    raise
        if not read_only:
            self._dismiss_standby()
        store = open_store(place, password=password, read_only=read_only, replaces=replaces, wait_s=self._wait_s)
        with undone_by(store.close):
            _compare_once(store)
        return store

    def _dismiss_standby(self) -> None:
        """Have the process that holds the graph open for reads let go of it, unless it is this one."""
        if not self._keeps_for_reads:
            dismissed(self._settings.standby, wait_s=self._wait_s)


def _folder_at(place: str) -> Path | None:
    return Path(place.removeprefix(EMBEDDED)) if place.startswith(EMBEDDED) else None


def _name(view: View) -> str:
    """Return the name of a view among files."""
    return f"{view.ceiling.word}-{'now' if view.upto is None else f'load-{view.upto}'}"


def _compare_once(store: Store) -> None:
    """Compare what a store holds with its digests, if its last writer did not close it."""
    if store.is_vouched or store.is_replaced:
        return
    held = meta(store)
    if held and not (held.projecting or held.is_older):  # else it is made anew before anybody reads it
        try:
            audited = audit(store)
        except QueryFailed as error:
            raise damaged(store.name) from error
        if audited.damaged or audited.tally.hex != held.hash:
            raise damaged(store.name)
    store.vouch()


def _is_damaged(folder: Path, *, reads_all: bool = True) -> bool:
    try:
        sealed(folder, reads_all=reads_all)
    except StoreDamaged:
        return True
    except OSError:  # it was taken away
        return not reads_all
    return False


def _no_password() -> None:
    """Some servers ask for none."""


@contextmanager
def _closed_after(store: Store) -> Iterator[Store]:
    try:
        yield store
    finally:
        store.close()
