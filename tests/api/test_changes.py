"""However much changed, every change is on one of the pages."""

from collections.abc import Iterator

import pytest

from iga.api.app import create_app
from iga.api.routes.watches import MOST
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from tests.app_client import AppClient
from tests.clock import clock
from tests.queries.world import card, node, rows

NEW_COUNT = MOST + 50


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    home = tmp_path_factory.mktemp("changes")
    with Workspace(read_settings({}, store=str(home / "graph")), clock=clock).kept_open() as workspace, workspace:
        with workspace.changing("a test") as ledger, ledger.open_load(card("list:partners", "Partners")) as load:
            said = [node("Ngo", f"ngo:n{number:04}", name=f"Partner {number:04}") for number in range(NEW_COUNT)]
            load.put(rows("partners.csv", *said))
            load.commit({"read": NEW_COUNT})
        workspace.catch_up()
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
