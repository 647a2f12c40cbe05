"""Figures that sources state for an award or project as a whole, each with the reason why it may be no total."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from graph.domain.fiscal import fiscal_year_of
from graph.projection.properties import unflatten
from queries.core.answer import Ref
from queries.core.session import Session
from queries.core.sourced_values import said_of_nodes
from queries.funding.amounts import Amount, Layer
from queries.funding.holdings import MoneyHolding
from queries.funding.totals import VERSION

# Fields of an award or project that state a whole, which its transactions make up: never added to them.
FIGURES = ("total_obligated", "total_outlaid", "stated_total", "ceiling", "cost_share")
"""Fields that state a whole; of several, the first speaks for the thing."""
# What an agency states of its own awards, each of its own money; what is announced or pledged may overlap.
OF_AWARDS = frozenset({"obligation", "outlay", "disbursement", "ceiling", "cost_share"})
"""Measures of figures that add up over awards: each is of its own money."""
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
    stating = {id_: each for id_, each in holdings.items() if any(_stated(each))}
    members = {id_: tuple(each.thing.values.get("members") or (id_,)) for id_, each in stating.items()}
    pools = said_of_nodes(session, [written for ids in members.values() for written in ids]) if members else {}
    for id_, holding in stating.items():
        preferred = unflatten(holding.thing.cls, holding.thing.values)
        found: dict[tuple[str, str, str, str, str], Amount] = {}
        for said in (each for written in members[id_] for each in pools.get(written, ())):
            for field in FIGURES:
                money = said.values.get(field)
                if isinstance(money, dict):
                    whole = replace(
                        figure_of(holding, field, money, (said.evidence,)),
                        stated_on=money.get("value_date") or said.stated_on,
                        ends_on=_end(said.values.get("period")),
                        preferred=preferred.get(field) == money,
                    )
                    key = (field, whole.measure, whole.currency, str(whole.amount), said.evidence[0])
                    found[key] = _later(found.get(key), whole)
        yield from found.values()


def preferred_wholes(holdings: Mapping[str, MoneyHolding]) -> Iterator[Amount]:
    """Yield the totals stated for awards and projects, each in the version that the graph goes by."""
    for holding in holdings.values():
        yield from (figure_of(holding, name, money, holding.refs) for name, money in _stated(holding))


def _stated(holding: MoneyHolding) -> Iterator[tuple[str, dict[str, str]]]:
    for name in FIGURES if not holding.is_passed_on_only else ():
        if money := money_stated(holding.thing.values, name):
            yield name, money


def _end(period: object) -> str:
    return str(period.get("end", "")) if isinstance(period, dict) else ""


def _later(known: Amount | None, whole: Amount) -> Amount:
    if known is None:
        return whole
    later = max(known, whole, key=lambda each: (each.stated_on, each.preferred, each.refs))
    return replace(later, preferred=known.preferred or whole.preferred)


def in_the_layer_of_movements(each: Amount, holding: MoneyHolding, why_not: Callable[[Amount], str]) -> Amount:
    """Return what is stated for a whole in the layer of its movements, with the reason why it may not count."""
    of_award: Layer = "sub-award" if holding.is_subaward else "prime award"
    layer: Layer = "project activity" if holding.thing.cls == "Project" else of_award
    day, year = ("", None) if each.measure in OF_AWARDS else (each.day, each.fiscal_year)
    return replace(
        each,
        layer=layer,
        left_out=why_not(each),
        is_single=False,
        preferred=True,
        day=day,
        fiscal_year=year,
        stated_on="",
    )


def is_made_up(figure: Amount, moved: Iterable[Amount]) -> bool:
    """Say whether a figure of a whole is of money whose movements are held."""
    return any(each.about.id == figure.about.id and each.measure == figure.measure for each in moved)


def counted_once(figures: Iterable[Amount]) -> list[Amount]:
    """Return figures of wholes, of each thing and measure one that counts: that two sources state is one amount."""
    counting: set[tuple[str, ...]] = set()
    found = []
    for each in sorted(figures, key=lambda each: (each.about.id, FIGURES.index(each.name), each.left_out, each.refs)):
        key = (each.about.id, each.measure)
        is_again = key in counting and not each.left_out
        found.append(replace(each, left_out=VERSION) if is_again else each)
        if not each.left_out:
            counting.add(key)
    return found
