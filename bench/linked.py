"""Measures paths and neighbourhoods in a made-up graph: pairs of parties at random, each asked for once."""

from functools import partial
from pathlib import Path
from random import Random

from bench.linked_sample import fill
from bench.measures import Figure, clock, percentiles, timed
from graph.desk import Desk
from graph.settings import read_settings
from queries.ask import ask
from queries.asking import Asking

_ASKED = 200
_RELATIONSHIPS = 3
_PARTIES = """MATCH (n:Entity) WHERE n.cls IN ['Ngo', 'Person', 'Government', 'Forum']
RETURN n.id AS id ORDER BY id"""


def linked(store: str, folder: Path, entities: int) -> list[Figure]:
    """Fill a graph with so many entities and three times as many relationships, and ask for paths in it."""
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / "linked.sqlite"))
    with Desk(settings, clock=clock) as desk:
        with desk.changing("bench") as ledger:
            if not ledger.through():
                fill(ledger, entities=entities, ties=_RELATIONSHIPS * entities)
            desk.project()
        with desk.reading() as reading:
            held = reading.meta
            assert held is not None
            context = Asking.of(reading.store, reading.ledger, today="2026-06-01")
            random = Random(3)
            parties = [str(row["id"]) for row in reading.store.look(_PARTIES)]
            pairs = [random.sample(parties, 2) for _ in range(_ASKED)]
            hubs = [(one, "forum:0") for one, _ in pairs]
            asked = {
                "path, two parties": [partial(_path, context, *pair) for pair in pairs],
                "path, a party and the largest body": [partial(_path, context, *pair) for pair in hubs],
            }
            _path(context, *random.sample(parties, 2))  # opens files, compiles texts
            size = f"{held.node_count:,} entities, {held.edge_count:,} relationships"
            target = "p50 under 50 ms, p99 under 500 ms"
            return [
                Figure(f"{name}, {size}", percentiles(sorted(timed(each) for each in calls)), target)
                for name, calls in asked.items()
            ]


def _path(context: Asking, one: str, two: str) -> None:
    if one != two:
        ask(context, "path", {"party": one, "other": two})
