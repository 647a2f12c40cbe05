"""One hop of money: from whom to whom, by which document, how much of what, and when; a row for each measure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from iga.queries.core.answer import AnswerRow, Ref, SourcedRow, Subject
from iga.queries.core.clauses import caveat
from iga.queries.core.columns import column, named, needed
from iga.queries.core.days import stretch
from iga.queries.core.reading import Entity, refs
from iga.queries.funding.amounts import LAYERS, Amount, Layer
from iga.queries.funding.step_amounts import StepAmounts, Transfer, Transfers, chain_above, chain_below, party_named
from iga.queries.funding.steps import MOST_EACH, MoneyStep, Steps
from iga.queries.funding.totals import OF_THE_WHOLE, counts, plain, refs_of, span_of, total_of


class HopRow(AnswerRow):
    """One hop of money, of one measure; rows follow each other as the paths go down or up."""

    path: str = needed("Names from the start to here, in order; arrows show which way the money went.")
    hop: int = needed("How many hops it is from the start.")
    source: str = needed("Id of where the money comes from at this hop.")
    source_name: str = needed("Its name.")
    source_class: str = needed("Its class.")
    relation: str = needed("What the source does: provides, has, pays for, is awarded to, passes on to …")
    target: str = needed("Id of where it goes.")
    target_name: str = needed("Its name.")
    target_class: str = needed("Its class.")
    target_iso3: str | None = column("ISO 3166 alpha-3 code, where that is a government.")
    document: str | None = column("What the hop stands on: award number, number of the sub-award, account and year.")
    layer: Layer | None = column("Which layer of money; null where no amount is held.")
    measure: str | None = column("What the amount measures; null where none is held.")
    amount: str | None = column("Decimal number; null is not held, never nothing.")
    currency: str | None = column("ISO 4217 code.")
    amount_count: int = column("How many amounts are added up in it.", 0)
    dated: str | None = column("Day or days of the amounts, else when the target began.")
    first_day: str | None = column("First of these days, possibly partial.")
    last_day: str | None = column("Last of these days, possibly partial.")
    fiscal_years: str | None = column("US fiscal years of the amounts.")
    share: str | None = column("Share of the whole in this country, as stated, in per cent.")
    status: str | None = column("Status of an award: active, ended, terminated.")
    counted: bool = column("Whether the total of its layer and measure counts the amount.", False)
    left_out: str | None = column("Why no total counts it.")
    is_undisclosed: bool = column("Whether the recipient's name is withheld.", False)
    note: str | None = column("What is odd: goes in a circle, already counted above, amount not on record.")
    lacks_amount: bool = column("Whether there should be an amount, and none is on record.", False)


COLUMNS = (
    "path", "relation", "document", "layer", "measure", "amount", "currency", "dated", "fiscal_years", "share",
    "status", "counted", "left_out", "note", "evidence",
)  # fmt: skip  # in the order of the table


@dataclass(frozen=True)
class Hop:
    """One hop of a path, read along the money.

    Attributes:
        refs: Source rows of the edge, and of what it stands on.
        document: Number, or account and year, that it stands on; blank if none is held.
        period: Properties that say when it came about, for where no amount is dated.
        share: Share of the whole in a country, as stated.
        is_sure: Whether it had surely come about by the day.
        is_undisclosed: Whether the name of the target is withheld.
        is_circle: Whether it leads back to where the money came by already.
        lacks_amount: Whether there should be an amount; where something is odd, that is said instead.
    """

    source: Subject
    how: str
    target: Subject
    trail: tuple[str, ...]
    refs: tuple[Ref, ...] = ()
    amounts: tuple[Amount, ...] = ()
    document: str = ""
    period: Mapping[str, Any] = field(default_factory=dict)
    status: str | None = None
    share: str | None = None
    is_sure: bool = True
    is_undisclosed: bool = False
    is_circle: bool = False
    note: str = ""
    lacks_amount: bool = False

    @property
    def is_lacking(self) -> bool:
        """Whether an amount should be on record, is not, and nothing odd explains it."""
        return self.lacks_amount and not self.note

    def rows(self, *, arrow: str) -> Iterator[SourcedRow[HopRow]]:
        """Yield its rows: one for each layer, measure, currency and reason, or one without an amount."""
        groups: dict[tuple[object, ...], list[Amount]] = {}
        for one in self.amounts:
            kind = (LAYERS.index(one.layer), one.measure, one.currency, not counts(one), one.left_out, one.is_single)
            groups.setdefault(kind, []).append(one)
        row = self._row(arrow)
        if not groups:
            yield SourcedRow(row, self.refs)
        for of_kind in sorted(groups, key=lambda kind: tuple(map(str, kind))):
            amounts = sorted(groups[of_kind], key=lambda one: (one.day, one.name, one.refs))
            rests_on = tuple(dict.fromkeys((*refs_of(amounts), *self.refs)))
            yield SourcedRow(row.model_copy(update=_money(amounts)), rests_on)

    def _row(self, arrow: str) -> HopRow:
        return HopRow(
            **named("source", self.source),
            **named("target", self.target),
            held="yes" if self.is_sure else "unknown",
            path=arrow.join(self.trail),
            hop=len(self.trail) - 1,
            source_class=self.source.cls,
            relation=self.how,
            target_class=self.target.cls,
            target_iso3=self.target.iso3,
            document=self.document or None,
            dated=stretch(self.period) or None,
            first_day=self.period.get("period_start") or None,
            last_day=self.period.get("period_end") or None,
            share=self.share or None,
            status=self.status or None,
            is_undisclosed=self.is_undisclosed,
            note=self.note or ("amount not on record" if self.is_lacking else None),
            lacks_amount=self.is_lacking,
        )


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


def standing_on(thing: Entity) -> dict[str, Any]:
    """Return what a hop says that stands on an award, project, programme or line: its number, days and status."""
    return {"document": document_of(thing), "period": thing.values, "status": thing.values.get("status")}


def document_of(thing: Entity) -> str:
    """Return what a thing stands on: its number, or its account and fiscal year; blank if neither is held."""
    stated = thing.values
    year = f"US fiscal year {stated['fiscal_year']}" if stated.get("fiscal_year") else ""
    return str(stated.get("award_number") or ", ".join(filter(None, (stated.get("account"), year))))


def _money(amounts: Sequence[Amount]) -> dict[str, object]:
    first, days = amounts[0], sorted({one.day for one in amounts if one.day})
    columns: dict[str, object] = {
        "layer": first.layer,
        "measure": first.measure,
        "amount": plain(total_of(amounts)),
        "currency": first.currency,
        "amount_count": len(amounts),
        "fiscal_years": span_of([str(year) for year in sorted({one.fiscal_year or 0 for one in amounts} - {0})]),
        "counted": counts(first),
        "left_out": first.left_out or ("stated as a whole: shown, never added up" if first.is_single else None),
    }
    return columns | ({"dated": span_of(days), "first_day": days[0], "last_day": days[-1]} if days else {})
