"""What cannot all be true: each rule finds its case, names both facts, and leaves alone what only follows in time."""

import pytest

from graph.errors import UsageError
from queries.ask import ask
from queries.changing.cases import RULES
from queries.core.session import Session
from tests.queries.changing.conftest import Ask


@pytest.mark.parametrize(
    ("rule", "first", "second"),
    [
        ("active-past-end", "Late award is said to be active", "its period ended 2025-12-31"),
        ("planned-but-past", "Talks is planned", "its day, 2026-02-02, has passed"),
        ("membership-outlives-body", "Kenya is a member of Old Forum (since 2000)", "Old Forum ended 2020-12-31"),
        ("early-successor", "Old Forum ended 2020-12-31", "Next Forum, which took its place, began 2019-05"),
    ],
)
def test_a_rule_names_both_facts_with_their_sources(asked: Ask, rule: str, first: str, second: str) -> None:
    [row] = asked("contradictions", kind=rule).rows
    assert (row.rule, row.first, row.second, row.held) == (rule, first, second, "yes")
    assert row.evidence


def test_an_award_that_ended_asks_for_no_contact(asked: Ask) -> None:
    [row] = asked("contradictions", kind="funded-without-contact", as_of="2026-04-01").rows
    assert row.first == "Example Help receives Shelter award 2024-01-01 to 2026-04-30"
    assert asked("contradictions", kind="funded-without-contact").rows == ()


def test_one_holder_after_the_other_is_no_contradiction(asked: Ask) -> None:
    assert asked("contradictions", kind="two-holders").rows == ()


def test_what_is_wrong_is_wrong_as_of_a_day(asked: Ask) -> None:
    assert asked("contradictions", kind="planned-but-past", as_of="2026-02-01").rows == ()
    assert asked("contradictions", kind="active-past-end", as_of="2025-12-31").rows == ()


def test_a_party_narrows_it_and_rules_are_taken_by_their_words(asked: Ask) -> None:
    assert {row.rule for row in asked("contradictions", party="Kenya").rows} == {"membership-outlives-body"}
    assert asked("contradictions", kind="Early successor").rows
    with pytest.raises(UsageError, match="'two holder' is no rule; did you mean two-holders"):
        asked("contradictions", kind="two holder")


def test_each_rule_has_a_name_of_its_own_and_a_sentence() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.sentence.endswith(".") for rule in RULES)


def test_both_engines_find_the_same(in_spring: Session, in_the_other_engine: Session) -> None:
    assert ask(in_spring, "contradictions", {}) == ask(in_the_other_engine, "contradictions", {})
