"""The reads of this room, by name; each has its text in ``queries/funding/cypher``."""

from typing import Any

from graph.domain.edges import AwardedTo, Funded, ImplementedIn, Implements, Made, SubawardedTo
from graph.domain.funding import ExchangeRate, FundingLine
from graph.query import Params, Query, Row
from queries.core.compiled import Everything, all_of, hop
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds
from queries.core.reads import OfClasses


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
    """An award, project, budget line or contribution that a party or place is tied to, and the type of the edge."""

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


class OfKinds(OfIds):
    """Entities, the classes of things at the far end that may come back, and how many for each at most."""

    classes: tuple[str, ...]
    most: int


class MoneyCounts(Row):
    """How many things a party, line, programme or award pays for, holds, got and carries out."""

    id: str
    paid_for: int
    within: int
    got: int
    carried_out: int


class MoneyEdge(FullEdgeRow):
    """An edge that money goes along, its type, and what a trace needs of its far end."""

    type: str


class AwardAbove(Row):
    """An award, and another that it was made out of."""

    subject: str
    id: str


class PlaceOf(Row):
    """A place that an award or project runs in, with its share of the whole if that is stated."""

    subject: str
    id: str
    percentage: str | None


PARTNERS_OF_CLASSES = Query("queries.funding", "partners_of_classes", OfClasses, PartnerFields)
PARTNERS_IN = Query("queries.funding", "partners_in", InCountry, PartnerFields)
PARTNERS_GOVERNED_BY = Query("queries.funding", "partners_governed_by", InCountry, PartnerFields)
FUNDING_LINES = all_of(FundingLine)
FUNDING_LINES_FOR = all_of(FundingLine, "it.place IN $ids", OfIds)
EXCHANGE_RATES_OF = all_of(ExchangeRate, "it.currency = $code OR it.base = $code", OfCurrency)
MONEY_HELD_BY = hop(AwardedTo, SubawardedTo, ImplementedIn, Implements, Funded, Made, either=True, row=Held)
MOVEMENTS_UNDER = Query("queries.funding", "movements_under", OfIds, Movement)
PLACES_OF = Query("queries.funding", "places_of", OfIds, PlaceOf)
MONEY_PAID_FOR = Query("queries.funding", "money_paid_for", OfKinds, MoneyEdge)
MONEY_BUDGETED_BY = Query("queries.funding", "money_budgeted_by", OfKinds, MoneyEdge)
MONEY_PAID_BY = Query("queries.funding", "money_paid_by", OfKinds, MoneyEdge)
MONEY_WITHIN = Query("queries.funding", "money_within", OfKinds, MoneyEdge)
MONEY_PART_OF = Query("queries.funding", "money_part_of", OfKinds, MoneyEdge)
MONEY_GOT_BY = Query("queries.funding", "money_got_by", OfKinds, MoneyEdge)
MONEY_CARRIED_OUT_BY = Query("queries.funding", "money_carried_out_by", OfKinds, MoneyEdge)
MONEY_ENDS = Query("queries.funding", "money_ends", OfIds, MoneyEdge)
MONEY_CARRIERS = Query("queries.funding", "money_carriers", OfIds, MoneyEdge)
MONEY_COUNTS = Query("queries.funding", "money_counts", OfIds, MoneyCounts)
AWARDS_ABOVE = Query("queries.funding", "awards_above", OfIds, AwardAbove)
AWARDS_AND_PROJECTS = Query("queries.funding", "awards_and_projects", Everything, Entity)
FUNDERS_OF = hop(Funded, into=True, row=EdgeRow)
