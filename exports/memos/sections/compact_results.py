"""How far a compact is: objectives, indicators against targets, contributions, dialogues, who carries it out."""

from collections.abc import Iterator, Sequence

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.compact import in_full
from exports.paper.blocks import Bullets, More, Table, TableRow
from exports.paper.document import Block, Section
from exports.paper.statements import Claim, Statement, Unknown
from exports.wording import capitalized, days, sentence
from graph.domain.marking import Marking
from queries.core.answer import Answer
from queries.core.wording import listed, long_day
from queries.instruments.agreement import CARRIED_OUT_BY, AgreementRow
from queries.instruments.compact_progress import CompactProgressRow

# More would push a paper beyond its pages.
_INDICATORS, _CONTRIBUTIONS, _NAMES = 6, 5, 6
_TERMS = {"signed_on": "signed", "period": "period", "duration": "for", "extension": "extension"}
_GOALS = {"objectives": "objectives:", "focus": "focus:"}


def results(card: Answer, progress: Answer | None) -> Section:
    """Return how far a compact is.

    Args:
        card: The compact as an agreement: terms, objectives, who carries it out.
        progress: Its indicators, contributions and dialogues; None for an agreement that is no compact.
    """
    if progress is None:
        return Section("The agreement", (Bullets(tuple(_card(card))),))
    lines = (*_card(card), _dialogues(progress))
    return Section("The compact", (Bullets(lines), _indicators(progress), _contributions(progress)))


def term_in_short(card: Answer) -> Claim | Unknown:
    """Return when the compact was signed, its period and its extensions, in a sentence."""
    told = [row for row in _facts(card) if row.fact in _TERMS]
    if not told:
        return nothing_found("When it was signed and until when it applies is not in the data.", lead="Compact:")
    words = [_fact(row) for row in told]
    return Claim(sentence(capitalized("; ".join(words))), cited(card, *told), lead="Compact:")


def dialogues(progress: Answer) -> list[CompactProgressRow]:
    """Return the dialogues, earliest first."""
    return [row for row in supported(progress, CompactProgressRow) if row.part == "dialogue"]


def _facts(card: Answer) -> list[AgreementRow]:
    return [row for row in supported(card, AgreementRow) if row.section == "facts"]


def _card(card: Answer) -> Iterator[Statement]:
    yield term_in_short(card)
    if not any(row.fact == "period" and row.end for row in _facts(card)):
        yield nothing_found("Its last day is not in the data.", lead="End:")
    goals = [row for row in _facts(card) if row.fact in _GOALS]
    if goals:
        yield Claim(sentence(capitalized("; ".join(_fact(row) for row in goals))), cited(card, *goals))
    else:
        yield nothing_found("Not in the data.", lead="Objectives:")
    carrying = [row for row in supported(card, AgreementRow) if row.section == CARRIED_OUT_BY]
    if carrying:
        yield Claim(f"{listed([_party(row) for row in carrying], most=_NAMES)}.", cited(card, *carrying),
                    lead="Carried out by:")  # fmt: skip
    else:
        yield nothing_found("Who carries it out is not in the data.", lead="Carried out by:")


def _dialogues(progress: Answer) -> Statement:
    """Return the last dialogue that was held, and the next one."""
    rows = dialogues(progress)
    held = [row for row in rows if row.held == "yes"][-1:]
    ahead = [row for row in rows if row.held != "yes" and (row.start or "") > progress.as_of][:1]
    if not held and not ahead:
        return nothing_found("None is in the data.", lead="Dialogues:")
    told = [f"{word} {days(row.start, row.end) or 'on a day not known'} ({row.standing})"
            for word, rows in (("last", held), ("next", ahead)) for row in rows]  # fmt: skip
    told += [] if ahead else ["the next is not in the data"]
    floor = Marking.INTERNAL if ahead else Marking.PUBLIC
    text = sentence(capitalized("; ".join(told)))
    return Claim(text, cited(progress, *held, *ahead), lead="Dialogues:", floor=floor)


def _fact(row: AgreementRow) -> str:
    word = {**_TERMS, **_GOALS}[row.fact or ""]
    differ = " (sources differ)" if row.conflicts else ""
    return f"{word} {in_full(row.start, row.end) or row.value}{differ}"


def _party(row: AgreementRow) -> str:
    """Return who carries it out, with the role where it is another than implementer."""
    role = "" if row.role == "implementer" else row.role
    told = ", ".join(part for part in (role, in_full(row.start, row.end)) if part)
    return f"{row.other_name} ({told})" if told else str(row.other_name)


def _indicators(progress: Answer) -> Block:
    rows = [row for row in supported(progress, CompactProgressRow) if row.part == "indicator"]
    latest = {row.what: row for row in rows if not row.disaggregation}
    if not latest:
        return nothing_found("No indicator is in the data, so no target and no result.", lead="Indicators:")
    shown = list(latest.values())
    lines = tuple(TableRow(_reading(row), cited(progress, row)) for row in shown[:_INDICATORS])
    more = More(len(shown) - _INDICATORS, ask_again(progress)) if len(shown) > _INDICATORS else None
    header = ("Indicator", "Baseline", "Target", "Actual", "How it stands")
    return Table("Indicators, by their latest reading", header, lines, (30, 13, 15, 17, 25), more)


def _reading(row: CompactProgressRow) -> tuple[str, ...]:
    unit = f" ({row.unit})" if row.unit else ""
    baseline = f"{row.baseline} ({long_day(row.baseline_on)})" if row.baseline and row.baseline_on else row.baseline
    target = row.target or row.overall_target or "none set"
    period = in_full(row.start, row.end)
    actual = (f"{row.actual} ({period})" if period else row.actual) if row.actual else "not measured"
    return f"{row.what_name}{unit}", baseline or "", target, actual, capitalized(row.standing)


def _contributions(progress: Answer) -> Block:
    rows = [row for row in supported(progress, CompactProgressRow) if row.part == "contribution"]
    if not rows:
        return nothing_found("No contribution of either side is in the data.", lead="Contributions:")
    # What the partner pledged is asked about first at a dialogue; ours is told by the office's own lists.
    shown = _partner_first(rows)
    lines = tuple(
        TableRow((row.by_name or "", row.what_name, capitalized(row.standing)), cited(progress, row))
        for row in shown[:_CONTRIBUTIONS]
    )
    more = More(len(shown) - _CONTRIBUTIONS, ask_again(progress)) if len(shown) > _CONTRIBUTIONS else None
    header = ("By", "Contribution as stated (amounts are never added)", "How it stands")
    return Table("Contributions pledged and delivered", header, lines, (18, 47, 35), more)


def _partner_first(rows: Sequence[CompactProgressRow]) -> list[CompactProgressRow]:
    return sorted(rows, key=lambda row: row.by != row.id)
