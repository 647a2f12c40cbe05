"""What an editable workbook holds of a party, on both engines."""

from iga.exports.editable_workbook import rows_of_members, rows_of_parties
from iga.queries.core.session import Session
from tests.reading import some


def test_a_party_comes_with_its_posts_and_who_holds_them(session: Session) -> None:
    things = rows_of_parties(session, ["org:eso"])
    assert things[0].key == "org:eso"
    assert {"InternationalOrganization", "Post", "Person", "HOLDS"} <= {thing.cls for thing in things}
    keys = [thing.key for thing in things]
    assert len(set(keys)) == len(keys)
    holds = [thing for thing in things if thing.cls == "HOLDS"]
    assert all(" holds " in thing.name for thing in some(holds))


def test_members_are_relationships_that_are_told_apart_by_their_office(session: Session) -> None:
    members = rows_of_members(session, ["org:eso"])
    assert members
    assert {thing.cls for thing in members} == {"MEMBER_OF"}
    assert {thing.kept for thing in members} == {("office",)}
