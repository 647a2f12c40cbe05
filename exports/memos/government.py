"""The memo on a government: facts with their sources, and blanks for what only the drafter can say."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from pydantic import Field

from exports.memos.evidence import claim_of
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections import bottom_line
from exports.memos.sections.advice import advice_in_short
from exports.memos.sections.agreements import PALERMO, agreements
from exports.memos.sections.blocks import for_the_drafter
from exports.memos.sections.changes import changes
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.compact import compact, compact_in_short
from exports.memos.sections.consequences import consequences
from exports.memos.sections.contacts import contacts
from exports.memos.sections.engagements import engagements, printed
from exports.memos.sections.memberships import memberships
from exports.memos.sections.money import total
from exports.memos.sections.national_plans import plans
from exports.memos.sections.promises import ask_promises, promises
from exports.memos.sections.tiers import tier_history
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from graph.errors import NotFound
from queries.core.answer import Answer, CaveatKind
from queries.core.question import Params
from queries.core.wording import long_day

_YEAR = 365
# Facts of a compact; a meeting on it has a paper of its own.
_FACTS = 8
_PROMISES = 5
# What touches on money, programs, law or the report is cleared by more than the desk.
_PURPOSES = ("money", "programs", "report")
# A few lines stand for many rows here: doubts that only count rows say nothing of them.
_CUT: tuple[CaveatKind, ...] = ("derived",)
# The years of recommendations are printed with them; how many changes there are is, too.
_YEARS: tuple[CaveatKind, ...] = (*_CUT, "stale")
_COUNTED: tuple[CaveatKind, ...] = (*_CUT, "partial")


class GovernmentParams(Params):
    """What the memo on a government is asked with."""

    party: str = Field(description="The government: id, code or name.", examples=["Ghana"])


def government(gathering: Gathering, given: GovernmentParams) -> Written:
    """Write the memo on a government."""
    # This question takes governments only, and so refuses all else.
    tiers = gathering.ask("tier-history", _CUT, word="Tiers", party=given.party)
    who = tiers.subjects[0]
    treaties = gathering.ask("treaty-status", word="Agreements", party=who.id)
    belongs_to = gathering.ask("memberships", word="Memberships", party=who.id)
    compacts = gathering.ask("compact", word="Compact", party=who.id)
    events = gathering.ask("engagements", word="Engagements", party=who.id)
    ways = gathering.ask("contact", word="Contacts", party=who.id)
    told = {row.engagement for row in printed(events)}
    money = gathering.ask("funding-summary", word="Money", party=who.id, by="fiscal year")
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
            tier_history(tiers),
            _consequences(gathering, who.id),
            agreements(treaties),
            memberships(belongs_to),
            compact(compacts, elsewhere=told, most=_FACTS),
            advice_in_short(gathering.ask("recommendations", _YEARS, word="Recommendations", party=who.id)),
            plans(gathering.ask("plans", word="Plans", party=who.id)),
            Section("Money, one measure and one layer", tuple(_money(gathering, who.id, money))),
            promises(ask_promises(gathering, who.id), party=who.id, most=_PROMISES),
            engagements(events),
            _changes(gathering, who.id),
            contacts(ways),
        ),
        again={"party": who.iso3 or who.id},
        clearers=clearers_of(gathering, [who.id], purposes=_PURPOSES),
    )


def _consequences(gathering: Gathering, party: str) -> Section:
    restricted = gathering.ask("restrictions", word="Restrictions", party=party)
    return consequences(restricted, gathering.ask("watch-list-clock", _CUT, word="Watch List", party=party))


def _money(gathering: Gathering, party: str, by_year: Answer) -> Iterator[Claim | Unknown]:
    """Give the total of one measure and layer, and who carried most of it out; the paper on funding has the rest."""
    yield total(by_year)
    through = gathering.ask("funding-summary", word="Through whom", party=party, by="implementer")
    if first := claim_of(through, "most"):
        yield first


def _changes(gathering: Gathering, party: str) -> Section:
    """Return what changed in the last year."""
    since = (date.fromisoformat(gathering.day) - timedelta(days=_YEAR)).isoformat()
    return changes(
        gathering.ask("what-changed", _COUNTED, word="Changes", party=party, since=since), is_since_touch=False
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
    title="A government: tiers, restrictions, treaties, compact, advice, plans, money, promises, changes and contacts.",
    params=GovernmentParams,
    function=government,
    example={"party": "Ghana"},
    longest=4,
)
