"""The reads of this room, by name; each has its text in ``queries/contacts/cypher``."""

from graph.query import Query
from queries.reading import FullTie, OfIds

WHOLES_OF = Query("queries.contacts", "wholes_of", OfIds, FullTie)
POSTS_HELD_BY = Query("queries.contacts", "posts_held_by", OfIds, FullTie)
