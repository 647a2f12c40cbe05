import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Inches

from iga.exports.paper.blocks import Bullets
from iga.exports.paper.document import PaperDocument, Section
from iga.exports.paper.statements import Citation, Claim
from iga.exports.render.style import Style
from iga.exports.render.word_file import to_docx
from tests.reading import some

Paper = Callable[..., PaperDocument]


@pytest.fixture
def read(small_paper: PaperDocument) -> Docx:
    return docx.Document(io.BytesIO(to_docx(small_paper)))


def test_same_inputs_give_the_same_bytes(small_paper: PaperDocument, paper: Paper) -> None:
    assert to_docx(small_paper) == to_docx(paper(*small_paper.sections))


def test_no_clock_is_in_the_package(small_paper: PaperDocument) -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(small_paper))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert (
            re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", package.read("docProps/core.xml").decode())
            == ["2026-11-25T00:00:00Z"] * 2
        )


def test_the_parts_of_a_file_are_packed(small_paper: PaperDocument) -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(small_paper))) as package:
        assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_DEFLATED}


def test_properties_name_title_subject_and_language(read: Docx) -> None:
    about = read.core_properties
    assert (about.title, about.subject, about.language, about.author) == (
        "Ghana",
        "Briefing memo: Ghana",
        "en-US",
        "IGA Graph",
    )
    language = read.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language is not None
    assert language.get(qn("w:val")) == "en-US"


def test_the_page_is_letter_with_margins_of_an_inch(read: Docx) -> None:
    section = read.sections[0]
    assert (section.page_width, section.page_height) == (Inches(8.5), Inches(11))
    assert {section.left_margin, section.right_margin, section.top_margin, section.bottom_margin} == {Inches(1)}


def test_structure_is_styles_not_formatting_by_hand(read: Docx) -> None:
    styled = [(paragraph.style.name, paragraph.text) for paragraph in read.paragraphs if paragraph.style]
    assert styled[0] == ("Title", "Ghana")
    headings = [text for style, text in styled if style == "Heading 1"]
    assert headings[:2] == ["Bottom line", "Agreements"]
    assert headings[-2:] == ["Clearance", "Sources"]
    assert ("List Bullet", "Tier. Tier 2 in 2025.1") in styled
    assert ("Caption", "Tier by edition1") in styled
    assert ("Drafter", "[DRAFTER: objective of the meeting]") in styled


def test_every_table_has_a_header_row_that_repeats_and_alt_text(read: Docx) -> None:
    assert len(read.tables) == 2
    for table in read.tables:
        header, *others = table.rows
        assert header._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:tblHeader')}") is None for row in some(others))
        assert all(cell.text for cell in some(header.cells))
        assert table._tbl.tblPr.find(qn("w:tblDescription")) is not None


def test_the_chart_says_in_words_what_it_shows(read: Docx) -> None:
    described = read.tables[1]._tbl.tblPr.find(qn("w:tblDescription"))
    assert described is not None
    assert described.get(qn("w:val")) == "2024: Tier 1 (derived). 2025: Tier 2."
    assert [[cell.text for cell in row.cells] for row in read.tables[1].rows] == [
        ["Edition", "24", "25"],
        ["Tier 1", "○", ""],
        ["Tier 2", "", "●"],
    ]


def test_every_raised_number_leads_to_an_endnote(read: Docx, small_paper: PaperDocument) -> None:
    body = read.element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    places = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert places == [f"note{number}" for number in range(1, len(small_paper.endnotes) + 1)]
    assert set(anchors) == set(places)


def test_endnotes_name_the_source_without_rows_and_addresses(read: Docx) -> None:
    notes = [paragraph.text for paragraph in read.paragraphs if "\t" in paragraph.text]
    assert notes == ["1.\tParties of the protocol, as of December 2014."]
    assert not [part for part in read.part.rels.values() if part.is_external]


def test_marking_and_page_numbers_stand_on_every_page(paper: Paper) -> None:
    sample = Claim("a", (Citation("s", "f:1", "T", is_fictional=True),))
    section = docx.Document(io.BytesIO(to_docx(paper(Section("h", (sample,)))))).sections[0]
    assert [paragraph.text for paragraph in section.header.paragraphs] == [
        "UNCLASSIFIED",
        "DRAFT · CONTAINS PRACTICE RECORDS",
    ]
    assert section.footer.paragraphs[0].text.startswith("UNCLASSIFIED")
    fields = [field.text for field in section.footer._element.iter(qn("w:instrText"))]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_the_command_names_no_file_and_the_data_version_is_printed(read: Docx, small_paper: PaperDocument) -> None:
    text = "\n".join(paragraph.text for paragraph in read.paragraphs)
    assert text.endswith(small_paper.command)
    assert " -o " not in text
    assert small_paper.making.data_version[:12] in text
    assert "and 2 more: iga ask treaty-status --party GHA" in text


def test_text_that_xml_cannot_hold_does_not_stop_a_memo(paper: Paper) -> None:
    claim = Claim("a\x00b\x0bc\ud800 <&>\n d", (Citation("s", "f:1", "T\x01"),))
    made = docx.Document(io.BytesIO(to_docx(paper(Section("h", (Bullets((claim,)),))))))
    assert any(paragraph.text == "a b c <&> d1" for paragraph in made.paragraphs)


def test_the_typeface_and_its_size_are_a_setting(small_paper: PaperDocument) -> None:
    made = docx.Document(io.BytesIO(to_docx(small_paper, style=Style(font="Courier New", text=12))))
    normal = made.styles["Normal"]
    assert normal.font.name == "Courier New"
    assert normal.font.size.pt == 12
