"""All amounts of a party, a place, a programme or of everybody in a time, with why each may not count."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from iga.graph.domain.values import LAST_DAY, fiscal_year_of
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat
from iga.queries.core.columns import option
from iga.queries.core.compiled import Everything
from iga.queries.core.periods import stretch_asked
from iga.queries.core.question import Params, Request
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.scope import Edges, bodies_of
from iga.queries.core.session import Session
from iga.queries.core.trust import said_of_nodes
from iga.queries.funding.amounts import (
    ELSEWHERE,
    HOLDERS,
    PASSED_AGAIN,
    PASSED_ON,
    SHARED,
    Amount,
    Layer,
    MoneyHolding,
    alone,
    holdings_of,
    ids_of,
    implementer_counts,
    is_whole_account,
    lines,
    mark_subawards,
    movements,
    movements_under,
    placed,
    undisclosed_among,
    without_doubles,
)
from iga.queries.funding.reads import (
    AWARDS_AND_PROJECTS,
    CONTRIBUTIONS,
    FUNDING_LINES,
    FUNDING_LINES_FOR,
    MONEY_CARRIERS,
    MONEY_ENDS,
    MONEY_HELD_BY,
)
from iga.queries.funding.totals import IN_MOVEMENTS, SINGLE, VERSION, money_of, refs_of

SUBJECTS = ("Party", "Programme", "ChildProtectionCompact", "Award", "Project")
"""Whom or what totals may be asked for."""
EVERYBODY = Subject(id="all", cls="Everybody", name="everybody")
"""Whom money is of that is asked for without a party."""
WHOLE_LIFE = "a figure of the whole life of an award, so of no limited time"
# Reading each version of each figure from the ledger takes a millisecond or so for each thing.
_MOST_WITH_VERSIONS = 500
# A foundation's grants to organizations in this country are a list that is loaded only when asked for.
_GRANTS, _GRANTS_OF = "ref:lloyds-grants", "gov:gbr"

FIGURES = ("total_obligated", "total_outlaid", "stated_total", "ceiling", "cost_share")
"""Fields that state a whole, which transactions make up; of several, the first speaks for the thing."""
OF_AWARDS = frozenset({"obligation", "outlay", "disbursement", "ceiling", "cost_share"})
"""Measures of figures that add up over awards: each is of its own money; what is announced or pledged may overlap."""
_PARTS = ("amount", "currency", "measure", "value_date")


def money_stated(values: Mapping[str, Any], name: str) -> dict[str, str] | None:
    """Return an amount that properties state, by its parts; None if they state none."""
    return {part: values.get(f"{name}_{part}") or "" for part in _PARTS} if values.get(f"{name}_amount") else None


def figure_of(holding: MoneyHolding, name: str, money: Mapping[str, str], evidence: tuple[Ref, ...]) -> Amount:
    """Return what a source states in a field of an award or project."""
    is_project, day = holding.thing.cls == "Project", money.get("value_date", "")
    of_award: Layer = "sub-award" if holding.is_subaward else "stated total"
    return Amount(
        about=holding.thing.subject,
        layer="project list version" if is_project else of_award,
        measure=money["measure"],
        amount=Decimal(money["amount"]),
        currency=money["currency"],
        refs=evidence,
        day=day,
        fiscal_year=fiscal_year_of(day) if day else None,
        name=name,
        is_single=is_project or money["measure"] not in OF_AWARDS,
    )


def wholes(session: Session, holdings: Mapping[str, MoneyHolding]) -> Iterator[Amount]:
    """Yield each version of the totals that sources state for awards and projects, side by side.

    Versions of one source that agree in amount are one, of the latest day; whoever only received a sub-award is not
    told the totals of the award.
    """
    stating = [holding for holding in holdings.values() if any(_stated(holding))]
    members = {one.thing.id: tuple(one.thing.values.get("members") or (one.thing.id,)) for one in stating}
    pools = said_of_nodes(session, [written for ids in members.values() for written in ids]) if members else {}
    for holding in stating:
        preferred = dict(_stated(holding))
        versions: dict[tuple[str, ...], Amount] = {}
        for source in (one for written in members[holding.thing.id] for one in pools.get(written, ())):
            period = source.values.get("period")
            for name in FIGURES:
                if isinstance(money := source.values.get(name), dict):
                    whole = replace(
                        figure_of(holding, name, money, (source.evidence,)),
                        stated_on=money.get("value_date") or source.stated_on,
                        ends_on=str(period.get("end", "")) if isinstance(period, dict) else "",
                        preferred=preferred.get(name) == money,
                    )
                    key = (name, whole.measure, whole.currency, str(whole.amount), source.evidence[0])
                    versions[key] = _later(versions.get(key, whole), whole)
        yield from versions.values()


def preferred_wholes(holdings: Mapping[str, MoneyHolding]) -> Iterator[Amount]:
    """Yield the totals stated for awards and projects, each in the version that the graph goes by."""
    for holding in holdings.values():
        yield from (figure_of(holding, name, money, holding.refs) for name, money in _stated(holding))


def _stated(holding: MoneyHolding) -> Iterator[tuple[str, dict[str, str]]]:
    for name in FIGURES if not holding.is_passed_on_only else ():
        if money := money_stated(holding.thing.values, name):
            yield name, money


def _later(known: Amount, whole: Amount) -> Amount:
    later = max(known, whole, key=lambda one: (one.stated_on, one.preferred, one.refs))
    return replace(later, preferred=known.preferred or whole.preferred)


def in_the_layer_of_movements(whole: Amount, holding: MoneyHolding, why_not: Callable[[Amount], str]) -> Amount:
    """Return what is stated for a whole in the layer of its movements, with the reason why it may not count."""
    of_award: Layer = "sub-award" if holding.is_subaward else "prime award"
    layer: Layer = "project activity" if holding.thing.cls == "Project" else of_award
    day, year = ("", None) if whole.measure in OF_AWARDS else (whole.day, whole.fiscal_year)
    of_movements = replace(whole, layer=layer, left_out=why_not(whole), day=day, fiscal_year=year)
    return replace(of_movements, is_single=False, preferred=True, stated_on="")


def is_in_movements(figure: Amount, moved: Iterable[Amount]) -> bool:
    """True if a figure of a whole is of money whose movements are held."""
    return any(one.about.id == figure.about.id and one.measure == figure.measure for one in moved)


def counted_once(figures: Iterable[Amount]) -> list[Amount]:
    """Return figures of wholes, of each thing and measure one that counts: that two sources state is one amount."""
    counting: set[tuple[str, str]] = set()
    once = []
    for one in sorted(figures, key=lambda one: (one.about.id, FIGURES.index(one.name), one.left_out, one.refs)):
        kind = (one.about.id, one.measure)
        once.append(replace(one, left_out=VERSION) if kind in counting and not one.left_out else one)
        if not one.left_out:
            counting.add(kind)
    return once


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
        """True if an amount went to recipients whose names are all withheld."""
        receivers = self.receivers(amount)
        return bool(receivers) and set(receivers) <= self.undisclosed


def pool_of(request: Request[PoolParams], subject: Subject | None) -> Pool:
    """Return the amounts of a party, place, programme, award or project; of everybody without one.

    Figures that are stated for an award or project as a whole stand for it in its layer where no movement of the same
    measure is held, each once, in the version that the graph goes by.
    """
    session, whom, is_limited = request.session, subject or EVERYBODY, bool(request.params.period)
    pool = gathered(request, subject)
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


def gathered(request: Request[Any], subject: Subject | None) -> Pool:
    """Return the movements of the money of a subject, of everybody without one; stated figures are not among them."""
    session, whom = request.session, subject or EVERYBODY
    holdings = holdings_of(session, subject, by=_by(request)) if subject else _everything(session)
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
    of_all = (AWARDS_AND_PROJECTS, FUNDING_LINES, CONTRIBUTIONS)
    things = [thing for query in of_all for thing in session.read(query, Everything())]
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
    """True if an amount is, or may be, of the time asked for; one without any day is not of a limited time."""
    params, days = request.params, amount.days
    if amount.left_out == WHOLE_LIFE:
        return True  # said to be left out
    if params.fiscal_year not in (None, amount.fiscal_year):
        return False
    if days is None:
        return not params.period
    since, until = stretch_asked(params.since, params.until)
    return days[1] >= since and days[0] <= min(until, _by(request))


def _by(request: Request[Any]) -> str:
    """Return the last day that counts: without a day asked for, what is planned belongs to the answer."""
    return request.day if request.params.as_of else LAST_DAY


def with_parts(
    request: Request[Any], clauses: Iterable[SourcedClause], own: Collection[str], *classes: str
) -> Iterator[SourcedClause]:
    """Yield clauses, the first with what the parts of the party pay beyond what it says itself."""
    first, *others = clauses
    subject = request.maybe("party")
    paid = list(_paid(request, subject, own, classes)) if subject else []
    if not paid:
        yield from (first, *others)
        return
    by, most = max(paid, key=lambda one: (one[1].amount, one[1].about.id))
    figure = {**money_of(most.amount, most.currency), "measure": most.measure, "name": most.about.name}
    parts = {"by": by, "largest": figure}
    yield replace(first, values={**first.values, "parts": parts}, refs=(*(first.refs or ()), *refs_of([most])))
    yield from others


def _paid(
    request: Request[Any], subject: Subject, own: Collection[str], classes: Collection[str]
) -> Iterator[tuple[str, Amount]]:
    """Yield the figures of what parts pay for, each with the name of the part."""
    if subject.cls in ("Person", "Post", "Award", "Project", "Programme", "ChildProtectionCompact"):
        return
    session, params = request.session, request.params
    payers = {id_: office.body.name for id_, office in bodies_of(Edges(session, request.day), subject).items()}
    ids = OfIds(ids=tuple(sorted(payers)))
    for thing in session.read(MONEY_HELD_BY, ids):
        is_new = thing.type == "FUNDED" and thing.id not in own and thing.subject != subject.id
        if is_new and thing.cls in classes and not is_whole_account(thing.values):
            entity = Entity(id=thing.id, cls=thing.cls, name=thing.name, values=thing.values)
            holdings = {thing.id: MoneyHolding(entity, {"funded"})}
            for amount in (*preferred_wholes(holdings), *lines(holdings)):
                if not isinstance(params, TimeParams) or is_asked(request, amount):
                    yield payers[thing.subject], amount
