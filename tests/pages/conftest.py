import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from iga.api.app import create_app
from iga.api.auth import Entrance
from iga.api.connections import Listening, answer
from iga.api.pages.assets import DRESS, Assets, Dress
from iga.api.sign_ins import SignIns
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from tests.api import listed
from tests.chromium import CHROMIUM
from tests.clock import clock
from tests.pages import components
from tests.pages.browsing import Watch

NewPage = Callable[..., tuple[Page, Watch]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give Debian's Chromium; it ends with the module, since what leads it keeps a loop running in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=["--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Give the small graph, as the office sees it."""
    folder: Path = listed.made_in(tmp_path_factory.mktemp("pages"))
    with Workspace(read_settings(listed.settled(folder)), clock=clock).kept_open() as workspace, workspace:
        yield workspace


@pytest.fixture(scope="session")
def service(office: Workspace) -> str:
    """Give the origin of a service over the small graph, and of the page of all components."""
    return served(office, DRESS)


@pytest.fixture(scope="session")
def plain_service(office: Workspace, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the origin of one where nothing was built."""
    return served(office, Dress(tmp_path_factory.mktemp("nothing-built")))


def served(office: Workspace, dress: Dress, sign_ins: SignIns | None = None) -> str:
    """Serve at a free port of this machine until the tests end, and return the origin."""
    listening = create_server(("127.0.0.1", 0))
    app = create_app(office, entrance=Entrance(anybody=office.reader, sign_ins=sign_ins))
    app.router.routes.append(components.route(dress))
    app.add_middleware(Assets, dress=dress)
    threading.Thread(target=answer, args=(Listening(app, listening),), daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def new_page(browser: Browser, service: str) -> Iterator[NewPage]:
    """Give what opens a page and watches it.

    Its arguments are the address, the origin if it is another, and those of a browser context, such as color_scheme.
    """
    opened = []

    def open_page(address: str, *, origin: str = service, **context: Any) -> tuple[Page, Watch]:
        page, watch = browser.new_page(**{"viewport": {"width": 1280, "height": 800}} | context), Watch(origin)
        opened.append((page, watch))
        watch.over(page)
        page.goto(f"{origin}{address}")
        return page, watch

    yield open_page
    for page, watch in opened:
        page.context.close()
        assert watch.faults == [], "the page had errors, or asked another host"
