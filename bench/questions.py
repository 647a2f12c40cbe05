"""How fast every question answers over a graph of the office's shape, with nothing kept from one asking to the next."""

import os
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from random import Random

from bench.measures import Figure, clock, iga, percentiles, place_of, timed
from bench.office_sample import fill
from graph.domain.catalog import NODES, fits
from graph.errors import IgaError
from graph.settings import Settings, read_settings
from graph.stores.door import Store
from graph.workspace import Workspace
from ingest.committing import load_bundled, load_sample
from queries.ask import ask, takes_many
from queries.core.question import Question
from queries.core.session import Session
from queries.core.state import KeptReads
from queries.registry import QUESTIONS

ENTITIES, TIES = 100_000, 300_000
_ASKED = 100
"""How many parameters each question is asked with, each once."""
_SECONDS_EACH = 4.0
"""After so long no further parameters are tried: all questions take some minutes on each engine."""
_TRACES = ("funding-trace", "funding-of", "path", "impact", "neighbourhood")
_HUBS = ("gov:usa", "org:un", "org:osce", "body:us-state-tip", "forum:bench-hub", "engagement:bench-series")
_FORMATS = ("docx", "pdf", "md", "html")

Given = Mapping[str, str | Sequence[str]]


def office(store: str, folder: Path, _: int) -> list[Figure]:
    """Make the graph in a store; the ledger is made once and serves both engines."""
    settings = _settings(store, folder)
    figures = []
    with Workspace(settings, clock=clock) as workspace:
        if not (folder / "practice" / "bench-0.sqlite").exists():
            seconds = timed(lambda: _fill(workspace))
            figures.append(Figure(f"ledger of {ENTITIES:,} entities, {TIES:,} relationships", f"{seconds:.0f} s"))
        with workspace.changing("bench"):
            seconds = timed(workspace.rebuild)
        with workspace.reading() as reading:
            held = reading.meta
        assert held is not None
        what = f"rebuild of {held.node_count:,} entities, {held.edge_count:,} relationships, {_engine(settings)}"
        return [*figures, Figure(what, f"{seconds:.0f} s")]


def _fill(workspace: Workspace) -> None:
    load_bundled(workspace)
    load_sample(workspace)
    with workspace.reading() as reading:
        held = reading.meta
        assert held is not None
        governments = _ids(reading.store, ("Government",))
        bodies = _ids(reading.store, ("InternationalOrganization", "Forum"))
    governments.insert(0, governments.pop(governments.index("gov:usa")))
    with workspace.changing("bench") as ledger:
        entities, ties = ENTITIES - held.node_count, TIES - held.edge_count
        fill(ledger, governments=governments, bodies=bodies, entities=entities, ties=ties)


def asked(store: str, folder: Path, _: int) -> list[Figure]:
    """Ask every question that takes the name of something, for many things, each once."""
    settings = _settings(store, folder)
    figures: list[Figure] = []
    with Workspace(settings, clock=clock) as workspace, workspace.reading() as reading:
        warm = Session.of(reading.store, reading.ledger, today=clock().date().isoformat())
        ask(warm, "contact", {"party": "OSCE"})  # the index of names and the cards are read once by any process
        for card in QUESTIONS.values():
            if card.names:
                figures += _measured(warm, reading.store, card, _engine(settings))
    return figures


def _measured(warm: Session, store: Store, card: Question, engine: str) -> Iterator[Figure]:
    """Yield how fast a question answers for what is asked about day by day, and apart from that for hubs."""
    askings = list(_parameters(store, card))
    hubs = [given for given in askings if _is_about_a_hub(given)]
    for what, asked_with in (("", [given for given in askings if given not in hubs]), (", hubs", hubs)):
        times, refused = _times(warm, card, asked_with)
        if times:
            number = f"{len(times)} of {len(asked_with)} askings"
            target = "" if what else _target(card, times)
            yield Figure(f"{card.name}, {engine}{what}, {number}", percentiles(times), target)
        elif refused:
            yield Figure(f"{card.name}, {engine}{what}", f"refused all {refused}")


def _times(warm: Session, card: Question, askings: Sequence[Given]) -> tuple[list[float], int]:
    """Return how long askings took, fastest first, as many as there is time for; and how many were refused."""
    times, refused, begun = [], 0, time.perf_counter()
    for given in askings:
        if time.perf_counter() - begun > _SECONDS_EACH:
            break
        session = _forgetful(warm)
        try:
            times.append(timed(lambda session=session, given=given: ask(session, card.name, given)))  # type: ignore[misc]
        except IgaError:  # a question may refuse what the names alone allow, such as two ends that are one
            refused += 1
    return sorted(times), refused


def _is_about_a_hub(given: Given) -> bool:
    named = (value for values in given.values() for value in ((values,) if isinstance(values, str) else values))
    return any(value in _HUBS for value in named)


def _target(card: Question, times: Sequence[float]) -> str:
    p50, p99 = (times[min(len(times) * percent // 100, len(times) - 1)] for percent in (50, 99))
    if card.name in _TRACES:
        return f"p50 under 50 ms, p99 under 500 ms{'' if p50 < 0.05 and p99 < 0.5 else ': missed'}"
    return f"p50 under 5 ms{'' if p50 < 0.005 else ': missed'}"


def _forgetful(warm: Session) -> Session:
    """Return the context with what every process keeps, and nothing of what was asked before."""
    fresh = replace(warm, resolved={}, _kept={}, _reads=KeptReads())
    fresh.__dict__.update(cards=warm.cards, headers=warm.headers, lens=warm.lens)
    return fresh


def _parameters(store: Store, card: Question) -> Iterator[Given]:
    """Yield parameters for a question: ids that fit, hubs among them, and its own examples for all else."""
    fields = card.params.model_fields
    required = [name for name in card.parameters() if fields[name].is_required()]
    fixed: dict[str, str] = {
        name: str((fields[name].examples or [""])[0]) for name in required if name not in card.names
    }
    asked_for = [name for name in card.names if name in required] or list(card.names)[:1]
    pools = {name: _chosen(store, card.names[name], seed) for seed, name in enumerate(asked_for)}
    for turn in range(min(_ASKED, max(map(len, pools.values()), default=0))):
        named = {name: pool[turn % len(pool)] for name, pool in pools.items()}
        yield {**fixed, **{name: [it] if takes_many(card.params, name) else it for name, it in named.items()}}


def _chosen(store: Store, labels: tuple[str, ...], seed: int) -> list[str]:
    """Return ids of things with these labels, the same ones each time: the hubs, then as many of each class."""
    random = Random(seed)
    classes = sorted(node.label() for node in NODES if fits(node.label(), labels))
    by_class = [_ids(store, (cls,)) for cls in classes]
    each = _ASKED // max(1, sum(bool(ids) for ids in by_class)) + 1
    hubs = [it for it in _HUBS if any(it in ids for ids in by_class)]
    some = [it for ids in by_class for it in random.sample(ids, min(each, len(ids)))]
    random.shuffle(some)
    return [*random.sample(hubs, len(hubs)), *some][:_ASKED]


@cache
def _kept_ids(store: Store, cls: str) -> tuple[str, ...]:
    rows = store.look("MATCH (n:Entity) WHERE n.cls = $cls RETURN n.id AS id ORDER BY id", cls=cls)
    return tuple(str(row["id"]) for row in rows)


def _ids(store: Store, classes: tuple[str, ...]) -> list[str]:
    return sorted(id_ for cls in classes for id_ in _kept_ids(store, cls))


def memos(folder: Path, _: int) -> list[Figure]:
    """Write a memo on a government from nothing, in each format that is offered."""
    environment = {**os.environ, **place_of(folder, 0)}
    figures = []
    for ending in _FORMATS:
        command = iga("memo", "government", "Ghana", "-o", str(folder / f"memo.{ending}"))
        first = subprocess.run(command, env=environment, capture_output=True, check=False)
        if first.returncode:
            figures.append(Figure(f"iga memo government, {ending}", "not offered"))
            continue
        run = partial(subprocess.run, command, env=environment, capture_output=True, check=True)
        seconds = statistics.median(timed(run) for _ in range(5))
        target = f"under 2 s{'' if seconds < 2 else ': missed'}"
        figures.append(Figure(f"iga memo government, {ending}, cold", f"median {seconds:.2f} s", target))
    return figures


def _settings(store: str, folder: Path) -> Settings:
    return read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / "practice" / "bench-0.sqlite"))


def _engine(settings: Settings) -> str:
    return "embedded" if settings.embedded_path else "Neo4j"
