"""What only the embedded store has: a folder, one writer, and recovery."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from iga.graph.errors import QueryFailed, ReadOnly, StoreRefused, StoreUnavailable
from iga.graph.stores.door import create_nodes
from iga.graph.stores.embedded_store import EmbeddedStore

WRITER = """
import os, sys
from pathlib import Path
from iga.graph.stores.embedded_store import EmbeddedStore
store = EmbeddedStore(Path(sys.argv[1]))
with store.transaction() as run:
    run("CREATE (n:Entity {id: 'kept'})")
print("open", flush=True)
sys.stdin.read()
os._exit(9)  # as a kill: nothing is closed
"""

READER = """
import sys
from contextlib import closing
from pathlib import Path
from iga.graph.stores.embedded_store import EmbeddedStore
with closing(EmbeddedStore(Path(sys.argv[1]), read_only=True)) as store:
    print(*(row["id"] for row in store.look("MATCH (n:Entity) RETURN n.id AS id")), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "graph"
    with closing(EmbeddedStore(folder)) as store, store.transaction() as run:
        run("CREATE (n:Entity {id: 'a'})")
    return folder


def ids(store: EmbeddedStore) -> list[str]:
    return [row["id"] for row in store.look("MATCH (n:Entity) RETURN n.id AS id ORDER BY id")]


def test_a_graph_of_little_takes_little_room(folder: Path) -> None:
    with closing(EmbeddedStore(folder)) as store:
        store.define()
    assert sum(file.stat().st_size for file in folder.iterdir()) < 10_000_000


def test_another_process_is_told_who_holds_it_and_recovers_what_it_left(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        assert writer.stdout.readline().strip() == b"open"
        for read_only in (True, False):
            with pytest.raises(StoreUnavailable, match=rf"held by process {writer.pid} on .*-c.* since 20\d\d-"):
                EmbeddedStore(folder, read_only=read_only, wait_s=0.1)
        writer.stdin.close()
    with closing(EmbeddedStore(folder, read_only=True)) as store:
        assert ids(store) == ["a", "kept"]


def test_readers_stand_beside_each_other_and_keep_a_writer_out(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline().strip() == b"a"
        with closing(EmbeddedStore(folder, read_only=True)) as store:
            assert ids(store) == ["a"]
        with pytest.raises(StoreUnavailable, match=r"being read by another process; waited 0\.1 s"):
            EmbeddedStore(folder, wait_s=0.1)
        reader.communicate()
    EmbeddedStore(folder).close()


def test_a_store_is_opened_once_in_a_process(folder: Path) -> None:
    with closing(EmbeddedStore(folder, read_only=True)), pytest.raises(StoreUnavailable, match="open in this process"):
        EmbeddedStore(folder, read_only=True)


def test_a_store_open_for_reading_refuses_to_write(folder: Path) -> None:
    with closing(EmbeddedStore(folder, read_only=True)) as store, pytest.raises(ReadOnly), store.transaction() as run:
        run("CREATE (n:Entity {id: 'b'})")


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreRefused, match="holds something else than a graph"):
        EmbeddedStore(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_reading_where_nothing_is_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="there is no graph at"):
        EmbeddedStore(tmp_path / "graph", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_transaction_inside_a_transaction_is_refused(folder: Path) -> None:
    with closing(EmbeddedStore(folder)) as store:
        with store.transaction(), pytest.raises(QueryFailed, match="already open"), store.transaction():
            pass
        assert ids(store) == ["a"]


def test_a_closed_store_says_so(folder: Path) -> None:
    store = EmbeddedStore(folder)
    store.close()
    with pytest.raises(StoreUnavailable):
        ids(store)


def test_a_read_cannot_open_files(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("secret\n", encoding="utf-8")
    with closing(EmbeddedStore(folder)) as store, pytest.raises(QueryFailed):
        store.look("LOAD CSV FROM $url AS row RETURN row", url=(tmp_path / "secret.csv").as_uri())


def test_what_is_large_is_cleared_with_its_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iga.graph.stores.embedded_store.DELETED_SINGLY", 0)
    with closing(EmbeddedStore(folder)) as store:
        store.clear()
        assert ids(store) == []
        with store.transaction() as run:
            create_nodes(run, ("Entity", "Ngo", "Party"), [{"id": "b"}])
        assert ids(store) == ["b"]
