"""Every invariant of the fold, over random histories; half of them are mostly judgements."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iga.graph.domain.marking import Marking
from iga.graph.fold import full as full_module
from iga.graph.fold import groups, nodes, pools
from iga.graph.fold.shapes import View
from iga.graph.statements import PERSON_JUDGE, Card, Content, NodeStatement
from tests.properties.histories import IDS, NOWS, ceilings, cuts, histories, interleavings, views
from tests.properties.invariants import (
    check_incremental,
    check_known_on,
    check_last_wins,
    check_live,
    check_no_stray_id,
    check_order,
    check_raised,
    check_twice,
    check_unmerge,
    check_unseen,
    check_whole,
)
from tests.properties.ledger_model import Load, ModelLedger, judged, unjudged
from tests.properties.projection_model import graph_of

laws = settings(derandomize=True, database=None)


@laws
@given(st.data())
def test_order_of_loading_does_not_show(data: st.DataObject) -> None:
    loads = data.draw(histories(changing=False))
    check_order(loads, data.draw(interleavings(loads)), data.draw(views))


@pytest.mark.parametrize("tenths", [2, 6, 8])
@laws
@given(st.data())
def test_steps_give_the_graph_of_a_rebuild(tenths: int, data: st.DataObject) -> None:
    loads = data.draw(histories(judging=(tenths,)))
    nows = data.draw(st.lists(st.sampled_from(NOWS), min_size=17, max_size=17))
    check_incremental(loads, data.draw(cuts(len(loads))), data.draw(ceilings), nows, is_sloppy=data.draw(st.booleans()))


@laws
@given(histories())
def test_the_same_load_again_writes_nothing(loads: list[Load]) -> None:
    check_twice(loads)


@laws
@given(histories())
def test_the_last_load_wins(loads: list[Load]) -> None:
    check_last_wins(loads, ModelLedger())
    check_live(loads)


@laws
@given(st.data())
def test_a_withdrawn_judgement_leaves_no_trace(data: st.DataObject) -> None:
    loads = data.draw(histories(judging=(4, 7)))
    first, second = data.draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True))
    judgement = judged(first, second, data.draw(st.sampled_from(["same", "different", "unsure"])))
    judged_before = any(judgement.rows.keys() & load.rows.keys() for load in loads if load.card.source == PERSON_JUDGE)
    if not judged_before:
        check_unmerge(loads, judgement, unjudged(first, second), data.draw(views))


@laws
@given(st.data())
def test_an_id_that_was_judged_stays_known_when_its_row_is_withdrawn(data: st.DataObject) -> None:
    """docs/decisions/0066-a-withdrawn-id-stays-known.md."""
    loads, view, other = data.draw(histories()), data.draw(views), data.draw(st.sampled_from(IDS))
    card, verdict = Card("list:gone", "Gone"), judged("ngo:gone", other)
    there = [*loads, Load(card, {"g": Content((NodeStatement("Ngo", "ngo:gone"),))}), verdict]
    gone = [*there, Load(card, withdrawn=("g",))]
    before, after = (graph_of(ModelLedger(history), view) for history in (there, gone))
    assert set(after.aliases) <= set(before.aliases)
    assert after.nodes.keys() <= before.nodes.keys()
    never = graph_of(ModelLedger(loads), view)
    assert graph_of(ModelLedger([*gone, unjudged("ngo:gone", other)]), view) == never


@laws
@given(st.data())
def test_a_view_of_then_is_the_fold_of_the_loads_of_then(data: st.DataObject) -> None:
    check_known_on(data.draw(histories(changing=False, marked=False)), data.draw(ceilings))


@laws
@given(histories(judging=(1, 5)), views)
def test_rows_never_seen_do_not_show(loads: list[Load], view: View) -> None:
    check_unseen(loads, view)


@laws
@given(histories(), st.sampled_from([Marking.PUBLIC, Marking.INTERNAL]))
def test_what_was_reclassified_does_not_come_back_through_the_past(loads: list[Load], ceiling: Marking) -> None:
    check_raised(loads, ceiling)


@laws
@given(histories(judging=(1, 5)), views)
def test_every_id_of_a_view_is_named_by_a_statement_seen_in_it(loads: list[Load], view: View) -> None:
    check_no_stray_id(loads, view)


@laws
@given(histories(), views)
def test_a_graph_is_whole(loads: list[Load], view: View) -> None:
    check_whole(loads, view)


@settings(derandomize=True, database=None)
@given(histories(judging=(1,)), views)
def test_the_size_of_a_batch_does_not_show(loads: list[Load], view: View) -> None:
    ledger = ModelLedger(loads)
    whole = graph_of(ledger, view)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pools, "BATCH", 1)
        assert graph_of(ledger, view) == whole


@settings(derandomize=True, database=None)
@given(histories(judging=(1,)), views)
def test_the_short_path_is_the_general_one(loads: list[Load], view: View) -> None:
    ledger = ModelLedger(loads)
    short = graph_of(ledger, view)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(full_module, "fold_node", nodes.fold_pool)
        patch.setattr(groups, "is_plain", lambda *_: False)
        assert graph_of(ledger, view) == short
