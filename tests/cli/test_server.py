"""While a server holds the graph, commands go through it."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from iga.cli.remote import card_in
from tests.cli.conftest import MAPPING, PARTNERS, Ran, typed
from tests.clock import NOW


def iga(folder: Path, *arguments: str) -> Ran:
    return typed(folder, *arguments, environ=environment(folder))


def environment(folder: Path) -> dict[str, str]:
    own = {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_WHO": "J. Example", "IGA_NOW": NOW}
    return {**os.environ, **own, "PYTHONUTF8": "1"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder of a server; each test has partners of its own."""
    tmp_path = tmp_path_factory.mktemp("served")
    (tmp_path / "partners.yaml").write_text(MAPPING, encoding="utf-8", newline="\n")
    (tmp_path / "partners.csv").write_text(PARTNERS, encoding="utf-8", newline="\n")
    command = [sys.executable, "-m", "iga", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(tmp_path), cwd=tmp_path) as server:
        assert server.stderr is not None
        assert b"Serving" in server.stderr.readline()
        yield tmp_path
        server.terminate()
        server.wait(timeout=30)


def test_commands_go_through_the_server_and_read_what_they_wrote(served: Path) -> None:
    (served / "first.yaml").write_text(MAPPING.replace("test:partners", "test:first"), encoding="utf-8")
    (served / "first.csv").write_text(
        "id,name,country\nzeta,Zeta Relief,Ghana\neta,Eta House,Kenya\n", encoding="utf-8"
    )
    loaded = iga(served, "load", "first.csv", "--mapping", "first.yaml", "--json")
    assert loaded.code == 0, loaded.err
    assert json.loads(loaded.out)["new"] == 2
    assert "Zeta Relief" in iga(served, "find", "zeta").out
    assert iga(served, "show", "ngo:nobody").code == 4
    port = json.loads(card_in(served / "graph.door").read_text(encoding="utf-8"))["port"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/find?q=zeta") as reply:
        assert json.load(reply)["hits"][0]["id"] == "ngo:zeta"


def test_folders_and_standard_input_are_loaded_through_the_server(served: Path) -> None:
    (served / "lists").mkdir()
    mapping = MAPPING.replace("test:partners", "test:lists").replace("complete: true", "complete: false")
    (served / "lists.yaml").write_text(mapping, encoding="utf-8")
    listed = "id,name,country\ndelta,Delta Aid,Ghana\nkappa,Kappa House,Kenya\n"
    (served / "lists" / "some.csv").write_text(listed, encoding="utf-8")
    loaded = iga(served, "load", "lists", "--mapping", "lists.yaml", "--json")
    assert (loaded.code, json.loads(loaded.out)["new"]) == (0, 2), loaded.err
    typed = "id,name,country\ngamma,Gamma Trust,Peru\n,Nameless,Peru\n"
    command = [sys.executable, "-m", "iga", "load", "-", "--mapping", "lists.yaml"]
    piped = subprocess.run(
        command, input=typed, capture_output=True, text=True, encoding="utf-8", check=False, cwd=served,
        env=environment(served),
    )  # fmt: skip
    assert piped.returncode == 3
    assert "standard-input:3, column id" in piped.stderr
    assert (served / "standard-input.rejected.csv").exists()
    assert "standard-input:2" in iga(served, "show", "ngo:gamma").out


def test_an_editable_workbook_is_not_taken_through_the_server_unsaid(served: Path) -> None:
    assert iga(served, "load", "partners.csv", "--mapping", "partners.yaml").code == 0
    exported = iga(served, "export", "party", "ngo:acme", "--editable", "-o", "out.xlsx")
    assert exported.code == 0, exported.err
    book = load_workbook(served / "out.xlsx")
    book["Ngo"]["C2"].value = "Acme Fund"
    book.save(served / "out.xlsx")
    asked = iga(served, "load", "out.xlsx")
    assert (asked.code, "say --yes" in asked.err) == (2, True)
    taken = iga(served, "load", "out.xlsx", "--yes", "--because", "told by phone")
    assert taken.code == 0, taken.err
    assert iga(served, "show", "ngo:acme").out.startswith("Acme Fund")


def test_another_store_is_refused_while_the_server_holds_this_one(served: Path) -> None:
    ran = iga(served, "status", "--ledger", "other.sqlite")
    assert ran.code == 2
    assert "the running server holds" in ran.err


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a process is not asked to end on Windows, it is ended")
def test_a_stopped_server_leaves_no_card_and_the_graph_free(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "iga", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(tmp_path)) as server:
        assert server.stderr is not None
        server.stderr.readline()
        assert card_in(tmp_path / "graph.door").exists()
        assert card_in(tmp_path / "graph.door").stat().st_mode & 0o077 == 0
        server.terminate()
        assert b"Stopped." in server.stderr.read()
    assert not card_in(tmp_path / "graph.door").exists()
    assert iga(tmp_path, "status").code == 0


def test_a_watch_is_kept_and_looked_at_through_the_server(served: Path) -> None:
    assert iga(served, "load", "partners.csv", "--mapping", "partners.yaml").code == 0
    added = iga(served, "watch", "add", "acme", "neighbourhood", "--party", "Beta House")
    assert added.code == 0, added.err
    assert "nothing is new" in iga(served, "watch", "acme").out
    [watch] = json.loads(iga(served, "watch", "list", "--json").out)["watches"]
    assert watch["name"] == "acme"
