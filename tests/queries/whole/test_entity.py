"""One thing whole: its values, its relationships by type, and the rows they rest on."""

import pytest

from iga.graph.errors import NotFound
from iga.queries.core.session import Session
from iga.queries.whole.entity import entity


def test_a_merged_id_leads_to_the_whole(session: Session) -> None:
    page = entity(session, "named:government:gold-coast")
    assert (page.id, page.name) == ("gov:gha", "Ghana")
    assert page.members == ("gov:gha", "named:government:gold-coast")


def test_relationships_are_counted_by_type_and_capped(session: Session) -> None:
    page = entity(session, "person:one", limit=5)
    groups = {(group.type, group.direction): group for group in page.neighbours}
    attended = groups["PARTICIPATED", "out"]
    assert (attended.title, attended.count, len(attended.shown)) == ("engagements attended", 12, 5)


def test_every_relationship_has_notes_that_exist(session: Session) -> None:
    page = entity(session, "gov:gha")
    shown = [edge for group in page.neighbours for edge in group.shown]
    assert shown
    assert all(edge.evidence and set(edge.evidence) <= set(page.evidence) for edge in shown)
    assert page.note_numbers


def test_ids_in_values_are_named(session: Session) -> None:
    assert entity(session, "body:us-mission-eso").names == {"gov:usa": "United States"}
    assert entity(session, "gov:gha").names == {"org:eu": "European Union"}


def test_fields_on_which_sources_differ_are_listed(session: Session) -> None:
    assert "signed_on" in entity(session, "compact:gha-2020").conflicts


def test_an_unknown_id_is_answered_with_suggestions(session: Session) -> None:
    with pytest.raises(NotFound):
        entity(session, "gov:ghq")


def test_what_the_public_may_not_see_is_not_there_for_it(session: Session, as_the_public: Session) -> None:
    assert entity(session, "ngo:soon").marking == "internal"
    for hidden in ("ngo:soon", "ngo:quiet"):
        with pytest.raises(NotFound):
            entity(as_the_public, hidden)
