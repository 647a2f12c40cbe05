"""The list of all questions; the command line, the HTTP interface and the manual are made from it.

A question's module is imported when its card is asked for: importing them all takes as long as everything else that
`iga ask` imports (docs/decisions/0046-questions-imported-when-asked.md).
"""

import importlib
from collections.abc import Iterator, Mapping

from queries.question import Question

_MODULES: Mapping[str, str] = {
    "contact": "contacts.contact",
    "stale-contacts": "contacts.stale_contacts",
    "vacancies": "contacts.vacancies",
    "last-touch": "contacts.last_touch",
    "handover": "contacts.handover",
    "clearers": "contacts.clearers",
    "consent": "contacts.consent",
    "members": "multilateral.members",
    "memberships": "multilateral.members",
    "parties": "instruments.agreements",
    "treaty-status": "instruments.agreements",
    "gaps": "instruments.gaps",
    "tier-history": "report.tiers",
    "watch-list-clock": "report.watch_list",
    "restrictions": "report.restrictions",
    "agreement": "instruments.agreement",
    "compact-progress": "instruments.compact_progress",
    "coverage": "instruments.coverage",
    "expiring": "instruments.expiring",
    "impact": "instruments.impact",
    "tier-changes": "report.tier_changes",
    "minimum-standards": "report.minimum_standards",
    "recommendations": "multilateral.recommendations",
    "reviews": "multilateral.reviews",
    "plans": "instruments.plans",
    "resolution": "multilateral.resolution",
    "resolutions": "multilateral.resolutions",
    "co-sponsors": "multilateral.co_sponsors",
    "mandates": "multilateral.mandates",
    "due": "instruments.due",
    "compact": "instruments.compact",
    "funding": "funding.funding",
    "funding-trace": "funding.trace",
    "funding-of": "funding.origin",
    "funding-summary": "funding.summary",
    "undisclosed": "funding.undisclosed",
    "top-partners": "funding.top_partners",
    "project": "funding.award",
    "award": "funding.award",
    "portfolio": "funding.portfolio",
    "partners": "funding.partners",
    "engagements": "multilateral.engagements",
    "participants": "multilateral.participants",
    "delegation": "multilateral.delegation",
    "commitments": "multilateral.commitments",
    "chairs": "multilateral.chairs",
    "body-overlap": "multilateral.body_overlap",
    "shared-affiliations": "multilateral.shared_affiliations",
    "calendar": "multilateral.calendar",
    "profile": "whole.profile",
    "path": "linked.path",
    "neighbourhood": "linked.neighbourhood",
    "what-changed": "changing.what_changed",
    "conflicts": "changing.conflicts",
    "contradictions": "changing.contradictions",
}
"""The module below ``queries`` of each question; its card there is called as the question, in capitals."""


class Registry(Mapping[str, Question]):
    """Every question by name, in the order in which the manual lists them."""

    def __getitem__(self, name: str) -> Question:
        """Return a question's card.

        Raises:
            KeyError: There is no such question.
        """
        module = importlib.import_module(f"queries.{_MODULES[name]}")
        card: Question = getattr(module, name.upper().replace("-", "_"))
        return card

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a question, without importing it."""
        return name in _MODULES

    def __iter__(self) -> Iterator[str]:
        """Return the names, without importing a question."""
        return iter(_MODULES)

    def __len__(self) -> int:
        """Return how many questions there are."""
        return len(_MODULES)


QUESTIONS: Mapping[str, Question] = Registry()
