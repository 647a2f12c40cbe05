"""Every read the questions make, by name; each has its text in ``queries/cypher``."""

from typing import Any

from graph.query import Params, Query, Row
from queries.reading import Entity, FullTie, OfIds, Tie


class Named(Params):
    """A folded name."""

    name: str


class Words(Params):
    """A full-text query and the most that may come back."""

    words: str
    limit: int


class OfKind(Params):
    """A kind of publication."""

    kind: str


class OfId(Params):
    """One entity."""

    id: str


class OfType(Params):
    """Relationships of one type of one entity, and the most that may come back."""

    id: str
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


class OfKey(Params):
    """A key of a relationship."""

    key: str


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


class TieCount(Row):
    """Number of relationships of one type."""

    type: str
    count: int


ENTITIES_BY_ID = Query("queries", "entities_by_id", OfIds, Entity)
IDS_BY_ALIAS = Query("queries", "ids_by_alias", OfIds, Alias)
ENTITIES_BY_NAME = Query("queries", "entities_by_name", Named, Entity)
ENTITIES_BY_WORDS = Query("queries", "entities_by_words", Words, Entity)
MEMBERS_OF = Query("queries", "members_of", OfIds, Tie)
MEMBERSHIPS_OF = Query("queries", "memberships_of", OfIds, FullTie)
PARTIES_TO = Query("queries", "parties_to", OfIds, Tie)
AGREEMENTS_OF = Query("queries", "agreements_of", OfIds, FullTie)
PARTS_OF = Query("queries", "parts_of", OfIds, FullTie)
WHOLES_OF = Query("queries", "wholes_of", OfIds, FullTie)
BODIES_OF_GOVERNMENT = Query("queries", "bodies_of_government", OfIds, BodyOf)
POSTS_IN = Query("queries", "posts_in", OfIds, FullTie)
BODIES_OF_POSTS = Query("queries", "bodies_of_posts", OfIds, Tie)
HOLDERS_OF = Query("queries", "holders_of", OfIds, Tie)
POSTS_HELD_BY = Query("queries", "posts_held_by", OfIds, FullTie)
CHANNELS_OF = Query("queries", "channels_of", OfIds, FullTie)
COVERED_BY = Query("queries", "covered_by", OfIds, FullTie)
OWNED_BY = Query("queries", "owned_by", OfIds, Tie)
ASSESSMENTS_OF = Query("queries", "assessments_of", OfIds, FullTie)
EDITIONS_PUBLISHED = Query("queries", "editions_published", OfKind, Entity)
ENGAGEMENTS_ATTENDED_BY = Query("queries", "engagements_attended_by", OfIds, FullTie)
ENGAGEMENTS_ORGANIZED_BY = Query("queries", "engagements_organized_by", OfIds, FullTie)
TIE_COUNTS_OUT = Query("queries", "tie_counts_out", OfId, TieCount)
TIE_COUNTS_IN = Query("queries", "tie_counts_in", OfId, TieCount)
TIES_OUT = Query("queries", "ties_out", OfType, Tie)
TIES_IN = Query("queries", "ties_in", OfType, Tie)
THINGS_UNDER = Query("queries", "things_under", OfIds, FullTie)
IMPLEMENTERS_OF = Query("queries", "implementers_of", OfIds, Tie)
RELATIONSHIP_BY_KEY = Query("queries", "relationship_by_key", OfKey, Relationship)
