"""A database server that stands still is not waited for; one that is slow is."""

from collections.abc import Callable, Generator
from itertools import count
from typing import Any

import pytest

from iga.graph.errors import LedgerError
from iga.graph.ledger import connection as waiting
from iga.graph.ledger.connection import watched
from iga.graph.ledger.ledger import Ledger
from tests.conftest import ON_SERVERS_ALONE
from tests.graph.ledger.conftest import Clock, Sayings
from tests.graph.stores.silent_servers import postgresql_that_freezes, serving, silent


class GoneError(Exception):
    """The server is not there."""


def gone() -> None:
    raise GoneError


@pytest.fixture(autouse=True)
def _seconds_that_fly(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count()
    monkeypatch.setattr(waiting, "monotonic", lambda: next(seconds))


def talk() -> Generator[str, Any, list[Any]]:
    """Wait for three words, as the driver of PostgreSQL does: what it is sent is nothing while none comes."""
    heard: list[Any] = []
    while len(heard) < 3:
        if word := (yield "reading"):
            heard.append(word)
    return heard


def carried(words: list[Any], look: Callable[[], None], *, silence_s: float) -> object:
    watching = watched(talk(), look, silence_s)
    assert next(watching) == "reading"
    try:
        for word in words:
            assert watching.send(word) == "reading"
    except StopIteration as end:
        return end.value
    return None


def test_words_that_come_are_given_on_and_nobody_looks() -> None:
    assert carried([1, 0, 2, 0, 3], gone, silence_s=9) == [1, 2, 3]


def test_a_silence_ends_when_the_server_is_gone() -> None:
    with pytest.raises(GoneError):
        carried([1, *[0] * 20], gone, silence_s=9)


def test_a_slow_server_is_looked_at_and_waited_for() -> None:
    looks = []
    assert carried([1, *[0] * 30, 2, 3], lambda: looks.append(1), silence_s=9) == [1, 2, 3]
    assert 1 < len(looks) < 5


def test_a_port_that_says_nothing_is_told(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(waiting.OPTIONS, "connect_timeout", 1)
    with serving(silent) as place, pytest.raises(LedgerError, match="does not hang"):
        Ledger.open(f"postgresql://{place}/iga", clock=clock)


def test_a_server_that_freezes_is_told(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(waiting.OPTIONS, "connect_timeout", 1)
    with serving(postgresql_that_freezes()) as place, pytest.raises(LedgerError, match="does not hang"):
        Ledger.open(f"postgresql://{place}/iga?sslmode=disable", clock=clock)


@ON_SERVERS_ALONE
def test_a_statement_that_takes_long_is_waited_for(
    say: Sayings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "SILENCE_S", 2)
    say.load({"k": say.node("ngo:x")})
    with ledger.reading() as connection:
        connection.exec_driver_sql("SELECT pg_sleep(1)")
    assert ledger.through() == 1
