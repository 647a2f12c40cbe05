"""The reads of this room, by name; each has its text in ``queries/multilateral/cypher``."""

from graph.query import Params, Query
from queries.reading import Entity, FullTie, OfIds, Tie
from queries.reads import Everything


class OfKinds(Params):
    """Kinds of engagement."""

    kinds: tuple[str, ...]


ENGAGEMENTS_ATTENDED_BY = Query("queries.multilateral", "engagements_attended_by", OfIds, FullTie)
ENGAGEMENTS_ORGANIZED_BY = Query("queries.multilateral", "engagements_organized_by", OfIds, FullTie)
ORGANIZERS_OF = Query("queries.multilateral", "organizers_of", OfIds, Tie)
RESOLUTIONS_HELD = Query("queries.multilateral", "resolutions_held", Everything, Entity)
SPONSORS_OF = Query("queries.multilateral", "sponsors_of", OfIds, Tie)
SPONSORED_BY = Query("queries.multilateral", "sponsored_by", OfIds, FullTie)
VOTES_ON = Query("queries.multilateral", "votes_on", OfIds, Tie)
TEXTS_BEFORE = Query("queries.multilateral", "texts_before", OfIds, FullTie)
TEXTS_AFTER = Query("queries.multilateral", "texts_after", OfIds, FullTie)
MANDATED_BY = Query("queries.multilateral", "mandated_by", OfIds, FullTie)
MANDATES_HELD = Query("queries.multilateral", "mandates_held", Everything, FullTie)
POSTS_WITH_A_MANDATE = Query("queries.multilateral", "posts_with_a_mandate", Everything, Entity)
REVIEWS_HELD = Query("queries.multilateral", "reviews_held", Everything, FullTie)
ROUNDS_HELD = Query("queries.multilateral", "rounds_held", OfKinds, Entity)
RECOMMENDATIONS_TO = Query("queries.multilateral", "recommendations_to", OfIds, FullTie)
ADDRESSEES_OF = Query("queries.multilateral", "addressees_of", OfIds, Tie)
MADE_BY = Query("queries.multilateral", "made_by", OfIds, FullTie)
