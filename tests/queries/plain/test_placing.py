"""Words behind the name of a question are put where it has a place for them."""

import pytest

from iga.graph.errors import UsageError
from iga.queries.core.session import Session
from iga.queries.plain.placing import placed


@pytest.mark.parametrize(
    ("question", "words", "parameters"),
    [
        ("members", "osce", {"party": "org:osce"}),
        ("gaps", "palermo osce", {"party": "org:osce", "agreement": "treaty:palermo"}),
        ("gaps", "osce palermo", {"party": "org:osce", "agreement": "treaty:palermo"}),
        ("contact", "unodc kids", {"party": ("org:unodc",), "topic": "child-trafficking"}),
        ("funding", "Ghana FY26", {"party": "gov:gha", "fiscal_year": "2026"}),
        ("calendar", "december", {"since": "2026-12", "until": "2026-12"}),
        ("contact", "party unodc topic kids", {"party": ("org:unodc",), "topic": "child-trafficking"}),
        ("project", "UNODC", {"project": "UNODC"}),
        ("tier-changes", "2018 and 2018", {"year": ("2018",)}),
    ],
)
def test_names_days_and_topics_find_their_places(
    officer: Session, question: str, words: str, parameters: dict[str, object]
) -> None:
    assert placed(officer, question, words) == (parameters, ())


def test_what_has_no_place_is_named(officer: Session) -> None:
    with pytest.raises(UsageError, match="gaps has no place for 'zebra'; it takes agreement, party"):
        placed(officer, "gaps", "palermo zebra")


@pytest.mark.parametrize(
    ("question", "words", "taken"),
    [("contact", "unodk kids", [("party", "unodk", "org:unodc")]), ("gaps", "palermo osce", [])],
)
def test_a_name_that_nothing_has_is_told_with_what_it_was_taken_for(
    officer: Session, question: str, words: str, taken: list[tuple[str, str, str]]
) -> None:
    assert [(one.parameter, one.typed, one.id) for one in placed(officer, question, words).taken] == taken
