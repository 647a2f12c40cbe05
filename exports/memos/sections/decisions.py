"""What a body decided, which mandates it gave or has, and what is owed to it or by it under a law or a decision."""

from exports.memos.evidence import cited, row_words, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.memos.sections.engagements import held
from exports.paper.blocks import Bullets, More
from exports.paper.document import Block, Section
from exports.paper.statements import Claim
from exports.wording import capitalized, sentence
from graph.domain.values import last_day
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.instruments.due import DueRow
from queries.multilateral.engagement_row import EngagementRow
from queries.multilateral.mandates import MandateRow
from queries.multilateral.resolutions import ResolutionRow

_TEXTS, _OUTCOMES, _MANDATES, _DUTIES = 5, 4, 5, 6


def decisions(texts: Answer, events: Answer, mandates: Answer, duties: Answer) -> Section:
    """Return the last texts, outcomes of meetings, mandates by their last day, and duties.

    Args:
        texts: Resolutions and decisions of the body.
        events: Its meetings.
        mandates: Mandates with a last day.
        duties: What is due.
    """
    blocks: list[Block] = []
    rows = supported(texts, ResolutionRow)
    if rows:
        more = More(len(rows) - _TEXTS, ask_again(texts)) if len(rows) > _TEXTS else None
        blocks.append(Bullets(tuple(Claim(_text(texts, row), cited(texts, row)) for row in rows[:_TEXTS]), more))
    else:
        blocks.append(nothing_found("No resolution or decision of it is in the data.", lead="Texts:"))
    blocks += [Bullets(tuple(items)) for items in (_outcomes(events), _mandates(mandates), _duties(duties)) if items]
    return Section("Decisions, mandates and duties", tuple(blocks))


def decision_in_short(texts: Answer, events: Answer) -> Claim | None:
    """Return the last text, else the outcome of the last meeting that has one; None where neither is held."""
    if rows := supported(texts, ResolutionRow):
        return Claim(_text(texts, rows[0]), cited(texts, rows[0]), lead="Last decision:")
    outcomes = _outcomes(events)
    return Claim(outcomes[0].text, outcomes[0].citations, lead="Last outcome:") if outcomes else None


def _text(answer: Answer, row: ResolutionRow) -> str:
    sponsors = f"; {row.sponsors_held:,} sponsors in the data" if row.sponsors_held else ""
    return sentence(f"{row.resolution_name}: {row_words(answer, row, 'adoption')}{sponsors}")


def _outcomes(answer: Answer) -> list[Claim]:
    took_place = [row for row in held(answer) if row.outcome][:_OUTCOMES]
    return [Claim(sentence(f"{_dated(row)}: {row.outcome}"), cited(answer, row), lead="Outcome:") for row in took_place]


def _dated(row: EngagementRow) -> str:
    """Return a meeting with its day, unless its name says it."""
    if not row.start or row.start in row.engagement_name or long_day(row.start[:7]) in row.engagement_name:
        return row.engagement_name
    return f"{row.engagement_name}, {long_day(row.start)}"


def _mandates(answer: Answer) -> list[Claim]:
    rows = supported(answer, MandateRow)
    ahead = [row for row in rows if last_day(row.last_day) >= answer.as_of]
    over = [row for row in rows if row not in ahead]
    # What ends next first, then what ended last.
    ordered = [*ahead, *reversed(over)][:_MANDATES]
    return [Claim(_mandate(row, is_over=row in over), cited(answer, row), lead="Mandate:") for row in ordered]


def _mandate(row: MandateRow, *, is_over: bool) -> str:
    how = f"; renewed by {row.renewed_by_name}" if row.renewed_by_name else ""
    how = how or (f"; created by {row.created_by_name}" if row.created_by_name else "")
    position = f"; United States: {row.our_position}" if row.our_position else ""
    over = ", which has passed; no renewal is in the data" if is_over else ""
    return sentence(f"{row.mandated_name}: last day {long_day(row.last_day)}{over}{how}{position}")


def _duties(answer: Answer) -> list[Claim]:
    # Promises have a section of their own.
    rows = [row for row in supported(answer, DueRow) if row.what_class != "Commitment"]
    return [Claim(sentence(capitalized(_duty(row))), cited(answer, row), lead="Duty:") for row in rows[:_DUTIES]]


def _duty(row: DueRow) -> str:
    day = f"due {long_day(row.due_on)}" if row.due_on else "no fixed day"
    late = ", overdue" if row.is_overdue else ""
    basis = f" ({row.legal_basis})" if row.legal_basis else ""
    who = f"; {row.owner_name}" if row.owner_name else ""
    return f"{row.what_name}{basis}: {day}{late}{who}"
