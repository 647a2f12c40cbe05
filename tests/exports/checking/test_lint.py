import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from exports.checking.draft import draft_in
from exports.checking.lint import findings
from exports.checking.recorded import record_in
from exports.paper.document import PaperDocument
from exports.render.formats import rendered
from graph.errors import FileRefused


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


@pytest.mark.parametrize("examined", [draft_in, record_in])
def test_a_paper_that_unpacks_to_too_much_is_not_unpacked(examined: Callable[[Path], object], tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<w:p/>" * 10_000_000)
    assert bomb.stat().st_size < 2_000_000
    with pytest.raises(FileRefused, match="unpacks to more than 20 MB"):
        examined(bomb)
