"""Over HTTP an id that was merged into another goes on working, and a judgement taken back parts the two again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from cli.reference_desk import noon
from graph.desk import Desk
from graph.ledger.judgements import judge, withdraw_judgement
from graph.settings import read_settings
from graph.statements import Card, Content, NodeStatement, Verdict

PAIR = ("named:ngo:beta-hause", "ngo:beta")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(read_settings({}, store=str(tmp_path / "graph")), clock=noon).kept_open() as desk, desk:
        with desk.changing("a test") as ledger, ledger.open_load(Card("test:partners", "Partners")) as load:
            names = {"ngo:beta": "Beta House", "named:ngo:beta-hause": "Beta Hause"}
            load.put(
                [(id_, "a.csv:2", Content((NodeStatement("Ngo", id_, {"name": name}),))) for id_, name in names.items()]
            )
            load.commit({"read": 2})
        desk.catch_up()
        yield desk


def test_a_merged_id_resolves_and_stands_alone_again_when_the_judgement_is_taken_back(desk: Desk) -> None:
    client = TestClient(create_app(desk), base_url="http://localhost", raise_server_exceptions=False)
    with desk.changing("a test") as ledger:
        judge(ledger, [Verdict(*PAIR, "same", "Ana", "one house")])
        desk.project()
    assert client.get(f"/entities/{PAIR[0]}").json()["id"] == "ngo:beta"
    assert client.get("/search", params={"q": PAIR[0]}).json()["hits"][0]["id"] == "ngo:beta"
    assert client.get("/questions/profile", params={"party": PAIR[0]}).json()["subjects"][0]["id"] == "ngo:beta"
    with desk.changing("a test") as ledger:
        withdraw_judgement(ledger, *PAIR, by="Ana", because="two houses")
        desk.project()
    assert client.get(f"/entities/{PAIR[0]}").json()["id"] == PAIR[0]
