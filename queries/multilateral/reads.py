"""The reads of this room, by name; each has its text in ``queries/multilateral/cypher``."""

from iga.graph.domain.edges import (
    Assessed,
    Cleared,
    Made,
    Mandates,
    Participated,
    RecommendedTo,
    Sponsored,
    SucceededBy,
    Voted,
)
from iga.graph.domain.parties import Post
from iga.graph.domain.records import Answers, Resolution, Review
from iga.graph.domain.work import Engagement
from iga.graph.query import Query, ReadParams, Row
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything, OfIdsInStretch, OfStretch, all_of, edges_from, hop
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds


class DelegatedEdge(FullEdgeRow):
    """A participation on behalf of a party, seen from that party; who took part for it is told beside."""

    by_id: str
    by_cls: str
    by_name: str
    by_iso3: str | None

    @property
    def by(self) -> Subject:
        """Who took part for the party."""
        return Subject(id=self.by_id, cls=self.by_cls, name=self.by_name, iso3=self.by_iso3)


class TermEdge(EdgeRow):
    """A term in a post or in a body, seen from its holder."""

    holder_cls: str
    holder_name: str
    holder_iso3: str | None
    type: str

    @property
    def holder(self) -> Subject:
        """Whose term it is."""
        return Subject(id=self.subject, cls=self.holder_cls, name=self.holder_name, iso3=self.holder_iso3)


class OfKeys(ReadParams):
    """Keys of relationships."""

    keys: tuple[str, ...]


class Participations(Row):
    """The participations in one engagement: keys, who takes part, on whose behalf; in the same order."""

    id: str
    keys: tuple[str, ...]
    participants: tuple[str, ...]
    delegations: tuple[str, ...]


class EndCount(Row):
    """How many participants of one engagement are on record."""

    id: str
    count: int


ENGAGEMENTS_ATTENDED_BY = hop(Participated)
RESOLUTIONS_HELD = all_of(Resolution)
# Just what tells whether one is asked for; the whole is read of those that are shown.
RESOLUTIONS_KNOWN = all_of(
    Resolution, fields=("adopted_on", "adopted_by", "body", "topics", "sponsor_count", "evidence")
)
# A field names the body, and an index on every entity leads from it to the texts.
RESOLUTIONS_OF = all_of("Entity", "it.body IN $ids AND it.cls = 'Resolution'", OfIds)
SPONSORS_OF = hop(Sponsored, into=True, row=EdgeRow)
SPONSORED_BY = hop(Sponsored)
VOTES_ON = hop(Voted, into=True, row=EdgeRow)
TEXTS_BEFORE = hop(SucceededBy, into=True)
TEXTS_AFTER = hop(SucceededBy)
MANDATED_BY = hop(Mandates)
MANDATED_BY_BODIES = Query("iga.queries.multilateral", "mandated_by_bodies", OfIds, FullEdgeRow)
MANDATES_HELD = Query("iga.queries.multilateral", "mandates_held", Everything, FullEdgeRow)
POSTS_WITH_A_MANDATE = all_of(Post, "it.mandate_period_end IS NOT NULL")
# Each with whom it is of.
REVIEWS_HELD = edges_from(Review, Assessed)
# A review stands under the round it belongs to.
ROUNDS_HELD = all_of(Engagement, "it.engagement_kind IN ['evaluation round', 'review cluster']")
RECOMMENDATIONS_TO = hop(RecommendedTo, into=True)
ANSWERS_TO = hop(Answers, into=True)
ADDRESSEES_OF = hop(RecommendedTo, row=EdgeRow)
MADE_BY = hop(Made)
PARTICIPANTS_OF = hop(Participated, into=True, fields=("vacant_on",))
PARTICIPATIONS_IN = Query("iga.queries.multilateral", "participations_in", OfIds, Participations)
PARTICIPATIONS = Query("iga.queries.multilateral", "participations", OfKeys, FullEdgeRow)
NUMBERS_OF_PARTICIPANTS = Query("iga.queries.multilateral", "numbers_of_participants", OfIds, EndCount)
ENGAGEMENTS_BETWEEN = all_of(
    Engagement,
    "(it.period_start IS NULL AND it.status IN ['planned', 'confirmed', 'postponed']) "
    "OR (it.period_start IS NOT NULL AND it.start_min <= $until AND coalesce(it.end_max, $until) >= $since)",
    OfStretch,
)
ENGAGEMENTS_HELD = all_of(Engagement)
DELEGATED_BY = Query("iga.queries.multilateral", "delegated_by", OfIds, DelegatedEdge)
TERMS_ENDING_IN_YEARS = Query("iga.queries.multilateral", "terms_ending_in_years", OfStretch, TermEdge)
# Both are looked for where they lead to: a person or a government has many more edges of other sorts.
MEMBERSHIPS_ENDING_IN_YEARS = Query(
    TERMS_ENDING_IN_YEARS.package,
    "memberships ending in years",
    OfStretch,
    TermEdge,
    TERMS_ENDING_IN_YEARS.text.replace("a post", "a body").replace(":Post)<-[term:HOLDS]", ":Party)<-[term:MEMBER_OF]"),
)
TERMS_ENDING_OF = Query("iga.queries.multilateral", "terms_ending_of", OfIdsInStretch, TermEdge)
CLEARED_BY = hop(Cleared, into=True, row=EdgeRow)
