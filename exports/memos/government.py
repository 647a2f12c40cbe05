"""The memo on a government: facts with their sources, and blanks for what only the drafter can say."""

from contextlib import suppress

from pydantic import Field

from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections import bottom_line
from exports.memos.sections.agreements import PALERMO, agreements
from exports.memos.sections.blocks import for_the_drafter
from exports.memos.sections.compact import compact, compact_in_short
from exports.memos.sections.contacts import contacts
from exports.memos.sections.engagements import engagements, printed
from exports.memos.sections.memberships import memberships
from exports.memos.sections.tiers import tier_history
from exports.paper.statements import Claim, Unknown
from exports.wording import long_day
from graph.errors import NotFound
from queries.question import Asked


class GovernmentAsked(Asked):
    """What the memo on a government is asked with."""

    party: str = Field(description="The government: id, code or name.", examples=["Ghana"])


def government(gathering: Gathering, given: GovernmentAsked) -> Written:
    """Write the memo on a government."""
    # This question takes governments only, and so refuses all else.
    tiers = gathering.ask("tier-history", word="Tiers", party=given.party)
    who = tiers.subjects[0]
    treaties = gathering.ask("treaty-status", word="Agreements", party=who.id)
    belongs_to = gathering.ask("memberships", word="Memberships", party=who.id)
    compacts = gathering.ask("compact", word="Compact", party=who.id)
    events = gathering.ask("engagements", word="Engagements", party=who.id)
    ways = gathering.ask("contact", word="Contacts", party=who.id)
    told = {row.engagement for row in printed(events)}
    return Written(
        title=who.name,
        subtitle=f"Combating trafficking in persons: facts as of {long_day(gathering.day)}",
        subject=f"Briefing memo on combating trafficking in persons: {who.name}",
        bottom_line=(
            bottom_line.tier(tiers),
            _palermo(gathering, who.id),
            compact_in_short(compacts),
            *bottom_line.engagement(events),
            bottom_line.contact(ways),
        ),
        sections=(
            for_the_drafter(),
            agreements(treaties),
            memberships(belongs_to),
            tier_history(tiers),
            compact(compacts, elsewhere=told),
            engagements(events),
            contacts(ways),
        ),
        again={"party": who.iso3 or who.id},
    )


def _palermo(gathering: Gathering, party: str) -> Claim | Unknown:
    """Return how it stands to the protocol; asked alone where the answer on all agreements says nothing."""
    treaties = gathering.answers["Agreements"]
    alone = None
    if bottom_line.palermo_row(treaties) is None:
        with suppress(NotFound):  # a ledger need not hold the protocol
            alone = gathering.ask("treaty-status", word="Palermo Protocol", party=party, agreement=PALERMO)
    return bottom_line.palermo(treaties, alone)


GOVERNMENT = MemoKind(
    name="government",
    title="A government: treaties, memberships, tiers, compact, engagements and contacts.",
    params=GovernmentAsked,
    function=government,
    example={"party": "Ghana"},
    longest=4,
)
