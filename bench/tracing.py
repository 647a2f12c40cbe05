"""How long a trace of money takes over a large made-up graph: hubs that fund thousands, and sub-awards hand by hand."""

import random
import statistics
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.measures import Figure, clock, timed
from graph.fold.shapes import View
from graph.ledger.ledger import Ledger
from graph.projection.project import rebuild
from graph.statements import Card, Content, EdgeStatement, NodeStatement, Values
from graph.stores.embedded_store import EmbeddedStore
from queries.ask import ask
from queries.asking import Asking

_FUNDERS = 50
_ASKED = 200
_CODES = ("ken", "gha", "per", "phl", "jam", "mng", "col", "rou")


def tracing(folder: Path, awards: int) -> list[Figure]:
    """Measure traces from funders, one of which funds half of all awards, and from sub-recipients."""
    with (
        Ledger.open(folder / "tracing.sqlite", clock=clock) as ledger,
        closing(EmbeddedStore(folder / "tracing")) as store,
    ):
        with ledger.open_load(Card("bench:money", "Money of the benchmark", fictional=True)) as opened:
            opened.put(list(_rows(awards)))
            opened.commit({})
        rebuild(ledger, store, view=View(), now=clock().strftime("%Y-%m-%dT%H:%M:%SZ"))
        asking = Asking.of(store, ledger, today="2026-11-25")
        ask(asking, "funding-trace", {"party": "body:bench-1"})  # opens the index of names
        funders = [f"body:bench-{number}" for number in range(_FUNDERS)]
        partners = [f"ngo:bench-{number}" for number in range(0, _ASKED * 7, 7)]
        return [
            *_figures(asking, "funding-trace", funders, "a funder, one a hub"),
            *_figures(asking, "funding-trace", partners, "a partner"),
            *_figures(asking, "funding-of", partners, "a partner"),
        ]


def _figures(asking: Asking, question: str, parties: list[str], of: str) -> Iterator[Figure]:
    times = sorted(timed(lambda: ask(asking, question, {"party": party})) * 1000 for party in parties)  # noqa: B023
    p99 = times[min(len(times) - 1, round(len(times) * 0.99))]
    yield Figure(f"{question} of {of}", f"p50 {statistics.median(times):.0f} ms, p99 {p99:.0f} ms", "50 ms, 500 ms")


def _rows(awards: int) -> Iterator[tuple[str, str, Content]]:
    for number, said in enumerate(_said(awards)):
        yield str(number), f"money.csv:{number + 2}", Content(said)


def _said(awards: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(7)
    organizations = awards // 3
    for code in _CODES:
        yield (NodeStatement("Government", f"gov:{code}", {"name": code.title(), "iso3": code.upper()}),)
    for number in range(_FUNDERS):
        yield (NodeStatement("PublicBody", f"body:bench-{number}", {"name": f"Funder {number} of the benchmark"}),)
    for number in range(organizations):
        yield (NodeStatement("Ngo", f"ngo:bench-{number}", {"name": f"Partner {number} of the benchmark"}),)
    for number in range(awards):
        award, prime = f"award:bench-{number}", f"ngo:bench-{chance.randrange(organizations)}"
        funder = "body:bench-0" if number % 2 else f"body:bench-{chance.randrange(1, _FUNDERS)}"
        total = {"amount": str(number * 10), "currency": "USD", "measure": "obligation", "value_date": "2026"}
        yield (
            NodeStatement("Award", award, {"name": f"Award {number} of the benchmark", "total_obligated": total}),
            EdgeStatement("FUNDED", funder, award, {}),
            EdgeStatement("AWARDED_TO", award, prime, {}),
            EdgeStatement("IMPLEMENTED_IN", award, f"gov:{chance.choice(_CODES)}", {}),
            *_moved(number, "obligation", funder, prime, number * 10),
        )
        if number % 2:
            sub = f"ngo:bench-{chance.randrange(organizations)}"
            yield (
                *_moved(number, "subaward", prime, sub, number * 3),
                EdgeStatement("SUBAWARDED_TO", award, sub, {}),
            )


def _moved(number: int, measure: str, giver: str, receiver: str, amount: int) -> tuple[Any, ...]:
    written = f"transaction:bench-{measure}-{number}"
    money = {"amount": str(amount), "currency": "USD", "measure": measure, "value_date": "2025-03-01"}
    said: Values = {"name": f"{measure} {number}", "money": money, "provider": giver, "receiver": receiver}
    return NodeStatement("Transaction", written, said), EdgeStatement("UNDER", written, f"award:bench-{number}", {})
