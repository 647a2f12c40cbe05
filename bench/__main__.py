"""Runs the measures, each in a process of its own in an environment as users have it; prints or writes the table."""

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from bench import columns, finding, measures, questions, safety, service
from bench.figures import Figure, iga, settings_of
from bench.page import written
from tests.neo4j_server import missing, neo4j_server

ROOT = Path(__file__).parents[1]
OWN = ROOT / "bench" / ".run"
"""Environment of the run lock: that of the tests has packages, numpy among them, that make a start slower."""
PACKAGES = ("arcadedb", "neo4j", "sqlalchemy", "pydantic", "msgspec", "fastapi", "uvicorn")
NAMES, AROUND = 112_000, 20_000


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python dev.py bench")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of a load")
    parser.add_argument("--engine", nargs="+", choices=["embedded", "neo4j"], default=["embedded", "neo4j"])
    parser.add_argument("--only", nargs="+", choices=list(MEASURES), help="these measures alone")
    parser.add_argument("--growth", nargs="+", type=int, default=[], help="besides, graphs of so many entities each")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--iati", type=int, metavar="MB", help="a made-up IATI file of this size, and nothing else")
    parser.add_argument("--memory", action="store_true", help="the memory of `iga load` of --rows, and nothing else")
    parser.add_argument("--hostile", action="store_true", help="the hostile files of the tests, and nothing else")
    parser.add_argument("--besieged", action="store_true", help="a key beside hostile connections, and nothing else")
    parser.add_argument("--safety", action="store_true", help="what consents and the audit log cost, and nothing else")
    parser.add_argument("--measure", help=argparse.SUPPRESS)  # one measure in a process of its own
    asked = parser.parse_args()
    if asked.measure:
        name, store, folder, size = json.loads(asked.measure)
        modules = (columns, finding, questions, safety, service, measures)
        measure = next(getattr(module, name) for module in modules if hasattr(module, name))
        for figure in measure(store, Path(folder), size):
            print(json.dumps(asdict(figure)), flush=True)
        return
    machine = _machine()
    print(machine, "\n", flush=True)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for figure in _asked_for(Path(folder), asked):
            figures.append(figure)
            print(_line(figure), flush=True)
            if asked.write:  # each time, as a run of hours may be cut off
                written(ROOT / "docs" / "performance.md", machine, figures)


def _line(figure: Figure) -> str:
    spent = (
        f"{figure.cpu_s:.1f} s of processors, {figure.wall_s:.1f} s, load {figure.load:.1f}, pace {figure.pace_s:.2f}"
    )
    held = f"  {figure.held_by}" if figure.verdict.startswith("missed") else ""
    target = f"{figure.target}: {figure.verdict}{held}" if figure.limit else ""
    return f"{figure.what:<72} {figure.value:>10,.4g} {figure.unit:<24} ({spent})  {target}"


def _asked_for(folder: Path, asked: argparse.Namespace) -> Iterator[Figure]:
    store = f"embedded:{folder / 'graph'}"
    for name, is_asked, size in (
        ("iati", asked.iati, asked.iati),
        ("command", asked.memory, asked.rows),
        ("hostile", asked.hostile, 0),
        ("choke_point", asked.safety, 0),
        ("besieged", asked.besieged, 0),
    ):
        if is_asked:
            yield from _apart(name, store, folder, size)
            return
    for name in asked.only or MEASURES:
        place = folder / name
        place.mkdir()
        yield from MEASURES[name](place, asked)
    for entities in asked.growth:
        place = folder / f"growth-{entities}"
        place.mkdir()
        yield from _apart("growth", f"embedded:{place / 'graph'}", place, entities)


def _bundled(place: Path, _: argparse.Namespace) -> Iterator[Figure]:
    """Measure the command line and the service over the bundled data."""
    store, ledger = f"embedded:{place / 'graph'}", str(place / "ledger.sqlite")
    words = [str(_own_python()), *iga("load", "--bundled")[1:]]
    subprocess.run(words, env=_environment() | settings_of(store, ledger), check=True, capture_output=True)
    yield from _apart("starting", store, place, 0)
    yield from _apart("serving", store, place, 0)
    yield from _apart("remembering", store, place, 0)
    yield from _apart("columns", store, place, 0)


def _loads(place: Path, asked: argparse.Namespace) -> Iterator[Figure]:
    for store in _stores(place, asked):
        yield from _apart("loading", store, place, asked.rows)


def _names(place: Path, _: argparse.Namespace) -> Iterator[Figure]:
    yield from _apart("look_ups", "", place, NAMES)


def _questions(place: Path, asked: argparse.Namespace) -> Iterator[Figure]:
    for store in _stores(place, asked):
        for name in ("office", "around", *(() if store.startswith("embedded:") else ("asked",))):
            yield from _apart(name, store, place, AROUND)


MEASURES = {"bundled": _bundled, "loads": _loads, "names": _names, "questions": _questions}


def _stores(place: Path, asked: argparse.Namespace) -> Iterator[str]:
    """Give the address of a store of each engine; a server runs until the next is asked for."""
    if "embedded" in asked.engine:
        yield f"embedded:{place / 'graph'}"
    if "neo4j" in asked.engine:
        with _neo4j(place / "neo4j") as uri:
            yield uri


@contextmanager
def _neo4j(folder: Path) -> Iterator[str]:
    folder.mkdir()
    if lacking := missing():
        sys.exit(lacking)
    with neo4j_server(folder / "server") as uri:
        yield uri


def _apart(name: str, store: str, folder: Path, size: int) -> Iterator[Figure]:
    """Give the figures of a measure that runs in a process of its own, as they come."""
    command = [str(_own_python()), "-m", "bench", "--measure", json.dumps([name, store, str(folder), size])]
    with subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        yield from (Figure(**json.loads(line)) for line in process.stdout)
    if process.returncode:
        sys.exit(f"{name} failed")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT)}


def _own_python() -> Path:
    """Return the Python of the environment that is measured in, made where it is not there or its lock has changed."""
    binaries = OWN / ("Scripts" if os.name == "nt" else "bin")
    locks = [ROOT / "requirements" / f"{name}.txt" for name in ("run", "build")]
    seal = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    stamp = OWN / "lock.stamp"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != seal:
        print("Making the environment of the run lock …", file=sys.stderr, flush=True)
        venv.create(OWN, with_pip=True, clear=True)
        pip = [str(binaries / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "--require-hashes", *(f"--requirement={lock}" for lock in locks)], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
        stamp.write_text(seal, encoding="ascii")
    return binaries / "python"


def _machine() -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**30 if hasattr(os, "sysconf") else "?"
    named = f"{platform.platform()}, {os.cpu_count()} processors, {memory} GB, Python {platform.python_version()}"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    words = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    return f"{named}\n{packages}\ncommit {commit or 'not told'}"


if __name__ == "__main__":
    main()
