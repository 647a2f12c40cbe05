"""Nodes are folded in batches; how large one is shows nowhere."""

import pytest
from hypothesis import given, settings

from iga.graph.fold import pools
from iga.graph.fold.shapes import View
from tests.properties.histories import histories, views
from tests.properties.ledger_model import Load, ModelLedger
from tests.properties.projection_model import graph_of


@settings(derandomize=True, database=None)
@given(histories(judging=(1,)), views)
def test_the_size_of_a_batch_does_not_show(loads: list[Load], view: View) -> None:
    ledger = ModelLedger(loads)
    whole = graph_of(ledger, view)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pools, "BATCH", 1)
        assert graph_of(ledger, view) == whole
