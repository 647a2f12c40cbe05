"""A store of the bundled data alone, in a folder that goes with it: what generated pages are made from."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cli.command import Call
from cli.console import Captured
from cli.main import run
from docs.making.coverage_rows import command_line
from graph.reader import Reader
from graph.settings import read_settings
from graph.workspace import Workspace

DAY = "2026-11-25"
"""The day that pages are made for, so that the same data gives the same page on every day."""


def noon() -> datetime:
    """Return the one instant of a clock that stands still on that day."""
    return datetime.fromisoformat(f"{DAY}T12:00:00Z")


@contextmanager
def reference_workspace() -> Iterator[Workspace]:
    """Give the workspace of a new store that holds the bundled data."""
    from ingest.committing import load_bundled

    with TemporaryDirectory() as folder:
        settings = read_settings({}, store=f"embedded:{Path(folder, 'graph')}", ledger=str(Path(folder, "ledger")))
        with Workspace(settings, clock=noon) as workspace:
            load_bundled(workspace)
            yield workspace


@contextmanager
def practice_beside(workspace: Workspace) -> Iterator[Workspace]:
    """Give the workspace of a practice store: a copy of a store of nothing but `graph` and `ledger`, beside it."""
    store = workspace.settings.embedded_path
    assert store
    copied = Path(shutil.copytree(store.parent, store.parent / "practice"))
    settings = read_settings({}, store=f"embedded:{copied / 'graph'}", ledger=str(copied / "ledger"))
    with Workspace(settings, clock=noon) as practice:
        yield practice


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
