"""A program that stops where its parent wants it to and says so; a line on its standard input lets it go on.

It is run with a home folder and the point: ``loading`` (rows are put, not committed), ``committed`` (and nothing is
projected yet), ``projecting`` (it holds the graph), ``reading`` (it reads the graph).
"""

import sys
from pathlib import Path

from graph.statements import Card
from tests.acceptance.homes import ngo, settled


def main(home: Path, stop: str) -> None:
    """Load one more partner and project it, or read; stop at the point asked for."""
    with settled(home) as workspace:
        if stop == "reading":
            with workspace.reading():
                _pause()
            return
        with workspace.changing("iga load held.csv") as ledger:
            with ledger.open_load(Card("ref:held", "Held")) as load:
                load.put([ngo(77, "Held partner")])
                _pause_at("loading", stop)
                load.commit({"read": 1})
            _pause_at("committed", stop)
            with workspace.graph():
                _pause_at("projecting", stop)
            workspace.project()


def _pause_at(point: str, stop: str) -> None:
    if point == stop:
        _pause()


def _pause() -> None:
    sys.stdout.write("stopped\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
