"""Walks from who pays to who is helped: every hop of every path, each thing gone on from once."""

from collections.abc import Iterable, Iterator

from queries.core.answer import Subject
from queries.core.days import stretch
from queries.core.reading import refs
from queries.funding.along import Along
from queries.funding.hop import Hop
from queries.funding.passing import Pass, chain_below, named
from queries.funding.steps import MOST_EACH, Step, Steps, Thing

CIRCLE = "goes back in a circle: not followed"
SHOWN = "shown above: its money is told once"
_NO_AMOUNT = "amount not held"


class WalkDown:
    """One walk; it keeps what was shown, so that a thing with two ways to it is told once."""

    def __init__(self, steps: Steps, money: Along) -> None:
        """Begin at the start of the steps."""
        self._steps, self._money = steps, money
        self._shown: set[str] = set()
        self.capped: list[str] = []

    def hops(self) -> Iterator[Hop]:
        """Yield the hops, each followed by what comes after it."""
        start = self._steps.things[self._steps.start]
        yield from self._ends(start, (start.subject.name,))
        yield from self._after(start, (start.subject.name,), (start.subject.id,))

    def _after(self, thing: Thing, trail: tuple[str, ...], on_the_way: tuple[str, ...]) -> Iterator[Hop]:
        for step in self._steps.of.get(thing.subject.id, ()):
            to = self._steps.things.get(step.to)
            if to is None or (step.kind == "FUNDED" and len(on_the_way) == 1 and step.to in self._shown):
                continue  # beyond the cap, or told already by a way that says more
            if step.kind in ("AWARDED_TO", "SUBAWARDED_TO", "IMPLEMENTS"):
                yield from self._held(step, to, thing.subject)
                continue
            ahead = (*trail, to.subject.name)
            if step.to in on_the_way or step.to in self._shown:
                note = CIRCLE if step.to in on_the_way else SHOWN
                yield Hop(thing.subject, step.how, to.subject, ahead, step.refs, is_sure=step.is_sure, note=note)
                continue
            yield self._into(thing, step, to, ahead)
            self._shown.add(step.to)
            yield from self._ends(to, ahead)
            yield from self._after(to, ahead, (*on_the_way, step.to))

    def _into(self, thing: Thing, step: Step, to: Thing, trail: tuple[str, ...]) -> Hop:
        whole = self._money.wholes.get(step.to)
        passing = self._money.passings.get(step.to)
        amounts = (*((whole,) if whole else ()), *(passing.unplaced if passing else ()))
        is_bare = not amounts and not (passing and passing.received)
        return Hop(
            thing.subject,
            step.how,
            to.subject,
            trail,
            (*step.refs, *refs(to.values)),
            amounts,
            document=document_of(to),
            dated=stretch(to.values),
            status=to.values.get("status") or "",
            is_sure=step.is_sure,
            note=_NO_AMOUNT if is_bare and to.subject.cls in ("Award", "FundingLine") else "",
        )

    def _ends(self, thing: Thing, trail: tuple[str, ...]) -> Iterator[Hop]:
        """Yield who received an award, what they handed on, and where it runs."""
        passing = self._money.passings.get(thing.subject.id)
        if passing is None:
            return
        how = "is awarded to" if thing.subject.cls == "Award" else "is carried out by"
        reached: set[str] = set()
        for prime in sorted(
            passing.primes, key=lambda id_: (-sum(a.amount for a in passing.received.get(id_, ())), id_)
        ):
            party = named(prime, self._money.parties)
            amounts = tuple(passing.received.get(prime, ()))
            note = "" if amounts or thing.subject.id in self._money.wholes else _NO_AMOUNT
            yield Hop(
                thing.subject,
                how,
                party,
                (*trail, party.name),
                refs(thing.values),
                amounts,
                document=document_of(thing),
                dated=stretch(thing.values),
                is_undisclosed=prime in self._money.undisclosed,
                note=note,
            )
            yield from self._handed_on(thing, prime, (*trail, party.name), reached)
        yield from self._of_others(thing, trail, reached)
        yield from self._places(thing, trail)

    def _handed_on(self, thing: Thing, party: str, trail: tuple[str, ...], reached: set[str]) -> Iterator[Hop]:
        passing = self._money.passings[thing.subject.id]
        for number, (on_the_way, each, is_circle) in enumerate(chain_below(passing, party), start=1):
            reached.add(each.giver)
            if number <= MOST_EACH or len(on_the_way) > 1:
                names = tuple(named(id_, self._money.parties).name for id_ in on_the_way[1:])
                yield self._pass(each, (*trail, *names), note=CIRCLE if is_circle else "")
        reached.add(party)
        if (whole := len(passing.passes.get(party, ()))) > MOST_EACH:
            self.capped.append(
                f"of {whole:,} sub-recipients of {thing.subject.name}, the {MOST_EACH} largest are shown"
            )

    def _of_others(self, thing: Thing, trail: tuple[str, ...], reached: set[str]) -> Iterable[Hop]:
        """Yield what is passed on by somebody who is not told, or who is not known to have received any of it."""
        for giver, those in sorted(self._money.passings[thing.subject.id].passes.items()):
            if giver not in reached:
                told = f"by {named(giver, self._money.parties).name}, not known to have received it"
                for each in those[:MOST_EACH]:
                    yield self._pass(each, trail, note=told if giver else "who passed it on is not told", of=thing)

    def _pass(self, each: Pass, trail: tuple[str, ...], *, note: str, of: Thing | None = None) -> Hop:
        giver, receiver = (named(id_, self._money.parties) for id_ in (each.giver, each.receiver))
        source: Subject = of.subject if of and not each.giver else giver
        return Hop(
            source,
            "passes on to",
            receiver,
            (*trail, receiver.name),
            each.refs,
            each.amounts,
            document=each.reference,
            is_undisclosed=each.receiver in self._money.undisclosed,
            note=note or ("" if each.amounts else _NO_AMOUNT),
        )

    def _places(self, thing: Thing, trail: tuple[str, ...]) -> Iterable[Hop]:
        for edge in self._money.places.get(thing.subject.id, ()):
            yield Hop(
                thing.subject,
                "runs in",
                edge.other,
                (*trail, edge.name),
                refs(edge.properties),
                share=edge.properties.get("percentage"),
                document=document_of(thing),
                dated=stretch(edge.properties) or stretch(thing.values),
            )

    def _held(self, step: Step, award: Thing, party: Subject) -> Iterator[Hop]:
        """Yield an award that the start itself received, and what the start handed on of it."""
        if step.to in self._shown:
            return
        passing = self._money.passings.get(step.to)
        self._shown.add(step.to)
        trail = (award.subject.name, party.name)
        is_prime = step.kind != "SUBAWARDED_TO"
        amounts: tuple[object, ...] = ()
        if passing:
            amounts = (
                tuple(passing.received.get(party.id, ()))
                if is_prime
                else tuple(amount for each in passing.received_by(party.id) for amount in each.amounts)
            )
        if is_prime and not amounts and (whole := self._money.wholes.get(step.to)):
            amounts = (whole,)
        yield Hop(
            award.subject,
            step.how,
            party,
            trail,
            (*step.refs, *refs(award.values)),
            amounts,  # type: ignore[arg-type]
            document=document_of(award),
            dated=stretch(award.values),
            status=award.values.get("status") or "",
            is_sure=step.is_sure,
            note="" if amounts else _NO_AMOUNT,
        )
        if passing:
            yield from self._handed_on(award, party.id, trail, set())
        if is_prime:
            yield from self._places(award, (award.subject.name,))
        if step.kind == "AWARDED_TO":
            yield from self._after(award, (award.subject.name,), (self._steps.start, step.to))


def document_of(thing: Thing) -> str:
    """Return what a thing stands on: its number, or its account and fiscal year; blank if neither is held."""
    said = thing.values
    if said.get("award_number"):
        return str(said["award_number"])
    year = f"US fiscal year {said['fiscal_year']}" if said.get("fiscal_year") else ""
    return ", ".join(part for part in (said.get("account") or "", year) if part)
