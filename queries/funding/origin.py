"""Where the money of a partner comes from: hand to hand up to the award, its programme, appropriation and funder."""

from collections.abc import Sequence

from pydantic import Field

from graph.domain.values import LAST_DAY
from queries.core.answer import Caveat, Subject
from queries.core.question import Question, Request, Result
from queries.core.wording import counted, listed
from queries.funding.along import along
from queries.funding.amounts import Amount
from queries.funding.hop import COLUMNS, Hop, HopRow, drafts_of
from queries.funding.steps import UP
from queries.funding.tally import counts, kind_of_reason, sums
from queries.funding.trace import STARTS, StartParams, amounts_of, doubts, start_of, steps_of
from queries.funding.walk_up import OF_THE_WHOLE, WalkUp
from queries.funding.words import singly, withheld


class OriginParams(StartParams):
    """What `funding-of` is asked with."""

    party: str = Field(
        description="Whose money: a recipient, implementer or sub-recipient; a country, for what runs there; an award,"
        " project, programme or budget line.",
        examples=["Winrock International"],
    )


def funding_of(request: Request[OriginParams]) -> Result:
    """Follow money up, hop by hop, as far as it is held: each row is one hop, rows follow each other as the paths go.

    Only what the party itself received counts in its totals; what stands above it is of a larger whole.
    """
    start = start_of(request)
    steps = steps_of(request, start, UP)
    money = along(request.session, steps, until=request.day if request.params.as_of else LAST_DAY)
    hops = list(WalkUp(steps, money).hops())
    return Result(
        sentence=_sentence(start.subject, hops),
        rows=tuple(draft for hop in hops for draft in drafts_of(hop, arrow=" ← ")),
        caveats=(*doubts(steps, hops), *_which_line(hops), *withheld(amounts_of(hops), money.undisclosed)),
    )


def _sentence(start: Subject, hops: Sequence[Hop]) -> str:
    if not hops:
        return f"where money of {start.name} comes from is not held"
    payers = list(dict.fromkeys(hop.source.name for hop in hops if hop.how == "pays for"))
    givers = {hop.source.name: None for hop in hops if hop.how == "passes on to" and hop.source.id != start.id}
    things = {hop.source.id for hop in hops if hop.source.cls in ("Award", "Project")}
    told = f"money that runs in {start.name}" if start.cls == "Government" else f"money of {start.name}"
    told += f" comes by {counted(len(things), 'award or project', 'awards and projects')}" if things else " is traced"
    told += f", from the hands of {listed(list(givers))}" if givers else ""
    told += f", paid for by {listed(payers)}" if payers else ", and who pays is not held"
    parts = [told, *_totals(start, hops)]
    amounts = amounts_of(hops)
    parts += singly(each for each in amounts if not each.left_out)
    left_out = _left_out(amounts)
    return "; ".join([*parts, *([f"not counted: {left_out}"] if left_out else [])])


def _totals(start: Subject, hops: Sequence[Hop]) -> list[str]:
    own = [amount for hop in hops if hop.target.id == start.id for amount in hop.amounts if counts(amount)]
    verb = "there" if start.cls == "Government" else "it received"
    return [f"{verb}: {each.in_words}" for each in sums({id(each): each for each in own}.values())]


def _left_out(amounts: Sequence[Amount]) -> str:
    """Return what is not counted, in words; amounts of larger wholes are of several layers and only numbered."""
    found: dict[str, int] = {}
    for each in amounts:
        if each.left_out and each.layer != "stated total":
            kind = kind_of_reason(each.left_out) if each.left_out != OF_THE_WHOLE else "amounts of larger wholes"
            found[kind] = found.get(kind, 0) + 1
    return listed([f"{kind} ({number})" for kind, number in sorted(found.items())], most=len(found))


def _which_line(hops: Sequence[Hop]) -> Sequence[Caveat]:
    lines = {hop.source.id for hop in hops if hop.source.cls == "FundingLine"}
    if not lines:
        return ()
    text = "Which budget line paid for which award is not told: the lines are those of the programme as a whole."
    return (Caveat(kind="unknown", text=text),)


FUNDING_OF = Question(
    name="funding-of",
    title="Where does the money of this partner come from, back to the appropriation and the funder?",
    params=OriginParams,
    row=HopRow,
    function=funding_of,
    names={"party": STARTS},
    example={"party": "Pretend Community House (fictional)"},
    columns=COLUMNS,
)
