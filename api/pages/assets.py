"""What the pages are dressed in: stylesheet, typefaces, icons and script, each at an address that changes with it.

They are built when the program is installed (`hatch_build.py`). Where they could not be, `plain.css` is there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from iga.api.problems import problem_of
from iga.api.responses import Reply, deliver
from iga.graph.errors import NotFound

AT = "/assets/"
FOLDER = Path(__file__).parent
BUILT = FOLDER / "built"

_OWN: Mapping[str, str] = {"styles.css": "plain.css", "icon.svg": "icon.svg", "copying.js": "copying.js"}
"""What there is without a build, by the name that it is asked for under."""

_KINDS: Mapping[str, bytes] = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
    ".woff2": b"font/woff2",
}

_UNCHANGING = b"public, max-age=31536000, immutable"
"""A year, the most that browsers keep; what changes gets another address."""


@dataclass(frozen=True)
class Dress:
    """The files of a build, and what stands in where there is none.

    Attributes:
        built: Folder with the files and their `manifest.json`.
    """

    built: Path = BUILT

    @cached_property
    def _paths(self) -> Mapping[str, Path]:
        """Where the file of each name is."""
        manifest = self.built / "manifest.json"
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"] if manifest.exists() else {}
        own = {name: FOLDER / file for name, file in _OWN.items()}
        return own | {name: self.built / file for name, file in files.items()}

    @cached_property
    def _assets(self) -> Mapping[str, tuple[str, Reply]]:
        """The name of the file that each is served as, with its content: a build that follows takes the files away."""
        return {name: _asset(path, is_built=path.parent == self.built) for name, path in self._paths.items()}

    @cached_property
    def _served(self) -> Mapping[str, Reply]:
        return dict(self._assets.values())

    def address_of(self, name: str) -> str:
        """Return the address of the file of a name, such as `styles.css`; blank where there is none."""
        return f"{AT}{self._assets[name][0]}" if name in self._assets else ""

    def reply_of(self, file: str) -> Reply | None:
        """Return what is sent for the last part of an address; None where there is no such file."""
        return self._served.get(file)


DRESS = Dress()


def address_of_asset(name: str) -> str:
    """Return the address of an asset.

    Returns:
        An address on this service that stays good as long as the content does; of `plain.css` where the stylesheet was
        not built; blank where there is no such asset.
    """
    return DRESS.address_of(name)


class Assets:
    """Answers what is asked for under `/assets/`, alike whoever asks; passes on everything else."""

    def __init__(self, app: ASGIApp, *, dress: Dress = DRESS) -> None:
        """Stand before an application."""
        self._app = app
        self._dress = dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file that a request is for, or a problem document."""
        path = scope.get("path", "")
        if not path.startswith(AT) or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["route"] = f"{AT}{{file}}"
        if reply := self._dress.reply_of(path.removeprefix(AT)):
            await deliver(scope, send, reply)
            return
        missing = NotFound("there is no such file; the pages name those that there are, load the page again")
        await problem_of(missing)(scope, receive, send)


def _asset(path: Path, *, is_built: bool) -> tuple[str, Reply]:
    """Return the name that a file is served under, and what is sent; one that was built has its digest in its name."""
    head = [(b"content-type", _KINDS[path.suffix]), (b"cache-control", _UNCHANGING)]
    reply = Reply(head, path.read_bytes(), is_personal=False, varies=b"Accept-Encoding")
    return path.name if is_built else f"{path.stem}.{reply.tag[:8]}{path.suffix}", reply
