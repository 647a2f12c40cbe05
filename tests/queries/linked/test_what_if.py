"""What hangs on one thing alone: last works, meetings without a host, and only paths, held against another engine."""

from typing import Any

import networkx
from hypothesis import given
from hypothesis import strategies as st

from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.core.ties import Ties, _arranged
from iga.queries.linked.what_if import lost_without
from tests.queries.conftest import Ask

PAIRS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]), max_size=20)


def _ties(count: int, cls: str = "Ngo") -> Ties:
    return _arranged("state", {f"ngo:{number:02}": (cls, str(number), None) for number in range(count)}, [])


def _near(count: int, pairs: set[tuple[int, int]]) -> list[list[int]]:
    ends = [*pairs, *((there, here) for here, there in pairs)]
    return [sorted({there for here, there in ends if here == number}) for number in range(count)]


def _oracle(pairs: set[tuple[int, int]], ours: int, gone: int) -> set[int]:
    graph = networkx.Graph(list(pairs))
    graph.add_nodes_from(range(10))
    before = networkx.node_connected_component(graph, ours)
    graph.remove_node(gone)
    return set(before) - set(networkx.node_connected_component(graph, ours)) - {gone}


@given(pairs=PAIRS)
def test_whoever_is_cut_off_without_it_is_lost_and_nobody_else(pairs: set[tuple[int, int]]) -> None:
    lost = lost_without(_ties(10), _near(10, pairs), [0], 5)
    assert lost.keys() == _oracle(pairs, 0, 5)
    assert all(via == 5 or via in lost for via in lost.values())


@given(pairs=PAIRS)
def test_without_what_was_on_no_path_nothing_is_lost(pairs: set[tuple[int, int]]) -> None:
    apart = {pair for pair in pairs if 5 not in pair}
    assert lost_without(_ties(10), _near(10, apart), [0], 5) == {}


@given(pairs=PAIRS, beside=PAIRS)
def test_a_part_that_is_tied_to_none_of_it_changes_nothing(
    pairs: set[tuple[int, int]], beside: set[tuple[int, int]]
) -> None:
    apart = {(here + 10, there + 10) for here, there in beside}
    alone = lost_without(_ties(10), _near(10, pairs), [0], 5)
    assert lost_without(_ties(20), _near(20, pairs | apart), [0], 5) == alone


def test_a_country_and_a_hub_are_reached_and_lead_no_farther() -> None:
    near = _near(10, {(0, 5), (5, 6), (6, 7)})
    assert lost_without(_ties(10), near, [0], 5).keys() == {6, 7}
    assert lost_without(_ties(10, cls="Government"), near, [0], 5).keys() == {6}


def test_a_country_loses_the_last_that_runs_there_and_others_go_on_elsewhere(bundled_answer: Ask) -> None:
    answer = bundled_answer("what-if", party="IOM")
    assert answer.headline == (
        "Without the IOM, 1 country loses its last award or project on file"
        " and 3 works are without others to carry or fund them."
    )
    lost: Any = [row for row in answer.rows if row.group == "last work in a country"]
    assert [(row.what_name, row.what_iso3, row.through_name) for row in lost] == [
        ("Djibouti", "DJI", "Project in Djibouti (IOM)")
    ]
    assert all(row.evidence for row in answer.rows)


def test_who_is_reached_through_its_money_alone_is_tied_to_us_by_it(bundled_answer: Ask) -> None:
    rows = bundled_answer("what-if", party="UNODC").rows
    assert ("Caritas Ukraine", "only path to us") in [(row.what_name, row.group) for row in rows]
    assert not [row for row in rows if row.what_class in ("Person", "Post", "Government")]


def test_our_own_side_is_not_asked_about(bundled_answer: Ask) -> None:
    assert bundled_answer("what-if", party="United States").headline.startswith("The United States is our own side")


def test_a_meeting_ahead_that_nobody_else_hosts_has_no_host(demo: Session) -> None:
    rows: Any = ask(demo, "what-if", {"party": "OSCE"}).rows
    assert [(row.group, row.what_name) for row in rows] == [
        ("meeting without a host", "Alliance conference of spring 2027 (fictional)")
    ]
