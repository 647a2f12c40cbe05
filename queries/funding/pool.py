"""All amounts of a party, a place, a programme or of everybody: what totals, shares and rankings are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pydantic import Field

from graph.domain.fiscal import fiscal_year_of
from graph.domain.values import FIRST_DAY, LAST_DAY
from queries.answer import Subject
from queries.asking import Asking
from queries.days import first_of, the_day
from queries.funding.amounts import ELSEWHERE, OF_AWARDS, SHARED, Amount, Layer, lines, movements, wholes
from queries.funding.doubles import without_doubles
from queries.funding.passing import PASSED_AGAIN
from queries.funding.reach import (
    Holding,
    holdings_of,
    implementer_counts,
    mark_subawards,
    movements_under,
    placed,
    undisclosed_among,
)
from queries.funding.reads import (
    AWARDS_AND_PROJECTS,
    FUNDING_LINES,
    MONEY_CARRIERS,
    MONEY_ENDS,
)
from queries.question import Asked, Posed
from queries.reading import OfIds, refs
from queries.reads import Everything

NEVER_SUMMED = ("another version of the same figure", "a figure of the whole, which its movements make up")
"""Reasons of amounts that are the same money told again: their number is told, never a sum of them."""
VERSION, MADE_UP = NEVER_SUMMED
WHOLE_LIFE = "a figure of the whole life of an award, so of no limited time"
SINGLE = "announced or stated for a whole that others may be part of"
# Reading each version of each figure from the ledger takes a millisecond or so for each thing.
_MOST_WITH_VERSIONS = 500
_FIGURES = ("total_obligated", "total_outlaid", "stated_total", "ceiling", "cost_share")
_EVERYBODY = Subject(id="all", cls="Everybody", name="everybody")


class PoolAsked(Asked):
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
    fiscal_year: int | None = Field(
        default=None, description="Only this US fiscal year, from October to September.", examples=["2024"]
    )
    since: str | None = Field(default=None, description="First day of the period, possibly partial.", examples=["2015"])
    until: str | None = Field(default=None, description="Last day of the period, possibly partial.", examples=["2026"])


@dataclass
class Pool:
    """Amounts, and what is known of the things and parties that they belong to.

    Attributes:
        amounts: Every amount of the time asked for; those that no total counts with the reason.
        holdings: Awards, projects and lines, by id.
        carriers: Ids of those who received each award or carry out each project, by its id.
        undisclosed: Ids of those whose names are withheld.
        names: Names of carriers, as far as they were read, by id.
        is_without_versions: Whether other versions of figures were not looked up, because there are too many things.
    """

    amounts: list[Amount]
    holdings: Mapping[str, Holding]
    carriers: dict[str, list[Subject]] = field(default_factory=dict)
    undisclosed: frozenset[str] = frozenset()
    is_without_versions: bool = False

    def receivers(self, each: Amount) -> tuple[str, ...]:
        """Return the ids of who received an amount: as it says, else of who received the award or carries it out."""
        if each.receiver:
            return (each.receiver,)
        return tuple(sorted(party.id for party in self.carriers.get(each.about.id, ())))


def pool_of(posed: Posed[PoolAsked], subject: Subject | None) -> Pool:
    """Return the amounts of a party, place, programme, award or project; of everybody without one.

    Figures that are stated for an award or project as a whole stand for it in its layer where no movement of the same
    measure is held, each once, in the version that the graph goes by.
    """
    asking = posed.asking
    holdings = holdings_of(asking, subject) if subject else _everything(asking)
    whom = subject or _EVERYBODY
    moved = list(movements(whom, holdings, movements_under(asking, holdings), implementer_counts(asking, holdings)))
    carriers, hidden = _carriers(asking, holdings)
    hidden |= undisclosed_among(asking, {each.receiver for each in moved if each.receiver} - hidden)
    found = Pool([], holdings, carriers, frozenset(hidden))
    single = _passed_again(without_doubles(moved, undisclosed=found.undisclosed), found)
    found.is_without_versions = len(holdings) > _MOST_WITH_VERSIONS
    figures = _preferred(holdings) if found.is_without_versions else wholes(asking, holdings)
    is_limited = bool(posed.given.fiscal_year or posed.given.since or posed.given.until)
    stated = _one_each([_figure(each, whom, found, single, is_limited=is_limited) for each in figures])
    told = [replace(each, left_out=SINGLE) if each.is_single else each for each in lines(holdings)]
    found.amounts = [each for each in (*single, *stated, *told) if _asked(posed, each)]
    return found


def _everything(asking: Asking) -> dict[str, Holding]:
    things = asking.read(AWARDS_AND_PROJECTS, Everything())
    found = {each.id: Holding(each, {"itself"}) for each in (*things, *asking.read(FUNDING_LINES, Everything()))}
    placed(asking, found)
    mark_subawards(asking, found)
    return dict(sorted(found.items()))


def _carriers(asking: Asking, holdings: Mapping[str, Holding]) -> tuple[dict[str, list[Subject]], set[str]]:
    """Return who received each award or carries out each project, and whose names among them are withheld."""
    awards = OfIds(ids=tuple(id_ for id_, each in holdings.items() if each.thing.cls == "Award"))
    projects = OfIds(ids=tuple(id_ for id_, each in holdings.items() if each.thing.cls == "Project"))
    ties = [tie for tie in (asking.read(MONEY_ENDS, awards) if awards.ids else ()) if tie.type == "AWARDED_TO"]
    ties += asking.read(MONEY_CARRIERS, projects) if projects.ids else []
    found: dict[str, list[Subject]] = {}
    for tie in ties:
        found.setdefault(tie.subject, []).append(tie.other)
    unique = {id_: list({each.id: each for each in those}.values()) for id_, those in found.items()}
    return unique, {tie.id for tie in ties if tie.values.get("undisclosed")}


def _passed_again(amounts: list[Amount], pool: Pool) -> list[Amount]:
    """Return amounts, those that are passed on out of a sub-award left out: they are part of it."""
    primes = {id_: {party.id for party in those} for id_, those in pool.carriers.items()}

    def is_again(each: Amount) -> bool:
        known = primes.get(each.about.id)
        if pool.holdings[each.about.id].is_passed_again:
            return True
        return each.measure == "subaward" and bool(each.giver and known) and each.giver not in (known or ())

    return [replace(each, left_out=PASSED_AGAIN) if not each.left_out and is_again(each) else each for each in amounts]


def _preferred(holdings: Mapping[str, Holding]) -> Iterable[Amount]:
    for holding in holdings.values():
        said = holding.thing.values
        for name in _FIGURES if not holding.is_passed_on_only else ():
            if said.get(f"{name}_amount"):
                day, measure = said.get(f"{name}_value_date") or "", said[f"{name}_measure"]
                yield Amount(
                    about=holding.thing.subject,
                    layer="project activity" if holding.thing.cls == "Project" else "prime award",
                    measure=measure,
                    amount=Decimal(said[f"{name}_amount"]),
                    currency=said[f"{name}_currency"],
                    refs=refs(said),
                    day=day,
                    fiscal_year=fiscal_year_of(day) if day else None,
                    name=name,
                )


def _figure(each: Amount, whom: Subject, pool: Pool, moved: list[Amount], *, is_limited: bool) -> Amount:
    """Return what is stated for a whole in the layer of its movements, with the reason why it may not count."""
    holding = pool.holdings[each.about.id]
    of_award: Layer = "sub-award" if holding.is_subaward else "prime award"
    layer: Layer = "project activity" if holding.thing.cls == "Project" else of_award
    is_of_life = each.measure in OF_AWARDS
    made_up = any(one.about.id == each.about.id and one.measure == each.measure for one in moved)
    again = PASSED_AGAIN if holding.is_passed_again else ""
    reason = MADE_UP if made_up else "" if each.preferred else VERSION
    reason = reason or again or (WHOLE_LIFE if is_of_life and is_limited else "") or _not_of(whom, holding, pool)
    day, year = ("", None) if is_of_life else (each.day, each.fiscal_year)
    return replace(
        each, layer=layer, left_out=reason, is_single=False, preferred=True, day=day, fiscal_year=year, stated_on=""
    )


def _one_each(figures: list[Amount]) -> list[Amount]:
    """Return figures of wholes, of each thing and measure one that counts: that two sources state is one amount."""
    counting: set[tuple[str, ...]] = set()
    found = []
    for each in sorted(figures, key=lambda each: (each.about.id, _FIGURES.index(each.name), each.left_out, each.refs)):
        key = (each.about.id, each.measure)
        is_again = key in counting and not each.left_out
        found.append(replace(each, left_out=VERSION) if is_again else each)
        if not each.left_out:
            counting.add(key)
    return found


def _not_of(whom: Subject, holding: Holding, pool: Pool) -> str:
    """Return why a figure of the whole is not the party's or the place's alone; blank if it is."""
    if whom.cls == "Government" and "place" in holding.ways:
        return "" if set(holding.places) == {whom.id} else ELSEWHERE
    if "funded" in holding.ways or not holding.ways & {"awarded", "implements"}:
        return ""
    return SHARED if len(pool.carriers.get(holding.thing.id, ())) > 1 else ""


def _asked(posed: Posed[PoolAsked], each: Amount) -> bool:
    """Say whether an amount is, or may be, of the time asked for; one without any day is not of a limited time."""
    given, days = posed.given, each.days
    if each.left_out == WHOLE_LIFE:
        return True  # said to be left out
    if given.fiscal_year is not None and each.fiscal_year != given.fiscal_year:
        return False
    if days is None:
        return not (given.fiscal_year or given.since or given.until)
    since = first_of(given.since, parameter="since") if given.since else FIRST_DAY
    until = the_day(given.until, today=LAST_DAY, parameter="until")
    by = posed.day if given.as_of else LAST_DAY  # without a day asked for, what is planned belongs to the answer
    return days[1] >= since and days[0] <= min(until, by)


def period_of(posed: Posed[PoolAsked]) -> str:
    """Return the time asked for in words; blank if it is not limited."""
    given = posed.given
    told = [f"US fiscal year {given.fiscal_year}"] if given.fiscal_year else []
    told += [f"since {given.since}"] if given.since else []
    told += [f"until {given.until}"] if given.until else []
    return f" ({', '.join(told)})" if told else ""
