"""Papers on meetings, delegations and trips over the reference data and the fictional sample: what a reader sees."""

import os
import re
from pathlib import Path

import pytest

from iga.exports.checking.check import checked
from iga.exports.memos.write import write_memo
from iga.exports.paper.document import PaperDocument
from iga.exports.paper.record import record_of
from iga.exports.render.formats import FORMATS, rendered, to_markdown
from iga.graph.domain.marking import Marking
from iga.queries.core.session import Session
from tests.exports.memos.office import in_brief, said, section
from tests.pdf_checkers import missing, told_by_page, told_by_verapdf

HLM = "High-level meeting on trafficking in persons (fictional)"
TRIP = "Ambassador-at-Large trip to Vienna and Bucharest (fictional)"
OSCE = {"party": "OSCE Special Representative", "topic": "child trafficking"}


@pytest.fixture(scope="module")
def papers(demo: Session) -> dict[str, PaperDocument]:
    return {
        "osce": write_memo(demo, "meeting", OSCE, is_full=True),
        "rapporteur": write_memo(demo, "meeting", {"party": "UN Special Rapporteur on trafficking"}, is_full=True),
        "peru": write_memo(demo, "meeting", {"agreement": "compact with Peru"}, is_full=True),
        "romania": write_memo(demo, "meeting", {"agreement": "compact with Romania"}, is_full=True),
        "delegation": write_memo(demo, "delegation", {"engagement": HLM}, is_full=True),
        "trip": write_memo(demo, "trip", {"engagement": TRIP}, is_full=True),
    }


def test_the_meeting_with_the_special_representative(papers: dict[str, PaperDocument]) -> None:
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


def test_the_dialogue_of_a_compact(papers: dict[str, PaperDocument]) -> None:
    paper = papers["romania"]
    assert in_brief(paper, "The meeting")[0] == "Date and time: December 16, 2026, 09:00–13:00 (planned)."
    lines = said(section(paper, "The compact"))
    assert "Indicators: No indicator is in the data, so no target and no result." in lines
    assert any(line.startswith("Carried out by: International Justice Mission") for line in lines)
    assert any("interview rooms" in line and "overdue" in line for line in said(section(paper, "Open promises")))
    assert any(line.startswith("Romania: Tier 2 in 2025") for line in said(section(paper, "In brief")))


def test_a_name_as_the_office_says_it_is_enough(papers: dict[str, PaperDocument]) -> None:
    assert papers["rapporteur"].making.parameters == {"party": "post:un-sr-trafficking"}
    assert "Siobhán Mullally, last seen March 19, 2025, not known since" in said(papers["rapporteur"])[0]
    assert papers["peru"].making.parameters == {"agreement": "compact:per-2017"}
    assert any("at least PEN 8,000,000" in line for line in said(section(papers["peru"], "The compact")))


def test_the_delegation_book(papers: dict[str, PaperDocument]) -> None:
    paper = papers["delegation"]
    assert said(section(paper, "Order of speakers"))[0] == "1 | Cyprus"
    assert "Place 14 in the list of speakers." in said(paper)
    assert [part.heading for part in paper.annex if part.starts_page][:2] == ["Bilat: Philippines", "Bilat: Ghana"]
    assert any("Canada (main)" in line for line in said(section(paper, "Side events")))
    assert len(said(section(paper, "December 14, 2026"))) == 4


def test_the_trip(papers: dict[str, PaperDocument]) -> None:
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


@pytest.mark.parametrize("name", ["osce", "rapporteur", "peru", "romania", "delegation", "trip"])
def test_papers_are_marked_fictional_short_at_the_top_and_without_ids(
    papers: dict[str, PaperDocument], name: str
) -> None:
    paper = papers[name]
    assert 1 <= len(paper.bottom_line) <= 4
    assert paper.marking is not Marking.PUBLIC
    assert paper.is_fictional
    told = [line for part in (*paper.sections, *paper.annex) for line in said(part)]
    assert [line for line in told if re.search(r"\b(gov|org|forum|body|post|ngo|person|engagement):[a-z]", line)] == []
    assert max(map(len, told)) < 600


@pytest.mark.parametrize("name", ["osce", "romania", "delegation", "trip"])
def test_a_paper_of_the_same_data_has_nothing_to_mend(
    demo: Session, papers: dict[str, PaperDocument], name: str
) -> None:
    assert not checked(demo, record_of(papers[name])).has_findings


@pytest.mark.slow
def test_every_format_takes_every_paper(papers: dict[str, PaperDocument], tmp_path: Path) -> None:
    for name, paper in papers.items():
        for ending in FORMATS:
            (tmp_path / f"{name}.{ending}").write_bytes(rendered(paper, ending))
    assert "CONTAINS PRACTICE RECORDS" in to_markdown(papers["trip"])
    if lacking := missing():
        if os.environ.get("IGA_REQUIRE_VERAPDF") == "1":
            pytest.fail(lacking)
        pytest.skip(lacking)
    files = sorted(tmp_path.glob("*.pdf"))
    told = told_by_verapdf(*files).splitlines()
    assert [line.split()[0] for line in told if line.endswith(".pdf")] == ["passed"] * len(papers), told
    assert [told_by_page(path) for path in files] == [[]] * len(papers)
