"""The paper on an organization, company or university that we deal with: past dealings, and no vetting."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from pydantic import Field

from iga.exports.memos import prose
from iga.exports.memos.brief import Part, fields, for_the_drafter, paragraph, without_commands
from iga.exports.memos.counterpart import Counterpart, counterpart
from iga.exports.memos.evidence import row_words, supported
from iga.exports.memos.gathering import Gathering
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import claim, form, lacking, nothing_found
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.memos.sections.contacts import posts_table, reach
from iga.exports.memos.sections.engagements import engagements
from iga.exports.memos.sections.facts import belonging, facts, facts_in_brief
from iga.exports.memos.sections.money import by_year, left_out
from iga.exports.memos.sections.promises import promises
from iga.exports.memos.sections.standing import agreements
from iga.exports.memos.sections.touches import ask_changes, touches
from iga.exports.paper.blocks import Bullets
from iga.exports.paper.document import Section
from iga.exports.paper.statements import Claim
from iga.graph.domain.edges import AwardedTo, Funded, Implements, SubawardedTo
from iga.graph.errors import NotFound, UsageError
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer, CaveatKind, Subject
from iga.queries.core.question import Params
from iga.queries.core.sections import PAST_WORK
from iga.queries.instruments.agreements import BondRow
from iga.queries.linked.path import PathRow
from iga.queries.multilateral.shared_affiliations import SharedRow

_NOT_VETTING = (
    "This paper is not vetting: it tells past dealings that are in the data, and not whether {name} may be worked with."
)
_WORK = (AwardedTo.section[1], SubawardedTo.section[1], Implements.section[0], PAST_WORK, Funded.section[0])
# The paper on funding tells versions and withheld names; the amounts serve here to say what no total counts.
_PRINTED: tuple[CaveatKind, ...] = ("conflict", "undisclosed")
_PATHS, _AGREEMENTS = 2, 3
# How paths are ranked is told in the manual.
_HOW: tuple[CaveatKind, ...] = ("derived",)


class PartnerParams(Params):
    """What the paper on a partner is asked with."""

    party: str = Field(
        description="An NGO, company, university, international organization or other body: id, code or name.",
        examples=["International Justice Mission"],
    )


def partner(gathering: Gathering, params: PartnerParams) -> Written:
    """Write the paper on a partner.

    Raises:
        UsageError: It is a government or a person.
    """
    card = gathering.ask("profile", word="Profile", party=params.party)
    who = card.subjects[0]
    if who.cls in ("Government", "Person"):
        other = f"write iga memo government {who.iso3}" if who.iso3 else "its employer or body is one"
        raise UsageError(f"party: {who.name} is no partner organization; {other}")
    whom = counterpart(gathering, who.id)
    money = gathering.ask("funding-summary", word="Money", party=who.id, by="fiscal year")
    events = gathering.ask("engagements", word="Engagements", party=who.id)
    changed = ask_changes(gathering, who.id, whom.touched, since=None)
    bound = gathering.ask("treaty-status", word="Agreements", party=who.id)
    added = prose.total(money, "headline", "withheld")
    described = facts_in_brief(card)
    return Written(
        title=f"Partner: {who.name}",
        subject=f"Partner, past dealings on record and not vetting: {who.name}",
        bottom_line=(
            described or prose.last_touch(whom.touched) or nothing_found(f"Of {who.name} little is on file."),
            added,
            prose.owed(whom.promised),
            prose.last_touch(whom.touched) if described else prose.next_or_last(events),
        ),
        parts=(
            for_the_drafter({"Objective": "what we want of it", "What they may raise": "what they offer or ask"}),
            fields("Not vetting", nothing_found(_NOT_VETTING.format(name=who.name))),
            paragraph("Background", {"agreements of it": _agreements(bound)}),
            prose.counterpart_in_brief(whom),
            *_works(card),
            prose.promises(whom.promised, party=who.id),
            prose.news(whom.touched, changed, prose.next_ahead(events)),
        ),
        annex=lambda: _annex(gathering, who, card, money, bound, whom),
        again={"party": who.id},
        clearers=clearers_of(gathering, [who.id], purposes=("money",)),
    )


def _agreements(bound: Answer) -> Claim | None:
    rows = supported(bound, BondRow)[:_AGREEMENTS]
    return claim(bound, rows, "partner/agreements", rows=rows) if rows else None


def _works(card: Answer) -> Iterator[Part]:
    """Give what it carries out, each sort as a line."""
    works = belonging(card, _WORK)
    missing = () if works else ("awards and projects of it",)
    yield Part(Section("Awards and projects", tuple(without_commands(works))), missing)


def _annex(
    gathering: Gathering, who: Subject, card: Answer, money: Answer, bound: Answer, whom: Counterpart
) -> Iterator[Section]:
    yield facts(card, heading="Who they are")
    yield Section("Their posts and people", (posts_table(whom.ways),))
    yield reach(whom.ways)
    yield from _work(gathering, who, card, money)
    yield agreements(bound)
    yield engagements(gathering.answers["Engagements"])
    yield touches(whom.touched)
    yield promises(whom.promised, party=who.id)
    yield from _common(gathering, who)


def _work(gathering: Gathering, who: Subject, card: Answer, money: Answer) -> Iterator[Section]:
    works = tuple(belonging(card, _WORK))
    yield Section("Awards and projects", works or (lacking("award or project"),))
    amounts = gathering.ask("funding", _PRINTED, word="Amounts", party=who.id)
    yield Section("Money, one measure and one layer", tuple(by_year(money)))
    yield left_out(money, amounts)


def _common(gathering: Gathering, who: Subject) -> Iterator[Section]:
    """Ask what they share with us, and how our office reaches them through others."""
    home = gathering.session.home
    with suppress(NotFound):  # a ledger need not hold our government
        shared = gathering.ask("shared-affiliations", word="Shared affiliations", party=who.id, other=home.government)
        heading = "What they and the United States are both part of"
        yield form("shared").section(shared, supported(shared, SharedRow), heading=heading)
    with suppress(NotFound):  # a ledger need not hold our own office
        yield _paths(gathering.ask("path", _HOW, word="Paths", party=home.office, other=who.id, limit=str(_PATHS)))


def _paths(answer: Answer) -> Section:
    """Return each path as one sentence, with whoever on it can introduce us."""
    paths = by_key([row for row in answer.rows if isinstance(row, PathRow)], lambda row: row.number)
    claims = tuple(
        claim(answer, hops, "partner/path", lead=f"Path {number}:", hops=hops, says=_says(answer, hops))
        for number, hops in paths.items()
        if all(hop.evidence for hop in hops)  # one with a hop that rests on nothing is no path that a paper can tell
    )
    none = lacking("path from our office within the ties that were looked at", "; there may be one")
    return Section("Path to us", (Bullets(claims) if claims else none,))


def _says(answer: Answer, hops: Sequence[PathRow]) -> list[str]:
    return [row_words(answer, hop, "row-says") for hop in hops]


PARTNER = MemoKind(
    name="partner",
    title="A partner organization or company: who they are, awards, agreements, dealings, our owner; not vetting.",
    params=PartnerParams,
    function=partner,
    example={"party": "Mockup Consulting (fictional)"},
)
