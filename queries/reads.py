"""Reads that several rooms share, by name; each has its text in ``queries/cypher``."""

from typing import Any

from graph.query import Params, Query, Row
from queries.reading import Entity, FullTie, OfIds, Tie


class OfClasses(Params):
    """Classes that may come back."""

    classes: tuple[str, ...]


class Everything(Params):
    """A read that takes nothing: all there are."""


class OfType(OfIds):
    """Relationships of one type of some entities, and the most that may come back."""

    type: str
    limit: int


class Alias(Row):
    """A former or merged id, and the id that stands for it."""

    id: str
    canonical: str


class BodyOf(Row):
    """A public body of a government."""

    subject: str
    id: str
    cls: str
    name: str
    values: dict[str, Any]


class Relationship(Row):
    """A relationship with its two ends and every id that stands for them."""

    key: str
    type: str
    values: dict[str, Any]
    source: str
    source_name: str
    source_ids: list[str]
    target: str
    target_name: str
    target_ids: list[str]


class OursTie(FullTie):
    """A tie from a post or office of our side, and its type."""

    type: str


ENTITIES_BY_ID = Query("queries", "entities_by_id", OfIds, Entity)
IDS_BY_ALIAS = Query("queries", "ids_by_alias", OfIds, Alias)
MEMBERS_OF = Query("queries", "members_of", OfIds, Tie)
MEMBERSHIPS_OF = Query("queries", "memberships_of", OfIds, FullTie)
AGREEMENTS_OF = Query("queries", "agreements_of", OfIds, FullTie)
PARTS_OF = Query("queries", "parts_of", OfIds, FullTie)
PARTS_BELOW = Query("queries", "parts_below", OfIds, FullTie)
POSTS_IN = Query("queries", "posts_in", OfIds, FullTie)
HOLDERS_OF = Query("queries", "holders_of", OfIds, Tie)
CHANNELS_OF = Query("queries", "channels_of", OfIds, FullTie)
OUR_SIDE_OF = Query("queries", "our_side_of", OfIds, OursTie)
BODIES_OF_GOVERNMENT = Query("queries", "bodies_of_government", OfIds, BodyOf)
BODIES_OF_POSTS = Query("queries", "bodies_of_posts", OfIds, Tie)
VOTED_BY = Query("queries", "voted_by", OfIds, FullTie)
THINGS_UNDER = Query("queries", "things_under", OfIds, FullTie)
IMPLEMENTERS_OF = Query("queries", "implementers_of", OfIds, Tie)
TIES_OUT = Query("queries", "ties_out", OfType, FullTie)
TIES_IN = Query("queries", "ties_in", OfType, FullTie)
MAKERS_OF = Query("queries", "makers_of", OfIds, Tie)
ASSESSED_BY = Query("queries", "assessed_by", OfIds, Tie)
PUBLICATIONS_OF = Query("queries", "publications_of", OfIds, FullTie)
