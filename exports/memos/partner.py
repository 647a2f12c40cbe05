"""The paper on an organization, company or university that we deal with: past dealings, and no vetting."""

from collections.abc import Iterator
from contextlib import suppress

from pydantic import Field

from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections.agreements import agreements
from exports.memos.sections.blocks import for_the_drafter, nothing_found
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.engagements import engagements
from exports.memos.sections.facts import belonging, facts
from exports.memos.sections.holders import posts_table
from exports.memos.sections.money import by_year, left_out, total
from exports.memos.sections.paths import paths, shared
from exports.memos.sections.promises import ask_promises, promises, promises_in_short
from exports.memos.sections.reach import reach, route_in_short
from exports.memos.sections.touches import touch_in_short, touches
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from graph.domain.edges import AwardedTo, Funded, Implements, SubawardedTo
from graph.errors import NotFound, UsageError
from queries.core.answer import Answer, CaveatKind, Subject
from queries.core.home import OURS
from queries.core.question import Params
from queries.core.wording import long_day

OFFICE = "body:us-state-tip-iga"
"""The office whose paths are looked for."""

_NOT_VETTING = (
    "This paper is not vetting: it tells past dealings that are in the data, and not whether {name} may be worked with."
)
_BLANKS = ("what they offer or ask", "what we want of it", "watch-outs and sensitivities; vetting done, by whom")
_WORK = (AwardedTo.section[1], SubawardedTo.section[1], Implements.section[0], Funded.section[0])
# The paper on funding tells versions and withheld names; the amounts serve here to say what no total counts.
_TOLD: tuple[CaveatKind, ...] = ("conflict", "undisclosed")
_PATHS = 2
# How paths are ranked is told in the manual.
_HOW: tuple[CaveatKind, ...] = ("derived",)


class PartnerParams(Params):
    """What the paper on a partner is asked with."""

    party: str = Field(
        description="An NGO, company, university, international organization or other body: id, code or name.",
        examples=["International Justice Mission"],
    )


def partner(gathering: Gathering, given: PartnerParams) -> Written:
    """Write the paper on a partner.

    Raises:
        UsageError: It is a government or a person.
    """
    card = gathering.ask("profile", word="Profile", party=given.party)
    who = card.subjects[0]
    if who.cls in ("Government", "Person"):
        other = f"write iga memo government {who.iso3}" if who.iso3 else "its employer or body is one"
        raise UsageError(f"party: {who.name} is no partner organization; {other}")
    ways = gathering.ask("contact", word="Contacts", party=who.id)
    money = gathering.ask("funding-summary", word="Money", party=who.id, by="fiscal year")
    touched = gathering.ask("last-touch", word="Touches", party=who.id)
    promised = ask_promises(gathering, who.id)
    return Written(
        title=f"Partner: {who.name}",
        subtitle=f"Past dealings in the data, not vetting: facts as of {long_day(gathering.day)}",
        subject=f"Paper on a partner, not vetting: {who.name}",
        bottom_line=tuple(_bottom_line(money, ways, touched, promised)),
        sections=tuple(_sections(gathering, who, card, ways, money, touched, promised)),
        again={"party": who.id},
        clearers=clearers_of(gathering, [who.id], purposes=("money",)),
    )


def _bottom_line(money: Answer, ways: Answer, touched: Answer, promised: Answer) -> Iterator[Claim | Unknown]:
    yield total(money)
    yield touch_in_short(touched)
    yield route_in_short(ways)
    yield promises_in_short(promised)


def _sections(
    gathering: Gathering, who: Subject, card: Answer, ways: Answer, money: Answer, touched: Answer, promised: Answer
) -> Iterator[Section]:
    yield Section("What this paper is not", (nothing_found(_NOT_VETTING.format(name=who.name)),))
    yield for_the_drafter(_BLANKS)
    yield facts(card, heading="Who they are")
    yield Section("Their posts and people", (posts_table(ways),))
    yield reach(ways)
    works = belonging(card, _WORK)
    yield Section("Awards and projects", tuple(works) or (nothing_found("No award or project is in the data."),))
    told = gathering.ask("funding", _TOLD, word="Amounts", party=who.id)
    yield Section("Money, one measure and one layer", tuple(by_year(money)))
    yield left_out(money, told)
    yield agreements(gathering.ask("treaty-status", word="Agreements", party=who.id))
    yield engagements(gathering.ask("engagements", word="Engagements", party=who.id))
    yield touches(touched)
    yield promises(promised, party=who.id)
    with suppress(NotFound):  # a ledger need not hold our government
        common = gathering.ask("shared-affiliations", word="Shared affiliations", party=who.id, other=OURS)
        yield shared(common, heading="What they and the United States are both part of", us="the United States")
    with suppress(NotFound):  # a ledger need not hold our own office
        found = gathering.ask("path", _HOW, word="Paths", party=OFFICE, other=who.id, limit=str(_PATHS))
        yield paths(found, heading="Path to us")


PARTNER = MemoKind(
    name="partner",
    title="A partner organization or company: who they are, awards, agreements, dealings, our owner; not vetting.",
    params=PartnerParams,
    function=partner,
    example={"party": "Mockup Consulting (fictional)"},
)
