"""Files that somebody sent to be loaded: each in a folder that no other account may enter, for an hour at most."""

import atexit
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

from graph.errors import NotFound

MOST = 20
"""Most files at once; for one more, the one that was longest not used goes."""

GOOD_FOR = timedelta(hours=1)


@dataclass
class _Upload:
    owner: str
    file: Path
    used: datetime

    def remove(self) -> None:
        _remove(self.file.parent)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


class Uploads:
    """The files of one process. Threads may share it."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        """Begin without any; the clock gives the present instant, with its time zone."""
        self._clock = clock
        self._kept: dict[str, _Upload] = {}
        self._turn = Lock()

    def keep(self, owner: str, name: str, content: bytes) -> str:
        """Keep a file for whoever sent it, under its own name, and return what it is asked for by."""
        file = Path(mkdtemp(prefix="iga-load-")) / name
        atexit.register(_remove, file.parent)
        file.write_bytes(content)
        with self._turn:
            self._forget_old()
            while len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept))).remove()
            key = secrets.token_urlsafe(16)
            self._kept[key] = _Upload(owner, file, self._clock())
        return key

    def of(self, owner: str, key: str) -> Path:
        """Return where a file is; it counts as used now.

        Raises:
            NotFound: This owner sent none, or it was not used for an hour.
        """
        with self._turn:
            self._forget_old()
            found = self._kept.pop(key, None)
            if found is None or found.owner != owner:
                if found:
                    self._kept[key] = found
                raise NotFound("this file is no longer here: send it again")
            found.used = self._clock()
            self._kept[key] = found  # the last of them is the one used last
            return found.file

    def _forget_old(self) -> None:
        now = self._clock()
        for key in [key for key, it in self._kept.items() if not timedelta(0) <= now - it.used < GOOD_FOR]:
            self._kept.pop(key).remove()
