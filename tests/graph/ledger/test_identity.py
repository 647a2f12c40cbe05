"""Versions of graphs are keyed with a secret of their ledger: the same wherever it is read, and in no copy of it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from iga.graph.errors import LedgerError
from iga.graph.ledger.dump import dump
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.restore import restore
from iga.graph.ledger.tables import meta
from iga.graph.projection.tally import Tally
from iga.graph.statements import Card, Content, NodeStatement
from tests.clock import clock

HASH = Tally(7).hex


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger with a load."""
    place = tmp_path_factory.mktemp("identity") / "ledger.sqlite"
    with Ledger.open(place, clock=clock) as ledger, ledger.open_load(Card("test:one", "One", rank=20)) as load:
        load.put([("a", "one.csv:2", Content((NodeStatement("Ngo", "ngo:a", {"name": "A"}),)))])
        load.commit({"read": 1})
    return place


@pytest.fixture
def ledger(place: Path) -> Iterator[Ledger]:
    with Ledger.open(place, clock=clock) as ledger:
        yield ledger


def _version(place: Path, *, read_only: bool) -> str:
    with closing(Ledger.open(place, clock=clock, read_only=read_only)) as ledger:
        return ledger.version_of(HASH)


def test_a_graph_has_one_version_however_its_ledger_is_opened(place: Path, ledger: Ledger) -> None:
    versions = {_version(place, read_only=read_only) for read_only in (True, False)}
    assert versions == {ledger.version_of(HASH)}
    assert len(ledger.version_of(HASH)) == len(HASH)
    assert ledger.version_of("") == ""


def test_another_ledger_gives_another_version_of_the_same_graph(ledger: Ledger, tmp_path: Path) -> None:
    assert _version(tmp_path / "ledger.sqlite", read_only=False) != ledger.version_of(HASH)


@given(held=st.integers(0, 2**256 - 1), come=st.integers(1, 2**256 - 1))
def test_two_versions_do_not_tell_what_came_between(place: Path, held: int, come: int) -> None:
    with closing(Ledger.open(place, clock=clock, read_only=True)) as ledger:
        before, after = (int(ledger.version_of(Tally(it).hex), 16) for it in (held, held + come))
    assert before != after
    assert (after - before) % 2**256 != come


def test_the_secret_is_in_no_dump_and_what_is_restored_has_its_own(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.reading() as connection:
        secret = connection.execute(select(meta.c.value).where(meta.c.key == "secret")).scalar_one()
    dump(ledger, tmp_path / "dump")
    files = [file.read_bytes() for file in (tmp_path / "dump").iterdir()]
    assert files
    assert not any(secret.encode() in content for content in files)
    with closing(Ledger.open(tmp_path / "restored.sqlite", clock=clock)) as other:
        restore(other, tmp_path / "dump")
        assert (other.id, other.version_of(HASH) == ledger.version_of(HASH)) == (ledger.id, False)


def test_a_ledger_of_an_older_program_gets_a_secret_when_it_is_first_read(tmp_path: Path) -> None:
    place = tmp_path / "ledger.sqlite"
    with closing(Ledger.open(place, clock=clock)) as ledger, ledger.transaction("a test") as connection:
        connection.execute(delete(meta).where(meta.c.key == "secret"))
        connection.commit()
    assert _version(place, read_only=True) == _version(place, read_only=True) == _version(place, read_only=False)


def test_where_no_secret_can_be_kept_one_stands_in_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "ledger.sqlite"
    with closing(Ledger.open(place, clock=clock)) as ledger, ledger.transaction("a test") as connection:
        connection.execute(delete(meta).where(meta.c.key == "secret"))
        connection.commit()

    def refused(*_: object, **__: object) -> None:
        raise LedgerError("this account may only read")

    monkeypatch.setattr(Ledger, "transaction", refused)
    assert HASH != _version(place, read_only=True) != _version(place, read_only=True)
