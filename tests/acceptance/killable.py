"""A process that loads and projects, and says so when it is at a moment the parent chose to kill it at.

It is given a home folder, the number of the load to make (0: none, only read), a phase, the number of a moment in it,
and where it says so. A moment is a call that writes to the ledger or the graph; they are counted, not timed.
"""

import itertools
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from iga.graph.ledger import rows
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import OpenLoad
from iga.graph.projection import filling, project
from iga.graph.statements import PERSON_JUDGE, Card, Verdict, pair_key
from iga.graph.stores.embedded_filling import EmbeddedFilling
from iga.graph.stores.embedded_store import EmbeddedStore
from tests.acceptance.homes import Row, forums, ngo, row, settled

LOADS = 5
ROWS_AT_ONCE = 50
_NGOS, _LATER = 900, 220


def card_of(number: int) -> Card:
    """Return the card that load `number` comes with."""
    if number == 4:
        return Card(PERSON_JUDGE, "Judgements")
    if number == 3:
        return Card("ref:later", "Later partners")
    return Card("ref:ngos", "Partners", rank=20 if number < 5 else 60)


def rows_of(number: int) -> Iterator[Row]:
    """Give the rows of load `number`: much, little, some, judgements, a card that touches all."""
    if number == 1:
        yield from forums()
        yield from (ngo(at, f"Partner {at}") for at in range(_NGOS))
    elif number == 3:
        yield from (ngo(at, f"Partner {at}") for at in range(_NGOS, _NGOS + _LATER))
        yield from (ngo(at, f"Partner {at} abroad") for at in range(0, 40, 2))
    elif number == 4:
        yield from (row(f"j{at}", _same(at, at + 1)) for at in range(0, 200, 10))
    else:
        yield from (ngo(at, f"Partner {at} in edition {number}") for at in range(number, _NGOS, 50))


def _same(one: int, other: int) -> Verdict:
    first, second = pair_key(f"ngo:n{one}", f"ngo:n{other}")
    return Verdict(first, second, "same", by="tester", because="one partner")


def load(ledger: Ledger, number: int) -> None:
    """Make load `number`."""
    said = list(rows_of(number))
    with ledger.open_load(card_of(number)) as into:
        for start in range(0, len(said), ROWS_AT_ONCE):
            into.put(said[start : start + ROWS_AT_ONCE])
        into.commit({"read": len(said)})


class Moments:
    """Counts the moments of a phase and says when the chosen one comes."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.count = 0
        self._say = say
        self._chosen = -1
        self._numbers = itertools.count()

    def begin(self, chosen: int) -> None:
        """Count from the start."""
        self._numbers, self._chosen = itertools.count(1), chosen

    def pass_by(self) -> None:
        """Count one more; threads may pass at once."""
        self.count = number = next(self._numbers)
        if number == self._chosen:
            self._say("now")

    def watch(self) -> None:
        """Make a moment of every call that writes, and of every file that goes or moves."""
        for owner, names in WRITING.items():
            for name in names:
                setattr(owner, name, self._told(getattr(owner, name)))
        sys.addaudithook(lambda event, _: self.pass_by() if event in ("os.remove", "os.rename", "os.rmdir") else None)

    def _told(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def told(*given: Any, **named: Any) -> Any:
            self.pass_by()
            return call(*given, **named)

        return told


WRITING: dict[Any, tuple[str, ...]] = {
    EmbeddedStore: ("_call",),
    EmbeddedFilling: ("nodes", "ties", "finish", "_type_of"),
    OpenLoad: ("put", "commit"),
    rows: ("_run_many",),
}


def main(home: Path, number: int, phase: str, chosen: int, parent: Connection) -> None:
    """Make one load, or only read; tell each phase's count of moments, and when it is acknowledged."""
    # Small enough that a few hundred changes are several transactions, and a few thousand rows many batches.
    vars(project).update(AT_ONCE=200, BATCH=50)
    vars(filling).update(BATCH=100)
    moments = Moments(parent.send)
    moments.watch()

    def through(name: str, work: Callable[[], Any]) -> Any:
        moments.begin(chosen if name == phase else -1)
        done = work()
        parent.send(f"{name} {moments.count}")
        return done

    with settled(home) as workspace:
        if not number:
            through("reading", lambda: workspace.reading().__enter__())
            return
        with workspace.changing(f"load {number}") as ledger:
            through("load", lambda: load(ledger, number))
            done = through("projection", workspace.project)
            parent.send(f"acknowledged {done.meta.hash}")
