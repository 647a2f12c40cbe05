"""A small paper and a small answer that the tests of every format share."""

from collections.abc import Callable

import pytest
from pydantic import Field

from iga.exports.paper.blocks import Bullets, More, Series, Table, TableRow
from iga.exports.paper.charts import FAINT, FIRM, ChartLine, MarkChart
from iga.exports.paper.document import Making, PaperDocument, Section
from iga.exports.paper.statements import PROGRAM, Blank, Citation, Claim, Unknown
from iga.queries.core.answer import Answer, AnswerRow, EvidenceNote, Total


def line(number: int) -> tuple[Citation, ...]:
    place = f"parties.csv:{number}"
    return (Citation("ref:parties", place, "Parties of the protocol", "https://example.org/parties", "2014-12", 3),)


def sheet(*sections: Section) -> PaperDocument:
    return PaperDocument(
        title="Ghana",
        subject="Briefing memo: Ghana",
        making=Making("government", {"party": "GHA"}, "2026-11-25", "ab12" * 4),
        command="iga memo government GHA --as-of 2026-11-25",
        file_stem="ghana",
        sections=sections,
    )


@pytest.fixture
def cited() -> Callable[[int], tuple[Citation, ...]]:
    return line


@pytest.fixture
def paper() -> Callable[..., PaperDocument]:
    return sheet


@pytest.fixture
def small_paper() -> PaperDocument:
    tiers = MarkChart(
        caption="Tier by edition",
        axis="Edition",
        columns=("2024", "2025"),
        lines=(ChartLine("Tier 1", (FAINT, "")), ChartLine("Tier 2", ("", FIRM))),
        alt="2024: Tier 1 (derived). 2025: Tier 2.",
        key="● as published; ○ derived.",
        citations=line(8) + line(9),
    )
    parties = Table(
        title="Treaties",
        header=("Agreement", "Status"),
        rows=(TableRow(("Palermo Protocol", "party"), line(2)), TableRow(("ILO | No. 29", ""), line(3))),
        widths=(3, 1),
        more=More(2, "iga ask treaty-status --party GHA"),
    )
    first = Claim("Tier 2 in 2025.", line(9), lead="Tier.")
    return sheet(
        Section("Bottom line", (Bullets((first,), more=More(1, "iga ask tier-history --party GHA")),)),
        Section("Agreements", (parties,)),
        Section("Memberships", (Series((Claim("United Nations", line(5)), Claim("*OAS*", line(6)))),)),
        Section("Tier history", (tiers,)),
        Section(
            "What is not known",
            (Unknown("21 of 45 members are held.", "Bali list"), Unknown("Nothing is planned.", PROGRAM)),
        ),
        Section("For the drafter", (Blank("objective of the meeting"),)),
    )


class PartyRow(AnswerRow):
    """A row as questions give it."""

    name: str = Field(description="Name.")
    phone: str | None = Field(default=None, description="Phone.")
    amount: str = Field(default="", description="Amount.")
    topics: tuple[str, ...] = Field(default=(), description="Topics.")


def reply(*rows: dict[str, object]) -> Answer:
    note = EvidenceNote(
        source="ref:parties", title="Parties", url=None, locator="parties.csv:2", stated_on=None, load=3
    )
    return Answer(
        question="parties",
        parameters={},
        as_of="2026-11-25",
        answer="Two.",
        rows=tuple(PartyRow.model_validate({"evidence": (1,), **row}) for row in rows),
        total=Total(value=len(rows)),
        evidence={1: note},
        data_version="ab12",
    )


@pytest.fixture
def answered() -> Callable[..., Answer]:
    return reply
