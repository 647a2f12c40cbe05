"""All amounts of a party, a place, a programme or of everybody in a time, with why each may not count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from iga.graph.domain.values import LAST_DAY
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import UnwordedCaveat, caveat
from iga.queries.core.columns import option
from iga.queries.core.compiled import Everything
from iga.queries.core.periods import stretch_asked
from iga.queries.core.question import Params, Request
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.session import Session
from iga.queries.funding.amounts import (
    ELSEWHERE,
    PASSED_AGAIN,
    PASSED_ON,
    SHARED,
    Amount,
    lines,
    movements,
    without_doubles,
)
from iga.queries.funding.figures import OF_AWARDS, counted_once, in_the_layer_of_movements, preferred_wholes, wholes
from iga.queries.funding.holdings import (
    HOLDERS,
    MoneyHolding,
    alone,
    holdings_of,
    ids_of,
    implementer_counts,
    is_whole_account,
    mark_subawards,
    movements_under,
    placed,
    undisclosed_among,
)
from iga.queries.funding.reads import AWARDS_AND_PROJECTS, FUNDING_LINES, FUNDING_LINES_FOR, MONEY_CARRIERS, MONEY_ENDS
from iga.queries.funding.totals import IN_MOVEMENTS, SINGLE, VERSION

SUBJECTS = ("Party", "Programme", "ChildProtectionCompact", "Award", "Project")
"""Whom or what totals may be asked for."""
EVERYBODY = Subject(id="all", cls="Everybody", name="everybody")
"""Whom money is of that is asked for without a party."""
WHOLE_LIFE = "a figure of the whole life of an award, so of no limited time"
# Reading each version of each figure from the ledger takes a millisecond or so for each thing.
_MOST_WITH_VERSIONS = 500
# A foundation's grants to organizations in this country are a list that is loaded only when asked for.
_GRANTS, _GRANTS_OF = "ref:lloyds-grants", "gov:gbr"


class TimeParams(Params):
    """What questions on money of a time are asked with."""

    fiscal_year: int | None = option("Only this US fiscal year, from October to September.", "2018")
    since: str | None = option("First day of the period, possibly partial.", "2015")
    until: str | None = option("Last day of the period, possibly partial.", "2026")

    @property
    def period(self) -> dict[str, Any]:
        """The time asked for, as the value of a clause; empty if it is not limited."""
        return {name: value for name in ("fiscal_year", "since", "until") if (value := getattr(self, name))}


class PoolParams(TimeParams):
    """What questions are asked with that add up or share out money."""

    party: str | None
    layer: str | None = option(
        "Which layer of money: prime award, project activity, sub-award, transaction, budget line; the first on record"
        " if left out. Layers tell the same money and are never added.",
        "prime award",
    )
    measure: str | None = option(
        "What amounts measure: obligation, outlay, disbursement, announced …; the first that is held if left out."
        " Measures are never added.",
        "obligation",
    )


@dataclass
class Pool:
    """Amounts, and what is known of the things and parties that they belong to.

    Attributes:
        amounts: The amounts; those that no total counts with the reason.
        holdings: Awards, projects and lines, by id.
        carriers: Who received each award or carries out each project, by its id.
        undisclosed: Ids of those whose names are withheld.
        is_without_versions: Whether other versions of figures were not looked up, because there are too many things.
        apart: What is said of money that is in no total: whole accounts of a country, and lists that may be loaded.
    """

    amounts: list[Amount]
    holdings: Mapping[str, MoneyHolding]
    carriers: dict[str, list[Subject]] = field(default_factory=dict)
    undisclosed: frozenset[str] = frozenset()
    is_without_versions: bool = False
    apart: tuple[UnwordedCaveat, ...] = ()

    def receivers(self, amount: Amount) -> tuple[str, ...]:
        """Return the ids of who received an amount: as it says, else of who received the award or carries it out."""
        if amount.receiver:
            return (amount.receiver,)
        return tuple(sorted(party.id for party in self.carriers.get(amount.about.id, ())))

    def is_hidden(self, amount: Amount) -> bool:
        """Say whether an amount went to recipients whose names are all withheld."""
        receivers = self.receivers(amount)
        return bool(receivers) and set(receivers) <= self.undisclosed


def pool_of(request: Request[PoolParams], subject: Subject | None) -> Pool:
    """Return the amounts of a party, place, programme, award or project; of everybody without one.

    Figures that are stated for an award or project as a whole stand for it in its layer where no movement of the same
    measure is held, each once, in the version that the graph goes by.
    """
    session, whom, is_limited = request.session, subject or EVERYBODY, bool(request.params.period)
    pool = gathered(session, subject)
    moved, holdings = pool.amounts, pool.holdings
    pool.is_without_versions = len(holdings) > _MOST_WITH_VERSIONS
    measures_moved = {(amount.about.id, amount.measure) for amount in moved}

    def why_not(figure: Amount) -> str:
        holding = holdings[figure.about.id]
        if (figure.about.id, figure.measure) in measures_moved:
            return IN_MOVEMENTS
        if not figure.preferred:
            return VERSION
        of_life = WHOLE_LIFE if figure.measure in OF_AWARDS and is_limited else ""
        return (PASSED_AGAIN if holding.is_passed_again else of_life) or not_of(whom, holding, pool)

    figures = preferred_wholes(holdings) if pool.is_without_versions else wholes(session, holdings)
    stated = [in_the_layer_of_movements(figure, holdings[figure.about.id], why_not) for figure in figures]
    single = [replace(line, left_out=SINGLE) if line.is_single else line for line in lines(holdings)]
    pool.amounts = [amount for amount in (*moved, *counted_once(stated), *single) if is_asked(request, amount)]
    return pool


def gathered(session: Session, subject: Subject | None) -> Pool:
    """Return the movements of the money of a subject, of everybody without one; stated figures are not among them."""
    holdings, whom = holdings_of(session, subject) if subject else _everything(session), subject or EVERYBODY
    partners, under = implementer_counts(session, holdings), movements_under(session, holdings)
    single, flows = alone(session, subject) if subject is None or subject.cls not in HOLDERS else ({}, [])
    holdings |= single
    moved = list(movements(whom, holdings, [*under, *flows], partners))
    carriers, hidden = _carriers(session, holdings)
    hidden |= undisclosed_among(session, {amount.receiver for amount in moved if amount.receiver} - hidden)
    apart = tuple(_apart(session, subject)) if subject else ()
    pool = Pool([], holdings, carriers, frozenset(hidden), apart=apart)
    judged = without_doubles(moved, undisclosed=pool.undisclosed)
    pool.amounts = [
        replace(amount, left_out=why) if not amount.left_out and (why := _why_passed(amount, whom, pool)) else amount
        for amount in judged
    ]
    return pool


def _apart(session: Session, subject: Subject) -> Iterator[UnwordedCaveat]:
    ids = OfIds(ids=(subject.id,))
    if accounts := sum(is_whole_account(line.values) for line in session.read(FUNDING_LINES_FOR, ids)):
        yield caveat("partial", "whole-accounts", number=accounts, country=subject.name)
    [entity] = session.read(ENTITIES_BY_ID, ids)
    if _GRANTS_OF in (subject.id, entity.values.get("country")) and _GRANTS not in session.cards:
        yield caveat("partial", "grants-on-request")


def _why_passed(amount: Amount, whom: Subject, pool: Pool) -> str:
    """Return why an amount is told already, blank if it is not.

    What is passed on out of a sub-award is part of it, and what a recipient passes on is no money that it received
    besides.
    """
    holding, is_subaward = pool.holdings[amount.about.id], amount.measure == "subaward"
    if holding.is_passed_again:
        return PASSED_AGAIN
    if not is_subaward:
        return ""
    primes = {party.id for party in pool.carriers.get(amount.about.id, ())}
    if amount.giver and primes and amount.giver not in primes:
        return PASSED_AGAIN
    is_recipient = holding.ways & {"awarded", "sub-awarded", "implements"} and not holding.ways & {"funded", "place"}
    gives = amount.giver == whom.id or (not amount.giver and amount.receiver != whom.id)
    return PASSED_ON if is_recipient and gives else ""


def _everything(session: Session) -> dict[str, MoneyHolding]:
    things = [*session.read(AWARDS_AND_PROJECTS, Everything()), *session.read(FUNDING_LINES, Everything())]
    counted = sorted((thing for thing in things if not is_whole_account(thing.values)), key=lambda thing: thing.id)
    holdings = {thing.id: MoneyHolding(thing, {"itself"}) for thing in counted}
    placed(session, holdings)
    mark_subawards(session, holdings)
    return holdings


def _carriers(session: Session, holdings: Mapping[str, MoneyHolding]) -> tuple[dict[str, list[Subject]], set[str]]:
    """Return who received each award or carries out each project, and whose names among them are withheld."""
    awards, projects = ids_of(holdings, "Award"), ids_of(holdings, "Project")
    edges = [edge for edge in (session.read(MONEY_ENDS, awards) if awards.ids else ()) if edge.type == "AWARDED_TO"]
    edges += session.read(MONEY_CARRIERS, projects) if projects.ids else []
    carriers: dict[str, dict[str, Subject]] = {}
    for edge in edges:
        carriers.setdefault(edge.subject, {}).setdefault(edge.id, edge.other)
    hidden = {edge.id for edge in edges if edge.values.get("undisclosed")}
    return {id_: list(parties.values()) for id_, parties in carriers.items()}, hidden


def not_of(whom: Subject, holding: MoneyHolding, pool: Pool) -> str:
    """Return why a figure of a whole is not the party's or the place's alone; blank if it is."""
    if whom.cls == "Government" and "place" in holding.ways:
        return "" if set(holding.places) == {whom.id} else ELSEWHERE
    if "funded" in holding.ways or not holding.ways & {"awarded", "implements"}:
        return ""
    return SHARED if len(pool.carriers.get(holding.thing.id, ())) > 1 else ""


def is_asked(request: Request[Any], amount: Amount) -> bool:
    """Say whether an amount is, or may be, of the time asked for; one without any day is not of a limited time."""
    params, days = request.params, amount.days
    if amount.left_out == WHOLE_LIFE:
        return True  # said to be left out
    if params.fiscal_year not in (None, amount.fiscal_year):
        return False
    if days is None:
        return not params.period
    since, until = stretch_asked(params.since, params.until)
    by = request.day if params.as_of else LAST_DAY  # without a day asked for, what is planned belongs to the answer
    return days[1] >= since and days[0] <= min(until, by)
