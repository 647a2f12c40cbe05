"""Nothing that follows a committed load takes its report away: the load stands, and what is left is told."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import StoreUnavailable, TimedOut
from iga.graph.query import Record
from iga.graph.settings import read_settings
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.graph.workspace import Workspace
from iga.ingest.committing import load_and_project
from iga.ingest.loading import LoadOptions
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import a_mapping, clock

NODES = "row_key: [id]\nnodes: {b: {class: Forum, id: {template: 'forum:{id}'}, fields: {name: name}}}"
FORUMS = a_mapping(NODES)
NOWHERE = "bolt://127.0.0.1:1"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with workspace_at(tmp_path) as opened:
        yield opened


def workspace_at(home: Path, **places: str) -> Workspace:
    return Workspace(read_settings({"IGA_HOME": str(home)}, **places), clock=clock, wait_s=0.1)


def loaded(workspace: Workspace, folder: Path, ids: str = "x") -> LoadReport:
    path = folder / "forums.csv"
    path.write_text("id,name\n" + "".join(f"{it},Forum {it}\n" for it in ids), encoding="utf-8")
    return load_and_project(workspace, mapped_reader(FORUMS), [path])


def forums(workspace: Workspace) -> list[str]:
    with workspace.reading() as reading:
        return [row["id"] for row in reading.store.look("MATCH (n:Forum) RETURN n.id AS id ORDER BY id")]


def refuse(patch: pytest.MonkeyPatch, part: str, error: Exception) -> None:
    """Let the graph fail on statements with these words."""
    look = EmbeddedStore.look

    def refusing(self: EmbeddedStore, cypher: str, /, **params: Any) -> list[Record]:
        if part in cypher:
            raise error
        return look(self, cypher, **params)

    patch.setattr(EmbeddedStore, "look", refusing)


@pytest.mark.parametrize("error", [TimedOut("it ran too long"), KeyError("a case nobody thought of")])
def test_names_that_cannot_be_compared_are_left_to_iga_resolve(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, "(party:Entity {id: given})", error)
        report = loaded(workspace, tmp_path)
    assert (report.load, report.new, report.waiting, report.conflicts, report.candidates) == (1, 1, 0, 0, None)
    [sentence] = report.undone
    assert sentence.startswith("Names that may be one and the same were not looked for: ")
    assert sentence.endswith(". iga resolve candidates does.")
    assert str(error) in sentence
    again = loaded(workspace, tmp_path, "xy")
    assert (again.new, again.undone, again.uncompared) == (1, (), 0)


def test_what_cannot_be_counted_is_told_and_the_names_are_compared(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, "n.conflicts IS NOT NULL", StoreUnavailable("nobody answers"))
    report = loaded(workspace, tmp_path, "xy")
    assert (report.new, report.conflicts, report.candidates is None, len(report.data_version)) == (2, None, False, 64)
    [sentence] = report.undone
    assert sentence.startswith("What sources differ on was not counted")
    assert sentence.endswith(": nobody answers. iga ask conflicts tells the first, the same load again tells both.")


def test_a_load_stands_when_no_graph_answers_and_the_next_reader_brings_it_up(tmp_path: Path) -> None:
    with workspace_at(tmp_path, store=NOWHERE) as away:
        report = loaded(away, tmp_path, "xy")
    assert (report.load, report.new, report.waiting, report.data_version) == (1, 2, None, "")
    [sentence] = report.undone
    assert "kept in the ledger, but the graph is not up to it yet: nothing answers" in sentence
    with workspace_at(tmp_path) as here:
        assert forums(here) == ["forum:x", "forum:y"]


@pytest.mark.parametrize("is_complete", [False, True])
def test_nothing_is_loaded_where_the_preview_comes_first_and_fails(tmp_path: Path, is_complete: bool) -> None:
    path = tmp_path / "forums.csv"
    path.write_text("id,name\nx,X\n", encoding="utf-8")
    card = f'card: {{source: "test:forums", title: Forums, complete: {str(is_complete).lower()}}}\n'
    feed, options = mapped_reader(a_mapping(NODES, card=card)), LoadOptions(dry_run=not is_complete)
    with workspace_at(tmp_path, store=NOWHERE) as away, pytest.raises(StoreUnavailable):
        load_and_project(away, feed, [path], options=options)
    with workspace_at(tmp_path) as here:
        assert here.everything().through() == 0


def test_a_view_that_somebody_holds_is_left_to_its_next_reader(workspace: Workspace, tmp_path: Path) -> None:
    loaded(workspace, tmp_path)
    with workspace.reading(ceiling=Marking.PUBLIC):
        pass
    with closing(EmbeddedStore(workspace.settings.views / "public-now")):
        report = loaded(workspace, tmp_path, "xy")
    assert (report.new, len(report.data_version)) == (1, 64)
    [sentence] = report.undone
    assert sentence.startswith("A view of the graph is not up to it yet: ")
    with workspace.reading(ceiling=Marking.PUBLIC) as reading:
        assert reading.is_whole
