"""The list of all questions; the command line, the HTTP interface and the manual are made from it.

A question's module is imported when its card is asked for: importing them all takes as long as everything else that
`iga ask` imports (docs/decisions/0046-questions-imported-when-asked.md).
"""

from collections.abc import Mapping

from iga.queries.core.question import Cards, Question

_MODULES: Mapping[str, str] = {
    "contact": "iga.queries.contacts.contact",
    "stale-contacts": "iga.queries.contacts.stale_contacts",
    "vacancies": "iga.queries.contacts.vacancies",
    "congress": "iga.queries.contacts.congress",
    "congress-touch": "iga.queries.contacts.congress_touch",
    "last-touch": "iga.queries.contacts.cadence",
    "cadence": "iga.queries.contacts.cadence",
    "who-knows": "iga.queries.contacts.who_knows",
    "world-watch": "iga.queries.contacts.world_watch",
    "handover": "iga.queries.contacts.handover",
    "turnover": "iga.queries.contacts.turnover",
    "clearers": "iga.queries.contacts.clearers",
    "consent": "iga.queries.contacts.consent",
    "members": "iga.queries.multilateral.members",
    "memberships": "iga.queries.multilateral.members",
    "withdrawals": "iga.queries.multilateral.withdrawals",
    "parties": "iga.queries.instruments.agreements",
    "treaty-status": "iga.queries.instruments.agreements",
    "gaps": "iga.queries.instruments.treaty_coverage",
    "tier-history": "iga.queries.report.tiers",
    "watch-list-clock": "iga.queries.report.watch_list",
    "statistics": "iga.queries.report.statistics",
    "restrictions": "iga.queries.report.restrictions",
    "agreement": "iga.queries.instruments.agreement",
    "compact-progress": "iga.queries.instruments.compact_progress",
    "coverage": "iga.queries.instruments.treaty_coverage",
    "expiring": "iga.queries.instruments.expiring",
    "impact": "iga.queries.instruments.impact",
    "tier-changes": "iga.queries.report.tier_changes",
    "minimum-standards": "iga.queries.report.minimum_standards",
    "recommendations": "iga.queries.multilateral.recommendations",
    "answered": "iga.queries.multilateral.answered",
    "reviews": "iga.queries.multilateral.reviews",
    "plans": "iga.queries.instruments.plans",
    "resolution": "iga.queries.multilateral.resolution",
    "resolutions": "iga.queries.multilateral.resolutions",
    "co-sponsors": "iga.queries.multilateral.resolutions",
    "voting-closeness": "iga.queries.multilateral.voting_closeness",
    "mandates": "iga.queries.multilateral.mandates",
    "due": "iga.queries.instruments.due",
    "compact": "iga.queries.instruments.compact",
    "funding": "iga.queries.funding.funding",
    "funding-trace": "iga.queries.funding.trace",
    "funding-of": "iga.queries.funding.trace",
    "funding-summary": "iga.queries.funding.summary",
    "undisclosed": "iga.queries.funding.undisclosed",
    "top-partners": "iga.queries.funding.top_partners",
    "project": "iga.queries.funding.award",
    "award": "iga.queries.funding.award",
    "portfolio": "iga.queries.funding.stated_totals",
    "partners": "iga.queries.funding.partners",
    "engagements": "iga.queries.multilateral.engagements",
    "participants": "iga.queries.multilateral.participants",
    "delegation": "iga.queries.multilateral.delegation",
    "commitments": "iga.queries.multilateral.commitments",
    "chairs": "iga.queries.multilateral.chairs",
    "body-overlap": "iga.queries.multilateral.body_overlap",
    "shared-affiliations": "iga.queries.multilateral.shared_affiliations",
    "calendar": "iga.queries.multilateral.calendar",
    "profile": "iga.queries.whole.profile",
    "path": "iga.queries.linked.path",
    "neighbourhood": "iga.queries.linked.neighbourhood",
    "what-if": "iga.queries.linked.what_if",
    "brokers": "iga.queries.linked.brokers",
    "introductions": "iga.queries.linked.introductions",
    "communities": "iga.queries.linked.communities",
    "what-changed": "iga.queries.changing.what_changed",
    "conflicts": "iga.queries.changing.conflicts",
    "contradictions": "iga.queries.changing.contradictions",
    "governments": "iga.queries.whole.governments",
}
"""The module of each question; its card there is called as the question, in capitals."""

QUESTIONS: Mapping[str, Question] = Cards(_MODULES)
"""Every question by name, in the order in which the manual lists them."""

LISTS: Mapping[str, Question] = Cards({"list": "iga.queries.sets.listing", "compare": "iga.queries.sets.comparing"})
"""The cards of lists and comparisons, which have commands of their own."""

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
    rooms = {name: module.split(".")[2] for name, module in _MODULES.items()}
    return {title: tuple(name for name in rooms if rooms[name] == room) for room, title in SUBJECTS.items()}
