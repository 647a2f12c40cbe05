"""Which rows a load has held, and where."""

import pytest

from iga.graph.ledger.load import Seen


@pytest.mark.parametrize(
    "place", ["x.csv:2", "x.xlsx!Sheet 1!1048576", "x.csv:007", "x.csv:", "", "x.csv:99999999999", "7" * 40]
)
def test_a_place_comes_back_as_it_was(place: str) -> None:
    seen = Seen()
    seen.add(1_000_000, place)
    assert 1_000_000 in seen
    assert seen.place(1_000_000) == place


def test_rows_near_and_far_that_were_not_held_are_not_seen() -> None:
    seen = Seen()
    seen.add(511, "a:1")
    seen.add(512, "b:2")
    assert [number in seen for number in (510, 511, 512, 513, 1 << 40)] == [False, True, True, False, False]
    assert (seen.place(511), seen.place(512)) == ("a:1", "b:2")
