"""Which part of an amount is of which country: by what its movement names, else by the shares that a source states."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from queries.core.answer import Subject
from queries.funding.amounts import ELSEWHERE, Amount
from queries.funding.holdings import MoneyHolding

# Shares are printed rounded, thirds to 33.3 each.
_ROUNDING = Decimal("0.1")
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")

Share = tuple[str, Decimal, bool]
"""A country, its part of an amount, and whether that is worked out by a stated share."""
SEVERAL, NOWHERE = "several", ""
"""In place of a country: several ones without shares, and none that is held."""


def stated_shares(holding: MoneyHolding) -> list[Decimal]:
    """Return the shares of countries that its source states."""
    return [Decimal(share) for share in holding.places.values() if share is not None]


def can_be_shared(holding: MoneyHolding) -> bool:
    """Say whether its source states a share for each of its countries, and they make up the whole."""
    stated = stated_shares(holding)
    return bool(stated) and len(stated) == len(holding.places) and abs(sum(stated, Decimal(0)) - _HUNDRED) <= _ROUNDING


def by_place(each: Amount, holding: MoneyHolding) -> list[Share]:
    """Return the countries that an amount belongs to, each with its part of it."""
    own = each.place or holding.thing.values.get("place")
    if own:
        return [(str(own), each.amount, False)]
    if len(holding.places) <= 1:
        return [(next(iter(holding.places), NOWHERE), each.amount, False)]
    if not can_be_shared(holding):
        return [(SEVERAL, each.amount, False)]
    shared: list[Share] = []
    rest = each.amount
    for number, (place, percentage) in enumerate(sorted(holding.places.items()), start=1):
        is_last = number == len(holding.places)
        part = (each.amount * Decimal(percentage or "0") / _HUNDRED).quantize(_CENT, ROUND_HALF_EVEN)
        shared.append((place, rest if is_last else part, True))
        rest -= part
    return shared


def is_place(subject: Subject | None, holdings: Mapping[str, MoneyHolding]) -> bool:
    """Say whether a subject is asked about as a country: something was reached because it runs there."""
    is_government = subject is not None and subject.cls == "Government"
    return is_government and any("place" in each.ways for each in holdings.values())


def share_of_place(amounts: Iterable[Amount], holdings: Mapping[str, MoneyHolding], place: Subject) -> list[Amount]:
    """Return amounts as far as they are of one country: where its source states the share of each, that share.

    What a source does not part stays whole and left out, with the reason.
    """
    found = []
    for each in amounts:
        own = [share for share in by_place(each, holdings[each.about.id]) if share[0] == place.id]
        if own and own[0][2]:
            reason = "" if each.left_out == ELSEWHERE else each.left_out
            each = replace(each, amount=own[0][1], left_out=reason, is_part=True)
        found.append(each)
    return found
