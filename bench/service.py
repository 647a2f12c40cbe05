"""The service under many requests: without a key and with one, beside the bare framework, and the memory it takes."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bench.bare_service import ROUTE
from bench.figures import Figure, Spent, Target, clock, iga, in_turns, middle, settings_of, spent_by
from bench.http_load import CONNECTIONS, Heard
from bench.measures import BESIDE, CONTACT, ROUNDS
from iga.exports.memos.registry import MEMOS
from iga.graph.keys import VERSION
from iga.queries.registry import QUESTIONS

_TURNS = 2
_MIXED, _PAPERS, _LONGEST, _DAYS = 10_000, 44, 600.0, 400
_FORMATS = ("docx", "pdf", "html", "md")
_KEPT_OF_A_KEY, _OTHER_OF_A_KEY = "kept, with a key", "not kept, with a key"
_IN_HTTP = "Reading and writing HTTP in Python (h11, uvicorn) is two thirds of it."
_IN_ROWS = "Rows and sentences are made in Python, and one process makes one at a time."
_HOSTILE = 100
_BESIDE_HOSTILE = f"not kept, with a key, beside {_HOSTILE} hostile connections"
_SOON = Target(1_000, held_by="Two requests of strangers are worked on at once, in one process.")
_SLOWEST = Target(100, held_by=_IN_ROWS)
TARGETS: Mapping[str, Target] = {
    "kept": Target(2_000, is_floor=True, held_by=_IN_HTTP),
    "not kept": Target(400, is_floor=True, held_by=_IN_ROWS),
    _KEPT_OF_A_KEY: Target(1_000, is_floor=True, held_by=_IN_HTTP),
    _OTHER_OF_A_KEY: Target(250, is_floor=True, held_by=_IN_ROWS),
    "the bare framework": Target(0),
}
_MEMORY = Target(400, held_by="The engine's heap of 192 MB; what is imported; answers and reads that are kept.")
_STATES = (
    "alb arg arm bgd bra can chl col cri deu ecu egy esp eth fra gbr gha gtm hnd hrv hun ind ita jor jpn ken khm kor"
    " lao lbn lka mar mda mex mng moz mys nga npl pak per phl pol prt rou rwa sen srb tha tun tza uga ukr usa vnm zmb"
)


class Until(NamedTuple):
    """For how many seconds is asked, for how many answers at most, over how many connections."""

    seconds: float = 6.0
    most: int = 10**9
    connections: int = CONNECTIONS


_A_WHILE = Until()


@dataclass(frozen=True)
class Service:
    """A running service; what it was asked is counted by the way of asking."""

    process: int
    port: int
    heard: dict[str, list[Heard]] = field(default_factory=dict)

    def asked(self, way: str, paths: Sequence[str], *, key: str = "", until: Until = _A_WHILE) -> Spent:
        """Have a process of its own ask; return what the service took meanwhile."""
        words = [sys.executable, "-m", "bench.http_load", str(self.port), *map(str, until)]
        before, started = cpu_s(self.process), time.perf_counter()
        done = subprocess.run(words, input="\n".join([key, *paths]), check=True, stdout=subprocess.PIPE, text=True)
        self.heard.setdefault(way, []).append(Heard(**json.loads(done.stdout)))
        return Spent(cpu_s(self.process) - before, time.perf_counter() - started)


def serving(store: str, folder: Path, _: int) -> Iterator[Figure]:
    """Ask a running server by a command line, and over HTTP what is kept and what is not, beside the bare framework."""
    environment = settings_of(store, str(folder / "ledger.sqlite"), IGA_STANDBY="off")
    key = _key(environment)
    with served(folder, environment) as service, _bare() as bare:
        [typed] = in_turns(ROUNDS, lambda: spent_by(iga(*CONTACT), environment))
        yield Figure.of("iga ask contact beside a server", middle(typed), "s of processors", typed, BESIDE)
        kept, others = [_question("memberships", party="gov:gha")], _others()
        turns = in_turns(
            _TURNS,
            lambda: service.asked("kept", kept),
            lambda: service.asked("not kept", next(others)),
            lambda: service.asked(_KEPT_OF_A_KEY, kept, key=key),
            lambda: service.asked(_OTHER_OF_A_KEY, next(others), key=key),
            lambda: bare.asked("the bare framework", [ROUTE]),
        )
        heard = service.heard | bare.heard
        for (way, target), spent in zip(TARGETS.items(), turns, strict=True):
            yield from _figures(way, heard[way][1:], spent, target)  # the first was to warm up
        yield _beside_hostile(service, next(others), key)


def besieged(store: str, folder: Path, _: int) -> Iterator[Figure]:
    """Ask a running server with a key, over the bundled data, while somebody hostile holds connections."""
    environment = settings_of(store, str(folder / "ledger.sqlite"), IGA_STANDBY="off")
    subprocess.run(iga("load", "--bundled"), env=environment, check=True, capture_output=True)
    key = _key(environment)
    with served(folder, environment) as service:
        yield _beside_hostile(service, next(_others()), key)


def _beside_hostile(service: Service, paths: Sequence[str], key: str) -> Figure:
    with _hostile(service.port):
        spent = service.asked(_BESIDE_HOSTILE, paths, key=key, until=Until(connections=1))
    what = f"HTTP, one hop, {_BESIDE_HOSTILE}: all but the slowest"
    return Figure.of(what, service.heard[_BESIDE_HOSTILE][0].p99_ms, "ms, p99", [spent], _SOON)


def remembering(_: str, folder: Path, __: int) -> Iterator[Figure]:
    """Ask every question of many days and have papers of every kind and format made; the memory of the service then."""
    practice = folder / "practice"
    environment = settings_of(f"embedded:{practice / 'graph'}", str(practice / "ledger.sqlite"), IGA_STANDBY="off")
    for data in ("--bundled", "--sample"):  # some examples are of the sample
        subprocess.run(iga("load", data), env=environment, check=True, capture_output=True)
    key = _key(environment)
    with served(practice, environment) as service:
        mixed = [_question(card.name, **card.example, as_of=day) for day in _days() for card in QUESTIONS.values()]
        papers = [
            f"{VERSION}/memos/{kind.name}?{_text({**kind.example, 'format': form})}"
            for kind in MEMOS.values()
            for form in _FORMATS
        ]
        spent = [
            service.asked("mixed", mixed, key=key, until=Until(_LONGEST, _MIXED)),
            service.asked("papers", papers, key=key, until=Until(_LONGEST, _PAPERS, connections=1)),
        ]
        what = f"memory of the service after {_MIXED:,} mixed requests and {_PAPERS} papers"
        yield Figure.of(what, _resident_mb(service.process), "MB", spent, _MEMORY)


def _figures(way: str, heard: Sequence[Heard], spent: Sequence[Spent], target: Target) -> Iterator[Figure]:
    name = f"HTTP, one hop, {way}, {CONNECTIONS} connections, one process"
    count = sum(one.count for one in heard)
    yield Figure.of(name, count / sum(one.wall_s for one in spent), "answers a second", spent, target)
    yield Figure.of(f"{name}: each", 1000 * sum(one.cpu_s for one in spent) / count, "ms of processors", spent)
    yield Figure.of(f"{name}: all but the slowest", max(one.p99_ms for one in heard), "ms, p99", spent, _SLOWEST)


def _question(name: str, **given: Any) -> str:
    return f"{VERSION}/questions/{name}?{_text(given)}"


def _text(given: Mapping[str, Any]) -> str:
    return urlencode(given, doseq=True)


def _days() -> list[str]:
    return [f"{clock().date() - timedelta(days):%Y-%m-%d}" for days in range(_DAYS)]


def _others() -> Iterator[list[str]]:
    """Give questions that nobody asked yet, as many as can be answered in a turn."""
    every = [_question("memberships", party=f"gov:{code}", as_of=day) for day in _days() for code in _STATES.split()]
    size = len(every) // (2 * (_TURNS + 1) + 1)
    yield from (every[start : start + size] for start in range(0, len(every), size))


def _key(environment: Mapping[str, str]) -> str:
    """Return a key for everything there is."""
    words = iga("keys", "new", "bench", "--ceiling", "sensitive", "--json")
    done = subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return str(json.loads(done.stdout)["key"])


@contextmanager
def served(folder: Path, environment: Mapping[str, str]) -> Iterator[Service]:
    """Give a running service."""
    words = iga("serve", "--port", "0", "--rate", "1000000/second")  # one key asks here for everybody
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE) as server:
        try:
            assert server.stderr is not None
            server.stderr.readline()  # printed when it listens
            card = folder / "graph.door" / "card.json"
            yield Service(server.pid, json.loads(card.read_text(encoding="utf-8"))["port"])
        finally:
            server.terminate()


@contextmanager
def _hostile(port: int) -> Iterator[None]:
    """Have a process of its own hold connections as somebody hostile would."""
    words = [sys.executable, "-m", "bench.hostile", str(port), str(_HOSTILE)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as holding:
        try:
            assert holding.stdout is not None
            holding.stdout.readline()
            yield
        finally:
            holding.terminate()


@contextmanager
def _bare() -> Iterator[Service]:
    """Give a service of the framework alone."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with subprocess.Popen([sys.executable, "-m", "bench.bare_service", str(port)]) as server:
        try:
            while server.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.1)
            yield Service(server.pid, port)
        finally:
            server.terminate()


def cpu_s(process: int) -> float:
    """Return the processor time that a process has taken; Linux alone tells."""
    times = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(times[11]) + int(times[12])) / 100


def _resident_mb(process: int) -> float:
    """Return the memory that a process holds now; Linux alone tells."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1000
