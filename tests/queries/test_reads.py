"""Every read agrees with its models and keeps the house style, without a graph."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

from iga import queries
from iga.graph.query import Query
from tests.reading import some

MODULES = [import_module(found.name) for found in walk_packages(queries.__path__, "iga.queries.")]
READS: list[Query[Any, Any]] = list(
    {id(read): read for module in MODULES for read in vars(module).values() if isinstance(read, Query)}.values()
)
_KEYWORDS = ("UNWIND", "MATCH", "WHERE", "RETURN", "ORDER BY", "LIMIT", "CALL", "OPTIONAL MATCH", "WITH", "AND", "OR")
_KEYS = ("key", "id", "type", "part")


def by_name(read: Query[Any, Any]) -> str:
    return read.name


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_names_its_parameters_and_columns_as_its_models_do(read: Query[Any, Any]) -> None:
    assert set(re.findall(r"\$(\w+)", re.sub(r"//.*", "", read.text))) == set(read.params.model_fields)
    columns = read.text.rpartition("\nRETURN")[2]  # house style puts each on its own line
    assert sorted(re.findall(r"^  .* AS (\w+),?$", columns, re.MULTILINE)) == sorted(read.row.model_fields)


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_asks_for_an_order_that_ends_in_a_key(read: Query[Any, Any]) -> None:
    columns = read.text.rpartition("\nRETURN\n")[2].splitlines()
    if all(line.startswith("  collect(") for line in columns):
        return  # all of it in one row, which has no order
    for order in some(re.findall(r"^ORDER BY (.+)$", read.text, re.MULTILINE)):
        assert order.split(", ")[-1].rpartition(".")[2] in _KEYS


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_opens_with_its_question_and_a_caveat(read: Query[Any, Any]) -> None:
    first, second = read.text.splitlines()[:2]
    assert re.fullmatch(r"// [A-Z].*\?", first)
    assert re.fullmatch(r"// [A-Z].*\.", second)


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_keeps_the_house_style(read: Query[Any, Any]) -> None:
    for line in some(read.text.splitlines()):
        assert line.startswith(("//", "  ", *_KEYWORDS)), line
        assert len(line) <= 120 or not line.startswith("//"), line
    assert "\nRETURN\n" in read.text
    assert read.text.endswith("\n")
    assert not read.text.endswith("\n\n")


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_returns_no_node_and_writes_nothing(read: Query[Any, Any]) -> None:
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|LOAD CSV)\b", read.text)
    assert not re.search(r"\$\w+ IS NULL", read.text), "an optional filter on the anchor scans the whole graph"


def test_no_two_reads_share_a_name_and_no_file_is_left_over() -> None:
    names = [read.name for read in READS]
    assert sorted(names) == sorted(set(names)), "what was read is kept by name"
    in_folders = [path.name for path in Path(queries.__path__[0]).rglob("*.cypher")]
    assert sorted(in_folders) == sorted(f"{read.name}.cypher" for read in READS if not read.compiled)


def test_the_text_of_a_read_stands_in_the_room_that_declares_it() -> None:
    written = [read for read in READS if not read.compiled]
    assert written
    for read in written:
        assert any(read in vars(module).values() for module in MODULES if module.__name__.startswith(read.package))
