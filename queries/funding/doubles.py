"""Which amounts are likely the same money told twice: sub-awards reported again, and transfers both sides report.

Everything is told from what the amounts say, never from the order in which files were loaded: see docs/decisions/0010.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from iga.queries.core.wording import quoted
from iga.queries.funding.amounts import Amount

_TRANSFER = "the receiving agency reports this account and year itself, as under section 632(a)"


def without_doubles(amounts: Iterable[Amount], *, undisclosed: frozenset[str]) -> list[Amount]:
    """Return the amounts, those that likely tell the same money again with the reason why no total counts them.

    Args:
        amounts: Transactions of awards and projects.
        undisclosed: Ids of receivers whose names are withheld: none of them is known to be the same as another.
    """
    known = list(amounts)
    repeated = _repeated(known, undisclosed)
    handed_on = {_handed(amount, amount.appropriated_to, amount.giver) for amount in known if amount.appropriated_to}

    def reason(amount: Amount) -> str:
        is_between = amount.receiver and amount.giver != amount.receiver
        is_transfer = is_between and _handed(amount, amount.giver, amount.receiver) in handed_on
        return repeated.get(id(amount)) or (_TRANSFER if is_transfer else "")

    return [replace(it, left_out=why) if not it.left_out and (why := reason(it)) else it for it in known]


def said_again_later(amounts: Iterable[Amount]) -> int:
    """Return how many counted sub-awards repeat number, sub-recipient and amount of another on another day.

    They may be instalments, so they count; an answer says how many there are.
    """
    groups: dict[tuple[str, ...], set[str]] = {}
    for amount in amounts:
        if amount.layer == "sub-award" and amount.reference and not amount.left_out:
            number = _plain(amount.reference)
            key = (amount.about.id, amount.receiver, str(amount.amount), amount.currency, number)
            groups.setdefault(key, set()).add(amount.day)
    return sum(len(days) - 1 for days in groups.values())


def _handed(amount: Amount, first: str, second: str) -> tuple[str, ...]:
    """Return what tells money that one agency handed to another: both, and account, year, measure and currency."""
    return (first, second, amount.account, str(amount.fiscal_year), amount.measure, amount.currency)


def _repeated(amounts: Iterable[Amount], undisclosed: frozenset[str]) -> dict[int, str]:
    """Return the reason for each sub-award that likely repeats another of its prime award, by identity."""
    groups: dict[tuple[str, ...], list[Amount]] = {}
    for amount in amounts:
        if amount.layer == "sub-award" and not amount.left_out:
            receiver = "undisclosed" if amount.receiver in undisclosed else amount.receiver
            alike = (amount.about.id, receiver, str(amount.amount), amount.currency, amount.day)
            groups.setdefault(alike, []).append(amount)
    reasons: dict[int, str] = {}
    for (_, receiver, *_), amounts_alike in groups.items():
        reasons |= _in_group(sorted(amounts_alike, key=lambda one: (not one.reference, one.name, one.refs)), receiver)
    return reasons


def _in_group(alike: Sequence[Amount], receiver: str) -> dict[int, str]:
    """Compare sub-awards of one prime award, sub-recipient, amount and day: those with other numbers are others."""
    kept: dict[str, Amount] = {}
    reasons: dict[int, str] = {}
    for amount in alike:
        number = _plain(amount.reference)
        first = kept.get(number) or (next(iter(kept.values()), None) if not number else None)
        if first is None or (receiver == "undisclosed" and not number) or not receiver:
            kept.setdefault(number, amount)
            continue
        how = "and number" if number else "and no number"
        reasons[id(amount)] = f"likely repeats {quoted(first.name)}: same prime award, sub-recipient, amount, day {how}"
    return reasons


def _plain(reference: str) -> str:
    return "".join(letter for letter in reference.casefold() if letter.isalnum())
