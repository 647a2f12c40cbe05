"""The list of all questions; the command line, the HTTP interface and the manual are made from it.

A question's module is imported when its card is asked for: importing them all takes as long as everything else that
`iga ask` imports (docs/decisions/0046-questions-imported-when-asked.md).
"""

from collections.abc import Mapping

from queries.core.cards import Cards
from queries.core.question import Question

_MODULES: Mapping[str, str] = {
    "contact": "queries.contacts.contact",
    "stale-contacts": "queries.contacts.stale_contacts",
    "vacancies": "queries.contacts.vacancies",
    "congress": "queries.contacts.congress",
    "congress-touch": "queries.contacts.congress_touch",
    "last-touch": "queries.contacts.last_touch",
    "cadence": "queries.contacts.cadence",
    "who-knows": "queries.contacts.who_knows",
    "world-watch": "queries.contacts.world_watch",
    "handover": "queries.contacts.handover",
    "turnover": "queries.contacts.turnover",
    "clearers": "queries.contacts.clearers",
    "consent": "queries.contacts.consent",
    "members": "queries.multilateral.members",
    "memberships": "queries.multilateral.members",
    "withdrawals": "queries.multilateral.withdrawals",
    "parties": "queries.instruments.agreements",
    "treaty-status": "queries.instruments.agreements",
    "gaps": "queries.instruments.gaps",
    "tier-history": "queries.report.tiers",
    "watch-list-clock": "queries.report.watch_list",
    "statistics": "queries.report.statistics",
    "restrictions": "queries.report.restrictions",
    "agreement": "queries.instruments.agreement",
    "compact-progress": "queries.instruments.compact_progress",
    "coverage": "queries.instruments.treaty_coverage",
    "expiring": "queries.instruments.expiring",
    "impact": "queries.instruments.impact",
    "tier-changes": "queries.report.tier_changes",
    "minimum-standards": "queries.report.minimum_standards",
    "recommendations": "queries.multilateral.recommendations",
    "answered": "queries.multilateral.answered",
    "reviews": "queries.multilateral.reviews",
    "plans": "queries.instruments.plans",
    "resolution": "queries.multilateral.resolution",
    "resolutions": "queries.multilateral.resolutions",
    "co-sponsors": "queries.multilateral.co_sponsors",
    "voting-closeness": "queries.multilateral.voting_closeness",
    "mandates": "queries.multilateral.mandates",
    "due": "queries.instruments.due",
    "compact": "queries.instruments.compact",
    "funding": "queries.funding.funding",
    "funding-trace": "queries.funding.trace",
    "funding-of": "queries.funding.trace",
    "funding-summary": "queries.funding.summary",
    "undisclosed": "queries.funding.undisclosed",
    "top-partners": "queries.funding.top_partners",
    "project": "queries.funding.award",
    "award": "queries.funding.award",
    "portfolio": "queries.funding.stated_totals",
    "partners": "queries.funding.partners",
    "engagements": "queries.multilateral.engagements",
    "participants": "queries.multilateral.participants",
    "delegation": "queries.multilateral.delegation",
    "commitments": "queries.multilateral.commitments",
    "chairs": "queries.multilateral.chairs",
    "body-overlap": "queries.multilateral.body_overlap",
    "shared-affiliations": "queries.multilateral.shared_affiliations",
    "calendar": "queries.multilateral.calendar",
    "profile": "queries.whole.profile",
    "path": "queries.linked.path",
    "neighbourhood": "queries.linked.neighbourhood",
    "what-if": "queries.linked.what_if",
    "brokers": "queries.linked.brokers",
    "introductions": "queries.linked.introductions",
    "communities": "queries.linked.communities",
    "what-changed": "queries.changing.what_changed",
    "conflicts": "queries.changing.conflicts",
    "contradictions": "queries.changing.contradictions",
    "governments": "queries.whole.governments",
}
"""The module of each question; its card there is called as the question, in capitals."""

QUESTIONS: Mapping[str, Question] = Cards(_MODULES)
"""Every question by name, in the order in which the manual lists them."""

SUBJECTS: Mapping[str, str] = {
    "contacts": "Contacts",
    "multilateral": "Multilateral work",
    "instruments": "Agreements, compacts and duties",
    "report": "The TIP Report",
    "funding": "Money and partners",
    "whole": "One party as a whole",
    "linked": "Links between parties",
    "changing": "What changes",
}
"""What each room of questions is about, in the order of the manual."""


def by_subject() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the questions by subject, in the order of the manual; no card is imported."""
    rooms = {name: module.split(".")[1] for name, module in _MODULES.items()}
    return {title: tuple(name for name in rooms if rooms[name] == room) for room, title in SUBJECTS.items()}
