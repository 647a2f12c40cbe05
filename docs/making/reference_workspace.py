"""Stores of the bundled data, without and with the sample: what generated pages are made from."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from docs.making.coverage_rows import command_line
from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.graph.reader import Reader
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.queries.core.session import Session

DAY = "2026-11-25"
"""The day that pages are made for, so that the same data gives the same page on every day."""


def noon() -> datetime:
    """Return the one instant of a clock that stands still on that day."""
    return datetime.fromisoformat(f"{DAY}T12:00:00Z")


@contextmanager
def bundled_session(folder: Path) -> Iterator[Session]:
    """Give the bundled data to ask about on that day, from a store that is made in an empty folder."""
    with bundled_workspace(folder) as workspace, workspace.reading() as reading:
        yield Session.at(workspace, reading)


@contextmanager
def bundled_workspace(folder: Path) -> Iterator[Workspace]:
    """Give a store of the bundled data on that day, made in an empty folder."""
    from iga.ingest.committing import load_bundled

    with _workspace(folder).kept_open() as workspace, workspace:
        load_bundled(workspace)
        yield workspace


@contextmanager
def sample_session(folder: Path) -> Iterator[Session]:
    """Give the fictional sample beside the bundled data, from a practice store: a copy of the store of a folder."""
    from iga.ingest.committing import load_sample

    with _workspace(Path(shutil.copytree(folder, folder / "practice"))) as practice:
        load_sample(practice)
        with practice.reading() as reading:
            yield Session.at(practice, reading)


def _workspace(folder: Path) -> Workspace:
    settings = read_settings({}, store=f"embedded:{folder / 'graph'}", ledger=str(folder / "ledger"))
    return Workspace(settings, clock=noon)


def document_of(words: Sequence[str], workspace: Workspace, *, folder: Path = Path()) -> dict[str, Any]:
    """Return what a command prints with ``--json``; a question is asked for the day of the page.

    Args:
        words: The command line, without ``iga``.
        workspace: The store.
        folder: Where a file that it writes goes.

    Raises:
        AssertionError: The command fails.
    """
    kept = Captured()
    call = Call(console=kept.console(100), workspaces=lambda *_: workspace, folder=folder, reader=Reader(""))
    dated = ("--as-of", DAY) if words[0] == "ask" else ()
    code = run((*words, *dated, "--json"), call)
    assert code == 0, f"{command_line(tuple(words))}: {kept.err.getvalue()}"
    document: dict[str, Any] = json.loads(kept.out.getvalue())
    return document
