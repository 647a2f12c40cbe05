"""The memo on a government: facts with their sources, and blanks for what only the drafter can say."""

from collections.abc import Iterator
from contextlib import suppress

from pydantic import Field

from exports.memos.evidence import claim_of, supported
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.printing import claim, claim_or, for_the_drafter, more, nothing_found, series
from exports.memos.sections.advice import advice_in_short
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.compact import compact, compact_in_short
from exports.memos.sections.contacts import contact_in_short, contacts
from exports.memos.sections.engagements import engagements, engagements_in_short, printed
from exports.memos.sections.money import total
from exports.memos.sections.promises import ask_promises, promises
from exports.memos.sections.standing import PALERMO, agreements, palermo, palermo_rows, tier, tier_history
from exports.memos.sections.touches import changes, days_before
from exports.paper.blocks import Bullets, Series
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from graph.errors import NotFound
from graph.grouping import by_key
from queries.core.answer import Answer, CaveatKind
from queries.core.question import Params
from queries.core.wording import long_day
from queries.instruments.plans import PlanRow
from queries.multilateral.members import MembershipRow
from queries.report.restrictions import RestrictionRow

_YEAR = 365
# What more would push the memo beyond its pages; a meeting on the compact has a paper of its own.
_BODIES, _FACTS, _PLANS, _PLAN_BODIES, _PROMISES = 12, 8, 3, 5, 5
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


def government(gathering: Gathering, params: GovernmentParams) -> Written:
    """Write the memo on a government."""
    # This question takes governments only, and so refuses all else.
    tiers = gathering.ask("tier-history", _CUT, word="Tiers", party=params.party)
    who = tiers.subjects[0]
    treaties = gathering.ask("treaty-status", word="Agreements", party=who.id)
    belongs_to = gathering.ask("memberships", word="Memberships", party=who.id)
    compacts = gathering.ask("compact", word="Compact", party=who.id)
    events = gathering.ask("engagements", word="Engagements", party=who.id)
    ways = gathering.ask("contact", word="Contacts", party=who.id)
    on_list = {row.engagement for row in printed(events)}
    money = gathering.ask("funding-summary", word="Money", party=who.id, by="fiscal year")
    a_year_ago = days_before(gathering.day, _YEAR)
    changed = gathering.ask("what-changed", _COUNTED, word="Changes", party=who.id, since=a_year_ago)
    return Written(
        title=who.name,
        subtitle=f"Combating trafficking in persons: facts as of {long_day(gathering.day)}",
        subject=f"Briefing memo on combating trafficking in persons: {who.name}",
        bottom_line=(
            tier(tiers),
            _palermo(gathering, who.id, treaties),
            compact_in_short(compacts),
            *engagements_in_short(events),
            contact_in_short(ways),
        ),
        sections=(
            for_the_drafter(),
            tier_history(tiers),
            _consequences(gathering, who.id),
            agreements(treaties),
            _memberships(belongs_to),
            compact(compacts, elsewhere=on_list, most=_FACTS),
            advice_in_short(gathering.ask("recommendations", _YEARS, word="Recommendations", party=who.id)),
            _plans(gathering.ask("plans", word="Plans", party=who.id)),
            Section("Money, one measure and one layer", tuple(_money(gathering, who.id, money))),
            promises(ask_promises(gathering, who.id), party=who.id, most=_PROMISES),
            engagements(events),
            changes(changed, is_since_touch=False),
            contacts(ways),
        ),
        again={"party": who.iso3 or who.id},
        clearers=clearers_of(gathering, [who.id], purposes=_PURPOSES),
    )


def _palermo(gathering: Gathering, party: str, treaties: Answer) -> Claim | Unknown:
    """Return how it stands to the protocol; asked alone where the answer on all agreements says nothing."""
    alone = None
    if not palermo_rows(treaties):
        with suppress(NotFound):  # a ledger need not hold the protocol
            alone = gathering.ask("treaty-status", word="Palermo Protocol", party=party, agreement=PALERMO)
    return palermo(treaties, alone)


def _consequences(gathering: Gathering, party: str) -> Section:
    """Return the newest determination with its scope, and how the count of the Watch List stands."""
    restricted = gathering.ask("restrictions", word="Restrictions", party=party)
    rows = [row for row in supported(restricted, RestrictionRow) if row.fiscal_year]
    years = {row.fiscal_year or 0 for row in rows}
    now = [row for row in rows if row.fiscal_year == max(years)]
    newest = claim_or(
        "No determination or waiver is in the data, which does not say that there was none.",
        restricted,
        now,
        "government/restrictions",
        lead="Restrictions:",
        rows=now,
        award_count=len({award for row in now for award in row.award_ids}),
        earlier=len(years) - 1,
    )
    clock = gathering.ask("watch-list-clock", _CUT, word="Watch List", party=party)
    clauses = ("clock", "next", "elsewhere", "unplaced", "no-edition")
    lines = (claim_of(clock, clause, lead="Watch List:") for clause in clauses)
    return Section("Restrictions and Watch List", (Bullets((newest, *(line for line in lines if line))),))


def _memberships(answer: Answer) -> Section:
    """Return the bodies the government belongs to, by name: those certain on the day, then the others."""
    rows = sorted(supported(answer, MembershipRow), key=lambda row: row.held != "yes")
    bodies = list(by_key(rows, lambda row: row.body).values())
    if not bodies:
        return Section("Memberships", (nothing_found("No membership of this government is in the data."),))
    left, blocks = more(answer, bodies, _BODIES), []
    leads = {"yes": "Belongs to:", "unknown": "Listed, but no date tells whether it still holds:"}
    for held, lead in leads.items():
        of = [terms for terms in bodies[:_BODIES] if terms[0].held == held]
        items = tuple(claim(answer, terms, "government/membership", rows=terms) for terms in of)
        is_last = bool(of) and of[-1] is bodies[:_BODIES][-1]
        blocks += [Series(items, lead=lead, more=left if is_last else None)] if items else []
    return Section("Memberships", tuple(blocks))


def _plans(answer: Answer) -> Section:
    """Return the plans, newest first, with what is known of each on the day, then bodies and posts."""
    rows, lead = supported(answer, PlanRow), "Plans:"
    plans = sorted((row for row in rows if row.part == "plan"), key=lambda row: (row.start or "", row.what))
    others = [row for row in rows if row.part != "plan"]
    none = nothing_found("No plan is in the data, which does not say that there is none.", lead=lead)
    # The newest plans tell what holds; a list of twenty years is in the answer.
    newest = series(answer, plans[::-1], "government/plan", lead=lead, most=_PLANS) if plans else none
    bodies = series(answer, others, "government/plan-body", lead="National bodies and posts:", most=_PLAN_BODIES)
    return Section("National plan and coordination", (newest, *((bodies,) if others else ())))


def _money(gathering: Gathering, party: str, by_year: Answer) -> Iterator[Claim | Unknown]:
    """Give the total of one measure and layer, and who carried most of it out; the paper on funding has the rest."""
    yield total(by_year)
    through = gathering.ask("funding-summary", word="Through whom", party=party, by="implementer")
    if first := claim_of(through, "most"):
        yield first


GOVERNMENT = MemoKind(
    name="government",
    title="A government: tiers, restrictions, treaties, compact, advice, plans, money, promises, changes and contacts.",
    params=GovernmentParams,
    function=government,
    example={"party": "Ghana"},
    longest=4,
)
