"""The service answers to this machine's own names only, so that no page can reach it under a name of its own."""

import pytest

from tests.app_client import AppClient


@pytest.mark.parametrize("host", ["127.0.0.1:8750", "localhost", "LOCALHOST:80", "[::1]:8750", "127.0.0.2"])
def test_this_machine_is_answered(client: AppClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_two_names_are_none(client: AppClient) -> None:
    twice = [("Host", "127.0.0.1:8750"), ("Host", "rebound.example.org")]
    for headers in (twice, twice[::-1]):
        assert client.get("/healthz", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "host", ["rebound.example.org", "rebound.example.org:8750", "192.0.2.1", "", "localhost.example.org"]
)
def test_another_name_is_refused_with_a_problem_document(client: AppClient, host: str) -> None:
    for path in ("/healthz", "/v1/find?q=Ghana", "/v1/reconcile"):
        refused = client.get(path, headers={"Host": host})
        assert refused.status_code == 403
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["code"] == "IGA-1701"
        assert "Ghana" not in refused.text
