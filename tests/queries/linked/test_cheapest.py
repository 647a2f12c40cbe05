"""The lightest paths: each edge is there, ends join, none is missed, and the way back is the way there."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from iga.queries.linked.web import THROUGH_HUB, distances, lightest_paths, paths_apart, without

few = settings(derandomize=True, database=None)
_NODES = tuple("abcdefg")
_MOST = 5


@st.composite
def webs(draw: st.DrawFn) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    pairs = [(one, other) for one in _NODES for other in _NODES if one < other]
    links: dict[str, dict[str, int]] = {node: {} for node in _NODES}
    for one, other in draw(st.lists(st.sampled_from(pairs), unique=True)):
        links[one][other] = links[other][one] = draw(st.integers(1, 5))
    between = {node: THROUGH_HUB * draw(st.integers(0, 1)) + draw(st.integers(1, 6)) for node in _NODES}
    return links, between


@few
@given(webs())
def test_every_path_is_found_once_and_lightest_first(web: tuple[dict[str, dict[str, int]], dict[str, int]]) -> None:
    links, between = web
    found = list(lightest_paths(links, between, "a", "g", most_edges=_MOST))
    assert sorted(nodes for _, nodes in found) == sorted(_every(links, ("a",), "g"))
    assert [cost for cost, _ in found] == sorted(cost for cost, _ in found)
    for cost, nodes in found:
        assert all(there in links[here] for here, there in pairwise(nodes))
        assert cost == _cost(links, between, nodes)


@few
@given(webs())
def test_the_way_back_is_the_way_there(web: tuple[dict[str, dict[str, int]], dict[str, int]]) -> None:
    links, between = web
    there = {nodes: cost for cost, nodes in lightest_paths(links, between, "a", "g", most_edges=_MOST)}
    back = {nodes[::-1]: cost for cost, nodes in lightest_paths(links, between, "g", "a", most_edges=_MOST)}
    assert there == back


@few
@given(webs())
def test_distances_are_those_of_the_shortest_paths(web: tuple[dict[str, dict[str, int]], dict[str, int]]) -> None:
    links, _ = web
    shortest = {node: min((len(path) - 1 for path in _every(links, ("a",), node)), default=_MOST) for node in "bcdefg"}
    assert distances("a", links, most=3) == {"a": 0, **{node: far for node, far in shortest.items() if far <= 3}}


@few
@given(webs())
def test_paths_apart_share_nothing_and_leave_no_other_behind(
    web: tuple[dict[str, dict[str, int]], dict[str, int]],
) -> None:
    links, between = web
    apart = list(paths_apart(links, between, "a", "g", most_edges=_MOST))
    assert apart[:1] == list(lightest_paths(links, between, "a", "g", most_edges=_MOST))[:1]
    inner = [node for _, path in apart for node in path[1:-1]]
    assert len(inner) == len(set(inner))
    assert [cost for cost, _ in apart] == sorted(cost for cost, _ in apart)
    for path in _every(links, ("a",), "g"):
        assert set(path[1:-1]) & set(inner) or path in [nodes for _, nodes in apart]


@few
@given(webs(), st.sampled_from("bcdef"))
def test_without_what_was_on_no_path_the_paths_are_the_same(
    web: tuple[dict[str, dict[str, int]], dict[str, int]], node: str
) -> None:
    links, between = web
    found = list(lightest_paths(links, between, "a", "g", most_edges=_MOST))
    left = without(links, ("a", node, "g"))
    kept = [(cost, path) for cost, path in found if node not in path]
    assert list(lightest_paths(left, between, "a", "g", most_edges=_MOST)) == kept


def _every(links: dict[str, dict[str, int]], path: tuple[str, ...], end: str) -> list[tuple[str, ...]]:
    """Return every path of at most so many edges that meets no node twice, by trying all."""
    if path[-1] == end:
        return [path]
    if len(path) > _MOST:
        return []
    return [each for to in links[path[-1]] if to not in path for each in _every(links, (*path, to), end)]


def _cost(links: dict[str, dict[str, int]], between: dict[str, int], nodes: tuple[str, ...]) -> int:
    return sum(links[here][there] for here, there in pairwise(nodes)) + sum(between[node] for node in nodes[1:-1])
