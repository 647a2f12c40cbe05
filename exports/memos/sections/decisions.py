"""What a body decided, which mandates it gave or has, and what is owed to it or by it under a law or a decision."""

from iga.exports.memos.evidence import row_words, supported
from iga.exports.memos.printing import claim, more, nothing_found
from iga.exports.memos.sections.engagements import held
from iga.exports.paper.blocks import Bullets
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Claim
from iga.graph.domain.values import last_day
from iga.queries.core.answer import Answer
from iga.queries.instruments.due import DueRow
from iga.queries.multilateral.mandates import MandateRow
from iga.queries.multilateral.resolutions import ResolutionRow

_TEXTS, _OUTCOMES, _MANDATES, _DUTIES = 5, 4, 5, 6


def decisions(texts: Answer, events: Answer, mandates: Answer, duties: Answer) -> Section:
    """Return the last texts, outcomes of meetings, mandates by their last day, and duties.

    Args:
        texts: Resolutions and decisions of the body.
        events: Its meetings.
        mandates: Mandates with a last day.
        duties: What is due.
    """
    rows = supported(texts, ResolutionRow)
    blocks: list[Block] = [nothing_found("No resolution or decision of it is in the data.", lead="Texts:")]
    if rows:
        blocks = [Bullets(tuple(text(texts, row) for row in rows[:_TEXTS]), more(texts, rows, _TEXTS))]
    blocks += [Bullets(tuple(items)) for items in (_outcomes(events), _mandates(mandates), _duties(duties)) if items]
    return Section("Decisions, mandates and duties", tuple(blocks))


def text(answer: Answer, row: ResolutionRow) -> Claim:
    """Return a resolution with how it was adopted, in a sentence."""
    return claim(answer, [row], "decisions/text", adoption=row_words(answer, row, "adoption"))


def _outcomes(answer: Answer) -> list[Claim]:
    took_place = [row for row in held(answer) if row.outcome][:_OUTCOMES]
    return [claim(answer, [row], "decisions/outcome", lead="Outcome:") for row in took_place]


def _mandates(answer: Answer) -> list[Claim]:
    rows = supported(answer, MandateRow)
    ahead = [row for row in rows if last_day(row.last_day) >= answer.as_of]
    over = [row for row in rows if row not in ahead]
    # What ends next first, then what ended last.
    return [
        claim(answer, [row], "decisions/mandate", lead="Mandate:", is_over=row in over)
        for row in [*ahead, *reversed(over)][:_MANDATES]
    ]


def _duties(answer: Answer) -> list[Claim]:
    # Promises have a section of their own.
    rows = [row for row in supported(answer, DueRow) if row.what_class != "Commitment"]
    return [claim(answer, [row], "decisions/duty", lead="Duty:") for row in rows[:_DUTIES]]
