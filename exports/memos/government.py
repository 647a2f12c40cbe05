"""The memo on a government: facts with their sources, and blanks for what only the drafter can say."""

from collections.abc import Iterator

from pydantic import Field

from iga.exports.memos import prose
from iga.exports.memos.brief import Sentences, for_the_drafter, paragraph
from iga.exports.memos.counterpart import Counterpart, counterpart
from iga.exports.memos.evidence import claim_of, supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import claim, claim_or, lacking, more, series
from iga.exports.memos.sections import standing
from iga.exports.memos.sections.advice import side_by_side
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.memos.sections.compact import compact
from iga.exports.memos.sections.contacts import contacts
from iga.exports.memos.sections.engagements import engagements, printed
from iga.exports.memos.sections.money import total
from iga.exports.memos.sections.promises import promises
from iga.exports.memos.sections.touches import ask_changes, changes, days_before
from iga.exports.paper.blocks import Bullets, Series
from iga.exports.paper.document import Section
from iga.exports.paper.statements import Claim, Unknown
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer, CaveatKind
from iga.queries.core.question import Params
from iga.queries.instruments.plans import PlanRow
from iga.queries.multilateral.members import MembershipRow
from iga.queries.report.restrictions import RestrictionRow

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
    compacts = gathering.ask("compact", word="Compact", party=who.id)
    events = gathering.ask("engagements", word="Engagements", party=who.id)
    whom = counterpart(gathering, who.id)
    changed = ask_changes(gathering, who.id, whom.touched, since=None)
    background = _background(gathering, who.id)
    tier, compact_signed = claim_of(tiers, "headline"), standing.compact(compacts)
    return Written(
        title=who.name,
        subject=f"Combating trafficking in persons: {who.name}",
        bottom_line=(
            tier or compact_signed or background["the Palermo Protocol"],
            compact_signed if tier else None,
            prose.owed(whom.promised),
            prose.next_or_last(events),
        ),
        parts=(
            for_the_drafter(),
            paragraph("Background", background),
            prose.counterpart_in_brief(whom),
            prose.promises(whom.promised, party=who.id),
            prose.news(whom.touched, changed, prose.next_ahead(events)),
        ),
        annex=lambda: _annex(gathering, who.id, tiers, compacts, events, whom),
        again={"party": who.iso3 or who.id},
        clearers=clearers_of(gathering, [who.id], purposes=_PURPOSES),
    )


def _background(gathering: Gathering, party: str) -> Sentences:
    """Ask how it stands: protocol, restrictions, advice, plan, money."""
    clock = gathering.ask("watch-list-clock", _CUT, word="Watch List", party=party)
    advised = list(prose.advice(gathering.ask("recommendations", _YEARS, word="Recommendations", party=party)))
    money = gathering.ask("funding-summary", word="Money", party=party, by="implementer")
    return {
        "the Palermo Protocol": standing.palermo(gathering, party),
        "restrictions": prose.restrictions(gathering.ask("restrictions", word="Restrictions", party=party)),
        **({"the Watch List": watched} if (watched := claim_of(clock, "clock", "next")) else {}),
        "recommendations": advised[0] if advised else None,
        "a national plan": prose.plan(gathering.ask("plans", word="Plans", party=party)),
        "money that may be added up": prose.total(money, "headline"),
    }


def _annex(
    gathering: Gathering, party: str, tiers: Answer, compacts: Answer, events: Answer, whom: Counterpart
) -> Iterator[Section]:
    """Ask for the rest and give it: tiers, treaties, memberships, compact, advice, plans, money, contacts."""
    on_list = {row.engagement for row in printed(events)}
    yield standing.tier_history(tiers)
    yield _consequences(gathering, party)
    yield standing.agreements(gathering.ask("treaty-status", word="Agreements", party=party))
    yield _memberships(gathering.ask("memberships", word="Memberships", party=party))
    yield compact(compacts, elsewhere=on_list, most=_FACTS)
    yield side_by_side(gathering.ask("recommendations", _YEARS, word="Recommendations", party=party))
    yield _plans(gathering.ask("plans", word="Plans", party=party))
    money = gathering.ask("funding-summary", word="Money", party=party, by="fiscal year")
    yield Section("Money, one measure and one layer", tuple(_money(gathering, party, money)))
    yield promises(whom.promised, party=party, most=_PROMISES)
    yield engagements(events)
    a_year_ago = days_before(gathering.day, _YEAR)
    changed = gathering.ask("what-changed", _COUNTED, word="Changes in a year", party=party, since=a_year_ago)
    yield changes(changed, is_since_touch=False)
    yield contacts(whom.ways)


def _consequences(gathering: Gathering, party: str) -> Section:
    """Return the newest determination with its scope, and how the count of the Watch List stands."""
    restricted = gathering.ask("restrictions", word="Restrictions", party=party)
    rows = [row for row in supported(restricted, RestrictionRow) if row.fiscal_year]
    years = {row.fiscal_year or 0 for row in rows}
    now = [row for row in rows if row.fiscal_year == max(years)]
    newest = claim_or(
        "A determination or waiver is not on file; there may have been one.",
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
        return Section("Memberships", (lacking("membership of this government"),))
    left, blocks = more(answer, bodies, _BODIES), []
    leads = {"yes": "Belongs to:", "unknown": "Listed before, not confirmed for this day:"}
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
    others = [row for row in rows if row.part in ("body", "post")]
    none = lacking("plan", "; there may be one", lead=lead)
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
)
