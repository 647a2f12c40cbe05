"""Papers of every kind over the reference data and the fictional sample: what a reader sees."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from iga.exports.checking.check import checked
from iga.exports.memos.write import write_memo
from iga.exports.paper.charts import BarChart
from iga.exports.paper.document import PaperDocument
from iga.exports.paper.record import record_of
from iga.exports.paper.statements import Claim
from iga.exports.render.formats import FORMATS, rendered
from iga.exports.render.markdown import to_markdown
from iga.graph.domain.marking import Marking
from iga.queries.core.session import Session
from tests.exports.memos.office import in_brief, said, section
from tests.pdf_checkers import missing, told_by_page, told_by_verapdf
from tests.reading import some

GROUP: Mapping[str, str | list[str]] = {
    "party": "UNTOC Working Group on Trafficking in Persons",
    "other": ["Ghana", "Peru", "Spain"],
}
QUICK: Mapping[str, tuple[str, Mapping[str, str | list[str]]]] = {
    "osce": ("meeting", {"party": "OSCE Special Representative", "topic": "child trafficking"}),
    "rapporteur": ("meeting", {"party": "UN Special Rapporteur on trafficking"}),
    "peru": ("meeting", {"agreement": "compact with Peru"}),
    "romania": ("meeting", {"agreement": "compact with Romania"}),
    "delegation": ("delegation", {"engagement": "High-level meeting on trafficking in persons (fictional)"}),
    "trip": ("trip", {"engagement": "Ambassador-at-Large trip to Vienna and Bucharest (fictional)"}),
}
ASKED: Mapping[str, tuple[str, Mapping[str, str | list[str]]]] = {
    **QUICK,
    "government": ("government", {"party": "Ghana"}),
    "pitf": ("body", {"party": "PITF"}),
    "working-group": ("body", GROUP),
    "partner": ("partner", {"party": "Mockup Consulting (fictional)"}),
    "iom": ("partner", {"party": "IOM"}),
    "funding": ("funding", {"party": "Example Grants Office (fictional)"}),
    "peru-money": ("funding", {"party": "Peru"}),
    "award": ("funding", {"party": "Shelters on the Coast (fictional)"}),
    "calendar": ("calendar", {}),
    "osce-calendar": ("calendar", {"party": "OSCE"}),
    "handover": ("handover", {"party": "Uma Mockup"}),
}
NAMES = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in ASKED]
ID = re.compile(r"\b(gov|org|forum|body|post|ngo|person|engagement|award):[a-z]")


class Papers(dict[str, PaperDocument]):
    """Papers by name with their annexes, each written when it is first asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def __missing__(self, name: str) -> PaperDocument:
        kind, given = ASKED[name]
        self[name] = write_memo(self.session, kind, given, is_full=True)
        return self[name]


@pytest.fixture(scope="module")
def papers(demo: Session) -> Papers:
    return Papers(demo)


def test_the_meeting_with_the_special_representative(papers: Papers) -> None:
    paper = papers["osce"]
    assert paper.title == "[practice] Meeting with OSR/CTHB"
    assert in_brief(paper, "The meeting")[0] == "Date and time: December 3, 2026, 10:00–10:45 (planned)."
    assert any("Kari Johnstone" in line and "not known since" in line for line in said(section(paper, "Who they are")))
    there = said(section(paper, "The meeting"))
    assert any(line.startswith("ours | Ambassador-at-Large") and "vacant" in line for line in there)
    owed = said(section(paper, "Open promises"))
    assert any(line.startswith("we ") and "written comments" in line and "overdue" in line for line in owed)
    assert any(line.startswith("they ") and "overdue" in line for line in owed)
    assert said(section(paper, "Last touches"))[0].startswith("November 12, 2026: Call with the focal point")
    route, owner = said(section(paper, "Route"))[:2]
    assert route.startswith("The route on our side is USOSCE")
    assert "Uma Mockup" in owner
    assert "USOSCE" in {clearer.short for clearer in paper.clearers}


def test_the_dialogue_of_a_compact(papers: Papers) -> None:
    paper = papers["romania"]
    assert in_brief(paper, "The meeting")[0] == "Date and time: December 16, 2026, 09:00–13:00 (planned)."
    lines = said(section(paper, "The compact"))
    assert "Indicators: We have no indicator on file, so targets and results are not known." in lines
    assert any(line.startswith("Carried out by: International Justice Mission") for line in lines)
    assert any("interview rooms" in line and "overdue" in line for line in said(section(paper, "Open promises")))
    assert any(line.startswith("Romania: Tier 2 in 2025") for line in said(section(paper, "In brief")))


def test_a_name_as_the_office_says_it_is_enough(papers: Papers) -> None:
    assert papers["rapporteur"].making.parameters == {"party": "post:un-sr-trafficking"}
    assert "Siobhán Mullally, last seen March 19, 2025, not known since" in said(papers["rapporteur"])[0]
    assert papers["peru"].making.parameters == {"agreement": "compact:per-2017"}
    assert any("at least PEN 8,000,000" in line for line in said(section(papers["peru"], "The compact")))


def test_the_delegation_book(papers: Papers) -> None:
    paper = papers["delegation"]
    assert said(section(paper, "Order of speakers"))[0] == "1 | Cyprus"
    assert "Place 14 in the list of speakers." in said(paper)
    assert [part.heading for part in paper.annex if part.starts_page][:2] == ["Bilat: Philippines", "Bilat: Ghana"]
    assert any("Canada (main)" in line for line in said(section(paper, "Side events")))
    assert len(said(section(paper, "December 14, 2026"))) == 4


def test_the_trip(papers: Papers) -> None:
    paper = papers["trip"]
    assert [part.heading for part in paper.annex if ", December" in part.heading] == [
        "Vienna, December 2–4, 2026",
        "Bucharest, December 5–8, 2026",
    ]
    at_the_embassy = said(section(paper, "Bucharest"))
    assert any("[40] (21) 200-3300" in line for line in at_the_embassy)
    assert not any("ACSBucharest" in line for line in at_the_embassy)  # for citizens, not for officials
    met = said(section(paper, "Whom we meet: Romania"))
    assert any(line.startswith("Romania: Tier 2 in 2025") for line in met)
    assert any(line.endswith("| Award | ") for line in met)


@pytest.mark.slow
def test_the_government_is_told_with_what_follows_and_who_clears(papers: Papers) -> None:
    paper = papers["government"]
    assert "Ghana is not on the Watch List of 2025: it is Tier 2." in said(section(paper, "Restrictions"))[1]
    assert any(
        line.startswith("Department of Labor, 2022 | not sorted | 22:") for line in said(section(paper, "Recom"))
    )
    assert said(section(paper, "Money"))[0].startswith("Total: USD 1,080,000 obligated in 1 prime award")
    assert any("Figures on shelters" in line and "overdue" in line for line in said(section(paper, "Open promises")))
    assert any(each.office == "Bureau of African Affairs (AF)" for each in paper.clearers)


@pytest.mark.slow
def test_the_task_force_has_its_members_by_statute_and_its_open_advice(papers: Papers) -> None:
    paper = papers["pitf"]
    members = said(section(paper, "Members"))
    assert members[1].startswith("Statutory member (12 on file; all not confirmed for this day, last listed")
    assert members[2].startswith("Designated member (8 on file; all not confirmed for this day, last listed")
    assert members[3] == "Alternates: We have no alternate of a member on file."
    assert any(line.startswith("Duty: Report of the task force") for line in said(section(paper, "Decisions")))
    assert "We have no reply to 6 of 6 recommendations on file" in said(section(paper, "Recommendations"))[-1]


@pytest.mark.slow
def test_the_working_group_has_a_line_for_each_government(papers: Papers) -> None:
    lines = said(section(papers["working-group"], "Governments attending"))
    assert [line.partition(" | ")[0] for line in lines] == ["Ghana", "Peru", "Spain"]
    assert lines[1].startswith(
        "Peru | Party since January 23, 2002 | Tier 2 (2025) | not in the data | The Child Protection"
    )
    assert "was signed June 15, 2017. USD 580,000 was obligated" in lines[1]


@pytest.mark.slow
def test_partners_are_told_and_not_vetted(papers: Papers) -> None:
    for name in ("partner", "iom"):
        assert "not vetting" in papers[name].subject
    assert any("Memorandum with Mockup" in line for line in said(section(papers["partner"], "Agreements")))
    assert any("owned by IGA Officer, OSCE" in line for line in said(section(papers["partner"], "Route")))
    assert any("some may be part of others; the largest is USD" in line for line in said(papers["iom"]))
    assert any("Child Protection Compact" in line for line in said(section(papers["iom"], "What they and")))


@pytest.mark.slow
def test_money_is_of_one_measure_and_one_layer(papers: Papers) -> None:
    total, _, withheld = said(papers["funding"])
    assert total.startswith("USD 2,730,000 was obligated in 4 prime awards of Example Grants Office")
    assert withheld == "USD 200,000 of it (7.3 per cent) went to recipients with withheld names."
    trail = said(section(papers["funding"], "Where it went"))
    assert sum("not counted: likely repeats" in line for line in trail) == 1
    [chart] = [block for block in section(papers["peru-money"], "Totals").blocks if isinstance(block, BarChart)]
    assert [bar.printed for bar in chart.bars] == ["USD 700,000", "USD -120,000"]
    versions = said(section(papers["award"], "Versions"))
    assert any("raised from USD 1,500,000 to USD 1,800,000" in line for line in versions)


@pytest.mark.slow
def test_the_calendar_says_unsure_days(papers: Papers) -> None:
    lines = said(section(papers["calendar"], "December 2026"))
    assert any(line.startswith("December 3, 2026, 10:00–10:45 | Ambassador-at-Large and OSCE") for line in lines)
    assert said(section(papers["calendar"], "February 2027"))[-1].startswith("February 2027, day not known")
    assert "month not known" in said(section(papers["calendar"], "Month not known"))[0]
    late = said(section(papers["osce-calendar"], "Overdue"))
    assert [line.partition(" (")[0] for line in late] == [
        "Comments on the draft child trafficking guidance",
        "Report on the use of a voluntary contribution",
    ]


@pytest.mark.slow
def test_the_handover_tells_what_is_owed_and_whom_to_check(papers: Papers) -> None:
    paper = papers["handover"]
    assert said(paper)[0].startswith("The relationships are with Mockup Consulting")
    assert any("bounced August 14, 2026" in line for line in said(section(paper, "Channels")))
    assert any("not on file" in line for line in said(section(paper, "Relationships")))
    assert any("| vacant |" in line for line in said(section(paper, "Vacancies")))


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_is_marked_short_at_the_top_cited_without_ids_and_has_nothing_to_mend(
    demo: Session, papers: Papers, name: str
) -> None:
    paper = papers[name]
    assert 1 <= len(paper.bottom_line) <= 4
    assert paper.marking is not Marking.PUBLIC
    assert paper.is_fictional
    told = [line for part in (*paper.sections, *paper.annex) for line in said(part)]
    assert [line for line in some(told) if ID.search(line)] == []
    assert name not in QUICK or max(map(len, told)) < 600
    assert all(block.citations for part in some(paper.sections) for block in part.blocks if isinstance(block, Claim))
    assert not checked(demo, record_of(paper)).has_findings


@pytest.mark.slow
def test_every_format_takes_every_paper_and_the_checkers_pass_them(papers: Papers, tmp_path: Path) -> None:
    for name in ASKED:
        for ending in FORMATS:
            (tmp_path / f"{name}.{ending}").write_bytes(rendered(papers[name], ending))
    assert "CONTAINS PRACTICE RECORDS" in to_markdown(papers["trip"])
    if lacking := missing():
        if os.environ.get("IGA_REQUIRE_VERAPDF") == "1":
            pytest.fail(lacking)
        pytest.skip(lacking)
    files = sorted(tmp_path.glob("*.pdf"))
    told = told_by_verapdf(*files).splitlines()
    assert [line.split()[0] for line in told if line.endswith(".pdf")] == ["passed"] * len(ASKED), told
    assert [told_by_page(path) for path in files] == [[]] * len(ASKED)
