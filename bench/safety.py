"""What it costs that every read is a reader's: the gate of consents, the ceiling's ledger, and the audit log."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from bench.measures import Figure, clock
from bench.questions import _forgetful
from graph.settings import read_settings
from graph.workspace import Workspace
from ingest.committing import load_bundled, load_sample
from queries.ask import ask
from queries.core.accounting import note
from queries.core.session import Session
from queries.registry import QUESTIONS

_ROUNDS = 15
_ASKED = ("contact", "handover", "members", "gaps", "agreement", "tier-history", "funding-summary", "path")


def choke_point(_: str, folder: Path, __: int) -> list[Figure]:
    """Ask questions over the bundled and the sample data as a server does, by turns with the gate and log and without.

    Processor time, nothing kept from one asking to the next; each answer counts by its median.
    """
    with Workspace(read_settings({"IGA_HOME": str(folder)}), clock=clock).kept_open() as workspace, workspace:
        load_bundled(workspace)
        load_sample(workspace)
        with workspace.reading() as reading:
            warm = Session.at(workspace, reading)

            def answered(name: str) -> None:
                session = replace(_forgetful(warm), rows_read=[], _protections={})
                ask(session, name, QUESTIONS[name].example)
                note(workspace, [session], act=f"ask {name}")

            def without(name: str) -> None:
                with (
                    patch.object(Session, "_permitted", lambda _, rows: rows),
                    patch(f"{__name__}.note", lambda *_, **__: None),
                ):
                    answered(name)

            pairs = {name: _by_turns(name, answered, without) for name in _ASKED}
    figures = [_figure(f"{name}, the gate and the log", *pair) for name, pair in pairs.items()]
    both, bare = (sum(times) for times in zip(*pairs.values(), strict=True))
    return [*figures, _figure("these questions together, the gate and the log", both, bare, target=3.0)]


def _by_turns(name: str, *ways: Callable[[str], None]) -> tuple[float, ...]:
    times: list[list[float]] = [[] for _ in ways]
    for round_ in range(_ROUNDS + 1):
        for way, taken in zip(ways, times, strict=True):
            started = time.process_time()
            way(name)
            if round_:  # the first one warms up
                taken.append(time.process_time() - started)
    return tuple(map(statistics.median, times))


def _figure(what: str, both: float, bare: float, target: float | None = None) -> Figure:
    share = 100 * (both - bare) / bare
    held = "" if target is None else f"under {target:g} %{'' if share < target else ': missed'}"
    return Figure(what, f"{1000 * both:.1f} ms, {share:+.1f} % of {1000 * bare:.1f} ms", held)
