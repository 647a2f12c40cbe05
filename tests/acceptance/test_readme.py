"""The README is run: each command it shows works on the demo data, and prints what it shows."""

import shlex
from pathlib import Path

import pytest

import dev
from tests.acceptance.pages import iga, shown
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
