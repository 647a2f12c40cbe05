"""The paper on money: totals of one measure and layer by year and implementer, the trails, and what is left out."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from iga.exports.memos import prose
from iga.exports.memos.brief import for_the_drafter, paragraph, table
from iga.exports.memos.evidence import claim_of, supported
from iga.exports.memos.gathering import Gathering, ask_again
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import claim, form, lacking, more, nothing_found
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.memos.sections.money import WHOLES, by_year, left_out, parts_table, years_table
from iga.exports.paper.blocks import Bullets, Table
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Unknown
from iga.graph.domain.catalog import fits
from iga.graph.grouping import by_key
from iga.graph.text import counted
from iga.queries.core.answer import Answer, CaveatKind, Subject
from iga.queries.core.clauses import worded
from iga.queries.core.question import Params
from iga.queries.core.wording import capitalized, long_day, the
from iga.queries.funding.award import VersionRow
from iga.queries.funding.funding import FundingRow
from iga.queries.funding.hop import HopRow
from iga.queries.funding.undisclosed import UndisclosedRow

# Sections of their own tell these doubts: what went to withheld names, and the versions of lists.
_PRINTED: tuple[CaveatKind, ...] = ("undisclosed", "conflict")
# Money goes on from these; to all others it comes.
_HAVE_RECIPIENTS = ("Programme", "ChildProtectionCompact", "Award", "Project")
_WITHHELD, _AWARDS, _ROWS = 4, 3, 6


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


def funding(gathering: Gathering, params: FundingPaperParams) -> Written:
    """Write the paper on the money of a country, programme, award, funder or partner."""
    values = params.model_dump(exclude={"party", "as_of"}, exclude_none=True)
    chosen = {name: str(value) for name, value in values.items() if value}
    period = {name: value for name, value in chosen.items() if name in ("fiscal_year", "since", "until")}
    years = gathering.ask("funding-summary", word="Totals", party=params.party, by="fiscal year", **chosen)
    subject = years.subjects[0]
    through = gathering.ask("funding-summary", word="Through whom", party=subject.id, by="implementer", **chosen)
    has_recipients = fits(subject.cls, _HAVE_RECIPIENTS)
    places = _where(gathering, subject, chosen)
    return Written(
        title=f"Funding: {subject.name}",
        subject=f"Money against trafficking in persons, {subject.name}{_period(params)}",
        bottom_line=(
            prose.total(years, "headline") or lacking(f"amount of {the(subject.name)} that may be added up"),
            prose.total(through, "most"),
            prose.total(years, "withheld"),
        ),
        parts=(
            for_the_drafter({"Objective": "who asked, and for what", "What they may raise": "follow-up questions"}),
            table("Totals by fiscal year, newest first", "totals by fiscal year", years_table(years), most=_ROWS),
            table("Through whom", "totals by who carried it out", parts_table(through, what="Implementer"), most=_ROWS),
            *(table("Where it runs", "totals by country", rows, most=_ROWS) for rows in places),
            paragraph("What the totals leave out", {"amounts left out": claim_of(years, "left-out", "beside")}),
        ),
        annex=lambda: _annex(
            gathering, years, chosen, period, through=through, places=places, has_recipients=has_recipients
        ),
        again={"party": subject.iso3 or subject.id},
        clearers=clearers_of(gathering, [] if has_recipients else [subject.id], purposes=("money",)),
    )


def _annex(
    gathering: Gathering,
    years: Answer,
    chosen: dict[str, str],
    period: dict[str, str],
    *,
    through: Answer,
    places: Sequence[Table | Unknown],
    has_recipients: bool,
) -> Iterator[Section]:
    subject = years.subjects[0]
    amounts = gathering.ask("funding", _PRINTED, word="Amounts", party=subject.id, **period)
    hidden = gathering.ask("undisclosed", word="Withheld names", party=subject.id, **chosen)
    yield Section("Totals by fiscal year", tuple(by_year(years)))
    yield Section("Through whom", (parts_table(through, what="Implementer"),))
    if places:
        yield Section("Where it runs", tuple(places))
    yield from _trails(gathering, subject, has_recipients=has_recipients)
    yield _withheld(hidden)
    yield left_out(years, amounts)
    yield _versions(gathering, amounts)


def _period(params: FundingPaperParams) -> str:
    if params.fiscal_year:
        return f", US fiscal year {params.fiscal_year}"
    since = f", from {long_day(params.since)}" if params.since else ""
    return f"{since}{f', until {long_day(params.until)}' if params.until else ''}"


def _where(gathering: Gathering, subject: Subject, chosen: dict[str, str]) -> tuple[Table | Unknown, ...]:
    """Ask by country, unless the paper is on one."""
    if subject.cls == "Government":
        return ()
    answer = gathering.ask("funding-summary", word="Countries", party=subject.id, by="country", **chosen)
    return (parts_table(answer, what="Country"),)


def _trails(gathering: Gathering, subject: Subject, *, has_recipients: bool) -> Iterator[Section]:
    """Ask where money goes on to, and where it came from; of an award both are the same hops but for the funder."""
    has_gone_on = False
    if subject.cls != "Government":
        down = gathering.ask("funding-trace", _PRINTED, word="Where it went", party=subject.id)
        has_gone_on = bool(down.rows)
        if has_gone_on:
            yield form("hops").section(down, supported(down, HopRow), heading="Where it went")
    if not has_recipients:
        up = gathering.ask("funding-of", word="Where it came from", party=subject.id)
        if up.rows or not has_gone_on:
            yield form("hops").section(up, supported(up, HopRow), heading="Where it came from")
        else:
            del gathering.answers["Where it came from"]


def _withheld(answer: Answer) -> Section:
    """Return how much went to recipients whose names are withheld, of which whole; each counts as an unknown."""
    heading = "Recipients whose names are withheld"
    rows = supported(answer, UndisclosedRow)
    if not rows:
        return Section(heading, (lacking("recipient whose name is withheld", "; there may have been some"),))
    lines = [claim(answer, [row], "money/withheld", lead=f"{capitalized(row.group_name)}:") for row in rows[:_WITHHELD]]
    return Section(heading, (Bullets(tuple(lines), more(answer, rows, _WITHHELD)),))


def _versions(gathering: Gathering, amounts: Answer) -> Section:
    """Ask for the versions of the awards and projects of which lists of several days state totals, side by side."""
    stated = [row for row in supported(amounts, FundingRow) if row.layer in WHOLES]
    awards = by_key(stated, lambda row: (row.about, row.about_name, row.about_class))
    several = [
        about
        for about, rows in awards.items()
        if about[2] in ("Award", "Project") and len({row.stated_on for row in rows}) > 1
    ]
    blocks: list[Block] = []
    for about, name, cls in several[:_AWARDS]:
        question = "award" if cls == "Award" else "project"
        answer = gathering.ask(question, word=f"Versions, {name}", **{question: about})
        rows, side_by_side = supported(answer, VersionRow), form("versions", name=name)
        blocks.append(side_by_side.table(answer, rows, name=name, of_row=lambda row: {"changes": _changes(row)}))
    if (left := len(several) - _AWARDS) > 0:
        have = "has" if left == 1 else "have"
        more_have = f"{counted(left, 'more award or project', 'more awards and projects')} {have}"
        text = f"{more_have} several versions: {ask_again(amounts)}"
        blocks.append(nothing_found(text))
    none = lacking("award or project that lists of several days state")
    return Section("Versions of the lists, side by side", tuple(blocks) or (none,))


def _changes(row: VersionRow) -> str:
    # Amendments only say the same again where something else changed.
    changes = [change for change in row.changed if change["what"] != "amended"] or row.changed
    texts = (worded("iga.queries.funding", "award", "change", change, in_paper=True) for change in changes)
    return "; ".join(texts) or "as stated before"


FUNDING = MemoKind(
    name="funding",
    title="Money of a country, programme, award or partner: totals of one measure, the trails, and what is left out.",
    params=FundingPaperParams,
    function=funding,
    example={"party": "Example Grants Office (fictional)"},
)
