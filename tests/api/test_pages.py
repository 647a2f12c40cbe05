"""The pages as a browser gets them, without running anything: what they say, where they lead, what they let in."""

from typing import Any

import pytest
from httpx2 import Response
from lxml.html import HtmlElement, fromstring

from iga.queries.registry import QUESTIONS
from tests.app_client import AppClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FIXED = (
    "/", "/today", "/tiers?party=gov:gha", "/tiers", "/questions", "/papers", "/quality", "/entities/gov:gha",
    "/entities/gov:gha/relationships/member_of", "/entities/gov:gha/timeline", "/graph?party=gov:gha", "/papers/check",
    "/sets/governments", "/sets/partners?show=kind", "/compare",
    "/sets/governments?filter=plan:!yes&show=plan&rest=true",
)  # fmt: skip  # read across, like the rows of a table


def shown(client: AppClient, at: str) -> HtmlElement:
    """Return a page that is there."""
    reply = client.get(at, headers=BROWSER)
    assert reply.status_code == 200, reply.text
    return fromstring(reply.text)


def found(page: HtmlElement, path: str) -> list[Any]:
    """Return what an XPath finds."""
    return list(page.xpath(path))


def words(page: HtmlElement) -> str:
    return " ".join(page.text_content().split())


def links(page: HtmlElement) -> dict[str, str]:
    return {" ".join(link.text_content().split()): link.get("href") for link in page.iter("a")}


def led(client: AppClient, at: str) -> str:
    reply: Response = client.get(at, headers=BROWSER, follow_redirects=False)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


@pytest.mark.parametrize("at", FIXED)
def test_a_page_holds_no_code_and_asks_no_other_host(client: AppClient, at: str) -> None:
    reply = client.get(at, headers=BROWSER)
    page = fromstring(reply.text)
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert not found(page, "//style | //@style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
    assert all(source.startswith("/") for source in found(page, "//link/@href | //script/@src | //img/@src"))


@pytest.mark.parametrize("at", FIXED)
def test_a_page_has_one_heading_above_all_and_no_id_twice(client: AppClient, at: str) -> None:
    page = shown(client, at)
    assert len(found(page, "//h1")) == 1
    ids = found(page, "//@id")
    assert len(ids) == len(set(ids))
    assert page.get("lang") == "en"


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_a_field_with_a_label_for_each_parameter(client: AppClient, name: str) -> None:
    reply = client.get(f"/questions/{name}", headers=BROWSER)
    page = fromstring(reply.text)
    fields = set(found(page, "//details//form//*[self::input or self::select]/@name"))
    assert {*QUESTIONS[name].parameters(), "known_on"} <= fields
    labelled = set(found(page, "//label/@for"))
    unnamed = found(page, "//input[not(@type='hidden') and not(@aria-label)]/@id | //select/@id")
    assert set(unnamed) <= labelled
    ids = found(page, "//@id")
    assert len(ids) == len(set(ids))


def test_the_box_leads_to_what_is_called_so(client: AppClient) -> None:
    assert led(client, "/look?q=ghana") == "/entities/gov:gha"
    assert led(client, "/look?q=EXO") == "/entities/org:example"
    assert led(client, "/look?q=gov:gha") == "/entities/gov:gha"


def test_the_box_leads_to_the_answer_of_a_question_in_plain_words(client: AppClient) -> None:
    at = led(client, "/look?q=members+of+Example+Organization")
    assert at.startswith("/questions/members?")
    page = shown(client, at)
    assert "Understood from members of Example Organization" in words(page)
    assert "Ghana" in links(page)


def test_the_box_says_what_it_cannot_find(client: AppClient) -> None:
    page = shown(client, "/look?q=zzzzqqq")
    assert "Nothing is called so" in words(page)
    assert led(client, "/look?q=+") == "/"


def test_suggestions_are_the_options_of_a_field(client: AppClient) -> None:
    reply = client.get("/suggestions?q=gha", headers=BROWSER)
    assert found(fromstring(f"<datalist>{reply.text}</datalist>"), "//option/@value") == ["Ghana"]
    of_field = client.get("/suggestions?of=body&kind=InternationalOrganization&body=exam", headers=BROWSER)
    assert "Example Organization" in of_field.text
    other = client.get("/suggestions?of=party&kind=InternationalOrganization&party=gha", headers=BROWSER)
    assert "Ghana" not in other.text
    assert client.get("/suggestions?q=", headers=BROWSER).text.strip() == ""


def test_an_answer_stands_above_its_rows_and_every_row_leads_to_its_source(client: AppClient) -> None:
    page = shown(client, "/questions/members?party=EXO")
    as_json = client.get("/v1/questions/members?party=EXO").json()
    assert as_json["headline"] in words(page)
    assert all(doubt["text"] in words(page) for doubt in as_json["caveats"])
    [row] = found(page, "//table/tbody/tr")
    [note] = found(row, ".//sup/a/@href")
    assert "members.csv:2" in words(page.get_element_by_id(note.removeprefix("#")))
    assert links(page)["Ghana"] == "/entities/gov:gha"


def test_rows_are_sorted_filtered_and_shown_by_the_columns_asked_for(client: AppClient) -> None:
    rows = "//table/tbody/tr"
    assert found(shown(client, "/questions/members?party=EXO&containing=nobody"), rows) == []
    assert len(found(shown(client, "/questions/members?party=EXO&containing=ghana&sort=-name"), rows)) == 1
    page = shown(client, "/questions/members?party=EXO&columns=name&columns=category")
    assert [" ".join(head.text_content().split()) for head in found(page, "//thead//th")] == [
        "Name",
        "Category",
        "Sources",
    ]
    refused = client.get("/questions/members?party=EXO&sort=nmae", headers=BROWSER)
    assert refused.status_code == 422
    assert "name" in words(fromstring(refused.text))


def test_files_of_an_answer_are_those_of_the_service(client: AppClient) -> None:
    files = links(shown(client, "/questions/members?party=EXO"))
    reply = client.get(files["CSV"])
    assert reply.headers["content-type"].startswith("text/csv")
    assert "Ghana" in reply.text


def test_what_cannot_be_asked_is_said_above_the_form(client: AppClient) -> None:
    for at, status, said in (
        ("/questions/members?party=", 422, "needs party"),
        ("/questions/members?party=Nowhere+Union", 404, "Nowhere Union"),
        ("/questions/members?party=EXO&prty=1", 422, "prty"),
        ("/questions/members?party=EXO&page=0", 422, "Page: "),
    ):
        reply = client.get(at, headers=BROWSER)
        assert reply.status_code == status, at
        assert said in words(fromstring(reply.text)), at


def test_a_thing_shows_each_value_with_the_row_that_states_it(client: AppClient) -> None:
    page = shown(client, "/entities/gov:gha")
    [name] = found(page, "//dt[normalize-space()='ISO 3 code']/following-sibling::dd[1]")
    assert "GHA" in words(name)
    assert "Members of an example, members.csv:2, load 1" in words(name)
    [tab] = [href for text, href in links(page).items() if href == "/entities/gov:gha/relationships/member_of"]
    assert "Example Organization" in links(shown(client, tab))


def test_each_value_of_a_relationship_opens_the_row_that_states_it(client: AppClient) -> None:
    [leads] = found(shown(client, "/entities/gov:gha/relationships/member_of"), "//td/a/@href")
    page = shown(client, leads)
    assert {"Ghana", "Example Organization"} <= set(links(page))
    [category] = found(page, "//dt[normalize-space()='Category']/following-sibling::dd[1]")
    assert "Members of an example, members.csv:2, load 1" in words(category)
    assert client.get("/relationships/rel:none", headers=BROWSER).status_code == 404


def test_an_answer_has_an_address_that_says_the_same_ever_after(client: AppClient) -> None:
    kept = links(shown(client, "/questions/members?party=EXO"))["The address of this very answer"]
    assert "known_on=load%3A1" in kept
    assert "as_of=20" in kept


def test_a_thing_that_is_not_there_is_a_page_for_people_and_a_document_for_programs(client: AppClient) -> None:
    page = client.get("/entities/gov:atlantis", headers=BROWSER)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "gov:atlantis" in words(fromstring(page.text))
    document = client.get("/entities/gov:atlantis", headers={"Accept": "application/json"})
    assert document.headers["content-type"] == "application/problem+json"
    assert client.get("/nowhere", headers=BROWSER).headers["content-type"].startswith("text/html")
    assert client.get("/v1/nowhere", headers=BROWSER).headers["content-type"] == "application/problem+json"


def test_a_link_on_another_page_is_followed_and_nothing_else_of_it_is_let_in(client: AppClient) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.get("/entities/gov:gha", headers=BROWSER | followed).status_code == 200
    assert client.get("/v1/entities/gov:gha", headers=followed).status_code == 403
    for other in ({"Sec-Fetch-Dest": "iframe"}, {"Sec-Fetch-Mode": "cors"}, {"Sec-Fetch-Dest": "image"}):
        assert client.get("/entities/gov:gha", headers=BROWSER | followed | other).status_code == 403


def test_a_paper_has_its_outline_its_files_and_itself_in_a_frame(client: AppClient) -> None:
    page = shown(client, "/papers/government?party=gov:gha&full=true")
    [frame] = found(page, "//iframe/@src")
    preview = client.get(frame, headers=BROWSER)
    assert preview.headers["x-frame-options"] == "SAMEORIGIN"
    assert "script-src" not in preview.headers["content-security-policy"]
    *annexes, sources = [item.text_content() for item in found(page, "//nav[@aria-label='Outline']//li")]
    assert sources.startswith("Sources (")
    assert annexes
    assert all(annex.removeprefix("Annex: ") in words(fromstring(preview.text)) for annex in annexes)
    assert {"Word", "PDF"} <= set(links(page))
    assert client.get("/papers/government?party=nobody+at+all", headers=BROWSER).status_code == 404


def test_a_list_is_asked_for_condition_by_condition(client: AppClient) -> None:
    where = led(client, "/sets/governments?add=member_of&value=org:example&show=plan")
    page = shown(client, where)
    assert "is a member of" in words(page)
    assert [link.text for link in found(page, "//th[@scope='row']/a")] == ["Ghana"]
    assert {"Excel", "CSV", "JSON"} <= links(page).keys()
    assert client.get(links(page)["JSON"]).json()["rows"][0]["name"] == "Ghana"
    denied = led(client, f"{where}&add=plan&is_not=yes&value=")
    both = shown(client, denied)
    assert len(found(both, "//a[.='leave out']")) == 2
    without = found(both, "//a[.='leave out']/@href")[1]
    assert words(shown(client, without)) == words(page)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("/sets/governments?filter=nonsense:yes", "no such filter"),
        ("/sets/governments?add=times_on&value=Tier+3", "write a name, a comparison and a value"),
        ("/sets/governments?filter=member_of:@no-such", "no saved list"),
        ("/compare?party=gov:gha&party=org:example", "of one sort"),
    ],
)
def test_a_list_that_cannot_be_read_says_why_and_keeps_its_form(client: AppClient, at: str, says: str) -> None:
    reply = client.get(at, headers=BROWSER)
    page = fromstring(reply.text)
    assert 400 <= reply.status_code < 500
    assert says in words(page)
    assert found(page, "//main//form")
