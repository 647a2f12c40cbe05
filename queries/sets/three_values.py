"""Yes, no and not known: how what is known of a party combines (Kleene's strong logic)."""

from collections.abc import Iterable
from typing import TypeAlias

from iga.queries.core.days import Passed

Truth: TypeAlias = Passed
"""Whether something is so: surely, surely not, or not known."""

_OPPOSITE: dict[Truth, Truth] = {"yes": "no", "no": "yes", "unknown": "unknown"}


def all_of_them(truths: Iterable[Truth]) -> Truth:
    """Return whether all are so: the least of them, looked for no further than the first that is not; of none, yes."""
    least: Truth = "yes"
    for truth in truths:
        if truth == "no":
            return "no"
        least = truth if truth == "unknown" else least
    return least


def any_of_them(truths: Iterable[Truth]) -> Truth:
    """Return whether one of them is so: the greatest; of none, no."""
    return opposite(all_of_them(map(opposite, truths)))


def opposite(truth: Truth) -> Truth:
    """Return whether it is not so: what is not known stays so."""
    return _OPPOSITE[truth]


def known(is_so: bool) -> Truth:
    """Return the truth of what is known."""
    return "yes" if is_so else "no"
