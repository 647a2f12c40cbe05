"""No password is ever printed, whatever command it is given to and whatever goes wrong."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.errors import SettingsError
from iga.graph.ledger.connection import connected
from iga.graph.reader import Reader
from iga.graph.settings import read_settings, without_password
from iga.graph.workspace import Workspace
from tests.clock import clock

SECRET = "S3cret/w:th@ll"
WRITTEN = "S3cret%2Fw:th@ll"
LEDGER = f"postgresql://ada:{WRITTEN}@127.0.0.1:1/iga"
COMMANDS = [
    ("status",), ("status", "--json"), ("doctor",), ("sources",), ("find", "ghana"), ("dump", "backup"),
    ("serve", "--port", "0"),
]  # fmt: skip  # read across, like the rows of a table
PLACES = [
    {"IGA_LEDGER": LEDGER},
    {"IGA_LEDGER": f"mysql://ada:{WRITTEN}@127.0.0.1/iga"},
    {"IGA_LEDGER": f"postgresql://127.0.0.1:1/iga?password={WRITTEN}"},
    {"IGA_STORE": f"neo4j://ada:{WRITTEN}@127.0.0.1:1"},
    {"IGA_STORE": f"neo5j://ada:{WRITTEN}@127.0.0.1:1"},
]


def printed(words: Sequence[str], environ: dict[str, str], folder: Path) -> tuple[int, str]:
    kept = Captured()
    with closing(OwnWorkspaces(environ, kept.console(80))) as workspaces:
        code = run(
            words, Call(console=kept.console(80), workspaces=workspaces, folder=folder, reader=Reader("J. Example"))
        )
    return code, kept.out.getvalue() + kept.err.getvalue()


@pytest.mark.parametrize("place", PLACES, ids=range(len(PLACES)))
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_prints_a_password(words: Sequence[str], place: dict[str, str], tmp_path: Path) -> None:
    code, text = printed(words, {"IGA_HOME": str(tmp_path), **place}, tmp_path)
    assert code != 0
    assert "Error" in text or "LOOK" in text
    assert "S3cret" not in text


def test_settings_do_not_hold_the_password_of_the_ledger() -> None:
    settings = read_settings({"IGA_LEDGER": LEDGER})
    assert settings.ledger == "postgresql://ada@127.0.0.1:1/iga"
    assert "S3cret" not in repr(settings)
    assert "S3cret" not in repr(Workspace(settings, clock=clock))
    assert settings.ledger_password is not None
    assert settings.ledger_password() == SECRET


def test_the_password_of_the_ledger_comes_from_a_file(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    settings = read_settings({"IGA_LEDGER": "postgresql://ada@db/iga", "IGA_LEDGER_PASSWORD_FILE": str(file)})
    engine = connected(settings.ledger, read_only=True, password=settings.ledger_password)
    assert engine.url.password == SECRET
    assert "S3cret" not in repr(engine)


def test_a_file_that_is_not_there_is_named() -> None:
    settings = read_settings({"IGA_LEDGER": "postgresql://ada@db/iga", "IGA_LEDGER_PASSWORD_FILE": "nowhere"})
    assert settings.ledger_password is not None
    with pytest.raises(SettingsError, match="IGA_LEDGER_PASSWORD_FILE nowhere cannot be read"):
        settings.ledger_password()


@pytest.mark.parametrize("address", ["ledger.sqlite", "C:\\iga\\ledger.sqlite", "postgresql://db/iga", "neo4j://a@db"])
def test_an_address_without_a_password_is_left_as_it_is(address: str) -> None:
    assert without_password(address) == (address, "")
