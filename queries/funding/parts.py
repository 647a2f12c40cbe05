"""Shares an amount out: among years, countries, programmes or implementers, so that parts always make up the whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from queries.core.answer import Subject
from queries.core.reading import OfIds
from queries.core.reads import ENTITIES_BY_ID
from queries.core.session import Session
from queries.funding.amounts import Amount
from queries.funding.pool import Pool
from queries.funding.reads import MONEY_PART_OF, LargestOf
from queries.funding.shares import NOWHERE, SEVERAL, Share, by_place
from queries.funding.steps import MOST_EACH

By = Literal["fiscal year", "calendar year", "country", "programme", "implementer"]
WITHHELD = "recipients whose names are withheld"
# A project stands under a programme, an award under the project, a sub-award under the award.
_LEVELS = 4
_ABOVE = ("Programme", "ChildProtectionCompact", "Project", "Award")


@dataclass(frozen=True)
class PartGroup:
    """What an amount is shared out to: a year, country, programme or implementer; without an id it is no one thing."""

    name: str
    id: str = ""
    iso3: str = ""
    fiscal_year: int | None = None


@dataclass(frozen=True)
class AmountPart:
    """A part of an amount, or all of it.

    Attributes:
        amount: The whole amount.
        value: The part.
        group: What it is shared out to.
        is_derived: Whether the part is worked out by a stated share.
    """

    amount: Amount
    value: Decimal
    group: PartGroup
    is_derived: bool = False


def parts_of(
    session: Session, amounts: Sequence[Amount], pool: Pool, by: By, *, place: Subject | None = None
) -> list[AmountPart]:
    """Return amounts shared out; the parts of each add up to it, but for what belongs to other places than one.

    Args:
        session: The graph.
        amounts: The amounts.
        pool: Where they come from.
        by: What to share them out by.
        place: A country that was asked about, of whose share the amounts are already.
    """
    shares = {id(each): _shares(each, pool, place) for each in amounts}
    group_of = _Grouping(session, amounts, pool, by, shares)
    found = []
    for each in amounts:
        for where, value, is_derived in shares[id(each)]:
            found.append(AmountPart(each, value, group_of(each, where), is_derived))
    return found


def _shares(each: Amount, pool: Pool, place: Subject | None) -> list[Share]:
    """Return the places that an amount belongs to, each with its part of it."""
    holding = pool.holdings[each.about.id]
    return [(place.id, each.amount, each.is_part)] if place else by_place(each, holding)


class _Grouping:
    """Says what an amount belongs to; what is needed for it is read once."""

    def __init__(
        self, session: Session, amounts: Sequence[Amount], pool: Pool, by: By, shares: Mapping[int, list[Share]]
    ) -> None:
        self._pool, self._by = pool, by
        self._subjects: dict[str, Subject] = {}
        self._programmes: dict[str, list[Subject]] = {}
        if by == "country":
            self._read(session, {share[0] for those in shares.values() for share in those} - {SEVERAL, NOWHERE})
        elif by == "implementer":
            self._subjects = {party.id: party for those in pool.carriers.values() for party in those}
            self._read(session, {each.receiver for each in amounts if each.receiver} - self._subjects.keys())
        elif by == "programme":
            self._programmes = programmes_of(session, {each.about.id for each in amounts})

    def _read(self, session: Session, ids: Iterable[str]) -> None:
        wanted = OfIds(ids=tuple(sorted(ids)))
        for entity in session.read(ENTITIES_BY_ID, wanted) if wanted.ids else ():
            self._subjects[entity.id] = entity.subject

    def __call__(self, each: Amount, place: str) -> PartGroup:
        if self._by == "fiscal year":
            year = each.fiscal_year
            return PartGroup(f"US fiscal year {year}" if year else "fiscal year not told", fiscal_year=year or None)
        if self._by == "calendar year":
            years = {day[:4] for day in each.days or ()} if each.day else set()
            return PartGroup(f"calendar year {years.pop()}" if len(years) == 1 else "calendar year not told")
        if self._by == "country":
            return self._country(place)
        if self._by == "programme":
            return _joined(self._programmes.get(each.about.id, ()), "no programme on record", " and ")
        return self._implementer(each)

    def _country(self, place: str) -> PartGroup:
        if place == SEVERAL:
            return PartGroup("several countries, shares not stated")
        known = self._subjects.get(place)
        is_country = known is not None and known.cls == "Government"  # a budget line may be for an office
        return (
            PartGroup(known.name, known.id, known.iso3 or "")
            if known and is_country
            else PartGroup("no country on record")
        )

    def _implementer(self, each: Amount) -> PartGroup:
        receivers = self._pool.receivers(each)
        if not receivers:
            return PartGroup("recipient not on record")
        if self._pool.is_hidden(each):
            return PartGroup(WITHHELD)
        if len(receivers) > 1:
            return PartGroup("several recipients, not told which")
        known = self._subjects.get(receivers[0])
        return PartGroup(known.name, known.id, known.iso3 or "") if known else PartGroup("recipient not on record")


def _joined(subjects: Sequence[Subject], none: str, joint: str) -> PartGroup:
    if len(subjects) == 1:
        return PartGroup(subjects[0].name, subjects[0].id)
    return PartGroup(joint.join(sorted(each.name for each in subjects)) or none)


def programmes_of(session: Session, ids: Iterable[str]) -> dict[str, list[Subject]]:
    """Return the programmes that awards, projects and lines belong to, by their id: the nearest, else the compact."""
    found: dict[str, list[Subject]] = {}
    below = {id_: {id_} for id_ in ids}
    for _ in range(_LEVELS):
        if not below:
            break
        edges = session.read(MONEY_PART_OF, LargestOf(ids=tuple(sorted(below)), classes=_ABOVE, most=MOST_EACH))
        ahead: dict[str, set[str]] = {}
        for edge in edges:
            for start in below[edge.subject]:
                if edge.cls == "Programme":
                    known = found.setdefault(start, [])
                    known += [edge.other] if edge.other not in known else []
                else:
                    ahead.setdefault(edge.id, set()).add(start)
        below = {id_: {start for start in starts if start not in found} for id_, starts in ahead.items()}
        below = {id_: starts for id_, starts in below.items() if starts}
    return found
