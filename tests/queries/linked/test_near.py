"""What arrays tell of the surroundings of two parties is what a store tells, and so are the paths between them."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from iga.graph.errors import TimedOut
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.meta import Meta, meta_properties
from iga.graph.statements import EdgeStatement, NodeStatement, Verdict
from iga.graph.stores.door import Store, Tie, create_nodes, create_ties
from iga.queries.core import ties
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.relationships import NODE_DATES
from iga.queries.core.session import Session
from iga.queries.core.state import Status
from iga.queries.core.ties import ties_at
from iga.queries.linked import web
from iga.queries.linked.near import KeptNear, ReadNear, TellsNear, surroundings
from iga.queries.linked.web import lightest_paths
from tests.acceptance.homes import Row, forums, load_and_project, ngo, row, settled
from tests.clock import TODAY, clock
from tests.engines import ENGINES, store_of
from tests.reading import some

CLASSES = ("Government", "Person", "Engagement", "Engagement", "Resolution", "Publication")
TYPES = ("MEMBER_OF", "PARTICIPATED", "PART_OF", "PARTY_TO", "UNDER", "VOTED", "REACHED_AT")
DAYS = ("2019-01-01", "2021-06-30", "2024", "2025-12-31", "2031-01-01")


@pytest.fixture(scope="module", params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store_of(request, tmp_path_factory.mktemp("near")) as store:
        store.define()
        yield store


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Give a ledger that protects nobody."""
    with Ledger.open(tmp_path_factory.mktemp("near") / "ledger.sqlite", clock=clock) as ledger:
        yield ledger


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small graph have hubs, levels that are full, and ends that are not read."""
    for name, value in {"HUB": 5, "_OF_AN_END": 7, "_READ_IN_ORDER": 9, "_FOLLOWED": 4, "_HUBS_JOINED": 2}.items():
        monkeypatch.setattr(web, name, value)


def filled(store: Store, random: Random) -> list[str]:
    """Fill a store with a graph of any shape; return the ids."""
    store.clear()
    ids = [f"x:{number:02}" for number in range(24)]
    nodes: dict[str, list[dict[str, Any]]] = {}
    for id_ in ids:
        cls, names = random.choice(CLASSES), ("adopted_on", "published_on", "start_min")
        days = {name: random.choice(DAYS) for name in names if random.random() < 0.6}
        values = {"id": id_, "cls": cls, "name": id_, "status": random.choice(("held", "planned")), **days}
        nodes.setdefault(cls, []).append(values)
    ties: dict[str, list[Tie]] = {}
    for number in range(random.randrange(20, 60)):
        one, other = random.sample(ids[:4] + ids, 2) if random.random() < 0.7 else random.sample(ids[:3], 2)
        if one != other:
            of_ties = ("start_min", "start_max", "end_max", "period_start", "withdrawn_on", "signed_on")
            days = {name: random.choice(DAYS) for name in of_ties if random.random() < 0.3}
            properties = {"key": f"rel:{random.randrange(10**6)}-{number}", "digest": "", **days}
            ties.setdefault(random.choice(TYPES), []).append(Tie(one, other, properties))
    with store.transaction() as run:
        create_nodes(run, ("Meta",), [meta_properties(Meta(ledger="made up"))])
        for cls, of_class in nodes.items():
            create_nodes(run, ("Entity", cls), of_class)
        for kind, of_type in ties.items():
            create_ties(run, kind, of_type)
    return ids


def searched(near: TellsNear, start: str, end: str, keys: Any) -> Any:
    """Return everything that a search gives an answer."""
    taken = web.web_between(near, (start, end))
    links = web.links_of(taken, start, end)
    if end not in links:
        web.join_hubs(taken, start, end)
        links = web.links_of(taken, start, end)
    between = {node: taken.between(node) for node in links}
    paths = list(lightest_paths(links, between, start, end, most_edges=web.MOST_EDGES))
    hops = [
        (here, there, bond)
        for _, nodes in paths
        for here, there in pairwise(nodes)
        for bond in taken.links[here][there]
    ]
    edges = near.edges(hops)
    seen = [(here, keys(bond.edge), bond.held, bond.weight, bond.source == here) for here, _, bond in hops]
    looks = [
        (it.edge.key, [it.edge.values.get(name) for name in NODE_DATES], it.dated.subject) for it in edges.values()
    ]
    return paths, seen, looks, taken.degrees, taken.read_count, taken.left, taken.unread


@pytest.mark.parametrize("seed", range(4))
def test_arrays_find_the_paths_that_reads_find(store: Store, ledger: Ledger, seed: int) -> None:
    random = Random(seed)
    ids = filled(store, random)
    session = Session(store, ledger, TODAY, Status(graph_hash=Meta(ledger="").hash))
    pairs = [tuple(ids[:2]), *random.sample(list(combinations(ids, 2)), 4)]
    found = 0
    for start, end in some(pairs):
        ends = session.read(ENTITIES_BY_ID, OfIds(ids=(start, end)))
        for any_time in (False, True):
            kept = surroundings(session, (ends[0], ends[1]), day=TODAY, any_time=any_time)
            assert isinstance(kept, KeptNear)
            read = ReadNear(session, ends, day=TODAY, any_time=any_time)
            by_arrays = searched(kept, start, end, cast(Any, session.ties).keys.__getitem__)
            assert by_arrays == searched(read, start, end, lambda key: key)
            found += len(by_arrays[0])
    assert found


def test_a_file_that_is_damaged_or_of_another_state_is_made_anew(store: Store, tmp_path: Path) -> None:
    filled(store, Random(1))
    path, version = tmp_path / "beside" / "view.ties", Meta(ledger="").hash
    first = kept(path, store)
    whole = path.read_bytes()
    assert (path.stat().st_mode & 0o077, [it.name for it in path.parent.iterdir()]) == (0, ["view.ties"])
    for content in (
        b"",
        b"x" * 99,
        whole[:-1],
        whole[:50] + b"!" + whole[51:],
        whole.replace(version.encode(), b"1" * 64),
    ):
        path.write_bytes(content)
        assert kept(path, store) == first
        assert path.read_bytes() == whole
    filled(store, Random(2))
    assert kept(path, store) == first  # as it was kept
    assert ties_at(path, store, version="b") is None  # the store is not at it
    path.unlink()
    path.mkdir()
    assert kept(path, store) != first  # where nothing can be written, in memory


def test_where_arrays_take_too_long_or_are_too_many_the_store_is_read(
    store: Store, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = filled(store, Random(3))

    def told() -> TellsNear:
        session = Session(store, ledger, TODAY, Status(graph_hash=Meta(ledger="").hash))
        ends = session.read(ENTITIES_BY_ID, OfIds(ids=(ids[0], ids[1])))
        return surroundings(session, (ends[0], ends[1]), day=TODAY, any_time=True)

    def stopped(cypher: str, /, **_: Any) -> Iterator[Any]:
        raise TimedOut(f"a statement ran longer than is allowed: {cypher}")

    assert isinstance(told(), KeptNear)
    with monkeypatch.context() as busy:
        busy.setattr(store, "each", stopped)
        assert isinstance(told(), ReadNear)
    monkeypatch.setattr(ties, "MOST", -1)  # the made-up state counts none
    assert isinstance(told(), ReadNear)


def kept(path: Path, store: Store) -> Any:
    ties = ties_at(path, store, version=Meta(ledger="").hash)
    assert ties
    return [*ties.ids, *ties.keys, *ties.ways, *ties.others, *ties.datings]


def test_arrays_are_carried_on_by_what_steps_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carried: list[int] = []
    carry = ties._carried

    def counted(*asked: Any) -> ties.Ties:
        carried.append(len(asked[3]))
        return carry(*asked)

    monkeypatch.setattr(ties, "_carried", counted)
    elsewhere = EdgeStatement("MEMBER_OF", "ngo:n5", "forum:f9", {"attested_on": ["2020-01-01"]})
    alone = row("n6", NodeStatement("Ngo", "ngo:n6", {"name": "Alone"}))
    steps: tuple[list[Row], ...] = (
        [*forums(), *(ngo(at) for at in range(30))],
        [ngo(3, "Renamed"), ngo(31)],
        [row("n5", NodeStatement("Ngo", "ngo:n5", {"name": "Partner 5"}), elsewhere)],
        [alone, row("same", Verdict("ngo:n1", "ngo:n21", "same"))],
    )
    with settled(tmp_path) as workspace:
        for rows in steps:
            load_and_project(workspace, rows)
            with workspace.reading() as reading:
                session = Session.at(workspace, reading)
                assert session.ties == ties_at(None, reading.store, version=session.status.graph_hash)
        assert len(carried) == len(steps) - 1
        assert max(carried) < 10
        workspace.views.drop_indexes()
        assert not list(workspace.settings.views.glob("*.names.*"))
