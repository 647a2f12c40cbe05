"""The audit log: who asked what for which purpose, and which protected people were shown; never a value.

A line of JSON for each act, written once and never changed, and chained to the one before by its digest: a line that is
changed, moved or taken out is told. Number and digest of the last line stand in a file beside it, the ledger notes them
of the first act and with each load, and `iga status` prints them, so that lines cut off at the end are told as well.
NIST SP 800-53 AU-2, AU-3, AU-9, AU-10; 5 U.S.C. 552a(c), accounting of disclosures.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from shutil import disk_usage
from threading import Lock
from types import MappingProxyType
from typing import Literal

import msgspec
from filelock import FileLock, Timeout

from iga.graph.errors import LedgerLocked, NotNoted, UsageError, reason_of, refused
from iga.graph.private import FILE, keep_on_disk, make_folder, opener

Outcome = Literal["done", "refused", "failed"]

CUT = "audit: the log had lost its head"
"""Act that an entry notes where lines were cut off at the end."""

_UNREAD = {"missing": "is missing", "unreadable": "cannot be read"}
"""What stands for the digest of a head where there is none to be read, and what is said of it."""

# Ids and names of fields of some hundred people; `append` looks for the last line within so many bytes.
_LONGEST_ENTRY = 1 << 18

ERASING = "erase"
"""Act that erases somebody; it is about the person's id, and names the load of the register of the erased."""

_ANEW = ("rebuild", "restore")
"""Acts after which a ledger may have fewer loads than before: somebody accepted that, or put it back from a dump."""

# So much is read first: nearly always it holds the last lines.
_PAGE = 1 << 12


class Act(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act.

    Attributes:
        no: Number, from 1, without a gap.
        at: Instant, UTC.
        door: Where it came in: command line, socket, HTTP.
        act: The command or route, without what was typed: ``ask contact``, ``GET /v1/questions/contact``.
        purpose: What for, as far as it was said.
        shown: Names of the fields that were shown of protected people, by the person's id.
        recipient: For whom a paper or export was made; blank is for who asked.
        is_disclosure: Whether a file was made that may leave the office.
        load: Id of the ledger and number of its last load, where the act made loads, or the ledger whole; else blank.
        before: Digest of the line before; blank for the first.
    """

    no: int
    at: str
    who: str
    door: str
    act: str
    purpose: str = ""
    outcome: Outcome = "done"
    about: tuple[str, ...] = ()
    shown: Mapping[str, tuple[str, ...]] = {}
    recipient: str = ""
    is_disclosure: bool = False
    load: str = ""
    before: str = ""


@dataclass(frozen=True)
class LogHead:
    """The last line: its number, 0 where there is none, and its digest."""

    no: int = 0
    digest: str = ""

    @classmethod
    def read(cls, text: str) -> "LogHead":
        """Return a head as `written` writes it; of blank text that of an empty log.

        Raises:
            UsageError: It is none.
        """
        number, _, digest = text.strip().partition(":")
        if text.strip() and not (number.isdecimal() and digest):
            raise UsageError(f"{text.strip()[:100]!r} is no head of an audit log: write it as iga status prints it")
        return cls(int(number), digest) if text.strip() else cls()

    @property
    def written(self) -> str:
        """The head as it is printed and kept: ``12:9f86d081…``."""
        return f"{self.no}:{self.digest}"


@dataclass(frozen=True)
class AuditLog:
    """The log in a file; any number of processes may write to it.

    Attributes:
        name: What tells it from the logs of other machines that write to the same ledger; blank beside a file.
        begun: Told the head after each act: what outlives the files notes that there is a log.
    """

    path: Path
    name: str = ""
    begun: Callable[[LogHead], None] = field(default=lambda _: None, repr=False, compare=False)
    _turn: Lock = field(default_factory=Lock, repr=False, compare=False)

    @property
    def _head_at(self) -> Path:
        return self.path.with_name(f"{self.path.name}.head")

    @property
    def _lock_at(self) -> Path:
        return self.path.with_name(f"{self.path.name}.lock")

    @cached_property
    def _lock(self) -> FileLock:
        return FileLock(self._lock_at, mode=FILE, thread_local=False)

    def _not_written(self, error: OSError) -> str:
        return f"the audit log {error.filename or self.path} cannot be written ({reason_of(error)})"

    def append(self, *acts: Act, wait_s: float = 10.0) -> LogHead:
        """Add acts as the last lines, each with its number and chained to the line before; return the new head.

        What is a disclosure is on the disk before this returns, all else when the system writes it. Where the log does
        not hold its own head any more, an entry that says so comes first.

        Raises:
            LedgerLocked: Another process keeps writing.
            NotNoted: The log cannot be written.
        """
        waiting = deque(acts)
        try:
            # Threads wait for one another here: at the file they would look only twenty times a second.
            with self._turn, self._lock.acquire(wait_s):
                head, lost = self.head(), self._lost_head()
                if lost and acts:
                    act = acts[0]
                    waiting.appendleft(Act(0, act.at, act.who, act.door, CUT, purpose=lost.written, outcome="failed"))
                while waiting:
                    head = self._write(waiting, head)
        except Timeout:
            raise LedgerLocked(f"the audit log {self.path} is being written; waited {wait_s:g} s") from None
        except OSError as error:
            raise NotNoted(self._not_written(error)) from error
        self.begun(head)
        return head

    def why_not_written(self) -> str:
        """Return why nothing can be added to the log now; blank if it can."""
        try:
            make_folder(self.path.parent)
            for path in (self.path, self._head_at, self._lock_at):
                with open(path, "ab", opener=opener):
                    pass
            is_full = disk_usage(self.path.parent).free < _LONGEST_ENTRY
        except OSError as error:
            return self._not_written(error)
        return f"the audit log {self.path} cannot be written: the disk is full" if is_full else ""

    def _write(self, waiting: deque[Act], head: LogHead) -> LogHead:
        """Write the first acts that wait: so few that the end of the log holds the head before, wherever this stops."""
        lines, is_disclosure = b"", False
        while waiting and len(lines) < _PAGE:
            act = waiting.popleft()
            line = msgspec.json.encode(msgspec.structs.replace(act, no=head.no + 1, before=head.digest))
            head = LogHead(head.no + 1, _digest(line))
            lines += line + b"\n"
            is_disclosure |= act.is_disclosure
        with open(self.path, "ab", opener=opener) as file:
            # A line that a killed process left half-written stays as it is, and is told when the log is verified.
            file.write(lines if self._tail(1).endswith(b"\n") else b"\n" + lines)
            if is_disclosure:
                file.flush()
                os.fsync(file.fileno())
        # Written over: emptied first, a file takes a file system fifty times as long, while everybody waits.
        with open(self._head_at, "r+", encoding="ascii", opener=opener) as file:
            file.write(head.written)
            file.truncate()
        return head

    def head(self) -> LogHead:
        """Return the number and digest of the last whole line, those of an empty log where there is none."""
        for line in self._last_lines():
            if entry := _entry(line):
                return LogHead(entry.no, _digest(line))
        return LogHead()

    def to_note(self) -> str:
        """Return the log's name and head for a load to note; all of it is on the disk then. Blank where that fails."""
        with suppress(OSError):
            head = self.head()
            if head.no:
                keep_on_disk(self.path)  # else a loss of power would look like lines cut off
                return f"{self.name}@{head.written}"
        return ""

    def _lost_head(self) -> LogHead | None:
        """Return the head that was kept, if the end of the log does not hold it."""
        kept = self._kept_head()
        is_held = kept == LogHead() or kept.digest in map(_digest, self._last_lines())
        return None if is_held else kept

    def entries(self) -> Iterator[Act]:
        """Give the acts, oldest first; lines that cannot be read are left to `faults`."""
        return filter(None, map(_entry, self._read_lines()))

    def who_saw(self, people: Iterable[str]) -> Iterator[Act]:
        """Give the acts that showed one of some people, or were about one, oldest first."""
        wanted = set(people)
        return (entry for entry in self.entries() if wanted & {*entry.shown, *entry.about})

    def made(self, ledger: str) -> tuple[dict[int, Act], list[Act]]:
        """Return the acts that made loads of a ledger, by its id, and those that erased somebody from it, oldest first.

        The first ones are by the number of the last load that each made, without such as somebody went on without.

        Raises:
            SystemRefused: The log cannot be read.
        """
        loads, erasures = dict[int, Act](), list[Act]()
        try:
            for act in (_entry(line) for line in self._read_lines() if b'"load":"' in line):
                of, _, number = act.load.partition(" ") if act else ("", "", "")
                if act and of == ledger and number.isdecimal():
                    if act.act in _ANEW:
                        loads = {no: made for no, made in loads.items() if no <= int(number)}
                    elif act.act == ERASING and act.about and act.outcome != "refused":
                        erasures.append(act)
                    loads.setdefault(int(number), act)
        except OSError as error:
            raise refused(f"the audit log {self.path}", error) from error
        return loads, erasures

    def faults(
        self,
        *,
        noted: LogHead = LogHead(),
        begun: LogHead = LogHead(),
        by_loads: Mapping[int, str] = MappingProxyType({}),
    ) -> list[str]:
        """Return what is wrong with the log, a sentence each, in its order; empty if nothing is.

        Args:
            noted: A head that somebody noted at an earlier time, so that lines cut off since are told.
            begun: The head that the ledger noted of its first act.
            by_loads: What loads noted, as `to_note` gave it, by their numbers; that of other logs is left out.
        """
        found: list[str] = []
        last, digests = LogHead(), {0: ""}
        for number, line in enumerate(self._read_lines(), start=1):
            entry = _entry(line)
            if entry is None:
                found.append(f"line {number} is no entry: its process was stopped while it wrote, or it was changed")
                continue
            if (entry.no, entry.before) != (last.no + 1, last.digest):
                found.append(f"line {number} does not follow the one before: a line was changed, moved or taken out")
            if entry.act == CUT:
                found.append(f"before line {number}: {_lost(entry.purpose)}")
            last = LogHead(entry.no, _digest(line))
            digests[last.no] = last.digest

        def is_lost(head: LogHead) -> bool:
            return digests.get(head.no) != head.digest

        heads = {no: LogHead.read(head) for no, said in by_loads.items() for head in self._own(said)}
        by_load = [(head, f"load {no}") for no, head in heads.items() if is_lost(head)]
        by_others = (
            (self._kept_head(), "the file beside it"),
            (noted, "the head that was noted"),
            (begun, "the ledger"),
        )
        lost = [(head, by) for head, by in by_others if is_lost(head)] + by_load[:1]
        ends = f"ends with entry {last.no}" if last.no else "is empty" if self.path.exists() else "is gone"
        return found + [f"the log {ends}: {_lost(head.written, by=by)}" for head, by in lost]

    def _own(self, said: str) -> Iterator[str]:
        name, _, head = said.partition("@")
        if head and name == self.name:
            yield head

    def _kept_head(self) -> LogHead:
        """Return the head that is kept beside the log: of a log with entries, one that is missing was taken away."""
        try:
            kept = self._head_at.read_text(encoding="ascii") if self._head_at.exists() else ""
            return LogHead(0, "missing") if not kept and self.head().no else LogHead.read(kept)
        except (UsageError, UnicodeDecodeError):  # no log holds such a head, so it is told
            return LogHead(0, "unreadable")

    def _read_lines(self) -> Iterator[bytes]:
        if self.path.exists():
            with self.path.open("rb") as file:
                yield from (line.rstrip(b"\n") for line in file)

    def _last_lines(self) -> Iterator[bytes]:
        """Give the lines of the end of the log, the last first, then those of a longer end."""
        for size in (_PAGE, _LONGEST_ENTRY):
            yield from reversed(self._tail(size).splitlines())

    def _tail(self, size: int) -> bytes:
        """Return so many bytes of the end of the log; a line feed for an empty one."""
        if not self.path.exists():
            return b"\n"
        with self.path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - size))
            return file.read() or b"\n"


def _entry(line: bytes) -> Act | None:
    try:
        return msgspec.json.decode(line, type=Act)
    except msgspec.MsgspecError:
        return None


def _lost(written: str, *, by: str = "the file beside it") -> str:
    """Return what a head tells that the log does not hold."""
    number, _, digest = written.partition(":")
    if digest in _UNREAD:
        return f"the file beside it, which names its last entry, {_UNREAD[digest]}"
    named = f"{by} names entry {number} ({digest[:12]}…)"
    return f"{named}, which is not in it as it was written; lines were cut off or changed"


def _digest(line: bytes) -> str:
    return sha256(line).hexdigest()
