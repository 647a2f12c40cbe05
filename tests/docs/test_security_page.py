"""Every control names code and tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_code_and_the_test_of_every_control_are_there() -> None:
    rows = re.findall(r"^\| (?!control|---)(.+) \|$", (ROOT / "docs" / "security.md").read_text(), re.MULTILINE)
    assert rows
    for row in rows:
        places = re.findall(r"`([\w/.]+)(?:::(\w+))?`", " ".join(row.split(" | ")[2:]))
        assert len(places) >= 2, row
        for path, function in places:
            assert (ROOT / path).exists(), path
            assert not function or f"def {function}(" in (ROOT / path).read_text(), function
