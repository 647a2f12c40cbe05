"""Tries faults of an office's life for some minutes, and prints how each kind ended: `python -m tests.soak`."""

import argparse
import os
import platform
import random
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.soak import crowds, machine
from tests.soak.faults import FAULTS, Fault
from tests.soak.home import made

MOUNTED: tuple[Fault, ...] = (machine.full_disk, machine.read_only)
LONGER: tuple[Fault, ...] = (
    machine.little_memory, machine.few_descriptors, machine.small_files, *(MOUNTED if machine.can_mount() else ()),
    crowds.two_servers, crowds.readers_and_writers, crowds.readers_and_writers_at_a_server,
)  # fmt: skip  # read across, like the rows of a table
"""What is not tried in the tests: each starts programs of its own, some of them ten at once."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Try faults until the time is over; tell each broken promise, and return how many there were."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="FAULT", help="Name of one fault.")
    asked = parser.parse_args()
    ends = time.monotonic() + asked.minutes * 60
    if not machine.can_mount():
        say(f"Not tried, as this account mounts no disks: {', '.join(fault.__name__ for fault in MOUNTED)}")
    faults = [fault for fault in (*FAULTS, *LONGER) if asked.only in (None, fault.__name__)]
    outcomes: Counter[tuple[str, str]] = Counter()
    with TemporaryDirectory(prefix="iga-soak-") as folder:
        world = made(Path(folder, "world"))
        number = 0
        while time.monotonic() < ends:
            fault, place = faults[number % len(faults)], Path(folder, str(number))
            try:
                outcome = fault(world, place, random.Random(f"{asked.seed} {number}"))
            # A boundary: the next fault is tried all the same; seed and number bring this one back.
            except Exception as error:
                outcome = "BROKEN"
                say(f"{fault.__name__}, seed {asked.seed}, number {number}: {error}")
            outcomes[fault.__name__, outcome] += 1
            for used in Path(folder).glob(f"{number}*"):
                shutil.rmtree(used)
            number += 1
    say(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors, seed {asked.seed}")
    for (name, outcome), count in sorted(outcomes.items()):
        say(f"{name:<32} {outcome:<7} {count:>6}")
    return sum(count for (_, outcome), count in outcomes.items() if outcome == "BROKEN")


if __name__ == "__main__":
    sys.exit(min(main(), 1))
