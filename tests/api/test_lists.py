"""Changes, feeds, exports and lists of names over HTTP."""

import csv
import io
import json
import zipfile

import pytest
from icalendar import Calendar
from lxml import etree

from tests.app_client import AppClient

ATOM = "{http://www.w3.org/2005/Atom}"


def test_changes_are_told_from_a_load_on_until_nothing_is_new(service: AppClient) -> None:
    first = service.get("/v1/changes?since=load:0").json()
    assert first["answer"]["total"]["value"] > 5
    then = service.get(f"/v1/changes?since={first['next']}").json()
    assert (then["answer"]["rows"], then["next"]) == ([], first["next"])
    assert service.get("/v1/changes?since=yesterday").status_code == 422


def test_changes_come_in_pages(service: AppClient) -> None:
    whole = service.get("/v1/changes?since=load:0").json()["answer"]["rows"]
    met, address = [], "/v1/changes?since=load:0&page_size=4"
    while address:
        page = service.get(address)
        met += page.json()["answer"]["rows"]
        address = page.links["next"]["url"] if "next" in page.links else ""
    assert [row["says"] for row in met] == [row["says"] for row in whole]


def test_what_changed_is_a_feed(service: AppClient, public_service: AppClient) -> None:
    reply = service.get("/v1/feeds/changes.atom")
    assert reply.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(reply.content)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 5
    assert feed.findtext(f"{ATOM}updated")
    [own] = feed.findall(f"{ATOM}link")
    assert own.get("href") == "http://localhost/v1/feeds/changes.atom"
    assert b"<feed xmlns=" in reply.content
    assert "Quiet Partner" in reply.text
    assert "Quiet Partner" not in public_service.get("/v1/feeds/changes").text
    assert service.get("/v1/changes.atom").status_code == 406


def test_the_calendar_is_subscribed_to(service: AppClient) -> None:
    reply = service.get("/v1/feeds/calendar.ics")
    assert reply.headers["content-type"].startswith("text/calendar")
    assert Calendar.from_ical(reply.content)["PRODID"]
    assert service.get("/v1/questions/members.ics?party=ESO").status_code == 406


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "xlsx", "vcf"])
def test_parties_are_exported_in_each_form(service: AppClient, form: str) -> None:
    reply = service.get(f"/v1/exports/party.{form}?party=ESO&party=Ghana")
    assert (reply.status_code, reply.headers["x-iga-marking"]) == (200, "public")
    assert reply.headers["content-disposition"].endswith(f'.{form}"')


def test_the_same_party_comes_in_each_form(service: AppClient) -> None:
    rows = service.get("/v1/exports/party?party=ESO").json()["rows"]
    table = csv.DictReader(io.StringIO(service.get("/v1/exports/party.csv?party=ESO").content.decode("utf-8-sig")))
    assert [row["name"] for row in table] == [row["name"] for row in rows] != []


def test_a_part_of_the_graph_is_exported_and_nothing_hidden_with_it(
    service: AppClient, public_service: AppClient
) -> None:
    graph = service.get("/v1/exports/graph?party=ESO").json()
    assert {node["id"] for node in graph["nodes"]} == {"org:eso", "gov:gha", "gov:ken"}
    with zipfile.ZipFile(io.BytesIO(service.get("/v1/exports/graph.zip").content)) as packed:
        assert any("ngo:quiet" in packed.read(name).decode() for name in packed.namelist())
    assert "ngo:quiet" not in public_service.get("/v1/exports/graph.graphml").text
    assert service.get("/v1/exports/graph?cls=Nonsense").status_code == 422


def test_names_of_a_list_are_matched_at_once(service: AppClient, public_service: AppClient) -> None:
    asked = {"names": [{"name": "Ghana"}, {"name": "Ministry of Justice", "country": "Kenya"}, {"name": "Congo"}]}
    found = service.post("/v1/match", json=asked).json()["matches"]
    assert [(it["name"], it["decision"]) for it in found] == [
        ("Ghana", "sure"), ("Ministry of Justice", "sure"), ("Congo", "choose"),
    ]  # fmt: skip  # a table
    assert [it["candidates"][0]["id"] for it in found[:2]] == ["gov:gha", "body:ken-justice"]
    assert {one["id"] for one in found[2]["candidates"]} == {"gov:cog", "gov:cod"}
    quiet = {"names": [{"name": "Quiet Partner"}]}
    assert service.post("/v1/match", json=quiet).json()["matches"][0]["decision"] == "sure"
    assert public_service.post("/v1/match", json=quiet).json()["matches"][0]["decision"] == "none"


@pytest.mark.parametrize(
    "body", [{}, {"names": []}, {"names": [{"name": "x"}] * 501}, {"names": [{"nam": "x"}]}, {"names": "x"}, [1]]
)
def test_a_list_that_is_none_is_refused(service: AppClient, body: object) -> None:
    reply = service.post("/v1/match", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")


def test_an_ending_does_not_get_past_a_key(service: AppClient, public_service: AppClient) -> None:
    assert public_service.get("/v1/audit.json").status_code == public_service.get("/v1/audit").status_code == 403
    assert service.get("/v1/find.csv?q=Ghana").status_code in (200, 406)
