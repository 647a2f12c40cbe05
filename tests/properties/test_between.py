"""What differs between two moments is the difference of the two graphs, however it is cut up."""

from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from iga.graph.fold.between import Differing, Moment, between
from iga.graph.fold.shapes import View
from iga.graph.statements import Card, Content, NodeStatement
from tests.properties.histories import IDS, NOWS, ceilings, histories
from tests.properties.ledger_model import Load, ModelLedger
from tests.properties.projection_model import graph_of

many = settings(derandomize=True, database=None)
_INSTANTS = [now for now in NOWS if now]


@many
@given(st.data())
def test_what_differs_is_the_difference_of_two_graphs(data: st.DataObject) -> None:
    ledger = ModelLedger(data.draw(histories()), is_sloppy=data.draw(st.booleans()))
    ceiling = data.draw(ceilings)
    since, until = _moments(data, ledger, 2)
    before, now = (graph_of(ledger, View(ceiling, moment.load, moment.at)) for moment in (since, until))
    found = between(ledger, ceiling=ceiling, since=since, until=until, limit=1_000_000)
    assert found is not None
    assert found.nodes == _pairs(before.nodes, now.nodes)
    assert found.edges == _pairs(before.edges, now.edges)


@many
@given(st.data())
def test_changes_of_two_periods_on_end_add_up_to_those_of_the_whole(data: st.DataObject) -> None:
    ledger = ModelLedger(data.draw(histories()))
    ceiling = data.draw(ceilings)
    moments = _moments(data, ledger, 3)
    parts = [between(ledger, ceiling=ceiling, since=a, until=b, limit=1_000_000) for a, b in pairwise(moments)]
    whole = between(ledger, ceiling=ceiling, since=moments[0], until=moments[-1], limit=1_000_000)
    assert whole is not None
    assert sum(_net(part) for part in parts) == _net(whole)


@many
@given(st.data())
def test_what_differs_about_some_ids_is_their_part_of_the_difference(data: st.DataObject) -> None:
    ledger = ModelLedger(data.draw(histories()))
    ceiling, about = data.draw(ceilings), frozenset(data.draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True)))
    since, until = _moments(data, ledger, 2)
    before, now = (graph_of(ledger, View(ceiling, moment.load, moment.at)) for moment in (since, until))
    found = between(ledger, ceiling=ceiling, since=since, until=until, limit=1_000_000, about=about)
    assert found is not None
    whole = _pairs(before.nodes, now.nodes)
    assert {key: pair for key, pair in found.nodes.items() if key in about} == {
        key: pair for key, pair in whole.items() if key in about
    }
    assert found.nodes.items() <= whole.items()
    assert found.edges.items() <= _pairs(before.edges, now.edges).items()


def test_too_much_is_told_by_nothing() -> None:
    loads = [Load(Card("list:a", "A"), {key: Content((NodeStatement("Ngo", key),)) for key in ("ngo:n1", "ngo:n2")})]
    since, until = Moment(0, "2026-01-01T00:00:00Z"), Moment(1, "2026-01-02T00:00:00Z")
    assert between(ModelLedger(loads), ceiling=View().ceiling, since=since, until=until, limit=1) is None
    assert between(ModelLedger(loads), ceiling=View().ceiling, since=since, until=until, limit=2) is not None


def _moments(data: st.DataObject, ledger: ModelLedger, count: int) -> list[Moment]:
    loads = data.draw(st.lists(st.integers(0, ledger.through()), min_size=count, max_size=count))
    instants = data.draw(st.lists(st.sampled_from(_INSTANTS), min_size=count, max_size=count))
    return [Moment(load, at) for load, at in zip(sorted(loads), sorted(instants), strict=True)]


def _pairs(before: Mapping[str, object], now: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    keys = before.keys() | now.keys()
    return {key: (before.get(key), now.get(key)) for key in keys if before.get(key) != now.get(key)}


def _net(found: Differing | None) -> int:
    """Return how many more things and relationships there are than before."""
    assert found is not None
    changed = [*found.nodes.values(), *found.edges.values()]
    return sum((now is not None) - (before is not None) for before, now in changed)
