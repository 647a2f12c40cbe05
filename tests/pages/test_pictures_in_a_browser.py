"""What pictures do in a browser: a slider leads through the years, and the keyboard through what is drawn."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.chromium import NEEDS_CHROMIUM
from tests.dress import NEEDS_BUILD
from tests.pages.browsing import Watch

pytestmark = [*NEEDS_CHROMIUM, NEEDS_BUILD]

NewPage = Callable[..., tuple[Page, Watch]]


def test_the_slider_draws_another_year_in_place_and_the_address_says_so(new_page: NewPage) -> None:
    page, _ = new_page("/graph?party=org:old&as_of=2000")
    assert page.locator("svg.iga-picture a").count() == 2
    page.focus("#slide")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**as_of=2002")
    page.wait_for_selector("#year[value='2002']")
    assert "as of 2002-12-31" in page.locator("#graph-title").inner_text()
    assert page.locator("svg.iga-picture a").count() == 1
    assert page.locator("#slide").evaluate("it => it === document.activeElement")


def test_without_javascript_a_field_leads_to_another_year(new_page: NewPage) -> None:
    page, _ = new_page("/graph?party=org:old&as_of=2000", java_script_enabled=False)
    assert not page.locator("#slide").is_visible()
    page.fill("#year", "2002")
    page.get_by_role("button", name="Show").click()
    assert "as of 2002-12-31" in page.locator("h1").inner_text()


def test_the_keyboard_leads_from_box_to_box_of_a_path(new_page: NewPage) -> None:
    page, _ = new_page("/questions/path?party=gov:gha&other=gov:ken")
    page.locator("svg.iga-steps a").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/gov:ken")
