"""What the command line imports before it is asked for anything."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from iga.cli.commands import INTERRUPTED
from iga.graph.errors import SettingsError
from tests.cli.conftest import typed


def test_help_imports_neither_an_engine_nor_the_ledger() -> None:
    code = (
        "import sys; from iga.cli.main import main; sys.argv = ['iga', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'arcadedb', 'neo4j', 'sqlalchemy', 'pydantic', 'fastapi', 'docx', 'openpyxl'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_a_load_does_without_numpy_where_it_is_installed(tmp_path: Path) -> None:
    assert find_spec("numpy")
    (tmp_path / "x.csv").write_text("id,name\na,Alpha\n", encoding="utf-8")
    (tmp_path / "x.yaml").write_text(
        'card: {source: "test:x", title: X, rank: 50}\nrow_key: [id]\n'
        'nodes:\n  it: {class: Ngo, id: {template: "ngo:{id}"}, fields: {name: name}}\n',
        encoding="utf-8",
    )
    code = (
        "import sys; from iga.cli.main import main; sys.argv = ['iga', 'load', 'x.csv', '--mapping', 'x.yaml']\n"
        "try: main()\nexcept SystemExit as end: assert end.code == 0\n"
        "sys.exit('numpy' if sys.modules.get('numpy') else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path,
        env={**os.environ, "IGA_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("setting", "value"), [("IGA_NOW", "yesterday"), ("IGA_CEILING", "secret")])
def test_a_setting_that_cannot_be_read_is_refused_in_a_sentence(setting: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iga", "status"],
        capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, setting: value},
    )  # fmt: skip
    assert (done.returncode, done.stderr.startswith("Error IGA-")) == (SettingsError.exit_code, True), done.stderr
    assert f"{setting} is {value!r}" in done.stderr


def test_ctrl_c_ends_a_command_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("iga.cli.commands.iga.invoke", interrupted)
    ran = typed(tmp_path, "status", environ={"IGA_HOME": str(tmp_path)})
    assert (ran.code, ran.err.startswith("Stopped. ")) == (INTERRUPTED, True)
