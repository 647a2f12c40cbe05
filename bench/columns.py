"""Measures lists by conditions over the bundled data: the first use of each column, and a list of columns kept."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.figures import Figure, Target, clock, middle, spent_on
from bench.questions import forgetful
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.queries.core.session import Session
from iga.queries.core.state import KeptValues
from iga.queries.sets.known_columns import CANDIDATES
from iga.queries.sets.listing import ask_list
from iga.queries.sets.understanding import FilterReading

_MS, _ASKED = 1000, 20
FIRST = Target(100, held_by="Each text that is read is looked through for the names of protected people.")
KEPT = Target(35, held_by="Each row has its sources.")
_LIST = {"of": "governments", "filter": "member_of:bali-process,tier@2025:tier-3,party_to:!c189", "select": "mission"}


def columns(store: str, folder: Path, _: int) -> Iterator[Figure]:
    """Read each column for everybody with nothing kept, and ask for one list again and again."""
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / "ledger.sqlite"))
    with Workspace(settings, clock=clock) as workspace, workspace.reading() as reading:
        warm = Session.at(workspace, reading)
        ask_list(warm, _LIST | {"select": "ambassador"})  # templates and names are read once by any process
        for candidates in CANDIDATES.values():
            for column in candidates.columns.values():
                name = column.example if column.kind == "truth" and not column.is_flag else ""
                shown = FilterReading(warm, candidates, warm.today).shown(name or column.example.split(":")[0])[0]
                fresh = forgetful(warm)
                vars(fresh).update(_made=KeptValues())
                spent = spent_on(partial(shown.cells, fresh))
                what = f"column {column.name} of {candidates.name}, first use"
                yield Figure.of(what, spent.cpu_s * _MS, "ms of processors", [spent], FIRST)
        again = [spent_on(lambda: ask_list(warm, _LIST)) for _ in range(_ASKED)]
        yield Figure.of("list by three conditions, columns kept", middle(again) * _MS, "ms of processors", again, KEPT)
