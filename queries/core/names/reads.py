"""The reads of this room, by name; each has its text in ``queries/core/names/cypher``."""

from graph.query import Query, ReadParams, Row
from queries.core.compiled import Everything
from queries.core.reads import Relationship


class OfKey(ReadParams):
    """A key of a relationship."""

    key: str


class Digest(Row):
    """A thing, and what changes with anything of it."""

    id: str
    digest: str


class WholeOf(Row):
    """A thing, and what it is part of or belongs to, with its names."""

    id: str
    other: str
    name: str
    acronym: str | None
    aliases: list[str] | None
    key: str


class Country(Row):
    """A government, and what people call it beside the name of a body."""

    id: str
    name: str
    un_name: str | None
    capital: str | None


class Concerns(Row):
    """A thing, and a government it concerns."""

    id: str
    other: str
    key: str


DIGESTS = Query("queries.core.names", "digests", Everything, Digest)
ALL_WHOLES = Query("queries.core.names", "all_wholes", Everything, WholeOf)
ALL_KEEPERS = Query("queries.core.names", "all_keepers", Everything, WholeOf)
ALL_GOVERNMENTS = Query("queries.core.names", "all_governments", Everything, Country)
ALL_COUNTRIES = Query("queries.core.names", "all_countries", Everything, Concerns)
ALL_COMPACT_PARTIES = Query("queries.core.names", "all_compact_parties", Everything, Concerns)
RELATIONSHIP_BY_KEY = Query("queries.core.names", "relationship_by_key", OfKey, Relationship)
