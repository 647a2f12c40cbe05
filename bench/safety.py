"""What it costs that every read is a reader's: the gate of consents, the ceiling's ledger, and the audit log."""

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from bench.figures import Figure, Spent, Target, clock
from bench.questions import forgetful
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.ingest.committing import load_bundled, load_sample
from iga.queries.ask import ask
from iga.queries.core.accounting import note
from iga.queries.core.consent_gate import Shown
from iga.queries.core.permissions import KnownProtections
from iga.queries.core.session import Session
from iga.queries.registry import QUESTIONS

_ROUNDS, _TARGET = 15, 3.0
_ASKED = ("contact", "handover", "members", "gaps", "agreement", "tier-history", "funding-summary", "path")


def choke_point(_: str, folder: Path, __: int) -> Iterator[Figure]:
    """Ask questions over the bundled and the sample data, by turns with the gate and log and without them.

    Processor time, nothing of the graph kept from one asking to the next, each by its fastest. What consents say of
    somebody a server keeps for as long as nothing is loaded, so the first asking and those after it stand apart.
    """
    with (
        Workspace(read_settings({"IGA_HOME": str(folder), "IGA_PRACTICE": "1"}), clock=clock).kept_open() as workspace,
        workspace,
    ):
        load_bundled(workspace)
        load_sample(workspace)
        with workspace.reading() as reading:
            warm = Session.at(workspace, reading)

            def answered(name: str, *, is_first: bool = False) -> None:
                known = KnownProtections() if is_first else warm._protections
                session = replace(forgetful(warm), rows_read=[], _protections=known)
                ask(session, name, QUESTIONS[name].example)
                note(workspace, [session], act=f"ask {name}")

            def without(name: str) -> None:
                ungated = patch.object(Session, "_permitted", lambda _, rows, __: Shown(tuple(rows), {}))
                with ungated, patch(f"{__name__}.note", lambda *_, **__: None):
                    answered(name)

            ways = (partial(answered, is_first=True), answered, without)
            times = {name: _by_turns(name, *ways) for name in _ASKED}
    together = tuple(map(sum, zip(*times.values(), strict=True)))
    for when, both in zip(("first", "then"), together[:2], strict=True):
        share, spent = 100 * (both / together[2] - 1), [Spent(sum(together), sum(together))]
        target = Target(_TARGET) if when == "then" else Target(0)
        yield Figure.of(f"consents and the audit log, {when}, of {1000 * both:.0f} ms", share, "% more", spent, target)


def _by_turns(name: str, *ways: Callable[[str], None]) -> tuple[float, ...]:
    times: list[list[float]] = [[] for _ in ways]
    for round_ in range(_ROUNDS + 1):
        for way, taken in zip(ways, times, strict=True):
            gc.collect()  # what one way leaves behind is not cleared up at the cost of the next
            started = time.process_time()
            way(name)
            if round_:  # the first one warms up
                taken.append(time.process_time() - started)
    return tuple(map(min, times))
