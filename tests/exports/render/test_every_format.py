"""What holds for every format: hostile text is only text, the record survives, marks and drafts are told."""

import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html
from markupsafe import escape

from iga.exports.checking.recorded import record_in
from iga.exports.paper.blocks import Table, TableRow
from iga.exports.paper.charts import Bar, BarChart
from iga.exports.paper.document import Clearer, PaperDocument, Section
from iga.exports.paper.record import record_of
from iga.exports.paper.statements import Claim
from iga.exports.render.formats import FORMATS, rendered
from iga.exports.render.markdown import markdown_text
from iga.exports.render.pdf import typst_string
from iga.exports.render.style import SCHEMES, Style
from iga.exports.render.templated import drawn, templates, to_html
from iga.graph.domain.marking import Marking
from tests.pdf_checkers import missing, told_by_page, told_by_verapdf
from tests.reading import some

Paper = Callable[..., PaperDocument]
HOSTILE = (
    '#panic("typst") #import "x.typ" $x^2$ @foo \\ *b* _i_ `raw` <lab> // c /* ]#[ <script>alert(1)</script> ]]> & '
    "\u202eRTL\u202c שלום مرحبا 😀 \U0001d518\U00010348 \U0001f9ff \x00\x07 \ud800 中文 ក្រ --> ```"
)


@pytest.fixture
def hostile(paper: Paper, cited: Callable[[int], tuple[object, ...]]) -> PaperDocument:
    bars = tuple(
        Bar(HOSTILE, value, HOSTILE, cited(place), floor=Marking.INTERNAL)  # type: ignore[arg-type]
        for place, value in enumerate((Decimal(3), None, Decimal(0), Decimal(-2)), start=1)
    )
    chart = BarChart(HOSTILE, "Year", "Obligated, USD", bars, alt=HOSTILE, note=HOSTILE)
    row = TableRow((HOSTILE, ""), cited(7))  # type: ignore[arg-type]
    table = Table(HOSTILE, ("A", HOSTILE), (row,), (1, 2))
    claim = Claim(HOSTILE, cited(8), lead=HOSTILE)  # type: ignore[arg-type]
    made = paper(Section(HOSTILE, (chart, claim)), Section(HOSTILE, (table,), level=2))
    clearer = Clearer(HOSTILE, HOSTILE, cited(9), HOSTILE)  # type: ignore[arg-type]
    made = replace(made, annex=(Section(HOSTILE, (claim,)),), publishers={"ref:parties": HOSTILE})
    return replace(made, title=HOSTILE, subject=HOSTILE, bottom_line=(claim,), clearers=(clearer,))


@pytest.mark.parametrize("ending", list(FORMATS))
@pytest.mark.parametrize("scheme", list(SCHEMES))
def test_hostile_text_is_only_text_and_the_record_survives(
    hostile: PaperDocument, ending: str, scheme: str, tmp_path: Path
) -> None:
    path = tmp_path / f"paper.{ending}"
    path.write_bytes(rendered(hostile, ending, style=Style(scheme=SCHEMES[scheme])))
    assert record_in(path) == replace(record_of(hostile), title=HOSTILE)


@pytest.mark.parametrize("ending", list(FORMATS))
def test_equal_papers_are_equal_bytes(small_paper: PaperDocument, paper: Paper, ending: str) -> None:
    assert rendered(small_paper, ending) == rendered(paper(*small_paper.sections), ending)


def test_a_page_is_one_document_that_runs_nothing(hostile: PaperDocument) -> None:
    page = html.document_fromstring(to_html(hostile))
    assert page.get("lang") == "en-US"
    assert [script.get("type") for script in page.iter("script")] == ["application/json"]
    assert all(not str(name).startswith("on") for element in some(page.iter()) for name in element.attrib)
    assert all(cell.get("scope") in ("col", "row") for cell in some(page.iter("th")))
    assert all(image.get("alt") for image in some(page.iter("img")))
    assert all(str(image.get("src")).startswith("data:image/svg+xml") for image in some(page.iter("img")))
    headings = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3")]
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in some(pairwise(headings)))
    ids = {element.get("id") for element in page.iter("li")}
    inner = [str(link.get("href")) for link in page.iter("a") if str(link.get("href")).startswith("#")]
    assert inner
    assert {address.removeprefix("#") for address in inner} <= ids


def test_a_drawing_is_well_formed_and_says_what_is_not_known(hostile: PaperDocument) -> None:
    [chart] = [block for section in hostile.sections for block in section.blocks if isinstance(block, BarChart)]
    bare = replace(chart, bars=(replace(chart.bars[0], printed="USD 3"), replace(chart.bars[1], printed="")))
    root = etree.fromstring(drawn(bare, font="Times New Roman").encode())
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "USD 3" in words
    assert "not known" in words
    assert len(list(root.iter("{http://www.w3.org/2000/svg}rect"))) == 1


@pytest.mark.slow
def test_a_pdf_passes_two_checkers_of_others(
    small_paper: PaperDocument, hostile: PaperDocument, tmp_path: Path
) -> None:
    if lacking := missing():
        if os.environ.get("IGA_REQUIRE_VERAPDF") == "1":
            pytest.fail(lacking)
        pytest.skip(lacking)
    files = [tmp_path / "small.pdf", tmp_path / "hostile.pdf"]
    for path, document in zip(files, (small_paper, hostile), strict=True):
        path.write_bytes(rendered(document, "pdf"))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(files[0].read_bytes().replace(b"/MarkInfo", b"/MarkInfX"))
    told = told_by_verapdf(*files, broken).splitlines()
    assert [line.split()[0] for line in told if line.endswith(".pdf")] == ["passed", "passed", "failed"], told
    assert [told_by_page(path) for path in files] == [[], []]
    assert told_by_page(broken) != []


@pytest.mark.parametrize(
    ("escaped", "shown"),
    [(escape, "&lt;b&gt; &amp; &#34;#x&#34;"), (typst_string, '"<b> & \\"#x\\""'), (markdown_text, '\\<b\\> & "\\#x"')],
)
def test_a_template_cannot_insert_what_is_not_escaped(escaped: Callable[[str], str], shown: str) -> None:
    page = templates(escaped).from_string("{{ text }}")
    assert page.render(text='<b>\n& "#x"') == shown
