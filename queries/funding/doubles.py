"""Which amounts are likely the same money told twice: sub-awards reported again, and transfers both sides report.

Everything is told from what the amounts say, never from the order in which files were loaded: see docs/decisions/0010.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from queries.funding.amounts import Amount

_TRANSFER = "the receiving agency reports this account and year itself, as under section 632(a)"


def without_doubles(amounts: Iterable[Amount], *, undisclosed: frozenset[str]) -> list[Amount]:
    """Return the amounts, those that likely tell the same money again with the reason why no total counts them.

    Args:
        amounts: Transactions of awards and projects.
        undisclosed: Ids of receivers whose names are withheld: none of them is known to be the same as another.
    """
    known = list(amounts)
    repeated = _repeated([each for each in known if each.layer == "sub-award"], undisclosed)
    handed_on = {_handed(each, each.appropriated_to, each.giver) for each in known if each.appropriated_to}
    return [_judged(each, repeated, handed_on) for each in known]


def said_again_later(amounts: Iterable[Amount]) -> int:
    """Return how many counted sub-awards repeat number, sub-recipient and amount of another on another day.

    They may be instalments, so they count; an answer says how many there are.
    """
    groups: dict[tuple[str, ...], set[str]] = {}
    for each in amounts:
        if each.layer == "sub-award" and each.reference and not each.left_out:
            key = (each.about.id, each.receiver, str(each.amount), each.currency, _plain(each.reference))
            groups.setdefault(key, set()).add(each.day)
    return sum(len(days) - 1 for days in groups.values())


def _judged(each: Amount, repeated: dict[int, str], handed_on: set[tuple[str, ...]]) -> Amount:
    if each.left_out:
        return each
    if id(each) in repeated:
        return replace(each, left_out=repeated[id(each)])
    if each.receiver and each.giver != each.receiver and _handed(each, each.giver, each.receiver) in handed_on:
        return replace(each, left_out=_TRANSFER)
    return each


def _handed(each: Amount, first: str, second: str) -> tuple[str, ...]:
    """Return what tells money that one agency handed to another: both, and account, year, measure and currency."""
    return (first, second, each.account, str(each.fiscal_year), each.measure, each.currency)


def _repeated(passed_on: Sequence[Amount], undisclosed: frozenset[str]) -> dict[int, str]:
    """Return the reason for each sub-award that likely repeats another of its prime award, by identity."""
    groups: dict[tuple[str, ...], list[Amount]] = {}
    for each in passed_on:
        if not each.left_out:
            receiver = "undisclosed" if each.receiver in undisclosed else each.receiver
            groups.setdefault((each.about.id, receiver, str(each.amount), each.currency, each.day), []).append(each)
    reasons: dict[int, str] = {}
    for key, group in groups.items():
        reasons |= _in_group(sorted(group, key=lambda each: (not each.reference, each.name, each.refs)), key[1])
    return reasons


def _in_group(group: Sequence[Amount], receiver: str) -> dict[int, str]:
    """Compare sub-awards of one prime award, sub-recipient, amount and day: those with other numbers are others."""
    kept: dict[str, Amount] = {}
    reasons: dict[int, str] = {}
    for each in group:
        number = _plain(each.reference)
        first = kept.get(number) or (next(iter(kept.values()), None) if not number else None)
        if first is None or (receiver == "undisclosed" and not number) or not receiver:
            kept.setdefault(number, each)
            continue
        how = "and number" if number else "and no number"
        reasons[id(each)] = f"likely repeats “{first.name}”: same prime award, sub-recipient, amount, day {how}"
    return reasons


def _plain(reference: str) -> str:
    return "".join(letter for letter in reference.casefold() if letter.isalnum())
