"""Five things that officers come for, done in a browser from the first page: what is clicked, typed, and found."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from iga.api.pages.assets import DRESS
from iga.api.sign_ins import SignIns
from iga.graph.reader import Reader
from iga.graph.settings import read_settings
from iga.graph.statements import Card, EdgeStatement
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.chromium import NEEDS_CHROMIUM
from tests.clock import clock
from tests.dress import NEEDS_BUILD
from tests.pages.browsing import Watch
from tests.pages.conftest import served
from tests.pages.test_pages_in_a_browser import bars_in_every_look

pytestmark = [*NEEDS_CHROMIUM, NEEDS_BUILD]

CONTACTS = """Organization,Name,Email,Role
Example Security Organization,Ada Example,ada@example.org,focal point
Brand New Partner,Bea Example,bea@example.org,director
Another Newcomer,Cee Example,cee@example.org,director
"""


@dataclass
class Hand:
    """Somebody at a browser, whose clicks are counted; a key that sends what was typed counts as one."""

    page: Page
    clicks: int = 0

    def click(self, words: str, *, role: str = "link") -> None:
        self.page.get_by_role(role, name=words, exact=True).first.click()  # type: ignore[arg-type]  # a literal
        self.clicks += 1

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)

    def enter(self, label: str, text: str) -> None:
        self.type(label, text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.clicks += 1

    def reads(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())


@contextmanager
def office_with_desk(folder: Path) -> Iterator[tuple[str, SignIns]]:
    """Give the origin of a service over a graph of its own, and who signs in there."""
    listed.made_in(folder)
    with Workspace(read_settings(listed.settled(folder)), clock=clock).kept_open() as office, office:
        desk = listed.node("Post", "post:eso-desk", "Desk for child trafficking", role="focal point")
        channel = {"kind": "email", "value": "desk@example.org"}
        address = listed.node("ContactPoint", "contact:desk", "Desk", channel=channel)
        ties = [
            EdgeStatement("POST_IN", "post:eso-desk", "org:eso", {}),
            EdgeStatement("REACHED_AT", "post:eso-desk", "contact:desk", {}),
        ]
        listed.put(office, Card("test:desk", "Desks", as_of="2026-05-01"), desk, address, *ties)
        sign_ins = SignIns(clock=clock)
        yield served(office, DRESS, sign_ins), sign_ins


def signed_in(page: Page, origin: str, sign_ins: SignIns) -> Hand:
    """Return somebody who is signed in, and at the first page."""
    page.goto(f"{origin}/sign-in?link={sign_ins.link(Reader('Ana', 'a call'))}")
    page.get_by_role("button").last.click()
    page.wait_for_url(f"{origin}/")
    return Hand(page)


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, SignIns]]:
    with office_with_desk(tmp_path_factory.mktemp("tasks")) as office:
        yield office


@pytest.fixture
def hand(browser: Browser, tasks: tuple[str, SignIns]) -> Iterator[Hand]:
    origin, sign_ins = tasks
    page, watch = browser.new_page(viewport={"width": 1280, "height": 800}), Watch(origin)
    watch.over(page)
    yield signed_in(page, origin, sign_ins)
    page.context.close()
    assert watch.faults == []


def test_whom_to_call_takes_one_line_and_one_key(hand: Hand) -> None:
    hand.enter("Name, id or question", "who do I contact at ESO about child trafficking")
    assert "Desk for child trafficking" in hand.reads()
    assert hand.page.get_by_role("link", name="desk@example.org").get_attribute("href") == "mailto:desk@example.org"
    assert hand.clicks == 1


def test_an_address_is_copied_by_a_button_and_what_remains_is_told(hand: Hand) -> None:
    hand.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand.page.goto(urljoin(hand.page.url, "/questions/contact?party=ESO"))
    hand.page.get_by_role("button", name="Copy desk@example.org").first.click()
    status = hand.page.locator("#told")
    status.get_by_text("Copied: desk@example.org").wait_for()
    assert hand.page.evaluate("navigator.clipboard.readText()") == "desk@example.org"
    hand.page.get_by_label("Role", exact=True).last.focus()
    hand.page.get_by_label("Role", exact=True).last.select_option("focal point")
    hand.page.wait_for_url(re.compile("role=focal"))
    status.get_by_text(re.compile("remain, as focal point")).wait_for()
    assert hand.page.get_by_role("button", name="Copy desk@example.org").count() == 1
    assert hand.page.get_by_label("Role", exact=True).last.evaluate("it => it === document.activeElement")


def test_what_a_drafter_writes_is_shown_in_the_frame_beside_it(hand: Hand) -> None:
    hand.page.goto(urljoin(hand.page.url, "/papers/meeting?party=gov:gha"))
    hand.type("Objective", "A date for the shelters")
    hand.click("Show it", role="button")
    paper = hand.page.frame_locator("iframe")
    paper.get_by_text("A date for the shelters (drafter)").wait_for()
    assert hand.page.get_by_label("Objective", exact=True).input_value() == "A date for the shelters"
    with hand.page.expect_download() as saved:
        hand.click("PDF", role="button")
    assert saved.value.suggested_filename.endswith(".pdf")
    assert hand.page.url.endswith("/papers/meeting?party=gov:gha")


def test_what_only_the_signed_in_see_has_no_barriers_either(hand: Hand) -> None:
    hand.page.goto(f"{hand.page.url}enter/engagement")
    hand.type("Party", "ESO")
    hand.click("Enter", role="button")
    found = bars_in_every_look(hand.page)
    for at in (
        "/",
        "/enter",
        "/enter/contact-check",
        "/load",
        "/papers/check",
        "/questions/contact?party=ESO",
        "/watched",
        "/administration",
        "/administration/keys",
        "/administration/holds",
        "/administration/backups",
        "/administration/audit?verify=true",
        "/papers/meeting?party=gov:gha",
    ):
        hand.page.goto(urljoin(hand.page.url, at))
        found += bars_in_every_look(hand.page)
    assert "\n".join(found) == ""


def test_two_governments_are_compared_in_two_clicks(hand: Hand) -> None:
    hand.click("Compare placements in the TIP Report, year by year")
    hand.type("Governments", "Ghana")
    hand.type("another government", "Kenya")
    hand.click("Compare", role="button")
    assert "Year by year" in hand.reads()
    assert hand.clicks == 2


def test_a_meeting_paper_is_written_and_there_as_word(hand: Hand) -> None:
    hand.click("Papers")
    hand.click(
        "Before a meeting: who they are, promises both ways, what changed, the route, and blanks for the drafter."
    )
    hand.type("Party", "Ghana")
    hand.click("Write it", role="button")
    assert "Outline" in hand.reads()
    with hand.page.expect_download() as saved:
        hand.click("Word")
    assert saved.value.suggested_filename.endswith(".docx")
    assert hand.clicks == 4


def test_a_contact_list_with_two_unknown_names_is_loaded(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    hand.click("Enter")
    hand.click("Load a file")
    hand.page.get_by_label("The file", exact=True).set_input_files(tmp_path / "contacts.csv")
    hand.click("Look at it", role="button")
    assert "2 names that nothing on record has" in hand.reads()
    assert bars_in_every_look(hand.page) == []
    hand.click("Load it", role="button")
    assert "Loaded as load" in hand.reads()
    assert hand.clicks == 4
    hand.enter("Name, id or question", "who do I contact at Brand New Partner")
    assert "bea@example.org" in hand.reads()


def test_what_changed_since_a_day_and_why(hand: Hand) -> None:
    hand.enter("Name, id or question", "what changed since 2026-01-01")
    hand.page.get_by_role("link", name=re.compile("Desk for child trafficking")).first.click()
    hand.clicks += 1
    hand.page.get_by_text("focal point", exact=True).first.click()
    hand.clicks += 1
    assert "Desks, desk.csv:2, load 3" in hand.reads()
    assert hand.clicks == 3
