"""The OpenAPI document says what programs rely on: names, refusals, examples, days, and what an operation needs."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from docs.making.contract import EXAMPLES, PROBLEMS, contract
from iga.api.app import create_app
from iga.api.auth import Entrance
from iga.exports.memos.registry import MEMOS
from iga.graph.workspace import Workspace
from iga.queries.registry import QUESTIONS
from iga.queries.sets.known_columns import CANDIDATES
from tests.app_client import AppClient

NEEDING = {
    f"/v1/{kind}/{card.name}": card.any_of
    for kind, cards in (("questions", QUESTIONS), ("memos", MEMOS))
    for card in cards.values()
    if card.any_of
}


@pytest.fixture(scope="module")
def document(client: AppClient) -> dict[str, Any]:
    served: dict[str, Any] = client.get("/openapi.json").json()
    return served


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return contract()


def test_the_document_that_is_served_is_what_the_service_is_by_its_code(
    document: dict[str, Any], made: dict[str, Any]
) -> None:
    assert document == json.loads(json.dumps(made))


def test_operations_are_called_by_what_they_answer(operations: list[dict[str, Any]]) -> None:
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert {name.replace("-", "_") for name in QUESTIONS} <= set(names)
    assert {f"memo_{name}" for name in MEMOS} <= set(names)
    assert {"ask", "find", "entity", "sources", "reconcile", "watches"} <= set(names)


def test_every_operation_names_each_refusal_and_each_is_a_problem_document(
    document: dict[str, Any], operations: list[dict[str, Any]]
) -> None:
    for operation in operations:
        assert {str(status) for status in PROBLEMS} <= operation["responses"].keys()
    for status, (name, _) in PROBLEMS.items():
        answer = document["components"]["responses"][name]
        assert list(answer["content"]) == ["application/problem+json"]
        assert ("Retry-After" in answer.get("headers", {})) == (status in (429, 503))
    assert not [name for name in document["components"]["schemas"] if "ValidationError" in name]


def test_keys_and_sign_on_are_described_and_where_it_answers(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["servers"]
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert {name for way in document["security"] for name in way} == document["components"]["securitySchemes"].keys()


def test_each_family_has_an_example_that_is_as_its_schema_says(
    document: dict[str, Any], operations: list[dict[str, Any]]
) -> None:
    met = []
    for operation in operations:
        sent = operation.get("requestBody", {}).get("content", {})
        for content in (
            sent.get("application/json"),
            operation["responses"]["200"].get("content", {}).get("application/json"),
        ):
            if content and "example" in content:
                schema = {**content["schema"], "components": document["components"]}
                Draft202012Validator(schema).validate(content["example"])
                met.append(operation)
    without_json = {"feeds"}
    assert {tag for it in met for tag in it["tags"]} == {tag for it in operations for tag in it["tags"]} - without_json
    assert {it["operationId"] for it in met} == json.loads(EXAMPLES.read_text(encoding="utf-8")).keys()
    assert [it["operationId"] for it in met].count("match") == 2


def test_every_parameter_that_is_needed_has_an_example(operations: list[dict[str, Any]]) -> None:
    needed = [it for operation in operations for it in operation.get("parameters", ()) if it["required"]]
    assert len(needed) > 20
    assert [it["name"] for it in needed if "example" not in it] == []


@pytest.mark.parametrize("address", ["/v1/questions/members?party=EXO&as_of={}", "/v1/questions/due?since={}"])
def test_days_are_those_of_iso_8601(client: AppClient, address: str) -> None:
    for day in ("2026", "2026-03", "2026-03-01"):
        assert client.get(address.format(day)).status_code == 200
    for day in ("yesterday", "1/2/2026", "2026-3", "2026-13", ""):
        assert client.get(address.format(day)).status_code == 422, day


def test_a_schema_of_a_day_says_its_form(made: dict[str, Any]) -> None:
    [as_of] = [it for it in made["paths"]["/v1/questions/contact"]["get"]["parameters"] if it["name"] == "as_of"]
    assert (as_of["schema"]["type"], as_of["schema"]["pattern"]) == (
        "string",
        "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$",
    )


def test_a_year_that_the_form_of_a_day_allows_is_taken(client: AppClient, made: dict[str, Any]) -> None:
    operations = (operation for path in made["paths"].values() for operation in path.values())
    patterns = {it["schema"].get("pattern", "") for operation in operations for it in operation.get("parameters", ())}
    of_days = [re.compile(pattern) for pattern in patterns if pattern and re.search(pattern, "2026-03-01")]
    assert len(of_days) > 2
    for year, is_one in (("0000", False), ("0999", False), ("1000", True), ("9999", True)):
        for day in (year, f"{year}-01", f"{year}-01-01"):
            assert {bool(pattern.search(day)) for pattern in of_days} == {is_one}
            for asked in ("find?q=EXO&known_on", "questions/members?party=EXO&as_of", "memos/calendar.html?since"):
                assert client.get(f"/v1/{asked}={day}").status_code == (200 if is_one else 422), (asked, day)


@pytest.mark.parametrize(("address", "needed"), NEEDING.items())
def test_what_needs_one_of_several_parameters_says_so_and_is_refused_without(
    client: AppClient, document: dict[str, Any], address: str, needed: tuple[str, ...]
) -> None:
    assert document["paths"][address]["get"]["x-any-of"] == list(needed)
    reply = client.get(address)
    assert (reply.status_code, " needs " in reply.json()["detail"]) == (422, True)


def test_a_method_that_is_not_served_is_told_which_are(client: AppClient) -> None:
    for address, methods in (("/v1/find", {"GET", "HEAD"}), ("/v1/reconcile", {"GET", "HEAD", "POST"})):
        reply = client.delete(address)
        assert (reply.status_code, set(reply.headers["allow"].split(", "))) == (405, methods)
        assert reply.headers["content-type"] == "application/problem+json"


def test_that_a_method_is_not_served_is_said_before_its_parameters(
    workspace: Workspace, document: dict[str, Any]
) -> None:
    stranger = AppClient(create_app(workspace, entrance=Entrance()))
    met = 0
    for path, served in document["paths"].items():
        address = path.replace("{id}", "gov:gha").replace("{name}", "x").replace("{type}", "member_of")
        for method in {"put", "patch", "trace"} - served.keys():
            if stranger.request(method.upper(), address).status_code == 405:
                refused = stranger.request(method.upper(), f"{address}?known_on=x&as_of=x&since=0000")
                assert refused.status_code == 405, (method, address)
                met += 1
    assert met > 200


@pytest.mark.parametrize("of", CANDIDATES)
def test_rows_of_lists_are_as_the_document_says_whatever_columns_are_asked_for(
    client: AppClient, made: dict[str, Any], of: str
) -> None:
    content = made["paths"][f"/v1/{of}"]["get"]["responses"]["200"]["content"]
    validator = Draft202012Validator({**content["application/json"]["schema"], "components": made["components"]})
    met = set()
    for name in CANDIDATES[of].columns:
        for way in ("select", "group_by"):
            reply = client.get(f"/v1/{of}", params={way: name})  # some need a value beside their name
            if reply.status_code == 200:
                validator.validate(reply.json())
                met.add((way, name))
    assert len(met) > 8


@pytest.mark.parametrize("of", CANDIDATES)
def test_a_list_takes_every_example_of_its_parameters(client: AppClient, made: dict[str, Any], of: str) -> None:
    """What the example names need not be in a small graph."""
    parameters = made["paths"][f"/v1/{of}"]["get"]["parameters"]
    examples = {it["name"]: it["example"] for it in parameters if "example" in it}
    assert examples.keys() >= {"filter", "select", "group_by", "beside", "sort"}
    for name, text in examples.items():
        reply = client.get(f"/v1/{of}", params={name: text})
        assert reply.status_code in (200, 404) or "no edition was out" in reply.json()["detail"], name


@pytest.mark.parametrize("name", ["known_on", "as_of", "nams", "x"])
def test_a_name_that_a_body_has_no_field_for_is_told_those_of_the_body(client: AppClient, name: str) -> None:
    reply = client.post("/v1/match", json={"names": [{"name": "Ghana"}], name: "2026"})
    assert (reply.status_code, reply.json()["detail"]) == (
        422,
        f"there is no field '{name}' in the body; it takes names, kinds, topic",
    )


def test_a_question_in_words_is_answered_with_the_rows_of_any_question(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    own = schemas["AnswerRow"]
    assert own["additionalProperties"] is True
    for name in QUESTIONS:
        content = document["paths"][f"/v1/questions/{name}"]["get"]["responses"]["200"]["content"]
        answer = schemas[content["application/json"]["schema"]["$ref"].rpartition("/")[2]]
        row = schemas[answer["properties"]["rows"]["items"]["$ref"].rpartition("/")[2]]
        assert own["properties"].keys() <= row["properties"].keys()
        assert set(own.get("required", ())) <= set(row.get("required", ()))


@given(
    body=st.binary(max_size=40) | st.text(max_size=40).map(str.encode), kind=st.sampled_from(["application/json", ""])
)
def test_whatever_is_sent_as_a_body_is_refused_as_the_document_says(client: AppClient, body: bytes, kind: str) -> None:
    reply = client.post("/v1/match", content=body, headers={"Content-Type": kind})
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")


def test_what_may_have_to_be_made_is_said_to_be_asked_for_again(operations: list[dict[str, Any]]) -> None:
    of_then = [it for it in operations if "known_on" in {parameter["name"] for parameter in it.get("parameters", ())}]
    assert len(of_then) > 80
    assert {it["operationId"] for it in operations if "202" in it["responses"]} == {it["operationId"] for it in of_then}
    assert all({"Location", "Retry-After"} == it["responses"]["202"]["headers"].keys() for it in of_then)
