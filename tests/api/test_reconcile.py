import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from iga.api.app import create_app
from iga.graph.errors import Denied
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.api.listed import HOSTILE
from tests.app_client import AppClient
from tests.clock import clock
from tests.reading import some

OPENREFINE = "http://127.0.0.1:3333"


def asked(service: AppClient, **queries: dict[str, Any]) -> dict[str, Any]:
    """Return the candidates of queries, by key, asked as OpenRefine asks."""
    reply = service.post("/v1/reconcile", data={"queries": json.dumps(queries)})
    assert reply.status_code == 200, reply.text
    return {key: found["result"] for key, found in reply.json().items()}


def one(service: AppClient, query: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(service, q0={"query": query, **more})["q0"]
    return found


def matched(found: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in found if each["match"]]


def beside(**properties: Any) -> list[dict[str, Any]]:
    return [{"pid": pid, "v": value} for pid, value in properties.items()]


def test_without_parameters_the_service_says_what_it_is(service: AppClient) -> None:
    body = service.get("/v1/reconcile").json()
    assert body["versions"] == ["0.2"]
    assert (body["identifierSpace"], body["schemaSpace"]) == ("urn:iga:entity:", "urn:iga:class:")
    assert {"id": "Ngo", "name": "Non-governmental organization"} in body["defaultTypes"]
    assert body["preview"]["url"] == "http://localhost/v1/reconcile/preview?id={{id}}"


def test_every_address_of_the_manifest_answers(service: AppClient) -> None:
    body = service.get("/v1/reconcile").json()
    for template in (body["view"]["url"], body["preview"]["url"]):
        assert service.get(template.replace("{{id}}", "gov:gha")).status_code == 200
    samples = {"entity": ("gha", "gov:gha"), "property": ("iso", "iso3"), "type": ("ngo", "Ngo")}
    for what, (prefix, it) in samples.items():
        place = body["suggest"][what]
        found = service.get(place["service_url"] + place["service_path"], params={"prefix": prefix}).json()["result"]
        assert found[0]["id"] == it if what != "property" else it in [each["id"] for each in found]
        flyout = place["service_url"] + place["flyout_service_path"].replace("${id}", it)
        assert service.get(flyout).json()["id"] == it
    proposed = body["extend"]["propose_properties"]
    address = proposed["service_url"] + proposed["service_path"]
    assert service.get(address, params={"type": "Government", "limit": 2}).json()["limit"] == 2


def test_a_name_that_only_one_thing_bears_is_matched(service: AppClient) -> None:
    assert matched(one(service, "Ghana")) == ["gov:gha"]
    assert matched(one(service, "GHA")) == ["gov:gha"]
    assert matched(one(service, "Gold Coast")) == ["gov:gha"]
    assert matched(one(service, "gov:gha")) == ["gov:gha"]
    assert matched(one(service, "ЭСО")) == ["org:eso"]


def test_a_candidate_says_what_it_is_and_what_its_score_rests_on(service: AppClient) -> None:
    [first, *_] = one(service, "ESO", properties=beside(topics="protection"))
    assert first["name"] == "Example Security Organization"
    assert first["description"] == "International organization, Vienna; found by ESO"
    assert [each["id"] for each in first["type"]] == ["InternationalOrganization", "Party"]
    features = {each["id"]: each["value"] for each in first["features"]}
    assert (features["exact_name"], features["type_match"], features["property_topics"]) == (True, True, True)
    assert 0 <= first["score"] <= 100


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Congo", "gov:cod"),  # two governments bear it
        ("Ama Example", "person:p1"),  # people never by a name alone
        ("Hope House", "ngo:hope"),  # the remark in brackets may tell another
        ("Example Relief GmbH", "ngo:relief"),  # another legal form
        ("KE", "gov:ken"),  # two letters, and no kind given
        ("Ministry of Labour", "body:ken-labour"),  # every government has one
        ("ЕSO", "org:eso"),  # its first letter is Cyrillic
        ("Exampel Relief", "ngo:relief"),
        ("Ghan", "gov:gha"),
    ],
)
def test_what_is_not_beyond_doubt_is_left_to_choose(service: AppClient, text: str, first: str) -> None:
    found = one(service, text)
    assert found[0]["id"] == first
    assert matched(found) == []


def test_a_part_of_a_text_is_no_name(service: AppClient) -> None:
    assert matched(one(service, "Note: Ghana")) == []


def test_a_thing_that_only_tells_by_a_name_is_no_rival(service: AppClient) -> None:
    found = one(service, "ESO")
    assert "review:eso-1" in [each["id"] for each in found]
    assert matched(found) == ["org:eso"]


def test_what_stands_beside_a_name_tells_namesakes_apart(service: AppClient) -> None:
    assert matched(one(service, "Ministry of Justice")) == []
    for country, it in (("Ghana", "body:gha-justice"), ("KEN", "body:ken-justice")):
        found = one(service, "Ministry of Justice", properties=beside(country=country))
        assert matched(found) == [it]
        assert found[0]["id"] == it
    reconciled = {"id": "gov:ken", "name": "Kenya"}
    assert matched(one(service, "Ministry of Justice", properties=beside(country=reconciled))) == ["body:ken-justice"]
    assert matched(one(service, "Congo", properties=beside(iso3="COD"))) == ["gov:cod"]
    assert matched(one(service, "KE", type="Government")) == ["gov:ken"]


def test_what_contradicts_a_name_prevents_the_match(service: AppClient) -> None:
    found = one(service, "Ministry of Labour", properties=beside(country="Ghana"))
    assert (found[0]["id"], found[0]["match"]) == ("body:ken-labour", False)
    found = one(service, "Example Relief Ltd", properties=beside(identifiers="UEI:OTHER"))
    assert (found[0]["id"], found[0]["match"]) == ("ngo:relief", False)


def test_an_identifier_settles_even_a_person_or_another_name(service: AppClient) -> None:
    assert matched(one(service, "Ama Example", properties=beside(identifiers="ORCID:0000-0001"))) == ["person:p1"]
    assert matched(one(service, "ER Kenya", properties=beside(identifiers=["x", "UEI:ABC123DEF456"]))) == ["ngo:relief"]
    assert matched(one(service, "Ghana", properties=beside(identifiers="UEI:ABC123DEF456"))) == []


def test_properties_alone_find_a_thing_by_its_code(service: AppClient) -> None:
    found = asked(service, q0={"properties": beside(iso3="KEN")}, q1={"properties": beside(country="Kenya")})
    assert matched(found["q0"]) == ["gov:ken"]
    assert found["q1"] == []


def test_types_narrow_what_a_name_may_mean(service: AppClient) -> None:
    assert {each["type"][0]["id"] for each in one(service, "ESO", type="Review")} == {"Review"}
    assert one(service, "ESO", type=["Party"])[0]["id"] == "org:eso"
    others = one(service, "Ghana", type="Ngo", type_strict="should")
    assert (others[0]["id"], others[0]["match"]) == ("gov:gha", False)
    assert one(service, "Ghana", type="Ngo", type_strict="any") == []
    assert one(service, "Ghana", type=["Government", "Ngo"], type_strict="all") == []
    assert matched(one(service, "Ghana", type="a type of another service", type_strict="should")) == []


def test_a_limit_keeps_the_best(service: AppClient) -> None:
    assert len(one(service, "Congo", limit=1)) == 1
    assert len(one(service, "Congo")) == 2


def test_names_like_nothing_and_cells_without_letters_have_no_candidates(service: AppClient) -> None:
    found = asked(service, q0={"query": "Zzyzx Holdings"}, q1={"query": " - "}, q2={"query": ""}, q3={"query": "🙂🙂"})
    assert found == {"q0": [], "q1": [], "q2": [], "q3": []}
    assert service.post("/v1/reconcile", data={"queries": "{}"}).json() == {}


def test_a_batch_may_come_in_the_address_and_a_single_name_too(service: AppClient) -> None:
    batch = service.get("/v1/reconcile", params={"queries": json.dumps({"q0": {"query": "Ghana"}})}).json()
    single = service.get("/v1/reconcile", params={"query": "Ghana"}).json()
    written = service.get("/v1/reconcile", params={"query": json.dumps({"query": "Ghana"})}).json()
    assert batch["q0"] == single == written
    beside_it = {"query": "Congo", "type": "Government", "limit": "1", "properties": json.dumps(beside(iso3="COD"))}
    assert matched(service.get("/v1/reconcile", params=beside_it).json()["result"]) == ["gov:cod"]


@pytest.mark.parametrize(
    ("form", "status", "told"),
    [
        ({"queries": "[]"}, 422, "queries: Input should be an object"),
        ({"queries": "{"}, 422, "queries: this is no JSON"),
        ({"queries": "[" * 50_000}, 422, "queries"),
        ({"queries": '{"q0": {"query": "Ghana", "limit": 0}}'}, 422, "q0.limit"),
        ({"queries": '{"q0": {"query": "Ghana", "type_strict": "maybe"}}'}, 422, "q0.type_strict"),
        ({"queries": json.dumps({"q7": {"query": "x" * 10_000}})}, 422, "q7: the name has 10,000 characters"),
        ({"queries": json.dumps({str(at): {"query": "x"} for at in range(51)})}, 413, "51 names at once; at most 50"),
        ({"queries": json.dumps({"q0": {"query": "x", "properties": beside(a=1) * 21}})}, 422, "21 properties"),
        ({"query": "Ghana", "limit": "many"}, 422, "limit"),
        ({"extend": '{"ids": ["gov:gha"]}'}, 422, "extend: properties"),
        ({"extend": '{"ids": [], "properties": [{"id": "isso3"}]}'}, 404, "did you mean iso3"),
        ({"extend": json.dumps({"ids": ["x"] * 501, "properties": []})}, 413, "501 ids"),
        ({"queries": "{}", "query": "Ghana"}, 422, "queries and query at once"),
        ({"nothing": "x"}, 422, "asks for nothing"),
        ({"queries": " " * 2_000_001}, 413, "larger than 2,000,000 bytes"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_problem(
    service: AppClient, form: dict[str, str], status: int, told: str
) -> None:
    reply = service.post("/v1/reconcile", data=form)
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert told in reply.json()["detail"]


def test_a_body_that_is_no_form_is_refused(service: AppClient) -> None:
    assert "send a form" in service.post("/v1/reconcile", json={"queries": {}}).json()["detail"]
    head = {"content-type": "application/x-www-form-urlencoded"}
    assert service.post("/v1/reconcile", content=b"queries=%ff", headers=head).status_code == 422


def test_texts_that_look_like_queries_of_an_engine_are_names(service: AppClient) -> None:
    texts = ["MATCH (n) DETACH DELETE n", "name:* OR [", "'; DROP TABLE entity; --", "\u202eanahG", "\x00\x07"]
    found = asked(service, **{f"q{at}": {"query": text} for at, text in enumerate(texts)})
    assert all(matched(each) == [] for each in some(found.values()))


def test_values_are_fetched_as_texts_numbers_days_and_things(service: AppClient) -> None:
    wanted = ["founded_on", "member_count", "topics", "seat", "MEMBER_OF.in", "country"]
    query = {"ids": ["org:eso", "org:old", "gov:gha", "x:y"], "properties": [{"id": each} for each in wanted]}
    body = service.post("/v1/reconcile", data={"extend": json.dumps(query)}).json()
    assert [each["id"] for each in body["meta"]] == wanted
    assert body["meta"][5]["type"] == {"id": "Government", "name": "Government"}
    eso = body["rows"]["org:eso"]
    assert eso["founded_on"] == [{"date": "1975-08-01T00:00:00Z"}]
    assert eso["member_count"] == [{"int": 57}]
    assert eso["topics"] == [{"str": "Child trafficking"}, {"str": "Protection"}]
    assert eso["MEMBER_OF.in"] == [{"id": "gov:gha", "name": "Ghana"}, {"id": "gov:ken", "name": "Kenya"}]
    assert body["rows"]["org:old"]["founded_on"] == [{"str": "1919"}]  # a partial date is never padded
    assert body["rows"]["org:old"]["MEMBER_OF.in"] == []  # it was left long ago
    assert body["rows"]["gov:gha"]["country"] == [{"id": "gov:gha", "name": "Ghana"}]
    assert body["rows"]["x:y"] == {each: [] for each in wanted}


def test_a_limit_of_values_holds_for_its_property(service: AppClient) -> None:
    wanted: list[Any] = [{"id": "topics", "settings": {"limit": "1"}}, {"id": "MEMBER_OF.in", "settings": {"limit": 0}}]
    query = json.dumps({"ids": ["org:eso"], "properties": wanted})
    row = service.get("/v1/reconcile", params={"extend": query}).json()["rows"]["org:eso"]
    assert (len(row["topics"]), len(row["MEMBER_OF.in"])) == (1, 2)
    wanted[0]["settings"]["limit"] = "few"
    reply = service.post("/v1/reconcile", data={"extend": json.dumps({"ids": [], "properties": wanted})})
    assert "the limit 'few' is no number" in reply.json()["detail"]


def test_suggestions_complete_what_was_typed(service: AppClient) -> None:
    def ids(what: str, **given: str) -> list[str]:
        # OpenRefine's widget adds parameters of its own
        found = service.get(f"/v1/reconcile/suggest/{what}", params={**given, "filter": "(all)", "lang": "en"}).json()
        return [each["id"] for each in found["result"]]

    assert ids("entity", prefix="example sec") == ["org:eso"]
    assert ids("entity", prefix="gov:ken") == ["gov:ken"]
    assert ids("entity", prefix="min", type="Government") == []
    assert ids("entity", prefix="") == []
    assert ids("type", prefix="govern") == ["Government", "Ngo"]
    assert ids("property", prefix="coun", type="Ngo") == ["country"]
    assert ids("property", prefix="iso3") == ["iso3"]
    assert len(ids("property", prefix="")) == 10
    assert not set(ids("property", prefix="")) & set(ids("property", prefix="", cursor="10"))


def test_pages_show_a_thing_and_run_nothing(service: AppClient) -> None:
    for address in ("/v1/reconcile/preview", "/v1/reconcile/view"):
        reply = service.get(address, params={"id": "ngo:hostile"})
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        assert "<script" not in reply.text
        assert '<html lang="en">' in reply.text
        assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in reply.text
        assert 'href="https://example.org/?a=1&amp;b=2"' in reply.text
    html = service.get("/v1/reconcile/flyout/entity", params={"id": "ngo:hostile"}).json()["html"]
    assert "<script" not in html
    found = one(service, HOSTILE)
    assert found[0]["name"] == HOSTILE
    assert service.get("/v1/reconcile/preview", params={"id": "gov:nowhere"}).status_code == 404


def test_the_long_page_leads_on_and_names_its_sources(service: AppClient) -> None:
    text = service.get("/v1/reconcile/view", params={"id": "gov:gha"}).text
    assert '<a href="?id=org%3Aeso" dir="auto">Example Security Organization</a>' in text
    assert "Things to match, listed.csv:2" in text


def test_pages_of_this_machine_may_read_across_origins(service: AppClient) -> None:
    for origin in (OPENREFINE, "http://localhost:3333", "http://[::1]:3333", "https://reconcile.example.org"):
        reply = service.get("/v1/reconcile", headers={"Origin": origin})
        assert reply.headers["access-control-allow-origin"] == origin
    refused = service.post("/v1/reconcile", data={"queries": "["}, headers={"Origin": OPENREFINE})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (422, OPENREFINE)
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert service.options("/v1/reconcile", headers={"Origin": OPENREFINE, **wanted}).status_code == 200


def test_pages_of_other_machines_may_not(service: AppClient) -> None:
    for origin in ("https://elsewhere.example.org", "null", "http://127.0.0.1.example.org", "http://localhost.evil:1"):
        reply = service.get("/v1/reconcile", headers={"Origin": origin})
        assert "access-control-allow-origin" not in reply.headers
    assert "access-control-allow-origin" not in service.get("/v1/sources", headers={"Origin": OPENREFINE}).headers


def test_a_function_is_called_for_pages_that_may_read(service: AppClient) -> None:
    given = {"callback": "jQuery1.done_2", "_": "1700000000"}
    reply = service.get("/v1/reconcile", params=given, headers={"Referer": f"{OPENREFINE}/project?project=1"})
    assert reply.headers["content-type"].startswith("text/javascript")
    assert reply.text.startswith('/**/jQuery1.done_2({"versions":["0.2"]')
    assert reply.text.endswith(");")
    here = {"prefix": "gha", **given}
    assert service.get("/v1/reconcile/suggest/entity", params=here).text.startswith("/**/jQuery1.done_2(")


@pytest.mark.parametrize(
    "page",
    [
        {"Referer": "https://elsewhere.example.org/page"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Referer": "https://elsewhere.example.org/", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_function_is_called_for_pages_of_elsewhere(service: AppClient, page: dict[str, str]) -> None:
    reply = service.get("/v1/reconcile", params={"callback": "f", "query": "Ghana"}, headers=page)
    assert (reply.status_code, reply.json()["code"]) == (403, "IGA-1701")


@pytest.mark.parametrize("name", ["alert(1)", "a b", "", "1x", "f;g", "x" * 201, "f\n"])
def test_what_is_no_name_of_a_function_is_not_called(service: AppClient, name: str) -> None:
    reply = service.get("/v1/reconcile", params={"callback": name})
    assert "javascript" not in reply.headers["content-type"]


def test_what_lies_above_the_ceiling_never_appears(service: AppClient, public_service: AppClient) -> None:
    extension = json.dumps({"ids": ["ngo:quiet"], "properties": [{"id": "country"}]})
    assert matched(one(service, "Quiet Partner")) == ["ngo:quiet"]
    assert service.get("/v1/reconcile", params={"extend": extension}).json()["rows"]["ngo:quiet"]["country"]
    assert one(public_service, "Quiet Partner") == []
    assert one(public_service, "ngo:quiet") == []
    assert public_service.get("/v1/reconcile/suggest/entity", params={"prefix": "quiet"}).json()["result"] == []
    assert public_service.get("/v1/reconcile/preview", params={"id": "ngo:quiet"}).status_code == 404
    hidden = public_service.get("/v1/reconcile", params={"extend": extension}).json()["rows"]["ngo:quiet"]
    assert hidden == {"country": []}


def test_any_page_may_read_where_the_operator_says_so(listed_in: Path) -> None:
    settings = read_settings(listed.settled(listed_in, ceiling="public"))
    with Workspace(settings, clock=clock).kept_open() as workspace, workspace:
        _any_page_reads(AppClient(create_app(workspace, origins=("*",))))


def test_any_page_may_not_unless_only_public_things_are_shown(matching: FastAPI) -> None:
    for origin in ("*", "http://reconcile.example.org"):
        with pytest.raises(Denied, match="only with the ceiling public"):
            create_app(matching.state.workspace, origins=(origin,))


def _any_page_reads(public_service: AppClient) -> None:
    reply = public_service.get("/v1/reconcile", headers={"Origin": "https://elsewhere.example.org"})
    assert reply.headers["access-control-allow-origin"] == "*"
    page = {"Referer": "https://elsewhere.example.org/"}
    assert public_service.get("/v1/reconcile", params={"callback": "f"}, headers=page).text.startswith("/**/f(")
