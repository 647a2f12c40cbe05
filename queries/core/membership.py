"""What a membership is: whether it stood on a day, and whether a body counts it among its members."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from graph.domain.values import first_day, last_day
from graph.text import folded
from queries.core.absence import Absence, absence
from queries.core.answer import Caveat
from queries.core.clauses import UnwordedCaveat, caveat
from queries.core.days import Passed, held_on, passed
from queries.core.edge_list import EdgeList
from queries.core.reading import EdgeRow, Entity, refs
from queries.core.session import Session

# Czechoslovakia was the last of the States on no list here, after the Soviet Union, Yugoslavia and others.
_LAST_GONE = "1993-01-01"
# Words of categories that a body does not count among its members.
_BESIDE = (
    "observer",
    "partner",
    "candidate",
    "guest",
    "invited",
    "applicant",
    "participates",
    "country with a helpline",
)


def membership_on(properties: Mapping[str, Any], *, day: str) -> Passed:
    """Say whether a membership held on a day; a withdrawal ends it, and one of an unknown day leaves that open."""
    left = passed(properties.get("status_on"), on=day) if properties.get("status") == "withdrawn" else "no"
    held = held_on(properties, day=day)
    return "no" if left == "yes" else "unknown" if left == "unknown" and held == "yes" else held


class Memberships(EdgeList):
    """Memberships of one body, or of one party."""

    rule = staticmethod(membership_on)

    def without_offices(self) -> "Memberships":
        """Leave out offices of parties that are also listed as plain members."""
        plain = {edge.id for edge in self.edges if not edge.properties.get("office")}
        return self.only(lambda edge: edge.id not in plain or not edge.properties.get("office"))

    @property
    def inside(self) -> list[EdgeRow]:
        """Those that the body counts as members."""
        return [edge for edge in self.standing if not is_beside(edge)]

    @property
    def beside(self) -> list[EdgeRow]:
        """Observers, partners."""
        return [edge for edge in self.standing if is_beside(edge)]


def is_beside(edge: EdgeRow) -> bool:
    """Say whether a body does not count this category among its members: observers, partners."""
    return _counts_beside(edge.properties.get("category") or "")


@lru_cache(maxsize=1024)
def _counts_beside(category: str) -> bool:
    return any(word in folded(category) for word in _BESIDE)


def counts_by_category(edges: Iterable[EdgeRow]) -> dict[str, int]:
    """Return how many parties belong in which category, largest first; blank is no category."""
    kinds = Counter({edge.id: edge.properties.get("category") or "" for edge in edges}.values())
    return dict(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))


def counts(body: Mapping[str, Any], terms: Memberships) -> tuple[int, int] | None:
    """Return how many members are on record and how many the body reports; None where it reports no number.

    The list of a day before the count is measured on the day of the count: a number of today tells nothing of then.
    """
    reported, on = body.get("member_count"), body.get("member_count_on")
    counted = replace(terms, day=last_day(str(on))) if is_counted_later(body, day=terms.day) else terms
    return (len({edge.id for edge in counted.inside}), int(reported)) if reported else None


def membership_absence(session: Session, body: Entity, terms: Memberships) -> Absence:
    """Return what it is worth that somebody is not on the list of a body's members on a day."""
    listed = (edge.properties for edge in terms.edges if not is_beside(edge))
    return absence(session, body.id, *listed, day=terms.day, counts=counts(body.values, terms))


def shortfall(body: Mapping[str, Any], terms: Memberships, *, clause: str = "headline") -> tuple[UnwordedCaveat, ...]:
    """Say that fewer members are on record than the body reports, if that is so; of early days, that States are gone.

    Args:
        body: Properties of the body.
        terms: Its memberships.
        clause: Id of the clause that it concerns.
    """
    lacking = []
    known, reported = counts(body, terms) or (0, 0)
    if known < reported:
        numbers: dict[str, Any] = {"known": known, "reported": reported, "on": body.get("member_count_on")}
        lacking.append(caveat("partial", "shortfall", clause=clause, name=body["name"], **numbers))
    if lacks_former_states(terms.day) and terms.inside:
        lacking.append(caveat("partial", "former-states", clause=clause, name=body["name"]))
    return tuple(lacking)


def lacks_former_states(day: str) -> bool:
    """Say whether a list of a day lacks States that are no more: none of them is on record."""
    return day < _LAST_GONE


def is_counted_later(body: Mapping[str, Any], *, day: str) -> bool:
    """Say whether the number of members that a body reports is of a later day, and so tells nothing of the day."""
    on = body.get("member_count_on")
    return bool(on) and first_day(str(on)) > day


def gaps_of_list(session: Session, edges: Sequence[EdgeRow]) -> tuple[Caveat, ...]:
    """Return what the sources of a list say that they lack, each once, by source."""
    book = session.evidence(refs(*(edge.properties for edge in edges)))
    cards = {row.source: row.card for row in book.values()}
    return tuple(
        Caveat(kind="partial", text=gap, source=source) for source in sorted(cards) for gap in cards[source].gaps
    )


def weak_count(session: Session, edges: Sequence[EdgeRow]) -> int:
    """Return how many entries of a list rest on sources of low confidence alone."""
    book = session.evidence(refs(*(edge.properties for edge in edges)))
    trust = [{book[ref].confidence for ref in refs(edge.properties) if ref in book} for edge in edges]
    return trust.count({"low"})
