"""The last times that our side met, called or wrote to them: who was there, and what came of it."""

from exports.memos.evidence import cited, row_words, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Bullets, More
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from graph.domain.marking import Marking
from queries.contacts.last_touch import TouchRow
from queries.core.answer import Answer
from queries.core.wording import long_day

# The last few tell how things stand; the rest is history.
_CAP = 3


def touches(answer: Answer, *, most: int = _CAP, heading: str = "Last touches", level: int = 1) -> Section:
    """Return the last engagements with our side, latest first, then the last occasion without it."""
    met = met_of(answer)
    beside = [row for row in supported(answer, TouchRow) if row.kind == "occasion"]
    items: list[Claim | Unknown] = [_claim(answer, row) for row in met[:most]]
    if not met:
        text = "No meeting, call or other engagement of ours with them is in the data."
        items.append(nothing_found(f"{text} That does not say that there was none."))
    if beside and len(met) < most:
        items.append(_claim(answer, beside[0], lead="Where our side is not recorded:"))
    left = len(met) - most
    return Section(heading, (Bullets(tuple(items), More(left, ask_again(answer)) if left > 0 else None),), level)


def met_of(answer: Answer) -> list[TouchRow]:
    """Return the engagements with our side, latest first; checks of channels are no meetings."""
    return [row for row in supported(answer, TouchRow) if row.kind == "engagement"]


def touch_in_short(answer: Answer) -> Claim | Unknown:
    """Return the last engagement with our side."""
    met = met_of(answer)
    if not met:
        return nothing_found("None with our side is in the data.", lead="Last touch:")
    row = met[0]
    when = long_day(row.on) if row.on else "day not known"
    return Claim(f"{when}: {row.what_name}.", cited(answer, row), lead="Last touch:", floor=Marking.INTERNAL)


def _claim(answer: Answer, row: TouchRow, *, lead: str = "") -> Claim:
    return Claim(row_words(answer, row, "row-told"), cited(answer, row), lead=lead, floor=Marking.INTERNAL)
