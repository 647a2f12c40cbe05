"""The last times that our side met, called or wrote to them: who was there, and what came of it."""

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Bullets, More
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from exports.wording import long_days, sentence
from graph.domain.marking import Marking
from queries.contacts.last_touch import TouchRow
from queries.core.answer import Answer
from queries.core.wording import listed, long_day

# The last few tell how things stand; the rest is history.
_CAP = 3
# Names of a large meeting say less than their number.
_NAMED = 4


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
    return Claim(_told(row), cited(answer, row), lead=lead, floor=Marking.INTERNAL)


def _told(row: TouchRow) -> str:
    """Return a touch in short sentences: when and what, who of both sides, what came of it."""
    when = long_day(row.on) if row.on else "Day not known"
    place = f", {row.place}" if row.place and row.place not in row.what_name else ""
    doubt = "" if row.held == "yes" else " (no source says that it took place)"
    ours = f"For us: {_names(row.ours)}." if row.ours else "Who of ours was there is not recorded."
    # The party itself says nothing beside its people.
    people = tuple(name for name in row.theirs if not name.startswith(row.name)) or row.theirs
    theirs = f" For them: {_names(people)}." if people else ""
    outcome = f" Outcome: {sentence(row.outcome)}" if row.outcome else " No outcome is recorded."
    return f"{when}: {row.what_name}{place}{doubt}. {ours}{theirs}{long_days(outcome)}"


def _names(names: tuple[str, ...]) -> str:
    return listed(names, most=_NAMED)
