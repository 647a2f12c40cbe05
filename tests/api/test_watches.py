"""Saved questions over HTTP: listed, what is new in them, and one's own saved, taken as seen and forgotten by a key."""

from pathlib import Path

import msgspec
import pytest

from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.cli.watch import watch
from iga.graph.keys import Key, KeyRing
from iga.graph.ledger.watches import add_watch, remove_watch, watches
from iga.graph.workspace import Workspace
from iga.queries.core.session import Session
from iga.queries.watches import COMMANDS, watched
from tests.app_client import AppClient
from tests.clock import NOW, TODAY

EXO = {"question": "members", "parameters": {"party": "EXO"}}


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys")


@pytest.fixture
def keyed(workspace: Workspace, ring: KeyRing) -> AppClient:
    """Give the service at an entrance for keys and, as anybody, without one."""
    app = create_app(workspace, entrance=Entrance(anybody=ANYBODY, keys=ring))
    return AppClient(app, raise_server_exceptions=False)


def by_key(ring: KeyRing, holder: str, role: str = "editor", *scopes: str) -> dict[str, str]:
    made = Key("", holder, role, "internal", NOW, "J. Example", expires=TODAY, scopes=scopes)
    return {"Authorization": f"Bearer {ring.add(made)[1]}"}


def test_ones_own_is_saved_looked_at_and_forgotten(keyed: AppClient, ring: KeyRing, workspace: Workspace) -> None:
    ana = by_key(ring, "Ana")
    saved = keyed.put("/v1/watches/exo", json=EXO, headers=ana)
    assert (saved.status_code, saved.json()["by"], saved.json()["seen_count"]) == (201, "Ana", 1)
    again = keyed.put("/v1/watches/exo", json=EXO, headers=ana)
    assert (again.status_code, again.json()) == (200, saved.json())
    assert keyed.put("/v1/watches/exo", json={"question": "due"}, headers=ana).status_code == 422
    with workspace.reading() as reading:
        [kept] = watches(reading.ledger, by="Ana")
    assert kept.parameters == {"party": "org:example"}
    looked = keyed.post("/v1/watches/exo", headers=ana).json()
    assert (looked["new"], looked["unchanged_count"]) == ([], 1)
    for method in ("POST", "DELETE"):  # of somebody else, it is not there
        assert keyed.request(method, "/v1/watches/exo", headers=by_key(ring, "Ben")).status_code == 404
    assert keyed.delete("/v1/watches/exo", headers=ana).json() == saved.json()
    assert keyed.delete("/v1/watches/exo", headers=ana).status_code == 404
    acts = [(act.who, act.act, act.outcome) for act in workspace.audit_log.entries()][-3:]
    assert acts[1:] == [("Ana", "DELETE /v1/watches/{name}", "done"), ("Ana", "DELETE /v1/watches/{name}", "refused")]


def test_a_look_takes_what_is_new_as_seen(keyed: AppClient, ring: KeyRing, workspace: Workspace) -> None:
    ana = by_key(ring, "Ana")
    assert keyed.put("/v1/watches/exo", json=EXO, headers=ana).status_code == 201
    with workspace.changing("a test") as ledger:
        [saved] = watches(ledger, by="Ana")
        remove_watch(ledger, "exo", by="Ana")
        add_watch(ledger, msgspec.structs.replace(saved, seen=()))
    for read in (keyed.get, keyed.post):
        assert len(read("/v1/watches/exo", headers=ana).json()["new"]) == 1
    assert keyed.get("/v1/watches/exo", headers=ana).json()["new"] == []
    keyed.delete("/v1/watches/exo", headers=ana)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nothing_changes_without_a_key_whose_role_may_write(
    keyed: AppClient, ring: KeyRing, workspace: Workspace, method: str
) -> None:
    body = EXO if method == "PUT" else None
    refused = [
        ({}, 401),  # as anybody
        ({"X-Forwarded-User": "ana", "Cookie": "session=ana"}, 401),
        (by_key(ring, "Rea", "reader"), 403),
        (by_key(ring, "Dashboard", "editor", "questions"), 403),
        ({**by_key(ring, "Eva"), "Sec-Fetch-Site": "cross-site"}, 403),
    ]
    for headers, status in refused:
        reply = keyed.request(method, "/v1/watches/exo", json=body, headers=headers)
        assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    with workspace.reading() as reading:
        assert watches(reading.ledger) == []


def test_a_sign_on_changes_nothing_since_a_browser_sends_it_by_itself(workspace: Workspace, ring: KeyRing) -> None:
    ring.add(Key("", "Ana", "steward", "internal", NOW, "J. Example", sign_on="ana"))
    entrance = Entrance(anybody=None, keys=ring, identity="X-Forwarded-User")
    signed_on = AppClient(create_app(workspace, entrance=entrance), headers={"X-Forwarded-User": "ana"})
    assert signed_on.get("/v1/watches").status_code == 200
    assert signed_on.put("/v1/watches/exo", json=EXO).status_code == 401
    assert signed_on.put("/v1/watches/exo.json", json=EXO).status_code == 401


@pytest.mark.parametrize("name", [*COMMANDS, " "])
def test_a_watch_is_not_called_as_a_command_is(keyed: AppClient, ring: KeyRing, name: str) -> None:
    reply = keyed.put(f"/v1/watches/{name}", json=EXO, headers=by_key(ring, "Ana"))
    assert (reply.status_code, "cannot be called" in reply.json()["detail"]) == (422, True)
    assert set(COMMANDS) == set(watch.commands)


def test_a_watch_is_listed_and_seen_by_its_officer_alone(client: AppClient, workspace: Workspace) -> None:
    with workspace.reading() as reading:
        session = Session.of(reading.store, reading.ledger, today=workspace.today())
        saved = watched(session, "exo", "members", {"party": "EXO"}, by="J. Example", at=workspace.now())
    with workspace.changing("a test") as ledger:
        add_watch(ledger, saved)
    try:
        [card] = client.get("/v1/watches", params={"by": "J. Example"}).json()["watches"]
        assert (card["name"], card["question"], card["seen_count"]) == ("exo", "members", 1)
        assert client.get("/v1/watches", params={"by": "Somebody Else"}).json() == {"watches": []}
        news = client.get("/v1/watches/exo", params={"by": "J. Example"}).json()
        assert (news["new"], news["gone"], news["changed"], news["unchanged_count"]) == ([], [], [], 1)
        assert news["sentence"].startswith("exo: nothing is new since ")
        assert client.get("/v1/watches/exo", params={"by": "Somebody Else"}).status_code == 404
        assert client.get("/v1/watches", params={"whose": "J. Example"}).status_code == 422
    finally:
        with workspace.changing("a test") as ledger:
            remove_watch(ledger, "exo", by="J. Example")
