"""How papers look: by a setting, a file, or a Word file of the office."""

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document as Docx
from docx.oxml.ns import qn

from iga.exports.paper.document import PaperDocument
from iga.exports.render.reference import CELL, CHART, DRAFTER, MARK, NOTE, TABLE, read_reference
from iga.exports.render.style import SCHEMES, STANDARD, Style, style_of, styled
from iga.exports.render.word_file import to_docx
from iga.graph.errors import FileRefused, SettingsError, UsageError


def test_what_the_environment_leaves_unsaid_stays() -> None:
    assert style_of({}) == STANDARD
    asked = {"IGA_PAPER_FONT": " Courier New ", "IGA_PAPER_SIZE": "12", "IGA_PAPER_MARKING": "cui"}
    assert style_of(asked) == Style("Courier New", text=12, table=9, note=7, scheme=SCHEMES["cui"])
    assert style_of({"IGA_PAPER_SIZE": "8"}) == Style(text=8, table=6, note=6)


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("IGA_PAPER_FONT", " ", "font: ' ' is no name of a typeface, such as Times New Roman"),
        ("IGA_PAPER_SIZE", "large", "text: 'large' is no size in points; write a number from 8 to 24"),
        ("IGA_PAPER_SIZE", "25", "text: '25' is no size in points; write a number from 8 to 24"),
        ("IGA_PAPER_MARKING", "secret", "there is no marking scheme 'secret'; schemes are none, sbu, cui"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(setting: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        style_of({setting: value})
    assert sentence in refused.value.message


def test_a_file_sets_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('font = "Courier New"\nnote = 8.5\nmarking = "none"\n', encoding="utf-8")
    assert styled(tmp_path / "ours.toml", base=STANDARD) == Style("Courier New", note=8.5, scheme=SCHEMES["none"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("font = ", "the style ours.toml cannot be read: "),
        ("colour = 1\nis_final = true", "has colour, is_final; it may have font, marking, note, table, text"),
        ("font = 12", "font: 12 is no name of a typeface"),
        ("text = true", "text: True is no size in points"),
        ("table = [11]", "table: [11] is no size in points; write a number from 6 to 24"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        styled(tmp_path / "ours.toml", base=STANDARD)
    assert sentence in refused.value.message


OURS = (CELL, NOTE, DRAFTER, MARK, TABLE, CHART)


def saved(paper: Docx) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def written(document: PaperDocument, reference: bytes | None = None) -> Docx:
    return docx.Document(io.BytesIO(to_docx(document, style=Style(reference=reference))))


def sizes(paper: Docx) -> dict[str, float]:
    names = ("Normal", "Title", "Heading 1", CELL, NOTE)
    return {name: paper.styles[name].font.size.pt for name in names}


def test_our_reference_has_the_styles_and_their_sizes(small_paper: PaperDocument) -> None:
    paper = written(small_paper)
    assert [name for name in OURS if name not in paper.styles] == []
    assert sizes(paper) == {"Normal": 14, "Title": 17, "Heading 1": 14, CELL: 11, NOTE: 9}
    assert {paper.styles[name].font.name for name in ("Normal", "Title", "Heading 1", CELL)} == {"Times New Roman"}


def test_sizes_follow_the_setting_by_the_steps_of_the_reference(small_paper: PaperDocument) -> None:
    style = Style(text=12, table=9, note=8)
    paper = docx.Document(io.BytesIO(to_docx(small_paper, style=style)))
    assert sizes(paper) == {"Normal": 12, "Title": 15, "Heading 1": 12, CELL: 9, NOTE: 8}


def test_what_a_reference_of_the_office_lacks_is_ours_in_its_typeface(small_paper: PaperDocument) -> None:
    theirs = docx.Document()
    assert [name for name in OURS if name in theirs.styles] == []
    normal = theirs.styles["Normal"]
    normal.font.name = "Georgia"
    normal.element.set(qn("w:styleId"), "Standard")  # as Word of another language names it
    theirs.add_paragraph("what stands in it is not taken")
    paper = written(small_paper, saved(theirs))
    assert [name for name in OURS if name not in paper.styles] == []
    assert paper.styles["Normal"].font.name == "Georgia"
    assert paper.styles[CELL].font.name is None
    assert paper.styles[CELL].base_style.name == "Normal"
    assert paper.styles["Title"].font.size == theirs.styles["Title"].font.size
    assert "what stands in it is not taken" not in [paragraph.text for paragraph in paper.paragraphs]


def test_what_is_no_word_file_is_refused_with_what_to_do(small_paper: PaperDocument) -> None:
    with pytest.raises(FileRefused, match="save it anew as \\.docx in Word"):
        written(small_paper, b"no file of Word")


def test_a_reference_is_looked_at_before_it_is_taken(tmp_path: Path) -> None:
    theirs = tmp_path / "ours.docx"
    with pytest.raises(FileRefused, match=r"^the reference ours\.docx cannot be read: No such file or directory"):
        read_reference(theirs)
    theirs.touch()
    with pytest.raises(FileRefused, match=r"the reference ours\.docx is empty or larger than 20 MB"):
        read_reference(theirs)
    theirs.write_bytes(saved(docx.Document()))
    assert read_reference(theirs) == theirs.read_bytes()
