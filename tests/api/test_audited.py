"""What is asked over HTTP is noted; what must be noted is not given while the audit log cannot be written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.api.app import create_app
from iga.graph.workspace import Workspace
from tests.api.listed import opened
from tests.app_client import AppClient
from tests.queries.world import card, edge, node


@pytest.fixture
def workspace_of_council(tmp_path: Path) -> Iterator[Workspace]:
    """Give a workspace with a council, its one member, and an organization."""
    said = (
        node("SurvivorCouncil", "council:c", name="Council of Survivors"),
        node("Person", "person:sue", name="Sue Example"),
        edge("MEMBER_OF", "person:sue", "council:c"),
        node("InternationalOrganization", "org:o", name="Example Organization"),
    )
    with opened(tmp_path, (card("list:council", "Council"), said)) as workspace:
        yield workspace


NOTED = ("/v1/entities/person:sue", "/v1/questions/members?party=council:c", "/v1/memos/body.md?party=org:o")
ORDINARY = ("/v1/entities/org:o", "/v1/questions/members?party=org:o", "/v1/find?q=Example+Organization")


def test_what_must_be_noted_is_refused_and_all_else_is_answered(workspace_of_council: Workspace) -> None:
    service = AppClient(create_app(workspace_of_council), raise_server_exceptions=False)
    csv = {"Accept": "text/csv"}
    for path in (*NOTED, *ORDINARY):
        assert service.get(path).status_code == 200, path
    assert service.get(ORDINARY[1], headers=csv).status_code == 200
    log = workspace_of_council.audit_log
    assert service.get("/v1/questions/members?party=nobody").status_code == 404
    assert [act.outcome for act in log.entries()] == ["done"] * 7 + ["refused"]
    disclosures = [act.act for act in log.entries() if act.is_disclosure]
    assert disclosures == ["GET /v1/memos/body", "GET /v1/questions/members"]
    for file in (log.path, log.path.with_name(f"{log.path.name}.head")):
        file.unlink()
    log.path.mkdir()
    refused = [service.get(path) for path in NOTED] + [service.get(ORDINARY[1], headers=csv)]
    for reply in refused:
        assert (reply.status_code, reply.json()["code"]) == (503, "IGA-1604"), reply.url
        assert reply.headers["content-type"] == "application/problem+json"
        assert str(log.path.parent) not in reply.text
    for path in ORDINARY:
        assert service.get(path).status_code == 200, path
