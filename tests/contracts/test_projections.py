"""The projection on both engines: what is put in comes out, steps are rebuilds, strangers are refused."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iga.graph.domain.marking import Marking
from iga.graph.errors import LedgerDamaged, StoreBusy, StoreRefused
from iga.graph.fold.shapes import FoldedEdge, FoldedNode, View
from iga.graph.projection.audit import audit
from iga.graph.projection.meta import Meta, meta, meta_properties
from iga.graph.projection.project import Projection, is_current, project, rebuild
from iga.graph.projection.properties import folded_edge, folded_node, waiting_edge
from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement, Statement
from iga.graph.stores.door import META_READ, Run, Store
from tests.contracts.conftest import emptied
from tests.properties.histories import histories
from tests.properties.ledger_model import Load, ModelLedger, judged, unjudged
from tests.properties.projection_model import ModelProjection, graph_of
from tests.reading import some

NOW = "2026-01-15T00:00:00Z"
LATER = "2026-06-01T00:00:00Z"
CARD = Card("list:a", "A list")
NAUGHTY = ("a\x00b", "مرحبا 😀", "\u202eabc", "' OR 1=1 //", "$rows", "\\u0041 \\", "\r\n\t\x1b[0m", "\ufb01", "ngo:a")


class NamedLedger(ModelLedger):
    """The model ledger with a name of its own."""

    def __init__(self, loads: Iterable[Load] = (), *, name: str = "ledger-1") -> None:
        super().__init__(loads)
        self.id = self.name = name

    def instant_of(self, load_no: int) -> str:
        return next((header.at for header in self.headers() if header.no == load_no), "")


def load(rows: Mapping[str, tuple[Statement, ...]], *withdrawn: str, public_from: str = "") -> Load:
    return Load(CARD, {key: Content(said, 0, public_from) for key, said in rows.items()}, withdrawn)


def ngo(named: str, **values: str | list[str]) -> NodeStatement:
    return NodeStatement("Ngo", named, dict(values))


def held_in(store: Store) -> ModelProjection:
    """Read a whole store back into folded items."""
    nodes = [folded_node(row["p"]) for row in store.look("MATCH (n:Entity) RETURN properties(n) AS p")]
    edges = [
        folded_edge(row["t"], row["a"], row["b"], row["p"])
        for row in store.look("MATCH (a)-[x]->(b) RETURN type(x) AS t, a.id AS a, b.id AS b, properties(x) AS p")
    ]
    waiting = [waiting_edge(row["p"]) for row in store.look("MATCH (n:Waiting) RETURN properties(n) AS p")]
    aliases = store.look("MATCH (n:Alias) RETURN n.id AS id, n.canonical AS canonical")
    return ModelProjection(
        nodes={node.id: node for node in nodes},
        edges={edge.key: edge for edge in edges},
        waiting={edge.key: edge for edge in waiting},
        aliases={row["id"]: row["canonical"] for row in aliases},
    )


@pytest.fixture
def always_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no step be so large that it becomes a rebuild."""
    monkeypatch.setattr("iga.graph.fold.step.REBUILD_SHARE", 1e-6)


PERIOD = {"start": "1963", "end_kind": "dated", "end": "1980-05"}
SMALL = [
    load(
        {
            "1": (ngo("ngo:a", name="Côte d’Azur Aid", aliases=["CAA", "😀"]), ngo("ngo:b")),
            "2": (
                NodeStatement("Project", "project:p", {"name": "P", "period": PERIOD}),
                NodeStatement("Transaction", "transaction:t", {"money": {
                    "amount": "-12.5", "currency": "USD", "measure": "outlay", "value_date": ""}}),
                EdgeStatement("IMPLEMENTS", "ngo:a", "project:p", {"period": PERIOD, "attested_on": ["2018-06"]}),
                EdgeStatement("IMPLEMENTS", "ngo:x", "project:p", {"role": "lead"}),
            ),
        }
    ),
    judged("ngo:a", "ngo:b"),
]  # fmt: skip


def test_what_is_folded_comes_back_from_the_store(store: Store) -> None:
    ledger = NamedLedger(SMALL)
    projection = project(ledger, store, now=NOW)
    expected = graph_of(ledger, View(now=NOW))
    assert held_in(store) == expected
    assert expected.waiting
    assert projection.rebuilt
    assert projection.meta == meta(store)
    assert projection.meta.hash == audit(store).tally.hex
    counts = (projection.meta.node_count, projection.meta.edge_count, projection.meta.waiting_count)
    assert counts == (3, 1, 1)


def test_naughty_text_comes_back_as_it_was(store: Store) -> None:
    rows = {f"{i}{text}": (ngo(f"ngo:n{i}", name=text, aliases=[text, "x"]),) for i, text in enumerate(NAUGHTY)}
    ledger = NamedLedger([load(rows)])
    project(ledger, store, now=NOW)
    assert held_in(store) == graph_of(ledger, View(now=NOW))
    assert audit(store).damaged == ()


def test_projecting_again_writes_nothing(store: Store) -> None:
    ledger = NamedLedger(SMALL)
    first = project(ledger, store, now=NOW)
    assert project(ledger, store, now=LATER) == Projection(first.meta)


@pytest.mark.usefixtures("always_steps")
def test_a_withdrawn_field_is_really_gone(store: Store) -> None:
    ledger = NamedLedger([load({"1": (ngo("ngo:a", name="A", acronym="AA"),)})])
    project(ledger, store, now=NOW)
    ledger.write(load({"1": (ngo("ngo:a", name="A"),)}))
    assert not project(ledger, store, now=NOW).rebuilt
    [row] = store.look("MATCH (n:Entity {id: 'ngo:a'}) RETURN n.acronym AS acronym, n.sort_name AS sorted")
    assert row == {"acronym": None, "sorted": "a"}


@pytest.mark.usefixtures("always_steps")
def test_a_node_that_changes_its_class_keeps_its_edges(store: Store) -> None:
    ledger = NamedLedger(SMALL)
    project(ledger, store, now=NOW)
    company = (NodeStatement("Company", "ngo:a", {"name": "A"}), NodeStatement("Company", "ngo:b", {}))
    ledger.write(load({"1": company}))
    assert not project(ledger, store, now=NOW).rebuilt
    [row] = store.look("MATCH (n:Entity {id: 'ngo:a'})-[x]->(p) RETURN labels(n) AS labels, type(x) AS kind, p.id AS p")
    assert (sorted(row["labels"]), row["kind"], row["p"]) == (["Company", "Entity", "Party"], "IMPLEMENTS", "project:p")
    assert held_in(store) == graph_of(ledger, View(now=NOW))


@pytest.mark.usefixtures("always_steps")
def test_merged_ids_resolve_until_the_judgement_is_withdrawn(store: Store) -> None:
    ledger = NamedLedger(SMALL)
    before = project(NamedLedger(SMALL[:1]), store, now=NOW).meta.hash
    emptied(store)
    project(ledger, store, now=NOW)
    assert store.look("MATCH (n:Alias {id: 'ngo:b'}) RETURN n.canonical AS id") == [{"id": "ngo:a"}]
    ledger.write(unjudged("ngo:a", "ngo:b"))
    after = project(ledger, store, now=NOW)
    assert not after.rebuilt
    assert after.meta.hash == before == audit(store).tally.hex
    assert store.look("MATCH (n:Alias) RETURN n.id AS id") == []


def test_both_engines_and_a_rebuild_have_the_same_hash(store: Store, hashes: set[str]) -> None:
    ledger = NamedLedger()
    for loaded in (
        *SMALL,
        load({"3": (ngo("ngo:c", name="C"),), "1": (ngo("ngo:b", name="B"),)}),
        judged("ngo:a", "ngo:c"),
    ):
        ledger.write(loaded)
        hashes.add(project(ledger, store, now=NOW).meta.hash if ledger.through() == 4 else "")
        project(ledger, store, now=NOW)
    hashes.add(audit(store).tally.hex)
    hashes.add(rebuild(ledger, store, now=NOW).meta.hash)
    assert len(hashes - {""}) == 1


@pytest.fixture(scope="module")
def hashes() -> set[str]:
    """Gather hashes over the runs of all engines."""
    return set()


few = settings(max_examples=12, derandomize=True, database=None)


@pytest.mark.slow
@pytest.mark.usefixtures("always_steps")
@few
@given(st.data())
def test_steps_give_what_a_rebuild_gives(store: Store, data: st.DataObject) -> None:
    emptied(store)
    loads = data.draw(histories(judging=(5,)))
    view = View(ceiling=data.draw(st.sampled_from(list(Marking))))
    ledger, before = NamedLedger(), NOW
    for done, cut in pairwise((0, *sorted({1, len(loads) // 2, len(loads)} - {0}))):
        for loaded in loads[done:cut]:
            ledger.write(loaded)
        now = data.draw(st.sampled_from([NOW, LATER]))
        stepped = project(ledger, store, view=view, now=now)
        # a clock that was set back may have shown what is under an embargo still
        assert stepped.rebuilt == (done == 0) or now < before
        before = stepped.meta.projected_at
        expected = graph_of(ledger, View(ceiling=view.ceiling, now=stepped.meta.projected_at))
        held = held_in(store)
        assert (held.nodes, held.edges, held.aliases) == (expected.nodes, expected.edges, expected.aliases)
        assert (held.waiting, audit(store).damaged) == (expected.waiting, ())
        assert stepped.meta.hash == audit(store).tally.hex


@pytest.mark.usefixtures("always_steps")
def test_a_large_step_goes_in_batches_and_gives_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = NamedLedger(SMALL[:1])
    project(ledger, store, now=NOW)
    ledger.write(load({f"n{i}": (ngo(f"ngo:n{i}"),) for i in range(5)}, "1"))
    monkeypatch.setattr("iga.graph.projection.project.AT_ONCE", 1)
    monkeypatch.setattr("iga.graph.projection.project.BATCH", 2)
    told: list[int] = []
    stepped = project(ledger, store, now=NOW, progress=told.append)
    assert (stepped.rebuilt, stepped.meta.projecting, sum(told)) == (False, False, stepped.change_count)
    assert held_in(store) == graph_of(ledger, View(now=NOW))
    assert stepped.meta == meta(store)
    assert stepped.meta.hash == audit(store).tally.hex


def failing_at(store: Store, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """Let the store fail at its `call`-th write, as a kill would."""
    write, calls = store.write, list[int]()

    def failing(work: Callable[[Run], object]) -> object:
        calls.append(1)
        if len(calls) == call:
            raise KeyboardInterrupt
        return write(work)

    monkeypatch.setattr(store, "write", failing)


@pytest.mark.usefixtures("always_steps")
def test_a_step_that_was_cut_off_says_so_and_is_rebuilt(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = NamedLedger(SMALL[:1])
    project(ledger, store, now=NOW)
    ledger.write(load({f"n{i}": (ngo(f"ngo:n{i}"),) for i in range(5)}, "1"))
    with monkeypatch.context() as patched:
        patched.setattr("iga.graph.projection.project.AT_ONCE", 1)
        patched.setattr("iga.graph.projection.project.BATCH", 2)
        failing_at(store, patched, 3)
        with pytest.raises(KeyboardInterrupt):
            project(ledger, store, now=NOW)
    cut_off = meta(store)
    assert cut_off is not None
    assert cut_off.projecting
    assert project(ledger, store, now=NOW).rebuilt
    assert held_in(store) == graph_of(ledger, View(now=NOW))


def test_a_rebuild_that_was_cut_off_says_so_and_is_rebuilt(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = NamedLedger(SMALL)
    with monkeypatch.context() as patched:
        failing_at(store, patched, 1)
        with pytest.raises(KeyboardInterrupt):
            rebuild(ledger, store, now=NOW)
    cut_off = meta(store)
    assert cut_off is not None
    assert cut_off.projecting
    again = project(ledger, store, now=NOW)
    assert again.rebuilt
    assert again.meta.hash == audit(store).tally.hex


@pytest.mark.usefixtures("always_steps")
def test_an_embargo_ends_at_its_instant(store: Store) -> None:
    ledger = NamedLedger([load({"1": (ngo("ngo:a", name="A"),)}), load({"2": (ngo("ngo:b"),)}, public_from=LATER)])
    public = View(ceiling=Marking.PUBLIC)
    first = project(ledger, store, view=public, now=NOW)
    assert (first.meta.node_count, first.meta.next_embargo) == (1, LATER)
    assert project(ledger, store, view=public, now="2026-05-31T23:59:59.9Z") == Projection(first.meta)
    second = project(ledger, store, view=public, now=LATER)
    assert (second.meta.node_count, second.meta.next_embargo, second.rebuilt) == (2, "", False)


def test_what_a_clock_that_stood_ahead_has_shown_is_held_back_again(store: Store) -> None:
    ledger = NamedLedger([load({"1": (ngo("ngo:a", name="A"),)}), load({"2": (ngo("ngo:b"),)}, public_from=LATER)])
    public = View(ceiling=Marking.PUBLIC)
    ahead = project(ledger, store, view=public, now="2036-06-01T00:00:00Z")
    assert ahead.meta.node_count == 2
    assert not is_current(ahead.meta, ledger, now=NOW)
    right = project(ledger, store, view=public, now=NOW)
    assert (right.meta.node_count, right.meta.next_embargo) == (1, LATER)
    assert held_in(store) == graph_of(ledger, View(ceiling=Marking.PUBLIC, now=NOW))


def test_an_embargo_of_a_whole_load_ends_too(store: Store) -> None:
    card = Card("list:a", "A", public_from=LATER)
    ledger = NamedLedger([Load(card, {"1": Content((ngo("ngo:a"),))})])
    public = View(ceiling=Marking.PUBLIC)
    assert project(ledger, store, view=public, now=NOW).meta.node_count == 0
    assert project(ledger, store, view=public, now=LATER).meta.node_count == 1


def test_a_view_of_the_past_is_made_anew_when_the_ledger_grows(store: Store) -> None:
    ledger = NamedLedger([load({"1": (ngo("ngo:a", name="A"),)}), load({"2": (ngo("ngo:b"),)})])
    past = View(upto=1)
    assert project(ledger, store, view=past, now=NOW).meta.node_count == 1
    assert project(ledger, store, view=past, now=NOW).change_count == 0
    ledger.write(load({"3": (ngo("ngo:c"),)}))
    assert project(ledger, store, view=past, now=NOW).rebuilt
    assert store.look("MATCH (n:Entity) RETURN n.id AS id") == [{"id": "ngo:a"}]


def test_a_ledger_that_lost_loads_is_refused_until_its_graph_is_made_anew(store: Store) -> None:
    project(NamedLedger(SMALL), store, now=NOW)
    with pytest.raises(LedgerDamaged, match="loads are missing from the ledger: it had a load 2 once"):
        project(NamedLedger(SMALL[:1]), store, now=NOW)
    older = rebuild(NamedLedger(SMALL[:1]), store, now=NOW)
    assert older.meta.through == 1


def test_a_store_that_was_made_from_no_load_is_any_ledgers(store: Store) -> None:
    project(NamedLedger(name="ledger-2"), store, now=NOW)  # as a restore leaves it that was killed at its beginning
    ours = project(NamedLedger(SMALL), store, now=NOW)
    assert (ours.rebuilt, ours.meta.ledger, ours.meta.through) == (True, "ledger-1", len(SMALL))


def test_a_store_of_another_ledger_is_refused(store: Store) -> None:
    project(NamedLedger(SMALL), store, now=NOW)
    for write in (project, rebuild):
        with pytest.raises(StoreRefused, match="projected from ledger ledger-1, not from ledger-2"):
            write(NamedLedger(SMALL, name="ledger-2"), store, now=NOW)


@pytest.mark.parametrize("version", ["domain_version", "fold_version"])
def test_a_store_of_a_newer_program_is_refused_and_of_an_older_one_rebuilt(store: Store, version: str) -> None:
    ledger = NamedLedger(SMALL)
    project(ledger, store, now=NOW)
    store.write(lambda run: run(f"MATCH (n:Meta {{id: 'meta'}}) SET n.{version} = 99"))
    with pytest.raises(StoreRefused, match="install the newer version"):
        project(ledger, store, now=NOW)
    store.write(lambda run: run(f"MATCH (n:Meta {{id: 'meta'}}) SET n.{version} = 0"))
    assert project(ledger, store, now=NOW).rebuilt


def test_a_store_of_another_view_is_refused_until_it_is_rebuilt_for_it(store: Store) -> None:
    ledger, public = NamedLedger(SMALL), View(ceiling=Marking.PUBLIC)
    project(ledger, store, now=NOW, view=public)
    with pytest.raises(StoreRefused, match="another view"):
        project(ledger, store, now=NOW)
    rebuild(ledger, store, now=NOW)
    assert project(ledger, store, now=NOW).change_count == 0


def test_a_graph_that_is_not_ours_is_refused_and_left_alone(store: Store) -> None:
    store.write(lambda run: run("CREATE (n:Movie {title: 'M'})"))
    for write in (project, rebuild):
        with pytest.raises(StoreRefused, match="not ours"):
            write(NamedLedger(SMALL), store, now=NOW)
    store.write(lambda run: run("CREATE (n:Meta {id: 'meta', version: 7})"))
    with pytest.raises(StoreRefused, match="cannot be read"):
        project(NamedLedger(SMALL), store, now=NOW)
    assert store.look("MATCH (n:Movie) RETURN n.title AS title") == [{"title": "M"}]


@pytest.mark.usefixtures("always_steps")
def test_two_projections_at_once_do_not_mix(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = NamedLedger(SMALL)
    project(ledger, store, now=NOW)
    ledger.write(load({"3": (ngo("ngo:c"),)}))
    stale = Meta(ledger=ledger.id, through=1, through_at=ledger.instant_of(1), projected_at=NOW)
    monkeypatch.setattr("iga.graph.projection.project.meta", lambda _: stale)
    with pytest.raises(StoreBusy, match="another process projected"):
        project(ledger, store, now=NOW)


@pytest.mark.parametrize(
    ("tampering", "damaged"),
    [
        ("MATCH (n:Entity {id: 'ngo:a'}) SET n.acronym = 'ZZ'", "ngo:a"),
        ("MATCH (n:Entity {id: 'ngo:a'}) SET n.sort_name = ''", "ngo:a"),
        ("MATCH (n:Entity {id: 'ngo:a'}) SET n.digest = '00'", "ngo:a"),
        ("MATCH (n:Entity {id: 'ngo:a'}) SET n.evidence = ['x']", "ngo:a"),
        ("MATCH (n:Entity {id: 'ngo:a'}) REMOVE n:Party", "ngo:a"),
        ("MATCH (n:Alias) SET n.canonical = 'ngo:z'", "ngo:b"),
        ("CREATE (n:Alias {id: 'ngo:y', canonical: 'ngo:a'})", "ngo:y"),
        ("MATCH (n:Waiting) SET n.reason = 'none'", None),
        ("MATCH ()-[x:IMPLEMENTS]->() SET x.role = 'lead'", None),
        ("MATCH ()-[x:IMPLEMENTS]->() SET x.marking = 1", None),
        ("MATCH ()-[x:IMPLEMENTS]->() DELETE x", ""),
    ],
)
def test_whatever_else_writes_to_the_store_shows_in_the_hash(store: Store, tampering: str, damaged: str | None) -> None:
    held = project(NamedLedger(SMALL), store, now=NOW).meta.hash
    store.write(lambda run: run(tampering))
    found = audit(store)
    assert found.tally.hex != held
    assert damaged == "" or (found.damaged and damaged in (None, *found.damaged))


@pytest.mark.usefixtures("always_steps")
def test_what_is_to_go_but_is_not_there_is_refused_and_nothing_is_written(store: Store) -> None:
    ledger = NamedLedger([load({"1": (ngo("ngo:a"),), "2": (ngo("ngo:b"),)})])
    held = project(ledger, store, now=NOW).meta
    store.write(lambda run: run("MATCH (n:Entity {id: 'ngo:a'}) DETACH DELETE n"))
    ledger.write(load({"2": (ngo("ngo:b", name="B"),)}, "1"))
    with pytest.raises(StoreRefused, match="run `iga rebuild`"):
        project(ledger, store, now=NOW)
    assert meta(store) == held
    assert store.look("MATCH (n:Entity {id: 'ngo:b'}) RETURN n.unnamed AS unnamed") == [{"unnamed": True}]


def test_the_meta_is_what_was_written(store: Store) -> None:
    written = Meta(ledger="l", through=3, projecting=True, hash="f" * 64, next_embargo=LATER, upto=2)
    with store.transaction() as run:
        run("CREATE (n:Meta) SET n = $meta", meta=meta_properties(written))
    assert meta(store) == written
    assert len(store.look(META_READ)) == 1


def test_folded_items_are_what_the_model_folds(store: Store) -> None:
    project(NamedLedger(SMALL), store, now=NOW)
    held = held_in(store)
    assert isinstance(held.nodes["ngo:a"], FoldedNode)
    assert all(isinstance(edge, FoldedEdge) and edge.days for edge in some(held.edges.values()))
