"""A process has the lowest slot that no other has, and leaves it to the next."""

from pathlib import Path

from iga.graph.views import Slot


def test_a_slot_is_the_lowest_that_nobody_has(tmp_path: Path) -> None:
    views = tmp_path / "views"
    first, second, third = Slot(views), Slot(views), Slot(views)
    assert (first.of(views), second.of(views)) == (views, tmp_path / "views-2")
    assert first.of(tmp_path / "door") == tmp_path / "door"
    first.close()
    assert list(second.idle()) == [views]
    assert third.of(views) == views
    assert list(second.idle()) == []
    assert second.of(views) == tmp_path / "views-2"
