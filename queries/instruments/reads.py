"""The reads of this room, by name; each has its text in ``queries/instruments/cypher``."""

from graph.query import Query
from queries.reading import Entity, FullTie, OfIds, Tie
from queries.reads import Everything

PARTIES_TO = Query("queries.instruments", "parties_to", OfIds, Tie)
OWED_TO = Query("queries.instruments", "owed_to", OfIds, Tie)
COVERED_BY_TOPIC = Query("queries.instruments", "covered_by_topic", OfIds, FullTie)
PLANS_OF_GOVERNMENTS = Query("queries.instruments", "plans_of_governments", OfIds, Entity)
OBLIGATIONS = Query("queries.instruments", "obligations", Everything, Entity)
COMMITMENTS_DUE = Query("queries.instruments", "commitments_due", Everything, Entity)
REPLIES_DUE = Query("queries.instruments", "replies_due", Everything, Entity)
