"""A command whose work is committed says so, whatever fails afterwards, and which command does the rest."""

from pathlib import Path
from typing import Any

import pytest

from iga.graph.errors import StoreBusy, TimedOut
from iga.graph.query import Record
from iga.graph.stores.embedded_store import EmbeddedStore
from tests.cli.conftest import PARTNERS, Iga

LOAD = ("load", "partners.csv", "--mapping", "partners.yaml")


def compares_no_names(patch: pytest.MonkeyPatch) -> None:
    look = EmbeddedStore.look

    def refusing(self: EmbeddedStore, cypher: str, /, **params: Any) -> list[Record]:
        if "(party:Entity {id: given})" in cypher:
            raise TimedOut("a statement ran too long and was stopped")
        return look(self, cypher, **params)

    patch.setattr(EmbeddedStore, "look", refusing)


def writes_nothing(patch: pytest.MonkeyPatch) -> None:
    def busy(*_: Any) -> None:
        raise StoreBusy("another writer got in the way")

    patch.setattr(EmbeddedStore, "write", busy)


def test_names_that_could_not_be_compared_are_told_and_compared_later(
    iga: Iga, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        compares_no_names(patch)
        ran = iga(*LOAD)
    assert ran.code == 3
    assert "2 rows read: 2 new" in ran.out
    assert "0 relationships wait for an end; sources differ on 0 things. Graph " in ran.out
    assert ran.err.endswith(
        "Names that may be one and the same were not looked for: a statement ran too long and was stopped."
        " iga resolve candidates does.\n"
    )
    assert iga("resolve", "candidates").code == 0
    assert "Acme Relief" in iga("find", "Acme").out
    assert iga(*LOAD).code == 0


def test_json_says_what_was_left_undone(iga: Iga, monkeypatch: pytest.MonkeyPatch) -> None:
    compares_no_names(monkeypatch)
    ran = iga(*LOAD, "--json")
    assert (ran.code, ran.document["load"], ran.document["new"], len(ran.document["undone"])) == (3, 1, 2, 1)


def test_a_load_is_kept_where_the_graph_could_not_be_written_and_the_next_question_shows_it(
    loaded: Iga, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "partners.csv").write_text(PARTNERS + "gamma,Gamma Trust,Peru\n", encoding="utf-8", newline="\n")
    with monkeypatch.context() as patch:
        writes_nothing(patch)
        ran = loaded(*LOAD)
    assert ran.code == 3
    assert "(test:partners, load 2): 3 rows read: 1 new, 2 unchanged" in ran.out
    assert "kept in the ledger, but the graph is not up to it yet: another writer got in the way. iga status" in ran.err
    assert "Gamma Trust" in loaded("find", "Gamma").out


def test_an_entry_is_kept_where_the_graph_could_not_be_written(loaded: Iga, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        writes_nothing(patch)
        ran = loaded("correct", "ngo:acme", "name", "Acme Aid", "--because", "renamed")
        judged = loaded("resolve", "same", "ngo:acme", "ngo:beta", "--because", "a test")
    assert (ran.code, judged.code) == (0, 0), judged.err
    assert "(load 2, signed J. Example)" in ran.out
    assert "the graph is not up to it yet: another writer got in the way" in ran.err
    assert "Acme Aid" in loaded("show", "ngo:beta").out
    with monkeypatch.context() as patch:
        writes_nothing(patch)
        assert "the graph is not up to it yet" in loaded("resolve", "undo").err
    assert "Beta House" in loaded("show", "ngo:beta").out
