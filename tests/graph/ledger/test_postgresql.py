"""What a ledger on PostgreSQL says to whoever is not let in, and what an account may do there."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from iga.graph.errors import LedgerError, LedgerLocked, LedgerRefused
from iga.graph.ledger import connection
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.verifying import damages
from iga.graph.statements import Card
from tests.graph.ledger.conftest import Clock, Sayings
from tests.postgresql_server import PostgresqlAddress, postgresql_server, standby_of

pytestmark = pytest.mark.postgresql
RIGHTS = Path(__file__).parents[3] / "docs" / "postgresql-rights.sql"


@pytest.fixture(scope="module")
def with_tls(certificate: tuple[str, str]) -> Iterator[PostgresqlAddress]:
    with postgresql_server(certificate=certificate) as address:
        address.run("CREATE ROLE poor LOGIN PASSWORD 'poor' CONNECTION LIMIT 0")
        yield address


def told(uri: str, clock: Clock, **changed: Any) -> str:
    """Return what is said where a ledger cannot be opened."""
    with pytest.raises(LedgerError) as caught:
        Ledger.open(make_url(uri).set(**changed).render_as_string(hide_password=False), clock=clock)
    assert caught.value.message.count("\n") == 0
    return caught.value.message


def test_who_is_not_let_in_is_told_why(postgresql: PostgresqlAddress, clock: Clock) -> None:
    uri = postgresql.uri
    assert "refuses the user or the password: check both (IGA_LEDGER_PASSWORD_FILE)" in told(uri, clock, password="no")
    assert "refuses the user or the password" in told(uri, clock, username="nobody")
    assert "asks for a password: write it into a file" in told(uri.replace(make_url(uri).password or "", ""), clock)
    assert "is not there: make it (CREATE DATABASE)" in told(uri, clock, database="nowhere")
    assert "speaks no TLS: turn it on there (ssl = on)" in told(f"{uri}?sslmode=verify-full", clock)


def test_tls_is_held_to_who_signed_and_for_whom(
    with_tls: PostgresqlAddress, certificate: tuple[str, str], clock: Clock
) -> None:
    full = f"{with_tls.uri}?sslmode=verify-full"
    signed = f"{full}&sslrootcert={certificate[0]}"
    assert "is not trusted without the file of who signed" in told(f"{full}&sslrootcert=/nowhere.pem", clock)
    assert "shows the certificate of another name" in told(signed, clock)
    assert "allows no more connections" in told(with_tls.uri, clock, username="poor", password="poor")
    with Ledger.open(signed.replace("127.0.0.1", "localhost"), clock=clock) as ledger, ledger.reading() as reading:
        assert reading.exec_driver_sql("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").scalar()


def test_a_server_that_is_too_old_is_refused(
    postgresql: PostgresqlAddress, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "OLDEST", 99)
    assert "upgrade it: this program needs 99 or later" in told(postgresql.fresh(), clock)


def test_of_several_servers_the_one_that_takes_writes_is_used(postgresql: PostgresqlAddress, clock: Clock) -> None:
    own = make_url(postgresql.fresh())
    servers = {"host": ("127.0.0.1:1", f"127.0.0.1:{own.port}"), "target_session_attrs": "read-write"}
    both = own.set(host="", port=None).update_query_dict(servers)
    with Ledger.open(both.render_as_string(hide_password=False), clock=clock) as ledger:
        say = Sayings(ledger)
        assert say.load({"a": say.node("ngo:a")}).no == 1


def test_a_ledger_goes_on_with_the_standby_that_took_the_place_of_its_server(clock: Clock) -> None:
    with postgresql_server() as primary:
        Ledger.open(primary.uri, clock=clock).close()
        with standby_of(primary) as standby:
            ports = [f"127.0.0.1:{make_url(server.uri).port}" for server in (primary, standby)]
            both = make_url(primary.uri).set(host="", port=None)
            both = both.update_query_dict({"host": ports, "target_session_attrs": "read-write"})
            with Ledger.open(both.render_as_string(hide_password=False), clock=clock) as ledger:
                say = Sayings(ledger)
                assert say.load({"a": say.node("ngo:a")}).no == 1
                with Ledger.open(standby.uri, clock=clock, read_only=True) as follower:
                    while not follower.through():  # it has it in a moment
                        pass
                os.kill(primary.pid, signal.SIGQUIT)
                os.waitid(os.P_PID, primary.pid, os.WEXITED | os.WNOWAIT)  # until it is gone it may answer once more
                with pytest.raises(LedgerError, match="cannot be reached"):
                    ledger.through()
                standby.run("SELECT pg_promote()")
                assert say.load({"b": say.node("ngo:b")}).no == 2
                assert damages(ledger) == []


def test_a_process_has_so_many_connections_and_no_more(
    postgresql: PostgresqlAddress, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("POOLED", 1), ("MOST_CONNECTIONS", 2), ("CONNECT_S", 0)):
        monkeypatch.setattr(connection, name, value)
    with Ledger.open(postgresql.fresh(), clock=clock) as ledger, ledger.reading() as one, ledger.reading() as other:
        assert one is not other
        with pytest.raises(LedgerLocked, match="ask again in a moment"):
            ledger.through()


@pytest.fixture
def accounts(postgresql: PostgresqlAddress, clock: Clock) -> Iterator[dict[str, str]]:
    """The addresses of a ledger for its owner, a writer and a reader, with the rights that are documented."""
    mine = postgresql.fresh()
    Ledger.open(mine, clock=clock).close()
    for name in ("iga_writer", "iga_reader"):
        postgresql.run(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'", f"GRANT USAGE ON SCHEMA iga_test TO {name}")
    with psycopg.connect(postgresql.uri, options="-csearch_path=iga_test") as owner:
        owner.execute(RIGHTS.read_bytes())
    yield {"owner": mine} | {
        name: make_url(mine).set(username=f"iga_{name}", password=f"iga_{name}").render_as_string(hide_password=False)
        for name in ("writer", "reader")
    }
    postgresql.run("DROP SCHEMA iga_test CASCADE", "DROP ROLE iga_writer, iga_reader")


def test_a_writer_appends_and_cannot_take_away(accounts: dict[str, str], clock: Clock) -> None:
    with Ledger.open(accounts["writer"], clock=clock) as ledger:
        say = Sayings(ledger)
        say.load({"a": say.node("ngo:a"), "b": say.node("ngo:b")})
        say.load({"a": say.node("ngo:a", "Another"), "c": say.node("ngo:c")}, complete=True)  # changed, withdrawn, new
        clashing = [("b", "x.csv:2", say.node("ngo:b", "One")), ("b", "x.csv:3", say.node("ngo:b", "Two"))]
        clashing += [("d", "x.csv:4", say.node("ngo:d", "One")), ("d", "x.csv:5", say.node("ngo:d", "Two"))]
        assert [outcome.word for outcome in say.outcomes(clashing)] == ["changed", "clash", "new", "clash"]
        assert damages(ledger) == []
        before = list(ledger.rows_after(0))
        for change in ("DELETE FROM row_version", "DELETE FROM source_row", "UPDATE load SET counts = '{}'"):
            with ledger.transaction("a slip") as connection:
                assert connection.exec_driver_sql(change).rowcount == 0
                connection.commit()
        for change in ("DELETE FROM load", "UPDATE row_version SET content = NULL", "TRUNCATE mention"):
            refused = pytest.raises(LedgerError, match=r"allows this account less than that .*postgresql-rights\.sql")
            with refused, ledger.transaction("a slip") as connection:
                connection.exec_driver_sql(change)
        assert list(ledger.rows_after(0)) == before
        with ledger.writing("iga load a.csv"), Ledger.open(accounts["owner"], clock=clock) as other:  # noqa: SIM117
            with pytest.raises(LedgerLocked, match=r"iga load a\.csv"), other.writing("iga load b.csv", wait_s=0):
                pass


def test_a_reader_reads_alone(accounts: dict[str, str], clock: Clock) -> None:
    with Ledger.open(accounts["reader"], clock=clock, read_only=True) as ledger:
        assert ledger.through() == 0
        with pytest.raises(LedgerError, match="allows this account less than that"), ledger.open_load(Card("a", "A")):
            pass


def test_a_missing_ledger_is_refused_to_who_may_not_make_it(postgresql: PostgresqlAddress, clock: Clock) -> None:
    with pytest.raises(LedgerRefused, match="holds no ledger: load something first"):
        Ledger.open(postgresql.fresh(), clock=clock, read_only=True)
