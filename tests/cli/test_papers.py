"""How a paper is to look, as it is asked for on the command line; what checking and examining one says."""

import re
from pathlib import Path

import pytest
from docx import Document

from iga.exports.checking.check import MendedSentence
from tests.cli.conftest import Iga
from tests.clock import TODAY

WRONG = MendedSentence(question="contact", clause="*", wrong="It was shown as the post's.", release="1.0.0rc1")
PAPER = ("memo", "partner", "Acme Relief", "-o")


def test_a_file_of_settings_and_an_option_say_how_a_paper_looks(loaded: Iga, folder: Path) -> None:
    (folder / "style.toml").write_text('font = "Courier New"\n', encoding="utf-8")
    assert loaded(*PAPER, "a.docx", "--style", "style.toml", "--marking-scheme", "none").code == 0
    paper = Document(str(folder / "a.docx"))
    assert paper.styles["Normal"].font.name == "Courier New"
    assert "UNCLASSIFIED" not in paper.sections[0].header.paragraphs[0].text
    assert loaded(*PAPER, "b.docx", "--reference", "a.docx").code == 0
    assert Document(str(folder / "b.docx")).styles["Normal"].font.name == "Courier New"
    refused = loaded(*PAPER, "b.md", "--reference", "a.docx")
    assert (refused.code, "a .md takes --style FILE.toml" in refused.err) == (2, True)


def test_what_is_to_mend_in_a_paper_is_listed_and_is_no_success(loaded: Iga, folder: Path) -> None:
    assert loaded(*PAPER, "a.md").out == f"a.md: Partner: Acme Relief; 1 source, as of {TODAY}\n"
    fresh = loaded("memo", "lint", "a.md", "--json")
    assert (fresh.code, {finding["is_open"] for finding in fresh.document["findings"]}) == (0, {True})
    paper = folder / "a.md"
    text = paper.read_text(encoding="utf-8")
    paper.write_text(text.replace("## Clearance", "Send 40 of them to the ABCDE.\n\n## Clearance"), encoding="utf-8")
    drafted = loaded("memo", "lint", "a.md")
    assert drafted.code == 3
    assert "acronym: " in drafted.out
    assert drafted.out.endswith("a.md: 2 to mend, 7 still to fill\n")


def test_a_check_says_in_words_what_changed_and_what_is_new(loaded: Iga) -> None:
    contact = ("add", "contact", "--party", "Ghana", "--role", "focal point", "--email")
    assert loaded(*contact, "old@example.org").code == 0
    assert loaded("memo", "government", "Ghana", "-o", "a.md", "--full").code == 0
    assert loaded(*contact, "new@example.org").code == 0
    ran = loaded("memo", "check", "a.md")
    first, *lines = ran.out.splitlines()
    assert (ran.code, first.endswith(", other data")) == (3, True)
    assert lines[0].startswith("  changed  Contacts: focal point, Ghana | holder not known | old@example.org, ")
    assert lines[1].startswith("      now  focal point, Ghana | holder not known | old@example.org, ")
    for line, sort in zip(lines[2:4], ("  no more", "      new"), strict=True):
        assert re.match(sort + r"  What changed since \w+ \d+, \d{4}: New: focal point", line)
    assert lines[4].startswith("1 changed, 1 no longer said, 1 new, ")


def test_a_paper_of_before_a_sentence_was_mended_says_which_of_its_statements_rest_on_it(
    loaded: Iga, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iga.exports.checking.check.mended", lambda: (WRONG,))
    assert loaded("add", "contact", "--party", "Ghana", "--role", "focal point", "--email", "a@example.org").code == 0
    assert loaded("memo", "government", "Ghana", "-o", "a.html", "--full").code == 0
    assert loaded("memo", "check", "a.html").code == 0
    before_versions_were_recorded(folder / "a.html")
    ran = loaded("memo", "check", "a.html")
    rests = [line for line in ran.out.splitlines() if line.startswith("   mended  ")]
    assert (ran.code, any("a@example.org" in line for line in rests)) == (3, True)
    assert "    wrong  It was shown as the post's.\n" in ran.out
    [first, *_] = loaded("memo", "check", "a.html", "--json").document["mended"]
    assert (first["question"], first["wrong"]) == ("contact", "It was shown as the post's.")


def before_versions_were_recorded(paper: Path) -> None:
    """Make a paper in HTML say of itself what papers said before they named the version that wrote them."""
    text = paper.read_text(encoding="utf-8")
    assert '"version":"' in text
    paper.write_text(re.sub('"version":"[^"]*"', '"version":""', text), encoding="utf-8")
