"""/v1/ask: a question in plain words over HTTP."""

from jsonschema import Draft202012Validator

from tests.app_client import AppClient
from tests.described import described


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
