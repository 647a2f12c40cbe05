"""A picture of what lies around a party, on a day and between two, and along the years; the same stands in a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from lxml.html import HtmlElement

from iga.api.app import create_app
from iga.api.auth import Entrance
from iga.graph.statements import Card, EdgeStatement, Statement, Values
from tests.api import listed
from tests.api.signed_in import found, page, words
from tests.app_client import AppClient


def span(start: str, end: str = "") -> dict[str, str]:
    return {"start": start, "end_kind": "dated" if end else "open", "end": end}


def since(start: str, end: str = "") -> Values:
    return {"category": "member", "period": span(start, end)}


def money() -> Iterator[Statement]:
    """Yield an award of a body to a partner: obligated, in part paid out, in part passed on."""
    yield listed.node("PublicBody", "body:giver", "Office of Grants", government="gov:gha")
    yield listed.node("Award", "award:one", "Shelters", award_number="A-1")
    yield EdgeStatement("FUNDED", "body:giver", "award:one", {})
    yield EdgeStatement("AWARDED_TO", "award:one", "ngo:hope", {})
    for name, amount, measure, ends in (
        ("a", "900000", "obligation", {"receiver": "ngo:hope"}),
        ("b", "250000", "outlay", {"receiver": "ngo:hope"}),
        ("c", "120000", "subaward", {"giver": "ngo:hope", "receiver": "ngo:relief"}),
    ):
        stated = {"amount": amount, "currency": "USD", "measure": measure, "value_date": "2025-02-01"}
        yield listed.node("Transaction", f"transaction:{name}", name, money=stated, **ends)
        yield EdgeStatement("UNDER", f"transaction:{name}", "award:one", {})


def meetings() -> Iterator[Statement]:
    """Yield two meetings: one on two days, one in a month."""
    for name, kind, start, end in (
        ("council", "session", "2026-03-05", "2026-03-06"),
        ("forum", "conference", "2026-04", "2026-04"),
    ):
        period = {"start": start, "end_kind": "dated" if end else "unknown", "end": end}
        title = f"{name.capitalize()} of a test"
        yield listed.node("Engagement", f"engagement:{name}", title, engagement_kind=kind, status="held", period=period)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    folder: Path = listed.made_in(tmp_path_factory.mktemp("pictures"))
    with listed.opened(folder) as workspace:
        bodies = [listed.node("InternationalOrganization", f"org:n{at}", f"Body {at:02}") for at in range(12)]
        joined = [EdgeStatement("MEMBER_OF", "gov:ken", body.id, since("2000")) for body in bodies]
        later = EdgeStatement("MEMBER_OF", "gov:ken", "org:old", since("2020"))
        over = EdgeStatement("MEMBER_OF", "gov:cog", "org:old", since("2001", "2018-05-01"))
        pact = listed.node(
            "ChildProtectionCompact", "compact:test", "Pact of a test", period=span("2015-06", "2020-06")
        )
        bond = EdgeStatement("PARTY_TO", "gov:cog", "compact:test", {"signed_on": "2015-06-23", "status": "party"})
        listed.put(workspace, Card("test:more", "More members"), *bodies, *joined, later, over, pact, bond)
        listed.put(workspace, Card("test:money", "Money of a test"), *money(), *meetings())
        app = create_app(workspace, entrance=Entrance(anybody=workspace.reader))
        with AppClient(app, headers={"Accept": "text/html"}) as entered:
            yield entered


def rows(shown: HtmlElement) -> list[str]:
    return [" | ".join(words(cell) for cell in row) for row in found(shown, "//table/tbody/tr")]


def drawn(shown: HtmlElement) -> set[str]:
    return {label.partition(",")[0] for label in found(shown, "//svg//a/@aria-label")}


def test_what_is_drawn_stands_in_the_table_with_its_source(client: AppClient) -> None:
    shown = page(client, "/graph?party=ESO")
    assert drawn(shown) == {"Example Security Organization", "Ghana", "Kenya", "Review by the ESO"} - {
        "Review by the ESO"
    }
    assert [row for row in rows(shown) if row.startswith("Ghana | is a member of | Example Security Organization | ")]
    assert found(shown, "//table//sup/a")
    assert "listed.csv" in words(shown)


def test_many_alike_are_one_square_that_a_click_unfolds(client: AppClient) -> None:
    shown = page(client, "/graph?party=gov:ken")
    [fold] = [link for link in found(shown, "//svg//a") if link.get("aria-label").startswith("14 memberships")]
    assert "Body 03" not in drawn(shown)
    assert len([row for row in rows(shown) if "Body " in row]) == 12
    assert {"Body 00", "Body 11"} <= drawn(page(client, fold.get("href")))


def test_a_click_on_a_dot_draws_what_lies_around_it_too(client: AppClient) -> None:
    shown = page(client, "/graph?party=ESO")
    [ghana] = [link.get("href") for link in found(shown, "//svg//a") if link.get("aria-label").startswith("Ghana")]
    assert "Older Organization" in drawn(page(client, f"{ghana}&as_of=2000"))
    assert "Older Organization" not in drawn(page(client, ghana))


def test_between_two_days_what_began_and_what_ended_are_told_apart_in_words_and_strokes(client: AppClient) -> None:
    shown = page(client, "/graph?party=org:old&as_of=2026&since=2016")
    said = {row.partition(" | ")[0]: row for row in rows(shown)}
    assert "began" in said["Kenya"]
    assert "ended" in said["Republic of the Congo"]
    assert len(found(shown, "//*[contains(@class, 'iga-tie--began')][@stroke-width]")) == 1
    assert len(found(shown, "//*[contains(@class, 'iga-tie--ended')][@stroke-dasharray]")) == 1
    assert "Ghana" not in said
    turned = page(client, "/graph?party=org:old&as_of=2016&since=2026")
    assert rows(turned) == rows(shown)


def test_the_file_is_an_svg_by_itself_the_same_each_time(client: AppClient) -> None:
    reply = client.get("/graph.svg?party=ESO")
    assert reply.headers["content-type"].startswith("image/svg+xml")
    assert etree.fromstring(reply.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert client.get("/graph.svg?party=ESO").content == reply.content


def test_what_is_called_like_code_is_text(client: AppClient) -> None:
    shown = client.get("/graph?party=ngo:hostile")
    assert "<script>alert" not in shown.text
    assert "<script>alert" not in client.get("/graph.svg?party=ngo:hostile").text


@pytest.mark.parametrize("at", ["/graph?party=nobody+at+all", "/graph?party=ESO&depth=9", "/graph?party=ESO&cls=Body2"])
def test_what_cannot_be_drawn_is_refused(client: AppClient, at: str) -> None:
    assert client.get(at).status_code in (404, 422)


def test_a_bond_ends_with_the_agreement_where_nothing_else_is_said_of_its_end(client: AppClient) -> None:
    [row] = [row for row in rows(page(client, "/entities/gov:cog/timeline")) if "Pact" in row]
    assert row.rpartition(" | ")[0] == "Pact of a test | agreements | 2015-06-23 | 2020-06"


def test_along_the_years_stands_what_has_a_day_and_how_much_has_none(client: AppClient) -> None:
    shown = page(client, "/entities/org:old/timeline")
    assert [row.rpartition(" | ")[0] for row in rows(shown)] == [
        "Ghana | members | 1990 | 2001-01-01",
        "Republic of the Congo | members | 2001 | 2018-05-01",
        "Kenya | members | 2020 | not over, or not known",
    ]
    assert len(found(shown, "//svg/rect")) == len(rows(shown))
    assert "We have no relationship with a day on file" in words(page(client, "/entities/ngo:hope/timeline"))


def boxes(shown: HtmlElement) -> list[str]:
    return [link.get("aria-label").partition(",")[0] for link in found(shown, "//svg//a[@aria-label]")]


def test_a_path_is_drawn_step_by_step_with_the_numbers_of_its_sources(client: AppClient) -> None:
    shown = page(client, "/questions/path?party=gov:gha&other=gov:ken")
    picture = words(found(shown, "//svg[contains(@class, 'iga-steps')]")[0])
    assert "is a member of since 1990" in picture
    assert {"Ghana", "Example Security Organization", "Kenya"} <= set(boxes(shown))
    first = found(shown, "//svg//a[starts-with(@href, '#note-')]")[0].get("href")
    assert found(shown, f"//li[@id='{first[1:]}']")
    assert any("is a member of Example Security Organization" in row for row in rows(shown))


def test_money_is_drawn_hop_by_hop_and_its_measures_are_not_added(client: AppClient) -> None:
    shown = page(client, "/questions/funding-trace?party=body:giver")
    picture = words(found(shown, "//svg[contains(@class, 'iga-steps')]")[0])
    assert {"Office of Grants", "Shelters", "Hope House (Nairobi)", "Example Relief Ltd"} <= set(boxes(shown))
    assert "USD 900,000" in picture
    assert "USD 250,000" in picture
    assert "1,150,000" not in shown.text_content()
    assert found(shown, "//a[starts-with(@href, '/flows?')]")


def test_what_hangs_on_a_thing_alone_is_drawn_from_it_outward(client: AppClient) -> None:
    shown = page(client, "/questions/what-if?party=body:giver")
    assert boxes(shown)[:2] == ["Sources 1", "Office of Grants"] or {"Office of Grants", "Shelters"} <= set(
        boxes(shown)
    )
    assert found(shown, "//a[@href='/questions/what-if/picture.png?party=body%3Agiver']")


def test_flows_keep_measures_apart_and_stand_in_tables(client: AppClient) -> None:
    shown = page(client, "/flows?party=Hope House (Nairobi)")
    headings = {words(it) for it in found(shown, "//h2")}
    assert {"Obligation, USD", "Outlay, USD", "Subaward, USD"} <= headings
    bands = [words(it) for it in found(shown, "//*[contains(@class, 'iga-band')]/*[name()='title']")]
    assert "Shelters to Hope House (Nairobi): USD 900,000" in bands
    assert "Hope House (Nairobi) to Example Relief Ltd: USD 120,000" in bands
    assert any("Shelters | is awarded to | Hope House (Nairobi) | USD 900,000" in row for row in rows(shown))
    assert "1,150,000" not in shown.text_content()


def test_flows_of_nobody_are_a_form(client: AppClient) -> None:
    assert found(page(client, "/flows"), "//form[@action='/flows']//input[@name='party']")


def test_members_are_dots_on_a_map_and_rows_below_it(client: AppClient) -> None:
    shown = page(client, "/questions/members?party=ESO")
    [to] = [link.get("href") for link in found(shown, "//a") if words(link) == "As a map"]
    shown = page(client, to)
    assert {link.get("href") for link in found(shown, "//svg//a")} == {"/entities/gov:gha", "/entities/gov:ken"}
    assert len(rows(shown)) == 2
    assert "public domain" in words(shown)


def test_a_calendar_is_months_with_links_and_a_list_beneath(client: AppClient) -> None:
    shown = page(client, "/questions/calendar?since=2026-03&until=2026-04&view=months")
    [day] = found(shown, "//table[contains(@class, 'iga-month')]//td[.//a[@href='/entities/engagement:council']]")
    assert words(day).startswith("5 Council of a test")
    assert [words(it) for it in found(shown, "//h3")][:2] == ["March 2026", "April 2026"]
    assert "In April 2026, the day is not known: Forum of a test" in words(shown)
    assert [row for row in rows(shown) if row.startswith("2026-03-05 | Council of a test")]


def test_a_year_is_chosen_by_a_field_or_a_link(client: AppClient) -> None:
    shown = page(client, "/graph?party=org:old&as_of=2000-06")
    form = "//form[.//input[@type='number']]//input"
    [field] = found(shown, f"{form}[@name='as_of']")
    assert field.get("value") == "2000"
    hidden = {it.get("name"): it.get("value") for it in found(shown, f"{form}[@type='hidden']")}
    assert hidden == {"party": "org:old", "depth": "1"}
    [later] = [link.get("href") for link in found(shown, "//a") if words(link) == "A year later (2001)"]
    assert "as of 2001-12-31" in words(found(page(client, later), "//h1")[0])


@pytest.mark.parametrize(
    "at",
    [
        "/graph.png?party=ESO",
        "/flows.png?party=ngo:hope&measure=obligation&currency=USD",
        "/questions/path/picture.png?party=gov:gha&other=gov:ken",
        "/questions/members/picture.png?party=ESO&view=map",
        "/entities/org:old/timeline.png",
    ],
)
def test_each_picture_is_a_png_and_an_svg_too(client: AppClient, at: str) -> None:
    picture = client.get(at)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert picture.content.startswith(b"\x89PNG")
    drawing = etree.fromstring(client.get(at.replace(".png", ".svg")).content)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert not drawing.findall(".//{*}a")


@pytest.mark.parametrize(
    "at",
    [
        "/flows?party=nobody+at+all",
        "/flows.svg?party=ngo:hope&measure=pledge&currency=USD",
        "/questions/members/picture.svg?party=ESO",
        "/questions/none/picture.svg",
    ],
)
def test_what_there_is_no_picture_of_is_refused(client: AppClient, at: str) -> None:
    assert client.get(at).status_code == 404
