"""Reads hostile files in a process of its own and says how each ended, with its time and memory: one JSON line each.

Arguments: a folder with the files, and their names. Each file is read in a child of this process, under limits, so
that one that would hang or fill the memory ends with a reason rather than with the test run.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from iga.graph.errors import IgaError
from iga.graph.ledger.ledger import Ledger
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping_file import mapping_from
from tests.ingest.conftest import clock

MEMORY = 2_000_000_000
CPU_S = 60

MAPPING = """
card: {source: "test:hostile", title: Hostile files of a test}
format: FORMAT
row_key: [id]
nodes: {ngo: {class: Ngo, id: {template: "ngo:{id|slug}"}, fields: {name: name}}}
"""


def ended(path: Path) -> str:
    """Return how the load of a file ended, as a sentence."""
    mapping = mapping_from(MAPPING.replace("FORMAT", path.suffix[1:]), name="test.yaml")
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.sqlite", clock=clock) as ledger:
        options = LoadOptions(corrections_in=Path(folder))
        try:
            report = load(ledger, mapped_reader(mapping), [path], surroundings=Surroundings(clock), options=options)
        except IgaError as error:
            return error.message
    reasons = "; ".join(f"{rejection.line}: {rejection.reason}" for rejection in report.rejections[:3])
    return f"read {report.read}, new {report.new}, rejected {report.rejected}: {reasons}"


def main() -> None:
    """Read each file in a child, one after the other."""
    for name in ("warm.csv", "warm.xlsx"):
        ended(Path(sys.argv[1]) / name)  # imports what a load imports, once
    for name in sys.argv[2:]:
        sys.stdout.write(json.dumps(_apart(Path(sys.argv[1]) / name)) + "\n")
        sys.stdout.flush()


def _apart(path: Path) -> dict[str, object]:
    receiving, sending = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
        try:
            told = ended(path)
        # The boundary of the child: whatever comes this far is told, and the test says that there must be none.
        except BaseException as error:
            told = f"CRASHED: {type(error).__name__}: {error}"
        os.write(sending, told.encode("utf-8", "replace")[:8_000])
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as stream:
        told = stream.read().decode("utf-8", "replace")
    _, status, used = os.wait4(child, 0)
    return {
        "name": path.name,
        "told": told or f"KILLED by signal {os.WTERMSIG(status)}",
        "seconds": round(time.perf_counter() - started, 2),
        "peak_mb": used.ru_maxrss // 1024,
    }


if __name__ == "__main__":
    main()
