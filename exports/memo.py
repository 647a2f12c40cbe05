"""The memo on a government: facts with their sources, and blanks for what only the drafter can say."""

from collections.abc import Mapping
from contextlib import suppress

from exports.document import Blank, Bullets, Document, Section, sources_of
from exports.sections import bottom_line, contacts
from exports.sections.agreements import PALERMO, agreements
from exports.sections.compact import compact, compact_in_short
from exports.sections.engagements import coming, engagements, printed
from exports.sections.memberships import memberships
from exports.sections.tiers import tier_history
from exports.sections.unknown import gaps, unknown
from exports.wording import long_day, slug
from graph.domain.marking import Marking
from graph.errors import NotFound
from queries.answer import Answer, Subject
from queries.ask import ask
from queries.asking import Asking

_WORDS = {
    "tier-history": "Tiers",
    "treaty-status": "Agreements",
    "memberships": "Memberships",
    "compact": "Compact",
    "engagements": "Engagements",
    "contact": "Contacts",
}
"""The questions of a memo, and what heads their doubts. The first takes governments only, and so refuses all else."""

_BLANKS = (
    "objective of the meeting",
    "points to make",
    "watch-outs and sensitivities",
    "offices to clear with",
)


def government_memo(asking: Asking, party: str, *, as_of: str | None = None) -> Document:
    """Return a memo on a government.

    Args:
        asking: The graph, the ledger and the day.
        party: The government as typed: id, code or name.
        as_of: Day the facts are for, possibly partial; today if left out.

    Raises:
        NotFound: Nothing is called so.
        Ambiguous: Several governments are called so.
        UsageError: It is no government, or `as_of` is no date.
        StoreError: The graph did not answer.
        LedgerError: The evidence could not be looked up.
    """
    answers: dict[str, Answer] = {}
    for name in _WORDS:
        answers[name] = ask(asking, name, {"party": party, "as_of": as_of or ""})
    first = answers["tier-history"]
    if bottom_line.palermo_row(answers["treaty-status"]) is None:
        alone = {"party": first.subjects[0].id, "agreement": PALERMO, "as_of": first.as_of}
        with suppress(NotFound):  # a ledger need not hold the protocol
            answers["palermo"] = ask(asking, "treaty-status", alone)
    return _document(first.subjects[0], first, answers)


def _document(government: Subject, first: Answer, answers: Mapping[str, Answer]) -> Document:
    code = government.iso3 or government.id
    known = f" --known-on {first.known_on}" if first.known_on else ""
    when = f"--as-of {first.as_of}{known}"
    sections = _sections(answers, f"--party {code} {when}")
    return Document(
        title=government.name,
        subtitle=f"Combating trafficking in persons: facts as of {long_day(first.as_of)}",
        subject=f"Briefing memo on combating trafficking in persons: {government.name}",
        as_of=first.as_of,
        data_version=first.data_version,
        command=f"iga memo government {code} {when} -o {slug(government.name)}.docx",
        sections=sections,
        gaps=gaps(answers, used=sources_of(sections)),
        floor=_floor(answers),
    )


def _sections(answers: Mapping[str, Answer], asked: str) -> tuple[Section, ...]:
    events = {row.engagement for row in printed(answers["engagements"])}
    commands = {name: f"iga ask {name} {asked}" for name in _WORDS}
    return (
        _bottom_line(answers),
        Section("For the drafter", tuple(Blank(prompt) for prompt in _BLANKS)),
        agreements(answers["treaty-status"], command=commands["treaty-status"]),
        memberships(answers["memberships"], command=commands["memberships"]),
        tier_history(answers["tier-history"]),
        compact(answers["compact"], command=commands["compact"], elsewhere=events),
        engagements(answers["engagements"], command=commands["engagements"]),
        contacts.contacts(answers["contact"], command=commands["contact"]),
        unknown({_WORDS.get(name, "Palermo Protocol"): answer for name, answer in answers.items()}),
    )


def _bottom_line(answers: Mapping[str, Answer]) -> Section:
    items = (
        bottom_line.tier(answers["tier-history"]),
        bottom_line.palermo(answers["treaty-status"], answers.get("palermo")),
        compact_in_short(answers["compact"]),
        *bottom_line.engagement(answers["engagements"]),
        bottom_line.contact(answers["contact"]),
    )
    return Section("Bottom line up front", (Bullets(items),))


def _floor(answers: Mapping[str, Answer]) -> Marking:
    """Return the least marking: plans of engagements and checks of contacts are internal."""
    is_internal = bool(coming(answers["engagements"])) or contacts.is_internal(answers["contact"])
    return Marking.INTERNAL if is_internal else Marking.PUBLIC
