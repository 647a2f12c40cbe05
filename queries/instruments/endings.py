"""What ends, whose it is, and what the end asks for: the shape that every kind of ending is told in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from queries.core.answer import Ref, Subject
from queries.core.periods import years_after

Kind = Literal[
    "agreement", "compact", "plan", "seat", "membership", "office", "term in a post", "mandate", "award", "withdrawal"
]

_YEARS = re.compile(r"\b(\d{1,2})[ -]years?\b")


@dataclass(frozen=True)
class Ending:
    """One end.

    Attributes:
        kind: What sort of thing ends.
        on: Day of the end, possibly partial; None is not held.
        what: What ends, or in what somebody's time ends.
        whose: Whose it is, or whose time ends.
        refs: Source rows that state it.
        reason: Why it ends on that day, as far as held.
        next_step: What must be done, or what is known to follow.
        start: First day, possibly partial.
        basis: Law or decision that it rests on.
        reappointable: Of a seat, whether its holder may be appointed again, as far as held.
        is_derived: Whether the day is worked out here, from a start and a stated length.
        is_sure: Whether nothing makes the day doubtful, such as an extension.
        conflicts: Fields on which sources differ.
    """

    kind: Kind
    on: str | None
    what: Subject
    whose: tuple[Subject, ...]
    refs: tuple[Ref, ...]
    reason: str
    next_step: str
    start: str | None = None
    basis: str | None = None
    reappointable: str | None = None
    is_derived: bool = False
    is_sure: bool = True
    conflicts: tuple[str, ...] = ()

    def is_of(self, party: Subject) -> bool:
        """Say whether it is somebody's, or ends in them."""
        return party.id in {self.what.id, *(one.id for one in self.whose)}


def end_after(start: str | None, length: str | None) -> str | None:
    """Return the end that follows from a start and a length such as ``5 years``; None where either tells none."""
    years = _YEARS.search(length or "")
    return years_after(start, int(years[1])) if start and years else None


def starts(said: Mapping[str, Any]) -> str | None:
    """Return the first day of what has a period, else the day of its signature or adoption."""
    day: str | None = said.get("period_start") or said.get("signed_on") or said.get("adopted_on")
    return day
