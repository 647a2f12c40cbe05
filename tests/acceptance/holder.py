"""A process that stops where its parent wants it to and says so; a word of the parent's lets it go on.

It is given a home folder and the point: ``loading`` (rows are put, not committed), ``committed`` (and nothing is
projected yet), ``projecting`` (it holds the graph), ``reading`` (it reads the graph).
"""

import sys
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from iga.graph.statements import Card
from tests.acceptance.homes import ngo, settled


def main(home: Path, stop: str, parent: Connection) -> None:
    """Load one more partner and project it, or read; stop at the point asked for."""
    sys.argv[:] = "iga", "load", "held.csv"
    pause_at = partial(_pause_at, stop, parent)
    with settled(home) as workspace:
        if stop == "reading":
            with workspace.reading():
                pause_at("reading")
            return
        with workspace.changing("iga load held.csv") as ledger:
            with ledger.open_load(Card("ref:held", "Held")) as load:
                load.put([ngo(77, "Held partner")])
                pause_at("loading")
                load.commit({"read": 1})
            pause_at("committed")
            with workspace.graph():
                pause_at("projecting")
            workspace.project()


def _pause_at(stop: str, parent: Connection, point: str) -> None:
    if point == stop:
        parent.send("stopped")
        parent.poll(None)  # returns when it is told, or alone
