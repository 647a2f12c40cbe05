"""However much changed, every change is on a page; an id that was merged goes on working."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.api.app import create_app
from iga.api.routes.watches import MOST
from iga.graph.ledger.judgements import judge, withdraw_judgement
from iga.graph.statements import Card, Verdict
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.api.listed import opened
from tests.app_client import AppClient
from tests.queries.world import card, node

NEW_COUNT = MOST + 50


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    said = [node("Ngo", f"ngo:n{number:04}", name=f"Partner {number:04}") for number in range(NEW_COUNT)]
    with opened(tmp_path_factory.mktemp("changes"), (card("list:partners", "Partners"), said)) as workspace:
        yield AppClient(create_app(workspace), raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("size", "page_sizes"), [("", [MOST, 50]), ("&page_size=1000", [MOST, 50]), ("&page_size=600", [600, 400, 50])]
)
def test_pages_go_on_past_what_is_told_at_once(service: AppClient, size: str, page_sizes: list[int]) -> None:
    address, met, begun = f"/v1/changes?since=load:0{size}", [], set()
    while address:
        page = service.get(address)
        body = page.json()
        assert body["answer"]["total"] == {"value": NEW_COUNT, "relation": "eq"}
        for row in body["answer"]["rows"]:
            assert {str(number) for number in row["evidence"]} <= body["answer"]["evidence"].keys()
        begun.add(body["next"])
        met.append([row["subject"] for row in body["answer"]["rows"]])
        address = page.links["next"]["url"] if "next" in page.links else ""
    assert list(map(len, met)) == page_sizes
    assert sorted(it for page in met for it in page) == [f"ngo:n{number:04}" for number in range(NEW_COUNT)]
    assert begun == {"load:1"}


@pytest.mark.parametrize("cursor", ["x", "LTU6YQ", "OTk5OTk6YQ", "NQ"])  # none; -5:a; 99999:a; 5
def test_a_cursor_that_is_none_or_of_another_state_is_refused(service: AppClient, cursor: str) -> None:
    assert service.get(f"/v1/changes?since=load:0&cursor={cursor}").status_code in (409, 422)


PAIR = ("named:ngo:beta-hause", "ngo:beta")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    said = [listed.node("Ngo", "ngo:beta", "Beta House"), listed.node("Ngo", "named:ngo:beta-hause", "Beta Hause")]
    with opened(tmp_path, (Card("test:partners", "Partners"), said)) as workspace:
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
