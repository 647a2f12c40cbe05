"""Bulk work is collected seldom, and afterwards all is as it was."""

import gc

import pytest

from iga.graph.garbage_collection import SELDOM, seldom_collected


def test_the_collector_is_as_before_after_the_outermost_block() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        with seldom_collected():
            assert gc.get_threshold()[0] == SELDOM
        assert gc.get_threshold()[0] == SELDOM
    assert gc.get_threshold() == before


def test_an_error_restores_the_collector() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="stop"), seldom_collected():
        raise ValueError("stop")
    assert gc.get_threshold() == before
