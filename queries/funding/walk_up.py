"""Walks from a partner, place or thing back to who pays: every hop of every path, each thing gone on from once."""

from collections.abc import Iterator
from dataclasses import replace

from queries.core.answer import Subject
from queries.core.reading import Entity
from queries.funding.amounts import Amount
from queries.funding.hop import Hop, hop, hop_by
from queries.funding.reads import MoneyEdge
from queries.funding.step_amounts import StepAmounts
from queries.funding.steps import MoneyStep, Steps
from queries.funding.totals import OF_THE_WHOLE
from queries.funding.transfers import Transfer, chain_above, named
from queries.funding.walk_down import CIRCLE, SHOWN, again

_RECEIVING = ("AWARDED_TO", "SUBAWARDED_TO", "IMPLEMENTS", "IMPLEMENTED_IN")


class WalkUp:
    """One walk; it keeps what was shown, so that what several awards have above them is told once."""

    def __init__(self, steps: Steps, money: StepAmounts) -> None:
        """Begin at the start of the steps."""
        self._steps, self._money = steps, money
        self._shown: set[str] = set()
        self._received_by: set[str] = set()

    def hops(self) -> Iterator[Hop]:
        """Yield the hops, each followed by what comes before it in the way of the money."""
        start = self._steps.things[self._steps.start]
        name = start.name
        received = [step for step in self._steps.of.get(self._steps.start, ()) if step.kind in _RECEIVING]
        for step in received:
            to = self._steps.things.get(step.to)
            if to is not None:
                yield from self._received(start.subject, step, to)
        yield from self._above(start, (name,), (self._steps.start,))

    def _received(self, party: Subject, step: MoneyStep, to: Entity) -> Iterator[Hop]:
        """Yield what the start received of an award or project, and what is above that."""
        trail = (party.name, to.name)
        if step.kind == "SUBAWARDED_TO":
            yield from self._from_hand_to_hand(party, step, to)
            return
        amounts = self._share_of(party, step, to)
        if to.id in self._received_by:
            yield hop(to.subject, step.how, party, trail, step.refs, is_sure=step.is_sure, note=SHOWN)
            return
        # What stands above another award may have come to the start as well: its own money is told all the same.
        self._received_by.add(to.id)
        yield self._got(to, step.how, party, trail, step, amounts)
        yield from self._on(to, trail)

    def _share_of(self, party: Subject, step: MoneyStep, to: Entity) -> tuple[Amount, ...]:
        transfers, whole = self._money.transfers.get(to.id), self._money.wholes.get(to.id)
        if step.kind == "IMPLEMENTED_IN":
            return self._run_there(to, whole)
        amounts = tuple(transfers.received.get(party.id, ())) if transfers else ()
        if amounts or whole is None:
            return amounts
        others = len(transfers.primes) > 1 if transfers else False
        return (replace(whole, left_out=whole.left_out or OF_THE_WHOLE),) if others else (whole,)

    def _run_there(self, to: Entity, whole: Amount | None) -> tuple[Amount, ...]:
        """Return the money of what runs in a country; where it runs in others too, it is no total of this one."""
        of_it = [each for each in self._money.moved if each.about.id == to.id and each.measure != "subaward"]
        amounts = tuple(of_it) or ((whole,) if whole else ())
        return amounts if len(self._places(to)) == 1 else tuple(_context(each) for each in amounts)

    def _from_hand_to_hand(self, party: Subject, step: MoneyStep, to: Entity) -> Iterator[Hop]:
        transfers = self._money.transfers.get(to.id)
        if transfers is None:
            return
        primes: dict[str, tuple[str, ...]] = {}
        for on_the_way, each, is_circle in chain_above(transfers, party.id):
            names = tuple(named(id_, self._money.parties).name for id_ in on_the_way)
            is_own = len(on_the_way) == 1
            yield self._hand(each, names, step if is_own else None, to, is_circle=is_circle)
            if not is_circle and (each.giver in transfers.primes or not each.giver):
                giver = named(each.giver, self._money.parties)
                primes.setdefault(each.giver, (*names, *((giver.name,) if each.giver else ())))
        for prime, trail in primes.items():
            yield from self._of_prime(prime, trail, to)
        if not primes:
            yield from self._on(to, (party.name, to.name))

    def _hand(
        self, each: Transfer, names: tuple[str, ...], step: MoneyStep | None, to: Entity, *, is_circle: bool
    ) -> Hop:
        giver, receiver = (named(id_, self._money.parties) for id_ in (each.giver, each.receiver))
        source = giver if each.giver else to.subject
        amounts = each.amounts if step else tuple(_context(one) for one in each.amounts)
        rested = (*each.refs, *(step.refs if step else ()))
        return hop(
            source, "passes on to", receiver, (*names, source.name), rested, amounts,
            document=each.reference, is_sure=step.is_sure if step else True, is_circle=is_circle,
            is_undisclosed=each.receiver in self._money.undisclosed, note=CIRCLE if is_circle else "",
            lacks_amount=not amounts,
        )  # fmt: skip

    def _of_prime(self, giver: str, trail: tuple[str, ...], to: Entity) -> Iterator[Hop]:
        """Yield what the recipient that passed money on has the award itself for, and what is above that."""
        if giver:
            received = self._money.transfers[to.id].received.get(giver, ())
            whole = self._money.wholes.get(to.id)
            amounts = tuple(received) or ((whole,) if whole else ())
            party, ahead = named(giver, self._money.parties), (*trail, to.name)
            yield self._got(to, "is awarded to", party, ahead, None, tuple(_context(each) for each in amounts))
            trail = ahead
        yield from self._on(to, trail)

    def _got(
        self,
        to: Entity,
        how: str,
        party: Subject,
        trail: tuple[str, ...],
        step: MoneyStep | None,
        amounts: tuple[Amount, ...],
    ) -> Hop:
        places = self._places(to) if how == "runs in" else []
        return hop_by(
            to, to.subject, how, party, trail, step.refs if step else (), amounts,
            share=next((edge.properties.get("percentage") for edge in places if edge.id == party.id), None),
            is_sure=step.is_sure if step else True, is_undisclosed=party.id in self._money.undisclosed,
            lacks_amount=not amounts,
        )  # fmt: skip

    def _places(self, to: Entity) -> list[MoneyEdge]:
        return self._money.places.get(to.id, [])

    def _on(self, to: Entity, trail: tuple[str, ...]) -> Iterator[Hop]:
        if to.id in self._shown:
            return
        self._shown.add(to.id)
        yield from self._above(to, trail, (self._steps.start, to.id))

    def _above(self, thing: Entity, trail: tuple[str, ...], on_the_way: tuple[str, ...]) -> Iterator[Hop]:
        for step in self._steps.of.get(thing.id, ()):
            to = self._steps.things.get(step.to)
            if to is None or step.kind in _RECEIVING:
                continue
            ahead = (*trail, to.name)
            if step.to in on_the_way or step.to in self._shown:
                yield again(to.subject, step, thing.subject, ahead, is_circle=step.to in on_the_way)
                continue
            whole = self._money.wholes.get(step.to)
            yield hop_by(
                to, to.subject, step.how, thing.subject, ahead, step.refs, (_context(whole),) if whole else (),
                is_sure=step.is_sure,
            )  # fmt: skip
            if step.kind == "FUNDED":
                continue  # a payer may pay for several things: each is told
            self._shown.add(step.to)
            yield from self._above(to, ahead, (*on_the_way, step.to))


def _context(each: Amount) -> Amount:
    """Return an amount of something larger, which is shown and belongs to no total of the partner."""
    return replace(each, left_out=each.left_out or OF_THE_WHOLE)
