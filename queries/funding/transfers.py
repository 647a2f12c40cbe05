"""How the money of one award goes from its recipient to those whom it is passed on to, and on from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from queries.core.answer import Ref, Subject
from queries.core.reading import refs
from queries.funding.amounts import Amount
from queries.funding.reads import MoneyEdge

DEEPEST_PASS = 8
"""Most times that money of one award is followed from hand to hand; the law of grants knows no limit, readers do."""


PASSED_AGAIN = "passed on again out of a sub-award"


@dataclass(frozen=True)
class Transfer:
    """Money of an award that one party hands to another, or that is handed to it.

    Attributes:
        giver, receiver: Ids; a blank giver is not told.
        amounts: The amounts; none are held where only the edge is.
        refs: Source rows of the edge.
    """

    giver: str
    receiver: str
    amounts: tuple[Amount, ...] = ()
    refs: tuple[Ref, ...] = ()

    @property
    def reference(self) -> str:
        """Numbers of the sub-awards, each once."""
        return "; ".join(sorted({each.reference for each in self.amounts if each.reference and not each.left_out}))


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
        return [each for giver in sorted(self.passes) for each in self.passes[giver] if each.receiver == party]


def transfers_of(edges: Sequence[MoneyEdge], amounts: Iterable[Amount], *, is_subaward: bool = False) -> Transfers:
    """Return how the money of one award, or of one project, is passed on.

    Args:
        edges: Its edges to those who receive it, or parts of it, or who carry it out.
        amounts: Its movements.
        is_subaward: Whether the award itself is one that is passed on: then all its amounts are of that layer.
    """
    known = list(amounts)
    passed = [each for each in known if each.measure == "subaward" or (each.layer == "sub-award" and not is_subaward)]
    first = [each for each in known if not any(each is other for other in passed)]
    named = {edge.id for edge in edges if edge.type in ("AWARDED_TO", "IMPLEMENTS")}
    primes = tuple(sorted(named | {each.receiver for each in first if each.receiver}))
    found = Transfers(primes)
    for each in first:
        to = each.receiver or (primes[0] if len(primes) == 1 else "")
        (found.received.setdefault(to, []) if to else found.unplaced).append(each)
    _hand_on(found, edges, passed)
    return found


def _hand_on(found: Transfers, edges: Sequence[MoneyEdge], passed: Sequence[Amount]) -> None:
    groups: dict[tuple[str, str], list[Amount]] = {}
    for each in passed:
        giver = each.giver or (found.primes[0] if len(found.primes) == 1 else "")
        groups.setdefault((giver, each.receiver), []).append(each)
    evidence: dict[str, list[Ref]] = {}
    for edge in edges:
        if edge.type == "SUBAWARDED_TO":
            evidence.setdefault(edge.id, []).extend(refs(edge.properties))
    only = found.primes[0] if len(found.primes) == 1 else ""
    for receiver in evidence:
        if not any(key[1] == receiver for key in groups):
            groups[only, receiver] = []
    for (giver, receiver), amounts in sorted(groups.items(), key=lambda item: _rank(*item)):
        one = Transfer(giver, receiver, tuple(amounts), tuple(dict.fromkeys(evidence.get(receiver, ()))))
        found.passes.setdefault(giver, []).append(one)


def _rank(key: tuple[str, str], amounts: Sequence[Amount]) -> tuple[object, ...]:
    return (key[0], -sum(each.amount for each in amounts if not each.left_out), key[1])


def chain_below(transfers: Transfers, party: str) -> Iterable[tuple[tuple[str, ...], Transfer, bool]]:
    """Yield what a party hands on, hand by hand: the parties on the way, the pass, and whether it goes in a circle.

    A party is gone on from once; a pass to one that is on the way already goes in a circle and is not followed.
    """
    seen: set[str] = set()

    def below(trail: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Transfer, bool]]:
        giver = trail[-1]
        if giver in seen or len(trail) > DEEPEST_PASS:
            return
        seen.add(giver)
        for each in transfers.passes.get(giver, ()):
            is_circle = each.receiver in trail or each.receiver in transfers.primes
            yield trail, each, is_circle
            if not is_circle and each.receiver:
                yield from below((*trail, each.receiver))

    yield from below((party,))


def chain_above(transfers: Transfers, party: str) -> Iterable[tuple[tuple[str, ...], Transfer, bool]]:
    """Yield from whom a party has money of the award, hand by hand, up to the recipients of the award."""
    seen: set[str] = set()

    def above(trail: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Transfer, bool]]:
        receiver = trail[-1]
        if receiver in seen or len(trail) > DEEPEST_PASS:
            return
        seen.add(receiver)
        for each in transfers.received_by(receiver):
            is_circle = each.giver in trail
            yield trail, each, is_circle
            if not is_circle and each.giver and each.giver not in transfers.primes:
                yield from above((*trail, each.giver))

    yield from above((party,))


def with_passed_again(transfers: Transfers) -> Transfers:
    """Return the same, money that was passed on already left out of totals where it is passed on again or back.

    The total of sub-awards is what the recipients of the award handed on: out of that all further hands are filled.
    """

    def marked(each: Transfer) -> Transfer:
        if not transfers.primes or not each.giver or each.giver in transfers.primes:
            return each
        amounts = tuple(replace(one, left_out=one.left_out or PASSED_AGAIN) for one in each.amounts)
        return replace(each, amounts=amounts)

    return replace(
        transfers, passes={giver: [marked(each) for each in those] for giver, those in transfers.passes.items()}
    )


def parties_in(transfers: Mapping[str, Transfers]) -> set[str]:
    """Return the ids of all parties that money of these awards goes to or comes from."""
    found: set[str] = set()
    for each in transfers.values():
        found |= {*each.primes, *each.passes}
        found |= {one.receiver for those in each.passes.values() for one in those}
    return found - {""}


def named(party: str, parties: Mapping[str, Subject]) -> Subject:
    """Return a party as an answer names it; one that is not held is said to be."""
    return parties.get(party) or Subject(id=party or "unknown:party", cls="Entity", name="somebody who is not named")
