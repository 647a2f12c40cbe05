"""One address is one, in whatever notation; two are two."""

import pytest

from iga.graph.names.own_addresses import forms_like, forms_of


def _are_one(first: str, second: str) -> set[bool]:
    return {not forms_of(one).isdisjoint(forms_like(other)) for one, other in ((first, second), (second, first))}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("+44 20 7946 0958", "020 7946 0958"), ("+44 (0)20 7946 0958", "0044 20 79460958"),
        ("+44 (0)20 7946 0958", "tel:+442079460958"), ("+254 20 555 0100", "0205550100"),
        ("8 (495) 555-01-00", "+7 495 5550100"), ("+1 202 555 0100", "(202) 555-0100 ext. 5"),
        ("+1 202 555 0100 x5", "1.202.555.0100, extension 5"), ("+1 202 555 0100 x5", "202-555-0100"),
        ("+1 202 555 0100", "011 1 202 555 0100"), ("+220 555 0100", "555 0100"), ("+1 202 555 0100", "٢٠٢٥٥٥٠١٠٠"),
        ("+1 202 555 0100", "202 555 0101 / 202 555 0100"), ("ada@example.org", "Ada+News@Example.org"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_other_notations_are_one_address(first: str, second: str) -> None:
    assert _are_one(first, second) == {True}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("+1 202 555 0100", "+1 703 555 0100"), ("+1 202 555 0100 x5", "+1 202 555 0100 x6"),
        ("ada@example.org", "bea@example.org"), ("ada@example.org", "ada@example.net"),
        ("+news@example.org", "+other@example.org"), ("https://example.org/5550100000", "+1 555 010 0000"),
        ("contact:12025550100", "+1 202 555 0100"), ("555 01", "555 01 00"), ("", ""),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_two_addresses_are_two(first: str, second: str) -> None:
    assert _are_one(first, second) == {False}
