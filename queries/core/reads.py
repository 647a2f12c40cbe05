"""Reads that several rooms share, by name; each has its text in ``queries/core/cypher``."""

from typing import Any

from iga.graph.domain.edges import (
    Assessed,
    AwardedTo,
    Covers,
    Funded,
    Holds,
    ImplementedIn,
    Implements,
    Made,
    Mandates,
    MemberOf,
    Organized,
    OwedTo,
    OwnsRelationship,
    Participated,
    PartOf,
    PartyTo,
    PostIn,
    ReachedAt,
    SubawardedTo,
    Under,
    Voted,
)
from iga.graph.domain.instruments import Obligation
from iga.graph.domain.parties import Consent, Post
from iga.graph.domain.records import Publication, Review
from iga.graph.domain.work import Commitment
from iga.graph.query import Query, ReadParams, Row
from iga.queries.core.compiled import all_of, hop, through, within
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds


class OfClasses(ReadParams):
    """Classes that may come back."""

    classes: tuple[str, ...]


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


class AroundIds(OfIds):
    """Whose relationships, and the most of them that come back for one of these."""

    most: int


class EdgeAround(FullEdgeRow):
    """A relationship in either direction; of the other end only what dates the relationship is read."""

    type: str
    leads_out: bool


class Ids(Row):
    """Ids, in no particular order."""

    ids: tuple[str, ...]


class EdgeCount(Row):
    """Number of relationships of one type in one direction."""

    subject: str
    type: str
    leads_out: bool
    count: int


class OurEdgeRow(FullEdgeRow):
    """An edge from a post or office of our side, and its type."""

    type: str


ENTITIES_BY_ID = Query("iga.queries.core", "entities_by_id", OfIds, Entity)
IDS_BY_ALIAS = Query("iga.queries.core", "ids_by_alias", OfIds, Alias)
MEMBERS_OF = hop(MemberOf, into=True, row=EdgeRow)
MEMBERSHIPS_OF = hop(MemberOf)
AGREEMENTS_OF = hop(PartyTo)
PARTS_OF = hop(PartOf, into=True)
PARTS_BELOW = Query("iga.queries.core", "parts_below", OfIds, FullEdgeRow)
EVERY_POST = all_of(Post)
POSTS_IN = hop(PostIn, into=True)
HOLDERS_OF = hop(Holds, into=True, row=EdgeRow)
CHANNELS_OF = hop(ReachedAt)
HOLDERS_INSIDE = through(HOLDERS_OF, "<-[:POST_IN]-(it:Post)")
CHANNELS_OF_POSTS_INSIDE = through(CHANNELS_OF, "<-[:POST_IN]-(it:Post)")
CHANNELS_OF_HOLDERS_INSIDE = through(CHANNELS_OF, "<-[:POST_IN]-(:Post)<-[:HOLDS]-(it:Person)")
HOLDERS_BY_ID_INSIDE = through(ENTITIES_BY_ID, "<-[:POST_IN]-(:Post)<-[:HOLDS]-(it:Person)")
REACHED_THROUGH = hop(ReachedAt, into=True, row=EdgeRow)
OUR_SIDE_OF = hop(Covers, OwnsRelationship, into=True, row=OurEdgeRow)
BODIES_OF_GOVERNMENT = Query("iga.queries.core", "bodies_of_government", OfIds, BodyOf)
BODIES_OF_POSTS = hop(PostIn, row=EdgeRow)
VOTED_BY = hop(Voted)
THINGS_UNDER = hop(Under, into=True)
IMPLEMENTERS_OF = hop(Implements, into=True, row=EdgeRow)
EDGES_OUT = Query("iga.queries.core", "edges_out", OfType, FullEdgeRow)
EDGES_IN = Query("iga.queries.core", "edges_in", OfType, FullEdgeRow)
EDGE_COUNTS = Query("iga.queries.core", "edge_counts", OfIds, EdgeCount)
MAKERS_OF = hop(Made, into=True, row=EdgeRow)
ASSESSED_BY = hop(Assessed, row=EdgeRow)
PUBLICATIONS_OF = hop(Under, other=Publication)
WHOLES_OF = hop(PartOf)
POSTS_HELD_BY = hop(Holds)
BODIES_NAMED_BY = Query("iga.queries.core", "bodies_named_by", OfIds, Ids)
POSTS_OF_BODIES_OF = Query("iga.queries.core", "posts_of_bodies_of", OfIds, Ids)
PEOPLE_OF_BODIES_OF = Query("iga.queries.core", "people_of_bodies_of", OfIds, Ids)
POSTS_BY_ID = Query("iga.queries.core", "posts_by_id", OfIds, Ids)
PEOPLE_BY_ID = Query("iga.queries.core", "people_by_id", OfIds, Ids)
GOVERNMENTS_OF = Query("iga.queries.core", "governments_of", OfIds, Entity)
MONEY_HELD_BY = hop(AwardedTo, SubawardedTo, ImplementedIn, Implements, Funded, Made, either=True, row=OurEdgeRow)
ENGAGEMENTS_WITH = hop(Participated, Organized)
ENGAGEMENTS_WITHIN = within(Participated, Organized)
ENGAGEMENTS_ORGANIZED_BY = hop(Organized)
TAKING_PART = hop(Participated, Organized, into=True, row=EdgeRow)
ORGANIZERS_OF = hop(Organized, into=True, row=EdgeRow)
WORKS_IN = hop(ImplementedIn, into=True)
MANDATES_OF = hop(Mandates, into=True)
PROMISES_OF = hop(Made, OwedTo, either=True, other=Commitment, row=OurEdgeRow)
OWED_TO = hop(OwedTo, row=EdgeRow)
PARTIES_TO = hop(PartyTo, into=True, row=EdgeRow)
WHOLES_UNDER = hop(Under, row=EdgeRow)
LAWS_AND_PLANS_OF = all_of("Entity", "it.government IN $ids AND it.cls IN ['Law', 'NationalActionPlan']", OfIds)
CONSENTS_OF = all_of(Consent, "it.person IN $ids", OfIds)
COMMITMENTS = all_of(Commitment)
DUTIES_OF = Query("iga.queries.core", "duties_of", OfIds, Entity)
OBLIGATIONS = all_of(Obligation, "it.due_on IS NOT NULL OR it.recurrence IS NOT NULL")
OBLIGATIONS_OWNED_BY = all_of("Entity", "it.owner IN $ids AND it.cls = 'Obligation'", OfIds)
REVIEWS_WITH_STAGES = all_of(Review, "it.report_due_on IS NOT NULL OR it.stages IS NOT NULL")
EDGES_OF_ENDS = Query("iga.queries.core", "edges_of_ends", AroundIds, EdgeAround)
