"""The short path of subjects with one plain statement gives what the general path gives."""

import pytest
from hypothesis import given, settings

from iga.graph.fold import full as full_module
from iga.graph.fold import groups, nodes
from iga.graph.fold.shapes import View
from tests.properties.histories import histories, views
from tests.properties.ledger_model import Load, ModelLedger
from tests.properties.projection_model import graph_of


@settings(derandomize=True, database=None)
@given(histories(judging=(1,)), views)
def test_the_short_path_is_the_general_one(loads: list[Load], view: View) -> None:
    ledger = ModelLedger(loads)
    short = graph_of(ledger, view)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(full_module, "fold_node", nodes.fold_pool)
        patch.setattr(groups, "is_plain", lambda *_: False)
        assert graph_of(ledger, view) == short
