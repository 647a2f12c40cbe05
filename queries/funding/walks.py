"""Walks along the money, down to who is helped or up to who pays: every hop of every path, each thing once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from iga.queries.core.answer import Subject
from iga.queries.core.clauses import caveat
from iga.queries.core.days import stretch
from iga.queries.core.reading import Entity, refs
from iga.queries.funding.amounts import Amount
from iga.queries.funding.hop import Hop, document_of, standing_on
from iga.queries.funding.step_amounts import StepAmounts, Transfer, Transfers, chain_above, chain_below, party_named
from iga.queries.funding.steps import MOST_EACH, MoneyStep, Steps
from iga.queries.funding.totals import OF_THE_WHOLE

_CIRCLE = "goes back in a circle: not followed"
_SHOWN = "already counted above"
_TO_PARTIES = ("AWARDED_TO", "SUBAWARDED_TO", "IMPLEMENTS")
_RECEIVING = (*_TO_PARTIES, "IMPLEMENTED_IN")


class _MoneyWalk:
    """One walk; it keeps what was shown, so that a thing with two ways to it is told once."""

    def __init__(self, steps: Steps, money: StepAmounts) -> None:
        """Begin at the start of the steps."""
        self._steps, self._money = steps, money
        self._start = steps.things[steps.start]
        self._shown: set[str] = set()

    def _ahead(self, thing: Entity) -> Iterator[tuple[MoneyStep, Entity]]:
        """Yield the steps from a thing, each with what it leads to; what is beyond a cap is left out."""
        for step in self._steps.of.get(thing.id, ()):
            if step.to in self._steps.things:
                yield step, self._steps.things[step.to]

    def _party(self, id_: str) -> Subject:
        return party_named(id_, self._money.parties)

    def _whole(self, thing: Entity) -> tuple[Amount, ...]:
        return (self._money.wholes[thing.id],) if thing.id in self._money.wholes else ()

    def _transfers(self, thing: Entity) -> Transfers:
        return self._money.transfers.get(thing.id) or Transfers()

    def _hand(
        self, transfer: Transfer, thing: Entity, trail: tuple[str, ...], *, is_circle: bool = False, note: str = ""
    ) -> Hop:
        """Return a hop from hand to hand of the money of a thing, which gives itself where nobody is named."""
        giver, receiver = self._party(transfer.giver) if transfer.giver else thing.subject, transfer.receiver
        return Hop(
            giver, "passes on to", self._party(receiver), trail, transfer.refs, transfer.amounts, transfer.reference,
            is_undisclosed=receiver in self._money.undisclosed, is_circle=is_circle,
            note=_CIRCLE if is_circle else note, lacks_amount=not transfer.amounts,
        )  # fmt: skip  # as one reads it

    def _again(self, source: Subject, step: MoneyStep, target: Subject, trail: tuple[str, ...], *, circle: bool) -> Hop:
        """Return a hop to what was told already, which is not followed."""
        note = _CIRCLE if circle else _SHOWN
        return Hop(source, step.how, target, trail, step.refs, is_sure=step.is_sure, is_circle=circle, note=note)


class WalkDown(_MoneyWalk):
    """A walk from who pays to who is helped."""

    def hops(self) -> Iterator[Hop]:
        """Yield the hops, each followed by what comes after it."""
        start = self._start
        yield from self._ends(start, (start.name,))
        yield from self._after(start, (start.name,), (start.id,))

    def _after(self, thing: Entity, trail: tuple[str, ...], on_the_way: tuple[str, ...]) -> Iterator[Hop]:
        for step, to in self._ahead(thing):
            ahead, is_shown = (*trail, to.name), step.to in self._shown
            if step.kind == "FUNDED" and len(on_the_way) == 1 and is_shown:
                continue  # told already by a way that says more
            if step.kind in _TO_PARTIES:
                yield from self._held(step, to, thing.subject)
            elif step.to in on_the_way or is_shown:
                yield self._again(thing.subject, step, to.subject, ahead, circle=step.to in on_the_way)
            else:
                yield self._into(thing, step, to, ahead)
                self._shown.add(step.to)
                yield from self._ends(to, ahead)
                yield from self._after(to, ahead, (*on_the_way, step.to))

    def _into(self, thing: Entity, step: MoneyStep, to: Entity, trail: tuple[str, ...]) -> Hop:
        amounts = (*self._whole(to), *self._transfers(to).unplaced)
        lacks = not amounts and not self._transfers(to).received and to.cls in ("Award", "FundingLine")
        rests_on = (*step.refs, *refs(to.values))
        return Hop(
            thing.subject, step.how, to.subject, trail, rests_on, amounts, **standing_on(to), is_sure=step.is_sure,
            lacks_amount=lacks,
        )  # fmt: skip  # as one reads it

    def _ends(self, thing: Entity, trail: tuple[str, ...]) -> Iterator[Hop]:
        """Yield who received an award, what they handed on, and where it runs."""
        transfers, reached = self._transfers(thing), set[str]()
        how = "is awarded to" if thing.cls == "Award" else "is carried out by"
        received = {prime: tuple(transfers.received.get(prime, ())) for prime in transfers.primes}
        for prime in sorted(received, key=lambda id_: (-sum(one.amount for one in received[id_]), id_)):
            party, amounts = self._party(prime), received[prime]
            yield Hop(
                thing.subject, how, party, (*trail, party.name), refs(thing.values), amounts, document_of(thing),
                thing.values, is_undisclosed=prime in self._money.undisclosed,
                lacks_amount=not amounts and not self._whole(thing),
            )  # fmt: skip  # as one reads it
            yield from self._handed_on(thing, prime, (*trail, party.name), reached)
        yield from self._of_others(thing, trail, reached)
        yield from self._places(thing, trail)

    def _handed_on(self, thing: Entity, party: str, trail: tuple[str, ...], reached: set[str]) -> Iterator[Hop]:
        transfers = self._transfers(thing)
        for number, (on_the_way, transfer, is_circle) in enumerate(chain_below(transfers, party), start=1):
            reached.add(transfer.giver)
            if number <= MOST_EACH or len(on_the_way) > 1:
                names = (self._party(id_).name for id_ in (*on_the_way[1:], transfer.receiver))
                yield self._hand(transfer, thing, (*trail, *names), is_circle=is_circle)
        reached.add(party)
        if (whole := len(transfers.passes.get(party, ()))) > MOST_EACH:
            many = f"sub-recipients of {thing.name}"
            self._steps.capped.append(caveat("partial", "too-many", whole=whole, many=many, most=MOST_EACH))

    def _of_others(self, thing: Entity, trail: tuple[str, ...], reached: set[str]) -> Iterable[Hop]:
        """Yield what is passed on by somebody who is not told, or who is not known to have received any of it."""
        for giver, passes in sorted(self._transfers(thing).passes.items()):
            if giver not in reached:
                by = f"by {self._party(giver).name}, not known to have received it"
                for transfer in passes[:MOST_EACH]:
                    ahead = (*trail, self._party(transfer.receiver).name)
                    yield self._hand(transfer, thing, ahead, note=by if giver else "who passed it on is not told")

    def _places(self, thing: Entity, trail: tuple[str, ...]) -> Iterable[Hop]:
        for edge in self._money.places.get(thing.id, ()):
            period = edge.properties if stretch(edge.properties) else thing.values
            rests_on, share = refs(edge.properties), edge.properties.get("percentage")
            ahead = (*trail, edge.name)
            yield Hop(
                thing.subject, "runs in", edge.other, ahead, rests_on, (), document_of(thing), period, share=share
            )

    def _held(self, step: MoneyStep, award: Entity, party: Subject) -> Iterator[Hop]:
        """Yield an award that the start itself received, and what the start handed on of it."""
        if step.to in self._shown:
            return
        self._shown.add(step.to)
        transfers, trail, is_prime = self._transfers(award), (award.name, party.name), step.kind != "SUBAWARDED_TO"
        if is_prime:
            amounts = tuple(transfers.received.get(party.id, ())) or self._whole(award)
        else:
            amounts = tuple(amount for one in transfers.received_by(party.id) for amount in one.amounts)
        yield Hop(
            award.subject, step.how, party, trail, (*step.refs, *refs(award.values)), amounts, **standing_on(award),
            is_sure=step.is_sure, lacks_amount=not amounts,
        )  # fmt: skip  # as one reads it
        yield from self._handed_on(award, party.id, trail, set())
        if is_prime:
            yield from self._places(award, (award.name,))
        if step.kind == "AWARDED_TO":
            yield from self._after(award, (award.name,), (self._start.id, step.to))


class WalkUp(_MoneyWalk):
    """A walk from a partner, place or thing back to who pays."""

    def hops(self) -> Iterator[Hop]:
        """Yield the hops, each followed by what comes before it in the way of the money."""
        start, received = self._start, set[str]()
        for step, to in self._ahead(start):
            trail = (start.name, to.name)
            if step.kind == "SUBAWARDED_TO":
                yield from self._from_hand_to_hand(start.subject, step, to)
            elif step.kind in _RECEIVING and to.id in received:
                yield Hop(to.subject, step.how, start.subject, trail, step.refs, is_sure=step.is_sure, note=_SHOWN)
            elif step.kind in _RECEIVING:
                # What stands above another award may have come to the start too: its own money is told all the same.
                received.add(to.id)
                yield self._got(to, step.how, start.subject, trail, step, self._share_of(start, step, to))
                yield from self._on(to, trail)
        yield from self._above(start, (start.name,), (start.id,))

    def _share_of(self, party: Entity, step: MoneyStep, to: Entity) -> tuple[Amount, ...]:
        """Return what the start received; where it runs in others too, or several got it, it is no total of one."""
        transfers, whole = self._transfers(to), self._whole(to)
        if step.kind == "IMPLEMENTED_IN":
            moved = (one for one in self._money.moved if one.about.id == to.id and one.measure != "subaward")
            amounts, is_shared = tuple(moved) or whole, len(self._money.places.get(to.id, ())) != 1
        else:
            own = tuple(transfers.received.get(party.id, ()))
            amounts, is_shared = own or whole, not own and len(transfers.primes) > 1
        return _context(amounts) if is_shared else amounts

    def _from_hand_to_hand(self, party: Subject, step: MoneyStep, to: Entity) -> Iterator[Hop]:
        transfers = self._transfers(to)
        primes: dict[str, tuple[str, ...]] = {}
        for on_the_way, transfer, is_circle in chain_above(transfers, party.id):
            names = tuple(self._party(id_).name for id_ in on_the_way)
            hand = self._hand(transfer, to, names, is_circle=is_circle)
            hand = replace(hand, trail=(*names, hand.source.name))
            if len(on_the_way) == 1:
                yield replace(hand, refs=(*hand.refs, *step.refs), is_sure=step.is_sure)
            else:
                yield replace(hand, amounts=_context(hand.amounts))
            if not is_circle and (transfer.giver in transfers.primes or not transfer.giver):
                primes.setdefault(transfer.giver, hand.trail if transfer.giver else names)
        for prime, trail in primes.items():
            yield from self._of_prime(prime, trail, to)
        if not primes:
            yield from self._on(to, (party.name, to.name))

    def _of_prime(self, giver: str, trail: tuple[str, ...], to: Entity) -> Iterator[Hop]:
        """Yield what the recipient that passed money on has the award itself for, and what is above that."""
        if giver:
            amounts = _context(tuple(self._transfers(to).received.get(giver, ())) or self._whole(to))
            trail = (*trail, to.name)
            yield self._got(to, "is awarded to", self._party(giver), trail, None, amounts)
        yield from self._on(to, trail)

    def _got(
        self, to: Entity, how: str, party: Subject, trail: tuple[str, ...], step: MoneyStep | None,
        amounts: tuple[Amount, ...],
    ) -> Hop:  # fmt: skip  # as one reads it
        places = self._money.places.get(to.id, ()) if how == "runs in" else ()
        share = next((edge.properties.get("percentage") for edge in places if edge.id == party.id), None)
        rests_on = (*(step.refs if step else ()), *refs(to.values))
        return Hop(
            to.subject, how, party, trail, rests_on, amounts, **standing_on(to), share=share,
            is_sure=step.is_sure if step else True, is_undisclosed=party.id in self._money.undisclosed,
            lacks_amount=not amounts,
        )  # fmt: skip  # as one reads it

    def _on(self, to: Entity, trail: tuple[str, ...]) -> Iterator[Hop]:
        if to.id not in self._shown:
            self._shown.add(to.id)
            yield from self._above(to, trail, (self._start.id, to.id))

    def _above(self, thing: Entity, trail: tuple[str, ...], on_the_way: tuple[str, ...]) -> Iterator[Hop]:
        for step, to in self._ahead(thing):
            ahead = (*trail, to.name)
            if step.kind in _RECEIVING:
                continue
            if step.to in on_the_way or step.to in self._shown:
                yield self._again(to.subject, step, thing.subject, ahead, circle=step.to in on_the_way)
                continue
            rests_on, whole = (*step.refs, *refs(to.values)), _context(self._whole(to))
            yield Hop(
                to.subject, step.how, thing.subject, ahead, rests_on, whole, **standing_on(to), is_sure=step.is_sure
            )
            if step.kind != "FUNDED":  # a payer may pay for several things: each is told
                self._shown.add(step.to)
                yield from self._above(to, ahead, (*on_the_way, step.to))


def _context(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """Return amounts of something larger, which are shown and belong to no total of the partner."""
    return tuple(replace(amount, left_out=amount.left_out or OF_THE_WHOLE) for amount in amounts)
