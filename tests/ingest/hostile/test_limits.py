"""No file makes a load crash, hang or fill the memory; each ends with a sentence."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.ingest.hostile import texts, workbooks

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="limits and memory of a child are Linux's own"),
    pytest.mark.slow,
]

# What hangs is ended by the system after `measured.CPU_S`; `python -m bench --hostile` measures how long each takes.
MOST_MB = 500

CASES = {f"{n}.xlsx": ("workbook", name) for n, name in enumerate(workbooks.BOMBS)} | {
    f"{n}.csv": ("text", name) for n, name in enumerate(texts.FILES)
}
EXPECTED = {
    "workbook": {name: told for name, (_, told) in workbooks.BOMBS.items()},
    "text": {name: told for name, (_, told) in texts.FILES.items()},
}


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Give how each file ended, read in a process of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "warm.csv").write_text("id,name\na,Alpha\n", encoding="utf-8")
    workbooks.packed(folder / "warm.xlsx", workbooks.parts())
    for file, (kind, name) in CASES.items():
        (workbooks if kind == "workbook" else texts).made(folder, name, file)
    command = [sys.executable, "-m", "tests.ingest.hostile.measured", str(folder), *CASES]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    for file in CASES:
        (folder / file).unlink()
    return {end["name"]: end for end in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("file", CASES, ids=[name for _, name in CASES.values()])
def test_a_hostile_file_ends_with_a_sentence_in_little_time_and_memory(
    ends: dict[str, dict[str, Any]], file: str
) -> None:
    kind, name = CASES[file]
    end = ends[file]
    assert not end["told"].startswith(("CRASHED", "KILLED")), end
    assert EXPECTED[kind][name] in end["told"]
    assert len(end["told"]) < 2_000
    assert end["peak_mb"] < MOST_MB
