"""The reads of this room, by name; nearly all are compiled from the domain."""

from collections.abc import Mapping
from typing import Any

from iga.graph.domain.edges import AwardedTo, Funded, ImplementedIn, Implements, Made, PartOf, SubawardedTo, Under
from iga.graph.domain.funding import Award, Contribution, ExchangeRate, FundingLine, Transaction
from iga.graph.domain.model import Edge
from iga.graph.query import Query, ReadParams, Row
from iga.queries.core.compiled import Everything, P, all_of, columns_of, hop
from iga.queries.core.reading import EdgeRow, FullEdgeRow, OfIds
from iga.queries.core.reads import OfClasses

_PARTS = ("amount", "currency", "measure", "value_date")
_FIGURES = ("total_obligated", "total_outlaid", "stated_total")
_RANKED = ("total_obligated", "stated_total", "money")


def _amounts(*figures: str) -> tuple[str, ...]:
    return tuple(f"{figure}_{part}" for figure in figures for part in _PARTS)


# Of many thousands of movements, awards and partners only what is needed is read.
_OF_A_MOVEMENT = (
    *_amounts("money"), "fiscal_year", "provider", "receiver", "appropriated_to", "account", "place", "reference",
    "left_out", "evidence",
)  # fmt: skip  # names of fields on as few lines as they take
_OF_A_HOLDER = (
    "award_kind", "members", *_amounts("money", *_FIGURES, "ceiling", "cost_share"), "fiscal_year", "account",
    "contributor", "recipient", "place", "start_min", "evidence",
)  # fmt: skip  # names of fields on as few lines as they take
_OF_A_THING = ("award_kind", "members", "start_min", *_amounts(*_FIGURES, "cost_share"), "evidence")
_OF_A_STEP = (
    "start_min", "start_max", "end_min", "end_max", "period_start", "period_end", "period_end_kind", "award_number",
    "award_kind", "status", "undisclosed", "account", "fiscal_year", "iso3", *_amounts("money", *_FIGURES), "evidence",
    "conflicts",
)  # fmt: skip  # names of fields on as few lines as they take
_OF_AN_END = ("start_min", "start_max", "iso3", "undisclosed", "evidence")
_OF_A_PARTNER = (
    "country", "government", "organization_kind", "body_kind", "roles", "summary", "topics", "website", "evidence",
    "conflicts",
)  # fmt: skip  # names of fields on as few lines as they take


class InCountry(OfClasses):
    """Classes, and the government in whose country what is of them stands."""

    country: str


class OfCurrency(ReadParams):
    """ISO 4217 code of a currency."""

    code: str


class MoneyEdge(FullEdgeRow):
    """An edge that money goes along, and its type."""

    type: str


class MoneyHeld(Row):
    """What holds money of a party, and the type of the edge between them."""

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
    key: str
    id: str
    name: str
    values: dict[str, Any]


class LargestOf(OfIds):
    """Entities, the classes of things at the far end that may come back, and how many for each at most."""

    classes: tuple[str, ...]
    most: int


class OfOne(ReadParams):
    """Id of one party, place or programme."""

    id: str


class MoneyCounts(Row):
    """How many things a party, line, programme or award pays for, holds, got and carries out."""

    id: str
    paid_for: int
    within: int
    got: int
    carried_out: int


def _alone(match: str, where: str = "", params: type[P] = Everything) -> Query[P, Movement]:  # type: ignore[assignment]
    """Return the read of the transactions under no award or project that a pattern and a condition pick."""
    text = (
        "// Which transactions under no award or project fulfil a condition?\n"
        "// Each stands for itself: nothing else leads to it.\n"
        f"MATCH {match}\n"
        f"WHERE {where}it.cls = 'Transaction'\n"
        "  AND NOT EXISTS { MATCH (it)-[:UNDER]->(above:Entity) WHERE above.cls IN ['Award', 'Project'] }\n"
        "RETURN\n"
        "  it.id AS subject,\n"
        "  it.id AS key,\n"
        "  it.id AS id,\n"
        "  it.name AS name,\n"
        f"  it {{{', '.join(f'.{field}' for field in _OF_A_MOVEMENT)}}} AS values\n"
        "ORDER BY id\n"
    )
    return Query("iga.queries.funding", f"transactions alone {match} {where}".rstrip(), params, Movement, text)


def _largest(*edges: type[Edge], into: bool = False) -> Query[LargestOf, MoneyEdge]:
    """Return the read of so many things of some classes at the ends of edges, the largest first."""
    types, tail, head = "|".join(edge.type() for edge in edges), *(("<-", "-") if into else ("-", "->"))
    text = (
        f"// Which things of some classes do edges of {types} {'into' if into else 'out of'} these entities lead to?\n"
        "// At most so many of each, the largest by total obligated first, then by another figure.\n"
        "UNWIND $ids AS given\n"
        "MATCH (subject:Entity {id: given})\n"
        "CALL (subject) {\n"
        f"  MATCH (subject){tail}[edge:{types}]{head}(other:Entity)\n"
        "  WHERE other.cls IN $classes\n"
        "  RETURN edge, other\n"
        "  ORDER BY\n"
        "    CASE WHEN other.total_obligated_amount IS NULL THEN 1 ELSE 0 END,\n"
        f"    toFloat(coalesce({', '.join(f'other.{figure}_amount' for figure in _RANKED)}, '0')) DESC,\n"
        "    other.id\n"
        "  LIMIT $most\n"
        "  }\n"
        f"RETURN\n{columns_of(MoneyEdge, _OF_A_STEP)}\nORDER BY subject, key\n"
    )
    return Query("iga.queries.funding", f"largest {types} {'into' if into else 'out of'}", LargestOf, MoneyEdge, text)


PARTNERS_OF_CLASSES = all_of("Party", "it.cls IN $classes", OfClasses, _OF_A_PARTNER)
# A field names the government, and an index leads from it to them; public bodies name theirs elsewhere.
PARTNERS_IN = all_of("Entity", "it.country = $country AND it.cls IN $classes", InCountry, _OF_A_PARTNER)
PARTNERS_GOVERNED_BY = all_of("Entity", "it.government = $country AND it.cls IN $classes", InCountry, _OF_A_PARTNER)
FUNDING_LINES = all_of(FundingLine)
FUNDING_LINES_FOR = all_of("Entity", "it.place IN $ids AND it:FundingLine", OfIds)
CONTRIBUTIONS = all_of(Contribution)
CONTRIBUTIONS_TO = all_of("Entity", "it.recipient IN $ids AND it:Contribution", OfIds)
EXCHANGE_RATES_OF = all_of(ExchangeRate, "it.currency = $code OR it.base = $code", OfCurrency)
AWARDS_AND_PROJECTS = all_of("Award|Project", fields=_OF_A_THING)
AWARDS_ABOVE = hop(Under, other=Award, row=EdgeRow)
MONEY_HELD_BY = hop(
    *(AwardedTo, SubawardedTo, ImplementedIn, Implements, Funded, Made),
    either=True,
    other="Award|Project|FundingLine|Contribution",
    row=MoneyHeld,
    fields=_OF_A_HOLDER,
)
MOVEMENTS_UNDER = hop(Under, into=True, other=Transaction, row=Movement, fields=_OF_A_MOVEMENT)
MOVEMENTS_ALONE = _alone("(it:Transaction)")
MOVEMENTS_ALONE_OF: Mapping[str, Query[OfOne, Movement]] = {
    "place": _alone("(it:Entity)", "it.place = $id AND ", OfOne),
    "funded": _alone("(it:Entity)", "it.provider = $id AND ", OfOne),
    "awarded": _alone("(it:Entity)", "it.receiver = $id AND ", OfOne),
    "under": _alone("(:Entity {id: $id})<-[:UNDER]-(it:Entity)", "", OfOne),
}
"""By how the party stands to them: it is their place, gave, received, or is what they are under."""
PLACES_OF = hop(ImplementedIn, row=EdgeRow)
FUNDERS_OF = hop(Funded, into=True, row=EdgeRow)
MONEY_PAID_FOR = _largest(Funded)
MONEY_PAID_BY = _largest(Funded, into=True)
MONEY_WITHIN = _largest(Under, PartOf, into=True)
MONEY_PART_OF = _largest(Under, PartOf)
MONEY_GOT_BY = _largest(AwardedTo, SubawardedTo, ImplementedIn, into=True)
MONEY_CARRIED_OUT_BY = _largest(Implements)
MONEY_ENDS = hop(AwardedTo, SubawardedTo, ImplementedIn, row=MoneyEdge, fields=_OF_AN_END)
MONEY_CARRIERS = hop(Implements, into=True, row=MoneyEdge, fields=_OF_AN_END)
MONEY_COUNTS = Query("iga.queries.funding", "money_counts", OfIds, MoneyCounts)
