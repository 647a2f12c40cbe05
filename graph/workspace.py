"""A workspace: the ledger and the graph of one place, kept in step, opened for reading or for a change."""

import re
import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from iga.graph.audit_log import AuditLog, LogHead
from iga.graph.domain.marking import Marking
from iga.graph.domain.values import DAY_PATTERN, last_day
from iga.graph.errors import LedgerError, LedgerLocked, NotAdmitted, StoreError, SystemRefused, UsageError
from iga.graph.fold.shapes import View
from iga.graph.keys import KeyRing
from iga.graph.ledger.begun_log import head_begun, note_begun
from iga.graph.ledger.connection import COPY, file_of
from iga.graph.ledger.erasure import wiped
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.seen_ledger import SeenLedger
from iga.graph.losses import KnownPast, refuse_losses
from iga.graph.projection.filling import Progress
from iga.graph.projection.meta import Meta, as_seen, check_held, meta
from iga.graph.projection.project import Projection, is_current, opened_early, rebuild
from iga.graph.projection.project import project as brought_up
from iga.graph.reader import Reader
from iga.graph.settings import Settings
from iga.graph.snapshot import Snapshot, WorkspaceStatus
from iga.graph.statements import LoadHeader
from iga.graph.stores.door import Store
from iga.graph.views import KEPT_VIEWS, Views

_DAY = re.compile(DAY_PATTERN, re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z", re.ASCII)
_LOAD = re.compile(r"load:(\d{1,9})", re.ASCII)


def load_on(headers: Sequence[LoadHeader], text: str) -> int:
    """Return the number of the last load that was known; 0 is before the first.

    Args:
        headers: All loads, oldest first.
        text: A day (possibly partial: its last day counts whole, in UTC), an instant in UTC (a minute or second
            counts whole), or ``load:17``.

    Raises:
        UsageError: The text is none of these.
    """
    if named := _LOAD.fullmatch(text):
        return min(int(named[1]), headers[-1].no if headers else 0)
    until = _end_of(text)
    return max((header.no for header in headers if header.at[: len(until)] <= until), default=0)


def _end_of(text: str) -> str:
    """A load of the day or instant compares as not later than the text returned, one after it as later."""
    try:
        if _INSTANT.fullmatch(text):
            datetime.fromisoformat(text)
            return text.removesuffix("Z")
        if _DAY.fullmatch(text):
            return last_day(text)
    except ValueError as error:
        raise UsageError(f"known-on: {text!r} does not exist: {error}") from error
    raise UsageError(f"known-on: {text!r} is no day: write 2026-03-01, 2026-03, 2026-03-01T12:00Z or load:17")


@contextmanager
def copied_while_written(ledger: Ledger) -> Iterator[tuple[Ledger, str] | None]:
    """Give a copy of what is committed, and who is writing; None where nobody is. A server's ledger is not copied."""
    try:
        with ledger.writing("a look at the writer lock", wait_s=0):
            yield None
            return
    except LedgerLocked as locked:
        holder = locked.message.partition(";")[0]
    place = file_of(ledger.name)
    if place is None:
        yield None
        return
    # Beside the ledger, whose keeper keeps the copy safe too, and not in the machine's folder for passing files.
    with TemporaryDirectory(prefix=f"{place.name}.{COPY}", dir=place.parent) as folder:
        path = Path(folder) / "ledger.sqlite"
        with ledger.reading() as connection, closing(sqlite3.connect(path)) as copied:
            connection.connection.driver_connection.backup(copied)  # type: ignore[union-attr]  # sqlite3's own
        with Ledger.open(path, clock=ledger.clock) as copy:
            yield copy, holder


_PATIENCE_S = 0.2
"""How long a reader waits for whoever is writing before it reads what is there."""


class Workspace:
    """Opens, keeps in step and closes. A workspace that is kept open holds the engine; another only while it works."""

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime], wait_s: float = 10.0) -> None:
        """Open nothing yet.

        Args:
            settings: Where ledger and graph are.
            clock: Gives the present instant, with its time zone.
            wait_s: Seconds to wait for another process that holds the ledger or an embedded graph.
        """
        self.settings = settings
        self.reader = settings.reader
        self.audit_log = AuditLog(settings.audit, settings.audit_name, self._note_log)
        self._is_log_noted = threading.Event()
        self._clock = clock
        self._wait_s = wait_s
        self._closing = ExitStack()
        self._ledgers: dict[bool, Ledger] = {}
        self._seen: dict[tuple[View, int], SeenLedger] = {}
        self._snapshots: dict[View, Snapshot] = {}
        self.views = Views(settings, wait_s=wait_s)
        self._closing.callback(self.views.close)
        self._opening = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    @contextmanager
    def kept_open(self, *, for_reads: bool = False) -> Iterator[Self]:
        """Keep every store open used within the block: by threads, or by one that reads beside other processes."""
        with self.views.kept_open(for_reads=for_reads):
            yield self

    def under(self, reader: Reader) -> Self:
        """Return this workspace, with all that it has open, for a reader; the lower of both ceilings counts."""
        theirs = copy(self)
        theirs.reader = reader.below(self.reader.ceiling)
        return theirs

    def everything(self) -> Ledger:
        """Return the ledger itself, for a copy of all of it; `Denied` where not all is seen, else as `Ledger.open`."""
        self.reader.refuse_unless_all_is_seen("what copies the ledger")
        return self._ledger(for_writing=False)

    def _ledger(self, *, for_writing: bool) -> Ledger:
        with self._opening:
            if for_writing not in self._ledgers:
                ledger = Ledger.open(
                    self.settings.ledger,
                    clock=self._clock,
                    read_only=not for_writing,
                    password=self.settings.ledger_password,
                )
                ledger.noted = self.audit_log.to_note
                self._ledgers[for_writing] = self._closing.enter_context(ledger)
            return self._ledgers[for_writing]

    def _note_log(self, head: LogHead) -> None:
        """Have the ledger know from the first act on that there is a log; while somebody writes, the next act does."""
        if self._is_log_noted.is_set() or not head.no:
            return
        name = self.audit_log.name
        try:
            with self._ledger(for_writing=False).reading() as connection:  # which makes none
                is_noted = bool(head_begun(connection, name))
            if not is_noted:
                note_begun(self._ledger(for_writing=True), name, head.written)
        except LedgerLocked:
            return
        except (LedgerError, SystemRefused):  # this account may not write: another one's act does
            pass
        self._is_log_noted.set()

    def mark(self) -> Hashable:
        """Return what changes with every commit to the ledger, whoever makes it."""
        return self._ledger(for_writing=False).mark()

    def load_to_name(self) -> str:
        """Return ledger and number of the last load that was made here, as an act names it, once; blank for none."""
        ledger = self._ledgers.get(True)
        if ledger is None or not ledger.kept:
            return ""
        named, ledger.kept = f"{ledger.id} {ledger.kept}", 0
        return named

    def key_ring(self) -> KeyRing:
        """Return the keys of programs and people by sign-on; `Denied` where not all is seen that they could show."""
        self.reader.refuse_unless_all_is_seen("what gives out keys")
        return KeyRing(self.settings.keys)

    @contextmanager
    def reading(
        self, *, known_on: str | None = None, ceiling: Marking | None = None, makes_past: bool = True
    ) -> Iterator[Snapshot]:
        """Open the graph for reading, brought up to date first unless somebody else is writing.

        Args:
            known_on: A day, instant or ``load:N``: show only what was loaded by then. None shows everything.
            ceiling: Highest marking shown; the reader's own is never exceeded. None is the reader's own.
            makes_past: Whether the state of a past day is made where it is not there; if not, `NotAdmitted` is raised.

        Raises:
            LedgerError, StoreError: One of them cannot be opened or is not ours.
            UsageError: `known_on` is no day.
        """
        ledger = self._ledger(for_writing=False)
        reader = self.reader if ceiling is None else self.reader.below(ceiling)
        view = View(ceiling=reader.ceiling)
        if known_on:
            view = _as_of(view, self._seen_now(ledger, view), known_on)
        with self._standing(view) as last:
            if last:
                yield replace(last, reader=reader, known_on=known_on)
                return
        now, mark = self.now(), ledger.mark()
        with self._brought_up(ledger, view, makes=makes_past or view.upto is None) as (store, held):
            is_whole, seen = self._stands(ledger, view, held)
            shown = as_seen(held, seen) if held else None
            snapshot = Snapshot(reader, store, seen, shown, is_whole, known_on, self.views.names_at(view))
            if self.views.are_kept_open and not known_on:
                snapshot = self._snapshots[view] = snapshot.marked(held, ledger, mark=mark, since=now)
            yield snapshot

    def is_there(self) -> bool:
        """True if what the reader is shown of the present was ever made; of a server only opening tells."""
        return self.views.is_there(View(ceiling=self.reader.ceiling))

    def is_at_hand(self, known_on: str) -> bool:
        """True if the state of a past day is there, or is the present one; raises as `reading`."""
        with self.reading() as present:
            view = _as_of(View(ceiling=present.reader.ceiling), present.ledger, known_on)
        return view.upto is None or self.views.is_there(view)

    @contextmanager
    def changing(self, what: str, *, is_own: bool = False, goes_back: bool = False) -> Iterator[Ledger]:
        """Hold the writer lock of the ledger for the block.

        Args:
            what: What the holder does, as others are told.
            is_own: Whether only what is the reader's own is changed, such as a saved question.
            goes_back: Whether a ledger that lacks loads is put right by it: any other is refused before it is written.

        Raises:
            LedgerDamaged: The ledger lacks loads.
            Denied: The reader's role is not to write, or they do not see all of the ledger, with which all that is
                written is compared.
            LedgerLocked: Another writer holds it; the message says who.
        """
        if not is_own:
            self.reader.refuse_unless("write")
            self.reader.refuse_unless_all_is_seen(f"what writes ({what})")
        ledger = self._ledger(for_writing=True)
        # Beside a graph on a server several processes make their views, each with the lock held: turns take longer.
        with ledger.writing(what, wait_s=self._wait_s * (1 if self.settings.embedded_path else 3)):
            if not goes_back:
                self._refuse_losses(ledger)
            yield ledger

    def _refuse_losses(self, ledger: Ledger) -> None:
        """Refuse one that lacks loads; an audit log that cannot be read tells nothing, and its own doors tell that."""
        with suppress(SystemRefused):
            refuse_losses(ledger, self.views, self.audit_log)

    def beside(self) -> AbstractContextManager[tuple[Ledger, str] | None]:
        """Give a copy of the ledger while somebody else writes it, and who that is; None where nobody does."""
        return copied_while_written(self._ledger(for_writing=True))

    def graph(self) -> AbstractContextManager[Store]:
        """Open the graph itself, under no ceiling, for writing. The caller is `changing`."""
        return self.views.opened(View(), read_only=False)

    def project(self, progress: Progress | None = None) -> Projection:
        """Bring the graph, and the views beside an embedded one that exist, up to the ledger. The caller is `changing`.

        A view that cannot be written now is left to its next reader; so are those of each process beside a server.
        """
        done, behind = self._projected(View(), progress), list[str]()
        for view in self.views.under_ceilings() if self.settings.embedded_path else ():
            try:
                self._projected(view)
            except StoreError as error:
                behind.append(error.message)
        return replace(done, behind=tuple(behind))

    def rebuild(self, progress: Progress | None = None, *, accepts_loss: bool = True) -> Projection:
        """Make the graph and the views under a ceiling anew, unread; drop past ones. The caller is `changing`."""
        if not accepts_loss:
            refuse_losses(self._ledger(for_writing=True), self.views, self.audit_log)
        self.views.drop_past()
        self.views.drop_idle()
        self.views.drop_indexes()
        done = self._projected(View(), progress, anew=True)
        for view in self.views.under_ceilings():
            self._projected(view, anew=True)
        return done

    def past(self, ledger_id: str) -> KnownPast:
        """Return what is known beside a ledger, by its id, of the loads that it had; raises as `KnownPast.of`."""
        return KnownPast.of(ledger_id, self.settings.ledger, self.views, self.audit_log)

    def after_mending(self, progress: Progress | None = None) -> None:
        """Read the ledger that took a damaged one's place, and make the graph anew. The caller is `changing`."""
        for ledger in self._ledgers.values():  # each is open on the file of before
            ledger.close()
        self.rebuild(progress)

    def forget(self, progress: Progress | None = None) -> bool:
        """Make all that was made from the ledger anew after an erasure; say whether its freed pages are gone, too."""
        self.views.forget_uploads()
        self.rebuild(progress)
        return wiped(self._ledger(for_writing=True))

    def catch_up(self) -> None:
        """Bring the graph up to the ledger, making an empty ledger where there is none."""
        with self.changing("iga serve", is_own=True):
            self.project()

    def state(self) -> WorkspaceStatus:
        """Return where the ledger and the graph stand as the reader sees them, changing neither."""
        ledger, view = self._ledger(for_writing=False), View(ceiling=self.reader.ceiling)
        with self._there(ledger, view) as (_, held):
            is_whole, seen = self._stands(ledger, view, held)
        return WorkspaceStatus(
            is_current=is_whole,
            projecting=bool(held and held.projecting),
            through=as_seen(held, seen).through if held else 0,
            ledger_through=seen.through(),
            source_count=len({header.source for header in seen.headers()}),
            data_version=seen.version_of(held.hash) if held else "",
        )

    def now(self) -> str:
        """Return the present instant as text, UTC."""
        return self._clock().strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def today(self) -> str:
        """Return the present day in UTC: what stands for ``as_of`` when none is asked for, and what entries carry."""
        return self.now()[:10]

    def made_at(self) -> str:
        """Return the present second as text, UTC: what a file that is made carries."""
        return f"{self.now()[:19]}Z"

    def _stands(self, ledger: Ledger, view: View, held: Meta | None) -> tuple[bool, Ledger]:
        """Return whether a view holds all of the ledger that its reader sees, and the ledger as the reader sees it."""
        shown = replace(view, upto=None, now=held.projected_at if held else self.now())
        seen = self._seen_of(ledger, shown, held.through if held else 0)
        if held is None or seen.is_whole or ledger.through() == held.through:
            return is_current(held, ledger, now=self.now()), seen
        return not held.projecting and seen.through() == seen.number_of(held.through), seen

    @contextmanager
    def _standing(self, view: View) -> Iterator[Snapshot | None]:
        """Open a view that was read before, if nothing changed since."""
        if view not in self._snapshots:
            yield None
            return
        with self.views.opened(view, read_only=True) as store:
            last = self._snapshots[view]
            yield last if last.store is store and last.stands(self.now()) else None

    def _seen_now(self, ledger: Ledger, view: View) -> Ledger:
        """Return the ledger as a ceiling shows it now: as the present state has it, while that stands."""
        with self._standing(view) as last:
            return last.ledger if last else self._seen_of(ledger, replace(view, now=self.now()), ledger.through())

    def _seen_of(self, ledger: Ledger, view: View, horizon: int) -> Ledger:
        """Return a ledger as a view shows it; it is kept, as long as few others are asked for."""
        if view.ceiling is Marking.SENSITIVE:
            return ledger
        place = view, horizon
        if place not in self._seen:
            if len(self._seen) >= KEPT_VIEWS:
                self._seen.clear()
            self._seen[place] = SeenLedger(ledger, view, horizon=horizon)
        return self._seen[place]

    @contextmanager
    def _brought_up(self, ledger: Ledger, view: View, *, makes: bool) -> Iterator[tuple[Store, Meta | None]]:
        """Open a view for reading, with what it holds; it is opened once where nothing is missing."""
        with self._there(ledger, view) as (store, held):
            if store and is_current(held, ledger, now=self.now()):
                yield store, held
                return
        if not makes:
            raise NotAdmitted("the state of that day is not at hand, and is made for callers with a key alone")
        self._bring_up(ledger, view, is_needed=held is None or opened_early(held, ledger, now=self.now()))
        with self.views.opened(view, read_only=True) as store:
            yield store, meta(store)

    def _bring_up(self, ledger: Ledger, view: View, *, is_needed: bool) -> None:
        """Project what is missing; unless that is needed, leave it to whoever is writing, and read what is there.

        A thread that reads while it writes itself reads what is there, too: its load may yet be taken back.
        """
        patience_s = self._wait_s if is_needed else min(_PATIENCE_S, self._wait_s)
        try:
            with ledger.writing("bringing the graph up to date", wait_s=patience_s):
                self._projected(view)
        except (LedgerLocked, SystemRefused):  # somebody writes, or this account may not
            if is_needed:
                raise

    @contextmanager
    def _there(self, ledger: Ledger, view: View) -> Iterator[tuple[Store | None, Meta | None]]:
        """Open a view for reading, with what it holds; nothing where there is no graph."""
        ledger.refuse_unsound()
        if not self.views.is_there(view):
            self._refuse_losses(ledger)
            yield None, None
            return
        with self.views.opened(view, read_only=True) as store:
            held = meta(store)
            if held is None:
                self._refuse_losses(ledger)
            else:
                check_held(held, ledger, store)
            yield store, held

    def _projected(self, view: View, progress: Progress | None = None, *, anew: bool = False) -> Projection:
        ledger = self._ledgers.get(True) or self._ledger(for_writing=False)
        with self.views.opened(view, read_only=False, replaces=anew) as store:
            return (rebuild if anew else brought_up)(ledger, store, view=view, now=self.now(), progress=progress)


def _as_of(view: View, known: Ledger, known_on: str) -> View:
    """Return a view as of a day, instant or load of the ledger that it shows; that of now where nothing came since."""
    number = load_on(known.headers(), known_on)
    return replace(view, upto=known.load_of(number)) if number < known.through() else view
