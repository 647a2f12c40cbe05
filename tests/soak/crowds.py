"""Faults of many at once: readers beside writers, with a server and without, and two servers on one store.

Afterwards the acknowledged entries are made again, one by one in the order in which the ledger took them. Whoever was
answered was answered as after one of them, and not as before one that had been acknowledged when the question was put;
or the answer said that a load was being projected.
"""

import json
import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any
from urllib.request import urlopen

from tests.soak.home import Ran, World, alone, done, iga, killed, load, plain, started, table

READERS = 8
SUBJECTS = ("ngo:n7", "ngo:n11", "ngo:n33", "ngo:n38")
DAY = {"IGA_NOW": "2031-06-01T12:00:00Z"}
"""Entries carry their day: they are made again on the same."""

_TRIES = 40
_MOST_S = 120
Words = tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What somebody was shown of a subject, and how many entries had been acknowledged when they asked."""

    subject: str
    is_public: bool
    acknowledged: int
    entity: dict[str, Any]


@dataclass
class Crowd:
    """Who reads and writes on one home, and what they were told."""

    home: Path
    acknowledged: list[Words] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def write(self, entries: list[Words]) -> None:
        """Make entries one after the other; one that is refused, since others write, is made again."""
        for words in entries:
            for _ in range(_TRIES):
                ran = alone(self.home, *words, environ=DAY)
                if ran.code == 0:
                    break
                plain(ran)
            done(ran)
            self.acknowledged.append(words)

    def read(self, chance: random.Random) -> None:
        """Ask until all is written; now and then whoever asks is killed."""
        while not self.over.is_set():
            subject, acknowledged = chance.choice(SUBJECTS), len(self.acknowledged)
            if chance.random() < 0.1:
                killed(self.home, "show", subject, after_s=chance.uniform(0.1, 1))
                continue
            ran = alone(self.home, "show", subject, "--json", environ=DAY)
            if ran.code == 0:
                self.shown.append(Shown(subject, False, acknowledged, json.loads(ran.out)))
            else:
                plain(ran)

    def read_at(self, address: str, chance: random.Random) -> None:
        """Ask a server over HTTP until all is written."""
        while not self.over.is_set():
            subject, acknowledged = chance.choice(SUBJECTS), len(self.acknowledged)
            with urlopen(f"{address}/v1/entities/{subject}", timeout=_MOST_S) as reply:
                self.shown.append(Shown(subject, True, acknowledged, json.load(reply)))


def readers_and_writers(world: World, place: Path, chance: random.Random) -> str:
    """Let eight read and two write at once, each in a process of its own."""
    crowd = Crowd(world.copy(1, place))
    _together(crowd, chance, readers=[crowd.read] * READERS)
    return _stood_by(world, crowd)


def readers_and_writers_at_a_server(world: World, place: Path, chance: random.Random) -> str:
    """Let eight read and two write at once through one server: half of the readers over HTTP, the rest as commands."""
    crowd = Crowd(world.copy(1, place))
    with served(crowd.home) as address:

        def over_http(own: random.Random) -> None:
            crowd.read_at(address, own)

        _together(crowd, chance, readers=[over_http, crowd.read] * (READERS // 2))
    return _stood_by(world, crowd)


def two_servers(world: World, place: Path, chance: random.Random) -> str:
    """Start a second server on what one serves, or one while somebody loads: it waits, or says who is there."""
    home = world.copy(1, place)
    if chance.random() < 0.5:
        with served(home) as address:
            second = alone(home, "serve", "--port", "0")
            plain(second)
            assert Path(home / "graph.door").exists()
            with urlopen(f"{address}/readyz", timeout=_MOST_S) as reply:
                assert reply.status == 200
            done(alone(home, *load(2)))
    else:
        with started(home, *load(2)) as writer:
            Event().wait(chance.uniform(0, 2))
            with served(home) as address, urlopen(f"{address}/readyz", timeout=_MOST_S) as reply:
                assert reply.status == 200
                out, err = (stream.decode() for stream in writer.communicate())
        if writer.returncode:  # the server was first
            plain(Ran(writer.returncode, out, err))
            done(iga(home, *load(2)))
    assert done(iga(home, "hash")).out.strip() == world.hashes[2]
    return "told"


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve a home, giving the address; it waits for whoever holds the home."""
    with started(home, "serve", "--port", "0", environ=DAY) as server:
        assert server.stderr
        line = server.stderr.readline().decode()
        found = re.search(r"http://\S+:\d+", line)
        assert found, line + server.stderr.read().decode()
        try:
            yield found[0]
        finally:
            server.terminate()
            _, err = server.communicate(timeout=_MOST_S)
        assert b"Stopped." in err, err


def _together(crowd: Crowd, chance: random.Random, readers: list[Any]) -> None:
    (crowd.home / "partners-3.csv").write_text(table(3), encoding="utf-8")
    editions = [load(2), load(3)]
    corrections: list[Words] = [
        ("correct", chance.choice(SUBJECTS), "website", f"https://{at}.example.org", "--because", f"told {at}")
        for at in range(2)
    ]
    with ThreadPoolExecutor(READERS + 2) as pool:
        reading = [pool.submit(reader, random.Random(chance.random())) for reader in readers]
        writing = [pool.submit(crowd.write, entries) for entries in (editions, corrections)]
        try:
            for writer in writing:
                writer.result(timeout=600)
        finally:
            crowd.over.set()
        for reader in reading:
            reader.result()


def _stood_by(world: World, crowd: Crowd) -> str:
    """Make the entries again in the order of the ledger, and compare what was shown with how each left the graph."""
    clean = world.copy(1, crowd.home.with_name(f"{crowd.home.name}.clean"))
    for path in crowd.home.glob("partners-*.csv"):
        shutil.copy(path, clean)
    entries = _in_order(crowd)
    states = [_entities(clean)]
    for words in entries:
        done(iga(clean, *words, environ=DAY))
        states.append(_entities(clean))
    assert done(iga(crowd.home, "hash")).out == done(iga(clean, "hash")).out, crowd.home
    done(iga(crowd.home, "verify-ledger"))
    whole = [shown for shown in crowd.shown if not shown.entity["projecting"]]
    for shown in whole:
        later = [state[shown.is_public, shown.subject] for state in states[shown.acknowledged :]]
        assert shown.entity in later, f"{shown} is as after none of {entries[shown.acknowledged :]}"
    assert whole
    return "held"


def _in_order(crowd: Crowd) -> list[Words]:
    with closing(sqlite3.connect(crowd.home / "ledger.sqlite")) as ledger:
        sources = [source for (source,) in ledger.execute("SELECT source FROM load WHERE no > 1 ORDER BY no")]
    assert len(sources) == len(crowd.acknowledged), (sources, crowd.acknowledged)
    left = {word: [words for words in crowd.acknowledged if words[0] == word] for word in ("load", "correct")}
    return [left["load" if source == "test:partners" else "correct"].pop(0) for source in sources]


def _entities(home: Path) -> dict[tuple[bool, str], Any]:
    def shown(subject: str, ceiling: str) -> Any:
        ran = iga(home, "show", subject, "--json", environ={**DAY, "IGA_CEILING": ceiling})
        return json.loads(done(ran).out)

    ceilings = {False: "sensitive", True: "public"}
    return {(is_public, it): shown(it, ceiling) for is_public, ceiling in ceilings.items() for it in SUBJECTS}
