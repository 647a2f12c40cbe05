"""Each request has a number, is noted without what was asked for, and is counted under no name."""

import json
import logging
import re

import pytest

from tests.app_client import AppClient


def test_a_request_keeps_its_number_or_gets_one(client: AppClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "job-4711.a_b"}).headers["x-request-id"] == "job-4711.a_b"
    given = [client.get("/healthz", headers={"X-Request-Id": it}).headers["x-request-id"] for it in ("short", "x" * 65)]
    given.append(client.get("/healthz").headers["x-request-id"])
    assert all(re.fullmatch("[0-9a-f]{16}", number) for number in given)
    assert len(set(given)) == 3


@pytest.mark.parametrize("address", ["/v1/entities/gov:nowhere", "/nothing", "/v1/find", "/v1/find?q=x&limit=5000"])
def test_a_refusal_repeats_the_number(client: AppClient, address: str) -> None:
    reply = client.get(address, headers={"X-Request-Id": "of-a-refusal"})
    assert (reply.json()["request"], reply.headers["x-request-id"]) == ("of-a-refusal", "of-a-refusal")


def test_so_does_what_nobody_foresaw_and_the_log_of_it(
    client: AppClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("iga.api.routes.questions.find", None)
    reply = client.get("/v1/find?q=never+asked", headers={"X-Request-Id": "of-a-mistake"})
    assert (reply.status_code, reply.json()["request"], reply.headers["x-request-id"]) == (500, *["of-a-mistake"] * 2)
    assert "of-a-mistake" in caplog.text


def test_a_request_is_noted_without_what_was_asked_for(client: AppClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="iga.access")
    for _ in range(2):  # the second is answered with what was kept
        client.get("/v1/entities/gov:gha", headers={"X-Request-Id": "of-an-entity"})
        client.get("/v1/find?q=Secret+Name&Another+Name=x&limit=3")
    lines = [record.message for record in caplog.records if record.name == "iga.access"]
    noted = [json.loads(line) for line in lines]
    assert [(it["route"], it["parameters"], it["method"], it["status"]) for it in noted] == [
        ("/v1/entities/{id}", [], "GET", 200),
        ("/v1/find", ["limit", "q"], "GET", 422),
    ] * 2
    assert noted[0]["request"] == "of-an-entity"
    assert noted[0]["bytes"] > 100
    assert not re.search("gov:gha|Secret|Another", "".join(lines))


def test_what_is_counted_names_nothing(client: AppClient) -> None:
    client.get("/v1/find?q=Ghana")
    client.get("/v1/entities/gov:gha")
    client.get("/secret-name")
    page = client.get("/metrics")
    assert page.headers["content-type"].startswith("text/plain")
    assert re.search(r'iga_requests_total\{kind="find",method="GET",status="200"\} \d', page.text)
    assert 'kind="other"' in page.text
    assert "process_resident_memory_bytes" in page.text
    assert not re.search("ghana|gov:|secret", page.text.lower())
