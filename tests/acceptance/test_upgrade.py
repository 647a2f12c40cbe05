"""A ledger of each form that was ever in use opens, gets what it lacks, and folds to the graph that it gave then.

The files of `ledgers/` are the same loads (a change, a marking, an embargo, a verdict, a withdrawal, an erasure) as the
program of the time wrote them; a form that is given up is never taken out.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from iga.graph.errors import LedgerRefused
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.tables import SCHEMA
from iga.graph.ledger.verifying import damages
from iga.graph.projection.audit import audit
from tests.acceptance.homes import load_and_project, ngo, noon, settled

LEDGERS = sorted((Path(__file__).parent / "ledgers").glob("*.sql"))
HASH = "bde70ce379a4a4c1fb3a21d5ce361ddbc25c93db6b4c32c545359c569ec9f6ea"


def made(home: Path, script: Path) -> Path:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as database:
        database.executescript(script.read_text(encoding="utf-8"))
    return home / "ledger.sqlite"


@pytest.mark.parametrize("script", LEDGERS, ids=lambda path: path.stem)
def test_it_folds_to_the_graph_of_then_and_goes_on(tmp_path: Path, script: Path) -> None:
    ledger = made(tmp_path, script)
    with settled(tmp_path) as workspace:
        with workspace.reading() as reading:
            assert (audit(reading.store).tally.hex, reading.ledger.through()) == (HASH, 6)
            assert damages(reading.ledger) == []
        assert load_and_project(workspace, [ngo(9)]).no == 7
    with Ledger.open(ledger, clock=noon, read_only=True) as whole:
        assert damages(whole) == []


def test_there_is_a_ledger_of_each_form() -> None:
    assert [path.stem for path in LEDGERS] == [f"tables-{number}" for number in range(1, SCHEMA + 1)]


def test_a_form_to_come_is_refused_with_what_to_do(tmp_path: Path) -> None:
    ledger = made(tmp_path, LEDGERS[-1])
    with closing(sqlite3.connect(ledger)) as database:
        database.execute("UPDATE ledger_meta SET value = ? WHERE key = 'schema'", (str(SCHEMA + 1),))
        database.commit()
    with pytest.raises(LedgerRefused, match="install the newer version"):
        Ledger.open(ledger, clock=noon)
