"""What is read through the bodies that things are in is what is read by their ids, on both engines."""

from typing import Any

import pytest

from iga.graph.query import Query
from iga.queries.core import reads
from iga.queries.core.compiled import Everything, Inside, all_of, nearer
from iga.queries.core.reading import OfIds
from iga.queries.core.session import Session

EVERY_BODY = all_of("Party")
PAIRS: dict[str, tuple[Query[OfIds, Any], Query[Inside, Any]]] = {
    "terms": (reads.HOLDERS_OF, reads.HOLDERS_INSIDE),
    "channels of posts": (reads.CHANNELS_OF, reads.CHANNELS_OF_POSTS_INSIDE),
    "channels of people": (reads.CHANNELS_OF, reads.CHANNELS_OF_HOLDERS_INSIDE),
    "people": (reads.ENTITIES_BY_ID, reads.HOLDERS_BY_ID_INSIDE),
}


def _inside(session: Session, name: str) -> tuple[list[str], list[str]]:
    """Return all bodies, and all but the last of the posts in them, or of the people in these."""
    bodies = sorted(body.id for body in session.read(EVERY_BODY, Everything()))
    posts = [edge.id for edge in session.read(reads.POSTS_IN, OfIds(ids=tuple(bodies)))]
    people = [edge.id for edge in session.read(reads.HOLDERS_OF, OfIds(ids=tuple(posts)))]
    return bodies, sorted(set(people if "people" in name else posts))[:-1]


@pytest.mark.parametrize("name", PAIRS)
def test_both_ways_give_the_same_rows_in_the_same_order(in_office: Session, name: str) -> None:
    by_id, inside = PAIRS[name]
    bodies, ids = _inside(in_office, name)
    through = in_office.read(inside, Inside(ids=tuple(ids), bodies=tuple(bodies)))
    assert through, "nothing was read"
    assert through == in_office.read(by_id, OfIds(ids=tuple(ids)))


def _asked(ids: list[str], bodies: list[str]) -> list[str]:
    """Return the names of the reads that are made for ids in bodies."""
    made: list[str] = []

    def read(query: Query[Any, Any], _: Any) -> list[Any]:
        made.append(query.name)
        return []

    nearer(read, *PAIRS["terms"], ids, bodies)
    return made


def test_the_shorter_way_is_taken() -> None:
    assert _asked(["post:a", "post:b"], ["org:a"]) == [reads.HOLDERS_INSIDE.name]
    assert _asked(["post:a", "post:a"], ["org:a"]) == [reads.HOLDERS_OF.name]
    assert _asked(["post:a", "post:b"], []) == [reads.HOLDERS_OF.name]
    assert _asked([], ["org:a"]) == []
