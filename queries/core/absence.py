"""What it is worth that somebody is not on a list: the one place where No is decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from iga.graph.domain.values import first_day, last_day
from iga.graph.statements import Whole
from iga.queries.core.reading import refs
from iga.queries.core.session import Session

Why = Literal["", "no list", "short", "older", "earlier", "unchecked"]


@dataclass(frozen=True)
class Absence:
    """What follows for a day from not being on a list.

    Attributes:
        why: Why it is not confirmed that somebody is not in it; blank where that is certain: *no*. There is no list;
            it has fewer entries than are counted; it was whole on an earlier day, or is from a later one; no source
            calls it whole.
        on: Last day, or first, on which the list is whole, possibly partial; only for *older* and *earlier*.
        known, counted: How many it has of how many there are; only for *short*.
    """

    why: Why = ""
    on: str = ""
    known: int | None = None
    counted: int | None = None

    @property
    def is_no(self) -> bool:
        """Whether who is not on the list is surely not in it."""
        return not self.why

    def values(self, who: str, of: str, whose: str = "", **nearest: Any) -> dict[str, Any]:
        """Return what the shared negative is made from (``sentences/negatives.j2``).

        Args:
            who: Whoever is not on the list.
            of: What the list is of, such as "members of"; to this the name of whose list it is may be added.
            whose: That name.
            nearest: The nearest that is known, as the template of the question says it.
        """
        told = {"why": self.why, "on": self.on, "known": self.known, "counted": self.counted}
        return {"absence": {"who": who, "of": of, "whose": whose, **told}, **nearest}


def absence(
    session: Session, of: str, *listed: Mapping[str, Any], day: str, counts: tuple[int, int] | None = None
) -> Absence:
    """Return what it is worth on a day that somebody is not on a list.

    *No* only where the card of a source that the list rests on calls it whole on that day.

    Args:
        session: The graph and the cards of its sources.
        of: Id of the body, agreement, text or edition whose list it is.
        listed: Properties of what is on the list, of any day.
        day: Full day.
        counts: How many are on the list, and how many are reported; one that has fewer is not whole, whoever says so.

    Raises:
        LedgerError: The evidence could not be looked up.
    """
    if not listed:
        return Absence("no list")
    stretches = _whole(session, of, *listed)
    is_whole = any(last_day(it.since or "0001") <= day <= first_day(it.until or "9999-12-31") for it in stretches)
    if counts and counts[0] < counts[1]:
        return Absence("short", known=counts[0], counted=counts[1])
    if is_whole:
        return Absence()
    if older := [it.until for it in stretches if it.until and first_day(it.until) < day]:
        return Absence("older", on=max(older))
    if later := [it.since for it in stretches if it.since]:
        return Absence("earlier", on=min(later))
    return Absence("unchecked")


def _whole(session: Session, of: str, *listed: Mapping[str, Any]) -> list[Whole]:
    """Return the stretches for which the sources of a list call it whole."""
    sources = {source for source, _ in refs(*listed)}
    return [it for it in chain.from_iterable(session.cards[source].whole for source in sources) if it.of == of]
