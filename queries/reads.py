"""Every read the questions make, by name; each has its text in ``queries/cypher``."""

from typing import Any

from graph.query import Params, Query, Row
from queries.reading import Entity, FullTie, OfIds, Tie


class Named(Params):
    """A folded name."""

    name: str


class Words(Params):
    """A full-text query, the classes that may come back, and the most that are looked at."""

    words: str
    classes: tuple[str, ...]
    limit: int


class OfKind(Params):
    """A kind of publication."""

    kind: str


class OfCurrency(Params):
    """ISO 4217 code of a currency."""

    code: str


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


class OursTie(FullTie):
    """A tie from a post or office of our side, and its type."""

    type: str


class Held(Row):
    """An award, project, budget line or contribution that a party or place is tied to, and the type of the tie."""

    subject: str
    key: str
    type: str
    id: str
    cls: str
    name: str
    values: dict[str, Any]


class Movement(Row):
    """A transaction under an award or project, with what an answer on funding needs of it."""

    subject: str
    id: str
    name: str
    values: dict[str, Any]


class PlaceOf(Row):
    """A place that an award or project runs in, with its share of the whole if that is stated."""

    subject: str
    id: str
    percentage: str | None


class TieCount(Row):
    """Number of relationships of one type."""

    subject: str
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
PARTS_BELOW = Query("queries", "parts_below", OfIds, FullTie)
WHOLES_OF = Query("queries", "wholes_of", OfIds, FullTie)
POSTS_IN = Query("queries", "posts_in", OfIds, FullTie)
HOLDERS_OF = Query("queries", "holders_of", OfIds, Tie)
CHANNELS_OF = Query("queries", "channels_of", OfIds, FullTie)
OUR_SIDE_OF = Query("queries", "our_side_of", OfIds, OursTie)
BODIES_OF_GOVERNMENT = Query("queries", "bodies_of_government", OfIds, BodyOf)
BODIES_OF_POSTS = Query("queries", "bodies_of_posts", OfIds, Tie)
POSTS_HELD_BY = Query("queries", "posts_held_by", OfIds, FullTie)
ASSESSMENTS_OF = Query("queries", "assessments_of", OfIds, FullTie)
EDITIONS_PUBLISHED = Query("queries", "editions_published", OfKind, Entity)
ENGAGEMENTS_ATTENDED_BY = Query("queries", "engagements_attended_by", OfIds, FullTie)
ENGAGEMENTS_ORGANIZED_BY = Query("queries", "engagements_organized_by", OfIds, FullTie)
THINGS_UNDER = Query("queries", "things_under", OfIds, FullTie)
IMPLEMENTERS_OF = Query("queries", "implementers_of", OfIds, Tie)
RELATIONSHIP_BY_KEY = Query("queries", "relationship_by_key", OfKey, Relationship)
TIE_COUNTS_OUT = Query("queries", "tie_counts_out", OfIds, TieCount)
TIE_COUNTS_IN = Query("queries", "tie_counts_in", OfIds, TieCount)
TIES_OUT = Query("queries", "ties_out", OfType, FullTie)
TIES_IN = Query("queries", "ties_in", OfType, FullTie)
FUNDING_LINES_FOR = Query("queries", "funding_lines_for", OfIds, Entity)
EXCHANGE_RATES_OF = Query("queries", "exchange_rates_of", OfCurrency, Entity)
MONEY_HELD_BY = Query("queries", "money_held_by", OfIds, Held)
MOVEMENTS_UNDER = Query("queries", "movements_under", OfIds, Movement)
PLACES_OF = Query("queries", "places_of", OfIds, PlaceOf)
