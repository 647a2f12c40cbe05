"""How old a list is that an answer rests on."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from iga.graph.domain.values import last_day
from iga.queries.core.days import latest
from iga.queries.core.periods import years_after
from iga.queries.core.reading import refs
from iga.queries.core.session import Session

# What is stated anew every year needs no day; the list of an earlier year does.
_YEARS = 1


def shown_on(session: Session, *listed: Mapping[str, Any], day: str) -> str | None:
    """Return the day on which sources last showed some of a list by a day; None if no day tells.

    Raises:
        LedgerError: The evidence could not be looked up.
    """
    seen = [on for one in listed if (on := latest(one.get("attested_on"), on=day))]
    return max(seen, default=None) or latest(
        [row.stated_on for row in session.evidence(refs(*listed)).values() if row.stated_on], on=day
    )


def age_of(session: Session, *listed: Mapping[str, Any], day: str) -> dict[str, Any] | None:
    """Return the day that most of what is listed is stated for, and whether not all of it is.

    None where that is within the year before the day, or no source states a day.

    Raises:
        LedgerError: The evidence could not be looked up.
    """
    stated = Counter(row.stated_on for row in session.evidence(refs(*listed)).values() if row.stated_on)
    if not stated:
        return None
    (on, number), *_ = stated.most_common(1)
    if years_after(last_day(on), _YEARS) >= day:
        return None
    return {"on": on, "is_most": number < stated.total()}
