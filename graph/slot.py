"""A slot for each process beside a graph on a server: what one process alone may write lies in its own folder."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from iga.graph.private import FILE, make_folder
from iga.graph.refusals import refused


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
