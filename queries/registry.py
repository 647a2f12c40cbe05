"""The list of all questions; the command line, the HTTP interface and the manual are made from it."""

from collections.abc import Mapping

from queries.changing.conflicts import CONFLICTS
from queries.changing.contradictions import CONTRADICTIONS
from queries.changing.what_changed import WHAT_CHANGED
from queries.contacts.contact import CONTACT
from queries.funding.award import AWARD, PROJECT
from queries.funding.funding import FUNDING
from queries.funding.partners import PARTNERS
from queries.funding.portfolio import PORTFOLIO
from queries.instruments.agreements import PARTIES, TREATY_STATUS
from queries.instruments.compact import COMPACT
from queries.instruments.due import DUE
from queries.instruments.gaps import GAPS
from queries.instruments.plans import PLANS
from queries.linked.neighbourhood import NEIGHBOURHOOD
from queries.linked.path import PATH
from queries.multilateral.co_sponsors import CO_SPONSORS
from queries.multilateral.engagements import ENGAGEMENTS
from queries.multilateral.mandates import MANDATES
from queries.multilateral.members import MEMBERS, MEMBERSHIPS
from queries.multilateral.recommendations import RECOMMENDATIONS
from queries.multilateral.resolution import RESOLUTION
from queries.multilateral.resolutions import RESOLUTIONS
from queries.multilateral.reviews import REVIEWS
from queries.question import Question
from queries.report.restrictions import RESTRICTIONS
from queries.report.tiers import TIER_HISTORY
from queries.report.watch_list import WATCH_LIST_CLOCK
from queries.whole.profile import PROFILE

QUESTIONS: Mapping[str, Question] = {
    question.name: question
    for question in (
        CONTACT, MEMBERS, MEMBERSHIPS, PARTIES, TREATY_STATUS, GAPS, TIER_HISTORY, WATCH_LIST_CLOCK, RESTRICTIONS,
        RECOMMENDATIONS, REVIEWS, PLANS, RESOLUTION, RESOLUTIONS, CO_SPONSORS, MANDATES, DUE, COMPACT, FUNDING,
        PROJECT, AWARD, PORTFOLIO, PARTNERS, ENGAGEMENTS, PROFILE, PATH, NEIGHBOURHOOD, WHAT_CHANGED, CONFLICTS,
        CONTRADICTIONS,
    )
}  # fmt: skip
"""Every question by name, in the order in which the manual lists them."""
