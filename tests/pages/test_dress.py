"""What pages are made of can be read by all: in light, dark and forced colors, narrow, printed, and without a build."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.chromium import NEEDS_CHROMIUM
from tests.dress import NEEDS_BUILD
from tests.pages.browsing import Watch, overflow, violations
from tests.pages.components import ADDRESS

pytestmark = [*NEEDS_CHROMIUM, NEEDS_BUILD]

NewPage = Callable[..., tuple[Page, Watch]]
NARROW = {"width": 320, "height": 640}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "narrow": {"viewport": NARROW},
    "narrow and dark": {"viewport": NARROW, "color_scheme": "dark"},
}
HEAVIEST = 150_000
"""Bytes that a page may have over the wire, with all that it loads."""


def brightness(page: Page, selector: str, of: str) -> int:
    """Return how bright a color of an element is, from 0 to 765."""
    color = page.locator(selector).first.evaluate(f"it => getComputedStyle(it)[{of!r}]")
    return sum(map(int, re.findall(r"\d+", color)[:3]))


@pytest.mark.parametrize("look", LOOKS)
def test_components_have_no_barriers_and_fit_the_window(new_page: NewPage, look: str) -> None:
    page, _ = new_page(ADDRESS, **LOOKS[look])
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_so_it_is_where_nothing_was_built(new_page: NewPage, plain_service: str, look: str) -> None:
    page, watch = new_page(ADDRESS, origin=plain_service, **LOOKS[look])
    assert violations(page) == []
    assert overflow(page) == 0
    assert not [address for address in watch.sent if address.endswith((".js", ".woff2"))]


def test_a_barrier_is_found(new_page: NewPage) -> None:
    page, _ = new_page(ADDRESS)
    page.locator("label[for=party]").evaluate("it => it.remove()")
    page.locator("main h1").evaluate("it => { it.className = 'iga-tried'; it.style.color = '#ddd' }")
    found = violations(page)
    assert {"color-contrast", "label"} <= {line.partition(" ")[0] for line in found}


def test_who_wants_a_dark_page_gets_one_and_prints_a_light_one(new_page: NewPage) -> None:
    page, _ = new_page(ADDRESS, color_scheme="dark")
    assert brightness(page, "body", "backgroundColor") < 100
    assert brightness(page, "body", "color") > 600
    page.emulate_media(media="print", color_scheme="dark")
    assert brightness(page, "body", "backgroundColor") == 765
    assert brightness(page, "body", "color") < 100


def test_what_is_printed_has_the_answer_and_nothing_to_click(new_page: NewPage) -> None:
    page, _ = new_page(ADDRESS)
    page.emulate_media(media="print")
    is_seen = "all => all.map(it => it.checkVisibility())"
    assert page.locator(".usa-summary-box, .usa-table, .iga-sources").evaluate_all(is_seen) == [True] * 4
    assert not any(page.locator("nav, form, button").evaluate_all(is_seen))


def test_the_first_key_leads_past_the_navigation(new_page: NewPage) -> None:
    page, _ = new_page(ADDRESS)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to main content"
    assert (skip.bounding_box() or {"x": -1})["x"] >= 0


def test_a_part_is_sent_by_itself_under_the_policy_of_the_pages(new_page: NewPage) -> None:
    page, _ = new_page(ADDRESS)
    page.evaluate("window.untouched = true")
    page.get_by_role("button", name="Show").click()
    page.locator("#sent").wait_for()
    assert page.evaluate("window.untouched")


def test_without_scripts_the_same_is_had_by_a_new_page(new_page: NewPage) -> None:
    page, _ = new_page(ADDRESS, java_script_enabled=False)
    page.get_by_label("Rows with the words").fill("samples")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/components?containing=samples")
    assert page.get_by_role("heading", name="57 rows").is_visible()


def test_a_page_with_all_that_it_loads_is_light(new_page: NewPage) -> None:
    page, watch = new_page(ADDRESS)
    page.wait_for_load_state("networkidle")
    kinds = {address.rpartition(".")[2] for address in watch.sent}
    assert {"css", "js", "woff2"} <= kinds
    assert sum(watch.sent.values()) < HEAVIEST, watch.sent
