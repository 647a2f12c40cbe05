"""A script that rebuilds the graph: run statement by statement it gives the same graph, whatever texts hold."""

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.exports.graphs.graph_formats import literal, statements_of, write_cypher
from iga.exports.graphs.subgraph import everything
from iga.graph.query import Record
from iga.graph.stores.door import Store
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.core.session import Session
from tests.engines import ENGINES, store_of
from tests.exports.exported_world import EVIL
from tests.exports.world_fixtures import made
from tests.reading import some

NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
TIES = "MATCH (a)-[x]->(b) RETURN a.id AS source, type(x) AS type, b.id AS target, properties(x) AS properties"


@pytest.fixture(scope="module", params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give an empty store of one engine after the other."""
    with store_of(request, tmp_path_factory.mktemp("rebuilt")) as store:
        yield store


def script(world: Session) -> str:
    file = io.BytesIO()
    write_cypher(file, everything(world), made(world))
    return file.getvalue().decode()


def held(store: Store) -> tuple[list[str], list[str]]:
    entities = [row for row in store.look(NODES) if "Entity" in row["labels"]]
    return sorted(map(_said, entities)), sorted(map(_said, store.look(TIES)))


def _said(row: Record) -> str:
    return repr(
        sorted(
            (
                name,
                sorted(value.items())
                if isinstance(value, dict)
                else sorted(value)
                if isinstance(value, list)
                else value,
            )
            for name, value in row.items()
        )
    )


def run_in(store: Store, statements: list[str]) -> None:
    for statement in statements:
        if not statement.startswith("CREATE CONSTRAINT"):  # the store has them; they are run below
            with store.transaction() as run:
                run(statement)


def test_the_script_rebuilds_every_node_and_relationship_on_each_engine(world: Session, empty: Store) -> None:
    with empty.transaction() as run:
        run("MATCH (n) DETACH DELETE n")
    run_in(empty, statements_of(script(world)))
    assert isinstance(world.store, Store)
    with empty.transaction() as run:  # what the script says of the fitness of channels is in no graph
        run("MATCH (n:ContactPoint) REMOVE n.unusable_because")
    assert held(empty) == held(world.store)
    assert empty.look("MATCH (n:Entity {id: 'ngo:evil'}) RETURN n.name AS name") == [{"name": EVIL}]


def test_its_constraints_are_those_that_each_engine_takes(world: Session, empty: Store, tmp_path: Path) -> None:
    constraints = [each for each in statements_of(script(world)) if each.startswith("CREATE CONSTRAINT")]
    assert len(constraints) > 3
    assert all(" IF NOT EXISTS " in each for each in constraints)
    if isinstance(empty, EmbeddedStore):
        with closing(EmbeddedStore(tmp_path / "store")) as fresh:
            fresh.define()  # takes the same statements


def test_each_statement_stands_on_one_line_whatever_texts_hold(world: Session) -> None:
    lines = [line for line in script(world).split("\n") if line]
    assert all(line.startswith("// ") or line.endswith(";") for line in some(lines))
    assert all("\u2028" not in line and "\x0b" not in line for line in some(lines))


@pytest.mark.parametrize(
    "text",
    [
        "'", "\\", "\\'", "\\u0027", "\\\\u0027", "\\\\\\u0027", "\\uD83D", "';DROP", "// x", "/* x", "`x`",
        "$p {a: 1}", "\x00", "\x7f\x85\u2028\u2029", "\r\n\t\b\f", "\u202e😀", "\\u", "\\\\u", "u\\",
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_text_stays_within_its_literal_on_each_engine(empty: Store, text: str) -> None:
    assert empty.look(f"RETURN {literal(text)} AS text") == [{"text": text}]


@given(text=st.text(st.sampled_from("\\'u0\"`;{}/$*\n\r\t\x01\u2028é😀nN") | st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(literals: Store, text: str) -> None:
    assert literals.look(f"RETURN {literal([text, 'x'])} AS texts") == [{"texts": [text, "x"]}]


@pytest.fixture(scope="module")
def literals(empty: Store) -> Store:
    return empty
