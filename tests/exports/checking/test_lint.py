import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from iga.exports.checking.draft import draft_in
from iga.exports.checking.lint import findings
from iga.exports.checking.recorded import record_in
from iga.exports.paper.document import PaperDocument
from iga.exports.render.formats import rendered
from iga.graph.errors import FileRefused


def rules(path: Path, *, longest: int | None = None) -> set[tuple[str, str]]:
    return {(one.rule, one.section) for one in findings(draft_in(path), longest=longest)}


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_fresh_paper_has_its_blanks_and_clearances_left(
    small_paper: PaperDocument, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"paper.{ending}"
    path.write_bytes(rendered(small_paper, ending))
    found = rules(path)
    assert ("blank", "For the drafter") in found
    assert ("clearance", "Clearance") in found
    faults = [one for one in findings(draft_in(path)) if not one.is_open]
    assert {one.rule for one in faults} <= {"uncited-number", "bottom-line"}
    assert not [one for one in found if one[0] == "uncited-number" and one[1] != "What is not known"]


def test_what_a_drafter_wrote_is_examined(small_paper: PaperDocument, tmp_path: Path) -> None:
    paper = docx.Document(io.BytesIO(rendered(small_paper, "docx")))
    blank = next(paragraph for paragraph in paper.paragraphs if paragraph.text.startswith("[DRAFTER: objective"))
    blank.text = "Ask for 40 more shelters under the ABCDE plan; the Fund for Girls (FFG) will help, and FFG agrees."
    paper.add_paragraph("  ")
    path = tmp_path / "paper.docx"
    paper.save(str(path))
    found = {(one.rule, one.text.split(" ")[0]) for one in findings(draft_in(path)) if one.section == "For the drafter"}
    assert found == {("uncited-number", "40"), ("acronym", "ABCDE")}


def test_a_long_bottom_line_and_a_long_paper_are_told(small_paper: PaperDocument, tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    text = rendered(small_paper, "md").decode().replace("Tier 2 in 2025.", "Tier 2 in 2025, " + "word " * 180)
    path.write_text(text, encoding="utf-8")
    assert ("bottom-line", "Bottom line") in rules(path)
    path.write_text(text.replace("## For the drafter", "word " * 2000 + "\n\n## For the drafter"), encoding="utf-8")
    assert ("length", "") in rules(path, longest=2)


def test_a_format_whose_text_is_not_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(FileRefused, match="only"):
        draft_in(path)
    (tmp_path / "paper.docx").write_bytes(b"no")
    with pytest.raises(FileRefused, match="cannot be read"):
        draft_in(tmp_path / "paper.docx")


def test_what_was_taken_out_of_a_paper_is_missed(small_paper: PaperDocument, tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    before, _, after = rendered(small_paper, "md").decode().partition("## Bottom line")
    kept, cut, _ = after[after.index("## ") :].partition("## Clearance")
    assert cut
    path.write_text(before + kept, encoding="utf-8")
    found = {(one.rule, one.text) for one in findings(draft_in(path))}
    assert ("bottom-line", "there is none") in found
    assert ("clearance", "the block of clearances is gone") in found


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("paper.txt", b"", "paper.txt is no .docx, .pdf, .html or .md: papers are written in these"),
        ("paper.pdf", b"PDF", r"paper.pdf is no paper that iga memo wrote.* \(it is no PDF\)"),
        ("paper.pdf", b"%PDF-1.7 stream\n{}\nendstream", "nothing in it says how it was made"),
        ("paper.html", b"<p>text</p>", "nothing in it says how it was made"),
        ("paper.md", b"# Text", "nothing in it says how it was made"),
        ("paper.html", b'<script id="iga-paper">{"form": "other"}</script>', "its form is not iga-paper-1"),
    ],
)
def test_a_file_without_a_record_is_refused(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileRefused, match=why):
        record_in(tmp_path / name)


def test_a_word_file_of_others_and_a_file_that_is_no_paper_are_refused(tmp_path: Path) -> None:
    theirs = docx.Document()
    theirs.save(str(tmp_path / "theirs.docx"))
    with zipfile.ZipFile(tmp_path / "theirs.docx", "a") as package:
        package.writestr("customXml/item9.xml", "<other/>")
    with pytest.raises(FileRefused, match="nothing in it says how it was made"):
        record_in(tmp_path / "theirs.docx")
    with pytest.raises(FileRefused, match=r"gone\.pdf cannot be read: No such file or directory"):
        record_in(tmp_path / "gone.pdf")
    with (tmp_path / "long.pdf").open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(FileRefused, match=r"long\.pdf has more than 50 MB: it is no paper of this program"):
        record_in(tmp_path / "long.pdf")


@pytest.mark.parametrize("examined", [draft_in, record_in])
def test_a_paper_that_unpacks_to_too_much_is_not_unpacked(examined: Callable[[Path], object], tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<w:p/>" * 10_000_000)
    assert bomb.stat().st_size < 2_000_000
    with pytest.raises(FileRefused, match="unpacks to more than 20 MB"):
        examined(bomb)
