"""A graph that was not closed and is damaged is in nobody's way: who reads is told to rebuild, and a rebuild works."""

import shutil
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import StoreDamaged, StoreError, StoreRefused
from iga.graph.projection.audit import audit
from iga.graph.projection.meta import meta
from iga.graph.reader import Reader
from iga.graph.workspace import Workspace
from tests.acceptance.homes import forums, load_and_project, ngo, settled
from tests.reading import some

PUBLIC = Reader("all", "", Marking.PUBLIC)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def remove(path: Path) -> None:
    path.unlink()


@pytest.fixture(scope="module")
def unclosed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home as a service leaves it that is killed: with the graph open for writing."""
    home, left = (tmp_path_factory.mktemp("unclosed") / name for name in ("home", "left"))
    home.mkdir()
    with settled(home) as workspace, workspace.kept_open():
        load_and_project(workspace, chain(forums(), map(ngo, range(20))))
        load_and_project(workspace, [ngo(21)])
        shutil.copytree(home, left, ignore=shutil.ignore_patterns("*.lock*"))
    return left


def hash_of(workspace: Workspace) -> str:
    with workspace.reading() as reading:
        held = meta(reading.store)
        assert held
        assert held.hash == audit(reading.store).tally.hex
        return held.hash


@pytest.fixture(scope="module")
def whole(unclosed: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("whole") / "home"
    shutil.copytree(unclosed, home)
    with settled(home) as workspace:
        return hash_of(workspace)


CASES: tuple[tuple[str, Callable[[Path], None]], ...] = (
    *(("Meta_*.bucket", damage) for damage in (cut, zero, remove)),
    *(("schema.json", cut), ("configuration.json", zero), ("configuration.json", remove), ("*", cut), ("*", zero)),
    *(("MEMBER_OF*.bucket", remove), ("*.umtidx", zero), ("*.numtidx", cut), ("*.dict", zero), ("*.dict", remove)),
)


@pytest.mark.parametrize("is_told_beside", [True, False])
@pytest.mark.parametrize(("pattern", "damage"), CASES)
def test_it_is_rebuilt(
    unclosed: Path, whole: str, tmp_path: Path, pattern: str, damage: Callable[[Path], None], is_told_beside: bool
) -> None:
    home = tmp_path / "home"
    shutil.copytree(unclosed, home)
    if not is_told_beside:  # as an older program left it
        (home / "graph.holds.json").unlink()
    for path in some((home / "graph").glob(pattern)):
        damage(path)
    with settled(home) as workspace:
        told = ""
        try:
            assert hash_of(workspace) == whole
        except StoreError as error:
            told = error.message
        assert not told or "iga rebuild" in told or not is_told_beside
        with workspace.changing("iga rebuild") as ledger:
            ledger.refuse_unsound(looks_anew=True)
            workspace.rebuild(accepts_loss=False)
        assert hash_of(workspace) == whole


def test_views_are_rebuilt_with_it(unclosed: Path, whole: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(unclosed, home)
    with settled(home) as workspace:
        hash_of(workspace.under(PUBLIC))
    for folder in (home / "graph", home / "graph.views" / "public-now"):
        for path in some(folder.glob("Meta_*.bucket")):
            zero(path)
    with settled(home) as workspace:
        for theirs in (workspace, workspace.under(PUBLIC)):
            with pytest.raises(StoreDamaged, match="iga rebuild"):
                hash_of(theirs)
        with workspace.changing("iga rebuild"):
            workspace.rebuild()
        assert hash_of(workspace) == whole
        hash_of(workspace.under(PUBLIC))


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_graph_of_another_ledger_is_not_made_anew(unclosed: Path, tmp_path: Path, is_damaged: bool) -> None:
    home = tmp_path / "home"
    shutil.copytree(unclosed, home)
    for path in home.glob("ledger.sqlite*"):
        path.unlink()
    if is_damaged:
        zero(next((home / "graph").glob("Meta_*.bucket")))
    with settled(home) as workspace, workspace.changing("iga rebuild"), pytest.raises(StoreRefused, match="name the"):
        workspace.rebuild()
    assert list((home / "graph").iterdir())
