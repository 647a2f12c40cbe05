"""Saved questions over HTTP: listed, and what is new in them, which stays new."""

from fastapi.testclient import TestClient

from graph.ledger.watches import add_watch, remove_watch
from graph.workspace import Workspace
from queries.core.session import Session
from queries.watches import watched


def test_a_watch_is_listed_and_seen_by_its_officer_alone(client: TestClient, workspace: Workspace) -> None:
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
