"""The pages as a browser shows them: nothing bars the way, they fit a narrow window, the keyboard is enough."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page

from tests.chromium import NEEDS_CHROMIUM
from tests.dress import NEEDS_BUILD
from tests.pages.browsing import Watch, overflow, violations
from tests.pages.test_dress import HEAVIEST

pytestmark = [*NEEDS_CHROMIUM, NEEDS_BUILD]

Media: TypeAlias = dict[str, Any]
NewPage = Callable[..., tuple[Page, Watch]]
PAGES = (
    "/",
    "/today",
    "/look?q=ministry",
    "/questions",
    "/questions/contact?party=ESO&topic=child+trafficking",
    "/questions/members?party=ESO&columns=name&columns=category&columns=status",
    "/entities/gov:gha",
    "/entities/ngo:hostile",
    "/entities/org:eso/relationships/member_of",
    "/entities/gov:gha/history",
    "/entities/gov:gha/timeline",
    "/graph",
    "/graph?party=ESO&depth=2&since=1980",
    "/questions/path?party=gov:gha&other=gov:ken",
    "/questions/members?party=ESO&view=map",
    "/questions/calendar?since=1990&until=2026&view=months",
    "/flows?party=ESO",
    "/papers/check",
    "/tiers?party=gov:gha&party=gov:ken",
    "/sets/governments?filter=plan:!yes&show=plan&also=ESO&rest=true",
    "/compare?party=gov:gha&party=gov:ken",
    "/papers",
    "/papers/government?party=gov:gha",
    "/quality",
    "/sign-in",
)
REFUSED = ("/questions/members?party=Congo", "/entities/gov:atlantis")
WIDE = 1280
LOOKS: tuple[tuple[Media, int], ...] = (
    ({"color_scheme": "light", "forced_colors": "none"}, WIDE),
    ({"color_scheme": "dark", "forced_colors": "none"}, WIDE),
    ({"color_scheme": "light", "forced_colors": "active"}, WIDE),
    (
        {"color_scheme": "dark", "forced_colors": "none"},
        320,
    ),  # what 400 % leaves of a window of 1280 (WCAG 2.2, 1.4.10)
)


def bars_in_every_look(page: Page) -> list[str]:
    """Return what bars the way on a page, in light, dark, forced colors and a narrow window."""
    found: list[str] = []
    for media, width in LOOKS:
        page.emulate_media(**media)
        page.set_viewport_size({"width": width, "height": 800})
        of_colors = width == WIDE and media != LOOKS[0][0]
        found += [f"{width} {media}: {line}" for line in violations(page, of_colors=of_colors)]
        found += [f"{width}: {overflow(page)} pixels too wide"] if overflow(page) else []
    return found


@pytest.mark.parametrize("at", PAGES)
def test_a_page_has_no_barriers_and_weighs_little(new_page: NewPage, at: str) -> None:
    page, watch = new_page(at)
    assert bars_in_every_look(page) == []
    assert sum(watch.sent.values()) < HEAVIEST


@pytest.mark.parametrize("at", REFUSED)
def test_a_refusal_has_none_either(new_page: NewPage, at: str) -> None:
    page, watch = new_page(at)
    assert bars_in_every_look(page) == []
    [told] = watch.faults  # Chromium calls the status of a refusal an error
    assert "the server responded with a status of 4" in told
    watch.faults.clear()


def test_a_name_is_suggested_chosen_and_led_to_by_the_keyboard_alone(new_page: NewPage) -> None:
    page, _ = new_page("/")
    assert page.locator("#q").evaluate("it => it === document.activeElement")
    with page.expect_response(lambda reply: "/suggestions?" in reply.url):
        page.keyboard.type("gha")
    page.wait_for_selector("#names option", state="attached")
    assert "Ghana" in page.locator("#names option").evaluate_all("all => all.map(it => it.value)")
    page.keyboard.type("na")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/gov:gha")
    assert page.locator("h1").inner_text() == "Ghana"


def test_what_there_is_to_do_comes_after_the_box(new_page: NewPage) -> None:
    page, _ = new_page("/")
    page.wait_for_selector("#today-part:not([hx-get])")
    assert page.locator("#today").inner_text().startswith("Today, 20")


def test_rows_are_filtered_in_place_and_the_address_says_so(new_page: NewPage) -> None:
    page, watch = new_page("/questions/members?party=ESO")
    loaded: list[Any] = [address for address in watch.sent if "/questions/" in address]
    page.fill("#containing", "zzz")
    page.keyboard.press("Enter")
    page.wait_for_url("**containing=zzz**")
    page.wait_for_selector("#rows-part tbody:not(:has(tr))", state="attached")
    assert len(loaded) == 1
