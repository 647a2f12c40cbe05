"""Every read the questions make, by name; each has its text in ``queries/cypher``."""

from typing import Any

from graph.query import Params, Query, Row
from queries.reading import Entity, FullTie, OfIds, Tie


class OfKind(Params):
    """A kind of publication."""

    kind: str


class OfClasses(Params):
    """Classes that may come back."""

    classes: tuple[str, ...]


class InCountry(OfClasses):
    """Classes, and the government in whose country what is of them stands."""

    country: str


class PartnerFields(Row):
    """A party with what tells what sort of partner it is."""

    id: str
    cls: str
    name: str
    values: dict[str, Any]


class OfKinds(Params):
    """Kinds of engagement."""

    kinds: tuple[str, ...]


class Everything(Params):
    """A read that takes nothing: all there are."""


class OfFiscalYear(Params):
    """A US fiscal year, and the edition of the TIP Report that it answers."""

    fiscal_year: int
    edition_year: int


class OfPlacement(Params):
    """An edition and a tier."""

    year: int
    tier: str


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


class Digest(Row):
    """A thing, and what changes with anything of it."""

    id: str
    digest: str


class PostIn(Row):
    """A post, and the body it belongs to with its names."""

    id: str
    body: str
    name: str
    acronym: str | None
    aliases: list[str] | None
    key: str


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


class Count(Row):
    """Number of nodes of one class, or of relationships of one type."""

    type: str
    count: int


ENTITIES_BY_ID = Query("queries", "entities_by_id", OfIds, Entity)
IDS_BY_ALIAS = Query("queries", "ids_by_alias", OfIds, Alias)
DIGESTS = Query("queries", "digests", Everything, Digest)
BODIES_OF_ALL_POSTS = Query("queries", "bodies_of_all_posts", Everything, PostIn)
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
ORGANIZERS_OF = Query("queries", "organizers_of", OfIds, Tie)
RESOLUTIONS_HELD = Query("queries", "resolutions_held", Everything, Entity)
SPONSORS_OF = Query("queries", "sponsors_of", OfIds, Tie)
SPONSORED_BY = Query("queries", "sponsored_by", OfIds, FullTie)
VOTES_ON = Query("queries", "votes_on", OfIds, Tie)
VOTED_BY = Query("queries", "voted_by", OfIds, FullTie)
TEXTS_BEFORE = Query("queries", "texts_before", OfIds, FullTie)
TEXTS_AFTER = Query("queries", "texts_after", OfIds, FullTie)
MANDATED_BY = Query("queries", "mandated_by", OfIds, FullTie)
MANDATES_HELD = Query("queries", "mandates_held", Everything, FullTie)
POSTS_WITH_A_MANDATE = Query("queries", "posts_with_a_mandate", Everything, Entity)
REVIEWS_HELD = Query("queries", "reviews_held", Everything, FullTie)
ROUNDS_HELD = Query("queries", "rounds_held", OfKinds, Entity)
THINGS_UNDER = Query("queries", "things_under", OfIds, FullTie)
PARTNERS_OF_CLASSES = Query("queries", "partners_of_classes", OfClasses, PartnerFields)
PARTNERS_IN = Query("queries", "partners_in", InCountry, PartnerFields)
FUNDING_LINES = Query("queries", "funding_lines", Everything, Entity)
IMPLEMENTERS_OF = Query("queries", "implementers_of", OfIds, Tie)
RELATIONSHIP_BY_KEY = Query("queries", "relationship_by_key", OfKey, Relationship)
TIE_COUNTS_OUT = Query("queries", "tie_counts_out", OfIds, TieCount)
TIE_COUNTS_IN = Query("queries", "tie_counts_in", OfIds, TieCount)
COUNTS_OF_NODES = Query("queries", "counts_of_nodes", Everything, Count)
COUNTS_OF_TIES = Query("queries", "counts_of_ties", Everything, Count)
TIES_OUT = Query("queries", "ties_out", OfType, FullTie)
TIES_IN = Query("queries", "ties_in", OfType, FullTie)
RECOMMENDATIONS_TO = Query("queries", "recommendations_to", OfIds, FullTie)
ADDRESSEES_OF = Query("queries", "addressees_of", OfIds, Tie)
MADE_BY = Query("queries", "made_by", OfIds, FullTie)
MAKERS_OF = Query("queries", "makers_of", OfIds, Tie)
OWED_TO = Query("queries", "owed_to", OfIds, Tie)
ASSESSED_BY = Query("queries", "assessed_by", OfIds, Tie)
PUBLICATIONS_OF = Query("queries", "publications_of", OfIds, FullTie)
COVERED_BY_TOPIC = Query("queries", "covered_by_topic", OfIds, FullTie)
DETERMINATIONS_OF_YEAR = Query("queries", "determinations_of_year", OfFiscalYear, Entity)
PLACEMENTS_IN_EDITION = Query("queries", "placements_in_edition", OfPlacement, Tie)
PLANS_OF_GOVERNMENTS = Query("queries", "plans_of_governments", OfIds, Entity)
OBLIGATIONS = Query("queries", "obligations", Everything, Entity)
COMMITMENTS_DUE = Query("queries", "commitments_due", Everything, Entity)
REPLIES_DUE = Query("queries", "replies_due", Everything, Entity)
WORKS_IN = Query("queries", "works_in", OfIds, FullTie)
RECIPIENTS_OF = Query("queries", "recipients_of", OfIds, Tie)
FUNDING_LINES_FOR = Query("queries", "funding_lines_for", OfIds, Entity)
EXCHANGE_RATES_OF = Query("queries", "exchange_rates_of", OfCurrency, Entity)
MONEY_HELD_BY = Query("queries", "money_held_by", OfIds, Held)
MOVEMENTS_UNDER = Query("queries", "movements_under", OfIds, Movement)
PLACES_OF = Query("queries", "places_of", OfIds, PlaceOf)
