"""Who stands between two groups: held against another engine, and laws of what may change nothing."""

from collections import defaultdict

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.linked.brokers import Between, between
from iga.queries.linked.web import HUB
from tests.queries.linked.webs import PAIRS, joined_by, ngo

ONE, OTHER = {ngo(0), ngo(1), ngo(2)}, {ngo(7), ngo(8), ngo(9)}


def _shares(pairs: set[tuple[int, int]]) -> dict[str, float]:
    """Return the betweenness of what stands two steps from both ends of a pair, as networkx finds paths."""
    graph = networkx.Graph([(ngo(here), ngo(there)) for here, there in pairs])
    graph.add_nodes_from(map(ngo, range(10)))
    shares: dict[str, float] = defaultdict(float)
    for one in ONE:
        for other in OTHER:
            beside = graph.subgraph(set(graph) - (ONE | OTHER) | {one, other})
            if networkx.has_path(beside, one, other):
                paths = list(networkx.all_shortest_paths(beside, one, other))
                for path in paths:
                    if len(path) == 3:
                        shares[path[1]] += 1 / len(paths)
    return shares


@given(pairs=PAIRS)
def test_who_stands_between_is_as_between_as_another_engine_says(pairs: set[tuple[int, int]]) -> None:
    found, _ = between(joined_by(pairs), ONE, OTHER)
    assert {it.broker: it.share for it in found} == pytest.approx(_shares(pairs))
    assert [it.share for it in found] == sorted((it.share for it in found), reverse=True)
    for it in found:
        assert it.first.end in ONE
        assert it.second.end in OTHER


@given(pairs=PAIRS, beside=PAIRS)
def test_a_part_that_is_tied_to_none_of_it_changes_no_broker(
    pairs: set[tuple[int, int]], beside: set[tuple[int, int]]
) -> None:
    apart = {(here + 10, there + 10) for here, there in beside}
    assert _told(pairs | apart, count=20) == _told(pairs)


@given(pairs=PAIRS, gone=st.integers(3, 6))
def test_without_whom_it_stood_on_no_path_nothing_changes(pairs: set[tuple[int, int]], gone: int) -> None:
    left = {pair for pair in pairs if gone not in pair}
    if ngo(gone) not in [broker for broker, *_ in _told(pairs)]:
        assert _told(left) == _told(pairs)


def _told(pairs: set[tuple[int, int]], *, count: int = 10) -> list[tuple[str, float, int, int, str, str]]:
    found: list[Between] = between(joined_by(pairs, count=count), ONE, OTHER)[0]
    return [(it.broker, it.share, it.pairs, it.only, it.first.end, it.second.end) for it in found]


def test_a_country_and_a_hub_are_left_out_and_named() -> None:
    pairs = {(0, 5), (5, 9)}
    assert between(joined_by(pairs, cls="Government"), ONE, OTHER) == ([], [ngo(5)])
    crowd = {(5, number) for number in range(10, 10 + HUB)}
    assert between(joined_by(pairs | crowd, count=70), ONE, OTHER) == ([], [ngo(5)])


@pytest.mark.slow
def test_the_office_that_owns_the_relationship_stands_between(demo: Session) -> None:
    answer = ask(demo, "brokers", {"party": "OSCE", "other": "ILO"})
    assert answer.headline == "[practice] Intergovernmental Affairs and ICAT stand between the OSCE and the ILO."
    assert all(row.evidence for row in answer.rows)
    assert "Countries join everybody to everybody and are left out" in answer.caveats[0].text


def test_groups_may_be_topics(demo: Session) -> None:
    answer = ask(demo, "brokers", {"party": "Forced labor", "other": "Child trafficking"})
    assert answer.headline.endswith("between those who work on forced labor and those who work on child trafficking.")


def test_whose_groups_deal_with_each_other_need_nobody(demo: Session) -> None:
    headline = ask(demo, "brokers", {"party": "OSCE", "other": "TIP Office", "kind": "contact"}).headline
    assert "The OSCE and the TIP Office are tied directly" in headline


def test_one_group_twice_is_refused(demo: Session) -> None:
    with pytest.raises(UsageError, match="party and other are both"):
        ask(demo, "brokers", {"party": "OSCE", "other": "OSCE"})
