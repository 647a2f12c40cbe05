"""Shares an amount out: among years, countries, programmes or implementers, so that parts always make up the whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from iga.queries.core.answer import Subject
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.session import Session
from iga.queries.funding.amounts import ELSEWHERE, Amount
from iga.queries.funding.holdings import MoneyHolding
from iga.queries.funding.pool import Pool
from iga.queries.funding.reads import MONEY_PART_OF, LargestOf
from iga.queries.funding.steps import MOST_EACH

By = Literal["fiscal year", "calendar year", "country", "programme", "implementer"]
WITHHELD = "recipients whose names are withheld"
# A project stands under a programme, an award under the project, a sub-award under the award.
_LEVELS = 4
_ABOVE = ("Programme", "ChildProtectionCompact", "Project", "Award")
# Shares are printed rounded, thirds to 33.3 each.
_ROUNDING = Decimal("0.1")
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")

Share = tuple[str, Decimal, bool]
"""A country, its part of an amount, and whether that is worked out by a stated share."""
_SEVERAL, _NOWHERE = "several", ""
"""In place of a country: several ones without shares, and none that is held."""


@dataclass(frozen=True)
class PartGroup:
    """What an amount is shared out to: a year, country, programme or implementer; without an id it is no one thing."""

    name: str
    id: str = ""
    iso3: str = ""
    fiscal_year: int | None = None

    @classmethod
    def of(cls, subject: Subject | None, none: str) -> "PartGroup":
        """Return the group of a country, programme or implementer; ``none`` is said where there is none."""
        return cls(subject.name, subject.id, subject.iso3 or "") if subject else cls(none)


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


def value_of(parts: Iterable[AmountPart]) -> Decimal:
    """Return what parts add up to."""
    return sum((part.value for part in parts), Decimal(0))


def stated_shares(holding: MoneyHolding) -> list[Decimal]:
    """Return the shares of countries that its source states."""
    return [Decimal(share) for share in holding.places.values() if share is not None]


def can_be_shared(holding: MoneyHolding) -> bool:
    """Say whether its source states a share for each of its countries, and they make up the whole."""
    stated = stated_shares(holding)
    return bool(stated) and len(stated) == len(holding.places) and abs(sum(stated, Decimal(0)) - _HUNDRED) <= _ROUNDING


def by_place(amount: Amount, holding: MoneyHolding) -> list[Share]:
    """Return the countries that an amount belongs to, each with its part of it."""
    if own := amount.place or holding.thing.values.get("place"):
        return [(str(own), amount.amount, False)]
    if len(holding.places) <= 1:
        return [(next(iter(holding.places), _NOWHERE), amount.amount, False)]
    if not can_be_shared(holding):
        return [(_SEVERAL, amount.amount, False)]
    *firsts, last = sorted(holding.places)
    percent = {place: Decimal(holding.places[place] or "0") for place in firsts}
    parts = {place: (amount.amount * percent[place] / _HUNDRED).quantize(_CENT, ROUND_HALF_EVEN) for place in firsts}
    parts[last] = amount.amount - sum(parts.values())
    return [(place, part, True) for place, part in parts.items()]


def is_place(subject: Subject | None, holdings: Mapping[str, MoneyHolding]) -> bool:
    """Say whether a subject is asked about as a country: something was reached because it runs there."""
    is_government = subject is not None and subject.cls == "Government"
    return is_government and any("place" in holding.ways for holding in holdings.values())


def share_of_place(amounts: Iterable[Amount], holdings: Mapping[str, MoneyHolding], place: Subject) -> list[Amount]:
    """Return amounts as far as they are of one country: where its source states the share of each, that share.

    What a source does not part stays whole and left out, with the reason.
    """

    def of_place(amount: Amount) -> Amount:
        own = next((share for share in by_place(amount, holdings[amount.about.id]) if share[0] == place.id), None)
        if own is None or not own[2]:
            return amount
        reason = "" if amount.left_out == ELSEWHERE else amount.left_out
        return replace(amount, amount=own[1], left_out=reason, is_part=True)

    return [of_place(amount) for amount in amounts]


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
    shares = [
        (amount, share)
        for amount in amounts
        for share in (
            [(place.id, amount.amount, amount.is_part)] if place else by_place(amount, pool.holdings[amount.about.id])
        )
    ]
    group_of = _Grouping(session, pool, by, shares)
    return [
        AmountPart(amount, value, group_of(amount, where), is_derived) for amount, (where, value, is_derived) in shares
    ]


class _Grouping:
    """Says what an amount belongs to; what is needed for it is read once."""

    def __init__(self, session: Session, pool: Pool, by: By, shares: Sequence[tuple[Amount, Share]]) -> None:
        self._pool, self._by = pool, by
        self._subjects: dict[str, Subject] = {}
        self._programmes: dict[str, list[Subject]] = {}
        wanted: set[str] = set()
        if by == "country":
            wanted = {place for _, (place, _, _) in shares} - {_SEVERAL, _NOWHERE}
        elif by == "implementer":
            self._subjects = {party.id: party for those in pool.carriers.values() for party in those}
            wanted = {amount.receiver for amount, _ in shares} - self._subjects.keys() - {""}
        elif by == "programme":
            self._programmes = _programmes_of(session, {amount.about.id for amount, _ in shares})
        read = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(wanted)))) if wanted else []
        self._subjects |= {entity.id: entity.subject for entity in read}

    def __call__(self, amount: Amount, place: str) -> PartGroup:
        if self._by == "fiscal year":
            year = amount.fiscal_year
            return PartGroup(f"US fiscal year {year}" if year else "fiscal year not told", fiscal_year=year or None)
        if self._by == "calendar year":
            years = {day[:4] for day in amount.days or ()} if amount.day else set()
            return PartGroup(f"calendar year {years.pop()}" if len(years) == 1 else "calendar year not told")
        if self._by == "programme":
            programmes = self._programmes.get(amount.about.id, ())
            joint = " and ".join(sorted(programme.name for programme in programmes)) or "no programme on record"
            return PartGroup.of(programmes[0] if len(programmes) == 1 else None, joint)
        return self._country(place) if self._by == "country" else self._implementer(amount)

    def _country(self, place: str) -> PartGroup:
        known = self._subjects.get(place)
        none = "several countries, shares not stated" if place == _SEVERAL else "no country on record"
        return PartGroup.of(known if known and known.cls == "Government" else None, none)  # a line may be for an office

    def _implementer(self, amount: Amount) -> PartGroup:
        receivers = self._pool.receivers(amount)
        if receivers and self._pool.is_hidden(amount):
            return PartGroup(WITHHELD)
        if len(receivers) > 1:
            return PartGroup("several recipients, not told which")
        return PartGroup.of(self._subjects.get("".join(receivers)), "recipient not on record")


def _programmes_of(session: Session, ids: Iterable[str]) -> dict[str, list[Subject]]:
    """Return the programmes that awards, projects and lines belong to, by their id: the nearest, else the compact."""
    programmes: dict[str, list[Subject]] = {}
    below = {id_: {id_} for id_ in ids}
    for _ in range(_LEVELS):
        wanted = LargestOf(ids=tuple(sorted(below)), classes=_ABOVE, most=MOST_EACH)
        ahead: dict[str, set[str]] = {}
        for edge in session.read(MONEY_PART_OF, wanted) if below else ():
            for start in below[edge.subject]:
                if edge.cls != "Programme":
                    ahead.setdefault(edge.id, set()).add(start)
                elif edge.other not in programmes.setdefault(start, []):
                    programmes[start].append(edge.other)
        below = {id_: starts - programmes.keys() for id_, starts in ahead.items() if starts - programmes.keys()}
    return programmes
