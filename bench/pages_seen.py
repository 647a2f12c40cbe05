"""The pages over the bundled data: first byte, weight, when the largest part is painted; and five tasks, by clicks.

`python -m bench.pages_seen [FOLDER]` prints the figures; in FOLDER are a graph and a ledger of the bundled data, which
are made where it is left out. It needs Chromium.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from inspect import getsource, signature
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from bench.figures import NONE, Figure, Spent, Target, iga, settings_of
from bench.service import Service, cpu_s, served
from iga.graph.text import counted
from tests.chromium import CHROMIUM
from tests.pages import test_tasks
from tests.pages.browsing import Watch
from tests.pages.test_tasks import office_with_desk, signed_in

DAY = "2026-11-25"
PAGES: Mapping[str, str] = {
    "home": "/",
    "today": "/today",
    "a search": "/look?q=ministry",
    "a government": "/entities/gov:gha",
    "its agreements": "/entities/gov:gha/relationships/party_to",
    "whom to contact": f"/questions/contact?party=OSCE&topic=child+trafficking&as_of={DAY}",
    "an answer": f"/questions/gaps?agreement=Palermo+Protocol&party=OSCE&as_of={DAY}",
    "placements": "/tiers?party=Ghana&party=Togo&party=Benin",
    "a paper": f"/papers/government?party=Ghana&as_of={DAY}",
    "data quality": "/quality",
}
SUGGESTIONS = ("g", "gha", "min", "ministry of j", "osce", "une", "hope", "int")
_ROUNDS, _PAINTS, _SLOWER = 20, 3, 4

FIRST_BYTE = Target(50)
WEIGHT = Target(150)
PAINTED = Target(1_000)
SUGGESTED = Target(50)

# Chromium tells the largest part that it painted, and when, to whoever asks on the page.
_LARGEST = """() => new Promise(told => {
  new PerformanceObserver(all => told(all.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => told(-1), 5000);
})"""


def main() -> None:
    """Print the figures, each as it comes."""
    if len(sys.argv) > 1:
        _print_all(Path(sys.argv[1]))
        return
    with TemporaryDirectory() as made:
        folder = Path(made)
        environment = settings_of(f"embedded:{folder / 'graph'}", str(folder / "ledger"))
        subprocess.run(iga("load", "--bundled"), env=environment, check=True, capture_output=True)
        _print_all(folder)


def _print_all(folder: Path) -> None:
    environment = settings_of(f"embedded:{folder / 'graph'}", str(folder / "ledger"), IGA_STANDBY="off")
    with served(folder, environment) as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
        for figures in (first_bytes(service), suggested(service.port), painted(browser, service.port)):
            for figure in figures:
                print(_line(figure), flush=True)
        for figure in tasks(browser):
            print(_line(figure), flush=True)
        browser.close()


def first_bytes(service: Service) -> Iterator[Figure]:
    """Ask each page, warm, over one connection: how long the first byte takes, and what the service works for it."""
    for name, at in PAGES.items():
        _taken(service.port, [at] * 2)
        before = cpu_s(service.process)
        taken = _taken(service.port, [at] * _ROUNDS)
        each = 1000 * (cpu_s(service.process) - before) / _ROUNDS
        yield _figure(f"first byte of {name}, p50", 1000 * median(taken), "ms", taken, FIRST_BYTE)
        yield _figure(f"{name}, of a processor", each, "ms", taken)


def suggested(port: int) -> Iterator[Figure]:
    """Ask what may be meant by what is typed so far."""
    taken = _taken(port, [f"/suggestions?q={typed.replace(' ', '+')}" for typed in SUGGESTIONS * 4])[len(SUGGESTIONS) :]
    yield _figure("suggestions, p50", 1000 * median(taken), "ms", taken, SUGGESTED)


def painted(browser: Browser, port: int) -> Iterator[Figure]:
    """Open each page with nothing kept, on a processor four times as slow: what is sent, and when the most is seen."""
    origin = f"http://127.0.0.1:{port}"
    for name, at in PAGES.items():
        when, sent = [], 0
        for _ in range(_PAINTS):
            page, watch = browser.new_page(viewport={"width": 1280, "height": 900}), Watch(origin)
            watch.over(page)
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
            page.goto(f"{origin}{at}", timeout=120_000)
            when.append(float(page.evaluate(_LARGEST)))
            sent = sum(watch.sent.values())
            page.context.close()
        spent = [each / 1000 for each in when]
        yield _figure(f"{name}, all that is sent", sent / 1000, "kB", spent, WEIGHT)
        yield _figure(f"{name}, largest part painted at {_SLOWER}x slowdown, p50", median(when), "ms", spent, PAINTED)


def tasks(browser: Browser) -> Iterator[Figure]:
    """Do the five tasks of the tests from the first page, as fast as the pages let a hand do them."""
    with TemporaryDirectory() as made, office_with_desk(Path(made)) as (origin, sign_ins):
        for name, task in vars(test_tasks).items():
            if name.startswith("test_") and "hand.clicks ==" in getsource(task):
                hand = signed_in(browser.new_page(viewport={"width": 1280, "height": 800}), origin, sign_ins)
                began = time.perf_counter()
                task(**{"hand": hand} | ({"tmp_path": Path(made)} if "tmp_path" in signature(task).parameters else {}))
                seconds = time.perf_counter() - began
                words = f"{name.removeprefix('test_').replace('_', ' ')}: {counted(hand.clicks, 'click')}"
                yield _figure(words, seconds, "s", [seconds])
                hand.page.context.close()


def _taken(port: int, addresses: list[str]) -> list[float]:
    """Return how many seconds each address takes until the first byte of its reply."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    taken: list[float] = []
    for at in addresses:
        began = time.perf_counter()
        connection.request("GET", at, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
        reply = connection.getresponse()
        spent = time.perf_counter() - began
        reply.read()
        if reply.status == 503 and not taken:  # made for the first time, on a machine that does much else
            return _taken(port, addresses)
        assert reply.status == 200, f"{at}: {reply.status}"
        taken.append(spent)
    connection.close()
    return taken


def _figure(what: str, value: float, unit: str, taken: list[float], target: Target = NONE) -> Figure:
    return Figure.of(what, value, unit, [Spent(0, sum(taken))], target)


def _line(figure: Figure) -> str:
    target = f"{figure.target}: {figure.verdict}" if figure.limit else ""
    state = f"(load {figure.load:.1f}, pace {figure.pace_s:.2f})"
    return f"{figure.what:<72} {figure.value:>8,.1f} {figure.unit:<3} {state}  {target}"


if __name__ == "__main__":
    main()
