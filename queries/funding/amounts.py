"""What the money of a party, place or programme is in, and its single amounts: layer, day, why one may not count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, get_args

from iga.graph.domain.funding import WHOLE_ACCOUNT
from iga.graph.domain.values import first_day, fiscal_year_days, fiscal_year_of, last_day
from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.compiled import Everything
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds, refs
from iga.queries.core.reads import AGREEMENTS_OF, ENTITIES_BY_ID, IMPLEMENTERS_OF, THINGS_UNDER
from iga.queries.core.session import Session
from iga.queries.core.wording import quoted
from iga.queries.funding.reads import (
    AWARDS_ABOVE,
    CONTRIBUTIONS_TO,
    FUNDING_LINES_FOR,
    MONEY_HELD_BY,
    MOVEMENTS_ALONE,
    MOVEMENTS_ALONE_OF,
    MOVEMENTS_UNDER,
    PLACES_OF,
    MoneyHeld,
    Movement,
    OfOne,
)

Layer = Literal[
    "prime award",
    "project activity",
    "sub-award",
    "transaction",
    "contribution",
    "budget line",
    "stated total",
    "project list version",
]
LAYERS: tuple[Layer, ...] = get_args(Layer)
"""Layers in the order of rows. Amounts of two layers may be the same money and are never added."""

ELSEWHERE = "it runs in other places too, and no share is stated"
SHARED = "several partners carry it out, and no share is stated"
PASSED_ON = "passed on to others out of its own awards"
PASSED_AGAIN = "passed on again out of a sub-award"

HOLDERS = ("Award", "Project", "FundingLine", "Contribution")
"""Classes of things that money is stated for."""

_WAYS = {
    "AWARDED_TO": "awarded",
    "SUBAWARDED_TO": "sub-awarded",
    "IMPLEMENTED_IN": "place",
    "IMPLEMENTS": "implements",
    "FUNDED": "funded",
    "MADE": "made",
}


@dataclass
class MoneyHolding:
    """One thing that holds money, and how the party asked about stands to it.

    Attributes:
        thing: The award, project, budget line or contribution.
        ways: How it was reached: awarded, sub-awarded, implements, funded, place, for, under, itself, made, given.
        places: Countries it runs in, with the share of each where that is stated.
        is_subaward: Whether it is an award made out of another: its money is that other's, passed on.
        is_passed_again: Whether it is made out of an award that is a sub-award itself.
    """

    thing: Entity
    ways: set[str] = field(default_factory=set)
    places: dict[str, str | None] = field(default_factory=dict)
    is_subaward: bool = False
    is_passed_again: bool = False

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Source rows that it rests on."""
        return refs(self.thing.values)

    @property
    def is_passed_on_only(self) -> bool:
        """Whether the party only received a part of it from its recipient."""
        return self.ways == {"sub-awarded"}


def is_whole_account(values: Mapping[str, Any]) -> bool:
    """True if a budget line is a whole account of a country: how much is against trafficking is not said."""
    return values.get("line_kind") == WHOLE_ACCOUNT


def holdings_of(session: Session, subject: Subject, *, by: str) -> dict[str, MoneyHolding]:
    """Return everything that holds money of a subject, by id; each with the places it runs in.

    What is known to begin only after a day is left out.
    """
    holdings: dict[str, MoneyHolding] = {}

    def take(things: Iterable[FullEdgeRow] | Iterable[Entity] | Iterable[MoneyHeld], way: str = "") -> None:
        for thing in things:
            if (
                thing.cls in HOLDERS
                and (thing.values.get("start_min") or "") <= by
                and not is_whole_account(thing.values)
            ):
                if thing.id not in holdings:
                    entity = Entity(id=thing.id, cls=thing.cls, name=thing.name, values=thing.values)
                    holdings[thing.id] = MoneyHolding(entity)
                holdings[thing.id].ways.add(way or _WAYS[thing.type])  # type: ignore[union-attr]  # held by an edge

    ids = OfIds(ids=(subject.id,))
    is_government = subject.cls == "Government"
    if subject.cls in ("Award", "Project"):
        take(session.read(ENTITIES_BY_ID, ids), "itself")
        take((thing for thing in session.read(THINGS_UNDER, ids) if thing.cls == "Contribution"), "under")
    elif subject.cls in ("Programme", "ChildProtectionCompact"):
        take(session.read(THINGS_UNDER, ids), "under")
    else:
        take(session.read(MONEY_HELD_BY, ids))
        take(session.read(FUNDING_LINES_FOR, ids), "place" if is_government else "for")
        take(session.read(CONTRIBUTIONS_TO, ids), "given")
    if is_government:
        compacts = [edge.id for edge in session.read(AGREEMENTS_OF, ids) if edge.cls == "ChildProtectionCompact"]
        take(session.read(THINGS_UNDER, OfIds(ids=tuple(compacts))) if compacts else (), "under")
    placed(session, holdings)
    mark_subawards(session, holdings)
    return dict(sorted(holdings.items()))


def alone(session: Session, subject: Subject | None) -> tuple[dict[str, MoneyHolding], list[Movement]]:
    """Return the transactions of a subject, of everybody without one, that are under no award or project.

    Each holds itself, by its id; and each is its own movement.
    """
    holdings: dict[str, MoneyHolding] = {}
    moved: dict[str, Movement] = {}
    if subject is None:
        reads = [("itself", session.read(MOVEMENTS_ALONE, Everything()))]
    else:
        is_instrument = subject.cls in ("Programme", "ChildProtectionCompact")
        ways = ["under"] if is_instrument else ["place", "funded", "awarded"]
        reads = [(way, session.read(MOVEMENTS_ALONE_OF[way], OfOne(id=subject.id))) for way in ways]
    for way, movements in reads:
        for one in movements:
            thing = Entity(id=one.id, cls="Transaction", name=one.name, values=one.values)
            holdings.setdefault(one.id, MoneyHolding(thing)).ways.add(way)
            moved[one.id] = one
    return dict(sorted(holdings.items())), [moved[id_] for id_ in sorted(moved)]


def mark_subawards(session: Session, holdings: Mapping[str, MoneyHolding]) -> None:
    """Mark awards that are sub-awards, called so by their source or under another award, and those passed on again."""
    awards = ids_of(holdings, "Award")
    above = _awards_above(session, awards.ids)
    over = _awards_above(session, {id_ for those in above.values() for id_ in those})
    for id_ in awards.ids:
        holding = holdings[id_]
        holding.is_subaward = bool(above.get(id_)) or _is_called_subaward(holding.thing.values)
        # One that is under itself, in a circle of awards, is passed on once.
        holding.is_passed_again = any(over.get(one, set()) - {id_} for one in above.get(id_, ()))


def _awards_above(session: Session, ids: Iterable[str]) -> dict[str, set[str]]:
    wanted = OfIds(ids=tuple(sorted(ids)))
    edges = session.read(AWARDS_ABOVE, wanted) if wanted.ids else []
    above = by_key((edge for edge in edges if edge.id != edge.subject), lambda edge: edge.subject)
    return {subject: {edge.id for edge in those} for subject, those in above.items()}


def _is_called_subaward(values: Mapping[str, Any]) -> bool:
    return "".join(filter(str.isalpha, folded(values.get("award_kind") or ""))) == "subaward"


def movements_under(session: Session, holdings: Mapping[str, MoneyHolding]) -> list[Movement]:
    """Return the transactions of awards and projects."""
    ids = ids_of(holdings, "Award", "Project")
    moved = session.read(MOVEMENTS_UNDER, ids) if ids.ids else []
    return sorted(moved, key=lambda movement: (movement.subject, movement.id))


def implementer_counts(session: Session, holdings: Mapping[str, MoneyHolding]) -> dict[str, int]:
    """Return how many parties carry out each project that was reached by one of them."""
    ids = ids_of({id_: one for id_, one in holdings.items() if "implements" in one.ways}, "Project")
    edges: list[EdgeRow] = session.read(IMPLEMENTERS_OF, ids) if ids.ids else []
    partners: dict[str, set[str]] = {}
    for edge in edges:
        partners.setdefault(edge.subject, set()).add(edge.id)
    return {id_: len(parties) for id_, parties in partners.items()}


def undisclosed_among(session: Session, ids: Iterable[str]) -> frozenset[str]:
    """Return those of some parties whose names are withheld."""
    return frozenset(id_ for id_, party in entities(session, ids).items() if party.values.get("undisclosed"))


def placed(session: Session, holdings: Mapping[str, MoneyHolding]) -> None:
    """Give awards and projects the places that they run in."""
    ids = ids_of(holdings, "Award", "Project")
    for place in session.read(PLACES_OF, ids) if ids.ids else ():
        holdings[place.subject].places[place.id] = place.properties.get("percentage")


def ids_of(holdings: Mapping[str, MoneyHolding], *classes: str) -> OfIds:
    """Return the ids of the things of some classes."""
    return OfIds(ids=tuple(id_ for id_, holding in holdings.items() if holding.thing.cls in classes))


@dataclass(frozen=True)
class Amount:
    """One amount as held.

    Attributes:
        about: The award, project, budget line or contribution that it belongs to.
        day: Day that it is of, possibly partial; blank if only a fiscal year is stated, or nothing.
        fiscal_year: US fiscal year as stated, else of its day; None where neither tells.
        giver, receiver: Ids of who gave and who received; blank if unsaid.
        account, appropriated_to: As the transaction states them; blank if unsaid.
        left_out: Why no total counts it; blank if totals do.
        stated_on: Day a whole is of, else is stated for; blank for single movements.
        ends_on: End of the period that the same source states with a whole; blank if unsaid.
        preferred: Whether the graph goes by this version of a whole.
        is_single: Whether it stands for itself alone: a figure that is announced, pledged or stated as a whole, and
            that others of its kind may be part of. Such figures are never added up.
        place: Id of the country that its source says this one amount is for; blank if it says none.
        is_part: Whether it is worked out as the share that a source states for one country.
    """

    about: Subject
    layer: Layer
    measure: str
    amount: Decimal
    currency: str
    refs: tuple[Ref, ...]
    day: str = ""
    fiscal_year: int | None = None
    giver: str = ""
    receiver: str = ""
    account: str = ""
    appropriated_to: str = ""
    reference: str = ""
    name: str = ""
    left_out: str = ""
    stated_on: str = ""
    ends_on: str = ""
    preferred: bool = True
    is_single: bool = False
    place: str = ""
    is_part: bool = False

    @property
    def days(self) -> tuple[str, str] | None:
        """First and last full day that it may be of; None where nothing tells."""
        if self.day:
            return first_day(self.day), last_day(self.day)
        return fiscal_year_days(self.fiscal_year) if self.fiscal_year else None

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the sources that state it, sorted."""
        return tuple(sorted({source for source, _ in self.refs}))


def movements(
    subject: Subject, holdings: Mapping[str, MoneyHolding], moved: Iterable[Movement], partners: Mapping[str, int]
) -> Iterator[Amount]:
    """Yield the transactions that concern a subject, each with the reason why it may not count."""
    for movement in moved:
        holding, stated = holdings[movement.subject], movement.values
        if stated.get("money_amount"):
            left_out = _standing(subject, holding, stated, partners)
            if left_out is not None:
                yield _movement(holding, movement, stated.get("left_out") or left_out)


def _movement(holding: MoneyHolding, movement: Movement, left_out: str) -> Amount:
    stated = movement.values
    is_passed_on = stated["money_measure"] == "subaward" or holding.is_subaward
    of_thing: Mapping[str, Layer] = {"Award": "prime award", "Transaction": "transaction"}
    return Amount(
        **_money_of(stated),
        about=holding.thing.subject,
        layer="sub-award" if is_passed_on else of_thing.get(holding.thing.cls, "project activity"),
        giver=stated.get("provider") or "",
        receiver=stated.get("receiver") or "",
        appropriated_to=stated.get("appropriated_to") or "",
        place=stated.get("place") or "",
        reference=stated.get("reference") or "",
        name=movement.name,
        left_out=left_out,
    )


def _money_of(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a transaction, a line and a contribution say alike of their amount."""
    day = stated.get("money_value_date") or ""
    return {
        "measure": stated["money_measure"],
        "amount": Decimal(stated["money_amount"]),
        "currency": stated["money_currency"],
        "refs": refs(stated),
        "day": day,
        "fiscal_year": stated.get("fiscal_year") or (fiscal_year_of(day) if day else None),
        "account": stated.get("account") or "",
    }


def _standing(
    subject: Subject, holding: MoneyHolding, stated: Mapping[str, Any], partners: Mapping[str, int]
) -> str | None:
    """Return why a transaction is not counted, blank if it is; None where it does not concern the subject."""
    if subject.cls == "Government" and "place" in holding.ways:
        if own := stated.get("place"):
            return "" if own == subject.id else None
        return "" if set(holding.places) == {subject.id} else ELSEWHERE
    if "funded" in holding.ways or not holding.ways & {"awarded", "sub-awarded", "implements"}:
        return ""
    receiver = stated.get("receiver")
    if stated["money_measure"] == "subaward":
        passes = stated.get("provider") == subject.id or ("awarded" in holding.ways and not stated.get("provider"))
        return "" if receiver == subject.id or passes else None
    if holding.is_passed_on_only or receiver not in (None, subject.id):
        return None
    return SHARED if receiver is None and partners.get(holding.thing.id, 0) > 1 else ""


_TRANSFER = "the receiving agency reports this account and year itself, as under section 632(a)"


def without_doubles(amounts: Iterable[Amount], *, undisclosed: frozenset[str]) -> list[Amount]:
    """Return the amounts, those that likely tell the same money again with the reason why no total counts them.

    Args:
        amounts: Transactions of awards and projects.
        undisclosed: Ids of receivers whose names are withheld: none of them is known to be the same as another.
    """
    known = list(amounts)
    repeated = _repeated(known, undisclosed)
    handed_on = {_handed(amount, amount.appropriated_to, amount.giver) for amount in known if amount.appropriated_to}

    def reason(amount: Amount) -> str:
        is_between = amount.receiver and amount.giver != amount.receiver
        is_transfer = is_between and _handed(amount, amount.giver, amount.receiver) in handed_on
        return repeated.get(id(amount)) or (_TRANSFER if is_transfer else "")

    return [replace(it, left_out=why) if not it.left_out and (why := reason(it)) else it for it in known]


def said_again_later(amounts: Iterable[Amount]) -> int:
    """Return how many counted sub-awards repeat number, sub-recipient and amount of another on another day.

    They may be instalments, so they count; an answer says how many there are.
    """
    groups: dict[tuple[str, ...], set[str]] = {}
    for amount in amounts:
        if amount.layer == "sub-award" and amount.reference and not amount.left_out:
            number = _plain(amount.reference)
            key = (amount.about.id, amount.receiver, str(amount.amount), amount.currency, number)
            groups.setdefault(key, set()).add(amount.day)
    return sum(len(days) - 1 for days in groups.values())


def _handed(amount: Amount, first: str, second: str) -> tuple[str, ...]:
    """Return what tells money that one agency handed to another: both, and account, year, measure and currency."""
    return (first, second, amount.account, str(amount.fiscal_year), amount.measure, amount.currency)


def _repeated(amounts: Iterable[Amount], undisclosed: frozenset[str]) -> dict[int, str]:
    """Return the reason for each sub-award that likely repeats another of its prime award, by identity."""
    groups: dict[tuple[str, ...], list[Amount]] = {}
    for amount in amounts:
        if amount.layer == "sub-award" and not amount.left_out:
            receiver = "undisclosed" if amount.receiver in undisclosed else amount.receiver
            alike = (amount.about.id, receiver, str(amount.amount), amount.currency, amount.day)
            groups.setdefault(alike, []).append(amount)
    reasons: dict[int, str] = {}
    for (_, receiver, *_), amounts_alike in groups.items():
        reasons |= _in_group(sorted(amounts_alike, key=lambda one: (not one.reference, one.name, one.refs)), receiver)
    return reasons


def _in_group(alike: Sequence[Amount], receiver: str) -> dict[int, str]:
    """Compare sub-awards of one prime award, sub-recipient, amount and day: those with other numbers are others."""
    kept: dict[str, Amount] = {}
    reasons: dict[int, str] = {}
    for amount in alike:
        number = _plain(amount.reference)
        first = kept.get(number) or (next(iter(kept.values()), None) if not number else None)
        if first is None or (receiver == "undisclosed" and not number) or not receiver:
            kept.setdefault(number, amount)
            continue
        how = "and number" if number else "and no number"
        reasons[id(amount)] = f"likely repeats {quoted(first.name)}: same prime award, sub-recipient, amount, day {how}"
    return reasons


def _plain(reference: str) -> str:
    return "".join(letter for letter in reference.casefold() if letter.isalnum())


def lines(holdings: Mapping[str, MoneyHolding]) -> Iterator[Amount]:
    """Yield the amounts of budget lines and contributions."""
    for holding in holdings.values():
        stated, is_line = holding.thing.values, holding.thing.cls == "FundingLine"
        if (is_line or holding.thing.cls == "Contribution") and stated.get("money_amount"):
            yield Amount(
                **_money_of(stated),
                about=holding.thing.subject,
                layer="budget line" if is_line else "contribution",
                giver=stated.get("contributor") or "",
                receiver=stated.get("recipient") or "",
                is_single=not (is_line and stated.get("account") and stated.get("fiscal_year")),
            )
