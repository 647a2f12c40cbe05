"""No page learns from the service what it may not read, and no answer is kept or shown within another page."""

from typing import Any

import pytest

from iga.graph.errors import StoreUnavailable
from tests.api.test_reconcile import OPENREFINE
from tests.app_client import AppClient

ELSEWHERE = "https://elsewhere.example.org"
CROSSING = {"Sec-Fetch-Site": "cross-site"}
BESIDE = {"Sec-Fetch-Site": "same-site"}
ADDRESSES = [
    "/healthz", "/readyz", "/v1/find?q=Ghana", "/v1/entities/gov:gha", "/v1/entities/gov:nowhere", "/nothing",
    "/v1/find",
]  # fmt: skip  # read across, like the rows of a table
STRICT = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def strict(headers: Any) -> dict[str, str]:
    return {name: headers.get(name) for name in STRICT}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_kept_nowhere_and_part_of_no_other_page(client: AppClient, address: str) -> None:
    assert strict(client.get(address).headers) == STRICT
    assert strict(client.get(address, headers={"Host": "rebound.example.org"}).headers) == STRICT


def test_so_is_what_nobody_foresaw(client: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iga.api.routes.questions.find", None)
    reply = client.get("/v1/find", params={"q": "not asked before either"})
    assert (reply.status_code, strict(reply.headers)) == (500, STRICT)


@pytest.mark.parametrize("address", [*ADDRESSES, "/v1/reconcile", "/v1/reconcile/preview?id=gov:gha"])
@pytest.mark.parametrize("crossing", [CROSSING, BESIDE])
def test_a_page_of_elsewhere_cannot_tell_a_held_name_from_another(
    client: AppClient, crossing: dict[str, str], address: str
) -> None:
    for page in ({}, {"Referer": f"{ELSEWHERE}/page"}, {"Origin": ELSEWHERE}, {"Origin": "null"}):
        reply = client.get(address, headers={**crossing, **page})
        assert (reply.status_code, reply.json()["code"], strict(reply.headers)) == (403, "IGA-1701", STRICT)


def test_pages_that_are_let_in_may_frame_the_previews(service: AppClient) -> None:
    for page in (OPENREFINE, "http://localhost:3333", "https://reconcile.example.org"):
        reply = service.get("/v1/reconcile/preview?id=gov:gha", headers={**CROSSING, "Referer": f"{page}/project"})
        assert reply.status_code == 200
        assert "x-frame-options" not in reply.headers
        assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
        assert service.get("/v1/find?q=Ghana", headers={**CROSSING, "Referer": f"{page}/"}).status_code == 403


def test_what_is_wrong_with_the_service_is_told_to_its_log(
    client: AppClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = ("/home/ada/graph", "process 4711", "db.example.org", "iga_user")
    text = "the graph at /home/ada/graph is held by process 4711 on db.example.org as iga_user"

    def broken(*_: object, **__: object) -> None:
        raise StoreUnavailable(text)

    monkeypatch.setattr("iga.api.routes.questions.find", broken)
    monkeypatch.setattr("iga.graph.workspace.Workspace.state", broken)
    for address in ("/v1/find?q=not+asked+before", "/readyz"):
        reply = client.get(address)
        assert (reply.status_code, reply.json()["code"]) == (503, "IGA-1502")
        assert not [secret for secret in secrets if secret in reply.text]
    assert text in caplog.text
