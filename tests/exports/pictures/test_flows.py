"""Money as bands: as broad as the amounts, beside one another at each thing, from left to right alone."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.exports.pictures.flows import Flow, flows_as_picture
from iga.queries.core.answer import Subject

ENDS = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda ends: ends[0] != ends[1])
AMOUNTS = st.one_of(st.none(), st.decimals("-500", "900000", places=2))


def flow(source: str, target: str, amount: Decimal | None = None) -> Flow:
    return Flow(Subject(id=source, cls="", name=source), Subject(id=target, cls="", name=target), amount)


@given(st.dictionaries(ENDS, AMOUNTS, min_size=1, max_size=15))
def test_bands_lead_to_the_right_and_things_of_a_column_stand_apart(
    amounts: dict[tuple[str, str], Decimal | None],
) -> None:
    picture = flows_as_picture([flow(*ends, amount) for ends, amount in amounts.items()])
    assert {bar.thing.id for bar in picture.bars} == {end for ends in amounts for end in ends}
    assert all(band.start[0] < band.end[0] for band in picture.bands)
    for x in {bar.x for bar in picture.bars}:
        column = sorted((bar.y, bar.y + bar.height) for bar in picture.bars if bar.x == x)
        assert all(one[1] < other[0] for one, other in pairwise(column))


def test_a_band_is_as_broad_as_its_amount_and_they_lie_beside_one_another() -> None:
    picture = flows_as_picture([flow("a", "b", Decimal(300)), flow("a", "c", Decimal(100)), flow("b", "d")])
    broad, narrow, none = picture.bands
    assert broad.breadth == pytest.approx(3 * narrow.breadth)
    assert narrow.start[1] - broad.start[1] == pytest.approx((broad.breadth + narrow.breadth) / 2)
    assert none.breadth == 0


def test_money_that_goes_in_a_circle_is_drawn_once() -> None:
    picture = flows_as_picture([flow("a", "b", Decimal(1)), flow("b", "c", Decimal(1)), flow("c", "a", Decimal(1))])
    assert len(picture.bands) == 2
    assert len(picture.bars) == 3


def test_what_was_given_back_is_no_band() -> None:
    [band] = flows_as_picture([flow("a", "b", Decimal(-5))]).bands
    assert band.breadth == 0
