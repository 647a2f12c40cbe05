"""The reads of this room, by name; each has its text in ``queries/funding/cypher``."""

from typing import Any

from graph.query import Params, Query, Row
from queries.reading import Entity, OfIds
from queries.reads import Everything, OfClasses


class InCountry(OfClasses):
    """Classes, and the government in whose country what is of them stands."""

    country: str


class PartnerFields(Row):
    """A party with what tells what sort of partner it is."""

    id: str
    cls: str
    name: str
    values: dict[str, Any]


class OfCurrency(Params):
    """ISO 4217 code of a currency."""

    code: str


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


PARTNERS_OF_CLASSES = Query("queries.funding", "partners_of_classes", OfClasses, PartnerFields)
PARTNERS_IN = Query("queries.funding", "partners_in", InCountry, PartnerFields)
FUNDING_LINES = Query("queries.funding", "funding_lines", Everything, Entity)
FUNDING_LINES_FOR = Query("queries.funding", "funding_lines_for", OfIds, Entity)
EXCHANGE_RATES_OF = Query("queries.funding", "exchange_rates_of", OfCurrency, Entity)
MONEY_HELD_BY = Query("queries.funding", "money_held_by", OfIds, Held)
MOVEMENTS_UNDER = Query("queries.funding", "movements_under", OfIds, Movement)
PLACES_OF = Query("queries.funding", "places_of", OfIds, PlaceOf)
