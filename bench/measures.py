"""What is measured, each in a process of its own so that memory and imports are its own too."""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from bench.iati_sample import activities
from bench.sample import networks, organizations
from graph.settings import read_settings
from graph.workspace import Workspace
from ingest.committing import load_and_project
from ingest.formats.format_registry import CardWords, format_named
from ingest.loading import Surroundings, load
from ingest.mapped_reader import mapped_reader
from ingest.mapping_file import mapping_of
from ingest.reports import LoadReport
from queries.ask import ask
from queries.core.session import Session
from tests.ingest.hostile import texts, workbooks

CONTACT = {"party": "OSCE", "topic": "child trafficking"}


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, the figure, and the target it is held against; blank is none."""

    what: str
    value: str
    target: str = ""


def clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def peak_mb() -> str:
    """Return the most memory this process ever had, where the system tells."""
    try:
        import resource
    except ImportError:
        return "not told by this system"
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


def loading(store: str, folder: Path, rows: int) -> list[Figure]:
    """Load so many rows from a CSV file into a new ledger and graph, then again, then rebuild."""
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / f"bench-{rows}.sqlite"))
    floor = 5_000 if settings.embedded_path else 4_000
    with Workspace(settings, clock=clock) as workspace:

        def put(made: tuple[Path, Path]) -> None:
            report = load_and_project(workspace, mapped_reader(mapping_of(made[1])), [made[0]])
            assert not report.rejected, report.rejections[:3]
            assert not report.undone, report.undone

        put(networks(folder))
        made = organizations(folder, rows)
        first = timed(lambda: put(made))
        again = timed(lambda: put(made))
        with workspace.changing("bench"):
            anew = timed(workspace.rebuild)
    name = f"{rows:,} rows, {'embedded' if settings.embedded_path else 'Neo4j'}"
    return [
        Figure(f"CSV to graph, {name}", f"{rows / first:,.0f} rows/s ({first:.1f} s)", f"at least {floor:,} rows/s"),
        Figure(f"unchanged reload, {name}", f"{first / again:.1f} times faster ({again:.1f} s)", "at least 3 times"),
        Figure(f"rebuild from the ledger, {name}", f"{rows / anew:,.0f} rows/s ({anew:.1f} s)"),
        Figure(f"peak memory of these, {name}", peak_mb()),
    ]


def iati(store: str, folder: Path, megabytes: int) -> list[Figure]:
    """Load an IATI file of so many megabytes into the ledger, then project it."""
    file = activities(folder, megabytes)
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / "bench-iati.sqlite"))
    name = f"IATI, {megabytes:,} MB"
    with Workspace(settings, clock=clock) as workspace, workspace.changing("bench") as ledger:
        feed = format_named("iati").feed([file], CardWords())
        reports: list[LoadReport] = []
        seconds = timed(lambda: reports.append(load(ledger, feed, [file], surroundings=Surroundings(clock))))
        [report] = reports
        assert not report.rejected, report.rejections[:3]
        told = f"{megabytes / seconds:.1f} MB/s, {report.read / seconds:,.0f} activities/s ({seconds:.0f} s)"
        figures = [
            Figure(f"read, checked and kept in the ledger, {name}", told),
            Figure(f"peak memory of that, {name}", peak_mb(), "under 400 MB"),
        ]
        seconds = timed(workspace.project)
        return [
            *figures,
            Figure(f"projected, {name}", f"{report.read / seconds:,.0f} activities/s ({seconds:.0f} s)"),
            Figure(f"peak memory of both, {name}", peak_mb()),
        ]


def command(store: str, folder: Path, rows: int) -> list[Figure]:
    """Load so many rows with `iga load` into a new ledger and graph, and tell the most memory its process ever had."""
    settings = {"IGA_STORE": store, "IGA_LEDGER": str(folder / "command.sqlite")}
    environment = {**os.environ, **settings}
    figures = []
    for file, mapping in (networks(folder), organizations(folder, rows)):
        started = time.perf_counter()
        words = iga("load", str(file), "--mapping", str(mapping))
        with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"exit code {process.returncode}"
        seconds = time.perf_counter() - started
        what = f"iga load of {rows:,} rows, whole process"
        figures = [Figure(what, f"{used.ru_maxrss // 1024} MB at most, {seconds:.0f} s", "under 400 MB")]
    return figures


def hostile(_: str, folder: Path, __: int) -> list[Figure]:
    """Load each of the hostile files of the tests in a process of its own, under their limits."""
    (folder / "warm.csv").write_text("id,name\na,Alpha\n", encoding="utf-8")
    figures = []
    for module, ending, names in ((workbooks, "xlsx", workbooks.BOMBS), (texts, "csv", texts.FILES)):
        for name in names:
            file = module.made(folder, name, f"x.{ending}")
            words = [sys.executable, "-m", "tests.ingest.hostile.measured", str(folder), file.name]
            done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
            end = json.loads(done.stdout)
            size = f"{file.stat().st_size / 1e6:.1f} MB"
            value = f"{end['seconds']:.1f} s, {end['peak_mb']} MB"
            figures.append(Figure(f"{ending}, {size}: {name}", value, "under 5 s and 500 MB"))
    return figures


def session(store: str, folder: Path, rows: int) -> list[Figure]:
    """Ask `contact` in this process: one body again and again, and many parties, each once after a first round."""
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / f"bench-{rows}.sqlite"))
    with Workspace(settings, clock=clock) as workspace, workspace.reading() as reading:
        held = reading.meta
        assert held is not None
        today = clock().date().isoformat()
        kept = Session.of(reading.store, reading.ledger, today=today)
        parties = [str(row["id"]) for row in reading.store.look(_PARTIES)]

        def fresh() -> None:
            ask(Session.of(reading.store, reading.ledger, today=today), "contact", CONTACT)

        ways = {
            f"OSCE and a topic, {held.node_count:,} entities": lambda: ask(kept, "contact", CONTACT),
            "OSCE and a topic, nothing kept between calls": fresh,
        }
        figures = [_asked(name, sorted(timed(once) for _ in range(300))) for name, once in ways.items()]
        for _ in range(2):
            each = [timed(partial(ask, kept, "contact", {"party": party})) for party in parties]
        figures.append(_asked(f"{len(parties)} governments and organizations", sorted(each)))
    return figures


_PARTIES = """MATCH (n:Entity) WHERE n.cls IN ['Government', 'InternationalOrganization']
RETURN n.id AS id ORDER BY id LIMIT 300"""


def _asked(name: str, times: list[float]) -> Figure:
    return Figure(f"contact in process, {name}", percentiles(times), "p50 under 2 ms")


def serving(folder: Path, rows: int) -> list[Figure]:
    """Ask `contact` of a warm server over one connection."""
    card = folder / "graph.door" / "card.json"
    with subprocess.Popen(
        iga("serve", "--port", "0"), env=_environment(folder, rows), stderr=subprocess.PIPE
    ) as server:
        try:
            assert server.stderr is not None
            server.stderr.readline()  # printed when it listens
            port = json.loads(card.read_text(encoding="utf-8"))["port"]
            connection = http.client.HTTPConnection("127.0.0.1", port)

            def once(query: str) -> None:
                connection.request("GET", f"/questions/contact?{query}")
                reply = connection.getresponse()
                assert reply.status == 200, reply.read()
                reply.read()

            figures = []
            for name, query in (("UNODC", "party=UNODC"), ("OSCE and a topic", "party=OSCE&topic=child%20trafficking")):
                once(query)
                times = sorted(timed(partial(once, query)) for _ in range(300))
                figures.append(Figure(f"contact over HTTP, warm, {name}", percentiles(times), "p50 under 10 ms"))
            _matched(connection)
            times = sorted(timed(partial(_matched, connection)) for _ in range(100))
            figures.append(Figure("ten names matched over HTTP, warm", percentiles(times), "p50 under 100 ms"))
        finally:
            server.terminate()
    return figures


def _matched(connection: http.client.HTTPConnection) -> None:
    """Have ten names matched as OpenRefine asks for it: exact, in other languages, misspelt, and like nothing."""
    queries = {f"q{at}": {"query": name} for at, name in enumerate(_NAMES)}
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/reconcile", urlencode({"queries": json.dumps(queries)}), head)
    reply = connection.getresponse()
    assert reply.status == 200, reply.read()
    reply.read()


_NAMES = (
    "Ghana", "Republic of Korea", "Burma", "Internatonal Labour Organisation", "OSCE", "Ministry of Justice", "Congo",
    "Организация Объединённых Наций", "Special Representative on trafficking", "Zzyzx Holdings",
)  # fmt: skip


def starting(folder: Path, rows: int) -> list[Figure]:
    """Start the command line from nothing, ten times each."""
    environment = _environment(folder, rows)

    def runs(*words: str) -> float:
        command = iga(*words)
        return statistics.median(
            timed(lambda: subprocess.run(command, env=environment, check=True, capture_output=True)) for _ in range(10)
        )

    runs("--help")  # compiles the modules once
    shown, cold = runs("--help"), runs("ask", "contact", "--party", "OSCE", "--topic", "child trafficking")
    return [
        Figure("iga --help", f"median {shown:.2f} s", "under 0.3 s"),
        Figure("iga ask contact, cold", f"median {cold:.2f} s", "under 1.0 s"),
    ]


def iga(*words: str) -> list[str]:
    """Return the command line that runs `iga` with these words."""
    return [sys.executable, "-m", "cli.main", *words]


def place_of(folder: Path, rows: int) -> dict[str, str]:
    """Return the settings of the store and the ledger that `loading` made."""
    return {"IGA_STORE": f"embedded:{folder / 'graph'}", "IGA_LEDGER": str(folder / f"bench-{rows}.sqlite")}


def _environment(folder: Path, rows: int) -> dict[str, str]:
    # A user's Python keeps its compiled modules; a measurement that compiled them each time would not be theirs.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | place_of(folder, rows)


def percentiles(times: list[float]) -> str:
    """Return the middle and the slowest hundredth of sorted times."""
    return f"p50 {_ms(times, 50)}, p99 {_ms(times, 99)}"


def _ms(times: list[float], percent: int) -> str:
    return f"{1000 * times[min(len(times) * percent // 100, len(times) - 1)]:.2f} ms"
