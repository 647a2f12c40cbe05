"""The list of all questions; the command line, the HTTP interface and the manual are made from it."""

from collections.abc import Mapping

from queries.changing.conflicts import CONFLICTS
from queries.changing.contradictions import CONTRADICTIONS
from queries.changing.what_changed import WHAT_CHANGED
from queries.contacts.clearers import CLEARERS
from queries.contacts.consent import CONSENT
from queries.contacts.contact import CONTACT
from queries.contacts.handover import HANDOVER
from queries.contacts.last_touch import LAST_TOUCH
from queries.contacts.stale_contacts import STALE_CONTACTS
from queries.contacts.vacancies import VACANCIES
from queries.funding.award import AWARD, PROJECT
from queries.funding.funding import FUNDING
from queries.funding.origin import FUNDING_OF
from queries.funding.partners import PARTNERS
from queries.funding.portfolio import PORTFOLIO
from queries.funding.summary import FUNDING_SUMMARY
from queries.funding.top_partners import TOP_PARTNERS
from queries.funding.trace import FUNDING_TRACE
from queries.funding.undisclosed import UNDISCLOSED
from queries.instruments.agreement import AGREEMENT
from queries.instruments.agreements import PARTIES, TREATY_STATUS
from queries.instruments.compact import COMPACT
from queries.instruments.compact_progress import COMPACT_PROGRESS
from queries.instruments.coverage import COVERAGE
from queries.instruments.due import DUE
from queries.instruments.expiring import EXPIRING
from queries.instruments.gaps import GAPS
from queries.instruments.impact import IMPACT
from queries.instruments.plans import PLANS
from queries.linked.neighbourhood import NEIGHBOURHOOD
from queries.linked.path import PATH
from queries.multilateral.body_overlap import BODY_OVERLAP
from queries.multilateral.calendar import CALENDAR
from queries.multilateral.chairs import CHAIRS
from queries.multilateral.co_sponsors import CO_SPONSORS
from queries.multilateral.commitments import COMMITMENTS
from queries.multilateral.delegation import DELEGATION
from queries.multilateral.engagements import ENGAGEMENTS
from queries.multilateral.mandates import MANDATES
from queries.multilateral.members import MEMBERS, MEMBERSHIPS
from queries.multilateral.participants import PARTICIPANTS
from queries.multilateral.recommendations import RECOMMENDATIONS
from queries.multilateral.resolution import RESOLUTION
from queries.multilateral.resolutions import RESOLUTIONS
from queries.multilateral.reviews import REVIEWS
from queries.multilateral.shared_affiliations import SHARED_AFFILIATIONS
from queries.question import Question
from queries.report.minimum_standards import MINIMUM_STANDARDS
from queries.report.restrictions import RESTRICTIONS
from queries.report.tier_changes import TIER_CHANGES
from queries.report.tiers import TIER_HISTORY
from queries.report.watch_list import WATCH_LIST_CLOCK
from queries.whole.profile import PROFILE

QUESTIONS: Mapping[str, Question] = {
    question.name: question
    for question in (
        CONTACT, STALE_CONTACTS, VACANCIES, LAST_TOUCH, HANDOVER, CLEARERS, CONSENT, MEMBERS, MEMBERSHIPS, PARTIES,
        TREATY_STATUS, GAPS, TIER_HISTORY, WATCH_LIST_CLOCK, RESTRICTIONS, AGREEMENT, COMPACT_PROGRESS, COVERAGE,
        EXPIRING, IMPACT, TIER_CHANGES, MINIMUM_STANDARDS, RECOMMENDATIONS, REVIEWS, PLANS, RESOLUTION, RESOLUTIONS,
        CO_SPONSORS, MANDATES, DUE, COMPACT, FUNDING, FUNDING_TRACE, FUNDING_OF, FUNDING_SUMMARY, UNDISCLOSED,
        TOP_PARTNERS, PROJECT, AWARD, PORTFOLIO, PARTNERS, ENGAGEMENTS, PARTICIPANTS, DELEGATION, COMMITMENTS,
        CHAIRS, BODY_OVERLAP, SHARED_AFFILIATIONS, CALENDAR, PROFILE, PATH, NEIGHBOURHOOD, WHAT_CHANGED, CONFLICTS,
        CONTRADICTIONS,
    )
}  # fmt: skip
"""Every question by name, in the order in which the manual lists them."""
