"""What cannot all be true: each rule finds its case, names both facts, and leaves alone what only follows in time."""

import pytest

from iga.graph.errors import UsageError
from iga.queries.changing.contradictions import RULES
from tests.queries.changing.conftest import Ask


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (
            "two-holders",
            [
                (
                    "Ann Example holds the post Shared Desk (since 2020)",
                    "Bo Example holds it too (since 2022), as does 1 other",
                )
            ],
        ),
        ("post-in-ended-body", [("Gus Example holds the post Ghost Desk (since 2022)", "Old Forum ended 2020-12-31")]),
        ("membership-outlives-body", [("Kenya is a member of Old Forum (since 2000)", "Old Forum ended 2020-12-31")]),
        ("active-past-end", [("Late award is said to be active", "its period ended 2025-12-31")]),
        (
            "compact-past-end",
            [
                ("Odd Compact ended 2023-12-31", "an extension is stated: to 2025"),
                ("Odd Compact ended 2023-12-31", "Odd award under it goes on 2022-01-01 to 2027-12-31"),
            ],
        ),
        ("planned-but-past", [("Talks is planned", "its day, 2026-02-02, has passed")]),
        (
            "end-before-start",
            [
                ("Ghana withdrew from Odd Treaty in 2003", "it signed on 2010-05-05"),
                ("Ghana left Odd Treaty with effect from 2003", "it gave notice of that on 2004-02-02"),
                ("Odd Treaty entered into force in 2009-03", "it was signed on 2010-05-05"),
            ],
        ),
        (
            "early-successor",
            [
                (
                    "Odd Treaty was adopted on 2009-01-01",
                    "Next Treaty, which is said to follow it, was adopted on 2008-02-02",
                ),
                ("Old Forum ended 2020-12-31", "Next Forum, which took its place, began 2019-05"),
            ],
        ),
    ],
)
def test_a_rule_names_both_facts_with_their_sources(asked: Ask, rule: str, facts: list[tuple[str, str]]) -> None:
    rows = asked("contradictions", kind=rule).rows
    assert [(row.first, row.second) for row in rows] == facts
    assert {(row.rule, row.held) for row in rows} == {(rule, "yes")}
    assert all(row.evidence for row in rows)


def test_an_award_that_ended_asks_for_no_contact(asked: Ask) -> None:
    [row] = asked("contradictions", kind="funded-without-contact", as_of="2026-04-01").rows
    assert row.first == "Example Help receives Shelter award 2024-01-01 to 2026-04-30"
    assert asked("contradictions", kind="funded-without-contact").rows == ()


def test_one_holder_after_the_other_is_no_contradiction(asked: Ask) -> None:
    answer = asked("contradictions", kind="two-holders", party="Special Representative")
    assert answer.rows == ()
    assert answer.headline == "Not confirmed: nothing on file about the Special Representative breaks the rule tested."


def test_more_than_are_shown_are_counted(asked: Ask) -> None:
    answer = asked("contradictions", kind="end-before-start", limit="1")
    assert (len(answer.rows), answer.total.value) == (1, 3)
    assert "Only the first 1 of 3 are shown: say --limit, --kind or --party." in [it.text for it in answer.caveats]


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
