"""Every read agrees with its models and keeps the house style, without a graph."""

import re
from importlib.resources import files
from typing import Any

import pytest

from graph.query import Query
from queries import reads

READS = [each for each in vars(reads).values() if isinstance(each, Query)]
_KEYWORDS = ("UNWIND", "MATCH", "WHERE", "RETURN", "ORDER BY", "LIMIT", "CALL", "OPTIONAL MATCH", "WITH", "AND", "OR")
_KEYS = ("key", "id", "type", "part")


def by_name(read: Query[Any, Any]) -> str:
    return read.name


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_names_its_parameters_and_columns_as_its_models_do(read: Query[Any, Any]) -> None:
    assert read.parameters_in_text() == set(read.params.model_fields)
    assert sorted(read.aliases_in_text()) == sorted(read.row.model_fields)


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_asks_for_an_order_that_ends_in_a_key(read: Query[Any, Any]) -> None:
    [order] = re.findall(r"^ORDER BY (.+)$", read.text, re.MULTILINE)
    assert order.split(", ")[-1] in _KEYS


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_opens_with_its_question_and_a_caveat(read: Query[Any, Any]) -> None:
    first, second = read.text.splitlines()[:2]
    assert re.fullmatch(r"// [A-Z].*\?", first)
    assert re.fullmatch(r"// [A-Z].*\.", second)


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_keeps_the_house_style(read: Query[Any, Any]) -> None:
    for line in read.text.splitlines():
        assert line.startswith(("//", "  ", *_KEYWORDS)), line
        assert len(line) <= 120 or not line.startswith("//"), line
    assert "\nRETURN\n" in read.text
    assert read.text.endswith("\n")
    assert not read.text.endswith("\n\n")


@pytest.mark.parametrize("read", READS, ids=by_name)
def test_a_read_returns_no_node_and_writes_nothing(read: Query[Any, Any]) -> None:
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|LOAD CSV)\b", read.text)
    assert not re.search(r"\$\w+ IS NULL", read.text), "an optional filter on the anchor scans the whole graph"


def test_no_two_reads_share_a_file_and_no_file_is_left_over() -> None:
    names = [read.name for read in READS]
    assert sorted(names) == sorted(set(names))
    in_folder = {path.name for path in (files("queries") / "cypher").iterdir()}
    assert in_folder == {f"{name}.cypher" for name in names}
