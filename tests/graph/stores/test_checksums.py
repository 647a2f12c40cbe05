"""A graph in a folder that something else changed is not believed; one that was not closed is compared once."""

import os
import random
import shutil
from pathlib import Path

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import StoreDamaged
from iga.graph.projection.audit import audit
from iga.graph.projection.meta import meta
from iga.graph.reader import Reader
from iga.graph.stores.checksums import sealed
from iga.graph.workspace import Workspace
from tests.acceptance.homes import forums, load_and_project, settled

SEES_ALL, PUBLIC = Reader("an officer"), Reader("anybody", ceiling=Marking.PUBLIC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a graph and a public view, closed."""
    with settled(tmp_path) as workspace:
        load_and_project(workspace, forums())
        hash_of(workspace)
        hash_of(workspace.under(PUBLIC))
    return tmp_path


def hash_of(workspace: Workspace) -> str:
    with workspace.reading() as reading:
        held = meta(reading.store)
        assert held is not None
        assert held.hash == audit(reading.store).tally.hex
        return held.hash


def folders(home: Path) -> list[Path]:
    return [home / "graph", home / "graph.views" / "public-now"]


def flip(path: Path, at: int, *, leaves_its_time: bool = False) -> None:
    before = path.stat()
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 0x10]))
    if leaves_its_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("which", [0, 1], ids=["graph", "view"])
def test_a_changed_byte_is_told_until_the_graph_is_made_anew(home: Path, which: int) -> None:
    folder = folders(home)[which]
    chance = random.Random(which)
    sealed_files = sorted(
        path for path in folder.iterdir() if path.stat().st_size and path.name in (sealed(folder) or ())
    )
    for path in chance.sample(sealed_files, 3):
        at = chance.randrange(path.stat().st_size)
        flip(path, at)
        with settled(home) as workspace:
            theirs = workspace.under((SEES_ALL, PUBLIC)[which])
            with pytest.raises(StoreDamaged, match=f"{path.name}; iga rebuild makes it anew"), theirs.reading():
                pass
            assert workspace.views.damaged() == [folder]
        flip(path, at)
    flip(path, at)
    with settled(home) as workspace:
        with workspace.changing("iga rebuild"):
            workspace.rebuild()
        assert workspace.views.damaged() == []
        hash_of(workspace.under(PUBLIC))


def test_a_byte_that_a_disk_changed_without_a_trace_is_found_by_reading_all(home: Path) -> None:
    flip(max((home / "graph").iterdir(), key=lambda path: path.stat().st_size), 5000, leaves_its_time=True)
    with settled(home) as workspace:
        assert workspace.views.damaged() == [home / "graph"]


def test_a_copy_with_other_times_is_the_same_graph(home: Path) -> None:
    for path in (home / "graph").iterdir():
        os.utime(path, ns=(1, 1))
    with settled(home) as workspace:
        hash_of(workspace)


@pytest.mark.parametrize("taken", ["a file is missing", "a file is more"])
def test_a_missing_file_is_told(home: Path, taken: str) -> None:
    one = next((home / "graph").glob("*.bucket"))
    one.unlink() if taken == "a file is missing" else shutil.copy(one, one.with_name("other.bucket"))
    with settled(home) as workspace, pytest.raises(StoreDamaged, match="iga rebuild"), workspace.reading():
        pass


def test_a_graph_that_is_taken_away_while_it_is_kept_open_is_not_whole(home: Path) -> None:
    with settled(home) as workspace, workspace.kept_open(for_reads=True):
        hash_of(workspace)
        assert workspace.views.are_whole()
        (home / "graph").rename(home / "elsewhere")
        assert not workspace.views.are_whole()
        (home / "elsewhere").rename(home / "graph")
        assert workspace.views.are_whole()


def test_a_graph_that_was_not_closed_is_compared_once_and_then_sealed(home: Path) -> None:
    seal = home / "graph.seal"
    seal.unlink()
    with settled(home) as workspace:
        hash_of(workspace)
    assert seal.is_file()


def test_a_graph_that_was_not_closed_and_is_other_than_its_digests_is_refused(home: Path) -> None:
    with settled(home) as workspace, workspace.changing("a test"), workspace.graph() as store:
        store.write(lambda run: run("MATCH (n:Entity) WITH n LIMIT 1 SET n.name = 'another'"))
    (home / "graph.seal").unlink()
    with settled(home) as workspace, pytest.raises(StoreDamaged, match="iga rebuild"), workspace.reading():
        pass


@pytest.mark.parametrize("garbage", [b"", b"[]", b"{", b"\xff\xfe"])
def test_a_seal_that_is_none_counts_as_missing(home: Path, garbage: bytes) -> None:
    (home / "graph.seal").write_bytes(garbage)
    assert sealed(home / "graph") is None
    with settled(home) as workspace:
        hash_of(workspace)


def test_a_damaged_index_of_names_is_found_and_removed_by_a_rebuild(home: Path) -> None:
    index = home / "graph.views" / "sensitive-now.names.sqlite"
    index.write_bytes(b"no index at all")
    with settled(home) as workspace:
        assert workspace.views.damaged() == [index]
        with workspace.changing("iga rebuild"):
            workspace.rebuild()
        assert workspace.views.damaged() == []
