"""What both engines promise: the same Cypher in, the same rows out, the same errors."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from iga.graph.errors import ConstraintViolated, QueryFailed, ReadOnly, StoreError, TimedOut
from iga.graph.query import Query, ReadParams, Record, Row
from iga.graph.stores.door import Run, Store, Tie, create_nodes, create_ties

HEAVY = "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b RETURN sum(a * b % 7) AS c"
NGO = ("Entity", "Ngo", "Party")

NAUGHTY = (
    "a\x00b", "مرحبا 😀", "\u202eabc", "e\u0301 \ufb01", "' OR 1=1 //", "$rows", "\\u0041 \\", "\r\n\t\x1b[0m", "-1e9",
    "x" * 20_000,
)  # fmt: skip


def put(store: Store, *ids: str, ties: tuple[Tie, ...] = ()) -> None:
    with store.transaction() as run:
        create_nodes(run, NGO, [{"id": named, "name": named} for named in ids])
        if ties:
            create_ties(run, "UNDER", ties)


def test_a_failed_block_leaves_nothing(store: Store) -> None:
    def twice(run: Run) -> None:
        run("CREATE (n:Entity:Party {id: 'one'})")
        assert run("MATCH (n:Entity) RETURN n.id AS id") == [{"id": "one"}]
        run("CREATE (n:Entity:Ngo {id: 'one'})")

    def fails(run: Run) -> None:
        run("CREATE (n:Entity:Party {id: 'two'})")
        raise ZeroDivisionError

    with pytest.raises(ConstraintViolated):
        store.write(twice)
    with pytest.raises(ZeroDivisionError):
        store.write(fails)
    assert store.look("MATCH (n:Entity) RETURN n.id AS id") == []


def test_errors_of_the_caller_pass_through_a_transaction_unchanged(store: Store) -> None:
    with pytest.raises(ValueError, match="mine"), store.transaction():
        raise ValueError("mine")
    with pytest.raises(TypeError, match="mine"), store.transaction():
        raise TypeError("mine")


def test_writers_and_readers_lose_nothing(store: Store) -> None:
    put(store, "n")
    store.write(lambda run: run("MATCH (n:Entity {id: 'n'}) SET n.c = 0"))

    def add(_: int) -> list[Record]:
        store.write(lambda run: run("MATCH (n:Entity {id: 'n'}) SET n.c = n.c + 1"))
        return store.look("MATCH (n:Entity {id: 'n'}) RETURN n.c AS c")

    with ThreadPoolExecutor(4) as pool:
        assert max(rows[0]["c"] for rows in pool.map(add, range(60))) == 60


def test_a_write_returns_what_its_work_returns(store: Store) -> None:
    assert store.write(lambda run: run("RETURN 1 AS one")) == [{"one": 1}]


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("MATCH (n:Entity RETURN n", QueryFailed), ("RETURN $missing AS x", QueryFailed),
        ("RETURN nosuch(1) AS x", QueryFailed), ("RETURN 1 / 0 AS x", QueryFailed),
        ("CREATE (n:Entity {id: 'x'})", ReadOnly), ("MATCH (n) SET n.x = 1", ReadOnly), (HEAVY, TimedOut),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_errors_have_one_tree_and_name_the_store(store: Store, cypher: str, expected: type[StoreError]) -> None:
    with pytest.raises(expected) as caught:
        store.look(cypher)
    assert store.name in caught.value.message


@pytest.mark.parametrize("value", [2**53 + 1, -(2**63), True, [], ["a", "b"], *NAUGHTY])
def test_values_come_back_as_they_went(store: Store, value: object) -> None:
    with store.transaction() as run:
        create_nodes(run, NGO, [{"id": "v", "value": value}])
    [row] = store.look("MATCH (n:Entity {id: 'v'}) RETURN n.value AS value")
    assert row["value"] == value
    assert type(row["value"]) is type(value)


@pytest.mark.parametrize("value", [2**70, {"a": 1}, "\ud800"])
def test_values_that_no_graph_can_hold_are_refused(store: Store, value: object) -> None:
    with pytest.raises(QueryFailed), store.transaction() as run:
        create_nodes(run, NGO, [{"id": "v", "value": value}])


@pytest.mark.parametrize(
    "pattern",
    [
        "(n:Entity {id: $id})", "(n:Entity) WHERE n.id IN $ids", "(n:Entity) WHERE n.sort_name STARTS WITH $id",
        "(n)-[x:UNDER]->() WHERE x.key IN $ids", "(n:Alias {id: $id})", "(n:Waiting {id: $id})",
        "(n:Meta {id: 'meta'})",
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_these_use_an_index(store: Store, pattern: str) -> None:
    plan = store.plan(f"MATCH {pattern} RETURN n.id AS id", id="n1", ids=["n1"])
    assert "IndexSeek" in plan or "IndexRange" in plan or "EDGE BY INDEX" in plan


def test_an_edge_without_an_end_is_refused_not_skipped(store: Store) -> None:
    with pytest.raises(QueryFailed, match="1 UNDER relationships lack an end"):
        put(store, "a", ties=(Tie("a", "nobody", {"key": "k"}),))
    assert store.look("MATCH (n) RETURN n.id AS id") == []


def test_parallel_relationships_and_loops_are_told_apart_by_key(store: Store) -> None:
    put(store, "a", "b", ties=(Tie("a", "b", {"key": "1"}), Tie("a", "b", {"key": "2"}), Tie("a", "a", {"key": "3"})))
    with pytest.raises(ConstraintViolated), store.transaction() as run:
        create_ties(run, "UNDER", [Tie("b", "a", {"key": "1"})])
    with store.transaction() as run:
        run("MATCH ()-[x:UNDER]->() WHERE x.key IN $ids DELETE x", ids=["1"])
    held = store.look("MATCH (a)-[x:UNDER]->(b) RETURN x.key AS key, b.id AS b ORDER BY key")
    assert held == [{"key": "2", "b": "b"}, {"key": "3", "b": "a"}]


def test_rows_can_be_read_one_by_one(store: Store) -> None:
    put(store, *(f"n{i:04d}" for i in range(3000)))
    rows = store.each("MATCH (n:Entity) WHERE n.id >= $low RETURN n.id AS id ORDER BY id", low="n1000")
    assert next(rows) == {"id": "n1000"}
    assert sum(1 for _ in rows) == 1999


def test_a_returned_node_is_its_properties(store: Store) -> None:
    put(store, "a")
    assert store.look("MATCH (n:Entity) RETURN n") == [{"n": {"id": "a", "name": "a"}}]


def test_a_filling_empties_fills_and_leaves_a_store_that_can_be_written(store: Store) -> None:
    put(store, "old")
    with store.filling() as filling:
        filling.nodes(NGO, [{"id": "a", "website": "x"}, {"id": "b"}])
        filling.nodes(("Alias",), [{"id": "c", "canonical": "a"}])
        filling.nodes(("Entity", "Post"), [{"id": "p"}])
        filling.ties("UNDER", [Tie("a", "b", {"key": "k", "marking": 0, "evidence": ["e"]})])
    with store.transaction() as run:
        create_nodes(run, ("Entity", "Topic"), [{"id": "t"}])
        create_ties(run, "UNDER", [Tie("t", "a", {"key": "l"})])
    labels = store.look("MATCH (n) RETURN n.id AS id, labels(n) AS labels ORDER BY id")
    assert [(row["id"], sorted(row["labels"])) for row in labels] == [
        ("a", list(NGO)), ("b", list(NGO)), ("c", ["Alias"]), ("p", ["Entity", "Post"]), ("t", ["Entity", "Topic"]),
    ]  # fmt: skip
    ties = store.look("MATCH (a)-[x]->(b) RETURN a.id AS a, properties(x) AS x, b.id AS b ORDER BY a")
    assert ties == [
        {"a": "a", "x": {"key": "k", "marking": 0, "evidence": ["e"]}, "b": "b"},
        {"a": "t", "x": {"key": "l"}, "b": "a"},
    ]


def test_a_filling_refuses_an_edge_without_an_end(store: Store) -> None:
    with store.filling() as filling:
        filling.nodes(NGO, [{"id": "a"}])
        with pytest.raises(QueryFailed, match="lack an end"):
            filling.ties("UNDER", [Tie("a", "nobody", {"key": "k"})])


def test_defining_twice_is_no_error(store: Store) -> None:
    store.define()
    store.define()


class NameParams(ReadParams):
    id: str


class NameRow(Row):
    name: str


class OtherRow(Row):
    title: str


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "contract_queries" / "cypher"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("", encoding="utf-8")
    text = "// Name\nMATCH (n:Entity {id: $id})\nRETURN\n  n.name AS name\n"
    (folder / "name.cypher").write_text(text, encoding="utf-8", newline="\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "contract_queries"


def test_a_query_gives_typed_rows(store: Store, package: str) -> None:
    put(store, "a")
    query = Query(package, "name", NameParams, NameRow)
    assert store.read(query, NameParams(id="a")) == [NameRow(name="a")]
    assert store.read(query, NameParams(id="b")) == []
    with pytest.raises(QueryFailed, match=r"contract_queries/name\.cypher does not return what OtherRow promises"):
        store.read(Query(package, "name", NameParams, OtherRow), NameParams(id="a"))


def test_work_that_is_refused_is_not_tried_again(store: Store) -> None:
    tried: list[int] = []

    def work(run: Run) -> None:
        tried.append(1)
        run("MATCH (n:Entity RETURN n")

    with pytest.raises(QueryFailed):
        store.write(work)
    assert tried == [1]
