"""Totals of one layer, measure and currency, what stands beside them, and what no total counts, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from queries.core.answer import Caveat
from queries.core.wording import listed, years_listed
from queries.funding.amounts import LAYERS, Amount, Layer

NEVER_SUMMED = ("another version of the same figure", "a figure of the whole, which its movements make up")
"""Reasons of amounts that are the same money told again: their number is told, never a sum of them."""
VERSION, MADE_UP = NEVER_SUMMED
_AGAIN = "the same money told again"


@dataclass(frozen=True)
class Sum:
    """Amounts of one layer, measure and currency that may be added.

    Attributes:
        layer, measure, currency: What they are.
        amounts: The amounts, each counted.
    """

    layer: Layer
    measure: str
    currency: str
    amounts: tuple[Amount, ...]

    @property
    def value(self) -> Decimal:
        """What they add up to, negative ones included."""
        return sum((each.amount for each in self.amounts), Decimal(0))

    @property
    def brief(self) -> str:
        """The total with its layer, measure and currency."""
        return f"{self.layer}, {self.measure.replace('_', ' ')} {printed(self.value)} {self.currency}"

    @property
    def in_words(self) -> str:
        """The total with its layer, measure, currency and years."""
        years = years_of(self.amounts)
        return f"{self.layer}, {self.measure.replace('_', ' ')}: {printed(self.value)} {self.currency}" + (
            f" ({years})" if years else ""
        )


def counts(each: Amount) -> bool:
    """Say whether totals count an amount: no reason against it, no figure for itself, the version gone by."""
    return not each.left_out and each.preferred and not each.is_single


def sums(amounts: Iterable[Amount]) -> list[Sum]:
    """Return the totals of counted amounts, by layer in the order of layers, then measure and currency."""
    found: dict[tuple[int, str, str], list[Amount]] = {}
    for each in amounts:
        if counts(each):
            found.setdefault((LAYERS.index(each.layer), each.measure, each.currency), []).append(each)
    return [
        Sum(LAYERS[layer], measure, currency, tuple(those))
        for (layer, measure, currency), those in sorted(found.items(), key=lambda item: item[0])
    ]


def told_sums(amounts: Sequence[Amount], *, of: str = "") -> list[str]:
    """Return totals in words: those of the first layer that has any, then apart from them the others, never added.

    Args:
        amounts: The amounts.
        of: Id of whom they are asked for. Sub-awards are passed on out of the prime awards' money, so a total of
            prime awards leaves them out; only those that it received itself are money of other awards.
    """
    found = sums(amounts)
    if not found:
        return []
    main = found[0].layer
    told = [each.in_words if each is found[0] else each.brief for each in found if each.layer == main]
    passed = [each for each in found if each.layer == "sub-award" and main != "sub-award"]
    told += [f"apart from that {passed_on(each, of)}: {counted_sum(each)}" for each in passed]
    others = [each.brief for each in found if each.layer not in (main, "sub-award")]
    return [*told, *([f"beside it, never added: {listed(others, most=2)}"] if others else [])]


def passed_on(each: Sum, of: str) -> str:
    """Return what sub-awards beside prime awards are to whom they are asked for, in words."""
    is_received = bool(of) and all(one.receiver == of for one in each.amounts)
    return "received as sub-awards of others" if is_received else "passed on from the same money as sub-awards"


def counted_sum(each: Sum) -> str:
    """Return a total with the number of its amounts: ``860,000 USD in 6 amounts``."""
    number = len(each.amounts)
    return f"{printed(each.value)} {each.currency} in {number} amount{'' if number == 1 else 's'}"


def left_out_in_short(amounts: Iterable[Amount]) -> list[str]:
    """Return in words for a sentence what no total counts: one reason as it is, several by their number; or nothing."""
    found = [each for each in amounts if each.left_out]
    if len(reasons := _reasons(found)) > 1:
        return [f"not counted: {len(found)} amounts, for {len(reasons)} reasons"]
    return [f"not counted: {told_left_out(found)}"] if found else []


def left_out_in_full(amounts: Iterable[Amount]) -> list[Caveat]:
    """Return all reasons where a sentence only numbers them."""
    found = [each for each in amounts if each.left_out]
    told = Caveat(kind="partial", text=f"Not counted: {told_left_out(found)}.")
    return [told] if len(_reasons(found)) > 1 else []


def told_left_out(amounts: Iterable[Amount]) -> str:
    """Return what no total counts, by reason: how many amounts, and how much; blank if there is none.

    The same money told again is numbered and never summed.
    """
    found = _reasons(amounts)
    told = [
        f"{kind} ({len(those)}{f', {printed(sum(those, Decimal(0)))} {currency}' if currency else ''})"
        for (kind, currency), those in sorted(found.items())
    ]
    return listed(told, most=len(told))


def _reasons(amounts: Iterable[Amount]) -> dict[tuple[str, str], list[Decimal]]:
    """Return amounts that no total counts, by reason and currency; those told again under no currency."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    for each in amounts:
        if each.left_out:
            is_again = each.left_out in NEVER_SUMMED
            key = (_AGAIN, "") if is_again else (kind_of_reason(each.left_out), each.currency)
            found.setdefault(key, []).append(each.amount)
    return found


def kind_of_reason(reason: str) -> str:
    """Return a reason without what only one amount says: up to its colon."""
    plain = reason.partition(":")[0]
    return "likely duplicate sub-awards" if plain.startswith("likely repeats") else plain


def years_of(amounts: Iterable[Amount]) -> str:
    """Return the years of amounts in words, US fiscal and calendar ones named as such; blank where none tells."""
    known = list(amounts)
    fiscal = sorted({each.fiscal_year for each in known if each.fiscal_year})
    calendar = sorted({int(day[:4]) for each in known if each.day for day in each.days or ()})
    told = [f"US fiscal {years_listed(fiscal)}"] if fiscal else []
    return "; ".join([*told, *([f"calendar {years_listed(calendar)}"] if calendar else [])])


def printed(amount: Decimal) -> str:
    """Return an amount as people write it: ``1,250,000`` or ``-30.5``."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
