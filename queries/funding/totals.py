"""Totals of one layer, measure and currency, what stands beside them, and what no total counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from iga.graph.grouping import by_key
from iga.queries.core.answer import Ref
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, resting_on
from iga.queries.core.wording import years_listed
from iga.queries.funding.amounts import LAYERS, Amount, Layer, MoneyHolding

SINGLE = "announced or stated for a whole that others may be part of"
NEVER_SUMMED = ("another version of the same figure", "a figure of the whole, which its movements make up", SINGLE)
"""Reasons of amounts that are the same money told again: their number is told, never a sum of them."""
VERSION, IN_MOVEMENTS, _ = NEVER_SUMMED
OF_THE_WHOLE = "of a larger whole: which part of it went this way is not told"
"""Why what stands above a partner, or runs in other countries too, counts in no total of it."""
_AGAIN = "the same money told again"
# What is told again, and what is of several layers, is numbered and never summed.
_NUMBERED = {VERSION: _AGAIN, IN_MOVEMENTS: _AGAIN, OF_THE_WHOLE: "amounts of larger wholes", SINGLE: SINGLE}
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Sum:
    """Amounts of one layer, measure and currency that may be added."""

    layer: Layer
    measure: str
    currency: str
    amounts: tuple[Amount, ...]

    @property
    def value(self) -> Decimal:
        """What they add up to, negative ones included."""
        return total_of(self.amounts)

    def values(self, of: str = "") -> dict[str, Any]:
        """Return it as the value of a clause.

        Args:
            of: Id of whom it is asked for: sub-awards that it received itself are money of other awards.
        """
        return {
            "layer": self.layer,
            "measure": self.measure,
            **money_of(self.value, self.currency),
            "amounts": len(self.amounts),
            "things": len({amount.about.id for amount in self.amounts}),
            "years": years_by_kind(self.amounts),
            "is_received": bool(of) and all(amount.receiver == of for amount in self.amounts),
        }

    def clause(self, id: str, of: str = "", **values: Any) -> SourcedClause:  # noqa: A002 - its name in an answer
        """Return a clause on it, which rests on its amounts."""
        return resting_on((amount.refs for amount in self.amounts), id, total=self.values(of), **values)


def counts(amount: Amount) -> bool:
    """True if totals count an amount: no reason against it, no figure for itself, the version gone by."""
    return not amount.left_out and amount.preferred and not amount.is_single


def sums(amounts: Iterable[Amount]) -> list[Sum]:
    """Return the totals of counted amounts, by layer in the order of layers, then measure and currency."""
    groups = by_key(filter(counts, amounts), lambda it: (LAYERS.index(it.layer), it.measure, it.currency))
    return [
        Sum(LAYERS[layer], measure, currency, tuple(groups[layer, measure, currency]))
        for layer, measure, currency in sorted(groups)
    ]


def total_of(amounts: Iterable[Amount]) -> Decimal:
    """Return what amounts add up to."""
    return sum((amount.amount for amount in amounts), Decimal(0))


def plain(amount: Decimal) -> str:
    """Return an amount without superfluous zeros: ``-30000``, ``12.5``."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money_of(amount: Decimal, currency: str) -> dict[str, str]:
    """Return an amount as a value of a clause."""
    return {"amount": plain(amount), "currency": currency}


def percent_of(part: Decimal, whole: Decimal) -> str | None:
    """Return a share in per cent; None where the whole is not above nothing, or the part is below."""
    return f"{part * _HUNDRED / whole:.1f}" if whole > 0 and part >= 0 else None


def refs_of(amounts: Iterable[Amount]) -> tuple[Ref, ...]:
    """Return the source rows of amounts, each once."""
    return tuple(dict.fromkeys(ref for amount in amounts for ref in amount.refs))


def share_values(part: Decimal, whole: Decimal, currency: str) -> dict[str, Any]:
    """Return a part of a total, the total and the share in per cent, as values of a clause."""
    shown = {"part": money_of(part, currency), "whole": money_of(whole, currency)}
    return {**shown, "percent": percent_of(part, whole)}


def total_clauses(
    totals: Sequence[tuple[Sum, dict[str, Any]]], of: str = "", *, after_first: bool = False
) -> Iterator[SourcedClause]:
    """Yield clauses on totals: each of the first layer, what is passed on, and what stands beside, never added.

    Args:
        totals: Totals in the order of `sums`, each with what else its clause says.
        of: Id of whom they are asked for. Sub-awards are passed on out of the prime awards' money, so a total of
            prime awards leaves them out; only those that it received itself are money of other awards.
        after_first: Whether the first total was told already.
    """
    main = totals[0][0].layer if totals else None
    others = [pair for pair in totals if pair[0].layer != main]
    firsts = [pair for pair in totals if pair[0].layer == main]
    yield from (total.clause("total", **more) for total, more in firsts[after_first:])
    yield from (total.clause("passed-on", of, **more) for total, more in others if total.layer == "sub-award")
    yield from beside_clause([total for total, _ in others if total.layer != "sub-award"])


def beside_clause(others: Sequence[Sum], of: str = "") -> Iterator[SourcedClause]:
    """Yield a clause on totals that are never added to another one; nothing for none."""
    if others:
        refs = (amount.refs for total in others for amount in total.amounts)
        yield resting_on(refs, "beside", others=[total.values(of) for total in others])


def overlap_of(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """Return the figures for wholes of which one may be part of another, each in the version gone by."""
    return tuple(one for one in amounts if one.preferred and (one.is_single or one.left_out == SINGLE))


def are_apart(figures: Iterable[Amount], holdings: Mapping[str, MoneyHolding]) -> bool:
    """True if no figure can be part of another: of each two their rows say other places, payers or years of awards.

    Years tell two awards apart alone: a partnership of one year pays for awards of later ones.
    """

    def is_apart(one: Amount, other: Amount) -> bool:
        if one.about.id == other.about.id:
            return False
        places, others = ({it.place} if it.place else _places(it, holdings) for it in (one, other))
        has_other_payer = bool(one.giver and other.giver) and one.giver != other.giver
        has_other_place = bool(places and others) and not places & others
        years = {(it.day[:4] if it.about.cls == "Award" and it.layer != "sub-award" else "") for it in (one, other)}
        return has_other_payer or has_other_place or (len(years) > 1 and "" not in years)

    return all(is_apart(one, other) for one, other in combinations(figures, 2))


def _places(figure: Amount, holdings: Mapping[str, MoneyHolding]) -> set[str]:
    holding = holdings.get(figure.about.id)
    return {holding.thing.values.get("place") or "", *holding.places} - {""} if holding else set()


def overlapping(amounts: Iterable[Amount], holdings: Mapping[str, MoneyHolding]) -> dict[str, Any]:
    """Return the two largest of the figures that may be part of others, how many there are, and their sum.

    The sum is of figures of one measure and currency that cannot be part of one another; None for all others.
    """
    once = {(it.about.id, it.measure, it.amount): it for it in overlap_of(amounts)}.values()
    figures = sorted(once, key=lambda it: (it.amount, it.measure, it.about.id), reverse=True)
    told: list[dict[str, str] | None] = [
        {**money_of(it.amount, it.currency), "measure": it.measure, "name": it.about.name} for it in figures[:2]
    ]
    largest, second = [*told, None, None][:2]
    is_apart = are_apart(figures, holdings)
    is_one = is_apart and len(figures) > 1 and len({(it.measure, it.currency) for it in figures}) == 1
    together = money_of(total_of(figures), figures[0].currency) if is_one else None
    return {
        "largest": largest, "second": second, "number": len(figures), "apart": is_apart, "together": together,
    }  # fmt: skip  # one line of values


def single_clause(amounts: Iterable[Amount], holdings: Mapping[str, MoneyHolding]) -> Iterator[SourcedClause]:
    """Yield a clause on figures that stand for themselves alone, as a headline says them; nothing for none."""
    singles = [amount for amount in amounts if amount.is_single and amount.preferred]
    if singles:
        yield resting_on((amount.refs for amount in singles), "single", **overlapping(singles, holdings))


def left_out_clause(amounts: Iterable[Amount]) -> Iterator[SourcedClause]:
    """Yield a clause on what no total counts, with the reasons; nothing for none."""
    if out := [amount for amount in amounts if amount.left_out]:
        yield resting_on((amount.refs for amount in out), "left-out", number=len(out), reasons=reasons_of(out))


def left_out_caveats(amounts: Iterable[Amount]) -> Iterator[UnwordedCaveat]:
    """Yield all reasons where a sentence only numbers them."""
    if len(reasons := reasons_of(amounts)) > 1:
        yield caveat("partial", "left-out", clause="left-out", reasons=reasons)


def withheld_caveats(amounts: Iterable[Amount], undisclosed: frozenset[str]) -> Iterator[UnwordedCaveat]:
    """Yield which share of each layer and measure went to recipients whose names are withheld."""
    for whole in sums(amount for amount in amounts if amount.receiver):
        if hidden := [amount for amount in whole.amounts if amount.receiver in undisclosed]:
            share = share_values(total_of(hidden), whole.value, whole.currency) | {"amounts": len(hidden)}
            yield caveat("undisclosed", "withheld", measure=whole.measure, layer=whole.layer, **share)


def reasons_of(amounts: Iterable[Amount]) -> list[dict[str, Any]]:
    """Return why no total counts amounts: how many for each reason and currency, and how much.

    The same money told again is numbered and never summed.
    """

    def reason_of(amount: Amount) -> tuple[str, str]:
        numbered = _NUMBERED.get(amount.left_out)
        return (numbered, "") if numbered else (kind_of_reason(amount.left_out), amount.currency)

    groups = by_key((amount for amount in amounts if amount.left_out), reason_of)
    return [
        {"reason": reason, "number": len(those), "money": money_of(total_of(those), code) if code else None}
        for (reason, code), those in sorted(groups.items(), key=lambda pair: pair[0])
    ]


def kind_of_reason(reason: str) -> str:
    """Return a reason without what only one amount says: up to its colon."""
    kind = reason.partition(":")[0]
    return "likely duplicate sub-awards" if kind.startswith("likely repeats") else kind


def years_by_kind(amounts: Iterable[Amount]) -> dict[str, Any]:
    """Return the US fiscal years and the calendar years of amounts, rising; and of how many none tells."""
    known = list(amounts)
    return {
        "fiscal": sorted({amount.fiscal_year for amount in known if amount.fiscal_year}),
        "calendar": sorted({int(day[:4]) for amount in known if amount.day for day in amount.days or ()}),
        "untold": sum(not amount.fiscal_year for amount in known),
    }


def years_of(amounts: Iterable[Amount]) -> str | None:
    """Return the years of amounts in words, US fiscal and calendar ones named as such; None where none tells."""
    years = years_by_kind(amounts)
    words = [f"US fiscal {years_listed(years['fiscal'])}"] if years["fiscal"] else []
    words += [f"calendar {years_listed(years['calendar'])}"] if years["calendar"] else []
    return "; ".join(words) or None


def span_of(words: Sequence[str]) -> str | None:
    """Return the first and the last of some years or days in words; None for none."""
    return " to ".join(dict.fromkeys((words[0], words[-1]))) if words else None
