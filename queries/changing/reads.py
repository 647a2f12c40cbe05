"""Reads of what cannot all be true: edges with both their ends, and things past their day."""

from typing import Any, TypeVar

from iga.graph.domain.edges import (
    Covers,
    Holds,
    MemberOf,
    OwnsRelationship,
    PartOf,
    PartyTo,
    PostIn,
    SucceededBy,
    Under,
)
from iga.graph.domain.funding import Award
from iga.graph.domain.model import Edge
from iga.graph.domain.work import Engagement
from iga.graph.query import Query, ReadParams
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything, all_of, columns_of
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import OurEdgeRow

P = TypeVar("P", bound=ReadParams)


class BeforeDay(ReadParams):
    """A full day."""

    day: str


class OfIdsBeforeDay(OfIds):
    """Whose relationships, and a full day."""

    day: str


class Joined(OurEdgeRow):
    """A relationship with all properties of both its ends."""

    subject_cls: str
    subject_name: str
    subject_values: dict[str, Any]

    @property
    def nearer(self) -> Subject:
        """The end that is not the other one."""
        iso3 = self.subject_values.get("iso3")
        return Subject(id=self.subject, cls=self.subject_cls, name=self.subject_name, iso3=iso3)


def _joined(params: type[P], *edges: type[Edge], where: str = "", other: str = "Entity") -> Query[P, Joined]:
    """Return the read of edges with both their ends: of all there are, or in either direction at entities given."""
    types = "|".join(edge.type() for edge in edges)
    if "ids" in params.model_fields:
        labelled = f"other:{other}" if other != "Entity" else ""
        conditions = " AND ".join(part for part in (labelled, where) if part)
        match = (
            "UNWIND $ids AS given\n"
            f"MATCH (entity:Entity {{id: given}})-[edge:{types}]-(:Entity)\n"
            "WITH DISTINCT edge, startNode(edge) AS subject, endNode(edge) AS other\n"
        )
    else:
        conditions, match = where, f"MATCH (subject:Entity)-[edge:{types}]->(other:{other})\n"
    condition = f"WHERE {conditions}\n" if conditions else ""
    text = (
        f"// Which edges of {types} fulfil a condition?\n"
        "// Compiled from the domain; edges of every day are returned, and the caller judges the day.\n"
        f"{match}{condition}RETURN\n{columns_of(Joined)}\nORDER BY subject, key\n"
    )
    return Query(__package__, f"{types} as {params.__name__} where {conditions}", params, Joined, text)


_LEFT = "(edge.withdrawn_on IS NOT NULL OR edge.withdrawal_notified_on IS NOT NULL)"
_SEEN = "edge.period_end IS NOT NULL AND edge.attested_on IS NOT NULL"
_TERMS = (Holds, MemberOf, PostIn, PartOf, OwnsRelationship, Covers)
_ENDED = "it.period_end IS NOT NULL AND it.end_max < $day"
_COMPACT, _ENDED_COMPACT = "ChildProtectionCompact", _ENDED.replace("it.", "other.")
_STILL_PLANNED = "it.status IN ['planned', 'confirmed'] AND it.period_start IS NOT NULL AND it.start_max < $day"

BONDS_LEFT = _joined(Everything, PartyTo, where=_LEFT)
BONDS_LEFT_OF = _joined(OfIds, PartyTo, where=_LEFT)
SEEN_AND_ENDED = _joined(Everything, *_TERMS, where=_SEEN)
SEEN_AND_ENDED_OF = _joined(OfIds, *_TERMS, where=_SEEN)
UNDER_ENDED_COMPACTS = _joined(BeforeDay, Under, where=_ENDED_COMPACT, other=_COMPACT)
UNDER_ENDED_COMPACTS_OF = _joined(OfIdsBeforeDay, Under, where=_ENDED_COMPACT, other=_COMPACT)
SUCCESSIONS = _joined(Everything, SucceededBy)
SUCCESSIONS_OF = _joined(OfIds, SucceededBy)
POSTS_WITH_HOLDERS = Query("iga.queries.changing", "posts_with_holders", Everything, Joined)
POSTS_WITH_HOLDERS_OF = Query("iga.queries.changing", "posts_with_holders_of", OfIds, Joined)
EDGES_TO_ENDED = Query("iga.queries.changing", "edges_to_ended", BeforeDay, Joined)
PAID_WITHOUT_CONTACT = Query("iga.queries.changing", "paid_without_contact", Everything, Joined)
PAID_WITHOUT_CONTACT_OF = Query("iga.queries.changing", "paid_without_contact_of", OfIds, Joined)
AWARDS_PAST_END = all_of(Award, f"toLower(it.status) IN ['active', 'ongoing', 'open'] AND {_ENDED}", BeforeDay)
COMPACTS_EXTENDED = all_of(_COMPACT, f"it.extension IS NOT NULL AND {_ENDED}", BeforeDay)
ENGAGEMENTS_PAST_DAY = all_of(Engagement, _STILL_PLANNED, BeforeDay)
AGREEMENTS_DATED = all_of("Agreement", "it.signed_on IS NOT NULL AND it.in_force_on IS NOT NULL")
