from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.paper.blocks import Bullets, Table, TableRow
from exports.paper.charts import ChartLine, MarkChart
from exports.paper.citation import Citation
from exports.paper.document import Document, Section, spans
from exports.paper.statements import Claim, Unknown
from graph.domain.marking import Marking
from graph.errors import DomainError

Cited = Callable[[int], tuple[Citation, ...]]
Paper = Callable[..., Document]


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
def test_endnotes_are_numbered_by_first_use_and_merged_by_place(uses: list[list[int]]) -> None:
    def note(number: int) -> Citation:
        return Citation("ref:parties", f"parties.csv:{number}", "Parties")

    claims = tuple(Claim("x", tuple(note(number) for number in use)) for use in uses)
    document = Document("t", "s", "j", "2026-11-25", "v", "c", (Section("h", (Bullets(claims),)),))
    order = list(dict.fromkeys(number for use in uses for number in use))
    assert [citation.locator for citation in document.endnotes] == [f"parties.csv:{number}" for number in order]
    for claim in claims:
        numbers = document.numbers(claim.citations)
        assert list(numbers) == sorted(set(numbers))
        assert {document.endnotes[number - 1] for number in numbers} == set(claim.citations)


@given(st.sets(st.integers(1, 30)))
def test_spans_hold_the_same_numbers(numbers: set[int]) -> None:
    runs = spans(tuple(sorted(numbers)))
    assert [number for first, last in runs for number in range(first, last + 1)] == sorted(numbers)
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(runs))


@pytest.mark.parametrize(
    ("marking", "line"),
    [
        (Marking.PUBLIC, "UNCLASSIFIED"),
        (Marking.INTERNAL, "SENSITIVE BUT UNCLASSIFIED"),
        (Marking.SENSITIVE, "SENSITIVE BUT UNCLASSIFIED"),
    ],
)
def test_a_paper_is_marked_by_the_strictest_of_what_it_uses(
    paper: Paper, cited: Cited, marking: Marking, line: str
) -> None:
    other = (Citation("office:contacts", "Contacts!5", "Our contacts", marking=marking),)
    document = paper(Section("h", (Claim("a", cited(1)), Claim("b", other))))
    assert document.marking_lines == (line,)


def test_a_paper_that_uses_fictional_sources_says_so(paper: Paper, cited: Cited) -> None:
    sample = (Citation("sample:contacts", "Contacts!5", "Sample", is_fictional=True),)
    assert paper(Section("h", (Claim("a", sample),))).marking_lines == (
        "UNCLASSIFIED",
        "FICTIONAL SAMPLE DATA",
    )
    assert paper(Section("h", (Claim("a", cited(1)),))).marking_lines == ("UNCLASSIFIED",)
