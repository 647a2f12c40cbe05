"""Walks from who pays to who is helped: every hop of every path, each thing gone on from once."""

from collections.abc import Iterable, Iterator, Sequence

from queries.core.answer import Subject
from queries.core.days import stretch
from queries.core.reading import Entity, refs
from queries.funding.amounts import Amount
from queries.funding.hop import Hop, document_of, hop, hop_by
from queries.funding.step_amounts import StepAmounts
from queries.funding.steps import MOST_EACH, MoneyStep, Steps
from queries.funding.transfers import Transfer, chain_below, named

CIRCLE = "goes back in a circle: not followed"
SHOWN = "already counted above"


class WalkDown:
    """One walk; it keeps what was shown, so that a thing with two ways to it is told once."""

    def __init__(self, steps: Steps, money: StepAmounts) -> None:
        """Begin at the start of the steps."""
        self._steps, self._money = steps, money
        self._shown: set[str] = set()
        self.capped: list[str] = []

    def hops(self) -> Iterator[Hop]:
        """Yield the hops, each followed by what comes after it."""
        start = self._steps.things[self._steps.start]
        yield from self._ends(start, (start.name,))
        yield from self._after(start, (start.name,), (start.id,))

    def _after(self, thing: Entity, trail: tuple[str, ...], on_the_way: tuple[str, ...]) -> Iterator[Hop]:
        for step in self._steps.of.get(thing.id, ()):
            to = self._steps.things.get(step.to)
            if to is None or (step.kind == "FUNDED" and len(on_the_way) == 1 and step.to in self._shown):
                continue  # beyond the cap, or told already by a way that says more
            if step.kind in ("AWARDED_TO", "SUBAWARDED_TO", "IMPLEMENTS"):
                yield from self._held(step, to, thing.subject)
                continue
            ahead = (*trail, to.name)
            if step.to in on_the_way or step.to in self._shown:
                yield again(thing.subject, step, to.subject, ahead, is_circle=step.to in on_the_way)
                continue
            yield self._into(thing, step, to, ahead)
            self._shown.add(step.to)
            yield from self._ends(to, ahead)
            yield from self._after(to, ahead, (*on_the_way, step.to))

    def _into(self, thing: Entity, step: MoneyStep, to: Entity, trail: tuple[str, ...]) -> Hop:
        whole = self._money.wholes.get(step.to)
        transfers = self._money.transfers.get(step.to)
        amounts = (*((whole,) if whole else ()), *(transfers.unplaced if transfers else ()))
        is_bare = not amounts and not (transfers and transfers.received)
        lacks = is_bare and to.cls in ("Award", "FundingLine")
        return hop_by(
            to, thing.subject, step.how, to.subject, trail, step.refs, amounts, is_sure=step.is_sure,
            lacks_amount=lacks,
        )  # fmt: skip

    def _ends(self, thing: Entity, trail: tuple[str, ...]) -> Iterator[Hop]:
        """Yield who received an award, what they handed on, and where it runs."""
        transfers = self._money.transfers.get(thing.id)
        if transfers is None:
            return
        how = "is awarded to" if thing.cls == "Award" else "is carried out by"
        reached: set[str] = set()
        for prime in sorted(
            transfers.primes, key=lambda id_: (-sum(a.amount for a in transfers.received.get(id_, ())), id_)
        ):
            party = named(prime, self._money.parties)
            amounts = tuple(transfers.received.get(prime, ()))
            yield hop_by(
                thing, thing.subject, how, party, (*trail, party.name), (), amounts, status="",
                is_undisclosed=prime in self._money.undisclosed,
                lacks_amount=not amounts and thing.id not in self._money.wholes,
            )  # fmt: skip
            yield from self._handed_on(thing, prime, (*trail, party.name), reached)
        yield from self._of_others(thing, trail, reached)
        yield from self._places(thing, trail)

    def _handed_on(self, thing: Entity, party: str, trail: tuple[str, ...], reached: set[str]) -> Iterator[Hop]:
        transfers = self._money.transfers[thing.id]
        for number, (on_the_way, each, is_circle) in enumerate(chain_below(transfers, party), start=1):
            reached.add(each.giver)
            if number <= MOST_EACH or len(on_the_way) > 1:
                names = tuple(named(id_, self._money.parties).name for id_ in on_the_way[1:])
                yield self._transfer(each, (*trail, *names), is_circle=is_circle)
        reached.add(party)
        if (whole := len(transfers.passes.get(party, ()))) > MOST_EACH:
            self.capped.append(f"Of {whole:,} sub-recipients of {thing.name}, the {MOST_EACH} largest are shown.")

    def _of_others(self, thing: Entity, trail: tuple[str, ...], reached: set[str]) -> Iterable[Hop]:
        """Yield what is passed on by somebody who is not told, or who is not known to have received any of it."""
        for giver, those in sorted(self._money.transfers[thing.id].passes.items()):
            if giver not in reached:
                told = f"by {named(giver, self._money.parties).name}, not known to have received it"
                for each in those[:MOST_EACH]:
                    yield self._transfer(each, trail, note=told if giver else "who passed it on is not told", of=thing)

    def _transfer(
        self,
        each: Transfer,
        trail: tuple[str, ...],
        *,
        note: str = "",
        is_circle: bool = False,
        of: Entity | None = None,
    ) -> Hop:
        giver, receiver = (named(id_, self._money.parties) for id_ in (each.giver, each.receiver))
        return hop(
            of.subject if of and not each.giver else giver,
            "passes on to",
            receiver,
            (*trail, receiver.name),
            each.refs,
            each.amounts,
            document=each.reference,
            is_undisclosed=each.receiver in self._money.undisclosed,
            is_circle=is_circle,
            note=CIRCLE if is_circle else note,
            lacks_amount=not each.amounts,
        )

    def _places(self, thing: Entity, trail: tuple[str, ...]) -> Iterable[Hop]:
        for edge in self._money.places.get(thing.id, ()):
            yield hop(
                thing.subject,
                "runs in",
                edge.other,
                (*trail, edge.name),
                refs(edge.properties),
                share=edge.properties.get("percentage"),
                document=document_of(thing),
                period=edge.properties if stretch(edge.properties) else thing.values,
            )

    def _held(self, step: MoneyStep, award: Entity, party: Subject) -> Iterator[Hop]:
        """Yield an award that the start itself received, and what the start handed on of it."""
        if step.to in self._shown:
            return
        transfers = self._money.transfers.get(step.to)
        self._shown.add(step.to)
        trail = (award.name, party.name)
        is_prime = step.kind != "SUBAWARDED_TO"
        amounts: Sequence[Amount] = ()
        if transfers and is_prime:
            amounts = transfers.received.get(party.id, ())
        elif transfers:
            amounts = [amount for each in transfers.received_by(party.id) for amount in each.amounts]
        if is_prime and not amounts and (whole := self._money.wholes.get(step.to)):
            amounts = (whole,)
        yield hop_by(
            award, award.subject, step.how, party, trail, step.refs, amounts, is_sure=step.is_sure,
            lacks_amount=not amounts,
        )  # fmt: skip
        if transfers:
            yield from self._handed_on(award, party.id, trail, set())
        if is_prime:
            yield from self._places(award, (award.name,))
        if step.kind == "AWARDED_TO":
            yield from self._after(award, (award.name,), (self._steps.start, step.to))


def again(source: Subject, step: MoneyStep, target: Subject, trail: tuple[str, ...], *, is_circle: bool) -> Hop:
    """Return a hop to what was told already, which is not followed."""
    note = CIRCLE if is_circle else SHOWN
    return hop(source, step.how, target, trail, step.refs, is_sure=step.is_sure, is_circle=is_circle, note=note)
