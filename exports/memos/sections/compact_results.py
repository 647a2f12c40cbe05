"""The agreement that a meeting is about: terms, objectives, indicators, contributions, dialogues, the partner."""

from collections.abc import Iterator
from dataclasses import dataclass

from iga.exports.memos.evidence import supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.printing import claim_or, form, nothing_found
from iga.exports.paper.blocks import Bullets
from iga.exports.paper.document import Section
from iga.exports.paper.statements import Claim, Statement, Unknown
from iga.graph.domain.marking import Marking
from iga.queries.core.answer import Answer, Subject
from iga.queries.core.days import passed
from iga.queries.instruments.agreement import CARRIED_OUT_BY, AgreementRow
from iga.queries.instruments.compact_progress import CompactProgressRow

_TERMS = ("signed_on", "period", "duration", "extension")
_GOALS = ("objectives", "focus")


@dataclass(frozen=True)
class Compact:
    """An agreement that a meeting is about.

    Attributes:
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
        NotFound, Ambiguous, UsageError: As of `iga.queries.ask.ask`.
    """
    card = gathering.ask_about(agreement, "agreement", word="Agreement", parameter="agreement")
    subject, partner = card.subjects[0], _partner(card, gathering.session.home.government)
    if subject.cls != "ChildProtectionCompact":
        return Compact(subject, card, None, partner, "")
    progress = gathering.ask("compact-progress", word="Compact", agreement=subject.id)
    rows = supported(progress, CompactProgressRow)
    return Compact(subject, card, progress, rows[0].id if rows else partner, _next_dialogue(progress))


def results(compact: Compact) -> Section:
    """Return how far a compact is; of another agreement its terms and who carries it out."""
    progress = compact.progress
    if progress is None:
        return Section("The agreement", (Bullets(tuple(_card(compact.card))),))
    readings = [row for row in _part(progress, "indicator") if not row.disaggregation]
    latest = list({row.what: row for row in readings}.values())
    # What the partner pledged is asked about first at a dialogue; ours is told by the office's own lists.
    contributions = sorted(_part(progress, "contribution"), key=lambda row: row.by != row.id)
    lines = Bullets((*_card(compact.card), _dialogues(progress)))
    tables = (form("indicators").table(progress, latest), form("contributions").table(progress, contributions))
    return Section("The compact", (lines, *tables))


def term(card: Answer) -> Claim | Unknown:
    """Return when the compact was signed, its period and its extensions, in a sentence."""
    nothing = "When it was signed and until when it applies is not in the data."
    terms = _facts(card, _TERMS)
    return claim_or(nothing, card, terms, "compact/term", rows=terms, called=card.subjects[0].name)


def _partner(card: Answer, us: str) -> str:
    """Return the one other party of an agreement; blank where there are several."""
    bound = [row for row in supported(card, AgreementRow) if row.section.startswith("parties: ") and row.other]
    others = {str(row.other) for row in bound if row.other != us}
    return others.pop() if len(others) == 1 else ""


def _next_dialogue(progress: Answer) -> str:
    """Return the first dialogue that lies ahead; what was called off or moved does not."""
    ahead = [row for row in _part(progress, "dialogue") if passed(row.start, on=progress.as_of) == "no"]
    planned = (row for row in ahead if row.held != "yes" and row.stage in (None, "planned", "confirmed"))
    return next((row.what for row in planned), "")


def _part(progress: Answer, part: str) -> list[CompactProgressRow]:
    """Return the rows of one part, dialogues earliest first."""
    return [row for row in supported(progress, CompactProgressRow) if row.part == part]


def _facts(card: Answer, facts: tuple[str, ...]) -> list[AgreementRow]:
    return [row for row in supported(card, AgreementRow) if row.section == "facts" and row.fact in facts]


def _card(card: Answer) -> Iterator[Statement]:
    yield term(card)
    if not any(row.end for row in _facts(card, ("period",))):
        yield nothing_found("Its last day is not in the data.", lead="End:")
    goals = _facts(card, _GOALS)
    yield claim_or("Not in the data.", card, goals, "compact/facts", lead="" if goals else "Objectives:", rows=goals)
    carrying = [row for row in supported(card, AgreementRow) if row.section == CARRIED_OUT_BY]
    nothing = "Who carries it out is not in the data."
    yield claim_or(nothing, card, carrying, "compact/carried-out-by", lead="Carried out by:", rows=carrying)


def _dialogues(progress: Answer) -> Statement:
    """Return the last dialogue that was held, and the next one."""
    rows = _part(progress, "dialogue")
    held = [row for row in rows if row.held == "yes"][-1:]
    ahead = [row for row in rows if row.held != "yes" and passed(row.start, on=progress.as_of) == "no"][:1]
    return claim_or(
        "Their days are not on file.",
        progress,
        [*held, *ahead],
        "compact/dialogues",
        lead="Dialogues:",
        floor=Marking.INTERNAL if ahead else Marking.PUBLIC,
        last=next(iter(held), None),
        next=next(iter(ahead), None),
    )
