"""The places where the service listens: what is in the way, and what an address of other machines needs."""

import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from iga.cli.entrances import Ways, listen, refuse_if_open, unix_socket
from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, SettingsError
from iga.graph.keys import Key, KeyRing
from tests.clock import TODAY


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port} cannot be used .*--port"):
            listen("127.0.0.1", port)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such socket")
def test_a_socket_that_was_left_behind_is_replaced_and_any_other_file_left_alone(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(tmp_path / "s"))
    with unix_socket(tmp_path / "s", mode=0o600):
        assert (tmp_path / "s").is_socket()
    assert not (tmp_path / "s").exists()
    (tmp_path / "s").write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match="there can be no socket at"), unix_socket(tmp_path / "s", mode=0o600):
        pass
    assert (tmp_path / "s").read_text(encoding="utf-8") == "mine"


def test_other_machines_are_let_in_only_by_a_key_that_nobody_can_read_on_its_way(tmp_path: Path) -> None:
    keys = KeyRing(tmp_path / "keys")
    ways = Ways(Marking.PUBLIC)
    refuse_if_open("127.0.0.1", ways, keys, today=TODAY)
    with pytest.raises(Denied, match="no key was given out"):
        refuse_if_open("192.0.2.1", ways, keys, today=TODAY)
    key = Key("", "A", "reader", "public", made_at=f"{TODAY}T12:00:00Z", made_by="B", expires=TODAY)
    keys.add(key)
    with pytest.raises(Denied, match="keys could be read on their way; give --certificate"):
        refuse_if_open("192.0.2.1", ways, keys, today=TODAY)
    refuse_if_open("192.0.2.1", replace(ways, certificate=("c", "k")), keys, today=TODAY)
