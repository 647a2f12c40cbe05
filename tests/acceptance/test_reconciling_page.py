"""docs/reconciling.md is run: its list is matched on the demo data, with the commands and the results it shows."""

import csv
import io
import re
import shlex
from pathlib import Path

import pytest

from iga.exports.reconciled_table import OURS
from tests.acceptance.pages import ROOT, iga, shown

PAGE = "docs/reconciling.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")


@pytest.fixture
def listed(demo: Path) -> Path:
    [table] = re.findall(r"```csv\n(.*?)```", TEXT, re.DOTALL)
    (demo / "partners.csv").write_text(table, encoding="utf-8", newline="\n")
    return demo


@pytest.mark.parametrize(("command", "output"), shown(PAGE))
def test_a_command_of_the_page_says_what_the_page_shows(listed: Path, command: str, output: str) -> None:
    ran = iga(listed, *shlex.split(command)[1:])
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith(output)


def test_the_result_is_what_the_page_shows(listed: Path) -> None:
    command, _ = shown(PAGE)[0]
    iga(listed, *shlex.split(command)[1:])
    text = (listed / "matched.csv").read_bytes().decode("utf-8-sig")
    rows = {row["Partner"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    expected = re.findall(r"^\| ([^|]+) \| (sure|choose) \| (\S*) ?\| ([^|]*?) ?\|$", TEXT, re.MULTILINE)
    assert len(expected) == len(rows) - 1
    for partner, *told in expected:
        assert [rows[partner][name] for name in ("iga_match", "iga_id", "iga_reason")] == told
    assert rows["Zzyzx Foundation"]["iga_match"] == ""


def test_the_page_explains_every_column_that_is_added() -> None:
    named = set(re.findall(r"`(iga_\w+)`", TEXT)) | {"iga_candidate_2", "iga_candidate_3"}
    assert named == set(OURS)
