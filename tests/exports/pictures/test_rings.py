"""Things around others: all that is tied has one place, the same in whatever order it comes, and none on another."""

import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from iga.exports.pictures.around import RingPlace, rings

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
