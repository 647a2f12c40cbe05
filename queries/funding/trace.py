"""From who pays to who is helped, and back: each hop of money with its document and amount."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from graph.domain.values import LAST_DAY
from queries.core.answer import Caveat, Subject
from queries.core.clauses import SourcedClause, resting_on
from queries.core.question import Params, Question, Request, Result
from queries.core.reading import OfIds, refs
from queries.core.reads import ENTITIES_BY_ID
from queries.core.wording import listed
from queries.funding.amounts import Amount
from queries.funding.hop import COLUMNS, Hop, HopRow, rows_of
from queries.funding.step_amounts import StepAmounts, amounts_along
from queries.funding.steps import DEEPEST, DOWN, UP, MoneyWay, Steps, steps_from
from queries.funding.totals import (
    caveat,
    counts,
    left_out_caveats,
    left_out_clause,
    single_clause,
    sums,
    total_clauses,
    withheld_caveats,
)
from queries.funding.transfers import with_passed_again
from queries.funding.walk_down import WalkDown
from queries.funding.walk_up import WalkUp

_STARTS = ("Party", "Programme", "ChildProtectionCompact", "FundingLine", "Award", "Project")


class StartParams(Params):
    """What questions are asked with that begin somewhere."""

    party: str


class TraceParams(StartParams):
    """What `funding-trace` is asked with."""

    party: str = Field(
        description="Where the money comes from: a funder, a programme, compact or budget line, an award or project;"
        " or a recipient, for what it received and passed on.",
        examples=["Program to End Modern Slavery"],
    )


class OriginParams(StartParams):
    """What `funding-of` is asked with."""

    party: str = Field(
        description="Whose money: a recipient, implementer or sub-recipient; a country, for what runs there; an award,"
        " project, programme or budget line.",
        examples=["Winrock International"],
    )


def funding_trace(request: Request[TraceParams]) -> Result[HopRow]:
    """Follow money down, hop by hop: each row is one hop, rows follow each other as the paths go.

    What began after the day is left out; what ended before stands with its end, for money that was given stays given.
    A thing with two ways to it is told once, a circle is named and not followed, and the largest are shown where there
    are too many.
    """
    start, steps, money = _money_from(request, DOWN)
    money.transfers = {id_: with_passed_again(each) for id_, each in money.transfers.items()}
    walk = WalkDown(steps, money)
    hops = list(walk.hops())
    steps.capped += walk.capped
    amounts = _amounts_of(hops)
    countable = [each for each in amounts if each.layer != "stated total"]
    levels = max((len(hop.trail) - 1 for hop in hops), default=0)
    return Result(
        clauses=(
            resting_on((hop.refs for hop in hops), "headline", subject=start.name, levels=levels, **_reached(hops)),
            *total_clauses([(total, {}) for total in sums(amounts)]),
            *single_clause(amounts),
            *left_out_clause(countable),
        ),
        rows=tuple(row for hop in hops for row in rows_of(hop, arrow=" → ")),
        caveats=(
            *_caveats(steps, hops),
            *withheld_caveats(amounts, money.undisclosed),
            *left_out_caveats(countable),
        ),
    )


def funding_of(request: Request[OriginParams]) -> Result[HopRow]:
    """Follow money up, hop by hop, as far as it is held: each row is one hop, rows follow each other as the paths go.

    Only what the party itself received counts in its totals; what stands above it is of a larger whole.
    """
    start, steps, money = _money_from(request, UP)
    hops = list(WalkUp(steps, money).hops())
    amounts = _amounts_of(hops)
    countable = [each for each in amounts if each.layer != "stated total"]
    is_from_lines = any(hop.row.source_class == "FundingLine" for hop in hops)
    return Result(
        clauses=(
            *_origin(start, hops),
            *single_clause(each for each in amounts if not each.left_out),
            *left_out_clause(countable),
        ),
        rows=tuple(row for hop in hops for row in rows_of(hop, arrow=" ← ")),
        caveats=(
            *_caveats(steps, hops),
            *([caveat("unknown", "which-line")] if is_from_lines else ()),
            *withheld_caveats(amounts, money.undisclosed),
            *left_out_caveats(countable),
        ),
    )


def _money_from(request: Request[StartParams], ways: Sequence[MoneyWay]) -> tuple[Subject, Steps, StepAmounts]:
    """Return a start, the steps from it by the day, and their amounts; no status of a later day is told."""
    session, subject = request.session, request.one("party")
    start = session.read(ENTITIES_BY_ID, OfIds(ids=(subject.id,)))[0]
    steps = steps_from(session, start, ways, day=request.day)
    for id_, thing in steps.things.items():
        if thing.values.get("status") and session.looks_back(refs(thing.values), day=request.day):
            steps.things[id_] = thing.model_copy(update={"values": {**thing.values, "status": None}})
    return subject, steps, amounts_along(session, steps, until=request.day if request.params.as_of else LAST_DAY)


def _amounts_of(hops: Sequence[Hop]) -> list[Amount]:
    """Return the amounts of hops, each once."""
    return list({id(amount): amount for hop in hops for amount in hop.amounts}.values())


_AT_THE_END = {
    "recipients": ("is awarded to", "is carried out by"),
    "sub_recipients": ("passes on to", "is passed on in part to"),
    "countries": ("runs in",),
}


def _reached(hops: Sequence[Hop]) -> dict[str, Any]:
    """Return how many things of each class hops come by, whom they reach, and how many of these are withheld."""
    rows = [hop.row for hop in hops]
    ends_of = {row.source: row.source_class for row in rows} | {row.target: row.target_class for row in rows}
    classes = list(ends_of.values())
    by = {cls: classes.count(cls) for cls in ("FundingLine", "Programme", "ChildProtectionCompact", "Award", "Project")}
    ends = {name: {hop.row.target for hop in hops if hop.row.relation in how} for name, how in _AT_THE_END.items()}
    hidden = {hop.row.target for hop in hops if hop.row.is_undisclosed}
    return {
        "by": {cls: number for cls, number in by.items() if number},
        "reached": {name: len(ids) for name, ids in ends.items() if ids},
        "withheld": len(hidden),
    }


def _origin(start: Subject, hops: Sequence[Hop]) -> Iterator[SourcedClause]:
    """Yield who pays, by which awards and hands it came, and what the start itself received."""
    paying = [hop for hop in hops if hop.row.relation == "pays for"]
    things = {hop.row.source for hop in hops if hop.row.source_class in ("Award", "Project")}
    said = {"subject": start.name, "is_place": start.cls == "Government", "things": len(things)}
    payers = list(dict.fromkeys(hop.row.source_name for hop in paying))
    yield resting_on((hop.refs for hop in paying or hops), "headline", **said, payers=payers, is_known=bool(hops))
    given = [hop for hop in hops if hop.row.relation == "passes on to" and hop.row.source != start.id]
    if given:
        givers = list(dict.fromkeys(hop.row.source_name for hop in given))
        yield resting_on((hop.refs for hop in given), "hands", givers=givers)
    own = [amount for hop in hops if hop.row.target == start.id for amount in hop.amounts if counts(amount)]
    for total in sums({id(each): each for each in own}.values()):
        yield total.clause("received", is_place=start.cls == "Government")


def _caveats(steps: Steps, hops: Sequence[Hop]) -> Iterator[Caveat]:
    """Yield what a trace does not know or does not show."""
    yield from (Caveat(kind="partial", text=text) for text in dict.fromkeys(steps.capped))
    if steps.is_cut:
        yield caveat("partial", "too-deep", levels=DEEPEST)
    if steps.later:
        yield caveat("partial", "later", number=steps.later)
    if steps.stated:
        yield caveat("partial", "stated", number=len(steps.stated))
    if circles := sorted({f"{hop.row.source_name} to {hop.row.target_name}" for hop in hops if hop.is_circle}):
        yield caveat("conflict", "circles", names=listed(circles))
    if missing := sorted({hop.row.target_name for hop in hops if hop.row.lacks_amount}):
        yield caveat("unknown", "lacks-amount", names=listed(missing))
    if not hops:
        yield caveat("unknown", "nothing")


FUNDING_TRACE = Question(
    name="funding-trace",
    title="Where does this money go: award, sub-award, implementer, country, hop by hop?",
    params=TraceParams,
    row=HopRow,
    function=funding_trace,
    names={"party": _STARTS},
    example={"party": "Example Treasury (fictional)"},
    columns=COLUMNS,
)
FUNDING_OF = Question(
    name="funding-of",
    title="Where does the money of this partner come from, back to the appropriation and the funder?",
    params=OriginParams,
    row=HopRow,
    function=funding_of,
    names={"party": _STARTS},
    example={"party": "Pretend Community House (fictional)"},
    columns=COLUMNS,
)
