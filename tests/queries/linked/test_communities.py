"""Groups of partners: held against another engine's measure, and laws of what changes nothing."""

from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.linked.communities import groups_of, partner_web
from tests.queries.linked.webs import PAIRS, joined_by, ngo

Pairs = set[tuple[int, int]]


def _links(pairs: Pairs, nodes: list[int]) -> dict[int, dict[int, float]]:
    ends = {*pairs, *((there, here) for here, there in pairs)}
    tied = [node for node in nodes if any(node in pair for pair in pairs)]
    return {node: {other: 1.0 for other in nodes if (node, other) in ends} for node in tied}


@given(pairs=PAIRS)
def test_groups_lie_in_one_part_and_are_no_worse_than_all_taken_apart(pairs: Pairs) -> None:
    graph = networkx.Graph(sorted(pairs))
    groups = groups_of(_links(pairs, list(range(10))))
    assert sorted(node for group in groups for node in group) == sorted(graph)
    for nodes in networkx.connected_components(graph):
        part, own = graph.subgraph(nodes), [set(group) for group in groups if nodes.issuperset(group)]
        assert set().union(*own) == nodes
        measure = networkx.community.modularity
        assert measure(part, own) >= measure(part, [{node} for node in nodes]) - 1e-9


@given(pairs=PAIRS, order=st.permutations(range(10)))
def test_the_order_in_which_a_web_was_loaded_changes_nothing(pairs: Pairs, order: list[int]) -> None:
    assert groups_of(_links(pairs, order)) == groups_of(_links(pairs, list(range(10))))


@given(pairs=PAIRS, beside=PAIRS)
def test_a_part_that_is_tied_to_none_of_it_changes_nothing(pairs: Pairs, beside: Pairs) -> None:
    apart = {(here + 10, there + 10) for here, there in beside}
    both = groups_of(_links(pairs | apart, list(range(20))))
    assert [group for group in both if group[0] < 10] == groups_of(_links(pairs, list(range(10))))


def test_two_crowds_that_one_tie_joins_are_two_groups() -> None:
    crowds = {(a, b) for first in (0, 5) for a in range(first, first + 5) for b in range(a + 1, first + 5)}
    assert groups_of(_links(crowds | {(4, 5)}, list(range(10)))) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]


def test_our_own_side_joins_nobody() -> None:
    standing = joined_by({(0, 5), (1, 5)}).standing
    assert not partner_web(standing, {ngo(5)}).communities


@pytest.mark.slow
def test_a_group_is_told_by_what_holds_it(bundled: Session) -> None:
    answer = ask(bundled, "communities", {"party": "ICAT"})
    said = {clause.id: clause.text for clause in answer.clauses}
    assert said["belongs"].startswith("ICAT belongs with 9 other partners: ")
    assert said["holds"].startswith("ICAT (9 of 10)")
    rows: Any = answer.rows
    assert {row.size for row in rows} == {len(rows)} == {10}
    assert all(row.evidence for row in rows)


@pytest.mark.parametrize("party", ["TIP Office", "United States"])
def test_our_own_side_is_not_asked_about(bundled: Session, party: str) -> None:
    assert ask(bundled, "communities", {"party": party}).headline.endswith("ask about whom we work with.")


def test_who_is_joined_to_nobody_belongs_to_no_group(bundled: Session) -> None:
    answer = ask(bundled, "communities", {"party": "Winrock International"})
    assert answer.headline == ("Winrock International is joined to other partners on file only by us or a country.")
