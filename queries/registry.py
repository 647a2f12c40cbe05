"""The list of all questions; the command line, the HTTP interface and the manual are made from it."""

from collections.abc import Mapping

from queries.agreements import PARTIES, TREATY_STATUS
from queries.award import AWARD, PROJECT
from queries.co_sponsors import CO_SPONSORS
from queries.compact import COMPACT
from queries.contact import CONTACT
from queries.due import DUE
from queries.engagements import ENGAGEMENTS
from queries.funding import FUNDING
from queries.gaps import GAPS
from queries.mandates import MANDATES
from queries.members import MEMBERS, MEMBERSHIPS
from queries.partners import PARTNERS
from queries.plans import PLANS
from queries.portfolio import PORTFOLIO
from queries.profile import PROFILE
from queries.question import Question
from queries.recommendations import RECOMMENDATIONS
from queries.resolution import RESOLUTION
from queries.resolutions import RESOLUTIONS
from queries.restrictions import RESTRICTIONS
from queries.reviews import REVIEWS
from queries.tiers import TIER_HISTORY
from queries.watch_list import WATCH_LIST_CLOCK

QUESTIONS: Mapping[str, Question] = {
    question.name: question
    for question in (
        CONTACT, MEMBERS, MEMBERSHIPS, PARTIES, TREATY_STATUS, GAPS, TIER_HISTORY, WATCH_LIST_CLOCK, RESTRICTIONS,
        RECOMMENDATIONS, REVIEWS, PLANS, RESOLUTION, RESOLUTIONS, CO_SPONSORS, MANDATES, DUE, COMPACT, FUNDING,
        PROJECT, AWARD, PORTFOLIO, PARTNERS, ENGAGEMENTS, PROFILE,
    )
}  # fmt: skip
"""Every question by name, in the order in which the manual lists them."""
