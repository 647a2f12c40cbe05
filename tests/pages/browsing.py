"""What tests of pages look for in a browser: barriers (axe-core), errors, requests to elsewhere, and what it weighs."""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.dress import AXE

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def violations(page: Page, *, of_colors: bool = False) -> list[str]:
    """Return what axe-core finds wrong on a page by WCAG 2.2 A and AA and by good practice, an element a line.

    Args:
        page: The page.
        of_colors: Look at what colors alone make better or worse; all else is as in another look of the page.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(
        f"axe.run(document, {{runOnly: {json.dumps(OF_COLORS if of_colors else RULES)}}})"
    )
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{rule['id']} ({rule['help']}): {' '.join(node['target'])} {node.get('failureSummary', '')}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than the window; 0 where it need not be scrolled sideways."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


@dataclass
class Watch:
    """What went wrong on a page, and what it was sent.

    Attributes:
        origin: Where alone anything may come from.
        faults: Errors of the console and of scripts, and requests to other hosts; empty is as it should be.
        sent: Bytes that came over the wire, by address, headers included.
    """

    origin: str
    faults: list[str] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)

    def over(self, page: Page) -> None:
        """Begin to watch a page."""
        page.on("console", self._told)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._asked)
        page.on("requestfinished", self._sent)

    def _told(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self.faults.append(f"asks {request.url}")

    def _sent(self, request: Request) -> None:
        sizes = request.sizes()
        self.sent[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]
