"""Count how many files of the product a request passes: `python -m bench.walks`, on a store that is made for it.

Each way is gone twice; the second time is counted, by which what is kept is known and all is imported. A call from one
file of the product to another is a change of file, and so is the return.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from docs.making.reference_workspace import bundled_workspace
from iga.api.app import create_app
from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Console
from iga.graph.workspace import Workspace
from tests.app_client import AppClient

ROOT = Path(__file__).parents[1]
ROOMS = ("graph", "ingest", "queries", "exports", "entering", "api", "cli")
ROW = "Organization,Name,Title,Email\nOSCE,Ada Example,Press officer,press@example.org\n"


@dataclass
class Walk:
    """What one way passed: visits of each file of the product, calls, and changes of file."""

    visits: dict[str, int] = field(default_factory=dict)
    calls: int = 0
    changes: int = 0
    _at: str = ""

    def seen(self, frame: FrameType, event: str, _: Any) -> None:
        """Count a call or a return, as the interpreter tells it."""
        code = frame.f_code
        if event not in ("call", "return") or code.co_name == "<module>" or not (file := _room(code.co_filename)):
            return
        if event == "call":
            self.calls += 1
            self.visits[file] = self.visits.get(file, 0) + 1
        self.changes += file != self._at
        self._at = file


def _room(file: str) -> str:
    """Return a file of the product by its path below the root; blank for any other."""
    path = file.removeprefix(f"{ROOT}/")
    return path if path.partition("/")[0] in ROOMS else ""


@contextmanager
def walked() -> Iterator[Walk]:
    """Give the walk that is gone meanwhile."""
    _walks.append(walk := Walk())
    sys.setprofile(_seen)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        _walks.clear()


_walks: list[Walk] = []


def _seen(frame: FrameType, event: str, arg: Any) -> None:
    """Tell the walk that is gone, if any, of a call or a return, in whichever thread."""
    for walk in _walks:
        walk.seen(frame, event, arg)


def ways(workspace: Workspace, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give the ways by name."""
    table = folder / "contacts.csv"
    table.write_text(ROW, encoding="utf-8")

    def command(*words: str) -> None:
        console = Console(StringIO(), errors := StringIO())
        code = run(words, Call(console, lambda _store, _ledger: workspace, folder, workspace.reader))
        assert code == 0, errors.getvalue()

    client = AppClient(create_app(workspace))
    yield "ask members OSCE", lambda: command("ask", "members", "--party", "OSCE")
    yield "ask contact OSCE", lambda: command("ask", "contact", "--party", "OSCE", "--topic", "TIP")
    yield "memo government Ghana", lambda: command("memo", "government", "--party", "Ghana", "-o", "memo.docx")
    yield "load, one row", lambda: command("load", str(table), "--dry-run")
    parties = iter(("gov:gha", "gov:ken"))
    yield "GET a page of a party", lambda: client.get(f"/entities/{next(parties)}").raise_for_status()
    yield "GET a kept answer", lambda: client.get("/v1/questions/members?party=OSCE").raise_for_status()


def main() -> None:
    """Print a line for each way."""
    threading.setprofile(_seen)  # a page is made in a thread of its own, which the first time starts
    with TemporaryDirectory() as name, bundled_workspace(Path(name)) as workspace:
        print(f"{datetime.now(UTC):%Y-%m-%d}; files, calls, changes of file")
        for title, go in ways(workspace, Path(name)):
            go()
            with walked() as walk:
                go()
            rooms = ", ".join(f"{room} {sum(file.startswith(f'{room}/') for file in walk.visits)}" for room in ROOMS)
            print(f"{title}: {len(walk.visits)}, {walk.calls:,}, {walk.changes:,} ({rooms})")


if __name__ == "__main__":
    main()
