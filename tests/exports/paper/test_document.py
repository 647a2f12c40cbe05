from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.exports.paper.blocks import Bullets, Table, TableRow
from iga.exports.paper.charts import BarChart, ChartLine, MarkChart
from iga.exports.paper.document import Making, PaperDocument, Section, raised
from iga.exports.paper.record import read_record, record_of, record_text
from iga.exports.paper.statements import Citation, Claim, Unknown
from iga.exports.render.style import SCHEMES, head_lines
from iga.graph.domain.marking import Marking
from iga.graph.errors import DomainError

Cited = Callable[[int], tuple[Citation, ...]]
Paper = Callable[..., PaperDocument]


@given(st.text())
def test_a_claim_cannot_be_built_without_a_citation(text: str) -> None:
    with pytest.raises(DomainError, match="rests on no evidence"):
        Claim(text, ())


def test_a_table_row_and_a_chart_cannot_be_built_without_a_citation() -> None:
    with pytest.raises(DomainError, match="rests on no evidence"):
        TableRow(("party",), ())
    with pytest.raises(DomainError, match="rests on no evidence"):
        MarkChart("Tiers", "Edition", ("25",), (ChartLine("Tier 1", ("",)),), "2025: none.", "key", ())


def test_a_gap_is_somebodys() -> None:
    with pytest.raises(DomainError, match="is nobody's"):
        Unknown("The list is partial.", "")


def test_a_table_row_has_as_many_cells_as_its_header(cited: Cited) -> None:
    with pytest.raises(DomainError, match="2 columns"):
        Table("Treaties", ("Agreement", "Status"), (TableRow(("Palermo",), cited(2)),), (1, 1))
    with pytest.raises(DomainError, match="2 columns"):
        Table("Treaties", ("Agreement", "Status"), (), (1,))


def test_a_chart_without_alt_text_is_refused(cited: Cited) -> None:
    with pytest.raises(DomainError, match="alt text"):
        MarkChart("Tiers", "Edition", ("25",), (ChartLine("Tier 1", ("",)),), "", "key", cited(1))


def test_a_chart_has_a_mark_for_each_column(cited: Cited) -> None:
    with pytest.raises(DomainError, match="2 columns"):
        MarkChart("Tiers", "Edition", ("24", "25"), (ChartLine("Tier 1", ("",)),), "none", "key", cited(1))


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=3), max_size=6))
def test_endnotes_are_sources_numbered_by_first_use(uses: list[list[int]]) -> None:
    def note(number: int) -> Citation:
        return Citation(f"ref:{number % 3}", f"parties.csv:{number}", f"Title {number % 3}", stated_on=f"201{number}")

    claims = tuple(Claim("x", tuple(note(number) for number in use)) for use in uses)
    sections = (Section("h", (Bullets(claims),)),)
    document = PaperDocument(
        "t", "j", Making("k", {}, "2026-11-25", "v"), "c", "f", sections, publishers={"ref:1": "P"}
    )
    order = list(dict.fromkeys(f"Title {number % 3}" for use in uses for number in use))
    assert [note.title for note in document.endnotes] == order
    assert {note.publisher for note in document.endnotes if note.title == "Title 1"} <= {"P"}
    for claim in claims:
        numbers = document.numbers(claim.citations)
        assert list(numbers) == sorted(set(numbers))
        assert {document.endnotes[number - 1].title for number in numbers} == {it.title for it in claim.citations}


def test_an_endnote_is_as_of_the_latest_day_that_is_used(paper: Paper) -> None:
    days = tuple(Claim("x", (Citation("ref:a", "a.csv:1", "A", stated_on=day),)) for day in ("2014-12", "2019", "2011"))
    [note] = paper(Section("h", days)).endnotes
    assert note.stated_on == "2019"


@given(st.sets(st.integers(1, 30)))
def test_printed_numbers_stand_for_all_numbers(numbers: set[int]) -> None:
    printed = list(raised(sorted(numbers)))
    read: list[int] = []
    for separator, number in printed:
        read += range(read[-1] + 1, number + 1) if separator == "–" else [number]
    assert read == sorted(numbers)
    assert [separator for separator, _ in printed[:1]] == [""][: len(numbers)]
    assert [place for (_, first), (mark, place) in pairwise(printed) if mark == "–" and place - first < 2] == []


@pytest.mark.parametrize(
    ("marking", "sbu", "cui"),
    [
        (Marking.PUBLIC, "UNCLASSIFIED", "UNCLASSIFIED"),
        (Marking.INTERNAL, "SENSITIVE BUT UNCLASSIFIED", "CUI"),
        (Marking.SENSITIVE, "SENSITIVE BUT UNCLASSIFIED", "CUI"),
    ],
)
def test_a_paper_is_marked_by_the_strictest_of_what_it_uses(
    paper: Paper, cited: Cited, marking: Marking, sbu: str, cui: str
) -> None:
    other = (Citation("office:contacts", "Contacts!5", "Our contacts", marking=marking),)
    document = paper(Section("h", (Claim("a", cited(1)), Claim("b", other))))
    assert SCHEMES["sbu"].banner(document) == sbu
    assert SCHEMES["cui"].banner(document) == cui
    assert SCHEMES["none"].banner(document) == ""


def test_each_paragraph_of_a_protected_paper_has_a_mark_of_its_own(paper: Paper, cited: Cited) -> None:
    plan = Claim("b", cited(2), floor=Marking.INTERNAL)
    mixed = paper(Section("h", (Claim("a", cited(1)), plan)))
    marks = [
        SCHEMES[name].portion(claim.marking, mixed)
        for name in ("sbu", "cui", "none")
        for claim in (plan, Claim("a", cited(1)))
    ]
    assert marks == ["(SBU) ", "(U) ", "(CUI) ", "(U) ", "", ""]
    assert SCHEMES["sbu"].portion(Marking.PUBLIC, paper(Section("h", (Claim("a", cited(1)),)))) == ""


def test_a_paper_that_uses_fictional_sources_says_so(paper: Paper, cited: Cited) -> None:
    sample = (Citation("sample:contacts", "Contacts!5", "Sample", is_fictional=True),)
    fictional = paper(Section("h", (Claim("a", sample),)))
    assert head_lines(fictional, SCHEMES["sbu"], is_final=True) == ("UNCLASSIFIED", "CONTAINS PRACTICE RECORDS")
    assert head_lines(fictional, SCHEMES["none"], is_final=False) == ("DRAFT · CONTAINS PRACTICE RECORDS",)
    true = paper(Section("h", (Claim("a", cited(1)),)))
    assert head_lines(true, SCHEMES["sbu"], is_final=False) == ("UNCLASSIFIED", "DRAFT")


def test_what_is_made_up_says_so_at_its_beginning_and_not_again(cited: Cited) -> None:
    sample = (Citation("sample:contacts", "Contacts!5", "Sample", is_fictional=True),)
    assert Claim("Call with Ada (fictional).", sample).shown == "[practice] Call with Ada."
    assert TableRow(("Ada (fictional)", "", "Post (fictional)"), sample).shown == ("[practice] Ada", "–", "Post")
    assert Claim("Call.", cited(1)).shown == "Call."


def test_a_bottom_line_has_four_statements_at_most(paper: Paper, cited: Cited) -> None:
    with pytest.raises(DomainError, match="write four"):
        replace(paper(), bottom_line=tuple(Claim(str(number), cited(1)) for number in range(5)))


def test_a_part_stands_under_a_section(paper: Paper, cited: Cited) -> None:
    with pytest.raises(DomainError, match="part of no section"):
        paper(Section("h", (Claim("a", cited(1)),), level=2))


def test_the_record_of_a_paper_is_read_as_it_was_written(small_paper: PaperDocument) -> None:
    assert read_record(record_text(small_paper)) == record_of(small_paper)
    said = [one.text for one in record_of(small_paper).said]
    assert "Tier. Tier 2 in 2025." in said
    assert "ILO | No. 29 | –" in said


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"form":"iga-paper-1"}', '{"form":"iga-paper-1","making":3}'])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_record(text)


def test_the_twin_of_a_chart_says_what_is_drawn(small_paper: PaperDocument) -> None:
    [chart] = [block for section in small_paper.sections for block in section.blocks if isinstance(block, MarkChart)]
    assert [row.cells for row in chart.twin.rows] == [("Tier 1", "2024 ○"), ("Tier 2", "2025")]


def test_a_chart_without_bars_and_a_section_too_deep_are_refused() -> None:
    with pytest.raises(DomainError, match="'By year' has no bars: write an Unknown instead"):
        BarChart("By year", "Fiscal year", "Obligated, USD", (), "none")
    with pytest.raises(DomainError, match="'Part' is of level 3; write 1 or 2"):
        Section("Part", (), level=3)
