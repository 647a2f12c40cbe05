"""The last times that our side met, called or wrote to them, and what changed on them since."""

from datetime import date, timedelta

from iga.exports.memos.evidence import claim_of, row_words, supported
from iga.exports.memos.gathering import Gathering, ask_again
from iga.exports.memos.printing import lacking, more, nothing_found, statement
from iga.exports.paper.blocks import Bullets
from iga.exports.paper.document import Section
from iga.exports.paper.statements import Claim, Statement
from iga.graph.domain.marking import Marking
from iga.graph.domain.values import first_day
from iga.queries.changing.what_changed import ChangeRow
from iga.queries.contacts.cadence import TouchRow
from iga.queries.core.answer import Answer
from iga.queries.core.wording import capitalized, long_day, sentence

# The last few tell how things stand; the rest is history.
_TOUCHES = 3
# A few sentences are read before a meeting, a list of thirty is not.
_HAPPENED, _LEARNED = 5, 3
# What was only learned is news while it is little; after a large load it is everything.
_FEW = 12
# Of a sentence that tells all that came with a thing, the first parts.
_LETTERS = 180
# Where no touch is known, the quarter before.
_DAYS = 90


def touches(answer: Answer, *, most: int = _TOUCHES, heading: str = "Last touches", level: int = 1) -> Section:
    """Return the last engagements with our side, latest first, then the last occasion without it."""
    met = met_of(answer)
    beside = [row for row in supported(answer, TouchRow) if row.kind == "occasion"]
    items: list[Statement] = [_touch(answer, row) for row in met[:most]]
    if not met:
        items.append(lacking("meeting, call or other engagement of ours with them", "; there may have been some"))
    if beside and len(met) < most:
        items.append(_touch(answer, beside[0], lead="Where our side is not recorded:"))
    return Section(heading, (Bullets(tuple(items), more(answer, met, most)),), level)


def met_of(answer: Answer) -> list[TouchRow]:
    """Return the engagements with our side, latest first; checks of channels are no meetings."""
    return [row for row in supported(answer, TouchRow) if row.kind == "engagement"]


def ask_changes(gathering: Gathering, party: str, touched: Answer, *, since: str | None) -> Answer:
    """Ask what changed since a day: the one named, else that of the last touch, else 90 days ago."""
    met = [row.on for row in met_of(touched) if row.on]
    start = since or (first_day(met[0]) if met else days_before(gathering.day, _DAYS))
    return gathering.ask("what-changed", word="Changes", party=party, since=start)


def days_before(day: str, number: int) -> str:
    """Return the day that lies some days before another."""
    return (date.fromisoformat(day) - timedelta(days=number)).isoformat()


def changes(answer: Answer, *, is_since_touch: bool) -> Section:
    """Return what changed, by the order of the answer, what happened before what was only learned."""
    since = str(answer.parameters["since"])
    day = since if since.startswith("load:") else long_day(since)
    heading = f"What changed since {'the last touch, ' if is_since_touch else ''}{day}"
    rows = supported(answer, ChangeRow)
    if not rows:
        too_much = f"Too much was loaded in that time to tell it one by one: {ask_again(answer)}"
        return Section(heading, (claim_of(answer, "nothing") or nothing_found(too_much),))
    happened = [row for row in rows if row.nature == "happened"]
    learned = [row for row in rows if row.nature != "happened"]
    shown = [*happened[:_HAPPENED], *(learned[:_LEARNED] if len(learned) <= _FEW else [])]
    items: list[Statement] = [statement(answer, row, change(answer, row)) for row in shown]
    if not happened:
        items.append(lacking("change that is dated in that time"))
    if len(learned) > _FEW:
        items.append(nothing_found("Much was entered since that is older, or without a day; it is not listed here."))
    return Section(heading, (Bullets(tuple(items), more(answer, answer.total.value, len(shown))),))


def _touch(answer: Answer, row: TouchRow, *, lead: str = "") -> Claim:
    return statement(answer, row, row_words(answer, row, "row-told"), lead=lead, floor=Marking.INTERNAL)


def change(answer: Answer, row: ChangeRow) -> str:
    """Return a change in words, with as many of its parts as fit, at least one."""
    most = row.values["parts"]
    while len(text := row_words(answer, row, "row-says", most=most)) > _LETTERS and most > 1:
        most -= 1
    learned = "" if row.nature == "happened" else " (entered since; older, or without a day)"
    return sentence(capitalized(text) + learned)
