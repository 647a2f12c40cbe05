"""A question, a search, a thing and a mistake over HTTP, and how the service says that it lives."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from iga.queries.registry import QUESTIONS
from tests.app_client import AppClient
from tests.clock import TODAY
from tests.described import described


def test_the_process_says_that_it_lives(client: AppClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_readiness_says_how_far_the_graph_is(client: AppClient) -> None:
    reply = client.get("/readyz")
    assert reply.status_code == 200
    body = reply.json()
    assert (body["ready"], body["projecting"], body["through"], body["ledger_through"]) == (True, False, 1, 1)
    assert len(body["data_version"]) == 64


def test_an_answer_has_rows_evidence_and_caveats(client: AppClient) -> None:
    body = client.get("/v1/questions/members", params={"party": "EXO"}).json()
    assert body["question"] == "members"
    assert body["as_of"] == TODAY
    [row] = body["rows"]
    assert (row["id"], row["iso3"], row["held"]) == ("gov:gha", "GHA", "yes")
    [number] = row["evidence"]
    note = body["evidence"][str(number)]
    assert (note["locator"], note["url"], note["load"]) == ("members.csv:2", "https://example.org/members", 1)
    assert any(caveat["text"] == "Only one member is held." for caveat in body["caveats"])
    assert body["total"] == {"value": 1, "relation": "eq"}


def test_every_question_has_an_address(client: AppClient) -> None:
    listed = [card["name"] for card in client.get("/v1/questions").json()["questions"]]
    assert listed == list(QUESTIONS)
    for name in listed:
        assert client.get(f"/v1/questions/{name}", params={"nonsense": "x"}).status_code == 422


def test_what_takes_one_value_is_asked_with_one_by_every_question(client: AppClient) -> None:
    looked_at = 0
    for name, card in QUESTIONS.items():
        fields = card.params.model_fields
        if "party" not in fields or any(field.is_required() for other, field in fields.items() if other != "party"):
            continue
        takes_many = "list" in str(fields["party"].annotation) or "tuple" in str(fields["party"].annotation)
        reply = client.get(f"/v1/questions/{name}?party=Ghana&party=EXO")
        is_refused = "party takes one value, and 2 were given" in reply.text
        assert is_refused is not takes_many, name
        looked_at += is_refused
    assert looked_at > 20
    once, thrice = (client.get("/v1/questions/members", params={"party": ["EXO"] * times}) for times in (1, 3))
    assert (once.status_code, once.json()["rows"]) == (200, thrice.json()["rows"])


def test_entities_are_found_by_id(client: AppClient) -> None:
    body = client.get("/v1/entities/gov:gha").json()
    assert (body["class"], body["name"], body["values"]["iso3"]) == ("Government", "Ghana", "GHA")
    assert body["neighbours"][0]["shown"][0]["other"]["id"] == "org:example"


def test_search_finds_by_name_and_counts_by_class(client: AppClient) -> None:
    body = client.get("/v1/find", params={"q": "ghana"}).json()
    assert body["hits"][0]["id"] == "gov:gha"
    assert body["facets"] == {"Government": 1}


def test_search_is_narrowed_by_the_same_filters_as_on_the_command_line(client: AppClient) -> None:
    asked = {"q": "example", "kind": ["org", "forum"], "limit": "5"}
    body = client.get("/v1/find", params=asked).json()
    assert [hit["id"] for hit in body["hits"]] == ["org:example"]
    assert body["narrowed_to"] == {"kind": ["InternationalOrganization", "Forum"]}
    assert body["facets_by"]["body"] == [{"value": "org:example", "name": "Example Organization", "count": 1}]
    assert client.get("/v1/find", params={"q": "ghana", "country": "GHA"}).json()["hits"][0]["id"] == "gov:gha"
    assert (
        client.get("/v1/find", params={"q": "example", "country": "GHA", "body": "", "topic": "THB"}).json()["hits"]
        == []
    )


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"q": "x", "kind": "ngoo"}, 404, "there is no kind 'ngoo'; did you mean ngo"),
        ({"q": "x", "country": "EXO"}, 422, "country: 'EXO' is Example Organization"),
        ({"q": "x", "topic": "weather"}, 404, "topic: nothing is called 'weather'"),
        ({"q": "😀"}, 422, "holds no letter or digit"),
        ({"q": "x" * 10_000}, 422, "q: "),
        ({"q": ""}, 422, "q: "),
    ],
)
def test_a_search_that_cannot_be_made_is_refused_in_a_sentence(
    client: AppClient, asked: dict[str, str], status: int, said: str
) -> None:
    reply = client.get("/v1/find", params=asked)
    assert (reply.status_code, said in reply.json()["detail"]) == (status, True), reply.json()
    assert len(reply.text) < 2_000


def test_an_entity_is_also_found_by_its_name(client: AppClient) -> None:
    assert client.get("/v1/entities/Example Organization").json()["id"] == "org:example"


def test_sources_say_their_gaps(client: AppClient) -> None:
    [card] = client.get("/v1/sources").json()
    assert card["source"] == "test:members"
    assert card["gaps"] == ["Only one member is held."]


@pytest.mark.parametrize(
    ("address", "status", "detail", "suggestions"),
    [
        ("/v1/questions/contac", 404, "there is no question 'contac'", ["contact"]),
        ("/v1/questions/members?party=EXO&categoy=x", 422, "there is no parameter 'categoy' here", ["category"]),
        ("/v1/questions/members", 422, "the parameter 'party' is needed", []),
        ("/v1/questions/members?party=Gahna", 404, "nothing here is called 'Gahna'", []),
        ("/v1/questions/members?party=EXO&as_of=2026-13", 422, "as_of", []),
        ("/v1/entities/gov:nowhere", 404, "nothing here is called 'gov:nowhere'", []),
        ("/v1/sources?x=1", 422, "there is no parameter 'x' here; it takes known_on", []),
        ("/v1/find?q=x&limit=5000", 422, "limit: '5000' cannot be used", []),
        ("/nothing", 404, "Not Found", []),
    ],
)
def test_errors_are_problem_documents(
    client: AppClient, address: str, status: int, detail: str, suggestions: list[str]
) -> None:
    reply = client.get(address)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    body = reply.json()
    assert detail in body["detail"]
    assert body["status"] == status
    assert body["type"] == f"urn:iga:{body['code']}"
    assert body["suggestions"][: len(suggestions)] == suggestions


def test_the_openapi_document_types_the_rows_of_each_question(client: AppClient) -> None:
    document: dict[str, Any] = client.get("/openapi.json").json()
    for name in QUESTIONS:
        schema = document["paths"][f"/v1/questions/{name}"]["get"]["responses"]["200"]["content"]["application/json"][
            "schema"
        ]
        model = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        rows = model["properties"]["rows"]["items"]["$ref"].rpartition("/")[2]
        assert "held" in document["components"]["schemas"][rows]["properties"]
    assert "/command" not in document["paths"]


def test_what_nobody_foresaw_is_told_without_its_details(client: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("iga.api.routes.questions.find", broken)
    reply = client.get("/v1/find", params={"q": "not asked before"})
    assert reply.status_code == 500
    assert "a secret" not in reply.text
    assert reply.json()["code"] == "IGA-1000"


def test_a_parameter_that_is_a_number_is_understood(client: AppClient) -> None:
    for address in (
        "/v1/questions/funding?party=Ghana&fiscal_year=2032",
        "/v1/questions/tier-history?party=Ghana&year=2024",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, answer.text


def test_a_currency_that_is_none_is_refused(client: AppClient) -> None:
    assert client.get("/v1/questions/funding?party=Ghana&convert_to=dollars").status_code == 422


def test_a_question_in_plain_words_is_answered_with_what_was_understood(client: AppClient) -> None:
    reply = client.get("/v1/ask", params={"q": "members of the Example Organization"})
    assert reply.status_code == 200
    document = reply.json()
    assert document["understood"]["parameters"] == {"party": "org:example"}
    assert document["understood"]["command"] == 'iga ask members --party "Example Organization"'
    plain = client.get("/v1/questions/members", params={"party": "org:example"}).json()
    assert {name: value for name, value in document.items() if name != "understood"} == plain
    schema = {"$ref": "#/components/schemas/PlainAnswer", "components": described()["components"]}
    assert document["rows"]
    Draft202012Validator(schema).validate(document)


def test_what_no_question_answers_is_a_problem_document(client: AppClient) -> None:
    reply = client.get("/v1/ask", params={"q": "good morning"})
    assert (reply.status_code, reply.json()["code"]) == (404, "IGA-1401")
    assert client.get("/v1/ask").status_code == 422
    assert client.get("/v1/ask", params={"q": "x", "limit": 3}).status_code == 422
