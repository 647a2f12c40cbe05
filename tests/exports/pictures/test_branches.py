"""Steps, bands and rings: each thing has one place, whatever order it comes in, and none over another."""

import math
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.exports.pictures.around import RingPlace, rings
from iga.exports.pictures.branches import COLUMN, LINE, MOST_ALIKE, Branch, PlacedBranch, branches_as_picture, in_box
from iga.exports.pictures.flows import Flow, flows_as_picture
from iga.queries.core.answer import Subject

START = Subject(id="start", cls="Ngo", name="Start")


def thing(name: str) -> Subject:
    return Subject(id=name, cls="Ngo", name=name)


@st.composite
def trees(draw: st.DrawFn) -> list[Branch]:
    """Return steps, each after the one that it goes on from."""
    branches: list[Branch] = []
    for at in range(draw(st.integers(1, 14))):
        under = draw(st.sampled_from(["", *(it.key for it in branches)]))
        words = tuple(draw(st.lists(st.text("ab ", max_size=60), max_size=4)))
        branches.append(Branch(f"k{at}", under, thing(f"t{at}"), words))
    return branches


def room(step: PlacedBranch) -> tuple[float, float]:
    """Return from how high to how low a step reaches: its words above the line, its box and its numbers."""
    return step.y - max(len(step.lines) * LINE, 27), step.y + 27


@given(trees(), st.booleans())
def test_steps_of_one_column_do_not_meet(branches: list[Branch], turned: bool) -> None:
    picture = branches_as_picture(START, branches, is_turned=turned)
    for one, other in combinations(picture.steps, 2):
        if one.x == other.x:
            assert room(one)[1] <= room(other)[0] or room(other)[1] <= room(one)[0]
    assert all(room(step)[0] >= 0 and room(step)[1] <= picture.height for step in picture.steps)


@given(trees())
def test_a_step_stands_a_column_on_and_the_first_of_several_beside_it(branches: list[Branch]) -> None:
    picture = branches_as_picture(START, branches)
    at = {step.branch.key: (step.x, step.y) for step in picture.steps} | {"": (picture.x, picture.y)}
    seen = set()
    for step in picture.steps:
        x, y = at[step.branch.under]
        assert (step.x, step.from_y) == (x + COLUMN, y)
        if step.branch.under not in seen:
            assert step.y == y
        seen.add(step.branch.under)


def test_many_that_lead_no_further_are_one_box_and_are_counted() -> None:
    ends = [Branch(f"k{at}", "", thing(f"t{at}"), ()) for at in range(MOST_ALIKE + 4)]
    picture = branches_as_picture(START, [*ends, Branch("on", "k11", thing("further"), ())])
    assert [step.branch.thing.name for step in picture.steps[MOST_ALIKE:]] == ["3 more, in the table", "t11", "further"]
    assert picture.folded == 3
    assert branches_as_picture(START, ends[: MOST_ALIKE + 1]).folded == 0


def test_a_name_that_does_not_fit_its_box_ends_in_an_ellipsis() -> None:
    assert in_box("Office") == ["Office"]
    assert in_box("a very long name of an organization that nobody would print in full")[-1].endswith("…")


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


TIES = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")), max_size=30)


def reached(middle: str, ties: list[tuple[str, str]]) -> set[str]:
    found, fresh = {middle}, {middle}
    while fresh:
        fresh = {end for tie in ties for end in tie if fresh & set(tie)} - found
        found |= fresh
    return found


def steps(place: RingPlace, places: dict[str, RingPlace]) -> int:
    return 0 if not place.under else 1 + steps(places[place.under], places)


@given(TIES, st.randoms())
def test_what_is_tied_has_a_place_that_does_not_depend_on_the_order(
    ties: list[tuple[str, str]], random: object
) -> None:
    shuffled = sorted(ties, key=lambda _: random.random())  # type: ignore[attr-defined]
    places = rings(["a"], ties, order=str)
    assert places == rings(["a"], [(two, one) for one, two in shuffled], order=str)
    assert places.keys() == reached("a", ties)
    assert all(place.ring == steps(place, dict(places)) for place in places.values())


@given(TIES)
def test_no_thing_stands_on_another(ties: list[tuple[str, str]]) -> None:
    places = rings(["a"], ties, order=str)
    apart = (math.dist((one.x, one.y), (other.x, other.y)) for one, other in combinations(places.values(), 2))
    assert all(distance > 15 for distance in apart)


def test_of_several_in_the_middle_each_has_what_hangs_on_it_beside_it() -> None:
    places = rings(["a", "b"], [("a", "c"), ("b", "d")], order=str)
    assert (places["a"].under, places["c"].under, places["d"].under) == ("", "a", "b")
    assert (places["c"].ring, places["a"].ring) == (2, 1)
    assert places["c"].turn == places["a"].turn
