"""Runs the measures and prints a table with the machine and the versions."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from bench import finding, measures, questions, safety
from bench.measures import Figure
from tests.neo4j_server import missing, neo4j_server

PACKAGES = ("arcadedb", "neo4j", "sqlalchemy", "pydantic", "msgspec")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python dev.py bench")
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engine", nargs="+", choices=["embedded", "neo4j"], default=["embedded", "neo4j"])
    parser.add_argument(
        "--iati", type=int, metavar="MB", help="load a made-up IATI file of this size, and nothing else"
    )
    parser.add_argument("--find", type=int, metavar="NAMES", help="look names up among so many, and nothing else")
    parser.add_argument("--memory", action="store_true", help="measure the memory of `iga load` alone, for each --rows")
    parser.add_argument("--hostile", action="store_true", help="measure the hostile files of the tests alone")
    parser.add_argument("--questions", action="store_true", help="measure the questions alone")
    parser.add_argument("--safety", action="store_true", help="measure what consents and the audit log cost alone")
    parser.add_argument("--measure", help=argparse.SUPPRESS)  # one measure in a process of its own
    given = parser.parse_args()
    if given.measure:
        name, store, folder, rows = json.loads(given.measure)
        measure = next(
            getattr(module, name) for module in (finding, questions, safety, measures) if hasattr(module, name)
        )
        measured = measure(*([store] if store else []), Path(folder), rows)
        json.dump([asdict(figure) for figure in measured], sys.stdout)
        return
    _print_machine()
    with tempfile.TemporaryDirectory() as folder:
        missed = []
        for figure in _asked_for(Path(folder), given):
            target = f"   target: {figure.target}" if figure.target else ""
            print(f"{figure.what:<66} {figure.value:<32}{target}", flush=True)
            missed += [figure.what] if figure.target.endswith("missed") else []
        if missed:
            print(f"\nMissed: {'; '.join(missed)}")


def _asked_for(folder: Path, given: argparse.Namespace) -> Iterator[Figure]:
    if given.iati:
        yield from _iati(folder, given.iati)
    elif given.find:
        yield from _apart("look_ups", "", folder, given.find)
    elif given.questions:
        yield from _questions(folder, given.engine)
    elif given.safety:
        yield from _apart("choke_point", "none", folder, 0)
    elif given.hostile:
        yield from _apart("hostile", "none", folder, 0)
    elif given.memory:
        for rows in given.rows:
            place = folder / f"memory-{rows}"
            place.mkdir()
            yield from _apart("command", f"embedded:{place / 'graph'}", place, rows)
    else:
        yield from _figures(folder, given.rows, given.engine)
        yield from _questions(folder, given.engine)
        yield from _apart("choke_point", "none", folder, 0)


def _figures(folder: Path, sizes: list[int], engines: list[str]) -> Iterator[Figure]:
    if "embedded" in engines:
        for rows in sizes:
            place = folder / str(rows)
            place.mkdir()
            yield from _apart("loading", f"embedded:{place / 'graph'}", place, rows)
        place = folder / str(sizes[-1])
        _bundle(place, sizes[-1])
        yield from _apart("asking", f"embedded:{place / 'graph'}", place, sizes[-1])
        yield from _apart("serving", "", place, sizes[-1])
        yield from _apart("starting", "", place, sizes[-1])
        (folder / "names").mkdir()
        yield from _apart("look_ups", "", folder / "names", sizes[-1])
    if "neo4j" in engines:
        for rows in sizes:
            with _neo4j(folder / f"neo4j-{rows}") as uri:
                place = folder / f"neo4j-{rows}"
                yield from _apart("loading", uri, place, rows)


def _questions(folder: Path, engines: list[str]) -> Iterator[Figure]:
    """Ask over the made-up graph, on each engine from the same ledger."""
    place = folder / "office"
    place.mkdir()
    store = f"embedded:{place / 'graph'}"
    yield from _apart("office", store, place, 0)
    if "embedded" in engines:
        yield from _apart("asked", store, place, 0)
        yield from _apart("memos", "", place, 0)
    if "neo4j" in engines:
        with _neo4j(folder / "neo4j-office") as uri:
            yield from _apart("office", uri, place, 0)
            yield from _apart("asked", uri, place, 0)


def _iati(folder: Path, megabytes: int) -> list[Figure]:
    return _apart("iati", f"embedded:{folder / 'graph'}", folder, megabytes)


@contextmanager
def _neo4j(folder: Path) -> Iterator[str]:
    folder.mkdir()
    if lacking := missing():
        sys.exit(lacking)
    with neo4j_server(folder / "server") as uri:
        yield uri


def _bundle(place: Path, rows: int) -> None:
    """Put the reference data beside the rows: without it there is nobody to contact."""
    environment = {**os.environ, **measures.place_of(place, rows)}
    command = [sys.executable, "-m", "cli.main", "load", "--bundled"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _apart(name: str, store: str, folder: Path, rows: int) -> list[Figure]:
    command = [sys.executable, "-m", "bench", "--measure", json.dumps([name, store, str(folder), rows])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return [Figure(**figure) for figure in json.loads(done.stdout)]


def _print_machine() -> None:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**30 if hasattr(os, "sysconf") else "?"
    print(f"{platform.platform()}, {os.cpu_count()} processors, {memory} GB, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in PACKAGES), "\n", flush=True)


if __name__ == "__main__":
    main()
