"""How something is measured, and one line of the table: processor time, wall time and the load of the machine."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Spent:
    """What something took, in seconds: of processors, and by the clock."""

    cpu_s: float
    wall_s: float


@dataclass(frozen=True)
class Target:
    """What a figure is held against: at most `limit`, or at least where it is a floor; and what holds one that misses.

    The reason is written by hand, beside the measure.
    """

    limit: float
    is_floor: bool = False
    held_by: str = ""


NONE = Target(0)


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, the figure, what measuring took, and the target; 0 is none.

    Load and pace are the machine's at its end.
    """

    what: str
    value: float
    unit: str
    cpu_s: float
    wall_s: float
    load: float
    pace_s: float
    limit: float = 0
    is_floor: bool = False
    held_by: str = ""

    @classmethod
    def of(cls, what: str, value: float, unit: str, spent: Sequence[Spent], target: Target = NONE) -> "Figure":
        """Return the line of what was measured just now."""
        cpu_s, wall_s = sum(one.cpu_s for one in spent), sum(one.wall_s for one in spent)
        state = os.getloadavg()[0], pace_s()
        return cls(what, value, unit, cpu_s, wall_s, *state, target.limit, target.is_floor, target.held_by)

    @property
    def verdict(self) -> str:
        """Whether the target is met; of one that is missed, by how much."""
        if not self.limit:
            return ""
        share = self.value / self.limit - 1
        return "met" if (share >= 0 if self.is_floor else share <= 0) else f"missed by {abs(share):.0%}"

    @property
    def target(self) -> str:
        """The target in words; blank is none."""
        return f"{'at least' if self.is_floor else 'at most'} {self.limit:,g}" if self.limit else ""


def clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def pace_s() -> float:
    """Return what ten million additions in Python take of a processor now, as told by a million, in seconds."""
    started, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time() - started) * 10


def spent_on(work: Callable[[], object]) -> Spent:
    """Return what work takes in this process."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Spent(time.process_time() - cpu, time.perf_counter() - wall)


def spent_by(words: Sequence[str], environment: Mapping[str, str]) -> Spent:
    """Return what a command takes, its own process alone."""
    started, none = time.perf_counter(), subprocess.DEVNULL
    with subprocess.Popen(words, env=environment, stdout=none, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said.decode()
    return Spent(used.ru_utime + used.ru_stime, time.perf_counter() - started)


def in_turns(rounds: int, *ways: Callable[[], Spent]) -> list[list[Spent]]:
    """Go several ways by turns (A B A B), so that what else the machine does is met by all; once before, to warm up."""
    for way in ways:
        way()
    taken: list[list[Spent]] = [[] for _ in ways]
    for _ in range(rounds):
        for way, of_way in zip(ways, taken, strict=True):
            of_way.append(way())
    return taken


def middle(spent: Sequence[Spent], *, is_wall: bool = False) -> float:
    """Return the median in seconds, of processors unless by the clock."""
    return statistics.median(one.wall_s if is_wall else one.cpu_s for one in spent)


def iga(*words: str) -> list[str]:
    """Return the command line that runs `iga` with these words."""
    return [sys.executable, "-m", "iga", *words]


def settings_of(store: str, ledger: str, **more: str) -> dict[str, str]:
    """Return the environment of a user with this store and ledger, whose Python keeps its compiled modules."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"IGA_STORE": store, "IGA_LEDGER": ledger} | more


def held_mb() -> float:
    """Return how much memory this process has now; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")  # Linux alone
    pages = int(statm.read_text(encoding="ascii").split()[1]) if statm.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 if pages else 0.0


def peak_mb(*, of_commands: bool = False) -> float:
    """Return the most memory this process ever had, or any one command that it ran."""
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_CHILDREN if of_commands else resource.RUSAGE_SELF).ru_maxrss / 1024
