"""The reads of this room, by name; each has its text in ``queries/multilateral/cypher``."""

from graph.query import Params, Query, Row
from queries.answer import Subject
from queries.reading import Entity, FullTie, OfIds, Tie
from queries.reads import Everything


class OfKinds(Params):
    """Kinds of engagement."""

    kinds: tuple[str, ...]


class OfYears(Params):
    """A stretch of years: the first, and the one after the last."""

    since: str
    until: str


class OfIdsInYears(OfYears, OfIds):
    """Whose, and a stretch of years."""


class OfDays(Params):
    """The first and last full day of a period."""

    since: str
    until: str


class DelegatedTie(FullTie):
    """A participation on behalf of a party, seen from that party; who took part for it is told beside."""

    by_id: str
    by_cls: str
    by_name: str
    by_iso3: str | None

    @property
    def by(self) -> Subject:
        """Who took part for the party."""
        return Subject(id=self.by_id, cls=self.by_cls, name=self.by_name, iso3=self.by_iso3)


class TermTie(Tie):
    """A term in a post or in a body, seen from its holder."""

    holder_cls: str
    holder_name: str
    holder_iso3: str | None
    type: str

    @property
    def holder(self) -> Subject:
        """Whose term it is."""
        return Subject(id=self.subject, cls=self.holder_cls, name=self.holder_name, iso3=self.holder_iso3)


class OfKeys(Params):
    """Keys of relationships."""

    keys: tuple[str, ...]


class Participations(Row):
    """The participations in one engagement: keys, who takes part, on whose behalf; in the same order."""

    id: str
    keys: tuple[str, ...]
    participants: tuple[str, ...]
    delegations: tuple[str, ...]


class IdsAt(Row):
    """Ids of what is tied to one entity, in no particular order."""

    id: str
    ids: tuple[str, ...]


class TieCount(Row):
    """How many sponsors of one resolution, or participants of one engagement, are held."""

    id: str
    count: int


ENGAGEMENTS_ATTENDED_BY = Query("queries.multilateral", "engagements_attended_by", OfIds, FullTie)
ENGAGEMENTS_ORGANIZED_BY = Query("queries.multilateral", "engagements_organized_by", OfIds, FullTie)
ORGANIZERS_OF = Query("queries.multilateral", "organizers_of", OfIds, Tie)
RESOLUTIONS_HELD = Query("queries.multilateral", "resolutions_held", Everything, Entity)
RESOLUTIONS_KNOWN = Query("queries.multilateral", "resolutions_known", Everything, Entity)
RESOLUTIONS_OF = Query("queries.multilateral", "resolutions_of", OfIds, Entity)
SPONSORS_OF = Query("queries.multilateral", "sponsors_of", OfIds, Tie)
SPONSOR_COUNTS = Query("queries.multilateral", "sponsor_counts", OfIds, TieCount)
SPONSORED_BY = Query("queries.multilateral", "sponsored_by", OfIds, FullTie)
VOTES_ON = Query("queries.multilateral", "votes_on", OfIds, Tie)
TEXTS_BEFORE = Query("queries.multilateral", "texts_before", OfIds, FullTie)
TEXTS_AFTER = Query("queries.multilateral", "texts_after", OfIds, FullTie)
MANDATED_BY = Query("queries.multilateral", "mandated_by", OfIds, FullTie)
MANDATED_BY_BODIES = Query("queries.multilateral", "mandated_by_bodies", OfIds, FullTie)
MANDATES_HELD = Query("queries.multilateral", "mandates_held", Everything, FullTie)
POSTS_WITH_A_MANDATE = Query("queries.multilateral", "posts_with_a_mandate", Everything, Entity)
REVIEWS_HELD = Query("queries.multilateral", "reviews_held", Everything, FullTie)
ROUNDS_HELD = Query("queries.multilateral", "rounds_held", OfKinds, Entity)
RECOMMENDATIONS_TO = Query("queries.multilateral", "recommendations_to", OfIds, FullTie)
ADDRESSEES_OF = Query("queries.multilateral", "addressees_of", OfIds, Tie)
MADE_BY = Query("queries.multilateral", "made_by", OfIds, FullTie)
PARTICIPANTS_OF = Query("queries.multilateral", "participants_of", OfIds, FullTie)
PARTICIPATIONS_IN = Query("queries.multilateral", "participations_in", OfIds, Participations)
PARTICIPATIONS = Query("queries.multilateral", "participations", OfKeys, FullTie)
PARTICIPANT_IDS = Query("queries.multilateral", "participant_ids", OfIds, IdsAt)
NUMBERS_OF_PARTICIPANTS = Query("queries.multilateral", "numbers_of_participants", OfIds, TieCount)
ENGAGEMENTS_BETWEEN = Query("queries.multilateral", "engagements_between", OfDays, Entity)
ENGAGEMENTS_HELD = Query("queries.multilateral", "engagements_held", Everything, Entity)
DELEGATED_BY = Query("queries.multilateral", "delegated_by", OfIds, DelegatedTie)
TERMS_ENDING_IN_YEARS = Query("queries.multilateral", "terms_ending_in_years", OfYears, TermTie)
TERMS_ENDING_OF = Query("queries.multilateral", "terms_ending_of", OfIdsInYears, TermTie)
COMMITMENTS_HELD = Query("queries.multilateral", "commitments_held", Everything, Entity)
WHOLES_UNDER = Query("queries.multilateral", "wholes_under", OfIds, Tie)
CLEARED_BY = Query("queries.multilateral", "cleared_by", OfIds, Tie)
