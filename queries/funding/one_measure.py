"""Which one layer and measure an answer is of, shared out so that parts make up the whole; what is held beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Literal, TypeVar, get_args

from iga.graph.domain.values import MEASURES
from iga.graph.errors import UsageError
from iga.queries.core.answer import AnswerRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat
from iga.queries.core.columns import column, needed
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Request
from iga.queries.core.session import Session
from iga.queries.funding.amounts import ELSEWHERE, Amount, Layer, MoneyHolding
from iga.queries.funding.pool import FIGURES, OF_AWARDS, Pool, PoolParams, pool_of
from iga.queries.funding.reads import MONEY_PART_OF, LargestOf
from iga.queries.funding.steps import MOST_EACH
from iga.queries.funding.totals import (
    SINGLE,
    Sum,
    beside_clause,
    counts,
    left_out_caveats,
    left_out_clause,
    overlap_of,
    share_values,
    sums,
    years_of,
)

LAYERS_ASKED: tuple[Layer, ...] = (
    "prime award",
    "project activity",
    "sub-award",
    "transaction",
    "budget line",
    "contribution",
)
"""Layers in the order in which one is taken where none is asked for."""
# Layers that state what was announced for a partner.
_OF_WHOLES = ("prime award", "project activity", "sub-award", "contribution")
# From what is promised in law, to what is paid, to what is only said.
_MEASURES = ("obligation", "commitment", "disbursement", "outlay", "expenditure", "subaward", "enacted", "announced")

T = TypeVar("T", bound=str)

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
    """True if its source states a share for each of its countries, and they make up the whole."""
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
    """True if a subject is asked about as a country: something was reached because it runs there."""
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
    """Return amounts shared out; the parts of each add up to it, but for what belongs to other places than one."""
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
        self._subjects |= {id_: entity.subject for id_, entity in entities(session, wanted).items()}

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


class MoneyShareRow(AnswerRow):
    """Base of rows of money that is shared out: what to, and of which layer and measure."""

    group_name: str = needed("Year, country, award, programme or implementer; for what is left out, all.")
    group: str | None = column("Id of it; null for a year and for what is no one thing.")
    iso3: str | None = column("ISO 3166 alpha-3 code, for governments only.")
    layer: str = needed("Layer of the money; layers are never added.")
    measure: str = needed("What the amounts measure; measures are never added.")


@dataclass(frozen=True)
class OneMeasure:
    """The amounts of one layer and one measure, shared out.

    Attributes:
        subject: Whose money; None is everybody's.
        amounts: The amounts of it, with those that no total counts.
        others: Totals of other layers and measures, which are never added to it.
    """

    subject: Subject | None
    pool: Pool
    layer: Layer
    measure: str
    amounts: tuple[Amount, ...]
    parts: tuple[AmountPart, ...]
    others: tuple[Sum, ...]
    overlap: tuple[Amount, ...]

    @property
    def counting(self) -> list[Amount]:
        """The amounts that count."""
        return list(filter(counts, self.amounts))

    @property
    def values(self) -> dict[str, Any]:
        """Whose money it is, and which, as values of a clause."""
        subject = self.subject.name if self.subject else None
        return {"subject": subject, "measure": self.measure, "layer": self.layer}

    @property
    def withheld(self) -> list[dict[str, Any]]:
        """Which share of a total went to recipients whose names are withheld, for each currency that has any."""
        whole, hidden = sums_by_currency(self.parts), sums_by_currency(hidden_among(self.parts, self.pool))
        return [share_values(part, whole[currency], currency) for currency, part in hidden.items()]

    def columns(self, amounts: Sequence[Amount]) -> dict[str, Any]:
        """Return what rows say of some of its amounts: which they are, of how many things, and of which years."""
        return {
            "layer": self.layer,
            "measure": self.measure,
            "award_count": len({amount.about.id for amount in amounts}),
            "years": years_of(amounts),
        }

    def last_clauses(self) -> Iterator[SourcedClause]:
        """Yield what an answer says last: what no total counts, and what is held beside."""
        yield from left_out_clause(self.amounts)
        yield from beside_clause(self.others, self.subject.id if self.subject else "")

    def caveats(self) -> Iterator[UnwordedCaveat]:
        """Yield what a sentence is too short to tell of the same, and of withheld recipients."""
        for share in self.withheld:
            yield caveat("undisclosed", "withheld", measure=self.measure, layer=self.layer, **share)
        yield from left_out_caveats(self.amounts)
        yield from self.pool.apart
        if len(self.others) > 1:
            others = [total.values(self.subject.id if self.subject else "") for total in self.others]
            yield caveat("partial", "beside", clause="beside", others=others)


def one_measure(request: Request[PoolParams], by: By, *, adds_announced: bool = True) -> OneMeasure:
    """Return the amounts of the one layer and measure that is asked for, else of the first of which one counts.

    Args:
        request: What is asked.
        by: What they are shared out by.
        adds_announced: Whether figures that were only announced for wholes count, though they may overlap. Where no
            layer is asked for they are then of all layers: whichever states it, it is one figure of a partner.

    Raises:
        UsageError: There is no such layer or measure.
    """
    subject = request.maybe("party")
    pool = pool_of(request, subject)
    place = subject if is_place(subject, pool.holdings) else None
    amounts = share_of_place(pool.amounts, pool.holdings, place) if place else pool.amounts
    if adds_announced:
        amounts = [_to_its_receiver(one) for one in amounts]
    elif subject:
        amounts = [replace(one, left_out=SINGLE) if counts(one) and may_overlap(one) else one for one in amounts]
    layer, measure = layer_and_measure(request.params)

    def kinds(some: Iterable[Amount]) -> list[tuple[Layer, str]]:
        known = set(map(_kind, some))
        return [kind for kind in known if layer in (None, kind[0]) and measure in (None, kind[1])]

    fitting = kinds(filter(counts, amounts)) or kinds(amounts)
    first = min(fitting, key=rank, default=(layer or "prime award", measure or "obligation"))
    is_of_wholes = adds_announced and not layer and any(may_overlap(one) for one in amounts if _kind(one) == first)
    layers = _OF_WHOLES if is_of_wholes else (first[0],)
    chosen = tuple(one for one in amounts if one.layer in layers and one.measure == first[1])
    others = tuple(total for total in sums(amounts) if total.layer not in layers or total.measure != first[1])
    parts = parts_of(request.session, list(filter(counts, chosen)), pool, by, place=place)
    of: Layer = "stated total" if is_of_wholes else first[0]
    return OneMeasure(subject, pool, of, first[1], chosen, tuple(parts), others, overlap_of(amounts))


def _kind(amount: Amount) -> tuple[Layer, str]:
    return amount.layer, amount.measure


def _to_its_receiver(amount: Amount) -> Amount:
    """Return a contribution that says who receives it as a figure of that partner; all else as it is."""
    is_given = amount.layer == "contribution" and amount.receiver and amount.left_out == SINGLE
    return replace(amount, left_out="", is_single=False) if is_given else amount


def may_overlap(amount: Amount) -> bool:
    """True if an amount is a figure of a whole that was only announced or pledged: others may be part of it."""
    return (amount.name in FIGURES or amount.layer == "contribution") and amount.measure not in OF_AWARDS


def sums_by_currency(parts: Iterable[AmountPart]) -> dict[str, Decimal]:
    """Return the sum of parts by currency."""
    by_currency: dict[str, Decimal] = {}
    for part in parts:
        by_currency[part.amount.currency] = by_currency.get(part.amount.currency, Decimal(0)) + part.value
    return dict(sorted(by_currency.items()))


def hidden_among(parts: Iterable[AmountPart], pool: Pool) -> list[AmountPart]:
    """Return the parts that went to recipients whose names are withheld."""
    return [part for part in parts if pool.is_hidden(part.amount)]


def rank(kind: tuple[Layer, str]) -> tuple[object, ...]:
    """Return what orders kinds of money: the first is what an answer is of where none is asked for."""
    layer, measure = kind
    place = LAYERS_ASKED.index(layer) if layer in LAYERS_ASKED else len(LAYERS_ASKED)
    return (place, _MEASURES.index(measure) if measure in _MEASURES else len(_MEASURES), measure)


def layer_and_measure(params: PoolParams) -> tuple[Layer | None, str | None]:
    """Return the layer and the measure that are meant, None where none is asked for.

    Raises:
        UsageError: There is no such layer or measure.
    """
    measures: tuple[str, ...] = get_args(MEASURES)
    return _meant("layer", params.layer, LAYERS_ASKED), _meant("measure", params.measure, measures)


def _meant(parameter: str, written: str | None, known: Sequence[T]) -> T | None:
    if written is None:
        return None
    if (meant := next((word for word in known if _letters(word) == _letters(written)), None)) is None:
        words = ", ".join(known).replace("_", " ")
        raise UsageError(f"{parameter}: there is no {written!r}; {parameter}s are {words}")
    return meant


def _letters(word: str) -> str:
    """Return the letters of a word in the singular, however it is written."""
    return "".join(filter(str.isalpha, word.casefold())).removesuffix("s")
