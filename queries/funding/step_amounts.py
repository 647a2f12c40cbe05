"""The amounts that go along the steps of a trace: of lines, of awards as a whole, and from hand to hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from iga.graph.grouping import by_key
from iga.queries.core.answer import Ref, Subject
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import OfIds, grouped, refs
from iga.queries.core.session import Session
from iga.queries.funding.amounts import (
    PASSED_AGAIN,
    Amount,
    MoneyHolding,
    lines,
    mark_subawards,
    movements,
    movements_under,
    undisclosed_among,
    without_doubles,
)
from iga.queries.funding.pool import figure_of, money_stated
from iga.queries.funding.reads import MONEY_CARRIERS, MONEY_ENDS, MoneyEdge
from iga.queries.funding.steps import Steps

# Most times that money of one award is followed from hand to hand; the law of grants knows no limit, readers do.
_DEEPEST_PASS = 8
_FIGURES = ("total_obligated", "stated_total", "total_outlaid")
_WHOLE = "a total of the whole award, which its movements make up"


@dataclass(frozen=True)
class Transfer:
    """Money of an award that one party hands to another, or that is handed to it.

    Attributes:
        giver, receiver: Ids; a blank giver is not told.
        amounts: The amounts; none are held where only the edge is.
    """

    giver: str
    receiver: str
    amounts: tuple[Amount, ...] = ()
    refs: tuple[Ref, ...] = ()

    @property
    def reference(self) -> str:
        """Numbers of the sub-awards, each once."""
        return "; ".join(sorted({one.reference for one in self.amounts if one.reference and not one.left_out}))


@dataclass
class Transfers:
    """Who received money of one award, and what became of it.

    Attributes:
        primes: Ids of its recipients, sorted.
        received: What each recipient received from the funder, by id.
        passes: What was handed on, by giver; those of unknown givers under a blank.
        unplaced: Amounts of which no recipient is told.
    """

    primes: tuple[str, ...] = ()
    received: dict[str, list[Amount]] = field(default_factory=dict)
    passes: dict[str, list[Transfer]] = field(default_factory=dict)
    unplaced: list[Amount] = field(default_factory=list)

    def received_by(self, party: str) -> list[Transfer]:
        """Return what was handed to a party, by giver."""
        return [
            transfer for giver in sorted(self.passes) for transfer in self.passes[giver] if transfer.receiver == party
        ]

    @property
    def parties(self) -> set[str]:
        """Ids of all that its money goes to or comes from."""
        receivers = {transfer.receiver for passes in self.passes.values() for transfer in passes}
        return {*self.primes, *self.passes, *receivers} - {""}


@dataclass
class StepAmounts:
    """What money goes along the steps of a trace.

    Attributes:
        wholes: What a line is of, or what a source states for an award or project as a whole, by its id.
        transfers: From hand to hand, by award or project.
        places: Where awards and projects run, by their id.
        undisclosed: Ids of those whose names are withheld.
        moved: All movements, each with the reason why no total counts it.
        holdings: The things, with the places they run in.
    """

    wholes: dict[str, Amount] = field(default_factory=dict)
    transfers: dict[str, Transfers] = field(default_factory=dict)
    places: dict[str, list[MoneyEdge]] = field(default_factory=dict)
    parties: dict[str, Subject] = field(default_factory=dict)
    undisclosed: frozenset[str] = frozenset()
    moved: list[Amount] = field(default_factory=list)
    holdings: Mapping[str, MoneyHolding] = field(default_factory=dict)


def amounts_along(session: Session, steps: Steps, *, until: str) -> StepAmounts:
    """Return the amounts that go along steps."""
    holdings = {id_: MoneyHolding(thing, {"itself"}) for id_, thing in sorted(steps.things.items())}
    mark_subawards(session, holdings)
    edges = _ends(session, steps)
    moved = movements(steps.things[steps.start].subject, holdings, movements_under(session, holdings), {})
    known = [amount for amount in moved if _had_begun(amount, until)]
    hidden = _undisclosed(session, known, edges)
    along = StepAmounts(undisclosed=hidden, moved=without_doubles(known, undisclosed=hidden), holdings=holdings)
    by_thing = by_key(along.moved, lambda amount: amount.about.id)
    for id_, holding in holdings.items():
        along.places[id_] = [edge for edge in edges.get(id_, ()) if edge.type == "IMPLEMENTED_IN"]
        holding.places = {edge.id: edge.properties.get("percentage") for edge in along.places[id_]}
        if holding.thing.cls in ("Award", "Project"):
            of_it = by_thing.get(id_, [])
            along.transfers[id_] = transfers_of(edges.get(id_, []), of_it, is_subaward=holding.is_subaward)
            if whole := _whole(holding, of_it, until):
                along.wholes[id_] = whole
    along.wholes |= {amount.about.id: amount for amount in lines(holdings) if _had_begun(amount, until)}
    along.parties = {edge.id: edge.other for those in edges.values() for edge in those}
    along.parties |= {id_: thing.subject for id_, thing in steps.things.items()}
    missing = {id_ for transfers in along.transfers.values() for id_ in transfers.parties} - along.parties.keys()
    along.parties |= {id_: entity.subject for id_, entity in entities(session, missing).items()}
    return along


def _had_begun(amount: Amount, until: str) -> bool:
    return amount.days is None or amount.days[0] <= until


def _ends(session: Session, steps: Steps) -> dict[str, list[MoneyEdge]]:
    awards, projects = (
        tuple(sorted(id_ for id_, thing in steps.things.items() if thing.cls == cls)) for cls in ("Award", "Project")
    )
    edges = session.read(MONEY_ENDS, OfIds(ids=(*awards, *projects))) if awards or projects else []
    return grouped([*edges, *(session.read(MONEY_CARRIERS, OfIds(ids=projects)) if projects else [])])


def _undisclosed(session: Session, moved: list[Amount], edges: Mapping[str, list[MoneyEdge]]) -> frozenset[str]:
    is_hidden = {edge.id: bool(edge.values.get("undisclosed")) for those in edges.values() for edge in those}
    unknown = {amount.receiver for amount in moved if amount.receiver} - is_hidden.keys()
    return undisclosed_among(session, unknown) | {id_ for id_, hidden in is_hidden.items() if hidden}


def _whole(holding: MoneyHolding, moved: Sequence[Amount], until: str) -> Amount | None:
    """Return what is stated for a whole award or project: its total obligated, else another figure."""
    for name in _FIGURES:
        if money := money_stated(holding.thing.values, name):
            is_in_movements = any(one.measure == money["measure"] or holding.is_subaward for one in moved)
            whole = replace(
                figure_of(holding, name, money, holding.refs),
                layer="sub-award" if holding.is_subaward else "stated total",
                is_single=money["measure"] not in ("obligation", "outlay"),
                left_out=_WHOLE if is_in_movements else "",
            )
            return whole if _had_begun(whole, until) else None
    return None


def transfers_of(edges: Sequence[MoneyEdge], amounts: Iterable[Amount], *, is_subaward: bool = False) -> Transfers:
    """Return how the money of one award, or of one project, is passed on."""
    passed: list[Amount] = []
    first: list[Amount] = []
    for one in amounts:
        is_passed = one.measure == "subaward" or (one.layer == "sub-award" and not is_subaward)
        (passed if is_passed else first).append(one)
    holders = {edge.id for edge in edges if edge.type in ("AWARDED_TO", "IMPLEMENTS")}
    transfers = Transfers(tuple(sorted(holders | {one.receiver for one in first if one.receiver})))
    only = transfers.primes[0] if len(transfers.primes) == 1 else ""
    for one in first:
        to = one.receiver or only
        (transfers.received.setdefault(to, []) if to else transfers.unplaced).append(one)
    _hand_on(transfers, edges, passed, only)
    return transfers


def _hand_on(transfers: Transfers, edges: Sequence[MoneyEdge], passed: Sequence[Amount], only: str) -> None:
    """Add what was handed on; the only recipient gave what nobody is named for."""
    hands = by_key(passed, lambda amount: (amount.giver or only, amount.receiver))
    evidence: dict[str, list[Ref]] = {}
    for edge in edges:
        if edge.type == "SUBAWARDED_TO":
            evidence.setdefault(edge.id, []).extend(refs(edge.properties))
    hands |= {(only, receiver): [] for receiver in evidence.keys() - {receiver for _, receiver in hands}}

    def rank(hand: tuple[str, str]) -> tuple[object, ...]:
        return (hand[0], -sum(one.amount for one in hands[hand] if not one.left_out), hand[1])

    for giver, receiver in sorted(hands, key=rank):
        rests_on = tuple(dict.fromkeys(evidence.get(receiver, ())))
        handed = Transfer(giver, receiver, tuple(hands[giver, receiver]), rests_on)
        transfers.passes.setdefault(giver, []).append(handed)


Hands = Iterator[tuple[tuple[str, ...], Transfer, bool]]
"""Transfers hand by hand: the parties on the way, the transfer, and whether it goes in a circle."""


def chain_below(transfers: Transfers, party: str) -> Hands:
    """Yield what a party hands on, hand by hand.

    A party is gone on from once; a pass to one that is on the way already goes in a circle and is not followed.
    """
    return _chain(
        (party,),
        set(),
        lambda giver: transfers.passes.get(giver, ()),
        lambda transfer, trail: transfer.receiver in trail or transfer.receiver in transfers.primes,
        lambda transfer: transfer.receiver,
    )


def chain_above(transfers: Transfers, party: str) -> Hands:
    """Yield from whom a party has money of the award, hand by hand, up to the recipients of the award."""
    return _chain(
        (party,),
        set(),
        transfers.received_by,
        lambda transfer, trail: transfer.giver in trail,
        lambda transfer: "" if transfer.giver in transfers.primes else transfer.giver,
    )


def _chain(
    trail: tuple[str, ...],
    seen: set[str],
    of: Callable[[str], Iterable[Transfer]],
    is_circle: Callable[[Transfer, tuple[str, ...]], bool],
    ahead: Callable[[Transfer], str],
) -> Hands:
    """Follow the transfers of the last party on the way; ``ahead`` names whom to go on from, a blank nobody."""
    if trail[-1] in seen or len(trail) > _DEEPEST_PASS:
        return
    seen.add(trail[-1])
    for transfer in of(trail[-1]):
        circles = is_circle(transfer, trail)
        yield trail, transfer, circles
        if not circles and (following := ahead(transfer)):
            yield from _chain((*trail, following), seen, of, is_circle, ahead)


def with_passed_again(transfers: Transfers) -> Transfers:
    """Return the same, money that was passed on already left out of totals where it is passed on again or back.

    The total of sub-awards is what the recipients of the award handed on: out of that all further hands are filled.
    """

    def marked(transfer: Transfer) -> Transfer:
        amounts = tuple(replace(one, left_out=one.left_out or PASSED_AGAIN) for one in transfer.amounts)
        return replace(transfer, amounts=amounts)

    firsts = {"", *transfers.primes}
    passes = {
        giver: those if giver in firsts or not transfers.primes else [marked(transfer) for transfer in those]
        for giver, those in transfers.passes.items()
    }
    return replace(transfers, passes=passes)


def party_named(party: str, parties: Mapping[str, Subject]) -> Subject:
    """Return a party as an answer names it; one that is not held is said to be."""
    return parties.get(party) or Subject(id=party or "unknown:party", cls="Entity", name="somebody who is not named")
