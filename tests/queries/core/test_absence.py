"""Whoever is not on a list is surely not in it only where a source card calls that list whole on that day."""

from typing import Any

import pytest

from iga.graph.statements import Card, Whole
from iga.ingest.bundled import bundled_sources
from iga.ingest.mapping import MappingCard
from iga.queries.core.absence import absence
from tests.queries.conftest import Ask
from tests.reading import some

LISTED: dict[str, Any] = {"evidence": ('["list","1"]',)}
OF_A_DAY, OF_YEARS = Whole("org:x", "2026-01-22", "2026-01-22"), Whole("org:x", "2023", "2026-12-31")


class Cards:
    """What `absence` looks at of a session."""

    def __init__(self, *whole: Whole) -> None:
        self.cards = {"list": Card("list", "A list", whole=whole), "other": Card("other", "", whole=(Whole("org:x"),))}


@pytest.mark.parametrize(
    ("whole", "day", "why"),
    [
        (OF_A_DAY, "2026-01-22", ""),
        (OF_A_DAY, "2026-01-23", "older"),
        (OF_A_DAY, "2026-01-21", "earlier"),
        (OF_YEARS, "2023-12-30", "earlier"),  # a part of a year may be its last day
        (OF_YEARS, "2024-01-01", ""),
        (Whole("org:x"), "1900-01-01", ""),
        (Whole("org:y"), "2026-01-22", "unchecked"),
    ],
)
def test_no_is_said_on_the_days_of_a_whole_list_alone(whole: Whole, day: str, why: str) -> None:
    known: Any = Cards(whole)
    assert absence(known, "org:x", LISTED, day=day).why == why
    assert absence(known, "org:x", LISTED, day=day, counts=(6, 7)).why == "short"
    assert absence(known, "org:x", day=day).why == "no list"


def test_a_card_says_of_each_list_for_which_days_it_is_whole() -> None:
    card = MappingCard.model_validate(
        {"source": "ref:x", "title": "X", "whole": [{"of": ["org:a", "org:b"], "until": 2024}, {"of": "org:c"}]}
    )
    assert card.card().whole == (Whole("org:a", until="2024"), Whole("org:b", until="2024"), Whole("org:c"))


def test_no_bundled_list_is_called_whole_that_has_fewer_than_are_counted(bundled_answer: Ask) -> None:
    called = [whole for source in bundled_sources() for whole in source.mapping.card.card().whole]
    bodies = [it for it in some(called) if it.of.startswith(("org:", "forum:")) and it.until]
    for whole in some(bodies):
        answer = bundled_answer("members", party=whole.of, as_of=whole.until)
        assert answer.clauses[0].values["reported"] is None, (whole, answer.headline)
        assert answer.clauses[0].values["members"], whole


@pytest.mark.parametrize(
    ("party", "body", "said"),
    [
        ("USA", "HRC", "No: the United States is not among the members of the Human Rights Council; it was last"),
        ("GHA", "forum:ccpcj", "Not confirmed: no list of the members of the CCPCJ is on file."),
        ("GHA", "forum:icat", "Not confirmed: Ghana is not among the members of ICAT on file, and that list may lack"),
        ("GHA", "forum:alliance-8-7", "Not confirmed: Ghana is not among the members of Alliance 8.7 on file"),
        ("GHA", "forum:ilo-governing-body", "Not confirmed: Ghana is not among the members of the Governing Body"),
        (
            "GHA",
            "forum:ecosoc",
            "Not confirmed: Ghana is not among the members of the Economic and Social Council on f",
        ),
        ("TWN", "UN", "Not confirmed: Taiwan was not among the members of the UN as of 2026-01-22; later changes are"),
    ],
)
def test_a_membership_that_is_not_listed_is_a_no_only_of_a_whole_list(
    bundled_answer: Ask, party: str, body: str, said: str
) -> None:
    assert bundled_answer("memberships", party=party, other=body).headline.startswith(said)


def test_the_nearest_that_is_known_is_told_in_the_same_breath(bundled_answer: Ask) -> None:
    served = bundled_answer("memberships", party="USA", other="HRC").headline
    assert served.endswith("it was last a member from 2022-01-01 to 2024-12-31.")
    china = bundled_answer("restrictions", party="CHN", year="2026")
    assert china.headline.endswith("and that list may lack some; it was restricted for 2025.")
    assert china.clauses[1].text == "By fiscal year: full waiver 2014; restricted 2019 to 2025."


def test_who_is_not_party_is_told_of_the_same_governments_by_both_questions(bundled_answer: Ask) -> None:
    outside: Any = bundled_answer("parties", agreement="Palermo Protocol", status="not party").rows
    unknown: Any = bundled_answer("gaps", agreement="Palermo Protocol", party="UN").rows
    members: Any = bundled_answer("members", party="UN").rows
    # Who had only signed when the list was made is outside by both; of the others no list tells.
    assert {row.name for row in some(outside)} & {row.name for row in members if row.category == "member"} == {
        row.name for row in unknown
    }
