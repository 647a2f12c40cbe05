"""Every kind of paper over the demo data, for a large and a small subject: two pages, and nothing to mend."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from iga.exports.checking.draft import draft_in
from iga.exports.checking.lint import findings
from iga.exports.checking.recorded import record_in
from iga.exports.memos.registry import MEMOS
from iga.exports.memos.write import write_memo
from iga.exports.paper.blocks import Series, Table
from iga.exports.paper.document import PaperDocument
from iga.exports.paper.statements import Cited, Claim
from iga.exports.render.formats import rendered
from iga.exports.render.markdown import to_markdown
from iga.exports.render.style import SCHEMES
from iga.queries.core.session import Session
from tests.reading import some

SUBJECTS: tuple[tuple[str, Mapping[str, str | list[str]]], ...] = (
    ("meeting", {"party": "OSCE Special Representative", "topic": "child trafficking"}),
    ("meeting", {"agreement": "compact with Peru"}),
    ("meeting", {"party": "Fiji"}),
    ("delegation", {"engagement": "High-level meeting on trafficking in persons (fictional)"}),
    ("trip", {"engagement": "Ambassador-at-Large trip to Vienna and Bucharest (fictional)"}),
    ("government", {"party": "Romania"}),
    ("government", {"party": "Tuvalu"}),
    ("body", {"party": "UNTOC Working Group on Trafficking in Persons", "other": ["Ghana", "Peru", "Romania"]}),
    ("body", {"party": "ILO"}),
    ("partner", {"party": "Mockup Consulting (fictional)"}),
    ("partner", {"party": "International Justice Mission"}),
    ("funding", {"party": "Example Grants Office (fictional)"}),
    ("funding", {"party": "International Justice Mission"}),
    ("calendar", {}),
    ("calendar", {"party": "Fiji"}),
    ("handover", {"party": "Uma Mockup"}),
    ("list", {"of": "governments", "filter": "member_of:OSCE", "select": "region,tier", "group_by": "tier"}),
    ("list", {"of": "partners", "filter": "seat:ghana"}),
    ("compare", {"party": ["Romania", "Fiji", "Tuvalu"]}),
)
PUBLIC = ("partner", {"party": "International Justice Mission"})


@pytest.fixture(scope="module")
def papers(demo: Session) -> list[PaperDocument]:
    return [write_memo(demo, kind, parameters) for kind, parameters in SUBJECTS]


def _cited(paper: PaperDocument) -> Iterator[Cited]:
    blocks = (block for section in paper.sections for block in section.blocks)
    for block in (*paper.bottom_line, *blocks):
        parts = getattr(block, "parts", (block,))
        yield from (part for part in parts if isinstance(part, Cited))


def test_every_kind_is_among_them() -> None:
    assert {kind for kind, _ in SUBJECTS} == set(MEMOS)


def test_each_takes_two_pages_at_most(papers: list[PaperDocument]) -> None:
    for paper in papers:
        pages = re.findall(rb"/Type\s*/Page\b", rendered(paper, "pdf"))
        assert 1 <= len(pages) <= (paper.longest or 0) <= 3, paper.title


def test_only_a_trip_has_a_third_page_and_its_schedule_is_whole(papers: list[PaperDocument]) -> None:
    [trip] = [paper for paper in papers if (paper.longest or 0) > 2]
    assert trip.title == "[practice] Ambassador-at-Large trip to Vienna and Bucharest"
    [schedule] = [block for section in trip.sections for block in section.blocks if isinstance(block, Table)]
    assert (len(schedule.rows), schedule.more) == (7, None)
    assert schedule.rows[0].shown[0] == "[practice] December 2, 15:00–16:00"


def test_no_sentence_of_the_bottom_line_is_told_again(papers: list[PaperDocument]) -> None:
    for paper in papers:
        paragraphs = [block for section in paper.sections for block in section.blocks if isinstance(block, Series)]
        told = [item.text for block in paragraphs if block.is_prose for item in block.items]
        assert not {it.text for it in paper.bottom_line} & set(told), paper.title


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_its_own_examination_finds_nothing_to_mend(papers: list[PaperDocument], ending: str, tmp_path: Path) -> None:
    for number, paper in enumerate(papers):
        path = tmp_path / f"{number}.{ending}"
        path.write_bytes(rendered(paper, ending))
        to_mend = findings(draft_in(path), longest=record_in(path).longest)
        assert [one for one in to_mend if not one.is_open] == [], paper.title
        assert any(one.rule == "blank" for one in to_mend)


def test_there_are_no_commands_and_no_rows_of_files_in_it(papers: list[PaperDocument]) -> None:
    for paper in papers:
        body, _, sources = to_markdown(paper).partition("## Sources")
        assert "iga " not in body
        assert " -o " not in sources
        assert not re.search(r"\.(csv|xlsx)|load \d|github\.com", body + sources.partition("<!--")[0])


def test_no_section_is_empty_and_what_is_missing_is_one_line(papers: list[PaperDocument]) -> None:
    for paper in papers:
        assert all(section.blocks for section in some(paper.sections))
        assert to_markdown(paper).count("Not on file:") <= 1


def test_a_source_is_one_endnote_however_many_rows_are_used(papers: list[PaperDocument]) -> None:
    for paper in some(papers):
        titles = [note.title for note in paper.endnotes]
        assert len(titles) == len(set(titles))


def test_what_is_made_up_is_marked_one_by_one(papers: list[PaperDocument]) -> None:
    told = [part for paper in papers for part in _cited(paper) if isinstance(part, Claim)]
    assert all(part.shown.startswith("[practice] ") == part.is_practice for part in some(told))
    assert any(part.is_practice for part in told)
    assert any(not part.is_practice for part in told)


def test_a_paper_on_public_facts_alone_bears_no_banner_of_protection(demo: Session) -> None:
    kind, parameters = PUBLIC
    paper = write_memo(demo, kind, parameters)
    assert SCHEMES["sbu"].banner(paper) == "UNCLASSIFIED"
    assert "SBU" not in to_markdown(paper)
    assert paper.clearing


def test_the_annex_is_numbered_and_comes_behind_the_two_pages(demo: Session) -> None:
    text = to_markdown(write_memo(demo, "government", {"party": "Romania"}, is_full=True))
    annexes = re.findall(r"^## Annex (\d+): ", text, re.MULTILINE)
    assert annexes == [str(number) for number in range(1, len(annexes) + 1)]
    assert len(annexes) > 8
    assert text.index("## Clearance") < text.index("## Annex 1: ") < text.index("## Sources")
