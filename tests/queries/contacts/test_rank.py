"""How a portfolio meets a topic."""

import pytest

from iga.queries.contacts.rank import topic_match


@pytest.mark.parametrize(
    ("topics", "match"),
    [
        (("child-trafficking", "funding"), "exact"),
        (("trafficking-in-persons",), "broader"),
        ((), "none stated"),
        (("migrant-smuggling", "child-labor"), "other"),
    ],
)
def test_a_portfolio_meets_child_trafficking(topics: tuple[str, ...], match: str) -> None:
    assert topic_match("child-trafficking", topics) == match


def test_a_portfolio_of_a_part_of_the_topic_is_narrower() -> None:
    assert topic_match("trafficking-in-persons", ("child-trafficking",)) == "narrower"


def test_smuggling_is_not_trafficking() -> None:
    assert topic_match("trafficking-in-persons", ("migrant-smuggling",)) == "other"
