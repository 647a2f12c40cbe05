"""The paper on money: totals of one measure and layer by year and implementer, the trails, and what is left out."""

from collections.abc import Iterator

from pydantic import Field

from exports.memos.evidence import claim_of
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections.blocks import for_the_drafter
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.money import by_year, left_out, parts_table, total
from exports.memos.sections.money_trails import trail, versions, withheld
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from graph.domain.catalog import fits
from queries.core.answer import Answer, CaveatKind, Subject
from queries.core.question import Params
from queries.core.wording import long_day

_BLANKS = ("who asked, and for what", "points to make", "watch-outs and sensitivities")
# Sections of their own tell these doubts: what went to withheld names, and the versions of lists.
_TOLD: tuple[CaveatKind, ...] = ("undisclosed", "conflict")
# Money goes on from these; to all others it comes.
_HAVE_RECIPIENTS = ("Programme", "ChildProtectionCompact", "Award", "Project")


class FundingPaperParams(Params):
    """What the paper on money is asked with."""

    party: str = Field(
        description="A country, for what runs there; a programme, compact, award or project; a funder or a partner.",
        examples=["Peru"],
    )
    layer: str | None = Field(
        default=None, description="Layer of the money; prime awards if left out.", examples=["project activity"]
    )
    measure: str | None = Field(default=None, description="What the amounts measure.", examples=["outlay"])
    fiscal_year: int | None = Field(default=None, description="Only this US fiscal year.", examples=[2024])
    since: str | None = Field(default=None, description="Only amounts from this day on.", examples=["2015"])
    until: str | None = Field(default=None, description="Only amounts up to this day.", examples=["2025"])


def funding(gathering: Gathering, given: FundingPaperParams) -> Written:
    """Write the paper on the money of a country, programme, award, funder or partner."""
    chosen = _chosen(given)
    period = {name: value for name, value in chosen.items() if name in ("fiscal_year", "since", "until")}
    years = gathering.ask("funding-summary", word="Totals", party=given.party, by="fiscal year", **chosen)
    subject = years.subjects[0]
    through = gathering.ask("funding-summary", word="Through whom", party=subject.id, by="implementer", **chosen)
    told = gathering.ask("funding", _TOLD, word="Amounts", party=subject.id, **period)
    hidden = gathering.ask("undisclosed", word="Withheld names", party=subject.id, **chosen)
    sections = [
        for_the_drafter(_BLANKS),
        Section("Totals by fiscal year", tuple(by_year(years))),
        Section("Through whom", (parts_table(through, what="Implementer"),)),
        *_where(gathering, subject, chosen),
        *(trail(answer, heading=heading) for heading, answer in _trails(gathering, subject)),
        withheld(hidden),
        left_out(years, told),
        versions(gathering, told),
    ]
    return Written(
        title=f"Funding: {subject.name}",
        subtitle=f"Money against trafficking in persons{_period(given)}: facts as of {long_day(gathering.day)}",
        subject=f"Paper on funding: {subject.name}",
        bottom_line=tuple(_bottom_line(years, through)),
        sections=tuple(sections),
        again={"party": subject.iso3 or subject.id},
        clearers=clearers_of(gathering, _cleared_for(subject), purposes=("money",)),
    )


def _chosen(given: FundingPaperParams) -> dict[str, str]:
    values = given.model_dump(exclude={"party", "as_of"}, exclude_none=True)
    return {name: str(value) for name, value in values.items() if value}


def _period(given: FundingPaperParams) -> str:
    if given.fiscal_year:
        return f", US fiscal year {given.fiscal_year}"
    since = f", from {long_day(given.since)}" if given.since else ""
    return f"{since}{f', until {long_day(given.until)}' if given.until else ''}"


def _bottom_line(years: Answer, through: Answer) -> Iterator[Claim | Unknown]:
    yield total(years)
    for said in (claim_of(through, "most"), claim_of(years, "withheld")):
        if said:
            yield said


def _where(gathering: Gathering, subject: Subject, chosen: dict[str, str]) -> Iterator[Section]:
    """Ask by country, unless the paper is on one."""
    if subject.cls != "Government":
        answer = gathering.ask("funding-summary", word="Countries", party=subject.id, by="country", **chosen)
        yield Section("Where it runs", (parts_table(answer, what="Country"),))


def _trails(gathering: Gathering, subject: Subject) -> Iterator[tuple[str, Answer]]:
    """Ask where money goes on to, and where it came from; of an award both are the same hops but for the funder."""
    down = None
    if subject.cls != "Government":
        down = gathering.ask("funding-trace", _TOLD, word="Where it went", party=subject.id)
        if down.rows:
            yield "Where it went", down
    if not fits(subject.cls, _HAVE_RECIPIENTS):
        up = gathering.ask("funding-of", word="Where it came from", party=subject.id)
        if up.rows or down is None or not down.rows:
            yield "Where it came from", up
        else:
            del gathering.answers["Where it came from"]


def _cleared_for(subject: Subject) -> list[str]:
    return [] if fits(subject.cls, _HAVE_RECIPIENTS) else [subject.id]


FUNDING = MemoKind(
    name="funding",
    title="Money of a country, programme, award or partner: totals of one measure, the trails, and what is left out.",
    params=FundingPaperParams,
    function=funding,
    example={"party": "Example Grants Office (fictional)"},
)
