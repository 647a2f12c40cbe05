"""The map names files that are there, and every folder of the product stands on it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_file_on_the_map_is_there() -> None:
    named = set(re.findall(r"\b(?:graph|ingest|queries|exports|entering|cli|api)/[\w/]+\.py\b", PAGE))
    assert len(named) > 15
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_every_room_of_the_questions_is_on_the_map() -> None:
    rooms = {path.parent.name for path in (ROOT / "queries").glob("*/__init__.py")} - {"core", "reconciling"}
    assert rooms
    assert [room for room in sorted(rooms) if f"`{room}`" not in PAGE] == []
