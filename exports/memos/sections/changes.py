"""What changed on a party since the last touch, in sentences."""

from datetime import date, timedelta

from exports.memos.evidence import cited, claim_of, supported
from exports.memos.gathering import Gathering, ask_again
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.touches import met_of
from exports.paper.blocks import Bullets, More
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, long_days, sentence
from graph.domain.values import first_day
from queries.changing.what_changed import ChangeRow
from queries.core.answer import Answer
from queries.core.wording import long_day

WORD = "Changes"
# A few sentences are read before a meeting, a list of thirty is not.
_HAPPENED, _LEARNED = 5, 3
# What was only learned is news while it is little; after a large load it is everything.
_FEW = 12
# Of a sentence that tells all that came with a thing, the beginning.
_LETTERS = 180
# Where no touch is known, the quarter before.
_DAYS = 90


def ask_changes(gathering: Gathering, party: str, touched: Answer, *, since: str | None) -> Answer:
    """Return what changed since a day: the one given, else that of the last touch, else 90 days ago."""
    met = [row.on for row in met_of(touched) if row.on]
    start = since or (first_day(met[0]) if met else _days_before(gathering.day))
    return gathering.ask("what-changed", word=WORD, party=party, since=start)


def changes(answer: Answer, *, is_since_touch: bool) -> Section:
    """Return what changed, by the order of the answer, what happened before what was only learned."""
    since = str(answer.parameters["since"])
    day = since if since.startswith("load:") else long_day(since)
    heading = f"What changed since {'the last touch, ' if is_since_touch else ''}{day}"
    rows = supported(answer, ChangeRow)
    if not rows:
        return Section(heading, (_none(answer),))
    happened = [row for row in rows if row.nature == "happened"]
    learned = [row for row in rows if row.nature != "happened"]
    listed = learned[:_LEARNED] if len(learned) <= _FEW else []
    items: list[Claim | Unknown] = [_claim(answer, row) for row in (*happened[:_HAPPENED], *listed)]
    if not happened:
        items.append(nothing_found("Nothing in the data is dated in that time."))
    left = answer.total.value - len(happened[:_HAPPENED]) - len(listed)
    if len(learned) > _FEW:
        items.append(nothing_found("Much was entered since that is older, or without a day; it is not listed here."))
    return Section(heading, (Bullets(tuple(items), More(left, ask_again(answer)) if left > 0 else None),))


def _none(answer: Answer) -> Claim | Unknown:
    """Return that nothing changed, or that too much was loaded to tell it one by one."""
    return claim_of(answer, "nothing") or nothing_found(
        f"Too much was loaded in that time to tell it one by one: {ask_again(answer)}"
    )


def _claim(answer: Answer, row: ChangeRow) -> Claim:
    return Claim(_told(row), cited(answer, row))


def _told(row: ChangeRow) -> str:
    learned = "" if row.nature == "happened" else " (entered since; older, or without a day)"
    return sentence(capitalized(long_days(_beginning(row.says))) + learned)


def _beginning(text: str) -> str:
    """Return a sentence up to the last clause that fits; whole if it is short or has no clauses."""
    if len(text) <= _LETTERS:
        return text
    kept = text[:_LETTERS].rpartition("; ")[0]
    return f"{kept} and more" if kept else text


def _days_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=_DAYS)).isoformat()
