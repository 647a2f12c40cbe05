"""The README and the page on reconciling are run: each command prints what they show."""

import csv
import io
import re
import shlex
from pathlib import Path

import pytest

import dev
from iga.exports.reconciled_table import OURS
from tests.acceptance.pages import ROOT, iga, shown
from tests.conftest import LOADS_BUNDLED, LOADS_SAMPLE

README = shown("README.md")


@pytest.mark.slow
@pytest.mark.parametrize(("command", "output"), [pair for pair in README if pair[0].startswith("iga ")])
def test_a_command_of_the_readme_prints_what_the_readme_shows(demo: Path, command: str, output: str) -> None:
    ran = iga(demo, *shlex.split(command)[1:])
    assert ran.code == 0, ran.err
    if output.strip():
        head = output.split("…\n")[0]  # a block may stop short of the end with a line of its own
        assert ran.out.startswith(head)


def test_the_readme_names_the_two_commands() -> None:
    commands = [command for command, _ in README]
    assert "make quickstart" in commands
    assert "make test" in commands


@pytest.mark.slow
def test_quickstart_loads_what_the_demo_store_is_made_of_and_asks_in_it(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fixtures of both stores run the two loads; the rest is run here."""
    called: list[tuple[str, ...]] = []

    def answered(*words: str | Path, **environment: str) -> None:
        assert environment["IGA_STORE"] == f"embedded:{tmp_path / 'demo' / 'graph'}"
        assert environment["IGA_LEDGER"] == str(tmp_path / "demo" / "ledger.sqlite")
        called.append(tuple(map(str, words[2:])))
        if "load" in words:
            (tmp_path / "demo" / "graph").mkdir(parents=True, exist_ok=True)
            (tmp_path / "demo" / "ledger.sqlite").touch()
        else:
            assert iga(demo, *called[-1]).code == 0

    monkeypatch.setattr(dev, "prepare", lambda *_: None)
    monkeypatch.setattr(dev, "python", answered)
    monkeypatch.setattr(dev, "DEMO", tmp_path / "demo")
    monkeypatch.setattr(dev, "PRACTICE", tmp_path / "demo" / "practice")
    dev.quickstart()
    assert tuple(called[:2]) == (LOADS_BUNDLED, LOADS_SAMPLE)
    assert {path.name for path in dev.PRACTICE.iterdir()} == {"graph", "ledger.sqlite"}


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
