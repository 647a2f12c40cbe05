"""Papers on bodies, partners, money, the calendar and a handover over the demo data: what a reader sees."""

import os
import re
from pathlib import Path

import pytest

from iga.exports.checking.check import checked
from iga.exports.memos.write import write_memo
from iga.exports.paper.charts import BarChart
from iga.exports.paper.document import PaperDocument
from iga.exports.paper.record import record_of
from iga.exports.paper.statements import Claim
from iga.exports.render.formats import FORMATS, rendered
from iga.graph.domain.marking import Marking
from iga.queries.core.session import Session
from tests.exports.memos.office import said, section
from tests.pdf_checkers import missing, told_by_page, told_by_verapdf
from tests.reading import some

pytestmark = pytest.mark.slow

NAMES = (
    "government",
    "pitf",
    "working-group",
    "partner",
    "iom",
    "funding",
    "peru",
    "award",
    "calendar",
    "osce",
    "handover",
)
GROUP = {"party": "UNTOC Working Group on Trafficking in Persons", "other": ["Ghana", "Peru", "Spain"]}


@pytest.fixture(scope="module")
def papers(demo: Session) -> dict[str, PaperDocument]:
    return {
        "government": write_memo(demo, "government", {"party": "Ghana"}, is_full=True),
        "pitf": write_memo(demo, "body", {"party": "PITF"}, is_full=True),
        "working-group": write_memo(demo, "body", GROUP, is_full=True),
        "partner": write_memo(demo, "partner", {"party": "Mockup Consulting (fictional)"}, is_full=True),
        "iom": write_memo(demo, "partner", {"party": "IOM"}, is_full=True),
        "funding": write_memo(demo, "funding", {"party": "Example Grants Office (fictional)"}, is_full=True),
        "peru": write_memo(demo, "funding", {"party": "Peru"}, is_full=True),
        "award": write_memo(demo, "funding", {"party": "Shelters on the Coast (fictional)"}, is_full=True),
        "calendar": write_memo(demo, "calendar", {}, is_full=True),
        "osce": write_memo(demo, "calendar", {"party": "OSCE"}, is_full=True),
        "handover": write_memo(demo, "handover", {"party": "Uma Mockup"}, is_full=True),
    }


def test_the_government_is_told_with_what_follows_and_who_clears(papers: dict[str, PaperDocument]) -> None:
    paper = papers["government"]
    assert "Ghana is not on the Watch List of 2025: it is Tier 2." in said(section(paper, "Restrictions"))[1]
    assert any(
        line.startswith("Department of Labor, 2022 | not sorted | 22:") for line in said(section(paper, "Recom"))
    )
    assert said(section(paper, "Money"))[0].startswith("Total: USD 1,080,000 obligated in 1 prime award")
    assert any("Figures on shelters" in line and "overdue" in line for line in said(section(paper, "Open promises")))
    assert any(each.office == "Bureau of African Affairs (AF)" for each in paper.clearers)


def test_the_task_force_has_its_members_by_statute_and_its_open_advice(papers: dict[str, PaperDocument]) -> None:
    paper = papers["pitf"]
    members = said(section(paper, "Members"))
    assert members[1].startswith("Statutory member (12; of all no date tells whether they still are, last listed")
    assert members[2].startswith("Designated member (8;")
    assert members[3] == "Alternates: No alternate of a member is in the data."
    assert any(line.startswith("Duty: Report of the task force") for line in said(section(paper, "Decisions")))
    assert "Of 6 of 6 recommendations no reply is in the data" in said(section(paper, "Recommendations"))[-1]


def test_the_working_group_has_a_line_for_each_government(papers: dict[str, PaperDocument]) -> None:
    lines = said(section(papers["working-group"], "Governments attending"))
    assert [line.partition(" | ")[0] for line in lines] == ["Ghana", "Peru", "Spain"]
    assert lines[1].startswith(
        "Peru | Party since January 23, 2002 | Tier 2 (2025) | not in the data | The Child Protection"
    )
    assert "was signed June 15, 2017. USD 580,000 was obligated" in lines[1]


def test_partners_are_told_and_not_vetted(papers: dict[str, PaperDocument]) -> None:
    for name in ("partner", "iom"):
        assert "not vetting" in papers[name].subject
    assert any("Memorandum with Mockup" in line for line in said(section(papers["partner"], "Agreements")))
    assert any("owned by IGA Officer, OSCE" in line for line in said(section(papers["partner"], "Route")))
    assert any("some may be part of others; the largest is USD" in line for line in said(papers["iom"]))
    assert any("Child Protection Compact" in line for line in said(section(papers["iom"], "What they and")))


def test_money_is_of_one_measure_and_one_layer(papers: dict[str, PaperDocument]) -> None:
    total, _, withheld = said(papers["funding"])
    assert total.startswith("USD 2,730,000 was obligated in 4 prime awards of Example Grants Office")
    assert withheld == "USD 200,000 of it (7.3 per cent) went to recipients with withheld names."
    trail = said(section(papers["funding"], "Where it went"))
    assert sum("likely repeats" in line and " no: " in line for line in trail) == 1
    [chart] = [block for block in section(papers["peru"], "Totals").blocks if isinstance(block, BarChart)]
    assert [bar.printed for bar in chart.bars] == ["USD 700,000", "USD -120,000"]
    versions = said(section(papers["award"], "Versions"))
    assert any("raised from USD 1,500,000 to USD 1,800,000" in line for line in versions)


def test_the_calendar_says_unsure_days(papers: dict[str, PaperDocument]) -> None:
    lines = said(section(papers["calendar"], "December 2026"))
    assert any(line.startswith("December 3, 2026, 10:00–10:45 | Ambassador-at-Large and OSCE") for line in lines)
    assert said(section(papers["calendar"], "February 2027"))[-1].startswith("February 2027, day not known")
    assert "month not known" in said(section(papers["calendar"], "Month not known"))[0]
    late = said(section(papers["osce"], "Overdue"))
    assert [line.partition(" (")[0] for line in late] == [
        "Comments on the draft child trafficking guidance",
        "Report on the use of a voluntary contribution",
    ]


def test_the_handover_tells_what_is_owed_and_whom_to_check(papers: dict[str, PaperDocument]) -> None:
    paper = papers["handover"]
    assert said(paper)[0].startswith("The relationships are with Mockup Consulting")
    assert any("bounced August 14, 2026" in line for line in said(section(paper, "Channels")))
    assert any("none in the data" in line for line in said(section(paper, "Relationships")))
    assert any("| vacant |" in line for line in said(section(paper, "Vacancies")))


@pytest.mark.parametrize("name", NAMES)
def test_papers_are_marked_short_at_the_top_cited_and_without_ids(papers: dict[str, PaperDocument], name: str) -> None:
    paper = papers[name]
    assert 1 <= len(paper.bottom_line) <= 4
    assert paper.marking is not Marking.PUBLIC
    assert paper.is_fictional
    told = [line for part in (*paper.sections, *paper.annex) for line in said(part)]
    assert [line for line in some(told) if re.search(r"\b(gov|org|forum|body|post|ngo|person|award):[a-z]", line)] == []
    assert all(block.citations for part in some(paper.sections) for block in part.blocks if isinstance(block, Claim))


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_of_the_same_data_has_nothing_to_mend(
    demo: Session, papers: dict[str, PaperDocument], name: str
) -> None:
    assert not checked(demo, record_of(papers[name])).has_findings


def test_every_format_takes_every_paper_and_the_checkers_pass_them(
    papers: dict[str, PaperDocument], tmp_path: Path
) -> None:
    for name, paper in papers.items():
        for ending in FORMATS:
            (tmp_path / f"{name}.{ending}").write_bytes(rendered(paper, ending))
    if lacking := missing():
        if os.environ.get("IGA_REQUIRE_VERAPDF") == "1":
            pytest.fail(lacking)
        pytest.skip(lacking)
    files = sorted(tmp_path.glob("*.pdf"))
    told = told_by_verapdf(*files).splitlines()
    assert [line.split()[0] for line in told if line.endswith(".pdf")] == ["passed"] * len(papers), told
    assert [told_by_page(path) for path in files] == [[]] * len(papers)
