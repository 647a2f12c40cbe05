"""Over HTTP an id that was merged into another goes on working, and a judgement taken back parts the two again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.api.app import create_app
from iga.graph.ledger.judgements import judge, withdraw_judgement
from iga.graph.settings import read_settings
from iga.graph.statements import Card, Content, NodeStatement, Verdict
from iga.graph.workspace import Workspace
from tests.app_client import AppClient
from tests.clock import clock

PAIR = ("named:ngo:beta-hause", "ngo:beta")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(read_settings({}, store=str(tmp_path / "graph")), clock=clock).kept_open() as workspace, workspace:
        with workspace.changing("a test") as ledger, ledger.open_load(Card("test:partners", "Partners")) as load:
            names = {"ngo:beta": "Beta House", "named:ngo:beta-hause": "Beta Hause"}
            load.put(
                [(id_, "a.csv:2", Content((NodeStatement("Ngo", id_, {"name": name}),))) for id_, name in names.items()]
            )
            load.commit({"read": 2})
        workspace.catch_up()
        yield workspace


def test_a_merged_id_resolves_and_stands_alone_again_when_the_judgement_is_taken_back(workspace: Workspace) -> None:
    client = AppClient(create_app(workspace), raise_server_exceptions=False)
    with workspace.changing("a test") as ledger:
        judge(ledger, [Verdict(*PAIR, "same", "Ana", "one house")])
        workspace.project()
    assert client.get(f"/v1/entities/{PAIR[0]}").json()["id"] == "ngo:beta"
    assert client.get("/v1/find", params={"q": PAIR[0]}).json()["hits"][0]["id"] == "ngo:beta"
    assert client.get("/v1/questions/profile", params={"party": PAIR[0]}).json()["subjects"][0]["id"] == "ngo:beta"
    with workspace.changing("a test") as ledger:
        withdraw_judgement(ledger, *PAIR, by="Ana", because="two houses")
        workspace.project()
    assert client.get(f"/v1/entities/{PAIR[0]}").json()["id"] == PAIR[0]
