"""National plans, and the bodies and posts that see to them."""

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Series
from exports.paper.document import Block, Section
from exports.paper.statements import Claim
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.instruments.plans import PlanRow

# The newest plans tell what holds; a list of twenty years is in the answer.
_PLANS, _BODIES = 3, 5


def plans(answer: Answer) -> Section:
    """Return the plans, newest first, with what is known of each on the day, then bodies and posts."""
    rows = supported(answer, PlanRow)
    held = [row for row in rows if row.part == "plan"]
    others = [row for row in rows if row.part != "plan"]
    blocks: list[Block] = []
    newest = sorted(held, key=lambda row: (row.start or "", row.what), reverse=True)
    if newest:
        more = More(len(newest) - _PLANS, ask_again(answer)) if len(newest) > _PLANS else None
        items = tuple(Claim(_plan(row), cited(answer, row)) for row in newest[:_PLANS])
        blocks.append(Series(items, lead="Plans:", more=more))
    else:
        blocks.append(nothing_found("No plan is in the data, which does not say that there is none.", lead="Plans:"))
    if others:
        more = More(len(others) - _BODIES, ask_again(answer)) if len(others) > _BODIES else None
        items = tuple(Claim(_body(row), cited(answer, row)) for row in others[:_BODIES])
        blocks.append(Series(items, lead="National bodies and posts:", more=more))
    return Section("National plan and coordination", tuple(blocks))


def _plan(row: PlanRow) -> str:
    seen = f" as of {long_day(row.as_stated_on)}" if row.as_stated_on else ""
    period = {"yes": "", "no": ", its period does not cover the day", "unknown": ", its period is not known"}
    status = row.status or "status not known"
    return f"{row.what_name} ({status}{seen}{period.get(row.in_period or 'unknown', '')})"


def _body(row: PlanRow) -> str:
    seen = f"seen {long_day(row.as_stated_on)}, not known since" if row.as_stated_on else "day not known"
    return f"{row.what_name} ({seen})"
