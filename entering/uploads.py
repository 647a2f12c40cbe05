"""Files that somebody sent to be loaded: each in a folder that no other account may enter, for an hour at most.

They lie beside the ledger, which its keeper keeps safe, and not in the machine's folder for passing files.
"""

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock, Timer

from iga.graph.errors import NotFound, refused
from iga.graph.private import make_folder

MOST = 20
"""Most files at once; for one more, the one that was longest not used goes."""

GOOD_FOR = timedelta(hours=1)


@dataclass
class _Upload:
    owner: str
    file: Path
    used: datetime

    def remove(self) -> None:
        shutil.rmtree(self.file.parent, ignore_errors=True)


class Uploads:
    """The files of one process. Threads may share it."""

    def __init__(self, folder: Path, *, clock: Callable[[], datetime]) -> None:
        """Begin without any, in a folder for them; the clock gives the present instant, with its time zone."""
        self._folder = folder
        self._clock = clock
        self._kept: dict[str, _Upload] = {}
        self._turn = Lock()
        self._end: Timer | None = None

    def keep(self, owner: str, name: str, content: bytes) -> str:
        """Keep a file for whoever sent it, under its own name, and return what it is asked for by.

        Raises:
            SystemRefused: There is no room or no right.
        """
        try:
            make_folder(self._folder)
            file = Path(mkdtemp(dir=self._folder)) / name
            file.write_bytes(content)
        except OSError as error:
            raise refused(f"the file that was sent, in {self._folder},", error) from error
        with self._turn:
            self._forget_old()
            while len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept))).remove()
            key = secrets.token_urlsafe(16)
            self._use(key, _Upload(owner, file, self._clock()))
        return key

    def of(self, owner: str, key: str) -> Path:
        """Return where a file is; it counts as used now.

        Raises:
            NotFound: This owner sent none, it was not used for an hour, or somebody was erased meanwhile.
        """
        with self._turn:
            self._forget_old()
            found = self._kept.get(key)
            if found is None or found.owner != owner or not found.file.exists():
                raise NotFound("this file is no longer here: send it again")
            found.used = self._clock()
            self._use(key, found)
            return found.file

    def _use(self, key: str, upload: _Upload) -> None:
        """Put what is used now last, and have it forgotten in time though nobody asks again."""
        self._kept.pop(key, None)
        self._kept[key] = upload
        if self._end:
            self._end.cancel()
        self._end = Timer(GOOD_FOR.total_seconds(), self.forget_old)
        self._end.daemon = True
        self._end.start()

    def forget_old(self) -> None:
        """Remove what was not used for an hour."""
        with self._turn:
            self._forget_old()

    def _forget_old(self) -> None:
        now = self._clock()
        for key in [key for key, it in self._kept.items() if not timedelta(0) <= now - it.used < GOOD_FOR]:
            self._kept.pop(key).remove()
