"""Everything of one thing over HTTP: what it is, whom it is tied to, who said so, and what was said before."""

import csv
import io
from collections.abc import Iterator

import pytest

from iga.api.app import create_app
from iga.graph.domain.marking import Marking
from iga.graph.reader import Reader
from iga.graph.settings import read_settings
from iga.graph.statements import PERSON_JUDGE, Card, Verdict
from iga.graph.workspace import Workspace
from tests.api.listed import put
from tests.app_client import AppClient
from tests.clock import clock
from tests.queries.world import between, card, edge, node

BODY, KIND = "/v1/entities/org:eso", "/v1/entities/org:eso/relationships/member_of"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home = tmp_path_factory.mktemp("entities")
    with Workspace(read_settings({}, store=str(home / "graph")), clock=clock).kept_open() as opened, opened:
        opened.catch_up()
        put(
            opened,
            card("list:body", "A body"),
            node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO"),
            *(node("Ngo", f"ngo:m{number}", name=f"Member {number}") for number in range(7)),
            *(edge("MEMBER_OF", f"ngo:m{number}", "org:eso", category="member") for number in range(6)),
            edge("MEMBER_OF", "ngo:m6", "org:eso", category="member", period=between("1990", "2001")),
            node("Ngo", "ngo:old", name="Old Name"),
        )
        put(opened, card("list:gone", "Gone", complete=True), node("Ngo", "ngo:gone", name="Gone"))
        put(opened, card("list:gone", "Gone", complete=True))
        put(
            opened,
            card("list:hidden", "Hidden", marking=Marking.SENSITIVE),
            node("Ngo", "ngo:hidden", name="Hidden"),
            edge("MEMBER_OF", "ngo:hidden", "org:eso", category="member"),
        )
        put(
            opened,
            card("list:gonetoo", "Gone, too", marking=Marking.SENSITIVE, complete=True),
            node("Ngo", "ngo:gonetoo", name="G"),
        )
        put(opened, card("list:gonetoo", "Gone, too", marking=Marking.SENSITIVE, complete=True))
        same = Verdict("ngo:m0", "ngo:old", "same", by="A", because="one register")
        put(opened, Card(PERSON_JUDGE, "Judgements", rank=10), same)
        yield opened


@pytest.fixture(scope="module")
def service(workspace: Workspace) -> AppClient:
    return AppClient(create_app(workspace), follow_redirects=False)


@pytest.fixture(scope="module")
def public(workspace: Workspace) -> AppClient:
    """Give the service as the public sees it."""
    app = create_app(workspace.under(Reader("A", ceiling=Marking.PUBLIC)))
    return AppClient(app, follow_redirects=False)


def test_kinds_of_relationships_are_counted(service: AppClient, public: AppClient) -> None:
    [kind] = service.get(f"{BODY}/relationships").json()["kinds"]
    assert (kind["kind"], kind["direction"], kind["count"]) == ("member_of", "in", 8)
    assert public.get(f"{BODY}/relationships").json()["kinds"][0]["count"] == 7


def test_pages_are_together_what_comes_at_once_and_what_the_file_holds(service: AppClient) -> None:
    whole = service.get(KIND).json()
    assert whole["total"] == {"value": 8, "relation": "eq"}
    pages, address = [], f"{KIND}?page_size=3"
    while address:
        page = service.get(address)
        assert page.json()["total"] == whole["total"]
        pages.append(page.json()["rows"])
        address = page.links["next"]["url"] if "next" in page.links else ""
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [row["key"] for page in pages for row in page] == [row["key"] for row in whole["rows"]]
    table = csv.DictReader(io.StringIO(service.get(f"{KIND}.csv").content.decode("utf-8-sig")))
    assert [row["key"] for row in table] == [row["key"] for row in whole["rows"]]
    last = service.get(f"{KIND}.csv?page_size=5")
    rest = service.get(last.links["next"]["url"])
    assert rest.headers["content-type"].startswith("text/csv")
    assert len(rest.text.splitlines()) == 4


def test_answers_have_pages_too_with_the_notes_of_their_rows(service: AppClient) -> None:
    whole = service.get("/v1/questions/members?party=ESO").json()
    first = service.get("/v1/questions/members?party=ESO&page_size=4")
    second = service.get(first.links["next"]["url"])
    assert [*first.json()["rows"], *second.json()["rows"]] == whole["rows"]
    assert "next" not in second.links
    cited = {str(number) for row in second.json()["rows"] for number in row["evidence"]}
    assert cited <= second.json()["evidence"].keys()


def test_a_cursor_of_another_state_and_one_that_is_none_are_refused(service: AppClient, public: AppClient) -> None:
    there = service.get(f"{KIND}?page_size=3").links["next"]["url"]
    assert (public.get(there).status_code, public.get(there).json()["code"]) == (409, "IGA-1203")
    assert service.get(f"{KIND}?cursor=x").status_code == 422
    assert service.get(f"{KIND}?page_size=0").status_code == 422


def test_relationships_of_a_day_are_those_that_may_have_held(service: AppClient) -> None:
    named = {row["other"]["id"]: row["held"] for row in service.get(f"{KIND}?as_of=2020").json()["rows"]}
    assert "ngo:m6" not in named
    assert named["ngo:m1"] == "unknown"
    assert {row["held"] for row in service.get(KIND).json()["rows"]} == {""}


def test_a_kind_that_there_is_not_is_told_with_those_that_there_are(service: AppClient) -> None:
    reply = service.get(f"{BODY}/relationships/membr_of")
    assert (reply.status_code, reply.json()["suggestions"][0]) == (404, "member_of")


@pytest.mark.parametrize("rest", ["", "/relationships", "/relationships/member_of", "/statements", "/history"])
def test_a_merged_id_leads_to_the_one_that_stands_for_it(service: AppClient, rest: str) -> None:
    merged = {"ngo:m0", "ngo:old"}
    replies = {it: service.get(f"/v1/entities/{it}{rest}") for it in merged}
    [moved] = [it for it, reply in replies.items() if reply.status_code == 308]
    [stands] = merged - {moved}
    assert replies[moved].headers["location"] == f"/v1/entities/{stands}{rest}"
    assert replies[stands].status_code == 200
    asked = service.get(f"/v1/entities/{moved}{rest}.json")
    assert (asked.status_code, asked.headers["location"]) == (308, f"/v1/entities/{stands}{rest}.json")


@pytest.mark.parametrize("rest", ["", "/relationships", "/statements", "/history"])
def test_what_was_withdrawn_is_gone_and_what_is_hidden_never_was(
    service: AppClient, public: AppClient, rest: str
) -> None:
    assert service.get(f"/v1/entities/ngo:gone{rest}").json()["code"] == "IGA-1403"
    assert public.get(f"/v1/entities/ngo:gone{rest}").status_code == 410
    assert service.get(f"/v1/entities/ngo:gonetoo{rest}").status_code == 410
    for hidden in ("ngo:gonetoo", "ngo:hidden", "ngo:never"):
        assert public.get(f"/v1/entities/{hidden}{rest}").status_code == 404


def test_statements_say_who_said_what(service: AppClient) -> None:
    fields = service.get(f"{BODY}/statements").json()["fields"]
    assert {"name", "acronym"} <= {field["field"] for field in fields}
    [only] = service.get(f"{BODY}/statements?field=acronym").json()["fields"]
    assert [said["value"] for said in only["statements"]] == ["ESO"]


def test_history_tells_each_version_and_what_became_of_it(workspace: Workspace, service: AppClient) -> None:
    put(workspace, card("list:named", "Named"), node("Ngo", "ngo:named", name="First Name"))
    put(workspace, card("list:named", "Named"), node("Ngo", "ngo:named", name="Second Name"))
    versions = service.get("/v1/entities/ngo:named/history").json()["rows"]
    assert [(it["values"]["name"], it["state"]) for it in versions] == [
        ("First Name", "superseded"),
        ("Second Name", "live"),
    ]
    assert versions[0]["until_load"] == versions[1]["load"]
    assert service.get("/v1/entities/ngo:named/history.csv").text.count("name ") == 2


def test_a_state_of_before_is_answered_from(service: AppClient) -> None:
    assert service.get("/v1/entities/ngo:hidden?known_on=load:1").status_code == 404
    found = service.get("/v1/questions/members?party=ESO&known_on=load:1").json()
    assert (found["known_on"], len(found["rows"])) == ("load:1", 6)
    assert service.get("/v1/find?q=Gone&known_on=load:1").json()["hits"] == []
    for day in ("yesterday", "2026-13", "load:"):
        assert service.get(f"/v1/find?q=Gone&known_on={day}").status_code == 422


def test_while_a_state_is_made_it_is_said_when_to_ask_again(
    service: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.api.making.PATIENCE_S", 0)
    asked = "/v1/sources.csv?known_on=load:2"
    reply = service.get(asked)
    told = (reply.status_code, reply.headers["location"], reply.headers["retry-after"])
    assert (*told, "being made" in reply.json()["detail"]) == (202, asked, "5", True)


def test_a_page_of_a_thing_is_html_where_that_is_asked_for(service: AppClient) -> None:
    reply = service.get(f"{BODY}.html")
    assert reply.headers["content-type"].startswith("text/html")
    assert "Example Security Organization" in reply.text
