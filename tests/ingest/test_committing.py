import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.graph.errors import ShrinkRefused
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.ingest.committing import LoadWatch, load_and_project, load_bundled
from iga.ingest.loading import LoadOptions
from iga.ingest.mapped_reader import mapped_reader
from tests.conftest import BUNDLED_AT, workspace_at
from tests.ingest.conftest import a_mapping, clock

BODIES = a_mapping(
    "row_key: [id]\nnodes: {b: {class: Forum, id: {template: 'forum:{id}'}, fields: {name: name}}}",
    card='card: {source: "test:bodies", title: Bodies, complete: true}\n',
)
MEMBERS = a_mapping(
    "row_key: [org, body]\nnodes: {n: {class: Ngo, id: {template: 'ngo:{org}'}, fields: {name: org}}}\n"
    "edges: [{type: MEMBER_OF, source: {block: n}, target: {template: 'forum:{body}'}, fields: {category: category}}]"
)
DRY = LoadOptions(dry_run=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(read_settings({"IGA_HOME": str(tmp_path / "home")}), clock=clock) as opened:
        yield opened


def file(folder: Path, text: str) -> list[Path]:
    path = folder / "x.csv"
    path.write_text(text, encoding="utf-8")
    return [path]


def test_what_is_acknowledged_is_projected_and_counted(workspace: Workspace, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    watch = LoadWatch(reading=lambda done, total: told.append((done, total)))
    report = load_and_project(
        workspace, mapped_reader(MEMBERS), file(tmp_path, "org,body,category\na,x,member\n"), watch=watch
    )
    assert (report.load, report.new, report.waiting, report.conflicts) == (1, 1, 1, 0)
    assert report.waits == ("ngo:a MEMBER_OF forum:x: No row says what forum:x is.",)
    with workspace.changing("the test") as _, workspace.graph() as store:
        assert [row["id"] for row in store.look("MATCH (n:Entity) RETURN n.id AS id")] == ["ngo:a"]
    report = load_and_project(workspace, mapped_reader(BODIES), file(tmp_path, "id,name\nx,X\n"))
    assert (report.waiting, report.waits) == (0, ())
    assert len(report.data_version) == 64


def test_a_dry_run_shows_what_the_graph_gains_and_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    load_and_project(workspace, mapped_reader(BODIES), file(tmp_path, "id,name\nx,Forum X\n"))
    first = load_and_project(
        workspace, mapped_reader(MEMBERS), file(tmp_path, "org,body,category\na,x,member\nb,y,member\n"), options=DRY
    )
    assert first.preview is not None
    assert (first.load, first.new, first.preview.nodes_added.count) == (0, 2, 2)
    assert [one.name for one in first.preview.edges_added.examples] == ["a is a member of Forum X"]
    assert first.preview.waiting_added.examples[0].name.startswith("b is a member of forum:y: ")
    assert workspace.everything().through() == 1
    load_and_project(workspace, mapped_reader(MEMBERS), file(tmp_path, "org,body,category\na,x,member\n"))
    changed = load_and_project(
        workspace, mapped_reader(MEMBERS), file(tmp_path, "org,body,category\na,x,observer\n"), options=DRY
    )
    assert changed.preview is not None
    assert (changed.preview.edges_added.count, changed.preview.edges_changed.count) == (0, 1)
    gone = load_and_project(workspace, mapped_reader(BODIES), file(tmp_path, "id,name\nz,Z\n"), options=DRY)
    assert gone.preview is not None
    assert (gone.withdrawn, gone.preview.nodes_removed.examples[0].name) == (1, "Forum X")
    assert gone.preview.edges_to_wait.examples[0].name.startswith("a is a member of Forum X: ")


def test_withdrawals_that_leave_relationships_of_others_waiting_are_named_and_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    load_and_project(workspace, mapped_reader(BODIES), file(tmp_path, "id,name\nx,Forum X\ny,Y\n"))
    members = "org,body,category\n" + "".join(f"{it},x,member\n" for it in "abcd")
    load_and_project(workspace, mapped_reader(MEMBERS), file(tmp_path, members))
    with pytest.raises(ShrinkRefused, match="4 relationships in the graph would wait"):
        load_and_project(workspace, mapped_reader(BODIES), file(tmp_path, "id,name\ny,Y\n"))
    allowed = LoadOptions(allow_shrink=True)
    report = load_and_project(workspace, mapped_reader(BODIES), file(tmp_path, "id,name\ny,Y\n"), options=allowed)
    assert (report.withdrawn, report.waiting) == (1, 4)


@pytest.mark.slow
def test_the_bundled_sources_load_without_a_rejection_and_the_second_time_change_nothing(
    bundled_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(bundled_home, tmp_path / "home")
    with workspace_at(tmp_path / "home", BUNDLED_AT) as workspace:
        first = workspace.state()
        second = load_bundled(workspace)
    assert [report.source for report in second if report.rejected] == []
    assert sum(report.unchanged for report in second) > 1000
    assert sum(report.new + report.changed + report.withdrawn for report in second) == 0
    assert {report.data_version for report in second} == {first.data_version}


def test_of_the_sources_that_come_along_one_that_is_refused_keeps_back_no_other(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def comes_along(name: str, day: str) -> None:
        card = f'card: {{source: "ref:{name}", title: {name.title()}, as_of: {day}}}\nfile: {name}.csv\nrow_key: [id]\n'
        body = "nodes: {b: {class: Forum, id: {template: 'forum:{id}'}, fields: {name: name}}}"
        (tmp_path / f"{name}.yaml").write_text(card + body)
        (tmp_path / f"{name}.csv").write_text(f"id,name\n{name},{day}\n")

    monkeypatch.setattr("iga.ingest.bundled.REFERENCE", tmp_path)
    for name in ("a", "b", "c"):
        comes_along(name, "2026-02-01")
    assert [report.new for report in load_bundled(workspace)] == [1, 1, 1]
    for name, day in (("a", "2026-03-01"), ("b", "2026-01-01"), ("c", "2026-03-01")):
        comes_along(name, day)
    tried = load_bundled(workspace, options=DRY)
    done = load_bundled(workspace)
    for reports in (tried, done):
        assert [(report.changed, bool(report.refused)) for report in reports] == [(1, False), (0, True), (1, False)]
    assert [report.load for report in tried] == [0, 0, 0]
    assert done[1].refused.startswith("IGA-1307: ref:b: this edition is stated as of 2026-01-01")
    assert workspace.state().is_current
