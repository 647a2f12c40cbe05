"""All amounts of a party, a place, a programme or of everybody: what totals, shares and rankings are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from pydantic import Field

from graph.domain.fiscal import fiscal_year_of
from queries.core.answer import Subject
from queries.core.question import Request
from queries.core.reading import refs
from queries.funding.amounts import OF_AWARDS, Amount, Layer, lines, wholes
from queries.funding.gathering import EVERYBODY, Pool, gathered, not_of
from queries.funding.passing import PASSED_AGAIN
from queries.funding.reach import Holding
from queries.funding.tally import MADE_UP, VERSION
from queries.funding.times import WHOLE_LIFE, TimeParams, is_asked, is_limited

SINGLE = "announced or stated for a whole that others may be part of"
# Reading each version of each figure from the ledger takes a millisecond or so for each thing.
_MOST_WITH_VERSIONS = 500
_FIGURES = ("total_obligated", "total_outlaid", "stated_total", "ceiling", "cost_share")


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


def pool_of(request: Request[PoolParams], subject: Subject | None) -> Pool:
    """Return the amounts of a party, place, programme, award or project; of everybody without one.

    Figures that are stated for an award or project as a whole stand for it in its layer where no movement of the same
    measure is held, each once, in the version that the graph goes by.
    """
    session, whom = request.session, subject or EVERYBODY
    found = gathered(session, subject)
    moved, holdings = found.amounts, found.holdings
    found.is_without_versions = len(holdings) > _MOST_WITH_VERSIONS
    figures = _preferred(holdings) if found.is_without_versions else wholes(session, holdings)
    is_of_time = is_limited(request.params)
    stated = _one_each([_figure(each, whom, found, moved, is_of_time=is_of_time) for each in figures])
    told = [replace(each, left_out=SINGLE) if each.is_single else each for each in lines(holdings)]
    found.amounts = [each for each in (*moved, *stated, *told) if is_asked(request, each)]
    return found


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


def _figure(each: Amount, whom: Subject, pool: Pool, moved: list[Amount], *, is_of_time: bool) -> Amount:
    """Return what is stated for a whole in the layer of its movements, with the reason why it may not count."""
    holding = pool.holdings[each.about.id]
    of_award: Layer = "sub-award" if holding.is_subaward else "prime award"
    layer: Layer = "project activity" if holding.thing.cls == "Project" else of_award
    is_of_life = each.measure in OF_AWARDS
    again = PASSED_AGAIN if holding.is_passed_again else ""
    reason = MADE_UP if is_made_up(each, moved) else "" if each.preferred else VERSION
    reason = reason or again or (WHOLE_LIFE if is_of_life and is_of_time else "") or not_of(whom, holding, pool)
    day, year = ("", None) if is_of_life else (each.day, each.fiscal_year)
    return replace(
        each, layer=layer, left_out=reason, is_single=False, preferred=True, day=day, fiscal_year=year, stated_on=""
    )


def is_made_up(figure: Amount, moved: Iterable[Amount]) -> bool:
    """Say whether a figure of a whole is of money whose movements are held."""
    return any(each.about.id == figure.about.id and each.measure == figure.measure for each in moved)


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
