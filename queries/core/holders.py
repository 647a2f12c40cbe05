"""Who holds a post on a day: in office, acting, vacant, or only seen once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.domain.values import first_day, last_day
from queries.core.answer import Subject
from queries.core.clauses import worded
from queries.core.days import Passed, latest
from queries.core.reading import EdgeRow

Holding = Literal[
    "in office", "acting", "designate", "not known to be in office", "vacant", "holder not held", "no post"
]


@dataclass(frozen=True)
class Holder:
    """Who holds a post on a day, as far as known.

    Attributes:
        holding: How it is held.
        person: The holder, or the last one seen; None when nobody is known.
        capacity: Substantive, acting, designate, charge d'affaires, as its source states.
        seen_on: Latest day up to the day asked for on which a source shows the holder, or the post vacant.
        held: Whether the term is known to hold on the day.
        sources: Properties of the term.
        until: Last day of the last term that is known to have ended, possibly partial, where no other is held;
            ``person`` is then who held it.
        term: Properties of the term that says so; empty if none does.
    """

    holding: Holding
    person: Subject | None = None
    capacity: str | None = None
    seen_on: str | None = None
    held: Passed = "unknown"
    sources: tuple[Mapping[str, Any], ...] = ()
    until: str | None = None
    term: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether somebody is known to hold it, in whatever capacity."""
        return self.holding in ("in office", "acting", "designate")

    @property
    def values(self) -> dict[str, str | None]:
        """What a sentence on it is made from; the template is ``core/sentences/holders.j2``."""
        name = self.person.name if self.person else None
        return {"holding": self.holding, "holder_name": name, "seen_on": self.seen_on, "until": self.until}

    @property
    def in_words(self) -> str:
        """Who holds the post and how surely, as a cell of a row says it; blank where there is no post."""
        return worded("queries.core", "holders", "held-by", self.values)


NO_POST = Holder("no post")


def holder_of(post: Mapping[str, Any], terms: Sequence[EdgeRow], *, day: str) -> Holder:
    """Return who holds a post on a day.

    A term known to hold goes before one that may hold, a holder before a designate; among equals, the one last
    seen. A day on which a source says that the post was vacant counts if it is later than the last sight of the holder.

    Args:
        post: Properties of the post.
        terms: HOLDS edges from the post, of every day.
        day: Full day.
    """
    living = [(held, _seen(edge, day), edge) for edge in terms if (held := edge.held(day)) != "no"]
    vacant_on = latest(post.get("vacant_on"), on=day)
    if not living:
        return _nobody(terms, vacant_on, day)
    held, seen_on, edge = max(living, key=_certainty)
    if vacant_on and (not seen_on or first_day(vacant_on) >= first_day(seen_on)):
        return Holder("vacant", edge.other, seen_on=vacant_on, sources=(edge.properties,))
    term = edge.properties
    return Holder(_holding(edge, held), edge.other, term.get("capacity"), seen_on, held, (term,), term=term)


def _nobody(terms: Sequence[EdgeRow], vacant_on: str | None, day: str) -> Holder:
    """Return that nobody is held, with who held the post last, if that term is known to have ended."""
    ended = [
        edge for edge in terms if edge.properties.get("period_end") and last_day(edge.properties["period_end"]) <= day
    ]
    last = max(ended, key=lambda edge: (last_day(edge.properties["period_end"]), edge.key), default=None)
    holding: Holding = "vacant" if vacant_on else "holder not held"
    if last is None:
        return Holder(holding, seen_on=vacant_on)
    term = last.properties
    return Holder(holding, last.other, seen_on=vacant_on, sources=(term,), until=term["period_end"], term=term)


def _certainty(term: tuple[Passed, str | None, EdgeRow]) -> tuple[bool, bool, str, str]:
    held, seen_on, edge = term
    return held == "yes", edge.properties.get("capacity") != "designate", seen_on or "", edge.key


def _holding(edge: EdgeRow, held: Passed) -> Holding:
    if edge.properties.get("capacity") == "designate":
        return "designate"
    if held != "yes":
        return "not known to be in office"
    return "acting" if edge.properties.get("capacity") in ("acting", "charge d'affaires") else "in office"


def _seen(edge: EdgeRow, day: str) -> str | None:
    start = edge.properties.get("period_start")
    return latest([*(edge.properties.get("attested_on") or ()), *([start] if start else [])], on=day)
