"""A picture of what lies around a party, on a day and between two, and along the years; the same stands in a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from lxml.html import HtmlElement

from api.app import create_app
from api.callers import Entrance
from graph.settings import read_settings
from graph.statements import Card, EdgeStatement, Values
from graph.workspace import Workspace
from tests.api import listed
from tests.api.signed_in import found, page, words
from tests.clock import clock


def span(start: str, end: str = "") -> dict[str, str]:
    return {"start": start, "end_kind": "dated" if end else "open", "end": end}


def since(start: str, end: str = "") -> Values:
    return {"category": "member", "period": span(start, end)}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = listed.made_in(tmp_path_factory.mktemp("pictures"))
    with Workspace(read_settings(listed.settled(folder)), clock=clock).kept_open() as workspace, workspace:
        bodies = [listed.node("InternationalOrganization", f"org:n{at}", f"Body {at:02}") for at in range(12)]
        joined = [EdgeStatement("MEMBER_OF", "gov:ken", body.id, since("2000")) for body in bodies]
        later = EdgeStatement("MEMBER_OF", "gov:ken", "org:old", since("2020"))
        over = EdgeStatement("MEMBER_OF", "gov:cog", "org:old", since("2001", "2018-05-01"))
        pact = listed.node(
            "ChildProtectionCompact", "compact:test", "Pact of a test", period=span("2015-06", "2020-06")
        )
        bond = EdgeStatement("PARTY_TO", "gov:cog", "compact:test", {"signed_on": "2015-06-23", "status": "party"})
        listed.put(workspace, Card("test:more", "More members"), *bodies, *joined, later, over, pact, bond)
        app = create_app(workspace, entrance=Entrance(anybody=workspace.reader))
        with TestClient(app, base_url="http://localhost", headers={"Accept": "text/html"}) as entered:
            yield entered


def rows(shown: HtmlElement) -> list[str]:
    return [" | ".join(words(cell) for cell in row) for row in found(shown, "//table/tbody/tr")]


def drawn(shown: HtmlElement) -> set[str]:
    return {label.partition(",")[0] for label in found(shown, "//svg//a/@aria-label")}


def test_what_is_drawn_stands_in_the_table_with_its_source(client: TestClient) -> None:
    shown = page(client, "/graph?party=ESO")
    assert drawn(shown) == {"Example Security Organization", "Ghana", "Kenya", "Review by the ESO"} - {
        "Review by the ESO"
    }
    assert [row for row in rows(shown) if row.startswith("Ghana | is a member of | Example Security Organization | ")]
    assert found(shown, "//table//sup/a")
    assert "listed.csv" in words(shown)


def test_many_alike_are_one_square_that_a_click_unfolds(client: TestClient) -> None:
    shown = page(client, "/graph?party=gov:ken")
    [fold] = [link for link in found(shown, "//svg//a") if link.get("aria-label").startswith("14 memberships")]
    assert "Body 03" not in drawn(shown)
    assert len([row for row in rows(shown) if "Body " in row]) == 12
    assert {"Body 00", "Body 11"} <= drawn(page(client, fold.get("href")))


def test_a_click_on_a_dot_draws_what_lies_around_it_too(client: TestClient) -> None:
    shown = page(client, "/graph?party=ESO")
    [ghana] = [link.get("href") for link in found(shown, "//svg//a") if link.get("aria-label").startswith("Ghana")]
    assert "Older Organization" in drawn(page(client, f"{ghana}&as_of=2000"))
    assert "Older Organization" not in drawn(page(client, ghana))


def test_between_two_days_what_began_and_what_ended_are_told_apart_in_words_and_strokes(client: TestClient) -> None:
    shown = page(client, "/graph?party=org:old&as_of=2026&since=2016")
    said = {row.partition(" | ")[0]: row for row in rows(shown)}
    assert "began" in said["Kenya"]
    assert "ended" in said["Republic of the Congo"]
    assert len(found(shown, "//*[contains(@class, 'iga-tie--began')][@stroke-width]")) == 1
    assert len(found(shown, "//*[contains(@class, 'iga-tie--ended')][@stroke-dasharray]")) == 1
    assert "Ghana" not in said
    turned = page(client, "/graph?party=org:old&as_of=2016&since=2026")
    assert rows(turned) == rows(shown)


def test_the_file_is_an_svg_by_itself_the_same_each_time(client: TestClient) -> None:
    reply = client.get("/graph.svg?party=ESO")
    assert reply.headers["content-type"].startswith("image/svg+xml")
    assert etree.fromstring(reply.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert client.get("/graph.svg?party=ESO").content == reply.content


def test_what_is_called_like_code_is_text(client: TestClient) -> None:
    shown = client.get("/graph?party=ngo:hostile")
    assert "<script>alert" not in shown.text
    assert "<script>alert" not in client.get("/graph.svg?party=ngo:hostile").text


@pytest.mark.parametrize("at", ["/graph?party=nobody+at+all", "/graph?party=ESO&depth=9", "/graph?party=ESO&cls=Body2"])
def test_what_cannot_be_drawn_is_refused(client: TestClient, at: str) -> None:
    assert client.get(at).status_code in (404, 422)


def test_a_bond_ends_with_the_agreement_where_nothing_else_is_said_of_its_end(client: TestClient) -> None:
    [row] = [row for row in rows(page(client, "/entities/gov:cog/timeline")) if "Pact" in row]
    assert row.rpartition(" | ")[0] == "Pact of a test | agreements | 2015-06-23 | 2020-06"


def test_along_the_years_stands_what_has_a_day_and_how_much_has_none(client: TestClient) -> None:
    shown = page(client, "/entities/org:old/timeline")
    assert [row.rpartition(" | ")[0] for row in rows(shown)] == [
        "Ghana | members | 1990 | 2001-01-01",
        "Republic of the Congo | members | 2001 | 2018-05-01",
        "Kenya | members | 2020 | not over, or not known",
    ]
    assert len(found(shown, "//svg/rect")) == len(rows(shown))
    assert "No relationship has a day" in words(page(client, "/entities/ngo:hope/timeline"))
