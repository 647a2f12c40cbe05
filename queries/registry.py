"""The list of all questions; the command line, the HTTP interface and the manual are made from it."""

from collections.abc import Mapping

from queries.agreements import PARTIES, TREATY_STATUS
from queries.award import AWARD, PROJECT
from queries.compact import COMPACT
from queries.contact import CONTACT
from queries.engagements import ENGAGEMENTS
from queries.gaps import GAPS
from queries.members import MEMBERS, MEMBERSHIPS
from queries.partners import PARTNERS
from queries.portfolio import PORTFOLIO
from queries.profile import PROFILE
from queries.question import Question
from queries.tiers import TIER_HISTORY

QUESTIONS: Mapping[str, Question] = {
    question.name: question
    for question in (
        CONTACT, MEMBERS, MEMBERSHIPS, PARTIES, TREATY_STATUS, GAPS, TIER_HISTORY, COMPACT, ENGAGEMENTS,
        PROFILE, PARTNERS, PORTFOLIO, PROJECT, AWARD,
    )
}  # fmt: skip
"""Every question by name, in the order in which the manual lists them."""
