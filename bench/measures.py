"""Loads, cold starts and the service: what is measured, each in a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.figures import (
    NONE,
    Figure,
    Spent,
    Target,
    clock,
    iga,
    in_turns,
    middle,
    peak_mb,
    settings_of,
    spent_by,
    spent_on,
)
from bench.iati_sample import activities
from bench.sample import networks, organizations
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.ingest.committing import load_and_project
from iga.ingest.formats.format_registry import CardWords, format_named
from iga.ingest.loading import Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping_file import mapping_of

CONTACT = ("ask", "contact", "--party", "OSCE", "--topic", "child trafficking")
ROUNDS = 5
_MS = 1000
PRACTICE = "practice"
"""Folder of ledgers that take what is made up."""
_STANDS_S = 15.0
"""How long the standby that a first command leaves takes to be ready, at most."""

EMBEDDED_ROWS = Target(
    5_000,
    is_floor=True,
    held_by="Two fifths read, check and keep the rows, three tenths are the engine's, a quarter the fold.",
)
NEO4J_ROWS = Target(4_000, is_floor=True, held_by="The server and this process share the processors.")
COLD = Target(0.45, held_by="Imports: SQLAlchemy alone is a quarter of it; the models of the domain; the engine.")
BESIDE = Target(0.15, held_by="Imports of the command line itself.")
PAPER = Target(1.0, held_by="Imports are half of it, python-docx and lxml among them.")


def loading(store: str, folder: Path, rows: int) -> Iterator[Figure]:
    """Load so many rows with their provenance from a CSV file into a new ledger and graph, then again, then rebuild."""
    engine = engine_of(store)  # each with a ledger of its own: one that holds the rows already would load none
    ledger = str(folder / PRACTICE / f"{rows}-{engine}.sqlite")
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=ledger)
    name, is_wall = f"{rows:,} rows, {engine}", not settings.embedded_path
    unit = "rows a second" if is_wall else "rows a processor-second"
    with Workspace(settings, clock=clock) as workspace:

        def put(made: tuple[Path, Path], *, is_new: bool = True) -> None:
            report = load_and_project(workspace, mapped_reader(mapping_of(made[1])), [made[0]])
            assert not report.rejected, report.rejections[:3]
            assert not report.undone, report.undone
            assert (report.new if is_new else report.unchanged) == report.read

        put(networks(folder))
        made = organizations(folder, rows)
        first, again = spent_on(lambda: put(made)), spent_on(lambda: put(made, is_new=False))
        with workspace.changing("bench"):
            anew = spent_on(workspace.rebuild)
    yield Figure.of(
        f"load, {name}", rows / _took(first, is_wall), unit, [first], NEO4J_ROWS if is_wall else EMBEDDED_ROWS
    )
    yield Figure.of(f"unchanged reload, {name}", _took(again, is_wall), "s", [again])
    yield Figure.of(f"rebuild from the ledger, {name}", rows / _took(anew, is_wall), unit, [anew])
    yield Figure.of(f"most memory of these, {name}", peak_mb(), "MB", [first, again, anew])


def _took(spent: Spent, is_wall: bool) -> float:
    return spent.wall_s if is_wall else spent.cpu_s


def engine_of(store: str) -> str:
    """Return how a figure names the engine of a store."""
    return "embedded" if store.startswith("embedded:") else "Neo4j"


def starting(store: str, folder: Path, __: int) -> Iterator[Figure]:
    """Start `iga ask contact` from nothing, alone and with a standby or a server running, and write a paper."""
    environment = settings_of(store, str(folder / "ledger.sqlite"))
    alone, paper = environment | {"IGA_STANDBY": "off"}, str(folder / "ghana.docx")
    ways = {
        "iga --help": (("--help",), NONE),
        "iga ask contact, cold": (CONTACT, COLD),
        "iga memo government, docx, cold": (("memo", "government", "Ghana", "-o", paper), PAPER),
    }
    calls = [partial(spent_by, iga(*words), alone) for words, _ in ways.values()]
    for (what, (_, target)), spent in zip(ways.items(), in_turns(ROUNDS, *calls), strict=True):
        yield Figure.of(what, middle(spent), "s of processors", spent, target)
    spent_by(iga(*CONTACT), environment)
    time.sleep(_STANDS_S)
    [beside] = in_turns(ROUNDS, lambda: spent_by(iga(*CONTACT), environment))
    yield Figure.of("iga ask contact beside a standby", middle(beside), "s of processors", beside, BESIDE)


def iati(store: str, folder: Path, megabytes: int) -> Iterator[Figure]:
    """Load an IATI file of so many megabytes into the ledger, then project it."""
    file = activities(folder, megabytes)
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / "bench-iati.sqlite"))
    name = f"IATI, {megabytes:,} MB"
    with Workspace(settings, clock=clock) as workspace, workspace.changing("bench") as ledger:
        feed = format_named("iati").feed([file], CardWords())
        read = spent_on(lambda: load(ledger, feed, [file], surroundings=Surroundings(clock)))
        yield Figure.of(f"read, checked and kept in the ledger, {name}", read.cpu_s, "s of processors", [read])
        yield Figure.of(f"most memory of that, {name}", peak_mb(), "MB", [read], Target(400))
        projected = spent_on(workspace.project)
        yield Figure.of(f"projected, {name}", projected.cpu_s, "s of processors", [projected])
        yield Figure.of(f"most memory of both, {name}", peak_mb(), "MB", [read, projected])


def command(store: str, folder: Path, rows: int) -> Iterator[Figure]:
    """Load so many rows with `iga load` into a new ledger and graph; the most memory that its process ever had."""
    environment = settings_of(store, str(folder / PRACTICE / "command.sqlite"))
    for file, mapping in (networks(folder), organizations(folder, rows)):
        spent = spent_by(iga("load", str(file), "--mapping", str(mapping)), environment)
    yield Figure.of(f"iga load of {rows:,} rows, whole process", peak_mb(of_commands=True), "MB", [spent], Target(400))


def hostile(_: str, folder: Path, __: int) -> Iterator[Figure]:
    """Load each of the hostile files of the tests in a process of its own, under their limits."""
    from tests.ingest.hostile import texts, workbooks

    (folder / "warm.csv").write_text("id,name\na,Alpha\n", encoding="utf-8")
    for module, ending, names in ((workbooks, "xlsx", workbooks.BOMBS), (texts, "csv", texts.FILES)):
        for name in names:
            file = module.made(folder, name, f"x.{ending}")
            words = [sys.executable, "-m", "tests.ingest.hostile.measured", str(folder), file.name]
            done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
            end = json.loads(done.stdout)
            what, spent = (
                f"{ending}, {file.stat().st_size / 1e6:.1f} MB: {name}",
                [Spent(end["seconds"], end["seconds"])],
            )
            yield Figure.of(what, end["seconds"], "s of processors", spent, Target(5))
            yield Figure.of(f"most memory of that, {name}", end["peak_mb"], "MB", spent, Target(500))
