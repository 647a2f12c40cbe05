"""From who pays to who is helped, and back: each hop of money with its document and amount."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from iga.graph.domain.values import LAST_DAY
from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.core.answer import Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, resting_on
from iga.queries.core.columns import needed
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import OfIds, refs
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.rows import Rows
from iga.queries.core.trust import with_status_by
from iga.queries.core.wording import listed
from iga.queries.funding.amounts import HOLDERS, Amount, alone, holdings_of, lines, movements, undisclosed_among
from iga.queries.funding.hop import COLUMNS, Hop, HopRow, WalkDown, WalkUp
from iga.queries.funding.pool import with_parts
from iga.queries.funding.reads import FUNDERS_OF, FUNDING_LINES_FOR
from iga.queries.funding.step_amounts import StepAmounts, amounts_along, party_named, with_passed_again
from iga.queries.funding.steps import DEEPEST, DOWN, UP, MoneyWay, Steps, steps_from
from iga.queries.funding.totals import (
    counts,
    left_out_caveats,
    left_out_clause,
    single_clause,
    sums,
    total_clauses,
    total_of,
    withheld_caveats,
)

_STARTS = ("Party", "Programme", "ChildProtectionCompact", "FundingLine", "Award", "Project")


class TraceParams(Params):
    """What `funding-trace` is asked with."""

    party: str = needed(
        "Where the money comes from: a funder, a programme, compact or budget line, an award or project;"
        " or a recipient, for what it received and passed on.",
        "Program to End Modern Slavery",
    )


class OriginParams(Params):
    """What `funding-of` is asked with."""

    party: str = needed(
        "Whose money: a recipient, implementer or sub-recipient; a country, for what runs there; an award,"
        " project, programme or budget line.",
        "Winrock International",
    )


def funding_trace(request: Request[TraceParams]) -> Result[HopRow]:
    """Follow money down, hop by hop: each row is one hop, rows follow each other as the paths go.

    What began after the day is left out; what ended before stands with its end, for money that was given stays given.
    A thing with two ways to it is told once, a circle is named and not followed, and the largest are shown where there
    are too many.
    """
    start, steps, money = _money_from(request, DOWN)
    money.transfers = {id_: with_passed_again(transfers) for id_, transfers in money.transfers.items()}
    hops = list(WalkDown(steps, money).hops())
    hops += _alone(request, DOWN)
    amounts = _amounts_of(hops)
    levels, reached, totals = max((len(hop.trail) - 1 for hop in hops), default=0), _reached(start, hops), sums(amounts)
    first = totals[0].values() if totals else None
    every, to = [hop.refs for hop in hops], _recipients(start, hops)
    values = {"subject": start.name, "levels": levels, "total": first, "recipients": to}
    headline = resting_on(every, "headline", **values, **reached)
    own = {end.id for hop in hops for end in (hop.source, hop.target)}
    clauses = (
        *with_parts(request, [headline], own, "Award", "Project"),
        *([resting_on(every, "reached", levels=levels, **reached)] if any(map(reached.get, _ENDS)) else []),
        resting_on(every, "withheld-names", withheld=reached["withheld"]),
        *total_clauses([(total, {}) for total in totals], after_first=bool(first and to)),
        *single_clause(amounts, money.holdings),
        *left_out_clause(_countable(amounts)),
    )
    rows = Rows.of(row for hop in hops for row in hop.rows(arrow=" → "))
    return Result.of(clauses, rows, (*_caveats(steps, hops), *_of_amounts(amounts, money)))


def funding_of(request: Request[OriginParams]) -> Result[HopRow]:
    """Follow money up, hop by hop, as far as it is held: each row is one hop, rows follow each other as the paths go.

    Only what the party itself received counts in its totals; what stands above it is of a larger whole.
    """
    start, steps, money = _money_from(request, UP)
    hops = [*WalkUp(steps, money).hops(), *_alone(request, UP)]
    amounts = _amounts_of(hops)
    is_from_lines = any(hop.source.cls == "FundingLine" for hop in hops)
    which_line = (caveat("unknown", "which-line"),) if is_from_lines else ()
    singles = single_clause((amount for amount in amounts if not amount.left_out), money.holdings)
    rows = Rows.of(row for hop in hops for row in hop.rows(arrow=" ← "))
    return Result.of(
        (*(_origin(start, hops) if hops else _by_lines(request)), *singles, *left_out_clause(_countable(amounts))),
        rows,
        (*_caveats(steps, hops), *which_line, *_of_amounts(amounts, money)),
    )


def _money_from(request: Request[Any], ways: Sequence[MoneyWay]) -> tuple[Subject, Steps, StepAmounts]:
    """Return a start, the steps from it by the day, and their amounts; no status of a later day is told."""
    session, subject = request.session, request.one("party")
    [start] = session.read(ENTITIES_BY_ID, OfIds(ids=(subject.id,)))
    steps = steps_from(session, start, ways, day=request.day)
    stating = {id_: thing for id_, thing in steps.things.items() if thing.values.get("status")}
    session.evidence(ref for thing in stating.values() for ref in refs(thing.values))  # all at once, then kept
    for id_, thing in stating.items():
        steps.things[id_] = thing.model_copy(update={"values": with_status_by(session, thing.values, day=request.day)})
    return subject, steps, amounts_along(session, steps, until=request.day if request.params.as_of else LAST_DAY)


def _alone(request: Request[Any], ways: Sequence[MoneyWay]) -> Iterator[Hop]:
    """Yield a hop for each party that gave to a start, or got from it, under no award or project."""
    session, subject = request.session, request.one("party")
    if subject.cls in HOLDERS:
        return
    holdings, flows = alone(session, subject)
    held = holdings_of(session, subject, by=request.day if request.params.as_of else LAST_DAY)
    given = lines({id_: one for id_, one in held.items() if one.thing.values.get("recipient")})
    amounts = [one for one in (*movements(subject, holdings, flows, {}), *given) if _is_by(one, request)]
    whom = subject.id
    hands = by_key(amounts, lambda one: (one.giver, whom if whom == one.place else one.receiver or one.place))
    ids = {id_ for hand in hands for id_ in hand if id_}
    parties = {id_: one.subject for id_, one in entities(session, ids).items()}
    hidden = undisclosed_among(session, ids)
    for giver, receiver in sorted(hands):
        if (giver == subject.id) == (ways is DOWN):
            source, target = party_named(giver, parties), party_named(receiver, parties)
            trail = (source.name, target.name) if ways is DOWN else (target.name, source.name)
            own = tuple(hands[giver, receiver])
            yield Hop(source, "pays", target, trail, amounts=own, is_undisclosed=receiver in hidden)


def _is_by(amount: Amount, request: Request[Any]) -> bool:
    return not request.params.as_of or amount.days is None or amount.days[0] <= request.day


def _amounts_of(hops: Sequence[Hop]) -> list[Amount]:
    """Return the amounts of hops, each once."""
    return list({id(amount): amount for hop in hops for amount in hop.amounts}.values())


def _countable(amounts: Sequence[Amount]) -> list[Amount]:
    return [amount for amount in amounts if amount.layer != "stated total"]


_AT_THE_END = {
    "recipients": ("is awarded to", "is carried out by", "pays"),
    "sub_recipients": ("passes on to", "is passed on in part to"),
    "countries": ("runs in",),
}
_ENDS = ("reached", "withheld")
_COME_BY = ("FundingLine", "Programme", "ChildProtectionCompact", "Award", "Project")


def _reached(start: Subject, hops: Sequence[Hop]) -> dict[str, Any]:
    """Return how many things of each class hops come by, whom they reach, and how many of these are withheld."""
    by = Counter({end.id: end.cls for hop in hops for end in (hop.source, hop.target)}.values())
    ends = {name: {hop.target.id for hop in hops if hop.how in how} - {start.id} for name, how in _AT_THE_END.items()}
    return {
        "by": {cls: by[cls] for cls in _COME_BY if by[cls]},
        "reached": {name: len(ids) for name, ids in ends.items() if ids},
        "withheld": len({hop.target.id for hop in hops if hop.is_undisclosed}),
    }


def _recipients(start: Subject, hops: Sequence[Hop]) -> list[str]:
    """Return whom awards and projects went to beside the start, most money first; withheld ones are none."""
    received: dict[str, Decimal] = defaultdict(Decimal)
    for hop in hops:
        if hop.how in _AT_THE_END["recipients"] and not hop.is_undisclosed and hop.target.id != start.id:
            received[hop.target.name] += total_of(
                amount for amount in hop.amounts if counts(amount) or amount.is_single
            )
    return sorted(received, key=lambda name: (-received[name], folded(name)))


def _origin(start: Subject, hops: Sequence[Hop]) -> Iterator[SourcedClause]:
    """Yield who pays, by which awards and hands it came, and what the start itself received."""
    paying, is_place = [hop for hop in hops if hop.how in ("pays for", "pays")], start.cls == "Government"
    things = {hop.source.id for hop in hops if hop.source.cls in ("Award", "Project")}
    values = {"subject": start.name, "is_place": is_place, "things": len(things), "payers": _sources(paying)}
    yield resting_on((hop.refs for hop in paying or hops), "headline", **values, is_known=bool(hops))
    if passing := [hop for hop in hops if hop.how == "passes on to" and hop.source.id != start.id]:
        yield resting_on((hop.refs for hop in passing), "hands", givers=_sources(passing))
    for total in sums(filter(counts, _amounts_of([hop for hop in hops if hop.target.id == start.id]))):
        yield total.clause("received", is_place=is_place)


def _by_lines(request: Request[OriginParams]) -> Iterator[SourcedClause]:
    """Yield who pays the budget lines for a start to which no hop leads."""
    session, start = request.session, request.one("party")
    lines = session.read(FUNDING_LINES_FOR, OfIds(ids=(start.id,)))
    paying = session.read(FUNDERS_OF, OfIds(ids=tuple(line.id for line in lines))) if lines else []
    payers = sorted({edge.name for edge in paying})
    values = {"subject": start.name, "is_place": start.cls == "Government", "things": 0, "payers": payers}
    yield resting_on((refs(line.values) for line in lines), "headline", **values, is_known=False, lines=len(lines))


def _sources(hops: Sequence[Hop]) -> list[str]:
    return list(dict.fromkeys(hop.source.name for hop in hops))


def _caveats(steps: Steps, hops: Sequence[Hop]) -> Iterator[UnwordedCaveat]:
    """Yield what a trace does not know or does not show."""
    yield from (text for place, text in enumerate(steps.capped) if text not in steps.capped[:place])
    if steps.is_cut:
        yield caveat("partial", "too-deep", levels=DEEPEST)
    if steps.later:
        yield caveat("partial", "later", number=steps.later)
    if steps.stated:
        yield caveat("partial", "stated", number=len(steps.stated))
    if circles := sorted({f"{hop.source.name} to {hop.target.name}" for hop in hops if hop.is_circle}):
        yield caveat("conflict", "circles", names=listed(circles))
    lacking = [hop for hop in hops if hop.is_lacking]
    if missing := sorted({(hop.source if hop.target.id == steps.start else hop.target).name for hop in lacking}):
        yield caveat("unknown", "lacks-amount", names=listed(missing))
    if not hops:
        yield caveat("unknown", "nothing")


def _of_amounts(amounts: Sequence[Amount], money: StepAmounts) -> Iterator[UnwordedCaveat]:
    yield from withheld_caveats(amounts, money.undisclosed)
    yield from left_out_caveats(_countable(amounts))


FUNDING_TRACE = Question.of(
    funding_trace,
    title="Where does this money go: award, sub-award, implementer, country, hop by hop?",
    names={"party": _STARTS},
    example={"party": "Example Treasury (fictional)"},
    columns=COLUMNS,
)
FUNDING_OF = Question.of(
    funding_of,
    title="Where does the money of this partner come from, back to the appropriation and the funder?",
    names={"party": _STARTS},
    example={"party": "Pretend Community House (fictional)"},
    columns=COLUMNS,
)
