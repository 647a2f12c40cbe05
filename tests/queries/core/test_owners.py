"""Who owns a relationship: by name, else through what the party belongs to; never through what belongs to it."""

from typing import Any, cast

import pytest

from iga.graph.query import Query
from iga.queries.core.home import Owners, owners_of
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds
from iga.queries.core.reads import ENTITIES_BY_ID, OUR_SIDE_OF, WHOLES_OF, OurEdgeRow
from iga.queries.core.session import Session

# A committee of a body, a section of the committee, and a body that nobody owns though somebody owns its council.
PART_OF = {"forum:section": "forum:committee", "forum:committee": "org:body", "forum:council": "org:other"}
OWNED = {"org:body": "post:desk", "forum:council": "post:envoy"}


class Canned:
    """A session in which these are parts and owners, and nothing else is on record."""

    def read(self, query: Query[Any, Any], params: OfIds) -> list[Any]:
        if query is WHOLES_OF:
            return [_edge(FullEdgeRow, part, PART_OF[part], "Forum") for part in params.ids if part in PART_OF]
        if query is OUR_SIDE_OF:
            owned = [party for party in params.ids if party in OWNED]
            return [_edge(OurEdgeRow, party, OWNED[party], "Post", type="OWNS_RELATIONSHIP") for party in owned]
        if query is ENTITIES_BY_ID:
            return [Entity(id=party, cls="Forum", name=party, values={}) for party in params.ids]
        return []


def _edge(row: type[FullEdgeRow], subject: str, other: str, cls: str, **more: str) -> FullEdgeRow:
    end: dict[str, Any] = {"id": other, "cls": cls, "name": other, "iso3": None, "values": {}}
    return row(subject=subject, key=f"{subject} {other}", properties={}, **end, **more)


@pytest.fixture
def owners() -> Owners:
    everybody = ["org:body", "forum:committee", "forum:section", "org:other", "forum:council"]
    return owners_of(cast(Session, Canned()), everybody, day="2026-06-01")


def test_a_part_of_an_owned_body_has_its_owner_at_any_depth(owners: Owners) -> None:
    known = {party: [owner.id for owner in subjects] for party, subjects in owners.subjects.items()}
    assert known["org:body"] == known["forum:committee"] == known["forum:section"] == ["post:desk"]


def test_a_whole_is_not_owned_through_its_part(owners: Owners) -> None:
    assert "forum:council" in owners.edges
    assert "org:other" not in owners.edges
    assert owners.first(["org:other"]) is None


def test_one_that_is_owned_by_name_goes_before_one_that_is_owned_through_its_whole(owners: Owners) -> None:
    first = owners.first(["forum:section", "forum:council"])
    assert first is not None
    assert first.id == "post:envoy"
