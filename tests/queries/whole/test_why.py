"""Who said what: every value of every source side by side, the one that counts marked."""

import pytest

from iga.graph.errors import NotFound, UsageError
from iga.queries.core.session import Session
from iga.queries.whole.entity import entity
from iga.queries.whole.why import why


def test_all_values_stand_side_by_side_and_the_winner_is_marked(session: Session) -> None:
    [field] = why(session, "compact:gha-2020", "signed_on").fields
    assert (field.value, field.disputed) == ("2020-06-23", True)
    assert [(said.value, said.won, said.source, said.rank) for said in field.statements] == [
        ("2020-06-23", True, "ref:compacts", 20),
        ("2020-06-24", False, "ref:press", 60),
    ]


def test_a_statement_says_where_it_stands(session: Session) -> None:
    said = why(session, "compact:gha-2020", "signed_on").fields[0].statements[0]
    assert (said.locator, said.stated_on, said.title) == ("compacts.csv:2", "2026-05-01", "Compacts by their texts")


def test_statements_under_a_merged_id_count_too_and_its_judgement_is_told(session: Session) -> None:
    page = why(session, "gov:gha", "name")
    assert [(said.value, said.subject) for said in page.fields[0].statements] == [
        ("Ghana", "gov:gha"),
        ("Gold Coast", "named:government:gold-coast"),
    ]
    [judgement] = page.judgements
    assert (judgement.word, judgement.by, judgement.because, judgement.by_person) == (
        "same",
        "A. Officer",
        "renamed",
        True,
    )


def test_a_relationship_is_asked_by_its_key(session: Session) -> None:
    groups = entity(session, "ngo:relief").neighbours
    [edge] = [edge for group in groups if group.type == "IMPLEMENTS" for edge in group.shown]
    page = why(session, edge.key)
    assert (page.cls, page.name) == ("IMPLEMENTS", "Example Relief IMPLEMENTS Example Compact with Ghana")
    assert [field.field for field in page.fields] == ["role"]


def test_whom_a_value_stands_for_is_named(session: Session) -> None:
    assert why(session, "contribution:gha-usa").names == {"gov:usa": "United States", "ngo:relief": "Example Relief"}


def test_an_unknown_field_or_key_is_refused_with_a_suggestion(session: Session) -> None:
    with pytest.raises(UsageError, match="did you mean signed_on"):
        why(session, "compact:gha-2020", "signed")
    with pytest.raises(NotFound, match="no relationship has the key"):
        why(session, "rel:00000000000000000000")


def test_the_public_is_not_told_of_what_it_may_not_see(as_the_public: Session) -> None:
    with pytest.raises(NotFound):
        why(as_the_public, "ngo:quiet")
