"""What only looks at the ledger gets a copy of what is committed while somebody else is writing."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from iga.graph.ledger.ledger import Ledger
from iga.graph.workspace import copied_while_written
from tests.queries.world import card, node, rows


def _now() -> datetime:
    return datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_copy_is_given_only_while_somebody_writes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path, clock=_now) as ledger:
        with ledger.open_load(card("test:one", "One")) as opened:
            opened.put(rows("one.csv", node("Ngo", "ngo:one", name="One")))
            opened.commit({})
        with copied_while_written(ledger) as nobody:
            assert nobody is None
        writing, done = Event(), Event()

        def write() -> None:
            with Ledger.open(path, clock=_now) as other, other.writing("iga load big.csv"):
                writing.set()
                done.wait(10)

        writer = Thread(target=write)
        writer.start()
        assert writing.wait(10)
        with copied_while_written(ledger) as beside:
            assert beside is not None
            copy, holder = beside
            assert [history[-1].row_key for history in copy.rows_of("test:one")] == ["2"]
            assert "is being written by 'iga load big.csv'" in holder
            assert Path(copy.name).parent.parent == tmp_path
        assert [part for part in tmp_path.iterdir() if part.is_dir()] == []
        done.set()
        writer.join()
