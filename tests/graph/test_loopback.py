"""Whose a connection to a port of this machine is."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.graph.loopback import GONE, other_account
from tests.another_account import NOBODY, another_account, as_root

linux = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells whose a connection is")


@pytest.fixture(params=["127.0.0.1", "::1"])
def port(request: pytest.FixtureRequest) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in request.param else socket.AF_INET
    try:
        listening = socket.create_server((request.param, 0), family=family)
    except OSError:
        pytest.skip(f"this machine has no {request.param}")
    with listening:
        yield listening


def test_our_own_connection_is_not_of_another_account(port: socket.socket) -> None:
    with socket.create_connection(port.getsockname()[:2]) as calling:
        assert other_account(calling.getsockname()[:2], port.getsockname()[:2]) is None


@linux
def test_a_connection_that_nobody_has_any_more_is_not_ours(port: socket.socket) -> None:
    with socket.create_connection(port.getsockname()[:2]) as calling:
        client = calling.getsockname()[:2]
    assert other_account(client, port.getsockname()[:2]) == GONE


@linux
@as_root
def test_a_connection_of_another_account_is_told(port: socket.socket) -> None:
    with another_account():
        calling = socket.create_connection(port.getsockname()[:2])
    with calling:
        assert other_account(calling.getsockname()[:2], port.getsockname()[:2]) == NOBODY


@pytest.mark.parametrize(
    ("client", "server"),
    [(("192.0.2.7", 50000), ("127.0.0.1", 8750)), (("testclient", 50000), ("localhost", 80))],
    ids=["another machine", "no address"],
)
def test_what_nobody_tells_is_not_held_against_anybody(client: tuple[str, int], server: tuple[str, int]) -> None:
    assert other_account(client, server) is None
