"""Who holds a post on a day: in office, acting, vacant, or only seen once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from pydantic import Field

from iga.graph.domain.values import LAST_DAY, first_day, last_day
from iga.graph.text import folded
from iga.queries.core.answer import Shape, Subject
from iga.queries.core.clauses import worded
from iga.queries.core.columns import column
from iga.queries.core.days import Passed, latest, passed
from iga.queries.core.periods import years_after
from iga.queries.core.reading import EdgeRow, OfIds, grouped
from iga.queries.core.reads import HOLDERS_OF, POSTS_HELD_BY

E = TypeVar("E", bound=EdgeRow)

Holding = Literal[
    "in office", "acting", "designate", "not known to be in office", "vacant", "holder not held", "no post"
]

_ACTING = ("acting", "charge d'affaires")
# Offices of a body that one holds at a time. Who leads the minority is one in a committee; a commission that two
# chambers share has one of each, and co-chairs.
_SINGLE = ("chair", "president")
_SINGLE_IN_A_COMMITTEE = "ranking member"
# A post of the bodies on file is held for about as long; whoever is first seen in it later may have come since.
_YEARS_UNSEEN = 4
_CO_CHAIR = ("co-chair", "co chair")


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
        person: The holder, or the last one seen; None when nobody is known.
        capacity: Substantive, acting, designate, charge d'affaires, as its source states.
        seen_on: Latest day up to the day asked for on which a source shows the holder, or the post vacant.
        sources: Properties of the terms, that of the holder first.
        until: Last day of the last term that is known to have ended, possibly partial, where no other is held;
            ``person`` is then who held it.
        left_for: Name of the post elsewhere that ``person`` had taken up by ``until``; None where an end is stated.
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
    left_for: str | None = None
    term: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[OtherHolder, ...] = ()

    @property
    def incumbent(self) -> Subject | None:
        """Who holds it, or may, on the day; None where nobody is known to, or the last who did has left."""
        return None if self.until or self.holding == "vacant" else self.person

    @property
    def in_office(self) -> Subject | None:
        """Who is in office or acts on the day; None where nobody is known to."""
        return self.person if self.holding in ("in office", "acting") else None

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
        known["left_for"] = self.left_for
        return {**known, "capacity": self.capacity, "others": [other.model_dump() for other in self.others]}

    @property
    def in_words(self) -> str:
        """Who holds the post and how surely, as a cell of a row says it; blank where there is no post."""
        return worded("iga.queries.core", "holders", "held-by", self.values)

    def of(self, term: EdgeRow, *, person: str, day: str) -> OtherHolder:
        """Return how somebody who has a term in the post holds it; beside a certain holder that is not known."""
        for other in self.others:
            if other.holder == person:
                return other
        capacity, seen_on = term.properties.get("capacity"), last_seen(term, day)
        holding: Holding = "vacant" if self.holding == "vacant" else "not known to be in office"
        is_to_come = capacity == "designate"
        if self.incumbent and self.incumbent.id == person and is_to_come == (self.holding == "designate"):
            holding, capacity, seen_on = self.holding, self.capacity, self.seen_on
        elif is_to_come:
            holding = "designate"
        return OtherHolder(holder=person, holder_name="", holding=holding, capacity=capacity, seen_on=seen_on)


NO_POST = Holder("no post")


def holder_of(post: Mapping[str, Any], terms: Sequence[EdgeRow], *, day: str) -> Holder:
    """Return who holds a post on a day.

    A term known to hold goes before one that may hold, one with a day before one without, a holder before a designate;
    among equals, the one last seen. Who was followed by another holds it no more, though nobody states an end. A day on
    which a source says that the post was vacant counts if it is later than the last sight of the holder. Others who may
    hold it, or are to hold it, are kept beside.

    Args:
        post: Properties of the post.
        terms: HOLDS edges from the post, of every day.
        day: Full day.
    """
    gone = followed(terms, by=day)
    living = [term for term in _dated(terms, day) if term.may_be_named(day) and term.edge.key not in gone]
    living.sort(key=lambda term: term.certainty, reverse=True)
    if living and not living[0].is_certain and not living[0].is_designate:
        # Within a year in which one handed over to another, either may have held it: the earlier stands first.
        living.sort(key=lambda term: not (term.ends_about(day) and not term.begins_about(day)))
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
    return _beside(holder, [term for term in living[1:] if term.edge.id != first.edge.id], day)


def followed(terms: Sequence[EdgeRow], *, by: str) -> frozenset[str]:
    """Return the keys of terms in a post that nobody states an end of, after which another surely came by a day."""
    known = _dated(terms, by)
    return frozenset(
        term.edge.key
        for term in known
        if not term.is_certain
        if any(term.is_followed_by(other) for other in known if not term.may_last_beside(other, by))
    )


def ends_of_terms(read: Callable[..., Sequence[Any]], ends: Iterable[str], *, day: str) -> dict[str, dict[str, str]]:
    """Return by key, of terms of some people or in some posts, the end that a term is known to have by a day.

    Nobody states these: one left by the first sign of a later post elsewhere, or of whoever came after in the post.
    """
    asked = tuple(sorted(set(ends)))
    posts = {*asked, *(term.id for term in read(POSTS_HELD_BY, OfIds(ids=asked)))} if asked else ()
    found: dict[str, dict[str, str]] = {}
    for terms in grouped(read(HOLDERS_OF, OfIds(ids=tuple(sorted(posts))))).values() if posts else ():
        known = {term.edge.key: term for term in _dated(terms, day)}
        for key in followed(terms, by=day):
            later = [other.edge.properties for other in known.values() if known[key].is_followed_by(other)]
            by = max(min(map(first_sign, later)), known[key].seen_on or "", key=last_day)
            found[key] = {"left_by": by, "end_max": first_day(by)}
        moved = {term.key: term.properties for term in terms if term.properties.get("left_by")}
        found |= {key: {name: of[name] for name in ("left_by", "end_max")} for key, of in moved.items()}
    return found


def with_ends(rows: Sequence[E], ends: Mapping[str, Mapping[str, str]]) -> list[E]:
    """Return relationships with the ends that terms among them are known to have."""
    return [
        row.model_copy(update={"properties": {**row.properties, **ends[row.key]}}) if row.key in ends else row
        for row in rows
    ]


def _dated(terms: Sequence[EdgeRow], day: str) -> list["_Term"]:
    return [_Term(edge, held_term(edge, day), last_seen(edge, day)) for edge in terms]


def held_term(edge: EdgeRow, day: str) -> Passed:
    """Return whether a term holds on a day: also between a day on which it was seen and its end."""
    held, end = edge.held(day), edge.properties.get("period_end")
    if held != "unknown" or not end or day >= first_day(end):
        return held
    return "yes" if any(last_day(seen) <= day for seen in edge.properties.get("attested_on") or ()) else held


def holding_of(term: EdgeRow, held: Passed) -> Holding:
    """Return how a post is held by a term, of which is known whether it holds."""
    capacity = term.properties.get("capacity")
    if capacity == "designate":
        return "designate"
    if held != "yes":
        return "not known to be in office"
    return "acting" if capacity in _ACTING else "in office"


def one_at_a_time(terms: Sequence[EdgeRow], held: Mapping[str, Passed], *, day: str) -> dict[str, Passed]:
    """Return whether memberships hold on a day, by key, where an office that is one person's has one holder at a time.

    Whoever had it ended where another was seen in it later; who may have it does not stand beside one who has it.
    """
    states: dict[str, Passed] = {**held, **dict.fromkeys(succeeded(terms, by=day), "no")}
    chairing = {
        (term.subject, term.id): states[term.key]
        for term in terms
        if folded(term.properties.get("office") or "") == "chair" and states.get(term.key, "no") != "no"
    }
    for term in terms:  # some sources call the chair of a commission that two chambers share a co-chair, too
        chair = chairing.get((term.subject, term.id))
        is_co_chair = folded(term.properties.get("office") or "") in _CO_CHAIR
        if is_co_chair and (chair == "yes" or (chair and states.get(term.key) == "unknown")):
            states[term.key] = "no"
    for of_office in _single_offices(terms):
        sure = {term.id for term in of_office if states.get(term.key) == "yes"}
        beside = (term.key for term in of_office if sure - {term.id} and states.get(term.key) == "unknown")
        states |= dict.fromkeys(beside, "no")
    return states


def succeeded(terms: Sequence[EdgeRow], *, by: str) -> list[str]:
    """Return the keys of those who had an office that one holds at a time, and another surely took it by a day."""
    return [
        term.key for of_office in _single_offices(terms) for term in of_office if _is_succeeded(term, of_office, by=by)
    ]


def _is_succeeded(term: EdgeRow, of_office: Sequence[EdgeRow], *, by: str) -> bool:
    """Return True if another is known to have come into an office by a day, after a term in it was last seen.

    On the day on which one hands over to another, it is the other's. One that is stated to go on is not succeeded.
    """
    own = term.properties
    end, signs = own.get("period_end"), [own.get("period_start") or "", *(own.get("attested_on") or ())]
    last = end or max(signs) or LAST_DAY
    later = (first_sign(other.properties) for other in of_office if other.id != term.id)
    return own.get("period_end_kind") != "open" and any(
        last_day(sign) <= by and (first_day(sign) > last_day(last) or (sign == end and sign != first_sign(own)))
        for sign in later
        if sign
    )


def first_sign(term: Mapping[str, Any]) -> str:
    """Return the day, possibly partial, on which a term began or was first seen; blank where nothing tells."""
    return str(term.get("period_start") or min(term.get("attested_on") or ("",)))


def stretches_of(terms: Sequence[EdgeRow]) -> list[EdgeRow]:
    """Return the terms in which offices were held, those that one had one after the other as one, the earliest first.

    A committee elects its chair anew with each Congress: who stays is no predecessor of himself.
    """
    stretches: dict[tuple[str, str, str], list[EdgeRow]] = {}
    for term in sorted(terms, key=lambda edge: (edge.properties.get("period_start") or "", edge.key)):
        own, of = term.properties, stretches.setdefault((term.subject, term.id, term.properties["office"]), [])
        last = of[-1].properties if of else {}
        start, end = own.get("period_start"), last.get("period_end")
        if start and end and last_day(end) >= first_day(start):
            ends = {name: own.get(name) for name in ("period_end", "period_end_kind")}
            of[-1] = of[-1].model_copy(update={"properties": {**last, **ends}})
        else:
            of.append(term)
    return [stretch for of in stretches.values() for stretch in of]


def is_office(office: str | None, wanted: str) -> bool:
    """Return True if an office is the one that is asked for: a vice chair is no chair, a co-chair neither."""
    words, asked = folded(office or ""), folded(wanted)
    return words == asked or (asked not in _SINGLE and asked in words)


def _single_offices(terms: Sequence[EdgeRow]) -> list[list[EdgeRow]]:
    """Return the terms of each office that one holds at a time."""
    by_office: dict[tuple[str, str], list[EdgeRow]] = {}
    for term in terms:
        by_office.setdefault((term.subject, folded(term.properties.get("office") or "")), []).append(term)
    shared = {body for body, office in by_office if office in _CO_CHAIR}
    return [
        of_office
        for (body, office), of_office in by_office.items()
        if office in _SINGLE or (office == _SINGLE_IN_A_COMMITTEE and body not in shared)
    ]


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
    def is_certain(self) -> bool:
        """Whether the post is surely held by it."""
        return self.held == "yes" and not self.is_designate

    @property
    def certainty(self) -> tuple[bool, bool, bool, str, str]:
        """What is compared of terms, from left to right; the greatest comes first."""
        return self.is_certain, bool(self.seen_on), not self.is_designate, self.seen_on or "", self.edge.key

    def is_followed_by(self, other: "_Term") -> bool:
        """Return True if somebody else came after this term was last seen, or began after it and was seen after it.

        Who is to come is followed by who came for good, the same person too: not by who acts, nor is only seen there.
        """
        if other is self or other.is_designate or not (self.seen_on and other.seen_on):
            return False
        if self.is_designate and other.edge.id == self.edge.id and other.properties.get("capacity") not in _ACTING:
            # Of one person, the month of a designation may hold the day on which the post was taken up.
            return other.held == "yes" or first_day(other.seen_on) > last_day(self.seen_on)
        is_for_good = other.properties.get("capacity") == "substantive" or other.properties.get("period_start")
        if self.is_designate and (other.properties.get("capacity") in _ACTING or not is_for_good):
            return False
        start, later = self.properties.get("period_start"), other.properties.get("period_start")
        if start and later and first_day(later) > last_day(start):
            return first_day(other.seen_on) > last_day(self.seen_on)
        days = [*(other.properties.get("attested_on") or ()), later]
        return min((first_day(on) for on in days if on), default="") > last_day(self.seen_on)

    def may_be_named(self, day: str) -> bool:
        """True if it may hold on the day: somebody first seen years later tells nothing of it."""
        first = "" if self.properties.get("period_start") else first_sign(self.properties)
        return self.held != "no" and (not first or first_day(first) <= years_after(day, _YEARS_UNSEEN))

    def ends_about(self, day: str) -> bool:
        """True if the day lies inside its stated end, which is a month or a year."""
        end = self.properties.get("period_end")
        return bool(end) and passed(end, on=day) == "unknown"

    def begins_about(self, day: str) -> bool:
        """True if the day lies inside its stated start, which is a month or a year."""
        start = self.properties.get("period_start")
        return bool(start) and passed(start, on=day) == "unknown"

    def may_last_beside(self, other: "_Term", day: str) -> bool:
        """True if either may hold on the day: one ends and the other begins in the same month or year."""
        return self.ends_about(day) and other.begins_about(day)

    def may_stand_beside(self, day: str) -> bool:
        """True if it is to be named beside another: not where it was first seen after the day."""
        days = [*(self.properties.get("attested_on") or ()), self.properties.get("period_start")]
        return self.seen_on is not None or not any(days) or any(first_day(on) <= day for on in days if on)


def _beside(holder: Holder, terms: Sequence[_Term], day: str) -> Holder:
    """Return a holder with the others who may hold the post or are to hold it, each person once."""
    is_certain = holder.holding == "in office"
    others: dict[str, _Term] = {}
    for term in terms:
        is_doubtful = is_certain and term.held != "yes" and not term.is_designate
        if term.may_stand_beside(day) and not is_doubtful:
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
    ended = [edge for edge in terms if (end := _end(edge)) and last_day(end) <= day]
    last = max(ended, key=lambda edge: (last_day(_end(edge)), edge.key), default=None)
    holding: Holding = "vacant" if vacant_on else "holder not held"
    if last is None:
        return Holder(holding, seen_on=vacant_on)
    term, move = last.properties, {"evidence": last.properties.get("left_evidence") or ()}
    of = Holder(holding, last.other, seen_on=vacant_on, sources=(term, move), term=term)
    return replace(of, until=_end(last), left_for=term.get("left_for"))


def _end(edge: EdgeRow) -> str:
    """Return the stated end of a term, else the day by which its holder was elsewhere; blank where neither is known."""
    return str(edge.properties.get("period_end") or edge.properties.get("left_by") or "")


def last_seen(edge: EdgeRow, day: str) -> str | None:
    """Return the latest day by then on which a source shows somebody in a post; None if none does."""
    start = edge.properties.get("period_start")
    return latest([*(edge.properties.get("attested_on") or ()), *([start] if start else [])], on=day)
