"""Who holds a post on a day: in office, acting, vacant, or only seen once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import Field

from graph.domain.values import first_day, last_day
from queries.core.answer import Shape, Subject
from queries.core.clauses import worded
from queries.core.columns import column
from queries.core.days import Passed, latest
from queries.core.reading import EdgeRow

Holding = Literal[
    "in office", "acting", "designate", "not known to be in office", "vacant", "holder not held", "no post"
]

_ACTING = ("acting", "charge d'affaires")


class OtherHolder(Shape):
    """Somebody else who may hold a post on the day, or is to hold it."""

    holder: str = Field(description="Id of the person.")
    holder_name: str = Field(description="Name of the person.")
    holding: Holding = Field(description="In office, acting, designate, or not known to be in office.")
    capacity: str | None = column(
        "Capacity as its source states it: substantive, acting, designate, chargé d'affaires."
    )
    seen_on: str | None = column("Latest day a source shows the person so; null is not known.")


@dataclass(frozen=True)
class Holder:
    """Who holds a post on a day, as far as known.

    Attributes:
        holding: How it is held.
        person: The holder, or the last one seen; None when nobody is known.
        capacity: Substantive, acting, designate, charge d'affaires, as its source states.
        seen_on: Latest day up to the day asked for on which a source shows the holder, or the post vacant.
        held: Whether the term is known to hold on the day.
        sources: Properties of the terms, that of the holder first.
        until: Last day of the last term that is known to have ended, possibly partial, where no other is held;
            ``person`` is then who held it.
        term: Properties of the term that says so; empty if none does.
        others: Others who may hold it too, or are to hold it; those who are known to be followed are left out.
    """

    holding: Holding
    person: Subject | None = None
    capacity: str | None = None
    seen_on: str | None = None
    held: Passed = "unknown"
    sources: tuple[Mapping[str, Any], ...] = ()
    until: str | None = None
    term: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[OtherHolder, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether somebody is known to hold it, in whatever capacity."""
        return self.holding in ("in office", "acting", "designate")

    @property
    def is_not_for_good(self) -> bool:
        """Whether the post is vacant, or somebody acts or is designate, as far as known."""
        return self.holding == "vacant" or self.capacity in (*_ACTING, "designate")

    @property
    def values(self) -> dict[str, Any]:
        """What a sentence on it is made from; the template is ``core/sentences/holders.j2``."""
        name = self.person.name if self.person else None
        known = {"holding": self.holding, "holder_name": name, "seen_on": self.seen_on, "until": self.until}
        return {**known, "capacity": self.capacity, "others": [other.model_dump() for other in self.others]}

    @property
    def in_words(self) -> str:
        """Who holds the post and how surely, as a cell of a row says it; blank where there is no post."""
        return worded("queries.core", "holders", "held-by", self.values)


NO_POST = Holder("no post")


def holder_of(post: Mapping[str, Any], terms: Sequence[EdgeRow], *, day: str) -> Holder:
    """Return who holds a post on a day.

    A term known to hold goes before one that may hold, one with a day before one without, a holder before a designate;
    among equals, the one last seen. A day on which a source says that the post was vacant counts if it is later than
    the last sight of the holder. Others who may hold it, or are to hold it, are kept beside.

    Args:
        post: Properties of the post.
        terms: HOLDS edges from the post, of every day.
        day: Full day.
    """
    living = [_Term(edge, held, _seen(edge, day)) for edge in terms if (held := edge.held(day)) != "no"]
    living.sort(key=lambda term: term.certainty, reverse=True)
    vacant_on = latest(post.get("vacant_on"), on=day)
    if not living:
        return _nobody(terms, vacant_on, day)
    first = living[0]
    if vacant_on and (not first.seen_on or first_day(vacant_on) >= first_day(first.seen_on)):
        holder = Holder("vacant", first.edge.other, seen_on=vacant_on, sources=(first.properties,))
        return _beside(holder, [term for term in living if term.is_designate], day)
    holder = Holder(
        first.holding,
        first.edge.other,
        first.properties.get("capacity"),
        first.seen_on,
        first.held,
        (first.properties,),
        term=first.properties,
    )
    return _beside(holder, [term for term in living[1:] if term.edge.id != first.edge.id], day, but=first)


def holding_of(term: EdgeRow, held: Passed) -> Holding:
    """Return how a post is held by a term, of which is known whether it holds."""
    capacity = term.properties.get("capacity")
    if capacity == "designate":
        return "designate"
    if held != "yes":
        return "not known to be in office"
    return "acting" if capacity in _ACTING else "in office"


@dataclass(frozen=True)
class _Term:
    """A term that may hold on the day, and the latest day by then on which a source shows it."""

    edge: EdgeRow
    held: Passed
    seen_on: str | None

    @property
    def properties(self) -> Mapping[str, Any]:
        """What its sources state of it."""
        return self.edge.properties

    @property
    def is_designate(self) -> bool:
        """Whether the person is to hold the post, and does not yet."""
        return self.properties.get("capacity") == "designate"

    @property
    def holding(self) -> Holding:
        """How the post is held by it."""
        return holding_of(self.edge, self.held)

    @property
    def certainty(self) -> tuple[bool, bool, bool, str, str]:
        """What is compared of terms, from left to right; the greatest comes first."""
        is_known = self.held == "yes" and not self.is_designate
        return is_known, bool(self.seen_on), not self.is_designate, self.seen_on or "", self.edge.key

    def is_followed_by(self, other: "_Term") -> bool:
        """Say whether somebody else came after this term was last seen, or began after it and was seen after it."""
        if other is self or other.is_designate or not self.seen_on:
            return False
        start, later = self.properties.get("period_start"), other.properties.get("period_start")
        if start and later and other.seen_on and first_day(later) > last_day(start):
            return first_day(other.seen_on) > last_day(self.seen_on)
        days = [*(other.properties.get("attested_on") or ()), later]
        return min((first_day(on) for on in days if on), default="") > last_day(self.seen_on)

    def may_stand_beside(self, day: str) -> bool:
        """Say whether it is to be named beside another: not where it was first seen after the day."""
        days = [*(self.properties.get("attested_on") or ()), self.properties.get("period_start")]
        return self.seen_on is not None or not any(days) or any(first_day(on) <= day for on in days if on)


def _beside(holder: Holder, terms: Sequence[_Term], day: str, *, but: _Term | None = None) -> Holder:
    """Return a holder with the others who may hold the post or are to hold it, each person once."""
    known = (*([but] if but else ()), *terms)
    is_certain = holder.holding == "in office"
    others: dict[str, _Term] = {}
    for term in terms:
        is_followed = any(term.is_followed_by(other) for other in known)
        is_doubtful = is_certain and term.held != "yes" and not term.is_designate
        if term.may_stand_beside(day) and not is_followed and not is_doubtful:
            others.setdefault(term.edge.id, term)
    return replace(
        holder,
        sources=(*holder.sources, *(term.properties for term in others.values())),
        others=tuple(
            OtherHolder(
                holder=person,
                holder_name=term.edge.name,
                holding=term.holding,
                capacity=term.properties.get("capacity"),
                seen_on=term.seen_on,
            )
            for person, term in others.items()
        ),
    )


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


def _seen(edge: EdgeRow, day: str) -> str | None:
    start = edge.properties.get("period_start")
    return latest([*(edge.properties.get("attested_on") or ()), *([start] if start else [])], on=day)
