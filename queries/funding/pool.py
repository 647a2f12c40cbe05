"""All amounts of a party, a place, a programme or of everybody in a time, with why each may not count."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import Field

from graph.domain.values import FIRST_DAY, LAST_DAY
from queries.core.answer import Subject
from queries.core.compiled import Everything
from queries.core.days import first_of, the_day
from queries.core.question import Params, Request
from queries.core.reading import OfIds
from queries.core.session import Session
from queries.funding.amounts import ELSEWHERE, PASSED_ON, SHARED, Amount, lines, movements
from queries.funding.doubles import without_doubles
from queries.funding.figures import (
    OF_AWARDS,
    counted_once,
    in_the_layer_of_movements,
    is_made_up,
    preferred_wholes,
    wholes,
)
from queries.funding.holdings import (
    MoneyHolding,
    holdings_of,
    implementer_counts,
    mark_subawards,
    movements_under,
    placed,
    undisclosed_among,
)
from queries.funding.reads import AWARDS_AND_PROJECTS, FUNDING_LINES, MONEY_CARRIERS, MONEY_ENDS
from queries.funding.totals import MADE_UP, VERSION
from queries.funding.transfers import PASSED_AGAIN

SUBJECTS = ("Party", "Programme", "ChildProtectionCompact", "Award", "Project")
"""Whom or what totals may be asked for."""
EVERYBODY = Subject(id="all", cls="Everybody", name="everybody")
"""Whom money is of that is asked for without a party."""
SINGLE = "announced or stated for a whole that others may be part of"
WHOLE_LIFE = "a figure of the whole life of an award, so of no limited time"
# Reading each version of each figure from the ledger takes a millisecond or so for each thing.
_MOST_WITH_VERSIONS = 500


class TimeParams(Params):
    """What questions on money of a time are asked with."""

    fiscal_year: int | None = Field(
        default=None, description="Only this US fiscal year, from October to September.", examples=["2018"]
    )
    since: str | None = Field(default=None, description="First day of the period, possibly partial.", examples=["2015"])
    until: str | None = Field(default=None, description="Last day of the period, possibly partial.", examples=["2026"])

    @property
    def period(self) -> dict[str, Any]:
        """The time asked for, as the value of a clause; empty if it is not limited."""
        given = {name: getattr(self, name) for name in ("fiscal_year", "since", "until")}
        return {name: value for name, value in given.items() if value}


class PoolParams(TimeParams):
    """What questions are asked with that add up or share out money."""

    party: str | None
    layer: str | None = Field(
        default=None,
        description="Which layer of money: prime award, project activity, sub-award, budget line; the first that is"
        " held if left out. Layers tell the same money and are never added.",
        examples=["prime award"],
    )
    measure: str | None = Field(
        default=None,
        description="What amounts measure: obligation, outlay, disbursement, announced …; the first that is held if"
        " left out. Measures are never added.",
        examples=["obligation"],
    )


@dataclass
class Pool:
    """Amounts, and what is known of the things and parties that they belong to.

    Attributes:
        amounts: The amounts; those that no total counts with the reason.
        holdings: Awards, projects and lines, by id.
        carriers: Ids of those who received each award or carry out each project, by its id.
        undisclosed: Ids of those whose names are withheld.
        names: Names of carriers, as far as they were read, by id.
        is_without_versions: Whether other versions of figures were not looked up, because there are too many things.
    """

    amounts: list[Amount]
    holdings: Mapping[str, MoneyHolding]
    carriers: dict[str, list[Subject]] = field(default_factory=dict)
    undisclosed: frozenset[str] = frozenset()
    is_without_versions: bool = False

    def receivers(self, each: Amount) -> tuple[str, ...]:
        """Return the ids of who received an amount: as it says, else of who received the award or carries it out."""
        if each.receiver:
            return (each.receiver,)
        return tuple(sorted(party.id for party in self.carriers.get(each.about.id, ())))

    def is_hidden(self, each: Amount) -> bool:
        """Say whether an amount went to recipients whose names are all withheld."""
        receivers = self.receivers(each)
        return bool(receivers) and set(receivers) <= self.undisclosed


def pool_of(request: Request[PoolParams], subject: Subject | None) -> Pool:
    """Return the amounts of a party, place, programme, award or project; of everybody without one.

    Figures that are stated for an award or project as a whole stand for it in its layer where no movement of the same
    measure is held, each once, in the version that the graph goes by.
    """
    session, whom = request.session, subject or EVERYBODY
    found = gathered(session, subject)
    moved, holdings = found.amounts, found.holdings
    found.is_without_versions = len(holdings) > _MOST_WITH_VERSIONS
    is_limited = bool(request.params.period)

    def why_not(each: Amount) -> str:
        holding = holdings[each.about.id]
        reason = MADE_UP if is_made_up(each, moved) else "" if each.preferred else VERSION
        again = PASSED_AGAIN if holding.is_passed_again else ""
        of_life = WHOLE_LIFE if each.measure in OF_AWARDS and is_limited else ""
        return reason or again or of_life or not_of(whom, holding, found)

    figures = preferred_wholes(holdings) if found.is_without_versions else wholes(session, holdings)
    stated = [in_the_layer_of_movements(each, holdings[each.about.id], why_not) for each in figures]
    told = [replace(each, left_out=SINGLE) if each.is_single else each for each in lines(holdings)]
    found.amounts = [each for each in (*moved, *counted_once(stated), *told) if is_asked(request, each)]
    return found


def gathered(session: Session, subject: Subject | None) -> Pool:
    """Return the movements of the money of a subject, of everybody without one; stated figures are not among them."""
    holdings = holdings_of(session, subject) if subject else _everything(session)
    whom = subject or EVERYBODY
    moved = list(movements(whom, holdings, movements_under(session, holdings), implementer_counts(session, holdings)))
    carriers, hidden = _carriers(session, holdings)
    hidden |= undisclosed_among(session, {each.receiver for each in moved if each.receiver} - hidden)
    found = Pool([], holdings, carriers, frozenset(hidden))
    judged = _passed_again(without_doubles(moved, undisclosed=found.undisclosed), found)
    found.amounts = [_passed_on(each, whom, holdings[each.about.id]) for each in judged]
    return found


def _passed_on(each: Amount, whom: Subject, holding: MoneyHolding) -> Amount:
    """Return an amount; what a recipient passes on is no money that it received besides, and is left out."""
    if not holding.ways & {"awarded", "sub-awarded", "implements"} or holding.ways & {"funded", "place"}:
        return each
    is_given = each.giver == whom.id or (not each.giver and each.receiver != whom.id)
    is_passed = each.measure == "subaward" and is_given
    return replace(each, left_out=PASSED_ON) if is_passed and not each.left_out else each


def _everything(session: Session) -> dict[str, MoneyHolding]:
    things = session.read(AWARDS_AND_PROJECTS, Everything())
    found = {each.id: MoneyHolding(each, {"itself"}) for each in (*things, *session.read(FUNDING_LINES, Everything()))}
    placed(session, found)
    mark_subawards(session, found)
    return dict(sorted(found.items()))


def _carriers(session: Session, holdings: Mapping[str, MoneyHolding]) -> tuple[dict[str, list[Subject]], set[str]]:
    """Return who received each award or carries out each project, and whose names among them are withheld."""
    awards = OfIds(ids=tuple(id_ for id_, each in holdings.items() if each.thing.cls == "Award"))
    projects = OfIds(ids=tuple(id_ for id_, each in holdings.items() if each.thing.cls == "Project"))
    edges = [edge for edge in (session.read(MONEY_ENDS, awards) if awards.ids else ()) if edge.type == "AWARDED_TO"]
    edges += session.read(MONEY_CARRIERS, projects) if projects.ids else []
    found: dict[str, list[Subject]] = {}
    for edge in edges:
        found.setdefault(edge.subject, []).append(edge.other)
    unique = {id_: list({each.id: each for each in those}.values()) for id_, those in found.items()}
    return unique, {edge.id for edge in edges if edge.values.get("undisclosed")}


def _passed_again(amounts: list[Amount], pool: Pool) -> list[Amount]:
    """Return amounts, those that are passed on out of a sub-award left out: they are part of it."""
    primes = {id_: {party.id for party in those} for id_, those in pool.carriers.items()}

    def is_again(each: Amount) -> bool:
        known = primes.get(each.about.id)
        if pool.holdings[each.about.id].is_passed_again:
            return True
        return each.measure == "subaward" and bool(each.giver and known) and each.giver not in (known or ())

    return [replace(each, left_out=PASSED_AGAIN) if not each.left_out and is_again(each) else each for each in amounts]


def not_of(whom: Subject, holding: MoneyHolding, pool: Pool) -> str:
    """Return why a figure of a whole is not the party's or the place's alone; blank if it is."""
    if whom.cls == "Government" and "place" in holding.ways:
        return "" if set(holding.places) == {whom.id} else ELSEWHERE
    if "funded" in holding.ways or not holding.ways & {"awarded", "implements"}:
        return ""
    return SHARED if len(pool.carriers.get(holding.thing.id, ())) > 1 else ""


def is_asked(request: Request[Any], each: Amount) -> bool:
    """Say whether an amount is, or may be, of the time asked for; one without any day is not of a limited time."""
    given, days = request.params, each.days
    if each.left_out == WHOLE_LIFE:
        return True  # said to be left out
    if given.fiscal_year is not None and each.fiscal_year != given.fiscal_year:
        return False
    if days is None:
        return not given.period
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    by = request.day if given.as_of else LAST_DAY  # without a day asked for, what is planned belongs to the answer
    return days[1] >= since and days[0] <= min(until, by)
