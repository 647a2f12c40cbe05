"""How fast questions answer over a graph of the office's shape, with nothing kept from one asking to the next."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from bench.figures import Figure, Spent, Target, clock, held_mb, middle, peak_mb, spent_on
from bench.measures import PRACTICE, engine_of
from bench.office_sample import fill
from iga.graph.domain.catalog import NODES, fits
from iga.graph.errors import IgaError
from iga.graph.settings import read_settings
from iga.graph.stores.door import Store
from iga.graph.workspace import Workspace
from iga.ingest.committing import load_bundled, load_sample
from iga.queries.ask import ask
from iga.queries.core.question import Question, takes_many
from iga.queries.core.session import Session
from iga.queries.core.state import KeptReads
from iga.queries.registry import QUESTIONS

_ASKED = 100
"""How many parameters each question is asked with, each once."""
_SECONDS_EACH = 4.0
"""After so long no further parameters are tried: all questions take some minutes on each engine."""
_MS = 1000
_HUBS = ("gov:usa", "org:un", "org:osce", "body:us-state-tip", "forum:bench-hub", "engagement:bench-series")

AROUND = ("path", "impact", "neighbourhood", "last-touch", "brokers", "introductions", "communities", "what-if")
"""Questions that go from relationship to relationship."""
LOOK_UPS = ("contact", "members", "memberships", "parties", "tier-history", "treaty-status", "withdrawals", "plans")
"""Questions that look one thing up, with what stands beside it."""

SEARCH = Target(5, held_by="Rows and sentences are made in Python; on Neo4j each read is a way there and back.")
LOOK_UP = Target(5, held_by="Each read is a way there and back, one after the other.")
REST = Target(12, held_by="Each read is a way there and back; this question makes some twenty.")

PER_TIE = "loaded and projected, for each relationship"
BYTES_PER_TIE = "ledger and graph on the disk, for each relationship"

Given = Mapping[str, str | Sequence[str]]


def office(store: str, folder: Path, entities: int) -> Iterator[Figure]:
    """Make a graph with three times as many relationships; the ledger is made once and serves both engines."""
    with _workspace(store, folder) as workspace:
        if not (folder / PRACTICE / "bench.sqlite").exists():
            yield from _made(workspace, entities, 3 * entities)
        with workspace.changing("bench"):
            anew = spent_on(workspace.rebuild)
        what = f"rebuild of {entities:,} entities, {3 * entities:,} relationships, {engine_of(store)}"
        yield Figure.of(what, anew.cpu_s, "s of processors", [anew])


def _made(workspace: Workspace, entities: int, ties: int) -> Iterator[Figure]:
    """Load the bundled and the sample data, and made-up things around them."""
    load_bundled(workspace)
    load_sample(workspace)
    with workspace.reading() as reading:
        held = reading.meta
        assert held is not None
        governments = _ids(reading.store, ("Government",))
        bodies = _ids(reading.store, ("InternationalOrganization", "Forum"))
    governments.insert(0, governments.pop(governments.index("gov:usa")))
    more, beside = max(1_000, entities - held.node_count), max(4_000, ties - held.edge_count)
    with workspace.changing("bench") as ledger:
        loaded = spent_on(lambda: fill(ledger, governments=governments, bodies=bodies, entities=more, ties=beside))
    yield Figure.of(
        f"ledger of {entities:,} entities, {ties:,} relationships", loaded.cpu_s, "s of processors", [loaded]
    )


def around(store: str, folder: Path, entities: int) -> Iterator[Figure]:
    """Ask the questions that go from relationship to relationship."""
    yield from _asked(store, folder, f"{entities // 1000}k/{3 * entities // 1000}k", dict.fromkeys(AROUND, SEARCH))


def asked(store: str, folder: Path, _: int) -> Iterator[Figure]:
    """Ask every question that takes the name of something, for many things, each once."""
    targets = {
        name: LOOK_UP if name in LOOK_UPS else REST
        for name, card in QUESTIONS.items()
        if card.names and name not in AROUND
    }
    yield from _asked(store, folder, "", targets)


def _asked(store: str, folder: Path, size: str, targets: Mapping[str, Target]) -> Iterator[Figure]:
    with _workspace(store, folder) as workspace, workspace.reading() as reading:
        warm = Session.at(workspace, reading)
        ask(warm, "contact", {"party": "OSCE"})  # the index of names and the cards are read once by any process
        held = held_mb()
        tied = spent_on(lambda: warm.ties)
        if size:
            what = f"relationships as arrays, {size}, {engine_of(store)}"
            yield Figure.of(what, tied.cpu_s, "s of processors", [tied])
            yield Figure.of(f"memory of {what}", held_mb() - held, "MB", [tied], Target(300))
        is_wall = engine_of(store) == "Neo4j"
        unit = "ms, p50" if is_wall else "ms of processors, p50"
        for name, target in targets.items():
            hubs, others = _parameters(reading.store, QUESTIONS[name])
            for whom, some, held_to in (("", others, target), ("hubs", hubs, Target(0))):
                if spent := _times(warm, QUESTIONS[name], some):
                    what = ", ".join(filter(None, (name, whom, size, engine_of(store), "warm")))
                    yield Figure.of(what, middle(spent, is_wall=is_wall) * _MS, unit, spent, held_to)


def _times(warm: Session, card: Question, askings: Sequence[Given]) -> list[Spent]:
    """Return what askings took, as many as there is time for; what is refused does not count."""
    spent: list[Spent] = []
    begun = time.perf_counter()
    for given in askings:
        if time.perf_counter() - begun > _SECONDS_EACH:
            break
        session = forgetful(warm)
        try:
            spent.append(spent_on(lambda session=session, given=given: ask(session, card.name, given)))  # type: ignore[misc]
        except IgaError:  # a question may refuse what the names alone allow, such as two ends that are one
            continue
    return spent


def forgetful(warm: Session) -> Session:
    """Return the context with what every process keeps, and nothing of what was asked before."""
    fresh = replace(warm, resolved={}, _kept={}, _reads=KeptReads())
    fresh.__dict__.update(cards=warm.cards, headers=warm.headers, lens=warm.lens)
    return fresh


def growth(store: str, folder: Path, entities: int) -> Iterator[Figure]:
    """Load, reload, look up and trace in a graph of so many entities and five times as many relationships."""
    size = f"{entities:,} entities, {5 * entities:,} relationships"
    with _workspace(store, folder) as workspace:
        made = list(_made(workspace, entities, 5 * entities))
        projected = spent_on(lambda: _catch_up(workspace))
        yield from (*made, Figure.of(f"projected, {size}", projected.cpu_s, "s of processors", [projected]))
        per_tie = (made[0].cpu_s + projected.cpu_s) / (5 * entities)
        yield Figure.of(f"{PER_TIE}, {size}", per_tie * 1e6, "µs of processors", [projected])
        held = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        yield Figure.of(f"{BYTES_PER_TIE}, {size}", held / (5 * entities), "bytes", [])
        reloaded = spent_on(lambda: load_bundled(workspace))
        yield Figure.of(f"bundled data loaded again, {size}", reloaded.cpu_s, "s of processors", [reloaded])
        with workspace.reading() as reading:
            warm = Session.at(workspace, reading)
            named = spent_on(lambda: warm.names)
            yield Figure.of(f"names filled, {size}", named.cpu_s, "s of processors", [named])
            tied = spent_on(lambda: warm.ties)
            yield Figure.of(f"relationships as arrays, {size}", tied.cpu_s, "s of processors", [tied])
            for name in ("contact", "funding-trace", "path"):
                hubs, others = _parameters(reading.store, QUESTIONS[name])
                for what, some in ((name, others), (f"{name}, hubs", hubs)):
                    if spent := _times(warm, QUESTIONS[name], some):
                        yield Figure.of(f"{what}, {size}", middle(spent) * _MS, "ms of processors, p50", spent)
        yield Figure.of(f"most memory of these, {size}", peak_mb(), "MB", [projected], Target(4_096))


def _catch_up(workspace: Workspace) -> None:
    with workspace.changing("bench"):
        workspace.project()


def _parameters(store: Store, card: Question) -> tuple[list[Given], list[Given]]:
    """Return parameters for a question, those of hubs and those of others: ids that fit, and its own examples."""
    fields = card.params.model_fields
    required = [name for name in card.parameters() if fields[name].is_required()]
    fixed: dict[str, str] = {
        name: str((fields[name].examples or [""])[0]) for name in required if name not in card.names
    }
    asked_for = [name for name in card.names if name in required] or list(card.names)[:1]
    pools = {name: _chosen(store, card.names[name], seed) for seed, name in enumerate(asked_for)}

    def given(which: int) -> Iterator[Given]:
        for turn in range(max((len(pool[which]) for pool in pools.values()), default=0)):
            named = {name: pool[which][turn % len(pool[which])] for name, pool in pools.items() if pool[which]}
            if len(named) == len(pools):
                yield {**fixed, **{name: [it] if takes_many(card.params, name) else it for name, it in named.items()}}

    return list(given(0)), list(given(1))


def _chosen(store: Store, labels: tuple[str, ...], seed: int) -> tuple[list[str], list[str]]:
    """Return ids of things with these labels, the same ones each time: the hubs, and as many of each class."""
    random = Random(seed)
    classes = sorted(node.label() for node in NODES if fits(node.label(), labels))
    by_class = [_ids(store, (cls,)) for cls in classes]
    each = _ASKED // max(1, sum(bool(ids) for ids in by_class)) + 1
    hubs = [it for it in _HUBS if any(it in ids for ids in by_class)]
    some = [it for ids in by_class for it in random.sample(ids, min(each, len(ids)))]
    return random.sample(hubs, len(hubs)), random.sample(some, min(_ASKED, len(some)))


@cache
def _kept_ids(store: Store, cls: str) -> tuple[str, ...]:
    rows = store.look("MATCH (n:Entity) WHERE n.cls = $cls RETURN n.id AS id ORDER BY id", cls=cls)
    return tuple(str(row["id"]) for row in rows)


def _ids(store: Store, classes: tuple[str, ...]) -> list[str]:
    return sorted(id_ for cls in classes for id_ in _kept_ids(store, cls))


def _workspace(store: str, folder: Path) -> Workspace:
    settings = read_settings({"IGA_HOME": str(folder)}, store=store, ledger=str(folder / PRACTICE / "bench.sqlite"))
    return Workspace(settings, clock=clock)
