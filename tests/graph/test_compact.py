"""The maps that know something of every node."""

from hypothesis import given
from hypothesis import strategies as st

from iga.graph.compact import Numbers, Words

NAMES = st.text(max_size=20)


@given(st.lists(st.tuples(NAMES, st.integers(0, (1 << 40) - 1)), max_size=200))
def test_numbers_are_those_of_a_dict(pairs: list[tuple[str, int]]) -> None:
    numbers, expected = Numbers(), dict[str, int]()
    for name, number in pairs:
        numbers.put(name, number)
        expected[name] = number
    assert len(numbers) == len(expected)
    assert {name: numbers.get(name) for name in expected} == expected
    assert "no name is as long as this one" not in numbers


def test_names_are_found_again_after_the_map_has_grown() -> None:
    numbers = Numbers()
    for number in range(5_000):
        numbers.put(f"ngo:{number}", number)
    assert [numbers.get(f"ngo:{number}") for number in range(5_000)] == list(range(5_000))
    assert numbers.get("ngo:5000") is None


def test_words_are_those_that_were_put_last() -> None:
    words = Words()
    words.update([("ngo:a", "Ngo"), ("gov:ken", "Government"), ("ngo:a", "Company")])
    assert (words.get("ngo:a"), words.get("gov:ken"), words.get("gov:gha"), len(words)) == (
        "Company",
        "Government",
        None,
        2,
    )
