"""What the command line imports first, and how each command ends that cannot be done."""

import errno
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

from iga.cli.commands import INTERRUPTED
from iga.graph.errors import SettingsError, SystemRefused
from iga.graph.workspace import Workspace
from tests.cli.conftest import Iga, typed


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


LITTLE = "there is not enough memory: end other programs"
REMOVED = "the folder that you are in was removed: change to another one"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), LITTLE),
        (PermissionError(errno.EACCES, "Permission denied", "/a/file"), "/a/file cannot be used (Permission denied: "),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), REMOVED),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "the output cannot be written (No space left on device: "),
    ],
)
def test_what_the_system_refuses_is_a_sentence(
    iga: Iga, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def failing(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(Workspace, "reading", failing)
    ran = iga("status", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (SystemRefused.exit_code, SystemRefused.code)
    assert told in ran.err


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_case_that_the_program_does_not_know_is_a_sentence_and_a_traceback_when_it_is_asked_for(
    iga: Iga, monkeypatch: pytest.MonkeyPatch, debug: str
) -> None:
    def failing(*_: object, **__: object) -> NoReturn:
        raise ZeroDivisionError("no parts")

    monkeypatch.setattr(Workspace, "reading", failing)
    monkeypatch.setenv("IGA_DEBUG", debug)
    ran = iga("status")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(
        "Error IGA-1000: the program met a case it does not know (ZeroDivisionError: no parts).\n"
    )
    assert ("Traceback" in ran.err) == bool(debug)


def test_an_option_that_takes_no_value_is_told_without_more(iga: Iga) -> None:
    ran = iga("status", "--json=yes")
    assert (ran.code, ran.err) == (2, "Error: Option '--json' does not take a value.\n")
