"""Pictures of the pages over the bundled data, for the manual: `python dev.py pictures`; needs Chromium."""

import threading
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory

from playwright.sync_api import ViewportSize, sync_playwright

from docs.making.reference_workspace import DAY, bundled_workspace
from iga.api.app import create_app
from iga.api.auth import ANYBODY, Entrance
from iga.api.connections import Listening, answer
from iga.graph.domain.marking import Marking
from tests.chromium import CHROMIUM

FOLDER = Path(__file__).parents[1] / "images" / "pages"
PAGES = {
    "home": "/",
    "look": "/look?q=special+representative",
    "contact": f"/questions/contact?party=OSCE&topic=child+trafficking&as_of={DAY}",
    "thing": "/entities/gov:gha",
    "relationships": "/entities/gov:gha/relationships/party_to",
    "answer": f"/questions/gaps?agreement=Palermo+Protocol&party=OSCE&as_of={DAY}",
    "matrix": f"/questions/coverage?party=Bali+Process&agreement=Palermo+Protocol&view=matrix&as_of={DAY}",
    "tiers": "/tiers?party=Ghana&party=Togo&party=Benin",
    "graph": f"/graph?party=OSCE&as_of={DAY}",
    "path": f"/questions/path?party=Ghana&other=OSCE&as_of={DAY}#picture",
    "trace": f"/questions/funding-trace?party=Program+to+End+Modern+Slavery&as_of={DAY}#picture",
    "map": f"/questions/members?party=OSCE&view=map&as_of={DAY}#rows",
    "months": f"/questions/calendar?since=2026-11&until=2027-02&view=months&as_of={DAY}#rows",
    "timeline": "/entities/gov:gha/timeline",
    "paper": f"/papers/government?party=Ghana&as_of={DAY}",
    "quality": "/quality",
}
_WINDOW: ViewportSize = {"width": 1100, "height": 850}


def main() -> None:
    """Write the pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made, bundled_workspace(Path(made)) as workspace:
        with workspace.reading(ceiling=Marking.PUBLIC):
            pass  # made now: the first request would wait for it longer than a request may
        listening = create_server(("127.0.0.1", 0))
        app = create_app(workspace, entrance=Entrance(anybody=ANYBODY))
        threading.Thread(target=answer, args=(Listening(app, listening),), daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
            page = browser.new_page(viewport=_WINDOW)
            for name, at in PAGES.items():
                reply = page.goto(f"http://127.0.0.1:{listening.getsockname()[1]}{at}", timeout=0)
                if reply is None or reply.status != 200:
                    raise SystemExit(
                        f"{at}: {reply and reply.status}; mend the address in docs/making/page_pictures.py"
                    )
                page.screenshot(path=FOLDER / f"{name}.png")
            browser.close()


if __name__ == "__main__":
    main()
