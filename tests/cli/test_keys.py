"""Keys are given out, listed, taken back and renewed at the command line, and open a running server."""

import json
import os
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from iga.graph.keys import PREFIX
from tests.cli.conftest import MAPPING, Iga, Ran, commands_in, files_in
from tests.cli.test_door import QUIET, port_of, posix, serving
from tests.cli.test_door import iga as process

PUBLIC_NAME = "iga.agency.example.org"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Give a folder with public partners and one that is internal."""
    quiet = MAPPING.replace("test:partners", "test:quiet").replace("rank: 20,", "rank: 20, marking: internal,")
    (files_in(tmp_path) / "quiet.yaml").write_text(quiet, encoding="utf-8")
    (tmp_path / "quiet.csv").write_text(QUIET, encoding="utf-8")
    with commands_in(tmp_path) as command:
        for name in ("partners", "quiet"):
            assert command("load", f"{name}.csv", "--mapping", f"{name}.yaml").code == 0
    return tmp_path


def secret_in(ran: Ran) -> str:
    [line] = [line for line in ran.out.splitlines() if line.startswith(PREFIX)]
    return line


def test_a_key_is_shown_once(iga: Iga) -> None:
    made = iga("keys", "new", "Dashboard", "--ceiling", "internal", "--scope", "questions", "--purpose", "report")
    assert made.code == 0
    secret = secret_in(made)
    assert "shown this once" in made.out
    listed = iga("keys", "list")
    assert secret not in listed.out
    assert "Dashboard: good; reader, up to internal; for questions; until " in listed.out
    assert "never used" in listed.out
    [key] = iga("keys", "list", "--json").document["keys"]
    assert (key["holder"], key["state"], key["purpose"], "digest" in key) == ("Dashboard", "good", "report", False)


def test_a_key_is_taken_back_and_renewed(iga: Iga) -> None:
    first = iga("keys", "new", "Dashboard", "--json").document
    second = iga("keys", "rotate", first["id"], "--overlap", "3", "--json").document
    assert second["key"] != first["key"]
    revoked = iga("keys", "revoke", second["id"], "--because", "found in a log")
    assert "revoked" in revoked.out
    assert "taken back on" in revoked.out
    again = iga("keys", "revoke", second["id"], "--because", "twice")
    assert (again.code, "is revoked" in again.err) == (4, True)
    states = [key["state"] for key in iga("keys", "list", "--json").document["keys"]]
    assert states == ["good", "revoked"]


def test_what_cannot_be_is_refused_in_a_sentence(iga: Iga) -> None:
    assert "No key was given out" in iga("keys", "list").out
    wrong = iga("keys", "new", "Dashboard", "--from", "10.0.0.1/8")
    assert (wrong.code, "is no network" in wrong.err) == (2, True)
    audits = iga("keys", "new", "J. Example", "--role", "auditor", "--ceiling", "sensitive")
    assert (audits.code, "an auditor is somebody else" in audits.err) == (6, True)
    assert iga("keys", "new", "Dashboard", "--role", "king").code == 2
    assert "No key was given out" in iga("keys", "list").out


def test_whoever_does_not_see_all_gives_out_no_keys(tmp_path: Path) -> None:
    for ceiling in ("public", "internal"):
        refused = process(tmp_path, "keys", "new", "Dashboard", "--ceiling", "sensitive", ceiling=ceiling)
        assert refused.code == 6
        assert f"nothing above {ceiling} is shown" in refused.err
    assert not list(tmp_path.glob("*keys"))


def answered(port: int, name: str, secret: str = "") -> list[str]:
    head = {"Authorization": f"Bearer {secret}"} if secret else {}
    with urllib.request.urlopen(
        urllib.request.Request(f"http://127.0.0.1:{port}/v1/find?q={name}", headers=head)
    ) as reply:
        return [hit["id"] for hit in json.load(reply)["hits"]]


class ProxyConnection(HTTPConnection):
    """A connection as the sign-on proxy makes it."""

    def __init__(self, path: Path) -> None:
        super().__init__(PUBLIC_NAME)
        self._path = path

    def connect(self) -> None:
        import socket

        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self._path))


def by_sign_on(path: Path, person: str) -> tuple[int, str]:
    with closing(ProxyConnection(path)) as connection:
        connection.request("GET", "/v1/find?q=quiet", headers={"X-Forwarded-User": person})
        reply = connection.getresponse()
        return reply.status, reply.read().decode()


@pytest.mark.slow
@posix
def test_a_running_server_is_opened_by_a_key_and_by_the_sign_on(filled: Path) -> None:
    made = json.loads(process(filled, "keys", "new", "Dashboard", "--ceiling", "internal", "--json").out)
    person = ("B. Example", "--ceiling", "internal", "--sign-on", "b.example@agency.example.org")
    assert process(filled, "keys", "new", *person).code == 0
    proxy = filled / "proxy.sock"
    with serving(filled, "--ceiling", "internal", "--behind", PUBLIC_NAME, "--proxy-socket", str(proxy)):
        port = port_of(filled)
        assert answered(port, "quiet", made["key"]) == ["ngo:quiet"]
        assert answered(port, "quiet") == []
        assert "ngo:quiet" in by_sign_on(proxy, "b.example@agency.example.org")[1]
        assert by_sign_on(proxy, "c.example@agency.example.org")[0] == 200
        assert "ngo:quiet" not in by_sign_on(proxy, "c.example@agency.example.org")[1]
        assert process(filled, "keys", "revoke", made["id"], "--because", "lost").code == 0
        with pytest.raises(urllib.error.HTTPError, match="401"):
            answered(port, "quiet", made["key"])
    assert not proxy.exists()
    acts = process(filled, "audit", "tail").out
    assert f"Dashboard, HTTP, key {made['id']}: GET /v1/find" in acts
    assert "key refused: it is revoked" in acts


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root may act as another account")
def test_only_the_account_of_the_proxy_may_name_people(filled: Path) -> None:
    filled.chmod(0o755)
    proxy = filled / "proxy.sock"
    options = ("--behind", PUBLIC_NAME, "--proxy-socket", str(proxy), "--proxy-account", "nobody")
    with serving(filled, *options), pytest.raises((ConnectionError, OSError)):
        by_sign_on(proxy, "b.example@agency.example.org")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes the certificate")
def test_other_machines_are_answered_by_tls_and_to_a_key_alone(filled: Path) -> None:
    for options, says in (((), "no key was given out"), (("--behind", PUBLIC_NAME), "no key was given out")):
        refused = process(filled, "serve", "--host", "0.0.0.0", *options)
        assert (refused.code, says in refused.err) == (6, True)
    made = json.loads(process(filled, "keys", "new", "Dashboard", "--ceiling", "internal", "--json").out)
    refused = process(filled, "serve", "--host", "0.0.0.0")
    assert (refused.code, "--certificate" in refused.err) == (6, True)
    certificate, key = str(filled / "cert.pem"), str(filled / "key.pem")
    request = (
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
    )  # fmt: skip  # read across, like the rows of a table
    names = ("-subj", f"/CN={PUBLIC_NAME}", "-addext", f"subjectAltName=DNS:{PUBLIC_NAME},IP:127.0.0.1")
    subprocess.run([*request, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    trusting = ssl.create_default_context(cafile=certificate)
    with serving(filled, "--ceiling", "internal", "--certificate", certificate, key):
        asked = urllib.request.Request(
            f"https://127.0.0.1:{port_of(filled)}/v1/find?q=quiet", headers={"Authorization": f"Bearer {made['key']}"}
        )
        with urllib.request.urlopen(asked, context=trusting) as reply:
            assert "ngo:quiet" in reply.read().decode()


def test_a_proxy_needs_a_name_and_an_account(filled: Path) -> None:
    for options, says in (
        (("--proxy-socket", "proxy.sock"), "needs --behind NAME"),
        (("--behind", "a", "--proxy-socket", "proxy.sock", "--proxy-account", "no-such-account"), "is no account"),
    ):
        refused = process(filled, "serve", "--port", "0", *options)
        assert (refused.code, says in refused.err) == (2, True)
