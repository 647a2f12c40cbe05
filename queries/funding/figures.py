"""Figures that sources state for an award or project as a whole, each with the reason why it may be no total."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from iga.graph.domain.fiscal import fiscal_year_of
from iga.queries.core.answer import Ref
from iga.queries.core.session import Session
from iga.queries.core.sourced_values import said_of_nodes
from iga.queries.funding.amounts import Amount, Layer
from iga.queries.funding.holdings import MoneyHolding
from iga.queries.funding.totals import VERSION

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
    """Say whether a figure of a whole is of money whose movements are held."""
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
