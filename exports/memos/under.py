"""The agreement that a meeting is about: its card, how far a compact is, the partner, the next dialogue."""

from dataclasses import dataclass

from exports.memos.evidence import supported
from exports.memos.gathering import Gathering
from exports.memos.meant import ask_about
from exports.memos.sections.compact_results import dialogues
from graph.domain.values import first_day
from queries.core.answer import Answer, Subject
from queries.instruments.agreement import AgreementRow
from queries.instruments.compact_progress import CompactProgressRow


@dataclass(frozen=True)
class Compact:
    """An agreement that a meeting is about.

    Attributes:
        subject: The agreement.
        card: What it is, who is bound, who carries it out.
        progress: Indicators, contributions, dialogues and promises; None where it is no compact.
        partner: Id of the other party; blank where there is none or more than one.
        next_dialogue: Id of the next dialogue; blank if none is in the data.
    """

    subject: Subject
    card: Answer
    progress: Answer | None
    partner: str
    next_dialogue: str


def compact_of(gathering: Gathering, agreement: str) -> Compact:
    """Ask about an agreement, and how far it is where it is a compact.

    Raises:
        NotFound, Ambiguous, UsageError: As of `queries.ask.ask`.
    """
    card = ask_about(gathering, "agreement", word="Agreement", parameter="agreement", text=agreement)
    subject = card.subjects[0]
    if subject.cls != "ChildProtectionCompact":
        return Compact(subject, card, None, _partner(card, gathering.session.home.government), "")
    progress = gathering.ask("compact-progress", word="Compact", agreement=subject.id)
    rows = supported(progress, CompactProgressRow)
    return Compact(
        subject,
        card,
        progress,
        rows[0].id if rows else _partner(card, gathering.session.home.government),
        _next_dialogue(progress),
    )


def _partner(card: Answer, us: str) -> str:
    """Return the one other party of an agreement; blank where there are several."""
    bound = [row for row in supported(card, AgreementRow) if row.section.startswith("parties: ") and row.other]
    others = {str(row.other) for row in bound if row.other != us}
    return others.pop() if len(others) == 1 else ""


def _next_dialogue(progress: Answer) -> str:
    """Return the first dialogue that lies ahead; what was called off or moved does not."""
    for row in dialogues(progress):
        if (
            row.start
            and first_day(row.start) > progress.as_of
            and row.held != "yes"
            and row.stage in (None, "planned", "confirmed")
        ):
            return row.what
    return ""
